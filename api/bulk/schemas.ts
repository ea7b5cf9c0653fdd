import { z } from 'zod';
import { text } from '../schemas.ts';
import { BULK_ACTS, JOB_ACTS } from './acts.ts';
import { MOST_LINES } from './jobs.ts';

const parties = z.record(z.string(), z.object({ name: z.string(), title: text }));
const reason = z
  .object({ code: z.string(), message: z.string(), cure: z.string() })
  .nullable()
  .meta({ description: 'Why not, and what to do about it' });

/** An act and what it is done to. */
export const bulkBody = z.strictObject({
  act: z.enum(BULK_ACTS),
  ids: z.array(z.uuid()).min(1).max(MOST_LINES).meta({ description: 'Agreements' }),
  personId: z.uuid().optional().meta({ description: 'Who becomes coordinator, for replace-coordinator' }),
});

export const bulkPreview = z
  .object({
    act: z.enum(BULK_ACTS),
    can: z.int(),
    cannot: z.int(),
    items: z.array(z.object({ agreementId: z.uuid(), title: text, parties, status: z.string(), reason })),
  })
  .meta({ id: 'BulkPreview' });

export const bulkJob = z
  .object({
    id: z.uuid(),
    act: z.enum(JOB_ACTS),
    by: z.string().nullable().meta({ description: 'Name of whoever asked; null for a program' }),
    template: z.string().optional(),
    fileName: z.string().optional(),
    start: z.boolean().optional().meta({ description: 'Of an import: what it makes is started as well' }),
    createdAt: z.string().meta({ description: 'ISO 8601, UTC' }),
    stopped: z.boolean().meta({ description: 'Asked to leave what waits' }),
    finishedAt: z.string().nullable(),
    counts: z
      .object({ waiting: z.int(), pending: z.int(), done: z.int(), refused: z.int() })
      .meta({ description: '`pending` lines are stored and go on once engine and worker are back' }),
  })
  .meta({ id: 'BulkJob' });
export const bulkJobPage = z.object({ items: z.array(bulkJob), nextCursor: z.string().nullable() });

export const LINE_STATUSES = ['waiting', 'pending', 'done', 'refused'] as const;
export const bulkLinePage = z.object({
  items: z.array(
    z
      .object({
        number: z.int(),
        line: z.int().optional().meta({ description: 'Row of the table that it came from' }),
        reference: z.string().optional(),
        agreementId: z.uuid(),
        exists: z.boolean(),
        title: text,
        parties,
        status: z.enum(LINE_STATUSES),
        reason,
        settledAt: z.string().nullable(),
      })
      .meta({ id: 'BulkLine' }),
  ),
  nextCursor: z.string().nullable(),
});

const remarks = z.array(
  z.object({
    column: z.string().nullable(),
    code: z.string(),
    value: z.string(),
    message: z.string(),
    cure: z.string(),
  }),
);
export const agreementImport = z
  .object({
    dryRun: z.boolean(),
    job: z.uuid().nullable().meta({ description: 'The job that makes them; null after a dry run' }),
    template: z.string(),
    format: z.string(),
    rows: z.int(),
    ready: z.int().meta({ description: 'Rows that make an agreement' }),
    already: z.int().meta({ description: 'Rows that made an agreement before; left out unless they are wanted again' }),
    errorCount: z.int(),
    columnErrors: remarks,
    columnWarnings: remarks,
    lines: z.array(
      z.object({
        line: z.int(),
        reference: z.string(),
        title: text,
        parties,
        firstDue: z.array(z.object({ title: text, localDate: z.string(), occurrence: z.string().optional() })),
        already: z.object({ agreementId: z.uuid(), at: z.string() }).nullable(),
        errors: remarks,
        warnings: remarks,
      }),
    ),
  })
  .meta({ id: 'AgreementImport' });
