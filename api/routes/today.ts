import { route } from '../route.ts';
import { figuresFor } from '../today/figures.ts';
import { todayFor } from '../today/listing.ts';
import { figures, today, todayQuery } from '../today/schema.ts';

export const getToday = route({
  id: 'getToday',
  method: 'get',
  path: '/today',
  summary: 'What is due, late and waited for, of everything that one may see, by how urgent it is',
  access: 'agreements.read',
  narrows: true,
  query: todayQuery,
  answers: { 200: { description: 'The first items of each group, or one page of one group', schema: today } },
  handle: async ({ deps, query, principal, ownOf }) => ({
    status: 200,
    body: await todayFor(deps, { principal, ownOf }, query),
  }),
});

export const getTodayFigures = route({
  id: 'getTodayFigures',
  method: 'get',
  path: '/today/figures',
  summary: 'How many agreements and obligations there are by status',
  access: 'agreements.read',
  narrows: true,
  answers: { 200: { description: 'Statuses that something has', schema: figures } },
  handle: async ({ deps, ownOf }) => ({ status: 200, body: await figuresFor(deps, ownOf) }),
});
