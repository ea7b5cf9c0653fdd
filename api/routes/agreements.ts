import { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import { draftSchema, draftShape } from '../../templates/draft.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { ownAgreements } from '../principal.ts';
import { type RouteContext, route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { agreementIdOf, changeDraft, completeDraft, createDraft, startAgreement, startState } from '../starting.ts';
import { agreementDetail, agreementSummary } from '../views.ts';

export const listAgreements = route({
  id: 'listAgreements',
  method: 'get',
  path: '/agreements',
  summary: 'Agreements, newest first',
  access: 'agreements.read',
  narrows: true,
  query: schemas.pageQuery.extend({
    status: z.enum(schemas.AGREEMENT_STATUSES).optional(),
    search: z.string().max(200).optional().meta({ description: 'Part of a name, an address, a template or an id' }),
  }),
  answers: { 200: { description: 'One page', schema: schemas.agreementPage } },
  handle: async ({ deps, query, ownOf }) => {
    const { limit, cursor, status, search } = query;
    const conditions = [Prisma.sql`TRUE`];
    if (ownOf !== null) {
      const own = await ownAgreements(deps, ownOf);
      conditions.push(Prisma.sql`id = ANY(${own}::uuid[])`);
    }
    if (cursor !== undefined) {
      const [createdAt, id] = readCursor(cursor, ['instant', 'uuid']);
      conditions.push(Prisma.sql`(created_at, id) < (${new Date(createdAt)}, ${id}::uuid)`);
    }
    if (status !== undefined) conditions.push(Prisma.sql`status = ${status}`);
    if (search !== undefined && search.trim() !== '') {
      const like = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
      conditions.push(
        Prisma.sql`((draft->'parties')::text ILIKE ${like} OR template ILIKE ${like} OR id::text ILIKE ${like})`,
      );
    }
    const ids = await deps.database.$queryRaw<{ id: string }[]>`
      SELECT id::text AS id FROM agreement WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    const rows = await deps.database.agreement.findMany({
      where: { id: { in: ids.slice(0, limit).map(({ id }) => id) } },
      include: { obligations: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    const last = rows.at(-1);
    const nextCursor = ids.length > limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null;
    return { status: 200, body: { items: rows.map(agreementSummary), nextCursor } };
  },
});

export const getAgreement = route({
  id: 'getAgreement',
  method: 'get',
  path: '/agreements/{id}',
  summary: 'One agreement: terms, seats, obligations with their explanation, runs',
  access: 'agreements.read',
  params: schemas.idParams,
  answers: { 200: { description: 'The agreement', schema: schemas.agreement } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await agreementDetail(deps, params.id, principal),
  }),
});

export const createAgreement = route({
  id: 'create',
  method: 'post',
  path: '/agreements',
  summary: 'Keep a draft, and with `start` begin its life at once',
  access: 'agreements.manage',
  body: z.looseObject({ start: z.boolean().optional() }),
  documentedBody: z.strictObject({ ...draftShape, start: z.boolean().optional() }),
  answers: {
    200: { description: 'Started', schema: schemas.agreement },
    201: { description: 'The draft', schema: schemas.agreement },
    202: { description: 'Kept; it starts when the engine is back', schema: schemas.pendingStart },
  },
  handle: async (context) => {
    const { deps, body, key, principal } = context;
    const { start, ...given } = body;
    const id = agreementIdOf(key);
    if (start) completeDraft(given); // else a refused start would leave a draft that nobody asked for
    await createDraft(deps, { id, given });
    if (start) return startAnswer(context, id);
    return { status: 201, body: await agreementDetail(deps, id, principal) };
  },
});

export const changeAgreement = route({
  id: 'change',
  method: 'patch',
  path: '/agreements/{id}',
  summary: 'Change fields of a draft; each replaces the one that was there',
  access: 'agreements.manage',
  params: schemas.idParams,
  body: z.looseObject({}),
  documentedBody: draftSchema.partial(),
  answers: { 200: { description: 'The draft', schema: schemas.agreement } },
  handle: async ({ deps, params, body, principal }) => {
    await changeDraft(deps, { id: params.id, changes: body });
    return { status: 200, body: await agreementDetail(deps, params.id, principal) };
  },
});

export const startAgreementRoute = route({
  id: 'start',
  method: 'post',
  path: '/agreements/{id}/start',
  summary:
    'Begin the life of a draft: every open term needs a value or "not-agreed"; one that is needed to sign, a value',
  access: 'agreements.manage',
  params: schemas.idParams,
  body: z.strictObject({}),
  answers: {
    200: { description: 'Started; signatures are awaited', schema: schemas.agreement },
    202: { description: 'Kept; it starts when the engine is back', schema: schemas.pendingStart },
  },
  handle: (context) => startAnswer(context, context.params.id),
});

async function startAnswer({ deps, key, again, principal }: RouteContext, id: string) {
  const state = again ? await startState(deps.database, id) : await startAgreement(deps, { id, commandId: key });
  if (state === 'pending') {
    return { status: 202, body: { status: 'pending', location: `/api/commands/${encodeURIComponent(key)}` } };
  }
  return { status: 200, body: await agreementDetail(deps, id, principal) };
}
