import { Prisma } from '../../prisma/generated/client.ts';
import { type CalendarChange, changeBetween } from '../../domain/calendar-change.ts';
import {
  type HolidayNotice,
  calendarWith,
  countDays,
  nextVersion,
  noticeProblems,
  provisionalYear,
} from '../../domain/calendar-notice.ts';
import type { Calendar } from '../../domain/calendar.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { calendarHash } from '../../templates/calendars.ts';
import { isUniqueViolation } from '../commands.ts';
import { Problem } from '../problem.ts';
import { RUNNING, proposeRedatings } from './redatings.ts';
import type { Notice } from './schema.ts';
import { type ShelvedCalendar, newestOf, officialThrough, shelvedCalendars } from './shelf.ts';

/** Every version, newest first, with how many running agreements pin it. */
export async function listCalendars(database: Database) {
  const shelf = await shelvedCalendars(database);
  const pinned = await pinnedBy(database);
  const names = await namesOf(database, shelf);
  return [...shelf].reverse().map((one) => listed(one, { shelf, pinned, names }));
}

/** One version with the days of a year. @throws Problem `unknown-calendar` */
export async function calendarDetail(
  database: Database,
  { id, version, year }: { id: string; version: string; year: number },
) {
  const shelf = await shelvedCalendars(database);
  const found = shelf.find(({ calendar }) => calendar.id === id && calendar.version === version);
  if (!found) throw new Problem('unknown-calendar');
  const { calendar, entered } = found;
  const names = await namesOf(database, [found]);
  const head = listed(found, { shelf, pinned: await pinnedBy(database), names });
  const shown = Math.min(Math.max(year, head.firstYear), head.lastYear);
  const before = entered && shelf.find((one) => one.calendar.id === id && one.calendar.version === entered.previous);
  return {
    ...head,
    years: Array.from({ length: head.lastYear - head.firstYear + 1 }, (_, index) =>
      yearOf(calendar, head.firstYear + index),
    ),
    year: shown,
    days: daysOf(calendar, shown),
    changes: before ? changesOf(changeBetween(before.calendar, calendar)) : [],
  };
}

/** What the next version would say otherwise; keeps nothing. @throws Problem of what is wrong with the notice */
export async function previewVersion(database: Database, given: { id: string; previous: string; notice: Notice }) {
  const { base, next } = await nextOf(database, given);
  const { id, version, hash, provisionalFrom } = next;
  const pinned = await pinnedBy(database);
  const concerned = [...pinned].filter(([reference]) => reference.startsWith(`${id}@`));
  return {
    ...{ id, version, hash, provisionalFrom },
    changes: changesOf(changeBetween(base, next)),
    year: yearOf(next, given.notice.year),
    pinned: concerned.reduce((sum, [, count]) => sum + count, 0),
  };
}

/**
 * Keeps the next version, for good, and proposes it to every running agreement that pins an older one: nothing moves by it.
 *
 * @throws Problem of what is wrong with the notice, `calendar-outdated` where somebody was faster
 */
export async function enterVersion(
  database: Database,
  given: { id: string; previous: string; notice: Notice },
  { at, by }: { at: Date; by: string },
): Promise<Calendar> {
  const { next } = await nextOf(database, given);
  const { id, version, hash } = next;
  try {
    await database.$transaction(
      async (tx) => {
        await tx.calendarVersion.create({
          data: {
            ...{ id, version, hash },
            calendar: next as unknown as Prisma.InputJsonObject,
            previous: given.previous,
            notice: given.notice as unknown as Prisma.InputJsonObject,
            createdAt: at,
            createdBy: by,
          },
        });
        await proposeRedatings(tx, { id, version }, at);
      },
      { timeout: 60_000, maxWait: 10_000 },
    );
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem('calendar-outdated');
    throw error;
  }
  return next;
}

