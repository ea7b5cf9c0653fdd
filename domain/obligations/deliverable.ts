import type { CompiledAgreement, CompiledDeliverable } from '../agreement/compiled.ts';
import type { Actor, Review, Submit } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { Due, EventBody } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { CLOCK, COORDINATOR, answersFor, mailSeat, partyOf, partySeats } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { DeliverableState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { dueAfterDays } from '../deadline.ts';
import { addDays } from '../local-date.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { nextLadderRungs, waitingFor } from './deliverable-ladder.ts';
import { nextMonthPosting, penaltyStarts, penaltyStopped, postingEvent } from './deliverable-penalty.ts';
import {
  type DeliverableContext,
  daysLate,
  dueFacts,
  eventBase,
  isAwaited,
  isInTime,
  isOpen,
  isPaused,
  runningDaysLate,
  subjectOf,
} from './deliverable-state.ts';

/**
 * Handing in. Again during the review it replaces the version and restarts the window. A coordinator may enter when a
 * hand-in of this round really took place, with its document; what that makes wrong is withdrawn and credited (design §3).
 */
export function submit(context: DeliverableContext, command: Submit): Decision | Rejection {
  const { agreement, rule, state } = context;
  if (!answersFor(agreement, command.actor, rule.responsible)) {
    return { rejected: 'not-responsible', message: `${rule.id} is owed by ${rule.responsible}`, clauses: rule.clauses };
  }
  const byCoordinator = command.actor.seat === COORDINATOR;
  // What a process of the agreement hands in has its evidence there.
  if (byCoordinator && command.actor.via !== 'workflow' && command.documents.length === 0) {
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
  const refused = tooEarly(context, handedInAtMs) ?? incomplete(rule, command);
  if (refused) return refused;
  const on = localDateAt(agreement.zone, handedInAtMs);
  const replaces = state.status === 'in-review';
  const inTime = isInTime(state, handedInAtMs);
  const counted = runningDaysLate(state, on);
  const roundDaysLate = replaces && !corrects ? state.roundDaysLate : counted;
  const total = state.settledDaysLate - state.roundDaysLate + roundDaysLate;
  const base = eventBase(context, command.actor, command.receivedAtMs, command.id);
  const events: EventBody[] = [];
  const schedule: NoticeDraft[] = [];
  const tell = teller(agreement, command.receivedAtMs, rule.clauses, subjectOf(context));

  const withdrawn = inTime && (state.status === 'overdue' || (corrects && state.everOverdue));
  if (withdrawn) {
    const occurredAtMs = Math.max(command.receivedAtMs, state.due?.dueAtMs ?? 0);
    events.push({ ...base, occurredAtMs, type: 'overdue-withdrawn' });
    schedule.push(...partySeats(agreement).map((seat) => tell('overdue-withdrawn', seat, dueFacts(state.due))));
  }

  // What both sides have accepted stays accepted; otherwise the reviewers have their window from when they are asked.
  const reviewed = settledLate ? null : rule.review;
  const own = ownAcceptance(context);
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
    ...(rule.checklist ? { parts: command.parts ?? [], omitted: command.omitted ?? [] } : {}),
    daysLate: roundDaysLate,
    acceptedBy: reviewed ? own : state.acceptedBy,
    ...(review ? { review } : {}),
  });

  const posting = postingEvent(context, total, command.receivedAtMs, command.actor, command.id);
  if (posting) events.push(posting);
  if (isAwaited(state) && roundDaysLate > 0) {
    schedule.push(...penaltyStopped(context, total, command.receivedAtMs));
  }

  if (reviewed) {
    const accepted = command.actor.via === 'workflow' ? (command.acceptedBy ?? []) : [];
    const waiting = reviewed.reviewers
      .filter((reviewer) => !own.includes(reviewer) && !accepted.includes(reviewer))
      .map((reviewer) => mailSeat(agreement, reviewer));
    const ask = teller(agreement, command.receivedAtMs, reviewed.clauses, subjectOf(context));
    schedule.push(
      ...waiting.map((seat) => ({
        ...ask('review-request', seat, { ...dueFacts(review), round: state.round }),
        act: 'review' as const,
      })),
    );
  } else {
    const late = withdrawn ? total > 0 : state.everOverdue || !inTime;
    events.push(fulfilled(base, handedInAtMs, total, late));
    schedule.push(
      ...partySeats(agreement)
        .filter((seat) => seat !== partyOf(agreement, rule.responsible))
        .map((seat) => tell('deliverable-submitted', seat, { ...dueFacts(state.due), daysLate: total })),
    );
  }
  return decision({ events, schedule });
}

/** Handing in counts as the own acceptance, of a department as that of its party where that reviews. */
function ownAcceptance({ agreement, rule }: DeliverableContext): string[] {
  const party = partyOf(agreement, rule.responsible);
  const alsoParty = party !== rule.responsible && (rule.review?.reviewers ?? []).includes(party);
  return [rule.responsible, ...(alsoParty ? [party] : [])];
}

/** Some duties can be done only so many days before they are due. */
function tooEarly({ agreement, rule, state }: DeliverableContext, atMs: Instant): Rejection | undefined {
  if (rule.opensDays === undefined || state.due === null) return undefined;
  const opensOn = addDays(state.due.localDate, -rule.opensDays);
  if (localDateAt(agreement.zone, atMs) >= opensOn) return undefined;
  return { rejected: 'not-open-yet', message: `${rule.id} can be handed in from ${opensOn} on`, clauses: rule.clauses };
}

