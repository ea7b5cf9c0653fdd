import { addDays, compareDates, weekday } from './local-date.ts';
import type { LocalDate, Text } from './time.ts';

/**
 * A working calendar as data (design §4). Days not listed are working days from Monday to Friday and rest days on
 * Saturday and Sunday; `rest` lists weekdays off and `work` make-up weekend days on, each with the key of its name.
 */
export interface Calendar {
  id: string;
  version: string;
  /** SHA-256 of the canonical JSON of the other fields. */
  hash: string;
  /** From this date on there is no official notice yet: statutory festivals alone, no make-up days. */
  provisionalFrom: LocalDate;
  names: Record<string, Text>;
  rest: Record<LocalDate, string>;
  work: Record<LocalDate, string>;
}

export const WEEKEND: Text = { zh: '周末', en: 'weekend' };

/** Whether people work on this day: weekdays without holiday, and make-up weekend days. */
export function isWorkingDay(calendar: Calendar, date: LocalDate): boolean {
  if (calendar.work[date] !== undefined) return true;
  return weekday(date) < 6 && calendar.rest[date] === undefined;
}

/** Why the day is a rest day (the holiday's name, or that it is a weekend); null on working days. */
export function restReason(calendar: Calendar, date: LocalDate): Text | null {
  if (isWorkingDay(calendar, date)) return null;
  const key = calendar.rest[date];
  if (key === undefined) return WEEKEND;
  return calendar.names[key] ?? { zh: key, en: key };
}

/** The day itself if it is a working day, else the first one after it. */
export function workingDayOnOrAfter(calendar: Calendar, date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day;
}

/** The day itself if it is a working day, else the last one before it. */
export function workingDayOnOrBefore(calendar: Calendar, date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return day;
}

/** The `count`-th working day after the date (before it, when negative), which itself does not count; the date itself for 0. */
export function addWorkingDays(calendar: Calendar, date: LocalDate, count: number): LocalDate {
  let day = date;
  for (let left = count; left < 0; left += 1) day = workingDayOnOrBefore(calendar, addDays(day, -1));
  for (let left = count; left > 0; left -= 1) day = workingDayOnOrAfter(calendar, addDays(day, 1));
  return day;
}

/** Whether the official notice for this day's year was still missing when the calendar was made. */
export function isProvisional(calendar: Calendar, date: LocalDate): boolean {
  return date >= calendar.provisionalFrom;
}

/** What a calendar's hash is made of: every field but the hash, as JSON with sorted keys and no spaces. */
export function canonicalCalendar(calendar: Omit<Calendar, 'hash'>): string {
  const sorted = <T>(record: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareDates(a, b)));
  const names: Record<string, Text> = {};
  for (const [key, { en, zh }] of Object.entries(sorted(calendar.names))) names[key] = { en, zh };
  return JSON.stringify({
    id: calendar.id,
    names,
    provisionalFrom: calendar.provisionalFrom,
    rest: sorted(calendar.rest),
    version: calendar.version,
    work: sorted(calendar.work),
  });
}
