import { z } from 'zod';
import { documentAnswer } from '../document-answer.ts';
import { newEvaluation } from '../evaluations/bodies.ts';
import { evaluationDeskOf, evaluationHistoryOf } from '../evaluations/desk.ts';
import { openEvaluation } from '../evaluations/opening.ts';
import * as schemas from '../evaluations/schema.ts';
import { evaluationListOf, evaluationView } from '../evaluations/view.ts';
import { filesSeen } from '../evaluations/files.ts';
import { loggedActor } from '../privacy/access-log.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const listEvaluations = route({
  id: 'listEvaluations',
  method: 'get',
  path: '/agreements/{id}/evaluations',
  summary: 'Evaluations that the reader has a part in, the latest period first, and what the contract says of them',
  access: 'evaluations.read',
  params: idParams,
  query: schemas.evaluationQuery,
  answers: { 200: { description: 'The evaluations', schema: schemas.evaluationList } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await evaluationListOf(deps, { agreementId: params.id, reader: principal, asked: query }),
  }),
});

export const listDeskEvaluations = route({
  id: 'listDeskEvaluations',
  method: 'get',
  path: '/evaluations',
  summary: 'Evaluations of all agreements that the reader has a part in, the latest period first',
  access: 'evaluations.read',
  narrows: true,
  query: schemas.evaluationDeskQuery,
  answers: { 200: { description: 'One page', schema: schemas.evaluationDesk } },
  handle: async ({ deps, query, principal, ownOf }) => ({
    status: 200,
    body: await evaluationDeskOf(deps, { reader: principal, asked: query, ownOf }),
  }),
});

export const getEvaluationHistory = route({
  id: 'getEvaluationHistory',
  method: 'get',
  path: '/agreements/{id}/evaluations/{evaluation}/history',
  summary: 'One that is evaluated, over the periods: totals and indicators, as far as the reader may see them',
  access: 'evaluations.read',
  evaluated: true,
  params: schemas.evaluationParams,
  query: schemas.evaluationHistoryQuery,
  answers: { 200: { description: 'The periods, the earliest first', schema: schemas.evaluationHistory } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await evaluationHistoryOf(deps, {
      agreementId: params.id,
      id: params.evaluation,
      subject: query.subject,
      reader: principal,
    }),
  }),
});

export const getEvaluation = route({
  id: 'getEvaluation',
  method: 'get',
  path: '/agreements/{id}/evaluations/{evaluation}',
  summary:
    'One evaluation: scheme, scores with their records, results, objections, consequences, and what may be done now',
  access: 'evaluations.read',
  evaluated: true,
  params: schemas.evaluationParams,
  answers: { 200: { description: 'The evaluation', schema: schemas.evaluation } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await evaluationView(deps, { agreementId: params.id, id: params.evaluation, reader: principal }),
  }),
});

export const getEvaluationFile = route({
  id: 'downloadEvaluationFile',
  method: 'get',
  path: '/agreements/{id}/evaluations/{evaluation}/documents/{documentId}/content',
  summary: 'The bytes of a record or a paper of a result that the reader may see; every download is logged',
  access: 'evaluations.read',
  evaluated: true,
  params: schemas.evaluationFileParams,
  answers: { 200: { description: 'The file', schema: z.string(), mediaType: 'application/octet-stream' } },
  handle: async ({ deps, params, principal }) =>
    documentAnswer(deps, {
      agreementId: params.id,
      documentId: params.documentId,
      commandIds: await filesSeen(deps, { agreementId: params.id, id: params.evaluation, reader: principal }),
      actor: loggedActor(principal),
    }),
});

export const postEvaluation = route({
  id: 'openEvaluation',
  method: 'post',
  path: '/agreements/{id}/evaluations',
  summary: 'Open an evaluation of a period that no duty of the contract opens',
  access: 'evaluations.act',
  params: idParams,
  body: newEvaluation,
  answers: {
    201: { description: 'Its workflow has begun', schema: schemas.openedEvaluation },
    202: { description: 'Kept; the engine is away, and it begins later', schema: schemas.openedEvaluation },
  },
  handle: (context) => openEvaluation(context),
});