async function nextOf(
  database: Database,
  { id, previous, notice }: { id: string; previous: string; notice: Notice },
): Promise<{ base: Calendar; next: Calendar }> {
  const shelf = await shelvedCalendars(database);
  const base = newestOf(shelf).find(({ calendar }) => calendar.id === id)?.calendar;
  if (!base) throw new Problem('unknown-calendar');
  if (base.version !== previous) throw new Problem('calendar-outdated');
  const { source: _source, ...said } = notice;
  const holidays = said as HolidayNotice;
  const wrong = noticeProblems(holidays, base);
  if (wrong.length > 0) {
    throw new Problem('notice-invalid', {
      errors: wrong.map(({ path, message, cure }) => ({ path: `notice.${path}`, message, cure })),
    });
  }
  const versions = shelf.filter(({ calendar }) => calendar.id === id).map(({ calendar: { version } }) => version);
  const content = calendarWith(base, holidays, nextVersion(versions, base, notice.year));
  const next = { ...content, hash: calendarHash(content) };
  const changes = changeBetween(base, next);
  if (Object.keys(changes.days).length === 0 && next.provisionalFrom === base.provisionalFrom) {
    throw new Problem('calendar-unchanged');
  }
  return { base, next };
}

interface Around {
  shelf: readonly ShelvedCalendar[];
  pinned: Map<string, number>;
  names: Map<string, string>;
}

function listed(one: ShelvedCalendar, { shelf, pinned, names }: Around) {
  const { calendar, entered } = one;
  const { id, version, hash, provisionalFrom } = calendar;
  const dates = Object.keys(calendar.rest).sort();
  const { source, year, holidays, makeUp } = entered?.notice ?? {};
  return {
    ...{ id, version, hash, provisionalFrom },
    newest: newestOf(shelf).includes(one),
    builtIn: entered === null,
    previous: entered?.previous ?? null,
    firstYear: Number(dates[0]?.slice(0, 4)),
    lastYear: Number(dates.at(-1)?.slice(0, 4)),
    officialThrough: officialThrough(calendar),
    notice: entered ? { source, year, holidays, makeUp } : null,
    enteredAt: entered?.at.toISOString() ?? null,
    enteredBy: entered ? (names.get(entered.by) ?? null) : null,
    pinned: pinned.get(`${id}@${version}`) ?? 0,
  };
}

function yearOf(calendar: Calendar, year: number) {
  return { year, official: year < provisionalYear(calendar), ...countDays(calendar, year) };
}

function daysOf({ rest, work, names }: Calendar, year: number): { date: string; kind: 'rest' | 'work'; name: Text }[] {
  const of = (kind: 'rest' | 'work', days: Record<string, string>) =>
    Object.entries(days)
      .filter(([date]) => Number(date.slice(0, 4)) === year)
      .map(([date, key]) => ({ date, kind, name: names[key] ?? { zh: key, en: key } }));
  return [...of('rest', rest), ...of('work', work)].sort((a, b) => (a.date < b.date ? -1 : 1));
}

function changesOf({ days, names }: CalendarChange) {
  const named = (mark: CalendarChange['days'][string]['before']) =>
    mark && { kind: mark.kind, name: names[mark.name] ?? { zh: mark.name, en: mark.name } };
  return Object.entries(days).map(([date, { before, after }]) => ({
    date,
    before: named(before),
    after: named(after),
  }));
}

/** By `cn@2026.1`: how many running agreements pin it. */
async function pinnedBy(database: Database): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ reference: string; count: number }[]>`
    SELECT calendar_id || '@' || calendar_version AS reference, count(*)::int AS count
    FROM agreement WHERE status IN (${Prisma.join([...RUNNING])}) AND calendar_id IS NOT NULL
    GROUP BY calendar_id, calendar_version`;
  return new Map(rows.map(({ reference, count }) => [reference, count]));
}

async function namesOf(database: Database, shelf: readonly ShelvedCalendar[]): Promise<Map<string, string>> {
  const ids = [...new Set(shelf.flatMap(({ entered }) => entered?.by ?? []))];
  if (ids.length === 0) return new Map();
  const [persons, users] = await Promise.all([
    database.person.findMany({
      where: { id: { in: ids.filter((id) => UUID.test(id)) } },
      select: { id: true, name: true },
    }),
    database.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
  ]);
  return new Map([...users, ...persons].map(({ id, name }) => [id, name]));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
