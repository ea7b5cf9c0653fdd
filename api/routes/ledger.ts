import { Readable } from 'node:stream';
import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { type Account, readAccount } from '../ledger/account.ts';
import { ledgerCsv, rowsOf } from '../ledger/table.ts';
import { workbookOf } from '../ledger/workbook.ts';
import { logAccess } from '../privacy/access-log.ts';
import type { Language } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';

const asOf = z.string().refine(isLocalDate, { error: 'invalid-date' }).optional();

export const getLedger = route({
  id: 'getLedger',
  method: 'get',
  path: '/agreements/{id}/ledger',
  summary: 'Money that arose up to the end of a date (today when missing); what is not posted yet is computed',
  access: 'ledger.read',
  params: schemas.idParams,
  query: z.object({ asOf }),
  answers: { 200: { description: 'Lines, each with why it is there, and balances', schema: schemas.ledger } },
  handle: async ({ deps, params, query }) => ({ status: 200, body: await readAccount(deps, params.id, query.asOf) }),
});

const FORMATS = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const;

export const exportLedger = route({
  id: 'exportLedger',
  method: 'get',
  path: '/agreements/{id}/ledger/export',
  summary: 'The same as a file: CSV, XLSX or JSON; every export is logged',
  access: 'ledger.read',
  params: schemas.idParams,
  query: z.object({ format: z.enum(Object.keys(FORMATS) as [keyof typeof FORMATS]).default('csv'), asOf }),
  answers: {
    200: {
      description: 'The file: `text/csv`, a workbook, or JSON, as asked',
      schema: z.string(),
      mediaType: 'text/csv',
    },
  },
  handle: async ({ deps, params, query: { format, asOf: on }, language, principal }) => {
    const account = await readAccount(deps, params.id, on);
    await logAccess(deps, principal, { action: 'export', subject: `ledger/${params.id}`, agreementId: params.id });
    return {
      status: 200,
      headers: {
        'Content-Type': FORMATS[format],
        'Content-Disposition': `attachment; filename="ledger-${account.asOf}.${format}"`,
      },
      stream: Readable.from([fileOf(account, format, language)]),
    };
  },
});

function fileOf(account: Account, format: keyof typeof FORMATS, language: Language): Buffer {
  switch (format) {
    case 'csv':
      return Buffer.from(ledgerCsv(account, language));
    case 'xlsx':
      return workbookOf(rowsOf(account, language), { zh: '台账', en: 'Ledger' }[language]);
    case 'json':
      return Buffer.from(JSON.stringify(account, null, 2));
  }
}
