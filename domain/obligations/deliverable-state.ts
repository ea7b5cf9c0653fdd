import type { CompiledAgreement, CompiledDeliverable } from '../agreement/compiled.ts';
import type { Actor } from '../agreement/command.ts';
import type { Due, EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeFacts } from '../agreement/notice.ts';
import type { DeliverableState, Pause } from '../agreement/state.ts';
import type { Subject } from '../agreement/telling.ts';
import { addDays, daysBetween } from '../local-date.ts';
import { addMoney, negateMoney } from '../money.ts';
import { daysLateOn } from '../penalty.ts';
import type { Instant, LocalDate } from '../time.ts';

/**
 * `deliverable@1`: something to be handed in by a time, with or without joint review (S001a-60, -61, -62), and a daily
 * penalty for the late days of each (S001a-69). A changed rule is a new file, never an edit: agreements keep the
 * version that they were signed under.
 */
export interface DeliverableContext {
  agreement: CompiledAgreement;
  rule: CompiledDeliverable;
  state: DeliverableState;
  /** Day 0 of the agreement. */
  inForceOn: LocalDate | null;
}

export function initialObligation(rule: CompiledDeliverable, occurrence: string | null): DeliverableState {
  return {
    id: rule.id,
    occurrence,
    kind: rule.kind,
    status: 'pending',
    due: null,
    anchoredOn: null,
    originalDue: null,
    round: 1,
    version: 0,
    handedInAtMs: null,
    review: null,
    askedAtMs: null,
    reviewOverdue: false,
    acceptedBy: [],
    settledDaysLate: 0,
    roundDaysLate: 0,
    roundFromMs: null,
    everOverdue: false,
    fulfilledAtMs: null,
    posted: { days: 0, amount: '0', atMs: null },
    ladderThroughMs: null,
    pinned: null,
    pauses: [],
    moves: [],
    waived: { days: 0, amount: '0' },
    paid: [],
    held: [],
    charged: false,
    accruesUntil: null,
  };
}

/** Still owed: not handed in, or handed in and not yet accepted. */
export function isOpen(state: DeliverableState): boolean {
  return ['pending', 'rework', 'overdue', 'in-review'].includes(state.status);
}

/** Waiting for the one who owes it, not for a reviewer. */
export function isAwaited(state: DeliverableState): boolean {
  return ['pending', 'rework', 'overdue'].includes(state.status);
}

/**
 * Late days as of a local date, over all rounds; neither the time under review nor suspended days count (design §4).
 * @returns whole calendar days
 */
export function daysLate(state: DeliverableState, on: LocalDate): number {
  return state.settledDaysLate + (isAwaited(state) ? runningDaysLate(state, on) : 0);
}

/** Late days of the round that is open, as of a local date. */
export function runningDaysLate(state: DeliverableState, on: LocalDate): number {
  return state.due ? daysLateOn(state.due, on) - excludedDays(state, on) : 0;
}

/** Whether its clocks stand still: as things are now, or on a local date. */
export function isPaused({ pauses }: Pick<DeliverableState, 'pauses'>, on?: LocalDate): boolean {
  return pauses.some(({ from, until }) =>
    on === undefined ? until === null : from <= on && (until === null || on < until),
  );
}

/** Before the due moment, or while the clock stood still before it came. */
export function isInTime({ due, pauses }: Pick<DeliverableState, 'due' | 'pauses'>, atMs: Instant): boolean {
  return due !== null && (atMs < due.dueAtMs || pauses.some((one) => one.until === null && one.fromMs < due.dueAtMs));
}

/** Of the dates after the due date up to and including `on`, those that were suspended: they are no late days. */
export function excludedDays({ due, pauses }: Pick<DeliverableState, 'due' | 'pauses'>, on: LocalDate): number {
  return due ? pausedDays(pauses, addDays(due.localDate, 1), addDays(on, 1)) : 0;
}

/** How many local dates from `from` up to, not including, `to` are suspended; one that two suspensions cover counts once. */
export function pausedDays(pauses: readonly Pause[], from: LocalDate, to: LocalDate): number {
  return pausedSpans(pauses, from, to).reduce((days, span) => days + daysBetween(span.from, span.to), 0);
}

