import { z } from 'zod';
import { PAUSE_REASONS } from '../../domain/case/command.ts';
import { CASE_CHANNELS, CASE_PRIORITIES, CASE_SEVERITIES, CASE_TYPES } from '../../domain/case/compiled.ts';
import { whoFields as who } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

/** What the acts of a case take. Words stay in Postgres. */
const words = z.string().trim().min(1).max(20_000);
const note = z.string().trim().min(1).max(2_000);
const topic = z.string().trim().min(1).max(200);
const flag = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value);
const yes = z.preprocess(flag, z.boolean());
const score = z.string().regex(/^\d{1,3}(?:\.\d{1,4})?$/);

export const callerFields = {
  customer: z.uuid().optional().meta({ description: 'Of the directory; missing: the only one with this e-mail' }),
  name: z.string().trim().min(1).max(100).optional(),
  email: z.email().max(200).optional().meta({ description: 'The receipt and the result go there' }),
  phone: z.string().trim().min(3).max(40).optional(),
};

export const newCase = z.strictObject({
  ...who,
  type: z.enum(CASE_TYPES),
  channel: z.enum(CASE_CHANNELS).default('phone'),
  severity: z.enum(CASE_SEVERITIES).optional(),
  priority: z.enum(CASE_PRIORITIES).optional(),
  category: knownId.optional(),
  topic,
  details: words.optional(),
  ...callerFields,
  language: z.enum(['zh', 'en']).default('zh').meta({ description: 'Of a caller who is not in the directory' }),
  receivedAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When it reached the provider, if earlier than now: all clocks run from then' }),
  feedback: z.uuid().optional().meta({ description: 'The instant feedback that becomes this case (S004-13)' }),
});

export const plainBody = z.strictObject({ ...who, note: note.optional() });
export const noteBody = z.strictObject({ ...who, note });
export const saidBody = z.strictObject({ ...who, details: words });
export const reasonBody = z.strictObject({ ...who, reason: note });

export const recordBody = z
  .strictObject({ ...who, content: words.optional(), process: words.optional(), result: words.optional() })
  .meta({ description: 'The sections that are there now; at least one' });
export const forwardBody = z.strictObject({ ...who, to: knownId, note: note.optional() });
export const assignBody = z.strictObject({
  ...who,
  to: knownId.meta({ description: 'A seat, or `person:<id>`' }),
  qualified: yes.default(false).meta({ description: 'Whoever assigns confirms the qualification (S003-C-05)' }),
  note: note.optional(),
});
export const pauseBody = z.strictObject({ ...who, why: z.enum(PAUSE_REASONS), reason: note });
export const verdictBody = z.strictObject({
  ...who,
  verdict: z.enum(['confirm', 'change']),
  note: note.optional().meta({ description: 'What the customer said' }),
});
export const resolveBody = z.strictObject({
  ...who,
  details: words.meta({ description: 'The result; it goes to the customer as it stands' }),
  told: yes.default(false).meta({ description: 'The customer has it already' }),
});
export const judgeBody = z.strictObject({
  ...who,
  satisfied: yes,
  score: score.optional(),
  note: note.optional().meta({ description: 'In the customer’s words' }),
});
export const decideBody = z.strictObject({
  ...who,
  specialSurvey: z.enum(['held', 'declined']),
  reason: note.optional(),
});
export const classifyBody = z.strictObject({
  ...who,
  severity: z.enum(CASE_SEVERITIES).optional(),
  priority: z.enum(CASE_PRIORITIES).optional(),
  category: knownId.optional(),
  note: note.optional(),
});
export const linkBody = z.strictObject({
  ...who,
  relation: z
    .enum(['duplicate', 'repeat'])
    .meta({ description: '`duplicate`: this one ends and goes on in the other' }),
  of: z.uuid().meta({ description: 'Id of the other case of this agreement' }),
});
export const contestBody = z.strictObject({ ...who, corrected: yes, note });
export const improveBody = z.strictObject({
  ...who,
  title: topic,
  details: words.optional(),
  dimension: knownId.optional(),
});
export const closeBody = z.strictObject({ ...who, opinionNotGiven: yes.default(false), note: note.optional() });
export const formLinkBody = z.strictObject({ ...who, label: z.string().trim().min(1).max(100) });
export const asBody = z.strictObject({ ...who });
export const servedBody = z.strictObject({
  ...who,
  period: z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/),
  count: z.int().min(0).max(1_000_000_000),
});
