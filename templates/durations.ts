import type { DeadlineRule } from '../domain/agreement/compiled.ts';

const DURATION = /^P(?:(\d{1,5})([DWMY])|T(\d{1,6})H)$/;

/** Whether the text is an ISO 8601 duration with one unit: PT24H, P10D, P2W, P6M, P1Y. */
export function isDuration(text: string): boolean {
  return DURATION.test(text) || /^PT\d{1,6}M$/.test(text);
}

/** The minutes of a duration of minutes, hours, days or weeks; null of others, whose length is not always the same. */
export function durationMinutes(text: string): number | null {
  const [, minutes] = /^PT(\d{1,6})M$/.exec(text) ?? [];
  if (minutes !== undefined) return Number(minutes);
  const offset = durationOffset(text);
  if (offset?.unit === 'hours') return 60 * offset.count;
  return offset?.unit === 'days' ? 1440 * offset.count : null;
}

/**
 * A duration as an offset of a deadline; weeks are seven days. Null for `indefinite` and for minutes, which no deadline
 * of this kind is counted in.
 */
export function durationOffset(text: string): DeadlineRule['offset'] | null {
  const [, count, unit, hours] = DURATION.exec(text) ?? [];
  if (hours !== undefined) return { unit: 'hours', count: Number(hours) };
  switch (unit) {
    case 'D':
      return { unit: 'days', count: Number(count) };
    case 'W':
      return { unit: 'days', count: 7 * Number(count) };
    case 'M':
      return { unit: 'months', count: Number(count) };
    case 'Y':
      return { unit: 'years', count: Number(count) };
    default:
      return null;
  }
}
