import { withoutSums } from '../../domain/agreement/sums.ts';
import type { NoticeFacts } from '../../domain/agreement/notice.ts';
import { isoAt } from '../../domain/zone.ts';
import { noticesToRead } from '../evaluations/files.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { reachOf } from '../policy.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

export const listNotices = route({
  id: 'listNotices',
  method: 'get',
  path: '/agreements/{id}/notices',
  summary: 'Who was written to, when, why, and whether it went out',
  access: 'record.read',
  params: schemas.idParams,
  query: schemas.pageQuery,
  answers: { 200: { description: 'One page', schema: schemas.noticePage } },
  handle: async ({ deps, params, query, principal, ownOf }) => {
    const { database } = deps;
    const agreement = await findAgreement(database, params.id);
    const zone = zoneOf(agreement);
    // Mails of the agreement and of its processes, each of which numbers its own.
    const [afterMs, afterNumber, afterId] =
      query.cursor === undefined ? [0, 0, ''] : readCursor(query.cursor, ['instant', 'number', 'string']);
    const after = new Date(afterMs);
    const [rows, seats] = await Promise.all([
      database.notice.findMany({
        where: {
          agreementId: params.id,
          AND: [await noticesToRead(deps, params.id, ownOf)],
          OR: [
            { at: { gt: after } },
            { at: after, number: { gt: afterNumber } },
            { at: after, number: afterNumber, id: { gt: afterId } },
          ],
        },
        orderBy: [{ at: 'asc' }, { number: 'asc' }, { id: 'asc' }],
        take: query.limit + 1,
      }),
      database.seat.findMany({ where: { agreementId: params.id }, include: { person: true } }),
    ]);
    const page = rows.slice(0, query.limit);
    const seesMoney = reachOf('ledger.read', principal) !== 'none';
    const items = page.map((row) => ({
      id: row.id,
      at: isoAt(zone, row.at.getTime()),
      sentAt: row.sentAt ? isoAt(zone, row.sentAt.getTime()) : null,
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
    }));
    const last = page.at(-1);
    const nextCursor =
      rows.length > query.limit && last ? writeCursor([last.at.getTime(), last.number, last.id]) : null;
    return { status: 200, body: { items, nextCursor } };
  },
});

/** Whether what a mail says, and its subject with it, has sums in it. */
function tellsSums(facts: Prisma.JsonValue): boolean {
  return JSON.stringify(withoutSums(facts as NoticeFacts)) !== JSON.stringify(facts);
}
