import type { ImprovementStatus } from '../../domain/improvement/state.ts';
import { IMPROVEMENT_STATUS_WORDS } from '../../domain/improvement/vocabulary.ts';
import type { SurveyChannel } from '../../domain/survey/compiled.ts';
import type { Grouping } from '../../domain/survey/figures.ts';
import type { SurveyStatus } from '../../domain/survey/state.ts';
import { SURVEY_STATUS_WORDS } from '../../domain/survey/vocabulary.ts';
import type { Text } from '../../domain/time.ts';

export const CHANNEL_WORDS: Record<SurveyChannel, Text> = {
  email: { zh: '电子邮件', en: 'e-mail' },
  online: { zh: '在线问卷', en: 'online' },
  phone: { zh: '电话', en: 'telephone' },
  'face-to-face': { zh: '面访', en: 'face to face' },
  paper: { zh: '纸质问卷', en: 'paper' },
  sms: { zh: '短信', en: 'SMS' },
  letter: { zh: '信函', en: 'letter' },
};

export const GROUPING_WORDS: Record<Grouping, Text> = {
  tier: { zh: '按客户层级', en: 'By tier of customers' },
  channel: { zh: '按答卷渠道', en: 'By channel' },
  department: { zh: '按责任部门', en: 'By department' },
  branch: { zh: '按分支机构', en: 'By branch' },
};

export const SAMPLE_WORDS: Record<'all' | 'random' | 'stratified', Text> = {
  all: { zh: '全部客户', en: 'all customers' },
  random: { zh: '随机抽样', en: 'random sample' },
  stratified: { zh: '分层随机抽样', en: 'stratified random sample' },
};

/** Of a process that has a row and no event yet. */
const STARTING: Text = { zh: '启动中', en: 'starting' };

/** Where a cycle stands. */
export const CYCLE_WORDS: Record<SurveyStatus | 'starting', Text> = { starting: STARTING, ...SURVEY_STATUS_WORDS };

/** Where an improvement stands. */
export const STATE_WORDS: Record<ImprovementStatus | 'starting', Text> = {
  starting: STARTING,
  ...IMPROVEMENT_STATUS_WORDS,
};
