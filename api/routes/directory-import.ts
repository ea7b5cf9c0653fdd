import { z } from 'zod';
import { directoryCsv } from '../directory/export.ts';
import { importDirectory } from '../directory/import.ts';
import * as schemas from '../directory/schemas.ts';
import { type TableFile, tableReader } from '../directory/table-file.ts';
import { DIRECTORY_SUBJECT, logAccess } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

const flag = z.enum(['true', 'false']).default('false');

export const postDirectoryImport = route({
  id: 'importDirectory',
  method: 'post',
  path: '/directory/import',
  summary:
    'Bring in organisations and people from CSV or XLSX: at most 5 MiB and 20,000 rows; try it with dryRun first',
  access: 'directory.write',
  files: 'only',
  filesTo: tableReader,
  body: z.strictObject({ dryRun: flag, skipErrors: flag }),
  answers: { 200: { description: 'What was changed, or would be', schema: schemas.importResult } },
  handle: async ({ deps, body, documents, language, principal }) => {
    const [file] = documents;
    if (!file) throw new Problem('file-missing');
    const dryRun = body.dryRun === 'true';
    const skipErrors = body.skipErrors === 'true';
    const result = await importDirectory(deps.database, file as unknown as TableFile, { dryRun, skipErrors, language });
    if (!dryRun) await logAccess(deps, principal, { action: 'import', subject: DIRECTORY_SUBJECT });
    return { status: 200, body: result };
  },
});

export const getDirectoryExport = route({
  id: 'exportDirectory',
  method: 'get',
  path: '/directory/export.csv',
  summary: 'Organisations and people as CSV, as the import takes it; every export is logged',
  access: 'directory.read',
  answers: { 200: { description: 'The table', schema: z.string(), mediaType: 'text/csv' } },
  handle: async ({ deps, language, principal }) => {
    await logAccess(deps, principal, { action: 'export', subject: DIRECTORY_SUBJECT });
    return {
      status: 200,
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="directory.csv"',
      },
      stream: directoryCsv(deps.database, language),
    };
  },
});
