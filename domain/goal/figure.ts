import type { Instant } from '../time.ts';
import { type CompiledGoal, type GoalMeasure, isSurveyed } from './compiled.ts';

/** What was measured, once. */
export interface GoalFigure {
  measure: GoalMeasure;
  /** Where it comes from, once: of a survey its cycle, `quarterly-survey#2027-Q1`. */
  source: string;
  /** A decimal in the measure's unit; null: nobody answered, or too few did to show what they said. */
  value: string | null;
  /** Answers, cases: what it rests on; null: not said. */
  n: number | null;
  /** 95 % interval, where one is known. */
  interval: { low: string; high: string } | null;
  /** Of a score. */
  scale: { min: number; max: number } | null;
  /** Below so many there is no verdict; null: none is agreed. */
  minimum: number | null;
  /** As of when: the survey's close, the end of the period. */
  atMs: Instant;
}

/** Whether this figure is one of the goal's: its measure, and where it names a survey, a cycle of that. */
export function measures(goal: CompiledGoal, { measure, source }: GoalFigure): boolean {
  if (measure !== goal.measure) return false;
  return !isSurveyed(goal) || goal.survey === null || source.split('#')[0] === goal.survey;
}

/** Enough was said to judge by it. */
export function isValid({ value, n, minimum }: GoalFigure): boolean {
  return value !== null && n !== 0 && (n === null || n >= (minimum ?? 0));
}
