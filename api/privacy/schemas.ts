import { z } from 'zod';
import { pageQuery, text } from '../schemas.ts';
import { LOGGED_ACTIONS } from './access-log.ts';
import { ERASURE_GROUNDS } from './erasure.ts';

export const personData = z
  .object({
    person: z.object({ id: z.uuid(), name: z.string() }),
    at: z.string(),
    groups: z.array(
      z.object({
        group: z.string(),
        title: text,
        source: text.meta({ description: 'Where it came from' }),
        tables: z.array(z.string()),
        items: z.array(z.unknown()),
        more: z.int().meta({ description: 'Beyond the 2000 that are listed' }),
      }),
    ),
  })
  .meta({ id: 'PersonData' });

export const erasureBody = z.strictObject({ ground: z.enum(ERASURE_GROUNDS) });
export const erasure = z
  .object({
    personId: z.uuid(),
    at: z.string(),
    ground: z.enum(ERASURE_GROUNDS),
    done: z.record(z.string(), z.int()).meta({ description: 'Rows by table; nothing of what was erased' }),
  })
  .meta({ id: 'Erasure' });

export const retention = z
  .object({
    rules: z.array(
      z.object({
        id: z.string(),
        what: text,
        days: z.int().nullable().meta({ description: 'null: nothing is removed by itself' }),
        from: text,
        why: text,
        ground: text,
      }),
    ),
    data: z
      .array(
        z.object({
          table: z.string(),
          column: z.string(),
          kind: text,
          erasure: z.enum(['replaced', 'deleted', 'kept']),
        }),
      )
      .meta({ description: 'Every column that holds something of a person, and what an erasure does to it' }),
  })
  .meta({ id: 'Retention' });

export const accessLogQuery = pageQuery.extend({
  person: z.uuid().optional().meta({ description: 'Data about this person' }),
  by: z.uuid().optional().meta({ description: 'What this person looked at' }),
  agreement: z.uuid().optional(),
  action: z.enum(LOGGED_ACTIONS).optional(),
  from: z.iso.date().optional().meta({ description: 'The first day, UTC' }),
  until: z.iso.date().optional().meta({ description: 'The last day, UTC' }),
});
export const accessLogPage = z.object({
  items: z.array(
    z
      .object({
        id: z.uuid(),
        at: z.string().meta({ description: 'UTC' }),
        action: z.string(),
        subject: z.string(),
        subjectName: z.string().nullable(),
        agreementId: z.uuid().nullable(),
        outcome: z.string(),
        addressHash: z
          .string()
          .nullable()
          .meta({ description: 'SHA-256 of the address that was replaced, or that a fresh link went to' }),
        actor: z.looseObject({ name: z.string().nullable() }),
      })
      .meta({ id: 'AccessLogEntry' }),
  ),
  nextCursor: z.string().nullable(),
});
