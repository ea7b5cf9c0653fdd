import { z } from 'zod';
import { LOWERED, RISK_INDICATORS, RISK_LEVELS, RISK_OPERATORS } from '../../domain/risk/compiled.ts';
import { eventPage, idParams, text } from '../schemas.ts';

/** What the register answers. Dates are the agreement's own, instants bear its offset. */
const iso = z.string();
const clauses = z.array(z.string());
const seat = z.object({ seat: z.string(), title: text });
const due = z.object({ dueAt: iso, localDate: z.string() }).nullable();
const words = z.string().nullable();
const capacities = z.array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() }));
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });
const level = z.enum(RISK_LEVELS);
const rated = { probability: z.int(), impact: z.int(), level };

export const RISK_STATUSES = ['starting', 'open', 'occurred', 'closed'] as const;

/** What may be done about a risk: the last part of the address of each act. */
export const RISK_ACTS = [
  'rate',
  'equip',
  'mitigate',
  'complete',
  'review',
  'assess',
  'observe',
  'acknowledge',
  'occur',
  'step',
  'stand-down',
  'close',
] as const;
export type RiskAct = (typeof RISK_ACTS)[number];

export const riskParams = idParams.extend({ risk: z.uuid().meta({ description: 'Its `id` in the list' }) });

const summary = {
  id: z.uuid(),
  reference: z.string().meta({ examples: ['risk-1f3a9c2e'] }),
  title: words.meta({ description: 'Null where it was erased' }),
  status: z.enum(RISK_STATUSES),
  ...rated,
  version: z.int().meta({ description: 'Counts up with every rating' }),
  owner: seat,
  departments: z.array(seat),
  threshold: z
    .object({
      indicator: z.enum(RISK_INDICATORS),
      operator: z.enum(RISK_OPERATORS),
      value: z.string(),
      windowDays: z.int().nullable(),
    })
    .nullable(),
  unguarded: z.boolean().meta({ description: 'The contract asks for early warning, and nothing is watched' }),
  measures: z.object({ open: z.int(), done: z.int() }),
  responseDue: due.meta({ description: 'By when there is a measure; null: there is one, or no length is agreed' }),
  reviewDue: due,
  warned: z.boolean().meta({ description: 'A warning is open' }),
  overdue: z.boolean().meta({ description: 'A measure, a review or an acknowledgement is late' }),
};

export const riskRules = z
  .object({
    clauses,
    keeper: seat,
    scale: z.object({ max: z.int(), mediumFrom: z.int(), highFrom: z.int() }),
    planLevel: level.nullable().meta({ description: 'From here on no risk is kept without an emergency plan' }),
    responseDays: z.int().nullable().meta({ description: 'Null: no length is agreed, no clock runs' }),
    measures: z.boolean(),
    residual: z.boolean().meta({ description: 'A measure says what it lowers, and what remains' }),
    review: z.boolean(),
    measureReview: z.boolean(),
    warning: z.boolean(),
    ackHours: z.int().nullable(),
    emergency: z.boolean(),
  })
  .nullable()
  .meta({ description: 'What the contract provides; null: no register' });

export const riskList = z.object({
  items: z
    .array(z.object(summary).meta({ id: 'RiskSummary' }))
    .meta({ description: 'Open ones first, by level and rating, the highest first' }),
  counts: z.object({ status: z.record(z.string(), z.int()), level: z.record(z.string(), z.int()), overdue: z.int() }),
  rules: riskRules,
  seats: z.array(seat).meta({ description: 'Who may own a risk or a measure, or be warned' }),
  breaches: z
    .array(z.object({ party: seat, count: z.int(), open: z.int() }))
    .meta({ description: 'Breaches on record by the side that is in breach (S003-N-12)' }),
  may: z.object({ register: capacities.meta({ description: 'In which capacities the reader may register one' }) }),
});

export const risk = z
  .object({
    ...summary,
    sequence: z.int(),
    asOf: iso,
    can: z.array(z.enum(RISK_ACTS)),
    as: z.partialRecord(z.enum(RISK_ACTS), capacities),
    rules: riskRules,
    seats: z.array(seat),
    details: words,
    ratings: z
      .array(z.object({ ...rated, version: z.int(), at: iso, by: words, reason: words }))
      .meta({ description: 'The latest first' }),
    plans: z
      .array(
        z.object({
          measure: z.string(),
          what: words,
          version: z.int(),
          lowers: z.enum(LOWERED).nullable(),
          residual: z.object(rated).nullable(),
          owner: seat,
          due,
          status: z.enum(['open', 'overdue', 'done']),
          effective: z.boolean(),
          documents: z.array(document),
        }),
      )
      .meta({ description: 'Measures against it' }),
    measureReviewDue: due,
    emergency: z
      .object({ steps: z.array(z.object({ step: z.string(), what: words, seat })), listed: z.array(seat) })
      .nullable(),
    warning: z
      .object({
        indicator: z.enum(RISK_INDICATORS),
        value: z.string(),
        raisedAt: iso,
        dueAt: iso.nullable(),
        waiting: z.array(seat),
        overdue: z.boolean(),
      })
      .nullable(),
    warnings: z.int(),
    occurrence: z
      .object({
        number: z.int(),
        occurredAt: iso,
        steps: z.array(z.object({ step: z.string(), what: words, seat, doneAt: iso.nullable(), by: words })),
      })
      .nullable(),
    events: eventPage.shape.items,
  })
  .meta({ id: 'Risk' });

export const registeredRisk = z.object({
  id: z.uuid(),
  reference: z.string(),
  status: z.enum(['started', 'pending']).meta({ description: '`pending`: the engine is away, it begins later' }),
  location: z.string(),
});
