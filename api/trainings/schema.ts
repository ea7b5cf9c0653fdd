import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { eventPage, idParams, text } from '../schemas.ts';

/** What sessions, their coverage and who may work answer. Dates are the agreement's own, instants bear its offset. */
const iso = z.string();
const date = z.string();
const clauses = z.array(z.string());
const seat = z.object({ seat: z.string(), title: text });
const due = z.object({ dueAt: iso, localDate: date });
const titled = z.object({ id: z.string(), title: text });
const words = z.string().nullable();
const decimal = z.string();
const capacities = z.array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() }));
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });

export const TRAINING_STATUSES = ['starting', 'planned', 'missed', 'held', 'completed', 'closed', 'cancelled'] as const;

/** What may be done to a session: the last part of the address of each act. */
export const TRAINING_ACTS = [
  'reschedule',
  'enrol',
  'withdraw',
  'hold',
  'examine',
  'feedback',
  'complete',
  'cancel',
] as const;
export type TrainingAct = (typeof TRAINING_ACTS)[number];

export const trainingParams = idParams.extend({ training: z.uuid().meta({ description: 'Its `id` in the list' }) });
export const certificateParams = trainingParams.extend({ trainee: z.uuid() });

export const trainingQuery = z.object({
  year: z.coerce
    .number()
    .int()
    .min(2000)
    .max(2100)
    .optional()
    .meta({ description: 'Planned for, or held in, this year' }),
  status: z.enum(TRAINING_STATUSES).optional(),
  training: z.string().max(100).optional(),
  trainee: z.uuid().optional(),
});
export const certificateQuery = z.object({ language: z.enum(['zh', 'en']).optional() });
export const qualificationQuery = z.object({
  on: z.string().refine(isLocalDate, { error: 'invalid-date' }).optional().meta({ description: 'Missing: today' }),
  trainee: z.uuid().optional(),
});

/** A training as the contract speaks of it. */
const provided = z.object({
  training: titled,
  clauses,
  organiser: seat,
  topics: z.array(titled.extend({ clauses })).meta({ description: 'Each must be taught' }),
  modes: z.array(titled),
  methods: z.array(titled),
  passMark: decimal.nullable().meta({ description: 'Marks from this one on pass; null: no examination is agreed' }),
  examDays: z.int().nullable(),
  retraining: z.object({ days: z.int().nullable() }).nullable().meta({ description: 'Of those who fail' }),
  certificate: z.boolean(),
  gate: z.boolean().meta({ description: 'Nobody works before it' }),
  feedback: z.boolean(),
  serves: z.array(titled).meta({ description: 'Duties that a held session serves' }),
});

const summary = {
  id: z.uuid(),
  reference: z.string().meta({ examples: ['training-1f3a9c2e'] }),
  training: titled,
  status: z.enum(TRAINING_STATUSES),
  topics: z.array(titled),
  mode: titled.nullable(),
  methods: z.array(titled),
  plannedOn: date,
  heldOn: z.array(date).meta({ description: 'More than one: those who failed were trained again' }),
  organiser: seat,
  serves: z.object({ obligation: titled, occurrence: z.string().nullable() }).nullable(),
  enrolled: z.int(),
  attended: z.int(),
  passed: z.int(),
  failed: z.int().meta({ description: 'Failed, and have not passed since' }),
  next: due.extend({ what: z.enum(['session', 'exam', 'retake']) }).nullable(),
  overdue: z.boolean(),
};

export const trainingList = z.object({
  items: z.array(z.object(summary).meta({ id: 'TrainingSummary' })).meta({ description: 'By planned day' }),
  counts: z
    .object({ status: z.record(z.string(), z.int()), overdue: z.int() })
    .meta({ description: 'Of all, whatever is filtered' }),
  provides: z.array(provided).meta({ description: 'Empty: the contract speaks of no training' }),
  may: z.object({ plan: capacities.meta({ description: 'In which capacities the reader may plan a session' }) }),
});

const trainee = z.object({
  personId: z.uuid(),
  name: words.meta({ description: 'For those who may read the record; null: not for this reader, or erased' }),
  withdrawn: z.boolean(),
  attendedOn: z.array(date),
  attempts: z.array(z.object({ examinedOn: date, score: decimal, passed: z.boolean() })),
  examDue: due.nullable(),
  examOverdue: z.boolean(),
  retakeDue: due.nullable(),
  retakeOverdue: z.boolean(),
  mustRetrain: z.boolean().meta({ description: 'Failed, and must be trained again before the next examination' }),
  certificate: z.object({ number: z.string(), issuedOn: date }).nullable(),
  feedback: z.object({ score: z.int(), text: words }).nullable(),
});

export const training = z
  .object({
    ...summary,
    sequence: z.int(),
    asOf: iso,
    can: z.array(z.enum(TRAINING_ACTS)),
    as: z.partialRecord(z.enum(TRAINING_ACTS), capacities),
    clauses,
    provides: provided,
    note: words.meta({ description: 'Written when it was planned' }),
    reason: words.meta({ description: 'Of the last change of the day, or of the cancellation' }),
    trainees: z.array(trainee),
    checklist: z
      .array(z.object({ part: titled, topic: z.boolean(), mayOmit: z.boolean(), taught: z.boolean() }))
      .meta({ description: 'Of the duty that it serves; `taught`: a topic of this or another held session of it' }),
    completedAt: iso.nullable(),
    documents: z.array(document),
    feedbackUntil: due.nullable(),
    events: eventPage.shape.items,
  })
  .meta({ id: 'Training' });

const started = z.object({ id: z.uuid(), reference: z.string(), plannedOn: date });
export const plannedTraining = started.extend({
  status: z.enum(['started', 'pending']).meta({ description: '`pending`: the engine is away, it begins later' }),
  location: z.string(),
});
export const publishedTrainingPlan = z.object({
  year: z.int(),
  sessions: z.array(started),
  status: z.enum(['started', 'pending']).meta({ description: '`pending`: the engine is away, they begin later' }),
});

const counted = titled.extend({
  planned: z.int(),
  held: z.int(),
  lastHeldOn: date.nullable(),
});
export const trainingCoverage = z.object({
  asOf: iso,
  items: z.array(
    z.object({
      training: titled,
      clauses,
      topics: z.array(counted).meta({ description: 'What must be taught; `held` 0: not taught yet' }),
      modes: z.array(counted),
      methods: z.array(counted),
      missing: z.object({ topics: z.array(titled), modes: z.array(titled), methods: z.array(titled) }),
      satisfaction: z
        .array(z.object({ session: z.uuid(), heldOn: date, before: decimal.nullable(), after: decimal.nullable() }))
        .meta({ description: 'Overall score of the last survey before and of the first one after each held session' }),
      feedback: z.object({ answers: z.int(), mean: decimal.nullable() }),
    }),
  ),
});

export const qualificationList = z.object({
  on: date,
  asOf: iso,
  gated: z.boolean().meta({ description: 'Under this contract nobody works before passing' }),
  clauses,
  items: z
    .array(
      z.object({
        personId: z.uuid(),
        name: words,
        qualified: z
          .boolean()
          .nullable()
          .meta({ description: 'Null: this contract lets people work without training' }),
        since: date.nullable(),
        certificates: z.array(z.object({ number: z.string(), issuedOn: date })),
        missing: z.array(z.object({ training: titled, topics: z.array(titled), exam: z.boolean() })),
        overdue: z.array(z.object({ training: titled, lastOn: date.nullable(), dueOn: date })),
      }),
    )
    .meta({ description: 'Everybody whom a session has on its list; who may not work first' }),
});
