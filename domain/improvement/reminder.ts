import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { COORDINATOR, mailSeat } from '../agreement/parties.ts';
import { type ObligationReference, readReference } from '../agreement/reference.ts';
import { daysLateOn } from '../penalty.ts';
import { rungsAfter } from '../process/rungs.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { type Clock, clocksOf, isOfClock } from './clock.ts';
import type { ImprovementState } from './state.ts';

/** Days before the due day on which whoever has to act is reminded; ours. */
const LEAD_DAYS = [3, 1];

/**
 * The next rung of every clock that has none put by, so that each leaves once and the next one is put by as it leaves.
 * After an outage those that were missed are one mail.
 *
 * @param afterMs rungs up to this instant have had their turn
 * @param nowMs when it is really folded
 */
export function remindersOf(
  state: ImprovementState,
  waiting: NoticeDraft[],
  afterMs: Instant,
  nowMs: Instant,
): NoticeDraft[] {
  return clocksOf(state)
    .filter((clock) => !waiting.some((notice) => notice.rungs && notice.atMs > afterMs && isOfClock(notice, clock)))
    .flatMap((clock) => nextReminder(state, clock, afterMs, nowMs));
}

function nextReminder(state: ImprovementState, clock: Clock, afterMs: Instant, nowMs: Instant): NoticeDraft[] {
  const { input } = state;
  const { calendar, zone, noticeHours: hours } = input;
  const context = { calendar, zone, hours };
  const { atMs, rungs } = rungsAfter(clock.due, LEAD_DAYS, context, afterMs, nowMs);
  const facts: NoticeFacts = {
    ...subjectFacts(state),
    ...(clock.about === null ? {} : { about: clock.about }),
    dueAtMs: clock.due.dueAtMs,
    localDate: clock.due.localDate,
    daysLate: daysLateOn(clock.due, localDateAt(zone, atMs)),
  };
  const notice = { kind: clock.reminder, ...subjectOf(state), rungs, atMs, clauses: clock.clauses, facts };
  const seat = mailSeat(input, clock.seat);
  const isLate = rungs.some((rung) => rung.startsWith('overdue-'));
  const { escalateTo } = input.rules;
  const copies = isLate ? [COORDINATOR, ...(escalateTo === null ? [] : [mailSeat(input, escalateTo)])] : [];
  return [
    { ...notice, seat, role: seat },
    ...[...new Set(copies)]
      .filter((copy) => copy !== seat && input.seats.includes(copy))
      .map((copy) => ({ ...notice, seat: copy, role: 'copy', facts: { ...facts, seat: clock.seat } })),
  ];
}

/** The cycle of a survey that raised it, for the heading of a mail. */
export function subjectOf({ finding }: ImprovementState): Partial<ObligationReference> {
  return finding.source === 'survey' && finding.about !== null ? readReference(finding.about) : {};
}

/** What every notice of an improvement says: which one, and what it is to reach. */
export function subjectFacts({ input, finding, goal }: ImprovementState): NoticeFacts {
  const dimension = goal?.dimension ?? finding.dimension;
  return {
    process: input.reference,
    ...(dimension === null ? {} : { dimension }),
    ...(goal === null ? {} : { goal: goal.atLeast }),
  };
}
