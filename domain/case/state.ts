import type { ProcessState } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { Clock } from './clock.ts';
import type { CaseInput, PauseReason } from './command.ts';
import type { BreachMeaning, CaseClockId, CasePriority, CaseSeverity } from './compiled.ts';
import type { CaseOutcome } from './event.ts';

/**
 * `open` until the handler has responded; `resolved` until the customer has the result; `awaiting-opinion` until its
 * opinion is there, or the time for it is over. A pause is no status of its own: `paused` says it.
 */
export type CaseStatus =
  | 'open'
  | 'responded'
  | 'in-progress'
  | 'plan-proposed'
  | 'plan-confirmed'
  | 'executed'
  | 'negotiating'
  | 'resolved'
  | 'awaiting-opinion'
  | 'closed';

/** A clock of this case. Ids and rounds name it: `resolution` of round 2. */
export interface CaseClock extends Clock {
  id: CaseClockId;
  /** The round that it belongs to: 1, and one more with each reopening. */
  cycle: number;
  /** Of the progress clock: how many reports in a row are missing. */
  missed?: number;
}

export interface CaseBreach {
  clock: CaseClockId;
  cycle: number;
  atMs: Instant;
  means: BreachMeaning;
  liable: string | null;
  claimant: string | null;
}

/** One round, from opening or reopening to the result. */
export interface CaseCycle {
  openedAtMs: Instant;
  respondedAtMs: Instant | null;
  resolvedAtMs: Instant | null;
  toldAtMs: Instant | null;
  /** What the customer said of its result; null: nothing. */
  satisfied: boolean | null;
}

export interface CaseState extends ProcessState {
  format: 1;
  input: CaseInput;
  status: CaseStatus;
  severity: CaseSeverity;
  priority: CasePriority;
  category: string | null;
  /** Seat that handles it now. */
  handler: string;
  /** Who is to do it: a seat, or `person:<id>`. */
  assignee: string | null;
  outOfTerm: boolean;
  /** Seats that it was passed on to, oldest first; the number is held against what is agreed (S001c-19). */
  passedTo: string[];
  suspected: boolean;
  /** Rounds, oldest first; the last one is under way. */
  cycles: CaseCycle[];
  /** All clocks of all rounds; of reports of progress only the last one. */
  clocks: CaseClock[];
  breaches: CaseBreach[];
  /** Sections of the record that are there (S001a-65). */
  record: { content: boolean; process: boolean; result: boolean };
  paused: { fromMs: Instant; reason: PauseReason; contested: boolean } | null;
  /** Parties that agree to the solution of a major case. */
  agreed: string[];
  /** The solution was negotiated by both. */
  negotiated: boolean;
  specialSurvey: 'held' | 'declined' | null;
  reportedAtMs: Instant | null;
  reportConfirmedAtMs: Instant | null;
  /** The plan of this round was proposed; the customer confirmed it; it was carried out (S002-10). */
  plannedAtMs: Instant | null;
  confirmedAtMs: Instant | null;
  executedAtMs: Instant | null;
  score: string | null;
  duplicateOf: string | null;
  repeats: string[];
  findings: { finding: string; workflowId: string }[];
  closedAtMs: Instant | null;
  outcome: CaseOutcome | null;
  /** Its agreement is over: once closed, it stays closed. */
  ended: boolean;
}
