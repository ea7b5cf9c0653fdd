import { newFinding } from '../improvements/bodies.ts';
import { findingsSeenBy } from '../improvements/listing.ts';
import { raiseFinding } from '../improvements/raising.ts';
import * as schemas from '../improvements/schema.ts';
import { boardOf, improvementView } from '../improvements/view.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const listImprovements = route({
  id: 'listImprovements',
  method: 'get',
  path: '/agreements/{id}/improvements',
  summary: 'The board: every finding with its plan, the most urgent first, and how many there are of each kind',
  access: 'agreements.read',
  params: idParams,
  query: schemas.boardQuery,
  answers: { 200: { description: 'The board', schema: schemas.improvementBoard } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await boardOf(deps, { agreementId: params.id, reader: principal, asked: query }),
  }),
});

export const listFindings = route({
  id: 'listFindings',
  method: 'get',
  path: '/improvements',
  summary: 'Findings of all agreements that the reader may see, by stage',
  access: 'agreements.read',
  narrows: true,
  query: schemas.stagesQuery,
  answers: { 200: { description: 'The columns', schema: schemas.stagesBoard } },
  handle: async ({ deps, query, principal, ownOf }) => ({
    status: 200,
    body: await findingsSeenBy(deps, { reader: principal, ownOf, asked: query }),
  }),
});

export const getImprovement = route({
  id: 'getImprovement',
  method: 'get',
  path: '/agreements/{id}/improvements/{improvement}',
  summary: 'One finding with its plans, measures, checks, effect and answers, and what may be done now',
  access: 'agreements.read',
  params: schemas.improvementParams,
  answers: { 200: { description: 'The improvement', schema: schemas.improvement } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await improvementView(deps, { agreementId: params.id, id: params.improvement, reader: principal }),
  }),
});

export const postImprovement = route({
  id: 'raiseFinding',
  method: 'post',
  path: '/agreements/{id}/improvements',
  summary: 'Raise a finding from feedback, a visit, a case, a check or anything else',
  access: 'agreements.act',
  params: idParams,
  body: newFinding,
  answers: {
    201: { description: 'Its workflow has begun', schema: schemas.raisedImprovement },
    202: { description: 'Kept; the engine is away, and it begins later', schema: schemas.raisedImprovement },
  },
  handle: (context) => raiseFinding(context),
});
