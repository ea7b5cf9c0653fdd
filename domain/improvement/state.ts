import type { Actor, DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessState } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { FindingFacts, FindingPriority, ImprovementInput, Measure } from './command.ts';

/**
 * `raised` until it is classified, `classified` until there is a plan, `planned` until that is approved, `approved` until
 * every measure is done, `implemented` until the effect is known, `effective` until whoever raised it has the answer (and
 * what else the agreement asks for is there).
 */
export type ImprovementStatus =
  | 'raised'
  | 'classified'
  | 'planned'
  | 'approved'
  | 'implemented'
  | 'effective'
  | 'closed'
  | 'merged'
  | 'dismissed'
  | 'cancelled';

export interface MeasureState extends Measure {
  due: Due;
  overdue: boolean;
  completedAtMs: Instant | null;
  daysLate: number;
  /** Whoever said so by their own hand: they do not judge their own work. */
  completedBy: string | null;
}

/** A plan that did not reach its goal: kept beside the one that follows it (S001c-35). */
export interface EarlierPlan {
  round: number;
  version: number;
  goal: { dimension: string; atLeast: string } | null;
  measures: MeasureState[];
}

export interface ImprovementState extends ProcessState {
  format: 1;
  input: ImprovementInput;
  status: ImprovementStatus;
  finding: FindingFacts;
  /** References of findings that joined it. */
  absorbed: string[];
  mergedInto: string | null;
  category: string | null;
  score: number | null;
  priority: FindingPriority | null;
  department: string | null;
  /** Since when its dates stand still, which stood then, and when a plan was sent back meanwhile; null: they run. */
  suspended: { from: LocalDate; stood: { of: string; due: Due }[]; sentBackOn?: LocalDate } | null;
  /** When the cause is to be found; null: it has no date of its own. */
  causeDue: Due | null;
  causeOverdue: boolean;
  /** When the cause of this round was written. */
  causeFoundAtMs: Instant | null;
  /** When the plan is due. */
  due: Due | null;
  planOverdue: boolean;
  /** Late days of all plans so far. */
  planDaysLate: number;
  /** 1, and one more each time that the effect was not reached. */
  round: number;
  /** Counts up with every plan that was handed in. */
  version: number;
  /** Who handed in this version, and what with it. */
  plannedBy: Actor | null;
  planDocuments: DocumentRef[];
  goal: { dimension: string; atLeast: string } | null;
  measures: MeasureState[];
  approvedBy: string[];
  /** Since when the measures of this round may begin; null: not yet, or an earlier release wrote it. */
  approvedAtMs: Instant | null;
  /** Of earlier rounds, oldest first. */
  earlier: EarlierPlan[];
  checks: { atMs: Instant; verdict: 'on-track' | 'behind'; personId: string }[];
  /** The next check. */
  checkDue: Due | null;
  checkOverdue: boolean;
  effects: { verdict: 'effective' | 'ineffective'; cycle: string | null; value: string | null; atMs: Instant }[];
  answerDue: Due | null;
  answerOverdue: boolean;
  /** When the customers had their answer; and of how many. */
  answeredAtMs: Instant | null;
  answeredCustomers: string[];
  /** Until when customers who have the answer may say what they think of it, before silence closes it. */
  verdictDue: Due | null;
  verdicts: Record<string, boolean>;
  /** Since the effect was seen: so staff see a result and not a promise. */
  publishedAtMs: Instant | null;
}
