import { z } from 'zod';
import { clauses, ruleId, seatKey, termName } from './names.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';

const every = z.strictObject({ every: termName, obligation: ruleId.optional(), clauses });

/** A register of risks. A field that is not there is a step that this contract does not have. */
export const riskFields = {
  /** Who keeps the register; without it there is none, and risk is only spoken of. */
  keeper: z.union([seatKey, termName]).optional(),
  /** The products of probability and impact, both from 1 to 5, from which on a risk is medium and high. */
  scale: z.strictObject({ medium: termName, high: termName, clauses }).optional(),
  /** From this level on no risk is kept without an emergency plan. */
  planLevel: termName.optional(),
  /** So many days for the measures. */
  response: z.strictObject({ days: termName.optional(), clauses }).optional(),
  /** Each measure says what it lowers, and what remains. */
  residual: z.strictObject({ clauses }).optional(),
  /** A changed level opens the measures again. */
  reopens: z.strictObject({ clauses }).optional(),
  /** How often every open risk, and every measure, is looked at again; the duty that this serves. */
  review: every.extend({ empty: z.strictObject({ clauses }).optional() }).optional(),
  measureReview: every.optional(),
  /** Indicators with thresholds, the departments of each risk, and the hours to acknowledge a warning. */
  warning: z
    .strictObject({
      thresholds: termName.optional(),
      owners: termName.optional(),
      acknowledge: termName.optional(),
      clauses,
    })
    .optional(),
  /** A checklist that starts as a risk occurs. */
  emergency: z.strictObject({ clauses }).optional(),
  /** Breaches of each side are counted beside the register. */
  breaches: z.boolean().default(false),
};

export const RISK_TYPES: Record<string, TermType[]> = {
  keeper: ['party', 'map'],
  planLevel: ['enum'],
};

/** Terms in the inner parts of a rule of risks. */
export function riskTerms(rule: z.output<z.ZodObject<typeof riskFields>>): NamedTerm[] {
  const { scale, response, review, measureReview, warning } = rule;
  const named = (path: string[], name: string | undefined, types: TermType[]): NamedTerm[] =>
    name === undefined ? [] : [{ path, name, types }];
  return [
    ...named(['scale', 'medium'], scale?.medium, ['integer']),
    ...named(['scale', 'high'], scale?.high, ['integer']),
    ...named(['response', 'days'], response?.days, ['integer', 'duration']),
    ...named(['review', 'every'], review?.every, ['integer', 'duration']),
    ...named(['measureReview', 'every'], measureReview?.every, ['integer', 'duration']),
    ...named(['warning', 'thresholds'], warning?.thresholds, ['table']),
    ...named(['warning', 'owners'], warning?.owners, ['table']),
    ...named(['warning', 'acknowledge'], warning?.acknowledge, ['integer']),
  ];
}
