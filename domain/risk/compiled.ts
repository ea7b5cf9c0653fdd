import type { Interval } from '../deadline.ts';

export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** What a measure against a risk brings down (S001c-58). */
export const LOWERED = ['likelihood', 'impact', 'both'] as const;
export type Lowered = (typeof LOWERED)[number];

/**
 * What is watched of a risk: all but `observed` are read off the record as it is written (S001b-57).
 * - `score-drop`: points that satisfaction fell by from one analysed cycle to the next, on the questionnaire's scale
 * - `case-spike`: cases that were opened within `windowDays`
 * - `overdue-duties`: duties that are overdue now
 * - `clock-near-breach`: hours that a clock of a case has left as its handler is warned
 * - `observed`: a figure that somebody enters
 */
export const RISK_INDICATORS = ['score-drop', 'case-spike', 'overdue-duties', 'clock-near-breach', 'observed'] as const;
export type RiskIndicator = (typeof RISK_INDICATORS)[number];

export const RISK_OPERATORS = ['above', 'at-least', 'at-most', 'below'] as const;
export type RiskOperator = (typeof RISK_OPERATORS)[number];

/**
 * Whether a threshold compares a figure of the record the wrong way round: hours that are left warn as they grow few, all others
 * as they grow. A score that is to stay above a value is no fall of it: that figure is `observed`.
 */
export function isReversed({ indicator, operator }: { indicator: RiskIndicator; operator: RiskOperator }): boolean {
  if (indicator === 'observed') return false;
  return ['above', 'at-least'].includes(operator) === (indicator === 'clock-near-breach');
}

/** Both are rated from 1 to this; ours (ADR 25). */
export const SCALE_MAX = 5;

/** What an agreement says of risks; what it does not say is null. */
export interface CompiledRisks {
  /** The template's rule. */
  id: string;
  clauses: string[];
  /** Party or seat that keeps the register. */
  keeper: string;
  /** The periodic duty that the register serves, and that on measures; nothing is handed in by a risk itself. */
  report: string | null;
  measureReport: string | null;
  /** The product of probability and impact from which on a risk is medium, and high. */
  scale: { mediumFrom: number; highFrom: number };
  /** From this level on no risk is kept without an emergency plan (S001a-33); null: none is asked for. */
  planLevel: RiskLevel | null;
  /** Every risk gets measures; `days` null: no length is agreed, no clock runs. */
  response: { days: number | null; clauses: string[] } | null;
  /** Each measure says what it lowers, and which level remains (S001c-58). */
  residual: { clauses: string[] } | null;
  /** A changed level opens the measures again (S001c-61). */
  reopens: { clauses: string[] } | null;
  /**
   * Every open risk is looked at again; `every` null: no interval is agreed. `empty`: a register with no risk after its first
   * cycle is flagged (S001a-31).
   */
  review: { every: Interval | null; clauses: string[]; empty: { clauses: string[] } | null } | null;
  /** So are its measures (S001b-56). */
  measureReview: { every: Interval | null; clauses: string[] } | null;
  /** Indicators with thresholds, and warnings to departments (S001b-54, S001b-58). */
  warning: { ackHours: number | null; clauses: string[] } | null;
  /** A checklist that starts as the risk occurs (S001c-59). */
  emergency: { clauses: string[] } | null;
}
