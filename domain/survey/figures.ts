import type { LocalDate } from '../time.ts';

/** A figure with its confidence interval, as decimal strings; formulas in docs/statistics.md. */
export interface Estimate {
  value: string;
  low: string;
  high: string;
}

/**
 * The dimension whose question asks for the satisfaction as a whole: reported as asked, never computed from the others,
 * and not weighed among them (S004-11).
 */
export const OVERALL = 'overall-satisfaction';

/** What a group of answers says. */
export interface Measures {
  /** Answers that say anything of it. */
  n: number;
  /** Mean score on the questionnaire's scale; null without an answer. */
  mean: Estimate | null;
  /** Share of the two best answers (top-2-box), a fraction. */
  satisfied: Estimate | null;
  /** Net promoter score, −100 to 100; null where it is not asked. */
  nps: Estimate | null;
}

/** Groups below this size are not shown where answers are anonymous. */
export const SMALLEST_GROUP = 5;

export const GROUPINGS = ['tier', 'channel', 'department', 'branch'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** All that a cycle measured. */
export interface Figures {
  /** How many customers there are in the audience, were drawn, were reached by any channel, answered in time, and late. */
  population: number;
  drawn: number;
  reached: number;
  answered: number;
  late: number;
  /** Answered of those drawn; reached of those drawn. */
  responseRate: Estimate | null;
  coverage: Estimate | null;
  scale: { min: number; max: number };
  /** Weighted mean of the dimensions that have answers, on the questionnaire's scale. */
  score: string | null;
  overall: Measures;
  dimensions: { id: string; weight: string; measures: Measures; parts: { id: string; measures: Measures }[] }[];
  groups: { by: Grouping; key: string; measures: Measures | null }[];
  /** What customers say is important, as the next weights; null where it is not asked or nobody answered. */
  importance: Record<string, string> | null;
  verdict: Verdict;
}

/** Against the target: only with enough answers, and where the target lies on the scale that was asked. */
export type Verdict =
  | { outcome: 'reached' | 'missed'; measure: 'score' | 'satisfied'; value: string; target: string }
  | { outcome: 'none'; why: 'no-target' | 'off-scale' | 'below-minimum' | 'no-answers' };

/** An earlier cycle beside which this one is shown. */
export interface EarlierCycle {
  reference: string;
  closedOn: LocalDate;
  score: string | null;
  dimensions: Record<string, string | null>;
}
