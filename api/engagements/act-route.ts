import { ACT_ANSWERS } from '../act-answer.ts';
import { engagementParams } from './schema.ts';

export const ENGAGEMENT_PATH = '/agreements/{id}/engagements/{engagement}';

/** What the routes of all acts on one engagement share. Papers may come along with each. */
export const ENGAGEMENT_ACT = {
  method: 'post',
  access: 'agreements.act',
  params: engagementParams,
  files: 'too',
  answers: ACT_ANSWERS,
} as const;
