import { z } from 'zod';
import { GOAL_MEASURES, GOAL_WAYS } from '../domain/goal/compiled.ts';
import { ruleId, termName } from './names.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';

const term = termName.optional();

/** A figure to be reached. One without `measure` is shown, and people judge it. */
export const goalFields = {
  target: term,
  baseline: term,
  period: term,
  /** A target that is agreed as a grade: no score is agreed for it, and people judge it. */
  grade: term,
  /** What measures it, or a term that says for a survey: `score` or `satisfied`. */
  measure: z.union([z.enum(GOAL_MEASURES), termName]).optional(),
  how: z.enum(GOAL_WAYS).default('reach'),
  /** Of raise and reduce: by units, by percent of the baseline, or a term: `absolute` or `percent`. */
  by: z.union([z.enum(['value', 'percent']), termName]).default('value'),
  /** Of a score: the questionnaire's own scale, or 0 to 100, onto which the score is laid; or a term that says which. */
  scale: z.union([z.enum(['questionnaire', 'percentage']), termName]).default('questionnaire'),
  /** The duty whose surveys measure it; without it, any survey. */
  survey: ruleId.optional(),
  /** As the term ends, as each cycle is analysed, or as a duty (each time) is due. */
  judged: z.union([z.enum(['expiry', 'cycle']), z.strictObject({ obligation: ruleId })]).optional(),
};

type GoalFields = z.output<z.ZodObject<typeof goalFields>>;

/** What terms of these fields may be. */
export const GOAL_TYPES: Record<string, TermType[]> = { grade: ['text'] };

/** Fields of a goal that name no term by themselves. */
export const GOAL_WORDS = ['measure', 'how', 'by', 'scale', 'survey', 'judged'];

/** Terms that stand where a word could. */
export function goalTerms(rule: GoalFields): NamedTerm[] {
  return (['measure', 'by', 'scale'] as const).flatMap((field): NamedTerm[] => {
    const name = goalTerm(rule, field);
    return name === undefined ? [] : [{ path: [field], name, types: ['enum'] }];
  });
}

const WORDS: Record<'measure' | 'by' | 'scale', readonly string[]> = {
  measure: GOAL_MEASURES,
  by: ['value', 'percent'],
  scale: ['questionnaire', 'percentage'],
};

/** The term that says it; undefined where the rule says it itself, or nothing. */
export function goalTerm(rule: GoalFields, field: 'measure' | 'by' | 'scale'): string | undefined {
  const said = rule[field];
  return said === undefined || WORDS[field].includes(said) ? undefined : said;
}
