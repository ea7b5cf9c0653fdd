import { z } from 'zod';
import { CUSTOMER_TIERS } from '../../domain/survey/compiled.ts';
import { VISIT_KINDS } from '../../domain/visit/compiled.ts';
import { eventPage, idParams, text } from '../schemas.ts';

/** What visits, plans and counters answer. Dates are the agreement's own, instants bear its offset. */
const iso = z.string();
const date = z.string();
const clauses = z.array(z.string());
const seat = z.object({ seat: z.string(), title: text });
const due = z.object({ dueAt: iso, localDate: date });
const words = z.string().nullable();
const capacities = z.array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() }));
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });
const tier = z.enum(CUSTOMER_TIERS);
const customer = z.object({
  customerId: z.uuid(),
  name: words.meta({ description: 'For those who may read the record' }),
  tier: tier.meta({ description: 'When it was planned; of counters, on the last day that is judged' }),
});

export const VISIT_STATUSES = ['starting', 'planned', 'missed', 'held', 'reported', 'cancelled'] as const;

/** What may be done to a visit: the last part of the address of each act. */
export const VISIT_ACTS = ['reschedule', 'hold', 'report', 'cancel', 'follow-up'] as const;
export type VisitAct = (typeof VISIT_ACTS)[number];

export const visitParams = idParams.extend({ visit: z.uuid().meta({ description: 'Its `id` in the list' }) });

const year = z.coerce.number().int().min(2000).max(2100);
export const visitQuery = z.object({
  year: year.optional().meta({ description: 'Planned for, or held in, this calendar year' }),
  status: z.enum(VISIT_STATUSES).optional(),
  kind: z.enum(VISIT_KINDS).optional(),
  customer: z.uuid().optional(),
});
export const counterQuery = z.object({ year });

const summary = {
  id: z.uuid(),
  reference: z.string().meta({ examples: ['visit-1f3a9c2e'] }),
  kind: z.enum(VISIT_KINDS),
  status: z.enum(VISIT_STATUSES),
  customer,
  plannedOn: date,
  heldOn: date.nullable(),
  comprehensive: z.boolean().meta({ description: 'Held, and counts as one of the year’s surveys' }),
  planYear: z.int().nullable().meta({ description: 'A row of the plan of this year; null: planned by itself' }),
  leader: seat,
  departments: z.array(seat),
  reportDue: due.nullable().meta({ description: 'Null until it is held, and where no length is agreed' }),
  overdue: z.boolean().meta({ description: 'Missed, or its report is late' }),
  findings: z.int(),
};

const rule = z.object({
  kind: z.enum(VISIT_KINDS),
  clauses,
  leader: seat,
  departments: z.array(seat).meta({ description: 'Seats that may take part' }),
  reportDays: z.int().nullable().meta({ description: 'Days to the report; null: no length is agreed, no clock runs' }),
  plan: z
    .object({ tiers: z.array(tier), clauses })
    .nullable()
    .meta({ description: 'A plan a year, with a row for every customer of these tiers; null: none is drawn up' }),
});

export const visitList = z.object({
  items: z.array(z.object(summary).meta({ id: 'VisitSummary' })).meta({ description: 'By planned day' }),
  counts: z
    .object({ status: z.record(z.string(), z.int()), kind: z.record(z.string(), z.int()), overdue: z.int() })
    .meta({ description: 'Of all, whatever is filtered' }),
  plans: z
    .array(z.object({ year: z.int(), rows: z.int(), publishedAt: iso }))
    .meta({ description: 'Published plans; rows that were cancelled are left out' }),
  rules: z.array(rule).meta({ description: 'What the contract provides; empty: neither visits nor call-backs' }),
  may: z.object({
    plan: capacities.meta({ description: 'In which capacities the reader may publish a plan' }),
    visit: capacities.meta({ description: 'In which capacities the reader may plan one by itself' }),
  }),
});

export const visit = z
  .object({
    ...summary,
    sequence: z.int(),
    asOf: iso,
    can: z.array(z.enum(VISIT_ACTS)),
    as: z.partialRecord(z.enum(VISIT_ACTS), capacities),
    clauses,
    obligation: z
      .object({ id: z.string(), title: text })
      .nullable()
      .meta({ description: 'The duty that it counts for' }),
    note: words.meta({ description: 'Written when it was planned' }),
    reason: words.meta({ description: 'Of the last change of the day, or of the cancellation' }),
    rescheduled: z.int(),
    report: z
      .object({
        outcome: words,
        documents: z.array(document),
        reportedAt: iso,
        daysLate: z.int(),
        by: words,
      })
      .nullable(),
    improvements: z
      .array(z.object({ id: z.uuid().nullable(), reference: z.string(), title: words }))
      .meta({ description: 'What became findings' }),
    dimensions: z.array(z.object({ id: z.string(), title: text })),
    mayRaise: z.boolean().meta({ description: 'The contract knows improvements, so a finding leads somewhere' }),
    events: eventPage.shape.items,
  })
  .meta({ id: 'Visit' });

const started = z.object({ id: z.uuid(), reference: z.string(), customer: z.uuid(), plannedOn: date });
export const plannedVisit = started.extend({
  status: z.enum(['started', 'pending']).meta({ description: '`pending`: the engine is away, it begins later' }),
  location: z.string(),
});
export const publishedPlan = z.object({
  year: z.int(),
  visits: z.array(started),
  status: z.enum(['started', 'pending']).meta({ description: '`pending`: the engine is away, they begin later' }),
});

const counted = z.object({ done: z.int(), needed: z.int(), missing: z.int() });
export const visitCounters = z.object({
  year: z.int(),
  asOf: iso,
  rules: z.array(
    z.object({
      tier,
      surveys: z.int().meta({ description: 'Comprehensive surveys a year, visits among them' }),
      visits: z.int().meta({ description: 'Of these, visits at least' }),
      clauses,
    }),
  ),
  items: z
    .array(
      z.object({
        customer,
        since: date.nullable().meta({ description: 'In this tier since a day of this year; null: since before' }),
        questionnaires: z.int().meta({ description: 'Answered; those of one period count once' }),
        visits: counted,
        surveys: counted.meta({ description: 'Questionnaires and comprehensive visits' }),
        met: z.boolean(),
      }),
    )
    .meta({ description: 'By customer of a tier with a rule; who misses something first' }),
  quarters: z
    .array(
      z.object({
        quarter: z.string().meta({ examples: ['2027-Q1'] }),
        endsOn: date,
        missing: z.int().nullable().meta({ description: 'Customers that missed something at its end; null: to come' }),
      }),
    )
    .meta({ description: 'Judged at the end of each quarter' }),
});
