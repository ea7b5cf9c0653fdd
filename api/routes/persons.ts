import { z } from 'zod';
import { delegateAll, recallAll } from '../directory/absence.ts';
import { depart, departurePreview } from '../directory/departure.ts';
import { organisationPaths } from '../directory/organisations.ts';
import { addPerson, changePerson, colleaguesOf, findPerson, listPersons, personView } from '../directory/persons.ts';
import * as schemas from '../directory/schemas.ts';
import { agreementName, seatTitle, seatsHeld, standInsOf } from '../directory/seats-held.ts';
import { derivedId } from '../derived-id.ts';
import { reachOf } from '../policy.ts';
import { personOf } from '../principal.ts';
import { Problem } from '../problem.ts';
import { type Answer, type RouteDeps, route } from '../route.ts';

export const listPersonsRoute = route({
  id: 'listPersons',
  method: 'get',
  path: '/persons',
  summary: 'People, by name',
  access: 'directory.read',
  query: schemas.personQuery,
  answers: { 200: { description: 'One page', schema: schemas.personPage } },
  handle: async ({ deps, query }) => ({ status: 200, body: await listPersons(deps.database, query) }),
});

export const getPerson = route({
  id: 'getPerson',
  method: 'get',
  path: '/persons/{personId}',
  summary: 'One person: seats with what waits for them, deputies, for whom they stand in',
  access: 'directory.read',
  params: schemas.personParams,
  answers: { 200: { description: 'The person', schema: schemas.person } },
  handle: async ({ deps, params }) => ({ status: 200, body: await personDetail(deps, params.personId) }),
});

export const getMyPerson = route({
  id: 'getMyPerson',
  method: 'get',
  path: '/me/person',
  summary: 'Oneself in the directory: seats, deputies, for whom one stands in',
  access: 'self',
  answers: { 200: { description: 'The person', schema: schemas.person } },
  handle: async ({ deps, principal }) => ({ status: 200, body: await personDetail(deps, personOf(principal)) }),
});

export const createPerson = route({
  id: 'createPerson',
  method: 'post',
  path: '/persons',
  summary: 'Add somebody to an organisation',
  access: 'directory.write',
  body: schemas.newPerson,
  answers: { 201: { description: 'The person', schema: schemas.person } },
  handle: async ({ deps, body, key }) => {
    const id = derivedId('person', key);
    await addPerson(deps.database, id, body);
    return { status: 201, body: await personDetail(deps, id) };
  },
});

export const changePersonRoute = route({
  id: 'changePerson',
  method: 'patch',
  path: '/persons/{personId}',
  summary: 'Change name, address, language, zone or organisation; bring back somebody who had left',
  access: 'directory.write',
  params: schemas.personParams,
  body: schemas.changedPerson,
  answers: { 200: { description: 'The person', schema: schemas.person } },
  handle: async ({ deps, params, body, principal }) => {
    await changePerson(deps, principal, params.personId, body);
    return { status: 200, body: await personDetail(deps, params.personId) };
  },
});

export const getDeparture = route({
  id: 'getDeparture',
  method: 'get',
  path: '/persons/{personId}/departure',
  summary: 'What it would mean if they left: which duties wait, and who has to be found',
  access: 'directory.read',
  params: schemas.personParams,
  answers: { 200: { description: 'The plan', schema: schemas.departure } },
  handle: async ({ deps, params }) => ({ status: 200, body: await departurePreview(deps, params.personId) }),
});

export const postDeparture = route({
  id: 'depart',
  method: 'post',
  path: '/persons/{personId}/departure',
  summary: 'They leave: access ends, and every duty gets a new owner',
  access: 'directory.write',
  params: schemas.personParams,
  body: schemas.departureBody,
  answers: {
    200: { description: 'Every duty with its new owner', schema: schemas.departure },
    202: {
      description:
        'Access has ended; some handovers wait for engine or worker. The same key again says how far they are',
      schema: schemas.departure,
    },
  },
  handle: async ({ deps, params, body, key, again, principal }) => {
    const { personId } = params;
    return answerOf(await depart(deps, { personId, order: body, principal, key, again }));
  },
});

