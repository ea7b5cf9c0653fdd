import type { Due } from '../agreement/event.ts';
import type { ProcessState } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { EmergencyPlan, Rating, RiskInput, Threshold } from './command.ts';
import type { RiskIndicator, RiskLevel } from './compiled.ts';
import type { PlannedMeasure } from './event.ts';

/** `occurred`: it came true, and its checklist is under way. */
export type RiskStatus = 'open' | 'occurred' | 'closed';

export interface RiskMeasure extends PlannedMeasure {
  status: 'open' | 'done';
  overdue: boolean;
  /** Of this version; null: not assessed yet. */
  verdict: 'effective' | null;
  /** In the review of the measures that is under way. */
  assessed: boolean;
}

/** A date that comes back, and whether it has passed without what it asks for. */
export interface Coming {
  due: Due | null;
  overdue: boolean;
}

export interface RiskState extends ProcessState {
  format: 1;
  input: RiskInput;
  status: RiskStatus;
  rating: Rating & { level: RiskLevel; version: number };
  threshold: Threshold | null;
  emergency: EmergencyPlan | null;
  departments: string[];
  measures: RiskMeasure[];
  /** By when there is a measure; `due` null: there is one, or no length is agreed. */
  response: Coming;
  review: Coming & { reviewedAtMs: Instant | null };
  measureReview: Coming;
  /** The warning that is open: further crossings are none of their own meanwhile (S001b-58). */
  warning: {
    indicator: RiskIndicator;
    value: string;
    raisedAtMs: Instant;
    waiting: string[];
    dueAtMs: Instant | null;
    overdue: boolean;
  } | null;
  warnings: number;
  /** What occurred last, and what was done of its checklist. */
  occurrence: {
    number: number;
    occurredAtMs: Instant;
    steps: { id: string; seat: string; doneAtMs: Instant | null }[];
  } | null;
  /** Its agreement is over. */
  ended: boolean;
}
