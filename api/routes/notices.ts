import { isoAt } from '../../domain/zone.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

export const listNotices = route({
  id: 'listNotices',
  method: 'get',
  path: '/agreements/{id}/notices',
  summary: 'Who was written to, when, why, and whether it went out',
  access: 'desk',
  params: schemas.idParams,
  query: schemas.pageQuery,
  answers: { 200: { description: 'One page', schema: schemas.noticePage } },
  handle: async ({ deps: { database }, params, query }) => {
    const agreement = await findAgreement(database, params.id);
    const zone = zoneOf(agreement);
    const after = query.cursor === undefined ? 0 : readCursor(query.cursor, ['number'])[0];
    const [rows, seats] = await Promise.all([
      database.notice.findMany({
        where: { agreementId: params.id, number: { gt: after } },
        orderBy: { number: 'asc' },
        take: query.limit + 1,
      }),
      database.seat.findMany({ where: { agreementId: params.id }, include: { person: true } }),
    ]);
    const page = rows.slice(0, query.limit);
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
      subject: row.subject,
      clauses: row.clauses,
      status: row.status,
      possibleDuplicate: row.possibleDuplicate,
      ...(row.failure === null ? {} : { failure: row.failure }),
    }));
    const last = page.at(-1);
    const nextCursor = rows.length > query.limit && last ? writeCursor([last.number]) : null;
    return { status: 200, body: { items, nextCursor } };
  },
});
