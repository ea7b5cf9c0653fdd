import { z } from 'zod';
import { text } from '../schemas.ts';

/** What the list of reports answers. */
export const REPORT_KINDS = ['duty', 'survey', 'certificate'] as const;
export const REPORT_STATES = ['due', 'overdue', 'draft', 'sent', 'returned', 'released', 'acknowledged'] as const;

export const reportQuery = z.object({
  kind: z.enum(REPORT_KINDS).default('duty').meta({
    description: '`duty`: reports that contracts ask for; `survey`: of survey cycles; `certificate`: of training',
  }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  state: z
    .enum(['missing', 'there'])
    .optional()
    .meta({ description: '`missing`: due, and not there yet; `there`: handed in, or released' }),
  agreement: z.uuid().optional(),
  from: z.iso
    .date()
    .optional()
    .meta({ description: 'First day, in UTC: of a report that it is due, else that it came' }),
  until: z.iso.date().optional(),
});

const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int() });

export const reportList = z.object({
  items: z.array(
    z
      .object({
        kind: z.enum(REPORT_KINDS),
        id: z.string().meta({ description: 'Unique in the list' }),
        reference: z.string(),
        title: text,
        agreement: z.object({ id: z.uuid(), title: text, zone: z.string(), parties: z.array(z.string()) }),
        state: z.enum(REPORT_STATES).meta({
          description:
            '`draft`: figures are there, nobody released them; `sent`: handed in, under review; `acknowledged`: accepted',
        }),
        dueOn: z.string().nullable(),
        at: z.string().nullable().meta({ description: 'When it was handed in, released or issued' }),
        nil: z.boolean().meta({ description: 'A report that nothing was done: no answer came in' }),
        responsible: text.nullable(),
        person: z.string().nullable().meta({ description: 'Whose certificate it is' }),
        survey: z.uuid().nullable().meta({ description: 'The cycle: report and workbook come from it' }),
        training: z
          .object({ id: z.uuid(), trainee: z.string(), number: z.string() })
          .nullable()
          .meta({ description: 'The certificate as a PDF comes from it' }),
        documents: z.array(document).meta({ description: 'Files that were handed in; for those who read the record' }),
      })
      .meta({ id: 'ReportItem' }),
  ),
  nextCursor: z.string().nullable(),
});
