import { z } from 'zod';
import { CUSTOMER_TIERS } from '../domain/survey/compiled.ts';
import { clauses, ruleId, seatKey, termName, textSchema } from './names.ts';
import type { TermType } from './term-schema.ts';

const term = termName.optional();
const seats = z.array(seatKey).min(1);

/** The name of a term in a rule: where it stands, and the types that it may have; empty for any. */
export interface NamedTerm {
  path: (string | number)[];
  name: string;
  types: TermType[];
}

/** Something that must be asked about, or a part of it; parties may add others by a term. */
const asked = { id: ruleId, title: textSchema };

/** What a survey is made of. A field that is not there is something that this contract does not say. */
export const surveyFields = {
  /** The duty whose occurrences are its cycles. */
  obligation: ruleId,
  /** `false`: the duty counts surveys that are held otherwise, and has no cycle of its own (S003-S-19). */
  cycle: z.boolean().default(true),
  /** Who carries it out; without it, whoever owes the duty. */
  responsible: z.union([seatKey, termName]).optional(),
  /** A term of texts: what is asked about by title; the parties may add to it. */
  dimensions: term,
  /** What the text itself names, with titles in both languages; `dimensions` says which of it is in force. */
  asks: z
    .array(
      z.strictObject({
        ...asked,
        clauses,
        /** A term of texts: the parts of this dimension by title; the parties may add to it. */
        items: term,
        parts: z.array(z.strictObject(asked)).default([]),
      }),
    )
    .default([]),
  weights: term,
  /** Customers are asked how important each dimension is. */
  importance: z.strictObject({ clauses }).optional(),
  methods: term,
  channels: term,
  audience: term,
  /** Whom the text names; without it, all customers, or what the term `audience` says. */
  customers: z.strictObject({ tiers: z.array(z.enum(CUSTOMER_TIERS)).min(1).optional(), clauses }).optional(),
  /** A number of customers, or a percentage of them where `sampleBasis` says `percent`; without it, all are asked. */
  sample: term,
  sampleBasis: term,
  sampling: z.strictObject({ method: z.enum(['all', 'random', 'stratified']), clauses }).optional(),
  minimumSample: term,
  openDays: term,
  /** A list: days before the close at which those who have not answered are reminded. */
  reminders: term,
  target: term,
  /** What the target is measured in: the score on the questionnaire's scale, the percentage of satisfied answers, or a term. */
  targetMeasure: z.union([z.enum(['score', 'satisfied']), termName]).default('score'),
  responseRate: term,
  /** A term of yes and no, or said here. */
  anonymous: z.union([z.boolean(), termName]).default(false),
  dateAgreedBy: z.strictObject({ seats, clauses }).optional(),
  approvers: seats.optional(),
  /** What must be there before it is published: a filled seat, or a term with a value. */
  gates: z
    .array(
      z.strictObject({
        gate: z.enum(['team', 'method', 'sample']),
        seat: seatKey.optional(),
        term: termName.optional(),
        clauses,
      }),
    )
    .default([]),
  /** Duties that steps of the cycle fulfil. */
  fulfils: z
    .strictObject({ date: ruleId.optional(), audience: ruleId.optional(), report: ruleId.optional() })
    .default({}),
  report: z
    .strictObject({
      /** Without it, whoever owes the report's duty, or carries the survey out. */
      by: z.union([seatKey, termName]).optional(),
      to: seats.default([]),
      acknowledged: z.union([z.boolean(), termName]).default(false),
      clauses,
    })
    .optional(),
  /** A percentage of the scale: a dimension that scores lower opens an improvement. */
  findings: z.strictObject({ below: termName, clauses }).optional(),
  /** A missed target opens an improvement of the lowest dimension, where no dimension is too low by itself. */
  missedTarget: z.strictObject({ clauses }).optional(),
  publication: term,
};

/** What terms of these fields may be; of others, anything. */
export const SURVEY_TYPES: Record<string, TermType[]> = {
  dimensions: ['texts'],
  weights: ['mapping'],
  minimumSample: ['integer'],
  openDays: ['integer', 'duration'],
  target: ['number', 'integer', 'percent'],
  responseRate: ['percent', 'number', 'integer'],
  sampleBasis: ['enum'],
  reminders: ['list'],
  targetMeasure: ['enum'],
  anonymous: ['boolean'],
};

/** What becomes of findings. */
export const improvementFields = {
  /** Who plans, where a finding is not assigned to somebody else. */
  planner: z.union([seatKey, termName]),
  departments: z.array(seatKey).default([]),
  /** Who classifies beside the planner, and is asked to first, where the text names somebody else. */
  classifier: seatKey.optional(),
  approvers: z.strictObject({ seats, clauses }).optional(),
  /** From the classification to the plan: days, or a duration in days. */
  plan: term,
  cause: z.strictObject({ clauses }).optional(),
  /** The cause has a date and a record of its own: from the finding on, days, or a duration in days. */
  investigation: z.strictObject({ days: termName, clauses }).optional(),
  /** A term of texts, or what the text itself names. */
  measureTypes: z.union([termName, z.array(z.strictObject({ ...asked, clauses })).min(1)]).optional(),
  checks: z.strictObject({ interval: termName.optional(), by: seatKey, clauses }).optional(),
  verified: z.strictObject({ clauses }).optional(),
  answer: z.strictObject({ days: termName.optional(), clauses }).optional(),
  publication: z.strictObject({ clauses }).optional(),
  escalateTo: seatKey.optional(),
  categories: term,
  /** Its dates go on while the agreement is suspended. */
  goesOn: z.boolean().default(false),
  /** The duty that an approved plan fulfils. */
  fulfils: ruleId.optional(),
};

export const IMPROVEMENT_TYPES: Record<string, TermType[]> = {
  planner: ['party', 'map'],
  plan: ['integer', 'duration'],
  measureTypes: ['texts'],
  categories: ['texts'],
};

type SurveyFields = z.output<z.ZodObject<typeof surveyFields>>;
type ImprovementFields = z.output<z.ZodObject<typeof improvementFields>>;

function named(path: (string | number)[], name: string | undefined, types: TermType[]): NamedTerm[] {
  return name === undefined ? [] : [{ path, name, types }];
}

/** Terms in the inner parts of a survey's rule. */
export function surveyTerms(rule: SurveyFields): NamedTerm[] {
  const { acknowledged } = rule.report ?? {};
  return [
    ...rule.asks.flatMap(({ items }, index) => named(['asks', index, 'items'], items, ['texts'])),
    ...rule.gates.flatMap((gate, index) => named(['gates', index, 'term'], gate.term, [])),
    ...named(['report', 'acknowledged'], typeof acknowledged === 'string' ? acknowledged : undefined, ['boolean']),
    ...named(['report', 'by'], rule.report?.by, ['party', 'map']),
    ...named(['targetMeasure'], measureTerm(rule.targetMeasure), ['enum']),
    ...named(['findings', 'below'], rule.findings?.below, ['percent']),
  ];
}

/** Terms in the inner parts of an improvement's rule. */
export function improvementTerms({ investigation, checks, answer }: ImprovementFields): NamedTerm[] {
  return [
    ...named(['investigation', 'days'], investigation?.days, ['integer', 'duration']),
    ...named(['checks', 'interval'], checks?.interval, ['integer', 'duration']),
    ...named(['answer', 'days'], answer?.days, ['integer', 'duration']),
  ];
}

/** The term that says what a target is measured in; undefined where the rule says it itself. */
export function measureTerm(measure: SurveyFields['targetMeasure']): string | undefined {
  return measure === 'score' || measure === 'satisfied' ? undefined : measure;
}
