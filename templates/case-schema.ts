import { z } from 'zod';
import { BREACH_MEANINGS, CASE_CLOCKS, CASE_STEPS, CASE_TYPES } from '../domain/case/compiled.ts';
import { clauses, seatKey, termName } from './names.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';

const term = termName.optional();

/**
 * Complaints, requests, enquiries and feedback: who handles them, which clocks run, and which steps there are. A field that is
 * not there is something that this contract does not say; a clock whose term is open does not run.
 */
export const caseFields = {
  types: z.array(z.enum(CASE_TYPES)).min(1),
  /** Who owes the service. */
  provider: z.union([seatKey, termName]),
  /** Who handles it at first; without it, the provider. */
  handler: z.union([seatKey, termName]).optional(),
  /** Who may stand in for the handler. */
  deputies: z.array(seatKey).default([]),
  /** The party that is itself the customer. */
  customer: seatKey.optional(),
  /** Lengths of the clocks: hours, minutes, days, a duration, or a table by priority or level. */
  record: term,
  response: term,
  forwarding: term,
  assignment: term,
  /** Every so often the customer hears how it stands. */
  feedback: term,
  resolution: term,
  opinion: term,
  followUp: term,
  contest: term,
  confirmation: term,
  /** The clauses of single clocks; without them, those of the rule. */
  clockClauses: z.partialRecord(z.enum(CASE_CLOCKS), clauses).default({}),
  /** What it means that a clock ran out; without it: it is on record. */
  breaches: z
    .array(
      z.strictObject({
        clock: z.enum(CASE_CLOCKS),
        means: z.enum(BREACH_MEANINGS),
        liable: z.union([seatKey, termName]).optional(),
        clauses,
      }),
    )
    .default([]),
  /** Hours before the end of record and resolution, or percent of their length. */
  warnings: term,
  /** `24x7` or `business`. */
  calendar: term,
  /** A table of categories with a department and hours of their own. */
  categories: term,
  /** A table of levels of customers with hours of their own. */
  tiers: term,
  channels: term,
  /** A term of yes and no: waiting for the customer stops the clocks. */
  pause: term,
  /** Without such a term: by which clauses it does. */
  pauses: z.strictObject({ clauses }).optional(),
  steps: z.array(z.enum(CASE_STEPS)).default([]),
  /** Another department has the report of it, within a time, and confirms it. */
  report: z.strictObject({ to: seatKey, within: term, clauses }).optional(),
  /** Whether a special survey follows from a major one. */
  decision: z.strictObject({ by: seatKey, within: term, clauses }).optional(),
  /** Who agrees on the solution of a major one. */
  negotiators: z.array(seatKey).default([]),
  progressFrom: z.enum(['opening', 'assignment']).default('opening'),
  recordRequired: z.boolean().default(false),
  opinionRequired: z.boolean().default(false),
  maxReassignments: term,
  /** Days within which a case of the same customer is proposed as a repeat; without it, 30. */
  repeatWithin: term,
  /** An accepted service with a score below it becomes a finding. */
  lowScore: term,
  /** First and last day on which the service is owed. */
  service: z.strictObject({ from: term, until: term }).optional(),
};

/** Fields of the rule that are no terms although they are words. */
export const CASE_WORDS = ['customer', 'progressFrom'];

export const CASE_TYPES_OF_TERMS: Record<string, TermType[]> = {
  contest: ['integer', 'duration'],
  opinion: ['integer', 'duration'],
  pause: ['boolean'],
  maxReassignments: ['integer'],
  repeatWithin: ['integer'],
  lowScore: ['number', 'integer'],
};

/** Terms in the inner parts of a rule of cases. */
export function caseTerms({ report, decision, service }: z.output<z.ZodObject<typeof caseFields>>): NamedTerm[] {
  const named = (path: (string | number)[], name: string | undefined, types: TermType[]): NamedTerm[] =>
    name === undefined ? [] : [{ path, name, types }];
  return [
    ...named(['report', 'within'], report?.within, ['integer', 'duration']),
    ...named(['decision', 'within'], decision?.within, ['integer', 'duration']),
    ...named(['service', 'from'], service?.from, ['date']),
    ...named(['service', 'until'], service?.until, ['date']),
  ];
}
