import { Readable } from 'node:stream';
import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { DEFAULT_ZONE } from '../../templates/draft.ts';
import { findTemplate } from '../../templates/library.ts';
import { agreementFilter, filterSql } from '../agreements/filter.ts';
import { SORTS } from '../agreements/listing.ts';
import { agreementsCsv, agreementsWorkbook } from '../bulk/export.ts';
import { importAgreements } from '../bulk/import.ts';
import { beginJob, jobDetail, jobLines, listJobs, previewJob, stopJob } from '../bulk/jobs.ts';
import * as schemas from '../bulk/schemas.ts';
import { templateFile } from '../bulk/template-file.ts';
import { XLSX } from '../bulk/workbook.ts';
import { findPresent } from '../directory/persons.ts';
import { type TableFile, tableReader } from '../directory/table-file.ts';
import { logAccess } from '../privacy/access-log.ts';
import { Problem, inputProblem } from '../problem.ts';
import { type RouteDeps, route } from '../route.ts';
import { pageQuery } from '../schemas.ts';

const flag = z.enum(['true', 'false']).default('false');
const jobParams = z.object({ job: z.uuid() });
const attachment = (name: string) => `attachment; filename="${name}"`;

/** Whoever shall become coordinator must be there. @throws Problem `invalid-request`, `unknown-person`, `person-left` */
async function optionsOf({ database }: RouteDeps, { act, personId }: z.output<typeof schemas.bulkBody>) {
  if (act !== 'replace-coordinator') return {};
  if (personId !== undefined) return { personId: (await findPresent(database, personId)).id };
  throw new Problem('invalid-request', {
    errors: [
      {
        path: 'personId',
        message: { zh: '未填写新的项目协调人', en: 'is missing: who becomes coordinator' },
        cure: { zh: '请在通讯录中选择一人', en: 'choose somebody of the directory' },
      },
    ],
  });
}

export const postBulkPreview = route({
  id: 'previewBulk',
  method: 'post',
  path: '/bulk/preview',
  summary: 'What an act would do to agreements: to which it can be done, and why not to the others. Changes nothing',
  access: 'agreements.manage',
  changesNothing: true,
  body: schemas.bulkBody,
  answers: { 200: { description: 'One item an agreement', schema: schemas.bulkPreview } },
  handle: async ({ deps, body, language }) => {
    const options = await optionsOf(deps, body);
    return { status: 200, body: await previewJob(deps, { act: body.act, ids: body.ids, options }, language) };
  },
});

export const postBulkJob = route({
  id: 'startBulk',
  method: 'post',
  path: '/bulk/jobs',
  summary: 'Do something to many agreements: kept as a job, carried out line by line, also after a restart',
  access: 'agreements.manage',
  body: schemas.bulkBody,
  answers: { 201: { description: 'The job', schema: schemas.bulkJob } },
  handle: async ({ deps, body, key, principal }) => {
    const options = await optionsOf(deps, body);
    const id = await beginJob(deps, { key, act: body.act, ids: body.ids, options, by: principal });
    return { status: 201, body: await jobDetail(deps, id) };
  },
});

export const getBulkJobs = route({
  id: 'listBulkJobs',
  method: 'get',
  path: '/bulk/jobs',
  summary: 'Jobs on many agreements, newest first, with how far they are',
  access: 'agreements.manage',
  query: pageQuery,
  answers: { 200: { description: 'One page', schema: schemas.bulkJobPage } },
  handle: async ({ deps, query }) => ({ status: 200, body: await listJobs(deps, query) }),
});

export const getBulkJob = route({
  id: 'getBulkJob',
  method: 'get',
  path: '/bulk/jobs/{job}',
  summary: 'How far a job is',
  access: 'agreements.manage',
  params: jobParams,
  answers: { 200: { description: 'The job', schema: schemas.bulkJob } },
  handle: async ({ deps, params }) => ({ status: 200, body: await jobDetail(deps, params.job) }),
});