/** The suspended spans within two dates, in their order and without overlap. */
export function pausedSpans(
  pauses: readonly Pause[],
  from: LocalDate,
  to: LocalDate,
): { from: LocalDate; to: LocalDate }[] {
  const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
  const spans: { from: LocalDate; to: LocalDate }[] = [];
  const inOrder = [...pauses].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  for (const { from: first, until } of inOrder) {
    const start = later(later(first, from), spans.at(-1)?.to ?? from);
    const end = until === null || until > to ? to : until;
    if (start < end) spans.push({ from: start, to: end });
  }
  return spans;
}

/** The state after an event of this obligation. Ladders are re-armed whenever a clock starts. */
export function evolveObligation(state: DeliverableState, event: EventBody): DeliverableState {
  switch (event.type) {
    case 'deliverable-submitted':
      return {
        ...state,
        status: event.review ? 'in-review' : state.status,
        version: event.version,
        handedInAtMs: event.handedInAtMs,
        acceptedBy: event.acceptedBy,
        settledDaysLate: state.settledDaysLate - state.roundDaysLate + event.daysLate,
        roundDaysLate: event.daysLate,
        everOverdue:
          state.everOverdue ||
          (state.status !== 'in-review' && state.due !== null && event.handedInAtMs >= state.due.dueAtMs),
        review: event.review ?? null,
        askedAtMs: event.review ? event.occurredAtMs : null,
        reviewOverdue: false,
        ladderThroughMs: event.occurredAtMs,
      };
    case 'deliverable-accepted':
      return { ...state, acceptedBy: [...state.acceptedBy, event.party] };
    case 'deliverable-rejected':
      return {
        ...state,
        status: 'rework',
        round: state.round + 1,
        roundDaysLate: 0,
        roundFromMs: event.occurredAtMs,
        acceptedBy: [],
        due: event.due,
        review: null,
        ladderThroughMs: event.occurredAtMs,
      };
    case 'obligation-overdue':
      return { ...state, status: 'overdue', everOverdue: true };
    case 'overdue-withdrawn':
      return {
        ...state,
        status: state.status !== 'overdue' ? state.status : state.round > 1 ? 'rework' : 'pending',
        everOverdue: state.settledDaysLate > state.roundDaysLate,
      };
    case 'review-overdue':
      return { ...state, reviewOverdue: true };
    case 'obligation-fulfilled':
      return {
        ...state,
        status: event.late ? 'fulfilled-late' : 'fulfilled',
        fulfilledAtMs: event.fulfilledAtMs,
        settledDaysLate: event.daysLate,
        review: null,
      };
    case 'payment-recorded':
      return { ...state, paid: [...state.paid, { on: event.paidOn, amount: negateMoney(event.line.amount) }] };
    case 'penalty-posted':
    case 'penalty-credited':
      return {
        ...state,
        posted: {
          // What was let go was late all the same.
          days: state.posted.days + (isOfWaiver(event.line) ? 0 : (event.line.days ?? 0)),
          amount: addMoney(state.posted.amount, event.line.amount),
          atMs: event.occurredAtMs,
        },
      };
    default:
      return state;
  }
}

/** A credit note for what the creditor let go. */
function isOfWaiver({ about }: LedgerLine): boolean {
  return about?.startsWith('waiver:') ?? false;
}

/** The due moment for a mail; nothing when there is none. */
export function dueFacts(due: Due | null): NoticeFacts {
  return due ? { dueAtMs: due.dueAtMs, localDate: due.localDate } : {};
}

/** The obligation, and the occurrence where it recurs. */
export function subjectOf({
  rule,
  state,
}: {
  rule: Pick<CompiledDeliverable, 'id'>;
  state: Pick<DeliverableState, 'occurrence'>;
}): Subject {
  return { obligation: rule.id, ...(state.occurrence === null ? {} : { occurrence: state.occurrence }) };
}

/** What every event of an obligation bears. */
export function eventBase(
  context: { rule: Pick<CompiledDeliverable, 'id' | 'clauses'>; state: Pick<DeliverableState, 'occurrence'> },
  actor: Actor,
  occurredAtMs: Instant,
  commandId?: string,
) {
  const { clauses } = context.rule;
  return { ...subjectOf(context), occurredAtMs, actor, clauses, ...(commandId ? { commandId } : {}) };
}
