import { readCursor, writeCursor } from '../cursor.ts';
import { eventViews } from '../event-views.ts';
import { reachOf } from '../policy.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';

export const listEvents = route({
  id: 'listEvents',
  method: 'get',
  path: '/agreements/{id}/events',
  summary: 'The timeline, from the first event on; money for those who may read the ledger',
  access: 'record.read',
  params: schemas.idParams,
  query: schemas.pageQuery,
  answers: { 200: { description: 'One page', schema: schemas.eventPage } },
  handle: async ({ deps: { database }, params, query, principal }) => {
    const agreement = await findAgreement(database, params.id);
    const zone = zoneOf(agreement);
    const after = query.cursor === undefined ? 0 : readCursor(query.cursor, ['number'])[0];
    const rows = await database.event.findMany({
      where: { workflowId: agreementWorkflowId(params.id), sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const items = await eventViews(database, page, { zone, seesMoney: reachOf('ledger.read', principal) !== 'none' });
    const last = page.at(-1);
    const nextCursor = rows.length > query.limit && last ? writeCursor([last.sequence]) : null;
    return { status: 200, body: { items, nextCursor } };
  },
});
