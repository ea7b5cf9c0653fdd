import type { Instant, LocalDate } from '../time.ts';
import type { GoalFigure } from './figure.ts';
import type { Judgement } from './judgement.ts';

/** A goal that was judged, and for when. */
export interface JudgedGoal extends Judgement {
  goal: string;
  /** Which time it was: of a term its last day, of a cycle its reference, of what recurs its occurrence; null: once. */
  of: string | null;
  /** As of when: figures up to this instant count. */
  asOfMs: Instant;
  localDate: LocalDate;
  /** Figures from before, or of, this instant belong to an earlier time; null: all since the effect count. */
  sinceMs: Instant | null;
}

/** What was measured of an agreement's goals, and how they were judged; the record has what is not kept here any more. */
export interface GoalsState {
  /** Oldest first, bounded. */
  figures: GoalFigure[];
  /** The latest judgement for each goal and time, in their order, bounded. */
  judged: JudgedGoal[];
  /** Goals that an amendment brought, and from when on: nothing is judged for a date before. */
  since: Record<string, Instant>;
}

export const NO_GOALS: GoalsState = { figures: [], judged: [], since: {} };
