import { z } from 'zod';
import { CONSEQUENCE_KINDS } from '../../domain/evaluation/compiled.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { fromForm, whoFields } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

/** What the acts of an evaluation take. Lists come as JSON text in a field where a form brings files along. */
const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const note = z.string().trim().min(1).max(2_000);
const words = z.string().trim().min(1).max(20_000);
const decimal = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,6})?$/)
  .meta({ description: 'A decimal in quotes', examples: ['86.5'] });
const amount = z
  .string()
  .regex(/^\d{1,15}(?:\.\d{1,3})?$/)
  .meta({ examples: ['5000.00'] });
const flag = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value);
const list = <T extends z.ZodType>(of: T) => z.preprocess(fromForm, z.array(of).max(100));

/** A seat, a member of staff, or a late response: `person/case`. */
const subjectId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:#@/-]{0,199}$/);

const who = {
  ...whoFields,
  as: knownId.meta({
    description: 'The seat that acts; `staff`: the member of staff who is evaluated, for themselves',
  }),
};
const of = {
  ...who,
  subject: subjectId.optional().meta({ description: 'Whose result it is about; missing: the only one' }),
};

export const newEvaluation = z.strictObject({
  ...who,
  rule: knownId.meta({ description: 'Of `rules`: which evaluation of the contract' }),
  from: date.meta({ description: 'First day of the period' }),
  to: date.meta({ description: 'Its last day' }),
  note: note.optional(),
});
export const enrolBody = z.strictObject({
  ...who,
  subject: knownId.meta({ description: 'A seat, or the id of a person of the directory' }),
  item: knownId.optional().meta({ description: 'Of a late response: the reference of the case, or of what was late' }),
  lateMinutes: z.int().min(1).max(10_000_000).optional().meta({ description: 'How late it was, in minutes' }),
});
export const acknowledgeBody = z.strictObject({
  ...who,
  version: knownId
    .optional()
    .meta({ description: 'The version of the scheme that was shown; missing: the one in force' }),
});
export const gatherBody = z.strictObject({ ...who });
export const scoreBody = z.strictObject({
  ...of,
  indicator: knownId,
  value: decimal.meta({ description: 'On the scale of the indicator' }),
  evidence: list(knownId).default([]).meta({ description: 'Kinds of record, of those the indicator names' }),
  record: words.optional().meta({ description: 'The record it rests on, in words; or bring it as a file' }),
});
export const leaveOutBody = z.strictObject({ ...of, indicator: knownId, reason: note });
export const selfAssessBody = z.strictObject({
  ...of,
  text: words,
  indicator: knownId.optional(),
  value: decimal.optional(),
});
export const targetsBody = z.strictObject({
  ...of,
  met: list(z.int().min(1).max(1_000))
    .default([])
    .meta({ description: 'Numbers of the targets that were met, from 1' }),
  missed: list(z.int().min(1).max(1_000)).default([]),
  record: words.optional(),
});
export const thirdPartyBody = z.strictObject({
  ...of,
  passed: z.preprocess(flag, z.boolean()),
  record: words.optional(),
});
export const concludeBody = z.strictObject({ ...of });
export const objectBody = z.strictObject({ ...of, indicator: knownId.optional(), reason: words });
export const answerBody = z.strictObject({
  ...of,
  objection: knownId.optional().meta({ description: '`objection-1`; missing: the earliest that waits' }),
  verdict: z.enum(['uphold', 'reject']),
  reason: words,
});
export const correctBody = z.strictObject({ ...of, indicator: knownId, value: decimal, reason: words });
export const confirmBody = z.strictObject({ ...of, note: note.optional() });
export const publishEvaluationBody = z.strictObject({ ...who });
export const proposeConsequenceBody = z.strictObject({
  ...of,
  consequence: z.enum(CONSEQUENCE_KINDS),
  amount: amount.optional(),
  reason: note,
});
export const decideConsequenceBody = z.strictObject({
  ...of,
  consequence: knownId.optional().meta({ description: '`consequence-1`; missing: the earliest that waits' }),
  verdict: z.enum(['approve', 'decline']),
  amount: amount.optional().meta({ description: 'What is booked, where the band names no sum' }),
  reason: words,
});
export const explainBody = z.strictObject({ ...of, text: words });
