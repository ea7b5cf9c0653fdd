import { z } from 'zod';
import { readNoticeFile } from '../calendars/notice-file.ts';
import {
  calendarDetail as detailSchema,
  calendarList,
  fileAnswer,
  fileBody,
  previewAnswer,
  versionBody,
} from '../calendars/schema.ts';
import { calendarDetail, enterVersion, listCalendars, previewVersion } from '../calendars/versions.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { whoOf } from '../who.ts';

export const getCalendars = route({
  id: 'listCalendars',
  method: 'get',
  path: '/calendars',
  summary: 'Versions of the working calendars, newest first, and how many running agreements pin each',
  access: 'calendars.read',
  answers: { 200: { description: 'All of them', schema: calendarList } },
  handle: async ({ deps: { database } }) => ({ status: 200, body: { items: await listCalendars(database) } }),
});

export const getCalendar = route({
  id: 'getCalendar',
  method: 'get',
  path: '/calendars/{calendar}/{version}',
  summary: 'One version: its years, the days of one of them, and what it says otherwise than the one before',
  access: 'calendars.read',
  params: z.object({ calendar: z.string().max(20), version: z.string().max(20) }),
  query: z.object({ year: z.coerce.number().int().min(1900).max(2999).optional() }),
  answers: { 200: { description: 'The version', schema: detailSchema } },
  handle: async ({ deps: { database, clock }, params: { calendar: id, version }, query }) => {
    const year = query.year ?? new Date(clock()).getUTCFullYear();
    return { status: 200, body: await calendarDetail(database, { id, version, year }) };
  },
});

export const postCalendarFile = route({
  id: 'readCalendarFile',
  method: 'post',
  path: '/calendars/file',
  summary: 'Reads a notice of holidays from CSV or JSON, to be looked at before it is entered; keeps nothing',
  access: 'calendars.manage',
  changesNothing: true,
  body: fileBody,
  answers: { 200: { description: 'What it says', schema: fileAnswer } },
  handle: ({ body }) => Promise.resolve({ status: 200, body: { notice: readNoticeFile(body.content) } }),
});

export const postCalendarPreview = route({
  id: 'previewCalendar',
  method: 'post',
  path: '/calendars/preview',
  summary: 'What the next version would say otherwise, and how many agreements it would concern; keeps nothing',
  access: 'calendars.manage',
  changesNothing: true,
  body: versionBody,
  answers: { 200: { description: 'The difference', schema: previewAnswer } },
  handle: async ({ deps: { database }, body }) => ({ status: 200, body: await previewVersion(database, body) }),
});

export const postCalendar = route({
  id: 'enterCalendar',
  method: 'post',
  path: '/calendars',
  summary:
    'Keep the next version, with one year as its official notice has it: every running agreement that pins an older one gets a proposal, and no date moves',
  access: 'calendars.manage',
  body: versionBody,
  answers: { 201: { description: 'The version', schema: detailSchema } },
  handle: async ({ deps: { database, clock }, body, principal, again }) => {
    if (again) return { status: 201, body: await madeBefore(database, body) };
    const { id, version } = await enterVersion(database, body, { at: new Date(clock()), by: whoOf(principal) });
    return { status: 201, body: await calendarDetail(database, { id, version, year: body.notice.year }) };
  },
});

/** The same request once more: the version that the first has made. */
async function madeBefore(
  database: Parameters<typeof calendarDetail>[0],
  { id, previous, notice }: z.output<typeof versionBody>,
): Promise<unknown> {
  const row = await database.calendarVersion.findFirst({ where: { id, previous } });
  if (!row) throw new Problem('calendar-outdated');
  return calendarDetail(database, { id, version: row.version, year: notice.year });
}
