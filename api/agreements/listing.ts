import { z } from 'zod';
import { isoAt } from '../../domain/zone.ts';
import type { LocalDate } from '../../domain/time.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import type { Draft } from '../views.ts';
import { OPEN_STATUSES, obligationTitle, seatTitles, templateOf } from '../views.ts';

/** Orders of a list of agreements. `expiry` leaves out those that do not expire. */
export const SORTS = ['newest', 'oldest', 'started', 'expiry'] as const;
export type Sort = (typeof SORTS)[number];

/** What sorts each order, and after which of two it goes on. Every one has an index of its own. */
const ORDERS: Record<Sort, { by: Prisma.Sql; order: Prisma.Sql; after: Prisma.Sql; only: Prisma.Sql }> = {
  newest: order('created_at', 'DESC'),
  oldest: order('created_at', 'ASC'),
  started: order('started_at', 'DESC'),
  expiry: order('expires_on', 'ASC'),
};

function order(column: 'created_at' | 'started_at' | 'expires_on', direction: 'ASC' | 'DESC') {
  const by = Prisma.raw(`agreement.${column}`);
  return {
    by,
    order: Prisma.raw(`agreement.${column} ${direction}, agreement.id ${direction}`),
    after: Prisma.raw(direction === 'ASC' ? '>' : '<'),
    only: column === 'created_at' ? Prisma.sql`TRUE` : Prisma.sql`${by} IS NOT NULL`,
  };
}

interface ListedRow {
  id: string;
  template: string;
  status: string;
  zone: string;
  parties: Draft['parties'] | null;
  inForceOn: LocalDate | null;
  expiresOn: LocalDate | null;
  createdAt: Date;
  startedAt: Date | null;
  coordinator: string | null;
  obligation: string | null;
  occurrence: string | null;
  responsible: string | null;
  dueAt: Date | null;
  localDate: LocalDate | null;
  overdue: number;
}

/**
 * One page of agreements with what is due next in each, in one statement: the page is found by an index, and of its rows
 * alone the duties are looked at.
 */
export async function listedAgreements(
  { database }: Pick<ApiDeps, 'database'>,
  { where, sort, limit, cursor }: { where: Prisma.Sql; sort: Sort; limit: number; cursor?: string | undefined },
) {
  const { by, order: ordered, after, only } = ORDERS[sort];
  let from = Prisma.sql`TRUE`;
  if (cursor !== undefined) {
    if (sort === 'expiry') {
      const [expiresOn, id] = readCursor(cursor, ['string', 'uuid']);
      from = Prisma.sql`(${by}, agreement.id) ${after} (${expiresOn}, ${id}::uuid)`;
    } else {
      const [at, id] = readCursor(cursor, ['instant', 'uuid']);
      from = Prisma.sql`(${by}, agreement.id) ${after} (${new Date(at)}, ${id}::uuid)`;
    }
  }
  const rows = await database.$queryRaw<ListedRow[]>`
    WITH page AS MATERIALIZED (
      SELECT agreement.id, ${by} AS place FROM agreement WHERE ${where} AND ${only} AND ${from}
      ORDER BY ${ordered} LIMIT ${limit + 1})
    SELECT agreement.id::text AS id, agreement.template, agreement.status, agreement.zone,
      agreement.draft -> 'parties' AS parties, agreement.in_force_on AS "inForceOn",
      agreement.expires_on AS "expiresOn", agreement.created_at AS "createdAt", agreement.started_at AS "startedAt",
      COALESCE(person.name, agreement.draft #>> '{coordinator,name}') AS coordinator,
      next.id AS obligation, next.occurrence, next.responsible, next.due_at AS "dueAt", next.local_date AS "localDate",
      (SELECT count(*)::int FROM obligation AS late
        WHERE late.agreement_id = agreement.id AND late.status = 'overdue') AS overdue
    FROM page JOIN agreement ON agreement.id = page.id
    LEFT JOIN seat ON seat.agreement_id = agreement.id AND seat.seat = 'coordinator'
    LEFT JOIN person ON person.id = seat.person_id
    LEFT JOIN LATERAL (
      SELECT open.id, open.occurrence, open.responsible, open.due_at, open.local_date FROM obligation AS open
      WHERE open.agreement_id = agreement.id AND open.status = ANY(${OPEN_STATUSES}::text[]) AND open.due_at IS NOT NULL
      ORDER BY open.due_at, open.position LIMIT 1) AS next ON TRUE
    ORDER BY ${ordered}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(listedView), nextCursor: rows.length > limit && last ? placeOf(last, sort) : null };
}

function placeOf({ id, createdAt, startedAt, expiresOn }: ListedRow, sort: Sort): string {
  if (sort === 'expiry') return writeCursor([expiresOn ?? '', id]);
  return writeCursor([(sort === 'started' ? (startedAt ?? createdAt) : createdAt).getTime(), id]);
}

/** What an agreement is called, and between whom it is. */
export function agreementHead({
  template: reference,
  parties,
}: {
  template: string;
  parties: Draft['parties'] | null;
}) {
  const template = templateOf(reference);
  return {
    title: template?.title ?? { zh: reference, en: reference },
    parties: Object.fromEntries(
      Object.entries(parties ?? {}).map(([role, { name }]) => [
        role,
        { name: name ?? '', title: template?.parties[role] ?? { zh: role, en: role } },
      ]),
    ),
  };
}

function listedView(row: ListedRow) {
  const zone = zoneData(row.zone);
  const template = templateOf(row.template);
  const { obligation, occurrence, responsible, dueAt, localDate } = row;
  return {
    id: row.id,
    template: row.template,
    ...agreementHead(row),
    status: row.status,
    coordinator: row.coordinator,
    inForceOn: row.inForceOn,
    expiresOn: row.expiresOn,
    createdAt: isoAt(zone, row.createdAt.getTime()),
    startedAt: row.startedAt && isoAt(zone, row.startedAt.getTime()),
    nextDue:
      obligation !== null && responsible !== null && dueAt && localDate
        ? {
            obligation,
            ...(occurrence ? { occurrence } : {}),
            dueAt: isoAt(zone, dueAt.getTime()),
            localDate,
            responsible,
            title: obligationTitle(template, obligation),
            responsibleTitle: seatTitles(template)[responsible] ?? { zh: responsible, en: responsible },
          }
        : null,
    overdue: row.overdue,
  };
}
export type ListedAgreement = ReturnType<typeof listedView>;

/** How many there are, by status. */
export async function agreementCounts({ database }: Pick<ApiDeps, 'database'>, where: Prisma.Sql) {
  const rows = await database.$queryRaw<{ status: string; count: number }[]>`
    SELECT agreement.status, count(*)::int AS count FROM agreement WHERE ${where} GROUP BY agreement.status`;
  const byStatus = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  return { total: rows.reduce((sum, { count }) => sum + count, 0), byStatus };
}

export const agreementCountsSchema = z
  .object({ total: z.int(), byStatus: z.record(z.string(), z.int()) })
  .meta({ id: 'AgreementCounts' });
