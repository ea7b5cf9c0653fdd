import { openWritten } from '../cases/writing.ts';
import * as bodies from '../cases/bodies.ts';
import { caseFiguresOf, enterServed } from '../cases/figures.ts';
import { deskOf } from '../cases/desk.ts';
import { casesOf } from '../cases/listing.ts';
import * as schemas from '../cases/schema.ts';
import { caseView } from '../cases/view.ts';
import { z } from 'zod';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const listCases = route({
  id: 'listCases',
  method: 'get',
  path: '/agreements/{id}/cases',
  summary:
    'Complaints, requests, enquiries and feedback, the last that came in first, and what the contract says of them',
  access: 'cases.read',
  params: idParams,
  query: schemas.caseQuery,
  answers: { 200: { description: 'The cases', schema: schemas.caseList } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await casesOf(deps, { agreementId: params.id, reader: principal, asked: query }),
  }),
});

export const listDeskCases = route({
  id: 'listDeskCases',
  method: 'get',
  path: '/cases',
  summary: 'Cases of all agreements that the reader may see, what runs out first first',
  access: 'cases.read',
  narrows: true,
  query: schemas.deskQuery,
  answers: { 200: { description: 'One page', schema: schemas.deskList } },
  handle: async ({ deps, query, principal, ownOf }) => ({
    status: 200,
    body: await deskOf(deps, { reader: principal, asked: query, ownOf }),
  }),
});

export const getCase = route({
  id: 'getCase',
  method: 'get',
  path: '/agreements/{id}/cases/{case}',
  summary: 'One case with its clocks, its rounds, what comes next and what may be done now',
  access: 'cases.read',
  params: schemas.caseParams,
  answers: { 200: { description: 'The case', schema: schemas.caseView } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await caseView(deps, { agreementId: params.id, id: params.case, reader: principal }),
  }),
});

export const postCase = route({
  id: 'openCase',
  method: 'post',
  path: '/agreements/{id}/cases',
  summary: 'Write down what a customer reported by telephone or otherwise, or make a case of instant feedback',
  access: 'cases.act',
  params: idParams,
  body: bodies.newCase,
  answers: {
    201: { description: 'Its clocks run', schema: schemas.openedCase },
    202: { description: 'Kept; the engine is away. Its clocks run from when it came in', schema: schemas.openedCase },
  },
  handle: (context) => openWritten(context),
});

export const getCaseFigures = route({
  id: 'getCaseFigures',
  method: 'get',
  path: '/agreements/{id}/case-figures',
  summary: 'What contracts measure of the cases of a period, with the cases behind each figure',
  access: 'cases.read',
  params: idParams,
  query: schemas.figuresQuery,
  answers: { 200: { description: 'The figures', schema: schemas.caseFigures } },
  handle: async ({ deps, params, query, principal }) => ({
    status: 200,
    body: await caseFiguresOf(deps, { agreementId: params.id, reader: principal, period: query.period }),
  }),
});

export const postCustomersServed = route({
  id: 'enterCustomersServed',
  method: 'post',
  path: '/agreements/{id}/customers-served',
  summary: 'Enter how many customers were served in a period: what the complaint rate is reckoned against',
  access: 'cases.act',
  params: idParams,
  body: bodies.servedBody,
  answers: { 200: { description: 'Entered', schema: z.object({ period: z.string(), count: z.int() }) } },
  handle: (context) => enterServed(context),
});
