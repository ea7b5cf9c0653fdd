import * as bodies from '../visits/bodies.ts';
import { countersOf } from '../visits/counting.ts';
import { planVisit, publishPlan } from '../visits/planning.ts';
import * as schemas from '../visits/schema.ts';
import { visitView, visitsOf } from '../visits/view.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const listVisits = route({
  id: 'listVisits',
  method: 'get',
  path: '/agreements/{id}/visits',
  summary: 'Visits and call-backs by planned day, what the contract says of them, and which plans are published',
  access: 'agreements.read',
  params: idParams,
  query: schemas.visitQuery,
  answers: { 200: { description: 'The visits', schema: schemas.visitList } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await visitsOf(deps, { agreementId: params.id, reader: principal, asked: query }),
  }),
});

export const getVisit = route({
  id: 'getVisit',
  method: 'get',
  path: '/agreements/{id}/visits/{visit}',
  summary: 'One visit or call-back with its report, what followed from it, and what may be done now',
  access: 'agreements.read',
  params: schemas.visitParams,
  answers: { 200: { description: 'The visit', schema: schemas.visit } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await visitView(deps, { agreementId: params.id, id: params.visit, reader: principal }),
  }),
});

export const postVisit = route({
  id: 'planVisit',
  method: 'post',
  path: '/agreements/{id}/visits',
  summary: 'Plan a visit or a call-back beside the plan of the year',
  access: 'agreements.act',
  params: idParams,
  body: bodies.newVisit,
  answers: {
    201: { description: 'Its workflow has begun', schema: schemas.plannedVisit },
    202: { description: 'Kept; the engine is away, and it begins later', schema: schemas.plannedVisit },
  },
  handle: (context) => planVisit(context),
});

export const postVisitPlan = route({
  id: 'publishVisitPlan',
  method: 'post',
  path: '/agreements/{id}/visit-plans',
  summary: 'Publish the plan of a year, or add to it with a reason: each row becomes a visit, all of them or none',
  access: 'agreements.act',
  params: idParams,
  body: bodies.planBody,
  answers: {
    201: { description: 'All visits have begun', schema: schemas.publishedPlan },
    202: { description: 'Kept; the engine is away, and they begin later', schema: schemas.publishedPlan },
  },
  handle: (context) => publishPlan(context),
});

export const getVisitCounters = route({
  id: 'getVisitCounters',
  method: 'get',
  path: '/agreements/{id}/visit-counters',
  summary: 'How often each customer was surveyed and visited in a year, what is missing, and how each quarter ended',
  access: 'agreements.read',
  params: idParams,
  query: schemas.counterQuery,
  answers: { 200: { description: 'By customer', schema: schemas.visitCounters } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await countersOf(deps, { agreementId: params.id, year: query.year, reader: principal }),
  }),
});
