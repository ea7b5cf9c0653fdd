import { addDays } from '../../domain/local-date.ts';
import { instantAt, localDateAt } from '../../domain/zone.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { reachOf } from '../policy.ts';
import { type Reader, awaitedSql, coordinates, kindsFor, mineSql, searchSql, yoursSql } from './conditions.ts';
import { type AwaitedRow, type DraftRow, type Found, type TaskRow, itemsOf } from './items.ts';
import { MOST_COUNTED, TODAY_GROUPS, type TodayGroup, type TodayItem, type TodayQuery } from './schema.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** Where the groups end. */
interface Moments {
  nowMs: number;
  endOfTodayMs: number;
  horizonMs: number;
}

export interface Listed {
  asOf: string;
  endOfToday: string;
  groups: { group: TodayGroup; count: number; isMore: boolean; items: TodayItem[]; nextCursor: string | null }[];
}

/** What is due, late and waited for, group by group, each the most urgent first. */
export async function todayFor(deps: Deps, reader: Reader, query: TodayQuery): Promise<Listed> {
  const moments = momentsOf(deps.clock(), query);
  const asked = query.overdue === undefined ? TODAY_GROUPS : (['overdue'] as const);
  const groups = query.group === undefined ? asked : asked.filter((group) => group === query.group);
  const sources = await sourcesOf(deps, reader, query, moments);
  const pages = await Promise.all(
    groups.map(async (group) => {
      const [found, counted] = await Promise.all([page(sources, group, query), count(sources, group)]);
      return { group, found, counted };
    }),
  );
  const items = await itemsOf(
    deps,
    pages.flatMap(({ found }) => found.slice(0, query.limit)),
    moments.nowMs,
  );
  return {
    asOf: new Date(moments.nowMs).toISOString(),
    endOfToday: new Date(moments.endOfTodayMs).toISOString(),
    groups: pages.map(({ group, found, counted }) => {
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        group,
        count: Math.min(counted, MOST_COUNTED),
        isMore: counted > MOST_COUNTED,
        items: shown.map((one) => items(one)),
        nextCursor: found.length > query.limit && last ? placeAfter(last) : null,
      };
    }),
  };
}

function momentsOf(nowMs: number, { zone: name, horizon }: TodayQuery): Moments {
  const zone = zoneData(name);
  const today = localDateAt(zone, nowMs);
  return {
    nowMs,
    endOfTodayMs: instantAt(zone, today, '24:00'),
    horizonMs: instantAt(zone, addDays(today, horizon), '24:00'),
  };
}

type Source = 'awaited' | 'task' | 'draft';

/** Rows of one place that a group is made of, in their order. */
interface From {
  source: Source;
  /** The rows of a group after a place, so many at most. */
  rows(group: TodayGroup, after: string | undefined, most: number): Promise<Found[]>;
  /** How many the group has, counted up to one more than `most`. */
  count(group: TodayGroup, most: number): Promise<number>;
}

/** In which order the groups take them. */
async function sourcesOf(deps: Deps, reader: Reader, query: TodayQuery, moments: Moments): Promise<From[]> {
  const seen = await awaitedSql(deps, reader, query);
  const reads = reachOf('record.read', reader.principal) !== 'none';
  const forDesk =
    query.who === undefined || query.who === 'coordinator' || (query.who === 'mine' && coordinates(reader.principal));
  const [task, draft] = (['task', 'draft'] as const).map(
    (kind) => forDesk && kindsFor(reader, query, [kind]).length > 0,
  );
  return [
    ...(seen === undefined
      ? []
      : [
          ofAwaited(deps, {
            seen,
            mine: mineSql(reader, moments.nowMs),
            yours: yoursSql(reader, moments.nowMs),
            reads,
            moments,
          }),
        ]),
    ...(task ? [ofTasks(deps, await searchSql(deps, query, Prisma.sql`task.agreement_id`), reader)] : []),
    ...(draft ? [ofDrafts(deps, await searchSql(deps, query, Prisma.sql`agreement.id`), reader)] : []),
  ];
}

/** One source after the other, from the place that the cursor names. */
async function page(sources: From[], group: TodayGroup, { cursor, limit }: TodayQuery): Promise<Found[]> {
  const [from, place] = cursor === undefined ? [] : readCursor(cursor, ['string', 'string']);
  const start =
    from === undefined
      ? 0
      : Math.max(
          0,
          sources.findIndex(({ source }) => source === from),
        );
  let found: Found[] = [];
  for (const one of sources.slice(start)) {
    const most = limit + 1 - found.length;
    if (most > 0) found = [...found, ...(await one.rows(group, one.source === from ? place : undefined, most))];
  }
  return found;
}

async function count(sources: From[], group: TodayGroup): Promise<number> {
  let counted = 0;
  for (const one of sources) {
    if (counted <= MOST_COUNTED) counted += await one.count(group, MOST_COUNTED - counted);
  }
  return counted;
}

function placeAfter(found: Found): string {
  switch (found.source) {
    case 'awaited':
      return writeCursor(['awaited', `${found.row.dueAt?.toISOString() ?? ''} ${String(found.row.number)}`]);
    case 'task':
      return writeCursor(['task', `${found.row.createdAt.toISOString()} ${found.row.id}`]);
    case 'draft':
      return writeCursor(['draft', `${found.row.createdAt.toISOString()} ${found.row.id}`]);
  }
}

const PLACE = /^(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)? (\d{1,18}|[0-9a-f-]{36}))$/;

