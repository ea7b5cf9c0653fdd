import { z } from 'zod';
import { CUSTOMER_TIERS } from '../domain/survey/compiled.ts';
import { VISIT_KINDS } from '../domain/visit/compiled.ts';
import { clauses, ruleId, seatKey, termName } from './names.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';

/** Visits to customers, or call-backs. A field that is not there is something that this contract does not say. */
export const visitFields = {
  visit: z.enum(VISIT_KINDS).default('visit'),
  /** The duty that they count for. */
  obligation: ruleId.optional(),
  leader: z.union([seatKey, termName]),
  departments: z.array(seatKey).default([]),
  /** From the visit to its report: days, or a duration in days. */
  report: termName.optional(),
  /** A plan a year, with a row for every customer of these tiers. */
  plan: z.strictObject({ tiers: z.array(z.enum(CUSTOMER_TIERS)).min(1), clauses }).optional(),
  /** How often a year a customer of a tier is surveyed, and how often of these by a visit. */
  counters: z
    .array(
      z.strictObject({
        tier: z.enum(CUSTOMER_TIERS),
        surveys: termName,
        visits: termName.optional(),
        /** The month of a year from which its customers are listed; open: at the year's end. */
        from: termName.optional(),
        clauses,
      }),
    )
    .default([]),
  /** At each quarter's end it is told who lacks what of the year, and so many days before. */
  quarters: z.strictObject({ lead: termName.optional(), clauses }).optional(),
};

export const VISIT_TYPES: Record<string, TermType[]> = {
  leader: ['party', 'map'],
  report: ['integer', 'duration'],
};

/** Terms in the inner parts of a rule of visits. */
export function visitTerms({ counters, quarters }: z.output<z.ZodObject<typeof visitFields>>): NamedTerm[] {
  const lead = quarters?.lead;
  const counted = counters.flatMap(({ surveys, visits, from }, index): NamedTerm[] => [
    ...(from === undefined
      ? []
      : [{ path: ['counters', index, 'from'], name: from, types: ['integer'] satisfies TermType[] }]),
    { path: ['counters', index, 'surveys'], name: surveys, types: ['integer'] },
    ...(visits === undefined
      ? []
      : [{ path: ['counters', index, 'visits'], name: visits, types: ['integer'] satisfies TermType[] }]),
  ]);
  return lead === undefined ? counted : [...counted, { path: ['quarters', 'lead'], name: lead, types: ['integer'] }];
}
