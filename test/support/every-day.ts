import { createHash } from 'node:crypto';
import type * as calendars from '../../templates/calendars.ts';
import { canonicalCalendar, type Calendar } from '../../domain/calendar.ts';
import { addDays, weekday } from '../../domain/local-date.ts';

/** Reference of a calendar without rest days, for drafts of journeys. */
export const EVERY_DAY = 'every-day';

/**
 * Notices leave in working hours (design §4), and the real servers of a journey know no other time than now, perhaps a
 * Sunday at night. So journeys choose a zone where it is about noon, and a calendar on which people work every day.
 */
export function noonZone(nowMs: number): string {
  const east = 12 - new Date(nowMs).getUTCHours();
  return east === 0 ? 'Etc/UTC' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

/** `templates/calendars.ts` with one more calendar. */
export function withEveryDay(original: typeof calendars): typeof calendars {
  return {
    ...original,
    loadCalendar: (reference, folder) =>
      reference === EVERY_DAY ? everyDay(new Date().getUTCFullYear()) : original.loadCalendar(reference, folder),
  };
}

function everyDay(year: number): Calendar {
  const work: Calendar['work'] = {};
  for (let day = `${year - 1}-01-01`; day < `${year + 3}-01-01`; day = addDays(day, 1)) {
    if (weekday(day) > 5) work[day] = 'open';
  }
  const content: Omit<Calendar, 'hash'> = {
    id: EVERY_DAY,
    version: '1',
    provisionalFrom: `${year + 3}-01-01`,
    names: { open: { zh: '照常营业', en: 'open' } },
    rest: {},
    work,
  };
  return { ...content, hash: createHash('sha256').update(canonicalCalendar(content)).digest('hex') };
}
