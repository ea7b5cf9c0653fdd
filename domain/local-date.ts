import type { LocalDate } from './time.ts';

const DAY_MS = 86_400_000;

/** Midnight UTC of the date, as a mere number of days on a line; says nothing about any zone. */
function utcMidnight(date: LocalDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
}

/** The first and the last date that can be written; neither is a rest day. What would lie beyond is that day. */
const FIRST_MS = Date.UTC(100, 0, 1);
const LAST_MS = Date.UTC(9999, 11, 31);

function fromUtc(ms: number): LocalDate {
  return new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString().slice(0, 10);
}

/** Whether the text is a date that exists, `YYYY-MM-DD` (2026-02-29 does not). */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = utcMidnight(text);
  return Number.isFinite(ms) && fromUtc(ms) === text;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromUtc(utcMidnight(date) + days * DAY_MS);
}

/** The corresponding day `months` later (or earlier), or that month's last day where there is none (Civil Code 202). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1 + months;
  if (Math.abs(months) > 12 * 10_000) return fromUtc(months * 28 * DAY_MS);
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return fromUtc(Date.UTC(year, month, Math.min(Number(date.slice(8, 10)), lastDay)));
}

/** The corresponding day `years` later, or 28 February for the 29th where there is none. */
export function addYears(date: LocalDate, years: number): LocalDate {
  return addMonths(date, years * 12);
}

/** `to` − `from` in calendar days; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((utcMidnight(to) - utcMidnight(from)) / DAY_MS);
}

/** 1 for Monday … 7 for Sunday. */
export function weekday(date: LocalDate): number {
  return new Date(utcMidnight(date)).getUTCDay() || 7;
}

export function monthStart(date: LocalDate): LocalDate {
  return `${date.slice(0, 7)}-01`;
}

export function nextMonthStart(date: LocalDate): LocalDate {
  return addMonths(monthStart(date), 1);
}

/** Negative, zero or positive, for sorting. */
export function compareDates(a: LocalDate, b: LocalDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
