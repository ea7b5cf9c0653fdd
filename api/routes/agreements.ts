import { z } from 'zod';
import { draftSchema, draftShape } from '../../templates/draft.ts';
import { agreementFilter, filterSql } from '../agreements/filter.ts';
import { SORTS, agreementCounts, agreementCountsSchema, listedAgreements } from '../agreements/listing.ts';
import { type RouteContext, route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { calendarFinder } from '../calendars/shelf.ts';
import { agreementIdOf, changeDraft, completeDraft, createDraft, startAgreement, startState } from '../starting.ts';
import { agreementDetail } from '../views.ts';

export const listAgreements = route({
  id: 'listAgreements',
  method: 'get',
  path: '/agreements',
  summary: 'Agreements with what is due next in each, newest first or in another order',
  access: 'agreements.read',
  narrows: true,
  query: schemas.pageQuery.extend({ ...agreementFilter.shape, sort: z.enum(SORTS).default('newest') }),
  answers: { 200: { description: 'One page', schema: schemas.agreementPage } },
  handle: async ({ deps, query, ownOf }) => {
    const { limit, cursor, sort, ...filter } = query;
    const where = await filterSql(deps, filter, ownOf);
    return { status: 200, body: await listedAgreements(deps, { where, sort, limit, cursor }) };
  },
});

export const countAgreements = route({
  id: 'countAgreements',
  method: 'get',
  path: '/agreements/counts',
  summary: 'How many agreements a filter leaves, by status',
  access: 'agreements.read',
  narrows: true,
  query: agreementFilter,
  answers: { 200: { description: 'Counts', schema: agreementCountsSchema } },
  handle: async ({ deps, query, ownOf }) => ({
    status: 200,
    body: await agreementCounts(deps, await filterSql(deps, query, ownOf)),
  }),
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
    if (start) completeDraft(given, await calendarFinder(deps.database)); // else a refused start would leave a draft that nobody asked for
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
