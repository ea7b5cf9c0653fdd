import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { fromForm, whoFields as who } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

/** What the acts of a training take. Lists come as JSON text in a field where a form brings files along. */
const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const note = z.string().trim().min(1).max(2_000);
const people = z.array(z.uuid()).max(500);
const score = z
  .string()
  .regex(/^\d{1,4}(?:\.\d{1,4})?$/)
  .meta({ description: 'On the scale of the pass mark, as a decimal in quotes', examples: ['84.5'] });

const session = {
  training: knownId.meta({ description: 'Of `provides`: which training of the agreement' }),
  topics: z.array(knownId).min(1).max(50),
  mode: knownId.optional(),
  methods: z.array(knownId).max(20).default([]),
  plannedOn: date,
  trainees: people.default([]).meta({ description: 'People of the directory' }),
  occurrence: z
    .string()
    .max(30)
    .nullish()
    .meta({ description: 'Of the duty that it serves; missing: the earliest that is open; null: it serves none' }),
};

export const newTraining = z.strictObject({ ...who, ...session, note: note.optional() });

export const trainingPlanBody = z.strictObject({
  ...who,
  year: z.int().min(2000).max(2100),
  rows: z
    .array(z.strictObject({ ...session, note: note.optional() }))
    .min(1)
    .max(200)
    .meta({ description: 'Every topic that a training of the plan must teach has to stand in one of them' }),
});

export const rescheduleBody = z.strictObject({ ...who, plannedOn: date, reason: note });
export const enrolBody = z.strictObject({ ...who, trainees: people.min(1) });
export const withdrawBody = z.strictObject({ ...who, trainee: z.uuid(), reason: note });
export const holdBody = z.strictObject({
  ...who,
  heldOn: date.meta({ description: 'Not after today' }),
  attended: people.min(1).meta({ description: 'Again: those who failed, or were away, and were trained then' }),
});
export const examineBody = z.strictObject({
  ...who,
  examinedOn: date.meta({ description: 'Not after today, nor before the training' }),
  results: z
    .array(z.strictObject({ trainee: z.uuid(), score }))
    .min(1)
    .max(500),
});
export const feedbackBody = z.strictObject({
  ...who,
  trainee: z.uuid(),
  score: z.int().min(1).max(5).meta({ description: '1 (poor) to 5 (very good)' }),
  text: z.string().trim().min(1).max(20_000).optional(),
});
export const completeBody = z.strictObject({
  ...who,
  parts: z.preprocess(fromForm, z.array(knownId).max(50)).default([]).meta({
    description: 'Parts of the duty’s checklist, beside its topics, that are there',
  }),
  handIn: z
    .preprocess(fromForm, z.boolean())
    .optional()
    .meta({ description: 'Hand in the duty that it serves; missing: where nothing of its checklist is missing' }),
  note: note.optional(),
});
export const cancelTrainingBody = z.strictObject({ ...who, reason: note });
