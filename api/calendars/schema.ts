import { z } from 'zod';
import { FESTIVALS } from '../../domain/calendar-notice.ts';
import * as schemas from '../schemas.ts';

const line = z.string().trim().max(300);
const date = z
  .string()
  .max(20)
  .meta({ description: 'YYYY-MM-DD', examples: ['2027-10-01'] });
const festival = z.enum(FESTIVALS);
const name = z.enum([...FESTIVALS, 'other']);

/** One year's official notice, as somebody enters it. */
export const noticeShape = z.strictObject({
  year: z.int().min(1900).max(2999),
  holidays: z
    .array(
      z.strictObject({
        name,
        also: z.array(festival).max(6).optional().meta({ description: 'Festivals that the notice joins with it' }),
        title: z.strictObject({ zh: line, en: line }).optional().meta({ description: 'Of another holiday' }),
        from: date,
        to: date,
      }),
    )
    .max(40)
    .meta({ description: 'From the first to the last day off, weekends between them included' }),
  makeUp: z
    .array(z.strictObject({ date, name }))
    .max(40)
    .default([])
    .meta({ description: 'Weekend days that are worked' }),
});

/** Where the notice stands, as entered. */
const source = z.strictObject({
  documentNumber: line.min(1).meta({ examples: ['国办发明电〔2026〕0号'] }),
  issuedOn: z.iso.date(),
  link: line.default(''),
});

export const noticeBody = noticeShape.extend({ source });
export type Notice = z.output<typeof noticeBody>;

export const versionBody = z.strictObject({
  id: z.string().max(20).default('cn'),
  previous: z
    .string()
    .max(20)
    .meta({ description: 'The version that it is made from: the newest', examples: ['2026.1'] }),
  notice: noticeBody,
});

export const fileBody = z.strictObject({
  content: z.string().max(50_000).meta({ description: 'CSV or JSON; docs/calendars.md says what stands in it' }),
});
export const fileAnswer = z.object({ notice: z.unknown() }).meta({ id: 'HolidayNoticeFile' });

const head = {
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  provisionalFrom: z.string().meta({ description: 'From this day on there is no official notice' }),
};
const enteredNotice = z
  .object({ year: z.int(), source, holidays: z.array(z.unknown()), makeUp: z.array(z.unknown()) })
  .nullable();
const listed = z
  .object({
    ...head,
    newest: z.boolean(),
    builtIn: z.boolean().meta({ description: 'It came with the product' }),
    previous: z.string().nullable(),
    firstYear: z.int(),
    lastYear: z.int(),
    officialThrough: z.string(),
    notice: enteredNotice,
    enteredAt: z.string().nullable(),
    enteredBy: z.string().nullable().meta({ description: 'A name' }),
    pinned: z.int().meta({ description: 'Running agreements that pin it' }),
  })
  .meta({ id: 'CalendarVersion' });
export const calendarList = z.object({ items: z.array(listed) });

const mark = z.object({ kind: z.enum(['rest', 'work']), name: schemas.text }).nullable();
export const dayChange = z.object({ date: z.string(), before: mark, after: mark });
const year = z.object({
  year: z.int(),
  official: z.boolean(),
  rest: z.int().meta({ description: 'Days off, weekends included' }),
  working: z.int(),
  makeUp: z.int(),
});
export const calendarDetail = listed.extend({
  years: z.array(year),
  year: z.int().meta({ description: 'Of the days' }),
  days: z
    .array(z.object({ date: z.string(), kind: z.enum(['rest', 'work']), name: schemas.text }))
    .meta({ description: 'Of the year: days that are not as their weekday has them' }),
  changes: z.array(dayChange).meta({ description: 'What it says otherwise than the version that it was made from' }),
});
export const previewAnswer = z
  .object({ ...head, changes: z.array(dayChange), year, pinned: z.int() })
  .meta({ id: 'CalendarPreview' });

const reason = z.array(schemas.text);
export const redating = z
  .object({
    agreement: z.object({
      id: z.uuid(),
      title: schemas.text,
      status: z.string(),
      parties: z.array(z.string()),
    }),
    calendar: z.object({ id: z.string(), from: z.string(), to: z.string() }),
    notice: enteredNotice.meta({ description: 'Of the newer version: where the days come from' }),
    dates: z.array(
      z.object({
        kind: z.enum(['due', 'review', 'window', 'upcoming']),
        of: z.string().meta({ description: 'What it is about; `shown` names it so' }),
        title: schemas.text,
        before: z.string(),
        after: z.string(),
        why: reason.meta({ description: 'The changed days that it hangs on' }),
      }),
    ),
    shown: z
      .array(z.object({ of: z.string(), to: z.string() }))
      .meta({ description: 'To be sent back with an acceptance: what is accepted is what was shown' }),
    declined: z.boolean().meta({ description: 'The coordinator declined this version' }),
    processes: z.int().optional().meta({ description: 'Under way: they keep the calendar that they began with' }),
  })
  .meta({ id: 'Redating' });
export const redatingPage = z.object({ items: z.array(redating), nextCursor: z.string().nullable() });
export const redatingAnswer = z.object({ redating: redating.nullable() });

export const verdictBody = z.strictObject({
  verdict: z.enum(['accept', 'decline']),
  to: z
    .string()
    .regex(/^\d{4}\.\d{1,4}$/)
    .meta({ description: 'The newer version', examples: ['2027.1'] }),
  shown: z
    .array(z.strictObject({ of: z.string().max(300), to: z.string().max(20) }))
    .max(2000)
    .default([]),
  reason: z.string().trim().min(1).max(2000).optional().meta({ description: 'Needed with a no' }),
});
