import type { Due } from '../agreement/event.ts';
import { CLOCK } from '../agreement/parties.ts';
import { addDays, daysBetween } from '../local-date.ts';
import { processDecision } from '../process/fold.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { EngagementMachineCommand } from './command.ts';
import type { EngagementEventBody, MovedClock } from './event.ts';
import { type Decision, causeOf, dueIn, isOver, isStandingStill, openShares, replyDueOf, roundOf } from './standing.ts';
import type { EngagementState } from './state.ts';

type Stopped = Extract<EngagementMachineCommand, { type: 'clocks-stopped' }>;
type Run = Extract<EngagementMachineCommand, { type: 'clocks-run' }>;

/**
 * The agreement is suspended as a whole (ADR 28): what anybody has to do here in so many days stands still. Terms go on: the
 * days of a notice ahead, the last day of the involvement.
 */
export function clocksStopped(command: Stopped, state: EngagementState): Decision {
  if (isOver(state) || isStandingStill(state)) return processDecision<EngagementEventBody>({});
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, state.input.rules.clauses), type: 'engagement-clocks-stopped', from: command.from }],
  });
}

/** What is told of one that begins within a suspension; it may have gone on before there was anything to be told. */
export function begunWithin({ input }: EngagementState, atMs: Instant): Pick<Decision, 'events' | 'errands'> {
  const { suspendedFrom: from, rules } = input;
  if (from === undefined) return { events: [], errands: [] };
  return {
    events: [{ occurredAtMs: atMs, actor: CLOCK, clauses: rules.clauses, type: 'engagement-clocks-stopped', from }],
    errands: [{ kind: 'ask-clocks', from }],
  };
}

/** They run again: each moves by those of its days that were lost, and rolls over once, at the end (ADR 15). */
export function clocksRun(command: Run, state: EngagementState): Decision {
  const standstill = state.standstills.find(({ until }) => until === null);
  if (isOver(state) || !standstill) return processDecision<EngagementEventBody>({});
  const { from } = standstill;
  const until = command.until > from ? command.until : from;
  const moved = dayClocks(state).flatMap((clock): MovedClock[] => {
    const due = afterwards(state, clock, { from, until });
    return due === null ? [] : [{ clock: clock.clock, about: clock.about, due }];
  });
  return processDecision<EngagementEventBody>({
    events: [
      {
        ...causeOf(command, state.input.rules.clauses),
        type: 'engagement-clocks-run',
        from,
        until,
        replyDue: replyAfterwards(state, { from, until }),
        moved,
      },
    ],
  });
}

interface Lost {
  from: LocalDate;
  until: LocalDate;
}

/** The answer's last day, counted anew in working days; null: none is waited for, or it was missed before. */
function replyAfterwards(state: EngagementState, lost: Lost): Due | null {
  if (state.status !== 'applied') return null;
  return replyDueOf(state.input, roundOf(state), [...state.standstills, lost]);
}

interface DayClock {
  clock: MovedClock['clock'];
  about: string;
  due: Due;
  /** The day that did not count, from which it runs; null: a fixed day, which is waited for all the time. */
  began: LocalDate | null;
}

/** What is waited for by a day, and was not missed before. */
function dayClocks(state: EngagementState): DayClock[] {
  const { input, status, reviewDue, reviewOverdue, milestones, support, capChanges } = state;
  const { jointReview, acceptance, effectReview, support: help, fee, cap } = input.rules;
  const clocks: DayClock[] = [];
  const add = (clock: MovedClock['clock'], about: string, due: Due | null, days: number | null | undefined): void => {
    if (due === null) return;
    const began = days === null || days === undefined ? null : addDays(due.rolledFrom ?? due.localDate, -days);
    clocks.push({ clock, about, due, began });
  };
  if (status === 'in-review' && !reviewOverdue) add('review', 'draft', reviewDue, jointReview?.windowDays);
  for (const one of milestones) {
    const { milestone, due, acceptBy, effectDue } = one;
    if (one.status === 'pending') add('milestone', milestone, due, null);
    if (one.status === 'handed-in' && !one.acceptanceOverdue) add('accept', milestone, acceptBy, acceptance?.days);
    if (one.status === 'accepted' && !one.effectAsked) add('effect', milestone, effectDue, effectReview?.days);
  }
  for (const { request, due, overdueSince, answeredOn } of support) {
    if (overdueSince === null && answeredOn === null) add('support', request, due, help?.days);
  }
  const unpaid = openShares(state).filter(({ isOverdue }) => !isOverdue);
  for (const { number, due = null } of state.charges) {
    if (unpaid.some((share) => share.number === number)) add('pay', `cost-${number}`, due, fee?.days);
  }
  for (const { number, status: stage, due } of capChanges) {
    if (stage === 'notified') add('cap-consent', `cap-${number}`, due, cap?.consentDays);
  }
  return clocks;
}

/**
 * Days lost are those from the first of the suspension, or the day after the clock began, up to, not including, the day on which
 * it goes on. A last day that had only rolled over into it is at the earliest the day on which it goes on. Null: nothing is lost.
 */
function afterwards({ input }: EngagementState, { due, began }: DayClock, { from, until }: Lost): Due | null {
  if (due.localDate < from) return null;
  const since = began !== null && began >= from ? addDays(began, 1) : from;
  const days = Math.max(0, daysBetween(since, until));
  const counted = due.rolledFrom ?? due.localDate;
  const last = addDays(counted, days);
  const moved = dueIn(input, last < until && counted < from ? until : last, 0);
  return moved === null || moved.dueAtMs <= due.dueAtMs ? null : moved;
}

/** What the past day of a suspension makes undone: what was missed since then was not. */
export function withoutMissed(state: EngagementState, from: LocalDate): EngagementState {
  const { status, reviewDue, reviewOverdue } = state;
  const round = state.rounds.at(-1);
  const isMissed = (due: Due | null | undefined): boolean => !!due && due.localDate >= from;
  return {
    ...state,
    status: status === 'no-reply' && isMissed(round?.replyDue) ? 'applied' : status,
    reviewOverdue: reviewOverdue && !isMissed(reviewDue),
    milestones: state.milestones.map((one) => ({
      ...one,
      ...(one.status === 'overdue' && isMissed(one.due) ? { status: 'pending' as const, attributable: true } : {}),
      acceptanceOverdue: one.acceptanceOverdue && !isMissed(one.acceptBy),
      effectAsked: one.effectAsked && !isMissed(one.effectDue),
    })),
    support: state.support.map((one) => (isMissed(one.due) ? { ...one, overdueSince: null } : one)),
    charges: state.charges.map((one) => (isMissed(one.due) ? { ...one, overdue: [] } : one)),
  };
}

/** The state with a clock's other last day. */
export function withClock(state: EngagementState, { clock, about, due }: MovedClock): EngagementState {
  const field = { milestone: 'due', accept: 'acceptBy', effect: 'effectDue' } as const;
  switch (clock) {
    case 'review':
      return { ...state, reviewDue: due };
    case 'support':
      return { ...state, support: state.support.map((one) => (one.request === about ? { ...one, due } : one)) };
    case 'pay':
      return {
        ...state,
        charges: state.charges.map((one) => (`cost-${one.number}` === about ? { ...one, due } : one)),
      };
    case 'cap-consent':
      return {
        ...state,
        capChanges: state.capChanges.map((one) => (`cap-${one.number}` === about ? { ...one, due } : one)),
      };
    case 'milestone':
    case 'accept':
    case 'effect':
      return {
        ...state,
        milestones: state.milestones.map((one) => (one.milestone === about ? { ...one, [field[clock]]: due } : one)),
      };
  }
}
