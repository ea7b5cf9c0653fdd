import { z } from 'zod';
import { withoutSums } from '../../domain/agreement/sums.ts';
import type { NoticeFacts } from '../../domain/agreement/notice.ts';
import { isoAt } from '../../domain/zone.ts';
import { noticesToRead } from '../evaluations/files.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { reachOf } from '../policy.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

/** How a mail stands, as people ask for it. */
const DELIVERIES = ['queued', 'sent', 'undelivered'] as const;
const STATUSES: Record<(typeof DELIVERIES)[number], string[]> = {
  queued: ['queued', 'sending'],
  sent: ['sent'],
  undelivered: ['refused', 'bounced'],
};

const query = schemas.pageQuery.extend({
  order: z.enum(['asc', 'desc']).default('asc').meta({ description: '`desc`: the latest first' }),
  delivery: z.enum(DELIVERIES).optional(),
  seat: schemas.knownId.optional(),
  obligation: schemas.knownId.optional(),
  clause: schemas.knownId.optional(),
});

export const listNotices = route({
  id: 'listNotices',
  method: 'get',
  path: '/agreements/{id}/notices',
  summary: 'Who was written to, when, why, and whether it went out',
  access: 'record.read',
  params: schemas.idParams,
  query,
  answers: { 200: { description: 'One page', schema: schemas.noticePage } },
  handle: async ({ deps, params, query: asked, principal, ownOf }) => {
    const { database } = deps;
    const { order, delivery, seat: of, obligation, clause, limit } = asked;
    const agreement = await findAgreement(database, params.id);
    const zone = zoneOf(agreement);
    // Mails of the agreement and of its processes, each of which numbers its own.
    const from = asked.cursor === undefined ? undefined : readCursor(asked.cursor, ['instant', 'number', 'string']);
    const [rows, seats] = await Promise.all([
      database.notice.findMany({
        where: {
          agreementId: params.id,
          AND: [await noticesToRead(deps, params.id, ownOf)],
          ...(delivery === undefined ? {} : { status: { in: STATUSES[delivery] } }),
          ...(of === undefined ? {} : { seat: of }),
          ...(obligation === undefined ? {} : { obligation }),
          ...(clause === undefined ? {} : { clauses: { has: clause } }),
          ...(from === undefined ? {} : { OR: beyond(order, from) }),
        },
        orderBy: [{ at: order }, { number: order }, { id: order }],
        take: limit + 1,
      }),
      database.seat.findMany({ where: { agreementId: params.id }, include: { person: true } }),
    ]);
    const page = rows.slice(0, limit);
    const isoOf = (date: Date | null): string | null => (date ? isoAt(zone, date.getTime()) : null);
    const seesMoney = reachOf('ledger.read', principal) !== 'none';
    const beside = await besideNotices(database, params.id, page);
    const items = page.map((row) => ({
      id: row.id,
      at: isoAt(zone, row.at.getTime()),
      sentAt: isoOf(row.sentAt),
      kind: row.kind,
      seat: row.seat,
      role: row.role,
      to: row.address ?? seats.find(({ seat }) => seat === row.seat)?.person.email ?? null,
      ...(row.obligation === null ? {} : { obligation: row.obligation }),
      ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
      ...(row.rungs.length > 0 ? { rungs: row.rungs } : {}),
      subject: seesMoney || !tellsSums(row.facts) ? row.subject : null,
      clauses: row.clauses,
      status: row.status,
      possibleDuplicate: row.possibleDuplicate,
      ...(row.failure === null ? {} : { failure: row.failure }),
      bouncedAt: isoOf(row.bouncedAt),
      deputyFor: beside.name(row.deputyFor),
      mergedInto: beside.carrier(row.carriedBy, seesMoney),
      acknowledgedAt: isoOf(beside.readAt(row)),
    }));
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor([last.at.getTime(), last.number, last.id]) : null;
    return { status: 200, body: { items, nextCursor } };
  },
});

/** Places after one in the list's order. */
function beyond(order: 'asc' | 'desc', [ms, number, id]: readonly [number, number, string]): Prisma.NoticeWhereInput[] {
  const at = new Date(ms);
  const side = order === 'asc' ? 'gt' : 'lt';
  return [{ at: { [side]: at } }, { at, number: { [side]: number } }, { at, number, id: { [side]: id } }];
}

type NoticeRow = Prisma.NoticeGetPayload<object>;

/** What stands beside a page of notices: the mails that carried them, who was absent, who confirmed having read. */
async function besideNotices(database: Database, agreementId: string, page: readonly NoticeRow[]) {
  const carriers = page.flatMap(({ carriedBy }) => carriedBy ?? []);
  const absent = page.flatMap(({ deputyFor }) => deputyFor ?? []);
  const asks = page.some(({ kind }) => kind === 'acknowledgement-request');
  const [mails, persons, readings] = await Promise.all([
    carriers.length === 0 ? [] : database.notice.findMany({ where: { id: { in: carriers } } }),
    absent.length === 0 ? [] : database.person.findMany({ where: { id: { in: absent } } }),
    asks ? database.reading.findMany({ where: { agreementId }, orderBy: { version: 'desc' } }) : [],
  ]);
  return {
    name: (id: string | null): string | null => persons.find((one) => one.id === id)?.name ?? null,
    carrier(id: string | null, seesMoney: boolean): { id: string; subject: string | null } | null {
      const mail = mails.find((one) => one.id === id);
      return mail ? { id: mail.id, subject: seesMoney || !tellsSums(mail.facts) ? mail.subject : null } : null;
    },
    readAt({ kind, seat, addressee, facts }: NoticeRow): Date | null {
      if (kind !== 'acknowledgement-request') return null;
      const reader = addressee === null ? seat : `person:${addressee}`;
      const { what } = facts as NoticeFacts;
      return readings.find((one) => one.what === what && one.reader === reader)?.readAt ?? null;
    },
  };
}

/** Whether what a mail says, and its subject with it, has sums in it. */
function tellsSums(facts: Prisma.JsonValue): boolean {
  return JSON.stringify(withoutSums(facts as NoticeFacts)) !== JSON.stringify(facts);
}
