import { z } from 'zod';
import {
  CONSEQUENCE_KINDS,
  EVALUATION_SUBJECTS,
  EVALUATION_TESTS,
  INDICATOR_SOURCES,
} from '../domain/evaluation/compiled.ts';
import { clauses, decimal, ruleId, seatKey, termName, textSchema } from './names.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';

const term = termName.optional();
const seatOrTerm = z.union([seatKey, termName]);
const seats = z.array(seatOrTerm).min(1);

/** What the text itself scores. */
const indicator = z.strictObject({
  id: ruleId,
  title: textSchema,
  clauses,
  /** Where its figure comes from: what is recorded of surveys, cases and duties is computed; anything else people score. */
  source: z.enum(INDICATOR_SOURCES).default('manual'),
  measure: z.enum(['quantitative', 'qualitative']).default('qualitative'),
  /** A term of percent that is its weight; without one, the rule's `weights` may name it. */
  weight: term,
  /** Its weight where the text itself says one. */
  percent: decimal.optional(),
  scale: z.strictObject({ min: decimal, max: decimal }).default({ min: '0', max: '100' }),
  /** Kinds of record of which a score names one at least. */
  evidence: z.array(ruleId).default([]),
  /** Outside of the hundred points while no weight of it is agreed (S003-E-08). */
  bonus: z.boolean().default(false),
  /** A boolean term: where it is agreed, the total reaches no more than this score, in percent of its scale (S003-E-09). */
  knockout: term,
  /** Of a survey: the dimension; without it, satisfaction as a whole. Of cases: `response` or `resolution`; without it, both. */
  dimension: ruleId.optional(),
});

/** What an evaluation is made of. A field that is not there is something that this contract does not say. */
export const evaluationFields = {
  /** The duty that each period's evaluation fulfils, and that begins it; without it, people open one. */
  obligation: ruleId.optional(),
  /** `accountability`: late responses with an explanation and a decision, without scores (S004-25). */
  form: z.enum(['scored', 'accountability']).default('scored'),
  subject: z.enum(EVALUATION_SUBJECTS).default('agreement'),
  /** Who is evaluated, where the contract says; without it, whoever organises enrols them. */
  of: seats.optional(),
  scores: z.array(indicator).default([]),
  indicators: term,
  /** Percents by indicator, or rows of a table with a `weight` each. */
  weights: term,
  /** A scheme must be there when a period begins: whoever organises is reminded; without this, open weights switch it all off. */
  demanded: z.strictObject({ clauses }).optional(),
  /** Rows with a lowest and a highest score, and what follows. */
  bands: term,
  /** Bands leave nothing out (S003-E-10); without it, nothing follows where the contract names no band. */
  gapless: z.boolean().default(false),
  /** Instead of bands: from which score a reward is proposed, and down to which a punishment (S002-28). */
  thresholds: z.strictObject({ reward: termName, penalty: termName }).optional(),
  /** What a percentage in a band is of. */
  fee: term,
  target: term,
  tests: z
    .array(
      z.strictObject({
        test: z.enum(EVALUATION_TESTS),
        clauses,
        indicator: ruleId.optional(),
        target: term,
        baseline: term,
        /** A table with a row for each target. */
        targets: term,
      }),
    )
    .default([]),
  /** Who keeps it going; without it, whoever owes the duty. */
  organised: z.strictObject({ by: seatOrTerm }).optional(),
  scorers: seats.optional(),
  /** Who takes note of the scheme before anything is scored; `duties` that this fulfils, by seat (S003-E-11). */
  acknowledged: z.strictObject({ by: seats, duties: z.record(z.string(), ruleId).default({}), clauses }).optional(),
  selfAssessment: z.strictObject({ clauses }).optional(),
  /** A second person who confirms the result. */
  confirmed: z.strictObject({ by: seatOrTerm, clauses }).optional(),
  /** Figures and words are both mandatory. */
  bothMeasures: z.boolean().default(false),
  objectionDays: term,
  minimumSample: term,
  published: z.strictObject({ to: seats, clauses }).optional(),
  /** What every result leads to, created or waived before it is complete (S001a-25). */
  followUps: z.array(z.strictObject({ consequence: z.enum(CONSEQUENCE_KINDS), clauses })).default([]),
  /** What every final result proposes; `when`: only where this term is agreed. */
  proposes: z.array(z.strictObject({ consequence: z.enum(CONSEQUENCE_KINDS), when: term, clauses })).default([]),
  /** At least one indicator with a weight is tied to the surveys (S001b-59, S001c-41). */
  linked: z.strictObject({ clauses }).optional(),
  /** What may be proposed by hand beside the bands. */
  consequences: z.array(z.strictObject({ consequence: z.enum(CONSEQUENCE_KINDS), clauses })).default([]),
  planDays: term,
  /** Who decides on consequences, without it whoever organises; and the duty that this fulfils. */
  decided: z.strictObject({ by: seatOrTerm.optional(), fulfils: ruleId.optional() }).default({}),
  /** Who pays whom what follows in money; without it, sums stay out of this contract's ledger. */
  money: z.strictObject({ payer: seatOrTerm, payee: seatOrTerm }).optional(),
  /** Surveys whose cycles a period has so many of, and that are evaluated (S001b-07). */
  surveys: z.strictObject({ obligation: ruleId, count: z.int().min(1).max(366) }).optional(),
  /** Weights start equal and follow what customers hold important, for the next period alone (S001b-05). */
  nextWeights: z.boolean().default(false),
};

export const EVALUATION_WORDS = ['form', 'subject'];
export const EVALUATION_TYPES: Record<string, TermType[]> = {
  objectionDays: ['integer', 'duration'],
  planDays: ['integer', 'duration'],
  fee: ['money'],
  minimumSample: ['integer'],
};

/** Terms in the inner parts of an evaluation's rule. */
export function evaluationTerms(rule: z.output<z.ZodObject<typeof evaluationFields>>): NamedTerm[] {
  const { scores, thresholds, tests, proposes } = rule;
  const marks: TermType[] = ['number', 'integer'];
  const fields: [path: (string | number)[], name: string | undefined, types: TermType[]][] = [
    ...scores.map(({ weight }, index): [(string | number)[], string | undefined, TermType[]] => [
      ['scores', index, 'weight'],
      weight,
      ['percent'],
    ]),
    ...scores.map(({ knockout }, index): [(string | number)[], string | undefined, TermType[]] => [
      ['scores', index, 'knockout'],
      knockout,
      ['boolean'],
    ]),
    ...proposes.map(({ when }, index): [(string | number)[], string | undefined, TermType[]] => [
      ['proposes', index, 'when'],
      when,
      [],
    ]),
    [['thresholds', 'reward'], thresholds?.reward, marks],
    [['thresholds', 'penalty'], thresholds?.penalty, marks],
    ...tests.flatMap(({ target, baseline, targets }, index) => [
      [['tests', index, 'target'], target, marks] as [(string | number)[], string | undefined, TermType[]],
      [['tests', index, 'baseline'], baseline, marks] as [(string | number)[], string | undefined, TermType[]],
      [['tests', index, 'targets'], targets, ['table']] as [(string | number)[], string | undefined, TermType[]],
    ]),
  ];
  return fields.flatMap(([path, name, types]) => (name === undefined ? [] : [{ path, name, types }]));
}
