import { RETENTION } from '../../domain/retention.ts';
import { personParams } from '../directory/schemas.ts';
import { findPerson } from '../directory/persons.ts';
import { logAccess, personSubject } from '../privacy/access-log.ts';
import { erasePerson, erasureView } from '../privacy/erasure.ts';
import { personData } from '../privacy/person-data.ts';
import { personalColumns } from '../privacy/personal-data.ts';
import * as schemas from '../privacy/schemas.ts';
import type { Principal } from '../policy.ts';
import { personOf } from '../principal.ts';
import { type RouteDeps, route } from '../route.ts';

export const getMyData = route({
  id: 'getMyData',
  method: 'get',
  path: '/me/data',
  summary: 'Everything that is known about me, where it came from, and who looked at it',
  access: 'self',
  answers: { 200: { description: 'The data', schema: schemas.personData } },
  handle: async ({ deps, principal }) => {
    return { status: 200, body: await dataOf(deps, principal, personOf(principal)) };
  },
});

export const getPersonData = route({
  id: 'getPersonData',
  method: 'get',
  path: '/persons/{personId}/data',
  summary: 'Everything that is known about a person; every view is logged and shown to them',
  access: 'privacy.manage',
  params: personParams,
  answers: { 200: { description: 'The data', schema: schemas.personData } },
  handle: async ({ deps, principal, params }) => ({
    status: 200,
    body: await dataOf(deps, principal, params.personId),
  }),
});

export const postErasure = route({
  id: 'erase',
  method: 'post',
  path: '/persons/{personId}/erasure',
  summary: 'Erase a person’s data for good; histories still replay and evidence still verifies',
  access: 'privacy.manage',
  params: personParams,
  body: schemas.erasureBody,
  answers: { 200: { description: 'What was erased', schema: schemas.erasure } },
  handle: async ({ deps, params, body, principal }) => ({
    status: 200,
    body: erasureView(await erasePerson(deps, { personId: params.personId, ground: body.ground, principal })),
  }),
});

export const getRetention = route({
  id: 'getRetention',
  method: 'get',
  path: '/retention',
  summary: 'What is kept of people, for how long and why',
  access: 'open',
  answers: { 200: { description: 'The rules', schema: schemas.retention } },
  handle: () => Promise.resolve({ status: 200, body: { rules: RETENTION, data: personalColumns() } }),
});

async function dataOf(deps: RouteDeps, principal: Principal, personId: string) {
  const { id, name } = await findPerson(deps.database, personId);
  await logAccess(deps, principal, { action: 'view-data', subject: personSubject(personId) });
  const groups = await personData(deps.database, personId);
  return { person: { id, name }, at: new Date(deps.clock()).toISOString(), groups };
}
