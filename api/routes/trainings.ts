import { Readable } from 'node:stream';
import { z } from 'zod';
import { certificatePdf } from '../../activities/certificate.ts';
import { certificateOf } from '../../activities/issued-certificates.ts';
import { certificateTitles, findTraining } from '../trainings/rows.ts';
import { Problem } from '../problem.ts';
import { newTraining, trainingPlanBody } from '../trainings/bodies.ts';
import { coverageOf, qualificationsOf } from '../trainings/coverage.ts';
import { planTraining, publishTrainingPlan } from '../trainings/planning.ts';
import * as schemas from '../trainings/schema.ts';
import { trainingListOf, trainingView } from '../trainings/view.ts';
import { given } from '../../domain/fields.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const listTrainings = route({
  id: 'listTrainings',
  method: 'get',
  path: '/agreements/{id}/trainings',
  summary: 'Sessions of training, what the contract provides, and who may plan one',
  access: 'agreements.read',
  params: idParams,
  query: schemas.trainingQuery,
  answers: { 200: { description: 'By planned day', schema: schemas.trainingList } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await trainingListOf(deps, { agreementId: params.id, reader: principal, asked: query }),
  }),
});

export const getTrainingCoverage = route({
  id: 'getTrainingCoverage',
  method: 'get',
  path: '/agreements/{id}/training-coverage',
  summary: 'Which topics, modes and methods had no session yet, and what surveys said before and after each',
  access: 'agreements.read',
  params: idParams,
  answers: { 200: { description: 'By training', schema: schemas.trainingCoverage } },
  handle: async ({ deps, params }) => ({ status: 200, body: await coverageOf(deps, params.id) }),
});

export const listQualifications = route({
  id: 'listQualifications',
  method: 'get',
  path: '/agreements/{id}/qualifications',
  summary: 'Who has passed what stands before their post, since when, and whose training is too long ago',
  access: 'agreements.read',
  params: idParams,
  query: schemas.qualificationQuery,
  answers: { 200: { description: 'Who may not work first', schema: schemas.qualificationList } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await qualificationsOf(deps, { agreementId: params.id, reader: principal, ...given(query) }),
  }),
});

export const getTraining = route({
  id: 'getTraining',
  method: 'get',
  path: '/agreements/{id}/trainings/{training}',
  summary: 'One session: trainees, who was there, marks, certificates, and what may be done now',
  access: 'agreements.read',
  params: schemas.trainingParams,
  answers: { 200: { description: 'The session', schema: schemas.training } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await trainingView(deps, { agreementId: params.id, id: params.training, reader: principal }),
  }),
});

export const postTraining = route({
  id: 'planTraining',
  method: 'post',
  path: '/agreements/{id}/trainings',
  summary: 'Plan a session; its trainees are invited',
  access: 'agreements.act',
  params: idParams,
  body: newTraining,
  answers: {
    201: { description: 'Planned', schema: schemas.plannedTraining },
    202: { description: 'Kept; the engine is away, and it begins later', schema: schemas.plannedTraining },
  },
  handle: (context) => planTraining(context),
});

export const postTrainingPlan = route({
  id: 'publishTrainingPlan',
  method: 'post',
  path: '/agreements/{id}/training-plans',
  summary: 'The plan of a year: every topic that must be taught stands in it, and each row becomes a session',
  access: 'agreements.act',
  params: idParams,
  body: trainingPlanBody,
  answers: {
    201: { description: 'Its sessions are planned', schema: schemas.publishedTrainingPlan },
    202: { description: 'Kept; the engine is away, and they begin later', schema: schemas.publishedTrainingPlan },
  },
  handle: (context) => publishTrainingPlan(context),
});

export const getTrainingCertificate = route({
  id: 'getTrainingCertificate',
  method: 'get',
  path: '/agreements/{id}/trainings/{training}/certificates/{trainee}',
  summary: 'The certificate of whoever passed, as a PDF',
  access: 'record.read',
  params: schemas.certificateParams,
  query: schemas.certificateQuery,
  answers: { 200: { description: 'A PDF', schema: z.string(), mediaType: 'application/pdf' } },
  handle: async ({ deps: { database }, params, query, language }) => {
    const { row } = await findTraining(database, params.id, params.training);
    const { workflowId } = row;
    const certificate = await certificateOf(database, {
      workflowId,
      trainee: params.trainee,
      titles: certificateTitles,
    });
    if (!certificate) throw new Problem('unknown-certificate');
    const pdf = await certificatePdf(certificate, query.language ?? language);
    return {
      status: 200,
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `attachment; filename="${certificate.number}.pdf"`,
      },
      stream: Readable.from([pdf]),
    };
  },
});
