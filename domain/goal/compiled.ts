/**
 * What goals are measured by, each in one unit: the score of surveys on their scale, shares in percent (of satisfied
 * answers, of complaints, of what was resolved at the first contact or in time, of renewals), the average time to the first
 * response in minutes.
 */
export const GOAL_MEASURES = [
  'satisfaction-score',
  'satisfaction-rate',
  'complaint-rate',
  'first-response',
  'first-contact-resolution',
  'resolution-rate',
  'renewal-rate',
] as const;
export type GoalMeasure = (typeof GOAL_MEASURES)[number];

/** Reach a figure, stay at or below one; raise, or reduce, what was there before. At the mark a goal is reached. */
export const GOAL_WAYS = ['reach', 'at-most', 'raise', 'reduce'] as const;
export type GoalWay = (typeof GOAL_WAYS)[number];

/** A figure to be reached, as the template and the terms say. One whose target is not agreed is none. */
export interface CompiledGoal {
  /** The template's rule: `overall-score`. */
  id: string;
  clauses: string[];
  measure: GoalMeasure;
  how: GoalWay;
  /** Of `raise` and `reduce`: by so many units, or by so many percent of the baseline. */
  by: 'value' | 'percent';
  /** A decimal in the measure's unit, or in percent; null: it is agreed as a grade, which no figure says. */
  target: string | null;
  /** In the measure's unit, where the terms state it; null: both enter and confirm it, or there is none. */
  baseline: string | null;
  /**
   * Of a score: its figures stand on the questionnaire's own scale, or on one of 0 to 100, onto which the score is laid where
   * the template says so.
   */
  scale: 'questionnaire' | 'percentage';
  /** The duty whose surveys measure it; null: any survey of the agreement. */
  survey: string | null;
  /** When it is judged: as the term ends, as each cycle is analysed, or as a duty (each time) is due. */
  judged: { at: 'expiry' } | { at: 'cycle' } | { at: 'due'; obligation: string };
}

export function isSurveyed({ measure }: Pick<CompiledGoal, 'measure'>): boolean {
  return measure === 'satisfaction-score' || measure === 'satisfaction-rate';
}

/** It says how far from what was there before. */
export function isRelative({ how }: Pick<CompiledGoal, 'how'>): boolean {
  return how === 'raise' || how === 'reduce';
}
