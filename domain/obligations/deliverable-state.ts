import type { CompiledAgreement, CompiledDeliverable } from '../agreement/compiled.ts';
import type { Actor } from '../agreement/command.ts';
import type { Due, EventBody } from '../agreement/event.ts';
import type { NoticeFacts } from '../agreement/notice.ts';
import type { DeliverableState } from '../agreement/state.ts';
import type { Subject } from '../agreement/telling.ts';
import { addMoney } from '../money.ts';
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
}

export function initialDeliverable(rule: CompiledDeliverable, occurrence: string | null): DeliverableState {
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
    reviewOverdue: false,
    acceptedBy: [],
    settledDaysLate: 0,
    roundDaysLate: 0,
    roundFromMs: null,
    everOverdue: false,
    fulfilledAtMs: null,
    posted: { days: 0, amount: '0', atMs: null },
    ladderThroughMs: null,
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
 * Late days as of a local date, over all rounds; the time under review never counts (design §4).
 * @returns whole calendar days
 */
export function daysLate(state: DeliverableState, on: LocalDate): number {
  const running = isAwaited(state) && state.due ? daysLateOn(state.due, on) : 0;
  return state.settledDaysLate + running;
}

/** The state after an event of this obligation. Ladders are re-armed whenever a clock starts. */
export function evolveDeliverable(state: DeliverableState, event: EventBody): DeliverableState {
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
    case 'penalty-posted':
    case 'penalty-credited':
      return {
        ...state,
        posted: {
          days: state.posted.days + event.line.days,
          amount: addMoney(state.posted.amount, event.line.amount),
          atMs: event.occurredAtMs,
        },
      };
    default:
      return state;
  }
}

/** The due moment for a mail; nothing when there is none. */
export function dueFacts(due: Due | null): NoticeFacts {
  return due ? { dueAtMs: due.dueAtMs, localDate: due.localDate } : {};
}

/** The obligation, and the occurrence where it recurs. */
export function subjectOf({ rule, state }: Pick<DeliverableContext, 'rule' | 'state'>): Subject {
  return { obligation: rule.id, ...(state.occurrence === null ? {} : { occurrence: state.occurrence }) };
}

/** What every event of an obligation bears. */
export function eventBase(
  context: Pick<DeliverableContext, 'rule' | 'state'>,
  actor: Actor,
  occurredAtMs: Instant,
  commandId?: string,
) {
  const { clauses } = context.rule;
  return { ...subjectOf(context), occurredAtMs, actor, clauses, ...(commandId ? { commandId } : {}) };
}
