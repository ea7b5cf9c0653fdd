import { z } from 'zod';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { EVENT_KINDS, typesOf } from '../event-kinds.ts';
import { eventViews } from '../event-views.ts';
import { reachOf } from '../policy.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

const query = schemas.pageQuery.extend({
  order: z.enum(['asc', 'desc']).default('asc').meta({ description: '`desc`: the latest first' }),
  kind: z.enum(EVENT_KINDS).optional(),
  obligation: schemas.knownId.optional(),
  occurrence: schemas.knownId.optional(),
  seat: schemas.knownId.optional().meta({ description: 'The seat that acted; `clock`: time itself' }),
  clause: schemas.knownId.optional().meta({ examples: ['S001a-60'] }),
});

export const listEvents = route({
  id: 'listEvents',
  method: 'get',
  path: '/agreements/{id}/events',
  summary: 'The timeline, from the first event on; money for those who may read the ledger',
  access: 'record.read',
  params: schemas.idParams,
  query,
  answers: { 200: { description: 'One page', schema: schemas.eventPage } },
  handle: async ({ deps: { database }, params, query: asked, principal }) => {
    const agreement = await findAgreement(database, params.id);
    const zone = zoneOf(agreement);
    const { order, kind, obligation, occurrence, seat, clause, limit } = asked;
    const at = asked.cursor === undefined ? undefined : readCursor(asked.cursor, ['number'])[0];
    const rows = await database.event.findMany({
      where: {
        workflowId: agreementWorkflowId(params.id),
        ...(at === undefined ? {} : { sequence: order === 'asc' ? { gt: at } : { lt: at } }),
        ...(kind === undefined ? {} : { type: { in: typesOf(kind) } }),
        ...(obligation === undefined ? {} : { obligation }),
        ...(occurrence === undefined ? {} : { occurrence }),
        ...(seat === undefined ? {} : { actor: { path: ['seat'], equals: seat } }),
        ...(clause === undefined ? {} : { clauses: { has: clause } }),
      },
      orderBy: { sequence: order },
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    const items = await eventViews(database, page, { zone, seesMoney: reachOf('ledger.read', principal) !== 'none' });
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor([last.sequence]) : null;
    return { status: 200, body: { items, nextCursor } };
  },
});
