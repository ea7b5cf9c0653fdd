import type { Due } from '../agreement/event.ts';
import { type Interval, dueAfterDays, occurrenceDate } from '../deadline.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { RiskInput } from './command.ts';
import type { Coming } from './state.ts';

/** Deadlines for an act: they end with their last day, which moves off rest days (Civil Code 203). */
const ACTS = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

type Timed = Pick<RiskInput, 'rules' | 'zone' | 'calendar' | 'anchorOn'>;

/** By when measures are there, or are adjusted: so many days after that day; null: no length is agreed (S001a-32). */
export function responseDueAfter({ rules, zone, calendar }: Timed, atMs: Instant): Due | null {
  const days = rules.response?.days ?? null;
  return days === null ? null : dueAfterDays(localDateAt(zone, atMs), days, ACTS, calendar, zone);
}

/** A day that whoever plans a measure names: it does not move. */
export function dueOnDay({ zone }: Timed, localDate: LocalDate): Due {
  return { dueAtMs: instantAt(zone, localDate, '24:00'), localDate };
}

/**
 * The first end of an interval after an instant: day 0 + k × interval, never counted from the review before (design §4).
 * In force 2026-09-01, every 90 days: 2026-11-30, then 2027-02-28, a Sunday, so 2027-03-01.
 */
export function reviewDueAfter(input: Timed, every: Interval | null | undefined, atMs: Instant): Due | null {
  const { anchorOn, calendar, zone } = input;
  if (!every || anchorOn === null) return null;
  for (let k = 1; ; k++) {
    const due = dueAfterDays(occurrenceDate(anchorOn, every, k), 0, ACTS, calendar, zone);
    if (due.dueAtMs > atMs) return due;
  }
}

/**
 * When the next review is due after one that took place: a late one is for the interval that was missed, one in time for
 * its own, and another in the same interval for none.
 */
export function nextReviewDue(
  input: Timed,
  every: Interval | null | undefined,
  { due, overdue }: Coming,
  atMs: Instant,
): Due | null {
  const first = reviewDueAfter(input, every, atMs);
  if (first === null || due === null || overdue) return first;
  return due.dueAtMs > first.dueAtMs ? due : reviewDueAfter(input, every, first.dueAtMs);
}
