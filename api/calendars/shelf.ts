import { compareVersions } from '../../domain/calendar-notice.ts';
import type { Calendar } from '../../domain/calendar.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { builtInCalendars, loadCalendar } from '../../templates/calendars.ts';
import type { Notice } from './schema.ts';

/** A version of a calendar of this installation, and where it comes from. */
export interface ShelvedCalendar {
  calendar: Calendar;
  /** Null: it came with the product. */
  entered: { at: Date; by: string; previous: string; notice: Notice } | null;
}

/** Versions that were read already, whole: one never changes. By id, version and hash. */
const read = new Map<string, ShelvedCalendar>();

/**
 * Every version that is there, oldest first within an id: those of the product, and those that were entered. Where a later
 * release brings a version of a name that is taken, the one that was entered stays: agreements pin it.
 */
export async function shelvedCalendars(database: Pick<Database, 'calendarVersion'>): Promise<ShelvedCalendar[]> {
  const heads = await database.calendarVersion.findMany({ select: { id: true, version: true, hash: true } });
  const keyOf = ({ id, version, hash }: { id: string; version: string; hash: string }): string =>
    `${id}@${version}/${hash}`;
  const missing = heads.filter((head) => !read.has(keyOf(head)));
  if (missing.length > 0) {
    const rows = await database.calendarVersion.findMany({
      where: { OR: missing.map(({ id, version }) => ({ id, version })) },
    });
    for (const { calendar, createdAt: at, createdBy: by, previous, notice, ...head } of rows) {
      const entered = { at, by, previous, notice: notice as unknown as Notice };
      read.set(keyOf(head), { calendar: calendar as unknown as Calendar, entered });
    }
  }
  const entered = heads.flatMap((head) => read.get(keyOf(head)) ?? []);
  const isTaken = ({ id, version }: Calendar): boolean =>
    entered.some(({ calendar }) => calendar.id === id && calendar.version === version);
  const ours = builtInCalendars().filter((calendar) => !isTaken(calendar));
  return [...ours.map((calendar) => ({ calendar, entered: null })), ...entered].sort(
    (a, b) =>
      a.calendar.id.localeCompare(b.calendar.id, 'en') || compareVersions(a.calendar.version, b.calendar.version),
  );
}

/** The newest version of each id. */
export function newestOf(shelf: readonly ShelvedCalendar[]): ShelvedCalendar[] {
  return shelf.filter(({ calendar }, index) => shelf[index + 1]?.calendar.id !== calendar.id);
}

/**
 * How `resolveDraft` finds a calendar here: by id (its newest version), or id and version; `cn` where none is named. What was
 * not entered is looked for among those of the product: RangeError where it is not there either.
 */
export function namedOn(shelf: readonly ShelvedCalendar[]): (reference: string | undefined) => Calendar {
  return (reference = 'cn') => {
    const found = shelf.findLast(
      ({ calendar: { id, version } }) => reference === id || reference === `${id}@${version}`,
    );
    return found?.calendar ?? loadCalendar(reference);
  };
}

export async function calendarFinder(
  database: Pick<Database, 'calendarVersion'>,
): Promise<(reference: string | undefined) => Calendar> {
  return namedOn(await shelvedCalendars(database));
}

/** The last day that its notices reach. */
export function officialThrough({ provisionalFrom }: Pick<Calendar, 'provisionalFrom'>): LocalDate {
  return `${Number(provisionalFrom.slice(0, 4)) - 1}-12-31`;
}