export const getBulkLines = route({
  id: 'listBulkLines',
  method: 'get',
  path: '/bulk/jobs/{job}/lines',
  summary: 'What became of each agreement of a job: done, or refused with the reason',
  access: 'agreements.manage',
  params: jobParams,
  query: pageQuery.extend({ status: z.enum(schemas.LINE_STATUSES).optional() }),
  answers: { 200: { description: 'One page', schema: schemas.bulkLinePage } },
  handle: async ({ deps, params, query, language }) => ({
    status: 200,
    body: await jobLines(deps, params.job, query, language),
  }),
});

export const postBulkStop = route({
  id: 'stopBulk',
  method: 'post',
  path: '/bulk/jobs/{job}/stop',
  summary: 'Leave what waits of a job undone; what was done stays',
  access: 'agreements.manage',
  params: jobParams,
  body: z.strictObject({}),
  answers: { 200: { description: 'The job', schema: schemas.bulkJob } },
  handle: async ({ deps, params }) => {
    await stopJob(deps, params.job);
    return { status: 200, body: await jobDetail(deps, params.job) };
  },
});

export const getAgreementsExport = route({
  id: 'exportAgreements',
  method: 'get',
  path: '/bulk/export',
  summary: 'The agreements that a filter leaves as CSV or XLSX, with what is due next in each; every export is logged',
  access: 'agreements.read',
  narrows: true,
  query: agreementFilter.extend({
    sort: z.enum(SORTS).default('newest'),
    format: z.enum(['csv', 'xlsx']).default('csv'),
  }),
  answers: { 200: { description: 'The table', schema: z.string(), mediaType: 'text/csv' } },
  handle: async ({ deps, query, language, principal, ownOf }) => {
    const { sort, format, ...filter } = query;
    const chosen = { where: await filterSql(deps, filter, ownOf), sort };
    const stream = format === 'csv' ? agreementsCsv(deps, chosen, language) : null;
    const bytes = stream ? null : await agreementsWorkbook(deps, chosen, language);
    await logAccess(deps, principal, { action: 'export', subject: 'agreements' });
    const type = format === 'csv' ? 'text/csv; charset=utf-8' : XLSX;
    return {
      status: 200,
      headers: { 'Content-Type': type, 'Content-Disposition': attachment(`agreements.${format}`) },
      stream: stream ?? Readable.from([bytes]),
    };
  },
});

export const getImportTable = route({
  id: 'getImportTable',
  method: 'get',
  path: '/bulk/import-table',
  summary: 'The workbook that agreements of a template are brought in with: columns with hints, an example, lists',
  access: 'agreements.manage',
  query: z.object({ template: z.string().max(100) }),
  answers: { 200: { description: 'The workbook', schema: z.string(), mediaType: XLSX } },
  handle: ({ query, language }) => {
    const found = findTemplate(query.template);
    if ('problem' in found) throw inputProblem([found.problem]);
    const bytes = templateFile(found.template, language);
    return Promise.resolve({
      status: 200,
      headers: { 'Content-Type': XLSX, 'Content-Disposition': attachment(`${found.template.id}.xlsx`) },
      stream: Readable.from([bytes]),
    });
  },
});

export const postAgreementImport = route({
  id: 'importAgreements',
  method: 'post',
  path: '/bulk/import',
  summary: 'Agreements from a table (CSV or XLSX, one a row): try it with dryRun first; else a job makes them',
  access: 'agreements.manage',
  files: 'only',
  filesTo: tableReader,
  body: z.strictObject({
    template: z.string().max(100),
    zone: z.string().max(100).default(DEFAULT_ZONE),
    signedOn: z.string().refine(isLocalDate, { error: 'invalid-date' }).optional(),
    dryRun: flag,
    start: flag,
    again: flag,
  }),
  answers: { 200: { description: 'What each row makes, or would make', schema: schemas.agreementImport } },
  handle: async ({ deps, body, documents, key, language, principal }) => {
    const [file] = documents;
    if (!file) throw new Problem('file-missing');
    const { template, zone, signedOn } = body;
    const order = {
      ...{ template, zone, signedOn },
      dryRun: body.dryRun === 'true',
      start: body.start === 'true',
      again: body.again === 'true',
    };
    const result = await importAgreements(deps, file as unknown as TableFile & { fileName: string }, order, {
      ...{ key, language },
      by: principal,
    });
    return { status: 200, body: result };
  },
});