const ABSENCE_ANSWERS = {
  200: { description: 'What became of it in each agreement', schema: schemas.absence },
  202: {
    description: 'Some wait for engine or worker; the same key again says how far they are',
    schema: schemas.absence,
  },
};

export const postAbsence = route({
  id: 'delegateAll',
  method: 'post',
  path: '/persons/{personId}/absences',
  summary: 'Somebody stands in for a person in all agreements, or in those that are named',
  access: 'directory.write',
  params: schemas.personParams,
  body: schemas.absenceBody,
  answers: ABSENCE_ANSWERS,
  handle: async ({ deps, params, body, key, again, principal }) =>
    answerOf(await delegateAll(deps, { personId: params.personId, principal, key, again }, body)),
});

export const deleteAbsences = route({
  id: 'recallAll',
  method: 'delete',
  path: '/persons/{personId}/absences',
  summary: 'They are back: whatever stands in for them ends, in all agreements',
  access: 'directory.write',
  params: schemas.personParams,
  body: z.strictObject({}),
  answers: ABSENCE_ANSWERS,
  handle: async ({ deps, params, key, again, principal }) =>
    answerOf(await recallAll(deps, { personId: params.personId, principal, key, again })),
});

export const postMyAbsence = route({
  id: 'delegateMine',
  method: 'post',
  path: '/me/absences',
  summary: 'Somebody stands in for me in all agreements in which I fill a seat, or in those that are named',
  access: 'agreements.act',
  narrows: true,
  body: schemas.absenceBody,
  answers: ABSENCE_ANSWERS,
  handle: async ({ deps, body, key, again, principal }) => {
    const personId = personOf(principal);
    const isFreeToChoose = reachOf('directory.read', principal) === 'all';
    const colleagues = isFreeToChoose ? [] : await colleaguesOf(deps.database, personId);
    if (!isFreeToChoose && !colleagues.some(({ id }) => id === body.deputy)) throw new Problem('unknown-person');
    return answerOf(await delegateAll(deps, { personId, principal, key, again }, body));
  },
});

export const listColleagues = route({
  id: 'listColleagues',
  method: 'get',
  path: '/me/colleagues',
  summary: 'Who could stand in for me: people of my organisation',
  access: 'agreements.act',
  narrows: true,
  answers: { 200: { description: 'Names, without addresses', schema: schemas.colleagues } },
  handle: async ({ deps, principal }) => ({
    status: 200,
    body: { items: await colleaguesOf(deps.database, personOf(principal)) },
  }),
});

export const deleteMyAbsences = route({
  id: 'recallMine',
  method: 'delete',
  path: '/me/absences',
  summary: 'I am back: whatever stands in for me ends',
  access: 'agreements.act',
  narrows: true,
  body: z.strictObject({}),
  answers: ABSENCE_ANSWERS,
  handle: async ({ deps, key, again, principal }) =>
    answerOf(await recallAll(deps, { personId: personOf(principal), principal, key, again })),
});

async function personDetail({ database, clock }: Pick<RouteDeps, 'database' | 'clock'>, id: string) {
  const row = await findPerson(database, id);
  const [paths, seats, absences, deputyships] = await Promise.all([
    organisationPaths(database),
    seatsHeld(database, id),
    standInsOf(database, { absentId: id }, clock()),
    standInsOf(database, { deputyId: id }, clock()),
  ]);
  return {
    ...personView(row, paths),
    account: row.user && { disabled: row.user.disabledAt !== null },
    seats: seats.map(({ agreement, seat, duties }) => ({
      ...agreementName(agreement),
      seat,
      seatTitle: seatTitle(agreement, seat),
      duties,
    })),
    absences,
    deputyships,
  };
}

function answerOf(body: { status: 'applied' | 'pending' }): Answer {
  return { status: body.status === 'pending' ? 202 : 200, body };
}