/** A moment, if any, and a number or an id; a place that is none begins anew. */
function readPlace(after: string | undefined): { at: Date | null; id: string } | undefined {
  const [, at, id] = PLACE.exec(after ?? '') ?? [];
  return id === undefined ? undefined : { at: at === undefined ? null : new Date(at), id };
}

function ofAwaited(
  { database }: Deps,
  {
    seen,
    mine,
    yours,
    reads,
    moments,
  }: { seen: Prisma.Sql; mine: Prisma.Sql; yours: Prisma.Sql; reads: boolean; moments: Moments },
): From {
  const at = (ms: number): Prisma.Sql => Prisma.sql`${new Date(ms)}::timestamptz`;
  const { nowMs, endOfTodayMs, horizonMs } = moments;
  const within: Record<TodayGroup, Prisma.Sql> = {
    overdue: Prisma.sql`a.due_at <= ${at(nowMs)}`,
    today: Prisma.sql`a.due_at > ${at(nowMs)} AND a.due_at <= ${at(endOfTodayMs)}`,
    ahead: Prisma.sql`a.due_at > ${at(endOfTodayMs)} AND a.due_at <= ${at(horizonMs)}`,
    open: Prisma.sql`a.due_at IS NULL AND ${yours}`,
    waiting: Prisma.sql`a.due_at IS NULL AND NOT (${yours})`,
  };
  return {
    source: 'awaited',
    async rows(group, after, most) {
      const place = readPlace(after);
      const isDated = group !== 'open' && group !== 'waiting';
      const from =
        place === undefined || !/^\d+$/.test(place.id)
          ? Prisma.sql`TRUE`
          : isDated && place.at !== null
            ? Prisma.sql`(a.due_at, a.number) > (${place.at}::timestamptz, ${place.id}::bigint)`
            : Prisma.sql`a.number > ${place.id}::bigint`;
      const order = isDated ? Prisma.sql`a.due_at, a.number` : Prisma.sql`a.number`;
      const rows = await database.$queryRaw<AwaitedRow[]>`
        WITH page AS (
          SELECT a.*, ${mine} AS mine FROM awaited AS a WHERE ${within[group]} AND ${from} AND ${seen}
          ORDER BY ${order} LIMIT ${most})
        SELECT a.number, a.key, a.agreement_id::text AS "agreementId", a.kind, a.act, a.about, a.waits_for AS "waitsFor",
               a.due_at AS "dueAt", a.local_date AS "localDate", a.warn_at AS "warnAt", a.is_paused AS "isPaused", a.mine,
               process.id::text AS "processId", process.reference,
               CASE WHEN ${reads} THEN coalesce(process.text ->> 'topic', process.text ->> 'purpose') END AS topic
        FROM page AS a LEFT JOIN process ON process.workflow_id = a.workflow_id ORDER BY ${order}`;
      return rows.map((row) => ({ source: 'awaited', row }));
    },
    async count(group, most) {
      const [row] = await database.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM (
          SELECT FROM awaited AS a WHERE ${within[group]} AND ${seen} LIMIT ${most + 1}) AS found`;
      return row?.count ?? 0;
    },
  };
}

/** Whatever has no time set and is a coordinator's to do: theirs where they are one, else somebody else's. */
function groupOf({ principal }: Reader): TodayGroup {
  return coordinates(principal) ? 'open' : 'waiting';
}

function ofTasks({ database }: Deps, narrowed: Prisma.Sql[], reader: Reader): From {
  const open = Prisma.join([Prisma.sql`task.done_at IS NULL`, ...narrowed], ' AND ');
  return {
    source: 'task',
    async rows(group, after, most) {
      if (group !== groupOf(reader)) return [];
      const place = readPlace(after);
      const from = place?.at
        ? Prisma.sql`(task.created_at, task.id::text) > (${place.at}::timestamptz, ${place.id})`
        : Prisma.sql`TRUE`;
      const rows = await database.$queryRaw<TaskRow[]>`
        SELECT id::text AS id, kind, agreement_id::text AS "agreementId", about, created_at AS "createdAt", ${coordinates(reader.principal)}::boolean AS mine
        FROM task WHERE ${open} AND ${from} ORDER BY task.created_at, task.id::text LIMIT ${most}`;
      return rows.map((row) => ({ source: 'task', row }));
    },
    async count(group, most) {
      if (group !== groupOf(reader)) return 0;
      const [row] = await database.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM (SELECT FROM task WHERE ${open} LIMIT ${most + 1}) AS found`;
      return row?.count ?? 0;
    },
  };
}

function ofDrafts({ database }: Deps, narrowed: Prisma.Sql[], reader: Reader): From {
  const drafts = Prisma.join([Prisma.sql`agreement.status = 'draft'`, ...narrowed], ' AND ');
  return {
    source: 'draft',
    async rows(group, after, most) {
      if (group !== groupOf(reader)) return [];
      const place = readPlace(after);
      const from =
        place?.at && place.id.length === 36
          ? Prisma.sql`(created_at, id) < (${place.at}::timestamptz, ${place.id}::uuid)`
          : Prisma.sql`TRUE`;
      const rows = await database.$queryRaw<DraftRow[]>`
        SELECT id::text AS id, created_at AS "createdAt", ${coordinates(reader.principal)}::boolean AS mine FROM agreement
        WHERE ${drafts} AND ${from} ORDER BY created_at DESC, id DESC LIMIT ${most}`;
      return rows.map((row) => ({ source: 'draft', row }));
    },
    async count(group, most) {
      if (group !== groupOf(reader)) return 0;
      const [row] = await database.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM (SELECT FROM agreement WHERE ${drafts} LIMIT ${most + 1}) AS found`;
      return row?.count ?? 0;
    },
  };
}
