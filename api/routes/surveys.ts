import { route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { cyclesSeenBy } from '../surveys/listing.ts';
import * as schemas from '../surveys/schema.ts';
import { surveyView, surveysOf } from '../surveys/view.ts';

export const listSurveys = route({
  id: 'listSurveys',
  method: 'get',
  path: '/agreements/{id}/surveys',
  summary: 'The cycles of the agreement’s surveys, with how they stand by now',
  access: 'agreements.read',
  params: idParams,
  answers: { 200: { description: 'The latest first', schema: schemas.surveyList } },
  handle: async ({ deps, params }) => ({ status: 200, body: { items: await surveysOf(deps, params.id) } }),
});

export const listCycles = route({
  id: 'listCycles',
  method: 'get',
  path: '/surveys',
  summary: 'Cycles of all agreements that the reader may see: what is running first, with what happens next',
  access: 'agreements.read',
  narrows: true,
  query: schemas.cyclesQuery,
  answers: { 200: { description: 'One page', schema: schemas.cyclePage } },
  handle: async ({ deps, query, ownOf }) => ({ status: 200, body: await cyclesSeenBy(deps, { ownOf, asked: query }) }),
});

export const getSurvey = route({
  id: 'getSurvey',
  method: 'get',
  path: '/agreements/{id}/surveys/{survey}',
  summary: 'One cycle: questionnaire, sample, coverage, figures, findings, report, and what may be done now',
  access: 'agreements.read',
  params: schemas.surveyParams,
  answers: { 200: { description: 'The cycle', schema: schemas.survey } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await surveyView(deps, { agreementId: params.id, id: params.survey, reader: principal }),
  }),
});
