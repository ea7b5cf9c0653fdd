import { z } from 'zod';
import { CUSTOMER_TIERS, SURVEY_CHANNELS } from '../../domain/survey/compiled.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { whoFields } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

/** What the acts of a survey's cycle take. */
const who = whoFields;
const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const words = z.string().trim().min(1).max(20_000);
const dimension = knownId;
const count = z.int().min(1).max(1_000_000);
const weights = z.record(dimension, z.string().regex(/^(?:0|1)(?:\.\d{1,12})?$/)).meta({
  description: 'Fractions by dimension that add up to 1',
  examples: [{ 'service-quality': '0.4', price: '0.6' }],
});

export const designBody = z.strictObject({
  ...who,
  questionnaire: z
    .record(z.string(), z.unknown())
    .meta({ description: 'SurveyJS JSON with our tags (docs/surveys.md)' }),
  weights: weights
    .optional()
    .meta({ description: 'Of this cycle; missing: what the agreement says, else all the same' }),
});

export const approveBody = z.strictObject({
  ...who,
  version: z.int().min(1).meta({ description: 'The version that was shown' }),
});

export const dateBody = z.strictObject({ ...who, date });

export const drawBody = z.strictObject({
  ...who,
  method: z.enum(['all', 'random', 'stratified']).optional(),
  size: count.optional(),
  seed: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,100}$/)
    .optional()
    .meta({ description: 'Draws the same customers again; one is made where none is given' }),
  tiers: z.array(z.enum(CUSTOMER_TIERS)).min(1).optional(),
  channels: z.array(z.enum(SURVEY_CHANNELS)).optional().meta({
    description: 'In the order in which they are tried for each customer; missing: as agreed',
  }),
  open: z.literal(true).optional().meta({ description: 'Nobody is listed: whoever has the open link answers' }),
});

export const publishBody = z.strictObject({
  ...who,
  channels: z.array(z.enum(SURVEY_CHANNELS)).default([]).meta({ description: 'Empty: as agreed' }),
});

export const testMailsBody = z.strictObject({
  to: z
    .array(z.union([z.uuid(), z.email()]))
    .min(1)
    .max(10)
    .optional()
    .meta({
      description: 'Addresses or ids of people with a seat in this agreement, or your own address; missing: yourself',
    }),
  language: z.enum(['zh', 'en']).optional().meta({ description: "Missing: each reader's own" }),
});

export const closeBody = z.strictObject({ ...who });
export const weightsBody = z.strictObject({ ...who, weights });

export const raiseBody = z.strictObject({
  ...who,
  finding: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/)
    .optional()
    .meta({ description: 'Letters, digits, `.`, `_`, `-`; unique in the cycle. Missing: the next number' }),
  dimension: dimension.nullish(),
  frequency: count.optional().meta({ description: 'How many answers say it; missing: as many as are known to' }),
  severity: z.int().min(1).max(5).meta({ description: '1 (slight) to 5 (grave)' }),
  customers: z.array(z.uuid()).max(1_000).optional().meta({
    description:
      'Who says it and is to be answered: all of them have answered. Missing: whoever is dissatisfied with the dimension. Nobody where answers are anonymous',
  }),
  title: z.string().trim().min(1).max(200),
  details: words.optional(),
});

export const releaseBody = z.strictObject({
  ...who,
  judgement: words.optional().meta({ description: "The analyst's" }),
  recommendations: words.optional(),
});
