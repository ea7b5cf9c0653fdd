import { route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { answersOf, questionResultsOf } from '../surveys/answers-shown.ts';
import { audienceOf } from '../surveys/audience.ts';
import { bankOfQuestions } from '../surveys/bank.ts';
import { comparisonOf } from '../surveys/comparison.ts';
import * as schemas from '../surveys/insight-schema.ts';
import { progressOf } from '../surveys/progress.ts';
import { surveyParams } from '../surveys/schema.ts';

const CYCLE = '/agreements/{id}/surveys/{survey}';

export const getSurveyProgress = route({
  id: 'getSurveyProgress',
  method: 'get',
  path: `${CYCLE}/progress`,
  summary: 'How answers came in, day by day, and what became of those who were drawn; counts alone',
  access: 'agreements.read',
  params: surveyParams,
  answers: { 200: { description: 'The counts', schema: schemas.surveyProgress } },
  handle: async ({ deps, params }) => ({
    status: 200,
    body: await progressOf(deps, { agreementId: params.id, id: params.survey }),
  }),
});

export const getSurveyQuestions = route({
  id: 'getSurveyQuestions',
  method: 'get',
  path: `${CYCLE}/questions`,
  summary: 'What each question was answered with, in all or in one group of the figures, once a cycle is analysed',
  access: 'record.read',
  params: surveyParams,
  query: schemas.questionsQuery,
  answers: { 200: { description: 'By question', schema: schemas.questionResults } },
  handle: async ({ deps, params, query }) => ({
    status: 200,
    body: await questionResultsOf(deps.database, { agreementId: params.id, id: params.survey, asked: query }),
  }),
});

export const getSurveyAnswers = route({
  id: 'listSurveyAnswers',
  method: 'get',
  path: `${CYCLE}/answers`,
  summary:
    'The answers behind a figure, once a cycle is analysed; anonymous ones without anything that tells whose they are',
  access: 'record.read',
  params: surveyParams,
  query: schemas.answersQuery,
  answers: { 200: { description: 'One page', schema: schemas.answerPage } },
  handle: async ({ deps, params, query }) => ({
    status: 200,
    body: await answersOf(deps.database, { agreementId: params.id, id: params.survey, asked: query }),
  }),
});

export const getSurveyAudience = route({
  id: 'getSurveyAudience',
  method: 'get',
  path: `${CYCLE}/audience`,
  summary: 'Whom a draw would ask, whom not and why; nobody is drawn',
  access: 'record.read',
  params: surveyParams,
  query: schemas.audienceQuery,
  answers: { 200: { description: 'The audience', schema: schemas.audience } },
  handle: async ({ deps, params, query }) => ({
    status: 200,
    body: await audienceOf(deps.database, { agreementId: params.id, id: params.survey, asked: query }),
  }),
});

export const getSurveyComparison = route({
  id: 'getSurveyComparison',
  method: 'get',
  path: '/agreements/{id}/survey-comparison',
  summary: 'Cycles of one survey side by side, with what changed more than chance would have it',
  access: 'agreements.read',
  params: idParams,
  query: schemas.comparisonQuery,
  answers: { 200: { description: 'The comparison', schema: schemas.comparison } },
  handle: async ({ deps, params, query }) => ({
    status: 200,
    body: await comparisonOf(deps.database, { agreementId: params.id, asked: query }),
  }),
});

export const getQuestionBank = route({
  id: 'listQuestionBank',
  method: 'get',
  path: '/question-bank',
  summary: 'Questions that the guidance texts offer, to be asked as they are or reworded',
  access: 'templates.read',
  answers: { 200: { description: 'The questions', schema: schemas.questionBank } },
  handle: () => Promise.resolve({ status: 200, body: bankOfQuestions() }),
});
