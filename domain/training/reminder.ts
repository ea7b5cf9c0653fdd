import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { COORDINATOR, mailSeat } from '../agreement/parties.ts';
import { daysLateOn } from '../penalty.ts';
import { rungsAfter } from '../process/rungs.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { type Clock, clocksOf, isOfClock } from './clock.ts';
import { subjectOf } from './standing.ts';
import type { TrainingState } from './state.ts';
import { subjectFacts } from './telling.ts';

/** Days before the due day on which the organiser is reminded; ours. */
const LEAD_DAYS = [3, 1];

/**
 * The next rung of every clock that has none put by, to the organiser: the next one is put by as it leaves. After an
 * outage those that were missed are one mail.
 *
 * @param afterMs rungs up to this instant have had their turn
 * @param nowMs when it is really folded
 */
export function remindersOf(
  state: TrainingState,
  waiting: NoticeDraft[],
  afterMs: Instant,
  nowMs: Instant,
): NoticeDraft[] {
  const isPutBy = (clock: Clock): boolean =>
    waiting.some((notice) => notice.addressee === undefined && notice.atMs > afterMs && isOfClock(notice, clock));
  return clocksOf(state)
    .filter((clock) => !isPutBy(clock))
    .flatMap((clock) => nextReminder(state, clock, afterMs, nowMs));
}

function nextReminder(state: TrainingState, clock: Clock, afterMs: Instant, nowMs: Instant): NoticeDraft[] {
  const { input } = state;
  const { calendar, zone, noticeHours: hours } = input;
  const { atMs, rungs } = rungsAfter(clock.due, LEAD_DAYS, { calendar, zone, hours }, afterMs, nowMs);
  const facts: NoticeFacts = {
    ...subjectFacts(state),
    dueAtMs: clock.due.dueAtMs,
    localDate: clock.due.localDate,
    daysLate: daysLateOn(clock.due, localDateAt(zone, atMs)),
    topics: input.topics,
    ...(clock.trainees.length === 0 ? {} : { count: clock.trainees.length }),
  };
  const { organiser, escalateTo } = input.training;
  const seat = mailSeat(input, organiser);
  const notice = { kind: clock.reminder, ...subjectOf(input), rungs, atMs, clauses: clock.clauses, facts };
  const isLate = rungs.some((rung) => rung.startsWith('overdue-'));
  const copies = isLate ? [COORDINATOR, ...(escalateTo === null ? [] : [mailSeat(input, escalateTo)])] : [];
  const to = input.seats.includes(seat) ? seat : COORDINATOR;
  return [
    ...(input.seats.includes(to) ? [{ ...notice, seat: to, role: to }] : []),
    ...[...new Set(copies)]
      .filter((copy) => copy !== to && input.seats.includes(copy))
      .map((copy) => ({ ...notice, seat: copy, role: 'copy', facts: { ...facts, seat: organiser } })),
  ];
}
