import { z } from 'zod';
import { FINDING_SOURCES } from '../../domain/improvement/command.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { fromForm, whoFields as who } from '../life/bodies.ts';
import { knownId } from '../schemas.ts';

/** What the acts of an improvement take. Lists and maps come as JSON text in a field where a form brings files along. */
const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const title = z.string().trim().min(1).max(200);
const words = z.string().trim().min(1).max(20_000);
const note = z.string().trim().min(1).max(2_000);
const decimal = z.string().regex(/^-?\d{1,9}(?:\.\d{1,6})?$/);
const severity = z.int().min(1).max(5).meta({ description: '1 (slight) to 5 (grave)' });

export const newFinding = z.strictObject({
  ...who,
  source: z.enum(FINDING_SOURCES).exclude(['survey']).default('other'),
  about: z.string().max(100).optional().meta({
    description: 'Of `feedback` its number, of `visit` its id: what it comes from',
  }),
  dimension: knownId.optional(),
  frequency: z.int().min(1).max(1_000_000).default(1).meta({ description: 'How many say it' }),
  severity,
  customers: z.array(z.uuid()).max(1_000).optional().meta({
    description: 'Who raised it and is to be answered; missing: of feedback, whoever is known to have sent it',
  }),
  title,
  details: words.optional(),
});

export const classifyBody = z.strictObject({
  ...who,
  category: z.string().max(200).nullish().meta({ description: 'One of `categories`; null where there are none' }),
  severity: severity.optional(),
  department: knownId.optional().meta({ description: 'The seat that plans' }),
  note: note.optional(),
});

export const mergeBody = z.strictObject({
  ...who,
  into: z.uuid().meta({ description: 'The improvement that goes on' }),
  reason: note.optional(),
});

export const dismissBody = z.strictObject({ ...who, reason: note });

export const causeBody = z.strictObject({ ...who, cause: words });

export const planBody = z.strictObject({
  ...who,
  cause: words.optional(),
  goal: z
    .preprocess(fromForm, z.strictObject({ dimension: knownId, atLeast: decimal }).nullable())
    .default(null)
    .meta({ description: 'What its dimension is to reach in the next cycle; null where nothing is measured' }),
  measures: z.preprocess(
    fromForm,
    z
      .array(
        z.strictObject({
          kind: knownId.default('other'),
          what: note,
          expected: note.optional().meta({ description: 'What it is to bring about' }),
          owner: knownId.meta({ description: 'The seat that answers for it' }),
          dueOn: date,
        }),
      )
      .max(50),
  ),
  note: note.optional(),
});

const version = z.int().min(1).meta({ description: 'The version that was shown' });
export const approvePlanBody = z.strictObject({ ...who, version });
export const rejectPlanBody = z.strictObject({ ...who, version, points: z.array(note).min(1).max(100) });

export const completeBody = z.strictObject({
  ...who,
  measure: z.string().regex(/^measure-\d{1,3}$/),
  note: note.optional(),
});

export const checkBody = z.strictObject({ ...who, verdict: z.enum(['on-track', 'behind']), note: note.optional() });
export const verifyBody = z.strictObject({
  ...who,
  verdict: z.enum(['effective', 'ineffective']),
  note: note.optional(),
});

export const answerBody = z.strictObject({
  ...who,
  customers: z.array(z.uuid()).max(1_000).optional().meta({ description: 'Missing: all who are not answered yet' }),
  text: words.meta({ description: 'What they are told; where nobody is known, why' }),
  mail: z
    .boolean()
    .default(true)
    .meta({ description: 'Whoever has an address gets the text by mail; false: all of them have been told already' }),
});

export const verdictBody = z.strictObject({
  ...who,
  customer: z.uuid(),
  satisfied: z.boolean(),
  note: note.optional(),
});

export const publicationBody = z.strictObject({ ...who, text: words.optional() });
export const closeImprovementBody = z.strictObject({ ...who, note: note.optional() });
