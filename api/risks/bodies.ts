import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { LOWERED, RISK_INDICATORS, RISK_OPERATORS, SCALE_MAX } from '../../domain/risk/compiled.ts';
import { whoFields as who } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const note = z.string().trim().min(1).max(2_000);
const title = z.string().trim().min(1).max(200);
const mark = z.int().min(1).max(SCALE_MAX);
const value = z.string().regex(/^-?\d{1,9}(?:\.\d{1,6})?$/, { error: 'invalid-decimal' });
const rating = z.strictObject({ probability: mark, impact: mark });
const departments = z.array(knownId).max(50).meta({ description: 'Seats that are warned' });

const threshold = z.strictObject({
  indicator: z.enum(RISK_INDICATORS),
  operator: z.enum(RISK_OPERATORS),
  value,
  windowDays: z.int().min(1).max(3_650).optional().meta({ description: 'Of a spike of cases: within so many days' }),
});

const emergency = z
  .strictObject({
    steps: z
      .array(z.strictObject({ what: title, seat: knownId }))
      .min(1)
      .max(50),
    listed: z.array(knownId).max(50).default([]).meta({ description: 'Seats that are written to beside those' }),
  })
  .meta({ description: 'What is done as soon as the risk occurs' });

const measure = z.strictObject({
  what: z.string().trim().min(1).max(2_000),
  lowers: z.enum(LOWERED).optional(),
  residual: rating.optional().meta({ description: 'What remains once it is done' }),
  owner: knownId.optional().meta({ description: 'A seat; without it, whoever owns the risk' }),
  dueOn: date.optional().meta({ description: 'Without it, the agreed length, where there is one' }),
});

export const newRisk = z.strictObject({
  ...who,
  title,
  details: z.string().trim().min(1).max(20_000).optional(),
  probability: mark,
  impact: mark,
  owner: knownId.optional().meta({ description: 'A seat; without it, whoever keeps the register' }),
  departments: departments.optional(),
  threshold: threshold.optional().meta({ description: 'Without it, what the contract’s table says of this title' }),
  emergency: emergency.optional(),
});

export const rateRiskBody = z.strictObject({
  ...who,
  probability: mark,
  impact: mark,
  emergency: emergency.optional(),
  reason: note.optional(),
});

export const equipBody = z.strictObject({
  ...who,
  threshold: threshold.optional(),
  emergency: emergency.optional(),
  departments: departments.optional(),
});

export const mitigateBody = z.strictObject({ ...who, ...measure.shape });

export const completeMeasureBody = z.strictObject({ ...who, measure: knownId });

export const reviewRiskBody = z.strictObject({
  ...who,
  verdict: z.enum(['confirmed', 're-rated']),
  rating: rating.optional().meta({ description: 'With `re-rated`' }),
  emergency: emergency.optional(),
  reason: note.optional(),
});

export const assessMeasureBody = z.strictObject({
  ...who,
  measure: knownId,
  verdict: z.enum(['effective', 'adjust']),
  adjusted: measure.optional().meta({ description: 'With `adjust`: its new version' }),
  reason: note.optional(),
});

export const observeBody = z.strictObject({ ...who, value, reason: note.optional() });
export const acknowledgeBody = z.strictObject({ ...who, note: note.optional() });
export const occurBody = z.strictObject({ ...who, details: note.optional() });
export const stepBody = z.strictObject({ ...who, step: knownId, note: note.optional() });
export const standDownBody = z.strictObject({ ...who, note: note.optional() });
export const closeRiskBody = z.strictObject({ ...who, reason: note });

export type Emergency = z.output<typeof emergency>;
export type MeasureBody = z.output<typeof measure>;
