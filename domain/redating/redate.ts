import type { Redate } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { CalendarRepinned, EventBody, RedatingDeclined } from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { openings } from '../agreement/opening.ts';
import { COORDINATOR, livingSeats, mailSeat, partyOf } from '../agreement/parties.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, ObligationState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { redated as withDate } from '../life/clock.ts';
import { isAhead, isAsShown, redatingOf, shownOf } from './redating.ts';
import { repinned } from './repinned.ts';
import { withWindow } from './windows.ts';

/**
 * The coordinator accepts the dates that a newer calendar gives, as they were shown, or keeps those that there are. No
 * consent of the parties is asked for: a last day that moves off a rest day moves by law, not by agreement (Civil Code 203;
 * ADR 30).
 */
export function redate(command: Redate, state: AgreementState): Decision | Rejection {
  const { verdict, change, actor, receivedAtMs } = command;
  const { calendar } = state.agreement;
  if (actor.seat !== COORDINATOR) {
    return { rejected: 'not-responsible', message: 'the calendar is for the coordinator to change' };
  }
  const isOfPinned =
    change.id === calendar.id && change.from.version === calendar.version && change.from.hash === calendar.hash;
  if (!isOfPinned) {
    const message = `calendar ${calendar.id}@${calendar.version} is pinned, not ${change.id}@${change.from.version}`;
    return { rejected: 'calendar-not-pinned', message };
  }
  const base = { occurredAtMs: receivedAtMs, actor, commandId: command.id, clauses: [] };
  if (verdict === 'decline') {
    if (state.keptCalendar?.version === change.to.version) {
      return { rejected: 'nothing-changes', message: `${change.id}@${change.to.version} was declined already` };
    }
    const declined: RedatingDeclined = {
      ...base,
      type: 'redating-declined',
      calendar: change.id,
      from: change.from.version,
      to: change.to.version,
    };
    return decision({ events: [declined] });
  }
  const redating = redatingOf(state, change, receivedAtMs);
  if (!isAsShown(command.shown, shownOf(redating))) {
    return { rejected: 'redating-changed', message: 'other dates would move than the proposal showed' };
  }
  const accepted: CalendarRepinned = {
    ...base,
    type: 'calendar-repinned',
    change,
    redated: redating.redated.map(({ since: _since, ...one }) => one),
    windows: redating.windows.map(({ since: _since, ...one }) => one),
  };
  const after = evolve(state, accepted);
  const events: EventBody[] = [accepted, ...openings(after, receivedAtMs, actor, command.id)];
  return decision({ events, schedule: told(after, accepted) });
}

/** Whoever owes or reviews what moved hears of it, and the parties; nobody hears of a calendar that moves nothing. */
function told(state: AgreementState, { change, redated, occurredAtMs, actor }: CalendarRepinned): NoticeDraft[] {
  if (redated.length === 0) return [];
  const { agreement } = state;
  const contexts = obligationContexts(state);
  const concerned = redated.flatMap(({ obligation, occurrence, review }) => {
    const rule = contexts.find((one) => one.rule.id === obligation && one.state.occurrence === occurrence)?.rule;
    return review ? (rule?.review?.reviewers ?? []) : rule ? [rule.responsible] : [];
  });
  const parties = livingSeats(agreement).filter((seat) => partyOf(agreement, seat) === seat);
  const seats = [...new Set([...concerned.map((seat) => mailSeat(agreement, seat)), ...parties])];
  const facts: NoticeFacts = {
    about: `${change.id}@${change.to.version}`,
    redated: redated.map(({ obligation, occurrence, before, due }) => ({
      obligation,
      occurrence,
      before: before.localDate,
      after: due.localDate,
    })),
  };
  const tell = teller(agreement, occurredAtMs, []);
  return seats.filter((seat) => seat !== actor.seat).map((seat) => tell('calendar-repinned', seat, facts));
}

export function evolveRedating(state: AgreementState, event: CalendarRepinned | RedatingDeclined): AgreementState {
  if (event.type === 'redating-declined') {
    const { to: version, occurredAtMs: atMs, commandId = '' } = event;
    return { ...state, keptCalendar: { version, atMs, commandId } };
  }
  const { change, redated, windows, occurredAtMs } = event;
  const about = `${change.id}@${change.to.version}`;
  const ahead = obligationContexts(state)
    .filter((context) => isAhead(context, occurredAtMs))
    .map((context) => context.state);
  const moved = (one: ObligationState): ObligationState => {
    if (one.due === null) return one;
    const kept =
      ahead.includes(one) || one.reckonedBy !== undefined ? one : { ...one, reckonedBy: change.from.version };
    return redated
      .filter((to) => referenceOf(to) === referenceOf({ obligation: one.id, occurrence: one.occurrence }))
      .reduce<ObligationState>((before, to) => {
        const { reckonedBy } = before;
        const after = { ...withDate(before, { by: 'calendar', about }, to), ladderThroughMs: occurredAtMs };
        return to.review && reckonedBy !== undefined ? { ...after, reckonedBy } : after;
      }, kept);
  };
  const next: AgreementState = {
    ...state,
    agreement: repinned(state.agreement, change),
    repins: [...(state.repins ?? []), change],
    obligations: state.obligations.map(moved),
  };
  return windows.reduce(withWindow, next);
}
