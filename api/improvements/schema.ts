import { z } from 'zod';
import { FINDING_PRIORITIES, FINDING_SOURCES } from '../../domain/improvement/command.ts';
import { eventPage, idParams, pageQuery, text } from '../schemas.ts';

/** What the board of improvements and one of them answer. Dates are the agreement's own, instants bear its offset. */
const iso = z.string();
const date = z.string();
const clauses = z.array(z.string());
const decimal = z.string();
const seat = z.object({ seat: z.string(), title: text });
const due = z.object({ dueAt: iso, localDate: date });
const titled = z.object({ id: z.string(), title: text });
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });
const words = z.string().nullable();

export const IMPROVEMENT_STATUSES = [
  'starting',
  'raised',
  'classified',
  'planned',
  'approved',
  'implemented',
  'effective',
  'closed',
  'merged',
  'dismissed',
  'cancelled',
] as const;

/** What may be done to an improvement: the last part of the address of each act. */
export const IMPROVEMENT_ACTS = [
  'classify',
  'merge',
  'dismiss',
  'investigate',
  'plan',
  'approve',
  'reject',
  'complete',
  'check',
  'verify',
  'answer-customers',
  'customer-verdict',
  'publish',
  'close',
] as const;
export type ImprovementAct = (typeof IMPROVEMENT_ACTS)[number];

export const improvementParams = idParams.extend({
  improvement: z.uuid().meta({ description: 'Its `id` on the board' }),
});

export const boardQuery = z.object({
  status: z
    .enum([...IMPROVEMENT_STATUSES, 'open'])
    .optional()
    .meta({ description: '`open`: all that is not over' }),
  priority: z.enum(FINDING_PRIORITIES).optional(),
  department: z.string().max(100).optional().meta({ description: 'The seat that plans' }),
  source: z.enum(FINDING_SOURCES).optional(),
  overdue: z.enum(['true', 'false']).optional(),
});

const summary = {
  id: z.uuid(),
  reference: z.string(),
  title: z.string().nullable().meta({ description: 'What was found, as whoever raised it wrote it' }),
  status: z.enum(IMPROVEMENT_STATUSES),
  source: z.enum(FINDING_SOURCES),
  about: z
    .string()
    .nullable()
    .meta({ examples: ['quarterly-survey#2027-Q1'] }),
  dimension: titled.nullable(),
  category: z.string().nullable(),
  score: z.number().nullable().meta({ description: 'frequency × severity × customer weight' }),
  priority: z.enum(FINDING_PRIORITIES).nullable(),
  department: seat.nullable(),
  next: due
    .extend({ what: z.enum(['cause', 'plan', 'measure', 'check', 'answer']) })
    .nullable()
    .meta({ description: 'What is due next' }),
  overdue: z.boolean(),
  round: z.int().meta({ description: 'More than 1: the effect was not reached, and the plan is made again' }),
  measures: z.object({ total: z.int(), done: z.int() }),
  raisedAt: iso,
};

const counts = z.record(z.string(), z.int());
export const improvementBoard = z.object({
  items: z
    .array(z.object(summary).meta({ id: 'ImprovementSummary' }))
    .meta({ description: 'What is open first, the most urgent first' }),
  counts: z
    .object({ status: counts, priority: counts, department: counts, overdue: z.int() })
    .meta({ description: 'Of all, whatever is filtered' }),
  departments: z.array(seat),
  categories: z.array(z.string()),
  may: z.object({
    raise: z
      .array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() }))
      .meta({ description: 'In which capacities the reader may raise a finding' }),
  }),
});

/** Columns of the board over all agreements, in the order in which a finding goes through them. */
export const STAGES = ['raised', 'classified', 'planned', 'approved', 'implemented', 'effective', 'over'] as const;
export type Stage = (typeof STAGES)[number];

export const stagesQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'Findings of each column' }),
  stage: z.enum(STAGES).optional().meta({ description: 'One column alone; needed with `cursor`' }),
  priority: z.enum(FINDING_PRIORITIES).optional(),
  source: z.enum(FINDING_SOURCES).optional(),
  overdue: z.literal('true').optional(),
  reopened: z
    .literal('true')
    .optional()
    .meta({ description: 'Its effect was not reached once, and it was planned anew' }),
  search: z.string().max(200).optional().meta({ description: 'Part of the name of a party, or of a template' }),
});

