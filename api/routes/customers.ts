import { z } from 'zod';
import {
  CUSTOMERS_SUBJECT,
  addCustomer,
  changeCustomer,
  customerDetail,
  customerSubject,
  findCustomer,
  listCustomers,
} from '../customers/customers.ts';
import { customersCsv } from '../customers/export.ts';
import { importCustomers } from '../customers/import.ts';
import { customerData, eraseCustomer } from '../customers/privacy.ts';
import * as schemas from '../customers/schemas.ts';
import { derivedId } from '../derived-id.ts';
import { type TableFile, tableReader } from '../directory/table-file.ts';
import { logAccess, loggedActor } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

export const listCustomersRoute = route({
  id: 'listCustomers',
  method: 'get',
  path: '/customers',
  summary: 'Customers, by key; with asOf as a list of that day',
  access: 'directory.read',
  query: schemas.customerQuery,
  answers: { 200: { description: 'One page', schema: schemas.customerPage } },
  handle: async ({ deps, query }) => ({ status: 200, body: await listCustomers(deps.database, query) }),
});

export const createCustomer = route({
  id: 'createCustomer',
  method: 'post',
  path: '/customers',
  summary: 'Add a customer',
  access: 'directory.write',
  body: schemas.newCustomer,
  answers: { 201: { description: 'The customer', schema: schemas.customerDetail } },
  handle: async ({ deps, body, key, principal }) => {
    const id = derivedId('customer', key);
    await addCustomer(deps, principal, { id, ...body });
    return { status: 201, body: await customerDetail(deps.database, id) };
  },
});

export const postCustomerImport = route({
  id: 'importCustomers',
  method: 'post',
  path: '/customers/import',
  summary: 'Bring in customers from CSV or XLSX: at most 5 MiB and 20,000 rows; try it with dryRun first',
  access: 'directory.write',
  files: 'only',
  filesTo: tableReader,
  body: schemas.customerImportBody,
  answers: { 200: { description: 'What was changed, or would be', schema: schemas.customerImport } },
  handle: async ({ deps, body, documents, language, principal }) => {
    const [file] = documents;
    if (!file) throw new Problem('file-missing');
    const dryRun = body.dryRun === 'true';
    const result = await importCustomers(deps.database, file as unknown as TableFile, {
      dryRun,
      skipErrors: body.skipErrors === 'true',
      language,
      reason: body.reason,
      by: loggedActor(principal),
      at: new Date(deps.clock()),
    });
    if (!dryRun) await logAccess(deps, principal, { action: 'import', subject: CUSTOMERS_SUBJECT });
    return { status: 200, body: result };
  },
});

export const getCustomersExport = route({
  id: 'exportCustomers',
  method: 'get',
  path: '/customers/export.csv',
  summary: 'Customers as CSV, as the import takes it; every export is logged',
  access: 'directory.read',
  answers: { 200: { description: 'The table', schema: z.string(), mediaType: 'text/csv' } },
  handle: async ({ deps, language, principal }) => {
    await logAccess(deps, principal, { action: 'export', subject: CUSTOMERS_SUBJECT });
    return {
      status: 200,
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="customers.csv"',
      },
      stream: customersCsv(deps.database, language),
    };
  },
});

export const getCustomer = route({
  id: 'getCustomer',
  method: 'get',
  path: '/customers/{customerId}',
  summary: 'One customer: changes of its tier, cycles in which it was drawn, visits',
  access: 'directory.read',
  params: schemas.customerParams,
  answers: { 200: { description: 'The customer', schema: schemas.customerDetail } },
  handle: async ({ deps, params }) => ({ status: 200, body: await customerDetail(deps.database, params.customerId) }),
});

export const changeCustomerRoute = route({
  id: 'changeCustomer',
  method: 'patch',
  path: '/customers/{customerId}',
  summary: 'Change a customer, its tier with a reason; record that it asked not to be surveyed; archive it',
  access: 'directory.write',
  params: schemas.customerParams,
  body: schemas.changedCustomer,
  answers: { 200: { description: 'The customer', schema: schemas.customerDetail } },
  handle: async ({ deps, params, body, principal }) => {
    await changeCustomer(deps, principal, params.customerId, body);
    return { status: 200, body: await customerDetail(deps.database, params.customerId) };
  },
});

export const getCustomerData = route({
  id: 'getCustomerData',
  method: 'get',
  path: '/customers/{customerId}/data',
  summary: 'Everything that is known about a customer; every view is logged',
  access: 'privacy.manage',
  params: schemas.customerParams,
  answers: { 200: { description: 'The data', schema: schemas.customerData } },
  handle: async ({ deps, params, principal }) => {
    const { id, name } = await findCustomer(deps.database, params.customerId);
    await logAccess(deps, principal, { action: 'view-data', subject: customerSubject(id) });
    const groups = await customerData(deps.database, id);
    return { status: 200, body: { customer: { id, name }, at: new Date(deps.clock()).toISOString(), groups } };
  },
});

export const postCustomerErasure = route({
  id: 'eraseCustomer',
  method: 'post',
  path: '/customers/{customerId}/erasure',
  summary: 'Erase what leads to a customer for good; figures and histories hold',
  access: 'privacy.manage',
  params: schemas.customerParams,
  body: schemas.customerErasureBody,
  answers: { 200: { description: 'What was erased', schema: schemas.customerErasure } },
  handle: async ({ deps, params, body, principal }) => ({
    status: 200,
    body: await eraseCustomer(deps, { customerId: params.customerId, ground: body.ground, principal }),
  }),
});