/** A hand-in without all its required parts is none (S001a-04, S001a-60, S001b-95). */
function incomplete(rule: CompiledDeliverable, { parts = [], omitted = [] }: Submit): Rejection | undefined {
  const missing = (rule.checklist ?? []).filter(
    ({ id, mayOmit }) => !parts.includes(id) && !(mayOmit && omitted.includes(id)),
  );
  if (missing.length === 0) return undefined;
  return {
    rejected: 'checklist-incomplete',
    message: `${rule.id} lacks ${missing.map(({ id }) => id).join(', ')}`,
    clauses: [...new Set(missing.flatMap(({ clauses }) => clauses))],
  };
}

/** A reviewer's verdict. Nobody answers for the other side, and silence is never consent (S001a-61). */
export function review(context: DeliverableContext, command: Review): Decision | Rejection {
  const { agreement, rule, state } = context;
  if (!rule.review || state.handedInAtMs === null) {
    return { rejected: 'not-submitted', message: `${rule.id} has nothing under review` };
  }
  // Where one person answers for several reviewers, it counts for one that has not answered.
  const asked = rule.review.reviewers.filter(
    (reviewer) => command.actor.onBehalfOf === undefined && answersFor(agreement, command.actor, reviewer),
  );
  const party = asked.find((reviewer) => !state.acceptedBy.includes(reviewer)) ?? asked[0];
  if (party === undefined) {
    return {
      rejected: 'not-responsible',
      message: `${rule.id} is reviewed by ${rule.review.reviewers.join(', ')}`,
      clauses: rule.review.clauses,
    };
  }
  const accepts = command.verdict === 'accept';
  if (!accepts && ownAcceptance(context).includes(party)) {
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
    return {
      rejected: 'points-missing',
      message: 'a rejection names at least one numbered point',
      clauses: rule.review.clauses,
    };
  }

  const base = { ...eventBase(context, command.actor, command.receivedAtMs, command.id), clauses: rule.review.clauses };
  const tell = teller(agreement, command.receivedAtMs, rule.review.clauses, subjectOf(context));
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
          ...tell('deliverable-rejected', mailSeat(agreement, rule.responsible), {
            ...dueFacts(due),
            round: state.round,
          }),
          act: 'submit',
        },
      ],
    });
  }

  const events: EventBody[] = [{ ...base, type: 'deliverable-accepted', round: state.round, party }];
  const acceptedBy = [...state.acceptedBy, party];
  if (rule.review.reviewers.every((reviewer) => acceptedBy.includes(reviewer))) {
    events.push(fulfilled(base, state.handedInAtMs, state.settledDaysLate, state.everOverdue));
  }
  const facts = { round: state.round, daysLate: state.settledDaysLate };
  return decision({ events, schedule: [tell('deliverable-accepted', mailSeat(agreement, rule.responsible), facts)] });
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
export function nextDue(context: DeliverableContext): { atMs: Instant; consequence: boolean } | undefined {
  const { state } = context;
  // Suspended: no overdue, no rungs, no posting. What is handed in is taken all the same.
  if (isPaused(state)) return undefined;
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
  const { rule, state } = context;
  const events: EventBody[] = [];
  const schedule: NoticeDraft[] = [];
  if (isPaused(state)) return { events, schedule };
  if ((state.status === 'pending' || state.status === 'rework') && state.due && state.due.dueAtMs <= atMs) {
    const base = eventBase(context, CLOCK, state.due.dueAtMs);
    events.push({ ...base, type: 'obligation-overdue', responsible: rule.responsible, due: state.due });
    schedule.push(...penaltyStarts(context, state.due));
  }
  if (state.status === 'in-review' && state.review && !state.reviewOverdue && state.review.dueAtMs <= atMs) {
    events.push({
      ...eventBase(context, CLOCK, state.review.dueAtMs),
      clauses: rule.review?.clauses ?? rule.clauses,
      type: 'review-overdue',
      round: state.round,
      waitingFor: waitingFor(context),
      due: state.review,
    });
  }
  const posting = nextMonthPosting(context);
  if (posting && posting.atMs <= atMs) {
    const event = postingEvent(context, posting.days, posting.atMs, CLOCK);
    if (event) events.push(event);
  }
  return { events, schedule };
}

/** The agreement ended: accrual stops on that day, inclusive, and what is open is cancelled. */
export function endObligation(
  context: DeliverableContext,
  endedOn: LocalDate,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): { events: EventBody[]; schedule: NoticeDraft[] } {
  const { state } = context;
  if (!isOpen(state)) return { events: [], schedule: [] };
  const total = daysLate(state, endedOn);
  const posting = postingEvent(context, total, atMs, actor, commandId);
  const stops = isAwaited(state) && total > state.settledDaysLate;
  return {
    events: posting ? [posting] : [],
    schedule: stops ? penaltyStopped(context, total, atMs) : [],
  };
}

function fulfilled(base: ReturnType<typeof eventBase>, fulfilledAtMs: Instant, days: number, late: boolean): EventBody {
  return { ...base, type: 'obligation-fulfilled', fulfilledAtMs, daysLate: days, late };
}