export const stagesBoard = z.object({
  columns: z.array(
    z.object({
      stage: z.enum(STAGES),
      count: z.int().meta({ description: 'Of all that fit' }),
      overdue: z.int(),
      items: z.array(
        z
          .object({
            ...summary,
            agreement: z.object({ id: z.uuid(), title: text, zone: z.string(), parties: z.array(z.string()) }),
          })
          .meta({ id: 'ImprovementOfAgreement' }),
      ),
      nextCursor: z.string().nullable(),
    }),
  ),
});

const goal = z.object({ dimension: titled, atLeast: decimal });
const measure = z.object({
  id: z.string().meta({ examples: ['measure-1'] }),
  kind: z.string(),
  what: words,
  expected: words.meta({ description: 'What it is to bring about' }),
  owner: seat,
  due,
  overdue: z.boolean(),
  completedAt: iso.nullable(),
  daysLate: z.int(),
  evidence: z.object({ note: words, documents: z.array(document) }).nullable(),
});
const plan = z.object({
  round: z.int(),
  version: z.int(),
  goal: goal.nullable(),
  measures: z.array(measure),
});

export const improvement = z
  .object({
    ...summary,
    sequence: z.int(),
    asOf: iso,
    can: z
      .array(z.enum(IMPROVEMENT_ACTS))
      .meta({ description: 'What the reader may do now, by their role, seats and what the contract allows' }),
    as: z
      .partialRecord(z.enum(IMPROVEMENT_ACTS), z.array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() })))
      .meta({ description: 'By act of `can`: in which capacities the reader may do it' }),
    details: words,
    clauses,
    finding: z.object({
      frequency: z.int(),
      severity: z.int().meta({ description: '1 (slight) to 5 (grave)' }),
      customerWeight: z.number(),
      measured: decimal.nullable(),
      raisedBy: z
        .array(
          z.object({ customerId: z.string(), name: words, answered: z.boolean(), satisfied: z.boolean().nullable() }),
        )
        .meta({ description: 'Whoever has to have the answer; empty: nobody is known' }),
    }),
    absorbed: z.array(z.object({ id: z.uuid().nullable(), reference: z.string() })),
    mergedInto: z.object({ id: z.uuid().nullable(), reference: z.string() }).nullable(),
    provides: z.object({
      planner: seat,
      departments: z.array(seat),
      approvers: z.array(seat),
      planDays: z.int().nullable(),
      cause: z.boolean().meta({ description: 'A cause must be written before measures' }),
      measureTypes: z.array(z.string()).meta({ description: '`other` is always one' }),
      measureTypeTitles: z
        .array(z.object({ id: z.string(), title: text }))
        .meta({ description: 'What the agreement calls them; what a party added is its own title' }),
      categories: z.array(z.string()),
      checks: z.object({ days: z.int().nullable(), by: seat }).nullable(),
      verified: z.boolean(),
      answerDays: z.int().nullable(),
      answers: z.boolean(),
      publishes: z.boolean(),
      dimensions: z.array(titled).meta({ description: 'What a goal may be about' }),
    }),
    cause: z
      .object({ due: due.nullable(), overdue: z.boolean(), foundAt: iso.nullable(), text: words })
      .nullable()
      .meta({ description: 'Where it has a date and a record of its own' }),
    planDue: due.nullable(),
    planDaysLate: z.int(),
    plan: plan
      .extend({
        cause: words,
        note: words,
        by: z.string().nullable().meta({ description: 'A name' }),
        documents: z.array(document),
        approvedBy: z.array(seat),
        waitsFor: z.array(seat),
        points: z.array(z.string()).meta({ description: 'Why the version before was sent back' }),
      })
      .nullable(),
    earlier: z.array(plan).meta({ description: 'Plans whose effect was not reached' }),
    checks: z.array(
      z.object({
        at: iso,
        verdict: z.enum(['on-track', 'behind']),
        by: words,
        note: words,
        documents: z.array(document),
      }),
    ),
    checkDue: due.nullable(),
    effects: z.array(
      z.object({
        at: iso,
        verdict: z.enum(['effective', 'ineffective']),
        cycle: z.string().nullable(),
        value: decimal.nullable(),
        note: words,
      }),
    ),
    answer: z.object({
      due: due.nullable(),
      overdue: z.boolean(),
      answeredAt: iso.nullable(),
      text: words,
      verdictDue: due.nullable(),
    }),
    publishedAt: iso.nullable(),
    publication: words,
    events: eventPage.shape.items.meta({
      description: 'All that happened; empty for those who may not read the record',
    }),
  })
  .meta({ id: 'Improvement' });

export const raisedImprovement = z
  .object({ id: z.uuid(), reference: z.string(), status: z.enum(['started', 'pending']), location: z.string() })
  .meta({ id: 'RaisedImprovement' });
