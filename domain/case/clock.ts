import type { Calendar } from '../calendar.ts';
import { isWorkingDay, workingDayOnOrAfter } from '../calendar.ts';
import { addDays, daysBetween } from '../local-date.ts';
import type { Instant, LocalDate, Zone } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { ClockUnit } from './compiled.ts';

const HOUR_MS = 3_600_000;

/** A stretch in which a clock stands still, until it is ended; who ended or began it are opaque. */
export interface Suspended {
  fromMs: Instant;
  untilMs?: Instant;
  reason: string;
  by: string;
}

/**
 * A length and the stretches that do not count, never an instant that is edited (design §4). `stoppedAtMs`: what it waited
 * for took place. `breachedAtMs`: its end, once that passed without it.
 */
export interface Clock {
  id: string;
  unit: ClockUnit;
  /** In its unit; hours may be fractions. */
  budget: number;
  startAtMs: Instant;
  suspensions: Suspended[];
  stoppedAtMs?: Instant;
  breachedAtMs?: Instant;
}

/** What a clock is reckoned by. Working hours run on working days from `from` to `to`, local `HH:MM`. */
export interface ClockContext {
  calendar: Calendar;
  zone: Zone;
  workingTime: { from: string; to: string };
}

/** Whether it still runs, or stands still to run again. */
export function isRunning({ stoppedAtMs, breachedAtMs }: Clock): boolean {
  return stoppedAtMs === undefined && breachedAtMs === undefined;
}

export function isSuspended({ suspensions }: Clock): boolean {
  return suspensions.some(({ untilMs }) => untilMs === undefined);
}

/** Days, which end with a day, not with an hour. */
export function countsDays({ unit }: Clock): boolean {
  return unit === 'days' || unit === 'working-days';
}

/** When it is due; null while it stands still: nobody knows. */
export function dueOf(clock: Clock, context: ClockContext): Instant | null {
  return instantWhenUsed(clock, clock.budget, context);
}

/**
 * When so much of its length is used up. Hour clocks lose the elapsed time of a suspension, working hours what of it was
 * working time; day clocks lose the local dates from its start up to, not including, its end, and their last day rolls over
 * once, at the end (Civil Code 203).
 */
export function instantWhenUsed(clock: Clock, used: number, context: ClockContext): Instant | null {
  if (isSuspended(clock)) return null;
  switch (clock.unit) {
    case 'hours':
      return afterHours(clock, used * HOUR_MS);
    case 'working-hours':
      return afterWorkingHours(clock, used * HOUR_MS, context);
    case 'days':
    case 'working-days':
      return afterDays(clock, Math.ceil(used), context);
  }
}

/** How long it stood still, in elapsed time, as of an instant. */
export function pausedMs({ suspensions }: Clock, asOfMs: Instant): number {
  return suspensions.reduce((sum, { fromMs, untilMs = asOfMs }) => sum + Math.max(0, untilMs - fromMs), 0);
}

function afterHours({ startAtMs, suspensions }: Clock, lengthMs: number): Instant {
  let atMs = startAtMs + Math.round(lengthMs);
  for (const { fromMs, untilMs = fromMs } of suspensions) {
    if (fromMs < atMs) atMs += untilMs - Math.max(fromMs, startAtMs);
  }
  return atMs;
}

/** Day by day through the working time, without what a suspension took of it. */
function afterWorkingHours({ startAtMs, suspensions }: Clock, lengthMs: number, context: ClockContext): Instant {
  const { calendar, zone, workingTime } = context;
  let leftMs = Math.round(lengthMs);
  if (leftMs <= 0) return startAtMs;
  let date = localDateAt(zone, startAtMs);
  for (;;) {
    if (isWorkingDay(calendar, date)) {
      let fromMs = Math.max(instantAt(zone, date, workingTime.from), startAtMs);
      const toMs = instantAt(zone, date, workingTime.to);
      for (const gap of suspensions) {
        const { untilMs = gap.fromMs } = gap;
        if (untilMs <= fromMs || gap.fromMs >= toMs) continue;
        const beforeMs = Math.max(0, gap.fromMs - fromMs);
        if (leftMs <= beforeMs) return fromMs + leftMs;
        leftMs -= beforeMs;
        fromMs = Math.min(untilMs, toMs);
      }
      const roomMs = Math.max(0, toMs - fromMs);
      if (leftMs <= roomMs) return fromMs + leftMs;
      leftMs -= roomMs;
    }
    date = addDays(date, 1);
  }
}

/** The end of its last day; the day of its start does not count. */
function afterDays({ startAtMs, suspensions, unit }: Clock, count: number, context: ClockContext): Instant {
  const { calendar, zone } = context;
  const first = localDateAt(zone, startAtMs);
  const gaps = suspensions.map(({ fromMs, untilMs = fromMs }) => ({
    from: localDateAt(zone, fromMs),
    until: localDateAt(zone, untilMs),
  }));
  const isLost = (date: LocalDate): boolean => gaps.some(({ from, until }) => from <= date && date < until);
  let date = first;
  for (let left = count; left > 0;) {
    date = addDays(date, 1);
    if (isLost(date) || (unit === 'working-days' && !isWorkingDay(calendar, date))) continue;
    left -= 1;
  }
  // The first day does not count, so a suspension of that day alone takes one all the same.
  const lostFirst = unit === 'days' && gaps.some(({ from, until }) => from <= first && first < until) ? 1 : 0;
  const last = workingDayOnOrAfter(calendar, addDays(date, lostFirst));
  return instantAt(zone, last, '24:00');
}

/** How many local dates a day clock is late; 0 in time. */
export function datesLate(dueMs: Instant, atMs: Instant, zone: Zone): number {
  return atMs < dueMs ? 0 : Math.max(1, daysBetween(localDateAt(zone, dueMs - 1), localDateAt(zone, atMs)));
}
