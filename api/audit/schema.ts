import { z } from 'zod';
import { PROCESS_TYPES } from '../../domain/process/process.ts';
import { eventPage, idParams, noticePage } from '../schemas.ts';

const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const iso = z.string().meta({ description: "ISO 8601 with the offset of the agreement's zone" });

export const WORKFLOW_TYPES = ['agreement', ...PROCESS_TYPES] as const;

export const narrativeQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(600).optional(),
  type: z
    .enum(WORKFLOW_TYPES)
    .optional()
    .meta({ description: 'What it happened to: the agreement itself, its surveys …' }),
  workflow: z.string().max(400).optional().meta({ description: 'One workflow id alone' }),
  by: z.enum(['people', 'clock']).optional().meta({ description: 'What people did, or what time brought about' }),
  notices: z.enum(['with', 'without', 'only']).default('with'),
  from: localDate.optional().meta({ description: "First day, in the agreement's zone" }),
  until: localDate.optional().meta({ description: 'Last day, included' }),
});

const text = z.object({ zh: z.string(), en: z.string() });
const paragraph = z.object({
  number: z.int().meta({ description: 'Its place in what was asked for, from 1' }),
  workflowId: z.string(),
});

export const narrativePage = z.object({
  items: z.array(
    z
      .discriminatedUnion('of', [
        paragraph.extend({
          of: z.literal('event'),
          type: z.enum(WORKFLOW_TYPES),
          process: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
          told: text.meta({ description: 'What happened, in a word' }),
          event: eventPage.shape.items.element,
        }),
        paragraph.extend({
          of: z.literal('notice'),
          type: z.enum(WORKFLOW_TYPES),
          notice: noticePage.shape.items.element.extend({
            name: z.string().nullable().meta({ description: 'Who was written to' }),
            messageId: z.string(),
            bouncedAt: iso.nullable(),
          }),
        }),
      ])
      .meta({ id: 'Paragraph' }),
  ),
  total: z.int().meta({ description: 'Paragraphs of what was asked for, on all pages' }),
  nextCursor: z.string().nullable(),
});

const finding = z.object({
  what: z.string(),
  where: z.string(),
  expected: z.unknown(),
  found: z.unknown(),
});

export const auditRun = z
  .object({
    id: z.uuid(),
    workflowId: z.string().nullable(),
    status: z.enum(['waiting', 'running', 'done', 'failed', 'interrupted']),
    step: z.enum(['replaying', 'comparing']),
    done: z.int(),
    total: z.int(),
    askedAt: iso,
    endedAt: iso.nullable(),
    by: z.string().nullable(),
    code: z.object({ version: z.string(), bundle: z.string(), sdk: z.string() }).nullable(),
    verdict: z.enum(['identical', 'different', 'incomplete']).nullable(),
    failure: z.string().nullable(),
  })
  .meta({ id: 'AuditRun', description: 'A replay that was asked for: how far it is, or what it came to' });

export const auditRunView = auditRun
  .extend({
    result: z
      .object({
        workflows: z.array(
          z.looseObject({ workflowId: z.string(), verdict: z.enum(['identical', 'different', 'incomplete']) }),
        ),
        checks: z
          .array(
            z.object({
              check: z.string(),
              result: z.enum(['agrees', 'differs', 'skipped']),
              compared: z.int(),
              findings: z.array(finding),
              more: z.int(),
            }),
          )
          .nullable()
          .meta({ description: 'The database held against the histories; of a replay of all alone' }),
      })
      .nullable(),
  })
  .meta({ id: 'AuditRunResult' });

export const audit = z
  .object({
    events: z.int(),
    notices: z.int(),
    documents: z.object({ count: z.int(), bytes: z.int() }),
    /** Of the key that signs bundles. */
    fingerprint: z.string(),
    workflows: z.array(
      z.object({
        workflowId: z.string(),
        type: z.enum(WORKFLOW_TYPES),
        id: z.uuid().nullable(),
        reference: z.string().nullable(),
        status: z.string(),
        events: z.int(),
        head: z
          .string()
          .nullable()
          .meta({ description: 'Hash of its last event: whoever knows it knows all before it' }),
        runs: z.int(),
        archived: z.int(),
      }),
    ),
    runs: z.array(auditRun).meta({ description: 'Replays that were asked for, the last one first; ten at most' }),
  })
  .meta({ id: 'Audit' });

export const auditRunParams = idParams.extend({ run: z.uuid() });
export const auditRunBody = z.strictObject({
  workflowId: z
    .string()
    .max(400)
    .optional()
    .meta({ description: 'One workflow alone; else all, and the database against them' }),
});
