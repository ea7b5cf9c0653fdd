import { type Calendar, workingDayOnOrBefore } from '../../domain/calendar.ts';
import { addDays, addMonths } from '../../domain/local-date.ts';
import type { Instant, Zone } from '../../domain/time.ts';
import { localDateAt, localTimeAt } from '../../domain/zone.ts';

const UNIT_MS = { h: 3_600_000, min: 60_000 } as const;
const PLACE = /\{\{\s*([^}]*?)\s*\}\}/g;
const DAY = /^(w?)([+-]?\d+)(?:([+-]\d+)mo)?$/;
const AGO = /^-(\d+)(h|min)$/;

/**
 * A scenario whose days stand as their distance from today, with today put in: `{{-76}}` is the date 76 days ago, `{{w-76}}`
 * the last working day up to then, `{{-112+3mo}}` the date three months after that of 112 days ago, and `{{-3h}}` or
 * `{{-25min}}` date and time so long before now.
 *
 * @throws RangeError at a place that reads otherwise
 */
export function datedAround(text: string, now: { nowMs: Instant; zone: Zone; calendar: Calendar }): string {
  const today = localDateAt(now.zone, now.nowMs);
  return text.replace(PLACE, (whole, place: string) => {
    const ago = AGO.exec(place);
    if (ago) {
      const atMs = now.nowMs - Number(ago[1]) * UNIT_MS[ago[2] as keyof typeof UNIT_MS];
      return `${localDateAt(now.zone, atMs)} ${localTimeAt(now.zone, atMs).slice(0, 5)}`;
    }
    const day = DAY.exec(place);
    if (!day) throw new RangeError(`${whole} is no distance from today`);
    const date = addMonths(addDays(today, Number(day[2])), Number(day[3] ?? 0));
    return day[1] === 'w' ? workingDayOnOrBefore(now.calendar, date) : date;
  });
}
