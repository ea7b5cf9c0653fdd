import { z } from 'zod';
import { AWAITED_KINDS } from '../../domain/awaited/awaited.ts';
import { DEFAULT_ZONE } from '../../templates/draft.ts';
import { isZone } from '../directory/zone.ts';
import { text } from '../schemas.ts';

/**
 * What is due by how urgent it is: past its time; due today; due later, within the horizon; without a time, for the reader to
 * do; without a time, for others to do.
 */
export const TODAY_GROUPS = ['overdue', 'today', 'ahead', 'open', 'waiting'] as const;
export type TodayGroup = (typeof TODAY_GROUPS)[number];

/** What is waited for, and what a coordinator has open beside it. */
export const TODAY_KINDS = [...AWAITED_KINDS, 'draft', 'task'] as const;
export type TodayKind = (typeof TODAY_KINDS)[number];

/** A count is exact up to here. */
export const MOST_COUNTED = 1_000;

export const todayQuery = z.object({
  group: z.enum(TODAY_GROUPS).optional().meta({ description: 'One group alone, page by page; without it, all' }),
  limit: z.coerce.number().int().min(1).max(100).default(10).meta({ description: 'Items of a group' }),
  cursor: z.string().max(500).optional().meta({ description: 'Of a group: `nextCursor` of the page before' }),
  kind: z
    .string()
    .max(300)
    .transform((names) => names.split(','))
    .pipe(z.array(z.enum(TODAY_KINDS)))
    .optional()
    .meta({ description: `With commas between: ${TODAY_KINDS.join(', ')}` }),
  who: z
    .string()
    .max(100)
    .optional()
    .meta({ description: '`mine`: the reader; else a role key, a seat, `third`, `coordinator`, `customer`' }),
  search: z.string().max(200).optional().meta({ description: 'Of the agreement: parts of names, titles, an id' }),
  horizon: z.coerce
    .number()
    .int()
    .min(1)
    .max(366)
    .default(7)
    .meta({ description: 'Days from today, today counted as none, that are looked ahead' }),
  overdue: z.enum(['true']).optional().meta({ description: 'What is past its time alone' }),
  zone: z
    .string()
    .max(64)
    .refine(isZone, { error: 'invalid-zone' })
    .default(DEFAULT_ZONE)
    .meta({ description: 'Whose midnight ends today; each moment is given in its agreement’s own' }),
});
export type TodayQuery = z.output<typeof todayQuery>;

const seat = z.object({ seat: z.string(), title: text });
const count = z.object({ status: z.string(), count: z.int() });

export const todayItem = z
  .object({
    id: z.string().meta({ description: 'Stays while it is waited for' }),
    kind: z.enum(TODAY_KINDS),
    act: z.string().meta({ description: 'What is to be done', examples: ['submit', 'review', 'case-response'] }),
    about: z.string().nullable().meta({ description: 'An obligation, a measure, a milestone: its id' }),
    title: text.nullable().meta({ description: 'Of the obligation, or of the occurrence that a process is about' }),
    topic: z
      .string()
      .nullable()
      .meta({ description: 'Of a case, a finding, a risk, a third party: in people’s words' }),
    agreement: z
      .object({ id: z.uuid(), title: text, parties: z.array(z.string()), zone: z.string() })
      .nullable()
      .meta({ description: 'Null: a task that belongs to none' }),
    process: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
    task: z
      .object({ id: z.uuid(), kind: z.string(), about: z.record(z.string(), z.unknown()), seatTitle: text.nullable() })
      .nullable(),
    waitsFor: z.array(seat).meta({ description: 'Who has to act; empty: nobody, it comes by itself' }),
    mine: z.boolean().meta({ description: 'It is the reader’s to do' }),
    dueAt: z.string().nullable().meta({ description: 'ISO 8601 with the offset of the agreement’s zone' }),
    localDate: z.string().nullable(),
    daysPast: z
      .int()
      .nullable()
      .meta({ description: 'Local dates since its last day; what of them counts as late the contract says' }),
    near: z.boolean().meta({ description: 'Its warnings have begun' }),
    paused: z.boolean().meta({ description: 'Its clock stands still' }),
    since: z.string().nullable().meta({ description: 'Of a draft or a task: when it came up; UTC' }),
  })
  .meta({ id: 'TodayItem' });
export type TodayItem = z.output<typeof todayItem>;

export const today = z
  .object({
    asOf: z.string().meta({ description: 'UTC' }),
    endOfToday: z.string().meta({ description: 'UTC: midnight of the zone that was asked for' }),
    groups: z.array(
      z.object({
        group: z.enum(TODAY_GROUPS),
        count: z.int().meta({ description: `Exact up to ${String(MOST_COUNTED)}` }),
        isMore: z.boolean().meta({ description: 'There are more than were counted' }),
        items: z.array(todayItem),
        nextCursor: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Today' });

export const figures = z
  .object({ agreements: z.array(count), obligations: z.array(count) })
  .meta({ id: 'TodayFigures' });
