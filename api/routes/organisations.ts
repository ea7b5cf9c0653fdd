import {
  addOrganisation,
  changeOrganisation,
  listOrganisations,
  organisationView,
} from '../directory/organisations.ts';
import * as schemas from '../directory/schemas.ts';
import { derivedId } from '../derived-id.ts';
import { route } from '../route.ts';

export const listOrganisationsRoute = route({
  id: 'listOrganisations',
  method: 'get',
  path: '/organisations',
  summary: 'Organisations and their departments, by name',
  access: 'directory.read',
  query: schemas.organisationQuery,
  answers: { 200: { description: 'One page', schema: schemas.organisationPage } },
  handle: async ({ deps, query }) => ({ status: 200, body: await listOrganisations(deps.database, query) }),
});

export const getOrganisation = route({
  id: 'getOrganisation',
  method: 'get',
  path: '/organisations/{organisationId}',
  summary: 'One organisation',
  access: 'directory.read',
  params: schemas.organisationParams,
  answers: { 200: { description: 'The organisation', schema: schemas.organisation } },
  handle: async ({ deps, params }) => ({
    status: 200,
    body: await organisationView(deps.database, params.organisationId),
  }),
});

export const createOrganisation = route({
  id: 'createOrganisation',
  method: 'post',
  path: '/organisations',
  summary: 'Add an organisation, or a department of one',
  access: 'directory.write',
  body: schemas.newOrganisation,
  answers: { 201: { description: 'The organisation', schema: schemas.organisation } },
  handle: async ({ deps, body, key }) => {
    const id = derivedId('organisation', key);
    await addOrganisation(deps.database, { id, name: body.name, parentId: body.parentId ?? null });
    return { status: 201, body: await organisationView(deps.database, id) };
  },
});

export const changeOrganisationRoute = route({
  id: 'changeOrganisation',
  method: 'patch',
  path: '/organisations/{organisationId}',
  summary: 'Rename an organisation, put it elsewhere in the tree, archive or restore it',
  access: 'directory.write',
  params: schemas.organisationParams,
  body: schemas.changedOrganisation,
  answers: { 200: { description: 'The organisation', schema: schemas.organisation } },
  handle: async ({ deps, params, body }) => {
    await changeOrganisation(deps.database, params.organisationId, body, new Date(deps.clock()));
    return { status: 200, body: await organisationView(deps.database, params.organisationId) };
  },
});
