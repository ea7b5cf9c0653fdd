import { z } from 'zod';

/** What is looked at, in the order in which it is told. */
export const SYSTEM_PARTS = [
  'api',
  'database',
  'engine',
  'worker',
  'mail',
  'webhooks',
  'archive',
  'disk',
  'calendars',
  'administrators',
] as const;

/** What can be wrong; the page has a cure for each. */
export const SYSTEM_PROBLEMS = [
  'not-answering',
  'migrations-missing',
  'commands-waiting',
  'clock-apart',
  'engine-clock-apart',
  'workers-not-told',
  'no-worker',
  'worker-silent',
  'worker-other-code',
  'backlog',
  'mail-waiting',
  'mail-refused',
  'webhooks-failing',
  'webhooks-given-up',
  'archive-never',
  'archive-late',
  'archive-failed',
  'archive-unreadable',
  'archive-missing',
  'disk-full',
  'disk-filling',
  'calendar-provisional',
  'no-administrator',
  'one-administrator',
] as const;
export type SystemProblem = (typeof SYSTEM_PROBLEMS)[number];

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const system = z
  .object({
    state: z.enum(['ok', 'warning', 'bad']),
    at: z.string().meta({ description: 'ISO 8601, UTC: when it was looked at' }),
    temporalUiUrl: z.string().nullable(),
    parts: z.array(
      z.object({
        part: z.enum(SYSTEM_PARTS),
        state: z.enum(['ok', 'warning', 'bad']),
        facts: z.record(z.string(), value).meta({ description: 'Numbers, instants (ISO 8601, UTC), versions' }),
        problems: z.array(
          z.object({
            problem: z.enum(SYSTEM_PROBLEMS),
            severity: z.enum(['warning', 'bad']),
            values: z.record(z.string(), value),
            /** What is affected, by id. */
            named: z.array(z.string()),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'System' });
