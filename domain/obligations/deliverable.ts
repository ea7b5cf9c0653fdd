import type { CompiledAgreement, CompiledDeliverable } from '../agreement/compiled.ts';
import type { Actor, Review, Submit } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { Due, EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { CLOCK, COORDINATOR, actingParty, hasCoordinator, partySeats } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { DeliverableState } from '../agreement/state.ts';
import { dueAfterDays, resolveDeadline } from '../deadline.ts';
import { addDays, monthStart, nextMonthStart } from '../local-date.ts';
import { addMoney, compareMoney, isZeroMoney, subtractMoney } from '../money.ts';
import { teller } from '../agreement/telling.ts';
import { nextRungs } from '../notice-time.ts';
import { daysLateOn, penaltyBalance } from '../penalty.ts';
import type { Instant, LocalDate, Text } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';

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

/** How day 0 is called in an explanation. */
export const DAY_ZERO: Text = { zh: '签署日', en: 'signed' };

export function initialDeliverable(rule: CompiledDeliverable): DeliverableState {
  return {
    id: rule.id,
    kind: 'deliverable',
    status: 'pending',
    due: null,
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

/** The due moment that follows from day 0. */
export function firstDue(agreement: CompiledAgreement, rule: CompiledDeliverable, day0: LocalDate): Due {
  const { dueAtMs, localDate } = resolveDeadline(rule.deadline, day0, agreement.calendar, agreement.zone, DAY_ZERO);
  return { dueAtMs, localDate };
}

/** Still owed: not handed in, or handed in and not yet accepted. */
export function isOpen(state: DeliverableState): boolean {
  return ['pending', 'rework', 'overdue', 'in-review'].includes(state.status);
}

/** Waiting for the one who owes it, not for a reviewer. */
function isAwaited(state: DeliverableState): boolean {
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

/**
 * Handing in. Again during the review it replaces the version and restarts the window. A coordinator may enter when a
 * hand-in of this round really took place, with its document; what that makes wrong is withdrawn and credited (design §3).
 */
export function submit({ agreement, rule, state }: DeliverableContext, command: Submit): Decision | Rejection {
  const party = actingParty(command.actor);
  if (party !== rule.responsible) {
    return { rejected: 'not-responsible', message: `${rule.id} is owed by ${rule.responsible}` };
  }
  const byCoordinator = command.actor.seat === COORDINATOR;
  if (byCoordinator && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a hand-in entered for a party needs its document' };
  }
  const entered = byCoordinator ? command.handedInAtMs : undefined;
  const settledLate = state.status === 'fulfilled-late';
  const corrects =
    entered !== undefined &&
    (state.status === 'in-review' || settledLate) &&
    state.handedInAtMs !== null &&
    entered < state.handedInAtMs;
  if (!isOpen(state) && !corrects) {
    return { rejected: 'already-fulfilled', message: `${rule.id} is ${state.status}` };
  }
  if (entered !== undefined && (entered > command.receivedAtMs || entered < (state.roundFromMs ?? entered))) {
    return { rejected: 'handed-in-out-of-range', message: 'the time is not between the start of this round and now' };
  }

  const handedInAtMs = entered ?? command.receivedAtMs;
  const on = localDateAt(agreement.zone, handedInAtMs);
  const replaces = state.status === 'in-review';
  const inTime = state.due !== null && handedInAtMs < state.due.dueAtMs;
  const counted = state.due === null ? 0 : daysLateOn(state.due, on);
  const roundDaysLate = replaces && !corrects ? state.roundDaysLate : counted;
  const total = state.settledDaysLate - state.roundDaysLate + roundDaysLate;
  const base = eventBase(rule, command.actor, command.receivedAtMs, command.id);
  const events: EventBody[] = [];
  const schedule: NoticeDraft[] = [];
  const tell = teller(agreement, command.receivedAtMs, rule.clauses, rule.id);

  const withdrawn = inTime && (state.status === 'overdue' || (corrects && state.everOverdue));
  if (withdrawn) {
    const occurredAtMs = Math.max(command.receivedAtMs, state.due?.dueAtMs ?? 0);
    events.push({ ...base, occurredAtMs, type: 'overdue-withdrawn' });
    schedule.push(...partySeats(agreement).map((seat) => tell('overdue-withdrawn', seat, dueFacts(state.due))));
  }

  // What both sides have accepted stays accepted; otherwise the reviewers have their window from when they are asked.
  const reviewed = settledLate ? null : rule.review;
  const askedOn = entered === undefined ? on : localDateAt(agreement.zone, command.receivedAtMs);
  const review =
    reviewed && dueAfterDays(askedOn, reviewed.windowDays, rule.deadline, agreement.calendar, agreement.zone);
  events.push({
    ...base,
    type: 'deliverable-submitted',
    round: state.round,
    version: replaces || corrects ? state.version + 1 : 1,
    handedInAtMs,
    documents: command.documents,
    daysLate: roundDaysLate,
    acceptedBy: reviewed ? [party] : state.acceptedBy,
    ...(review ? { review } : {}),
  });

  const posting = postingEvent(rule, state, total, command.receivedAtMs, command.actor, command.id);
  if (posting) events.push(posting);
  if (isAwaited(state) && roundDaysLate > 0) {
    schedule.push(...penaltyStopped(agreement, rule, total, command.receivedAtMs));
  }

  if (reviewed) {
    const waiting = reviewed.reviewers.filter((reviewer) => reviewer !== party);
    const ask = teller(agreement, command.receivedAtMs, reviewed.clauses, rule.id);
    schedule.push(
      ...waiting.map((seat) => ({
        ...ask('review-request', seat, { ...dueFacts(review), round: state.round }),
        act: 'review' as const,
      })),
    );
  } else {
    const late = withdrawn ? total > 0 : state.everOverdue || !inTime;
    events.push(fulfilled(base, state, handedInAtMs, total, late));
    schedule.push(
      ...partySeats(agreement)
        .filter((seat) => seat !== party)
        .map((seat) => tell('deliverable-submitted', seat, { ...dueFacts(state.due), daysLate: total })),
    );
  }
  return decision({ events, schedule });
}

/** A reviewer's verdict. Nobody answers for the other side, and silence is never consent (S001a-61). */
export function review({ agreement, rule, state }: DeliverableContext, command: Review): Decision | Rejection {
  const party = command.actor.onBehalfOf === undefined ? command.actor.party : undefined;
  if (!rule.review || state.handedInAtMs === null) {
    return { rejected: 'not-submitted', message: `${rule.id} has nothing under review` };
  }
  if (party === undefined || !rule.review.reviewers.includes(party)) {
    return { rejected: 'not-responsible', message: `${rule.id} is reviewed by ${rule.review.reviewers.join(', ')}` };
  }
  const accepts = command.verdict === 'accept';
  if (!accepts && party === rule.responsible) {
    return { rejected: 'not-responsible', message: 'handing in counts as the own acceptance; hand in again instead' };
  }
  if (accepts && state.acceptedBy.includes(party)) return decision({});
  if (state.status === 'fulfilled' || state.status === 'fulfilled-late') {
    return { rejected: 'already-fulfilled', message: `${rule.id} is ${state.status}` };
  }
  if (state.status !== 'in-review') {
    return { rejected: 'not-submitted', message: `${rule.id} has nothing under review` };
  }
  if (!accepts && command.pointCount < 1) {
    return { rejected: 'points-missing', message: 'a rejection names at least one numbered point' };
  }

  const base = { ...eventBase(rule, command.actor, command.receivedAtMs, command.id), clauses: rule.review.clauses };
  const tell = teller(agreement, command.receivedAtMs, rule.review.clauses, rule.id);
  if (!accepts) {
    const due = reworkDue(agreement, rule, state, command.receivedAtMs);
    return decision({
      events: [
        {
          ...base,
          type: 'deliverable-rejected',
          round: state.round,
          party,
          pointCount: command.pointCount,
          due,
        },
      ],
      schedule: [
        {
          ...tell('deliverable-rejected', rule.responsible, { ...dueFacts(due), round: state.round }),
          act: 'submit',
        },
      ],
    });
  }

  const events: EventBody[] = [{ ...base, type: 'deliverable-accepted', round: state.round, party }];
  const acceptedBy = [...state.acceptedBy, party];
  if (rule.review.reviewers.every((reviewer) => acceptedBy.includes(reviewer))) {
    events.push(fulfilled(base, state, state.handedInAtMs, state.settledDaysLate, state.everOverdue));
  }
  const facts = { round: state.round, daysLate: state.settledDaysLate };
  return decision({ events, schedule: [tell('deliverable-accepted', rule.responsible, facts)] });
}

/** Due again at the later of the due time that stands and the rejection + `reworkDays` (design §4). */
function reworkDue(
  agreement: CompiledAgreement,
  rule: CompiledDeliverable,
  state: DeliverableState,
  atMs: Instant,
): Due {
  const days = rule.review?.reworkDays ?? 0;
  const on = localDateAt(agreement.zone, atMs);
  const rework = dueAfterDays(on, days, rule.deadline, agreement.calendar, agreement.zone);
  return state.originalDue && state.originalDue.dueAtMs > rework.dueAtMs ? state.originalDue : rework;
}

/** The next instant at which time alone changes something here, and whether it has consequences beyond a mail. */
export function nextDeliverableDue(context: DeliverableContext): { atMs: Instant; consequence: boolean } | undefined {
  const { state } = context;
  const moments: { atMs: Instant; consequence: boolean }[] = [];
  if ((state.status === 'pending' || state.status === 'rework') && state.due) {
    moments.push({ atMs: state.due.dueAtMs, consequence: true });
  }
  if (state.status === 'in-review' && state.review && !state.reviewOverdue) {
    moments.push({ atMs: state.review.dueAtMs, consequence: true });
  }
  const posting = nextMonthPosting(context);
  if (posting) moments.push({ atMs: posting.atMs, consequence: true });
  const rungs = nextLadderRungs(context);
  if (rungs) moments.push({ atMs: rungs.atMs, consequence: false });
  return moments.reduce<{ atMs: Instant; consequence: boolean } | undefined>(
    (first, next) =>
      first === undefined || next.atMs < first.atMs
        ? next
        : next.atMs === first.atMs
          ? { atMs: first.atMs, consequence: first.consequence || next.consequence }
          : first,
    undefined,
  );
}

/** What falls due here at exactly `atMs`, before any mail. */
export function dueEvents(
  context: DeliverableContext,
  atMs: Instant,
): { events: EventBody[]; schedule: NoticeDraft[] } {
  const { agreement, rule, state } = context;
  const events: EventBody[] = [];
  const schedule: NoticeDraft[] = [];
  if ((state.status === 'pending' || state.status === 'rework') && state.due && state.due.dueAtMs <= atMs) {
    const base = eventBase(rule, CLOCK, state.due.dueAtMs);
    events.push({ ...base, type: 'obligation-overdue', responsible: rule.responsible, due: state.due });
    schedule.push(...penaltyStarts(agreement, rule, state, state.due));
  }
  if (state.status === 'in-review' && state.review && !state.reviewOverdue && state.review.dueAtMs <= atMs) {
    events.push({
      ...eventBase(rule, CLOCK, state.review.dueAtMs),
      clauses: rule.review?.clauses ?? rule.clauses,
      type: 'review-overdue',
      round: state.round,
      waitingFor: waitingFor(context),
      due: state.review,
    });
  }
  const posting = nextMonthPosting(context);
  if (posting && posting.atMs <= atMs) {
    const event = postingEvent(rule, state, posting.days, posting.atMs, CLOCK);
    if (event) events.push(event);
  }
  return { events, schedule };
}

/** Reviewers who have not answered. */
export function waitingFor({ rule, state }: DeliverableContext): string[] {
  if (state.status !== 'in-review') return [];
  return (rule.review?.reviewers ?? []).filter((reviewer) => !state.acceptedBy.includes(reviewer));
}

/** The rungs of the clock that runs now (of the hand-in, or of the review) that fall on the next moment. */
export function nextLadderRungs(
  context: DeliverableContext,
): { atMs: Instant; rungs: string[]; due: Due; review: boolean } | undefined {
  const { agreement, rule, state } = context;
  const inReview = state.status === 'in-review';
  const due = inReview ? state.review : isAwaited(state) ? state.due : null;
  if (!due) return undefined;
  const hours = { calendar: agreement.calendar, zone: agreement.zone, hours: agreement.noticeHours };
  const next = nextRungs(due, rule.reminderLeadDays, hours, state.ladderThroughMs);
  return next && { ...next, due, review: inReview };
}

/** Who is written to for rungs: who has to act, and from the first overdue one on the coordinator in copy. */
export function rungNotices(
  context: DeliverableContext,
  next: { atMs: Instant; rungs: string[]; due: Due; review: boolean },
): NoticeDraft[] {
  const { agreement, rule, state } = context;
  const on = localDateAt(agreement.zone, next.atMs);
  const late = next.review ? daysLateOn(next.due, on) : daysLate(state, on);
  const facts: NoticeFacts = {
    ...dueFacts(next.due),
    daysLate: late,
    ...(next.review ? { round: state.round } : penaltyFacts(rule, late)),
  };
  const notice = {
    kind: next.review ? ('review-reminder' as const) : ('reminder' as const),
    obligation: rule.id,
    rungs: next.rungs,
    atMs: next.atMs,
    clauses: next.review ? (rule.review?.clauses ?? rule.clauses) : rule.clauses,
    facts,
  };
  const act = next.review ? ('review' as const) : ('submit' as const);
  const to = next.review ? waitingFor(context) : [rule.responsible];
  const copies = hasCoordinator(agreement) && next.rungs.some((rung) => rung.startsWith('overdue-'));
  return [
    ...to.map((seat) => ({ ...notice, seat, role: seat, act })),
    ...(copies ? [{ ...notice, seat: COORDINATOR, role: 'copy' }] : []),
  ];
}

/** The agreement ended: accrual stops on that day, inclusive, and what is open is cancelled. */
export function endDeliverable(
  { agreement, rule, state }: DeliverableContext,
  endedOn: LocalDate,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): { events: EventBody[]; schedule: NoticeDraft[] } {
  if (!isOpen(state)) return { events: [], schedule: [] };
  const total = daysLate(state, endedOn);
  const posting = postingEvent(rule, state, total, atMs, actor, commandId);
  const stops = isAwaited(state) && total > state.settledDaysLate;
  return {
    events: posting ? [posting] : [],
    schedule: stops ? penaltyStopped(agreement, rule, total, atMs) : [],
  };
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

/** What has accrued up to and including a date and has not been posted: computed for a reader, never stored. */
export function accruedLine({ rule, state }: DeliverableContext, on: LocalDate): LedgerLine | undefined {
  return isAwaited(state) ? lineTo(rule, state, daysLate(state, on)) : undefined;
}

/** The ledger line from what is posted to the balance after `days` late days; undefined when nothing changes. */
function lineTo(rule: CompiledDeliverable, state: DeliverableState, days: number): LedgerLine | undefined {
  const { penalty } = rule;
  if (!penalty) return undefined;
  const amount = subtractMoney(penaltyBalance(penalty, days), state.posted.amount);
  if (isZeroMoney(amount)) return undefined;
  return {
    kind: compareMoney(amount, '0') > 0 ? 'penalty' : 'credit-note',
    debtor: rule.responsible,
    creditor: penalty.creditor,
    amount,
    currency: penalty.currency,
    days: days - state.posted.days,
    base: penalty.base,
    rate: penalty.rate,
  };
}

function postingEvent(
  rule: CompiledDeliverable,
  state: DeliverableState,
  days: number,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): EventBody | undefined {
  const line = lineTo(rule, state, days);
  if (!line) return undefined;
  // A correction comes after the line that it corrects, whatever the time of the fact that came to light.
  const postedAtMs = Math.max(atMs, state.posted.atMs ?? atMs);
  const base = { ...eventBase(rule, actor, postedAtMs, commandId), clauses: rule.penalty?.clauses ?? rule.clauses };
  return { ...base, type: line.kind === 'penalty' ? 'penalty-posted' : 'penalty-credited', line };
}

/** The first month's end, as the first instant of the next month, at which more is owed than posted. */
function nextMonthPosting({ agreement, rule, state }: DeliverableContext): { atMs: Instant; days: number } | undefined {
  const { penalty } = rule;
  if (state.status !== 'overdue' || !state.due || !penalty) return undefined;
  if (penalty.cap !== null && compareMoney(state.posted.amount, penalty.cap) >= 0) return undefined;
  if (isZeroMoney(penaltyBalance(penalty, penalty.graceDays + 1_000_000))) return undefined; // a rate or base of nothing
  // Months whose end is already posted need no second look: start where the posted days lead to.
  const from = addDays(state.due.localDate, Math.max(0, state.posted.days - state.settledDaysLate));
  for (let month = nextMonthStart(monthStart(from)); ; month = nextMonthStart(month)) {
    const days = daysLate(state, addDays(month, -1));
    if (compareMoney(penaltyBalance(penalty, days), state.posted.amount) > 0) {
      return { atMs: instantAt(agreement.zone, month, '00:00'), days };
    }
  }
}

function penaltyStarts(
  agreement: CompiledAgreement,
  rule: CompiledDeliverable,
  state: DeliverableState,
  due: Due,
): NoticeDraft[] {
  const { penalty } = rule;
  if (!penalty) return [];
  const firstDay = addDays(due.localDate, 1 + Math.max(0, penalty.graceDays - state.settledDaysLate));
  const startMs = Math.max(due.dueAtMs, instantAt(agreement.zone, firstDay, '00:00'));
  const days = state.settledDaysLate + daysLateOn(due, firstDay);
  const tell = teller(agreement, startMs, penalty.clauses, rule.id);
  const facts = { ...dueFacts(due), ...penaltyFacts(rule, days), daysLate: days };
  return partySeats(agreement).map((seat) => tell('penalty-started', seat, facts));
}

function penaltyStopped(
  agreement: CompiledAgreement,
  rule: CompiledDeliverable,
  days: number,
  atMs: Instant,
): NoticeDraft[] {
  const { penalty } = rule;
  if (!penalty || isZeroMoney(penaltyBalance(penalty, days))) return [];
  const tell = teller(agreement, atMs, penalty.clauses, rule.id);
  const facts = { ...penaltyFacts(rule, days), daysLate: days };
  return partySeats(agreement).map((seat) => tell('penalty-stopped', seat, facts));
}

function penaltyFacts(rule: CompiledDeliverable, days: number): NoticeFacts {
  const { penalty } = rule;
  if (!penalty) return {};
  return { amount: penaltyBalance(penalty, days), currency: penalty.currency, rate: penalty.rate };
}

function dueFacts(due: Due | null): NoticeFacts {
  return due ? { dueAtMs: due.dueAtMs, localDate: due.localDate } : {};
}

function fulfilled(
  base: ReturnType<typeof eventBase>,
  state: DeliverableState,
  fulfilledAtMs: Instant,
  days: number,
  late: boolean,
): EventBody {
  return { ...base, type: 'obligation-fulfilled', obligation: state.id, fulfilledAtMs, daysLate: days, late };
}

function eventBase(rule: CompiledDeliverable, actor: Actor, occurredAtMs: Instant, commandId?: string) {
  return { obligation: rule.id, occurredAtMs, actor, clauses: rule.clauses, ...(commandId ? { commandId } : {}) };
}
