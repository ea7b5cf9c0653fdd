import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Calendar } from '../domain/calendar.ts';
import { canonicalCalendar } from '../domain/calendar.ts';

const FOLDER = new URL('../domain/calendars/', import.meta.url);

/** `cn@2026.1` of every calendar that is there, newest version of each id last. */
function references(folder: URL): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/**
 * A working calendar by id (`cn`: its newest version) or id and version (`cn@2026.1`); `cn` when undefined.
 * Throws RangeError when there is none, naming those that there are, and Error when a file does not match its hash.
 */
export function loadCalendar(reference: string | undefined, folder: URL = FOLDER): Calendar {
  const wanted = reference ?? 'cn';
  const all = references(folder);
  const found = all.filter((name) => name === wanted || name.split('@')[0] === wanted).at(-1);
  if (found === undefined) {
    throw new RangeError(`unknown calendar ${JSON.stringify(wanted)}; there is ${all.join(', ')}`);
  }
  const file = new URL(`${found}.json`, folder);
  const calendar = ours.get(file.href) ?? (JSON.parse(readFileSync(file, 'utf8')) as Calendar);
  if (!ours.has(file.href)) verifyCalendar(calendar);
  if (folder === FOLDER) ours.set(file.href, calendar);
  return calendar;
}

/** Every calendar that comes with the product, whole; the newest version of each id last. */
export function builtInCalendars(): Calendar[] {
  return references(FOLDER).map((reference) => loadCalendar(reference));
}

/** Calendars of ours that were read already: a version never changes. */
const ours = new Map<string, Calendar>();

/** SHA-256 of what a calendar says, by which a version is known. */
export function calendarHash(content: Omit<Calendar, 'hash'>): string {
  return createHash('sha256').update(canonicalCalendar(content)).digest('hex');
}

/** Throws Error when the (whole) calendar is not what its hash says. */
export function verifyCalendar(calendar: Calendar): void {
  const { hash, ...content } = calendar;
  const actual = calendarHash(content);
  if (actual !== hash) {
    throw new Error(`calendar ${calendar.id}@${calendar.version} was altered: its hash is ${actual}, not ${hash}`);
  }
}

/**
 * The days of these years alone, both inclusive, so that the copy pinned in a workflow stays small. The hash stays
 * that of the whole calendar, which it names.
 */
export function sliceCalendar(calendar: Calendar, fromYear: number, toYear: number): Calendar {
  const within = (days: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(days).filter(([date]) => {
        const year = Number(date.slice(0, 4));
        return year >= fromYear && year <= toYear;
      }),
    );
  const rest = within(calendar.rest);
  const work = within(calendar.work);
  const used = [...Object.values(rest), ...Object.values(work)];
  const names = Object.fromEntries(Object.entries(calendar.names).filter(([key]) => used.includes(key)));
  return { ...calendar, names, rest, work };
}
