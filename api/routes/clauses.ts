import { agreementsWith } from '../clauses/agreements.ts';
import { clauseView, clausesOf } from '../clauses/listing.ts';
import * as schemas from '../clauses/schema.ts';
import { route } from '../route.ts';

export const listClauses = route({
  id: 'listClauses',
  method: 'get',
  path: '/clauses',
  summary: 'The ledger of clauses: every clause of the sources, and what the product does about it',
  access: 'templates.read',
  query: schemas.clauseQuery,
  answers: { 200: { description: 'One page', schema: schemas.clauseList } },
  handle: ({ query }) => Promise.resolve({ status: 200, body: clausesOf(query) }),
});

export const getClause = route({
  id: 'getClause',
  method: 'get',
  path: '/clauses/{clause}',
  summary: 'One clause: what bears it in which template, which examples show it, how we read it',
  access: 'templates.read',
  params: schemas.clauseParams,
  answers: { 200: { description: 'The clause', schema: schemas.clause } },
  handle: ({ params }) => Promise.resolve({ status: 200, body: clauseView(params.clause) }),
});

export const listClauseAgreements = route({
  id: 'listClauseAgreements',
  method: 'get',
  path: '/clauses/{clause}/agreements',
  summary: 'Running agreements that have a clause, with the open duties that rest on it',
  access: 'agreements.read',
  narrows: true,
  params: schemas.clauseParams,
  query: schemas.clauseAgreementsQuery,
  answers: { 200: { description: 'One page, newest first', schema: schemas.clauseAgreements } },
  handle: async ({ deps, params, query, ownOf }) => ({
    status: 200,
    body: await agreementsWith(deps, { clause: params.clause, asked: query, ownOf }),
  }),
});
