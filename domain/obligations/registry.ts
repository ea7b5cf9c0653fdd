import type { Actor, HoldBack, Pay, Review, Submit } from '../agreement/command.ts';
import type { CompiledAgreement, CompiledObligation } from '../agreement/compiled.ts';
import type { Decision } from '../agreement/decision.ts';
import type { Due, EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { ObligationState } from '../agreement/state.ts';
import type { Waived } from '../penalty.ts';
import type { Instant, LocalDate } from '../time.ts';
import { DELIVERABLE_1 } from './deliverable-rules.ts';
import { PAYMENT_1 } from './payment-rules.ts';

/** One obligation's rules, what was agreed, and how far it got. */
export interface ObligationContext {
  agreement: CompiledAgreement;
  rule: CompiledObligation;
  state: ObligationState;
  /** Day 0 of the agreement. */
  inForceOn: LocalDate | null;
}

/** A penalty or late fee as of a date, and what a waiver would take from it. */
export interface Credit {
  debtor: string;
  creditor: string;
  currency: string;
  clauses: string[];
  /** What is owed still, and the late days that are charged. */
  owed: string;
  days: number;
  /** The sum that would go; of days, what they came to. */
  amount: string;
  /** What is remembered of it, so that later days are counted right. */
  noted: Waived;
  /** Of days: what they were charged on, and the fraction a day. */
  base?: string;
  rate?: string;
}

/** What every kind of obligation knows how to do, whatever it is about. */
export interface ObligationRules {
  /** Time goes on with it after the agreement's end: money that was due stays due. */
  outlivesEnd: boolean;
  initialObligation(rule: CompiledObligation, occurrence: string | null): ObligationState;
  evolveObligation(state: ObligationState, event: EventBody): ObligationState;
  isOpen(state: ObligationState): boolean;
  /** Waiting for the one who owes it, not for a reviewer. */
  isAwaited(state: ObligationState): boolean;
  daysLate(state: ObligationState, on: LocalDate, rule: CompiledObligation): number;
  /** It is owed although the agreement ended on that day: money that had fallen due. */
  staysOwed(state: ObligationState, endedOn: LocalDate): boolean;
  waitingFor(context: ObligationContext): string[];
  accruedLine(context: ObligationContext, on: LocalDate): LedgerLine | undefined;
  nextLadderRungs(
    context: ObligationContext,
  ): { atMs: Instant; rungs: string[]; due: Due; review: boolean } | undefined;
  rungNotices(
    context: ObligationContext,
    next: { atMs: Instant; rungs: string[]; due: Due; review: boolean },
  ): NoticeDraft[];
  submit(context: ObligationContext, command: Submit): Decision | Rejection;
  review(context: ObligationContext, command: Review): Decision | Rejection;
  pay(context: ObligationContext, command: Pay): Decision | Rejection;
  holdBack(context: ObligationContext, command: HoldBack): Decision | Rejection;
  /** Posts what has accrued up to and including a date. */
  postAccrued(context: ObligationContext, on: LocalDate, atMs: Instant, actor: Actor, commandId?: string): EventBody[];
  /** What letting go of days or a sum would take from what is owed as of a date; null where lateness costs nothing. */
  creditOf(context: ObligationContext, on: LocalDate, waived: Waived): Credit | null;
  nextDue(context: ObligationContext): NextDue | undefined;
  dueEvents(context: ObligationContext, atMs: Instant): { events: EventBody[]; schedule: NoticeDraft[] };
  endObligation(
    context: ObligationContext,
    endedOn: LocalDate,
    atMs: Instant,
    actor: Actor,
    commandId?: string,
  ): { events: EventBody[]; schedule: NoticeDraft[] };
}

/** The rules by the version that an agreement was signed under. A new kind or version is a new file and a line here. */
export const OBLIGATION_RULES: Record<CompiledObligation['rule'], ObligationRules> = {
  'deliverable@1': DELIVERABLE_1,
  'payment@1': PAYMENT_1,
};

export function rulesOf(rule: CompiledObligation): ObligationRules {
  return OBLIGATION_RULES[rule.rule];
}
