import { z } from 'zod';
import { GOAL_MEASURES, GOAL_WAYS } from '../../domain/goal/compiled.ts';
import { NO_VERDICTS } from '../../domain/goal/judgement.ts';
import { text } from '../schemas.ts';

const iso = z.string();
const date = z.string();
const decimal = z.string().nullable();

const data = z
  .object({
    source: z.string().meta({ examples: ['quarterly-survey#2027-Q1'] }),
    title: text,
    value: decimal,
    n: z.int().nullable().meta({ description: 'How many answered' }),
    interval: z.object({ low: z.string(), high: z.string() }).nullable().meta({ description: 'Of 95 %' }),
    scale: z.object({ min: z.number(), max: z.number() }).nullable(),
    asOf: iso,
  })
  .meta({ id: 'GoalData' });

const judgement = {
  verdict: z.enum(['reached', 'not-reached', 'no-verdict']),
  why: z.enum(NO_VERDICTS).nullable().meta({ description: 'Why there is no verdict' }),
  cure: text.nullable().meta({ description: 'What brings a verdict about' }),
  target: decimal,
  baseline: decimal,
  needed: decimal,
  measured: decimal,
  formula: z.array(text).meta({ description: 'How it was reckoned, one line a step, the numbers filled in' }),
  data: data.nullable(),
};

/** What `GET /agreements/{id}/goals` answers. */
export const goalsSchema = z
  .object({
    asOf: iso,
    items: z.array(
      z.object({
        goal: z.string(),
        title: text,
        clauses: z.array(z.string()),
        measure: z.enum(GOAL_MEASURES),
        unit: text,
        how: z.enum(GOAL_WAYS),
        by: z.enum(['value', 'percent']),
        scale: z.enum(['questionnaire', 'percentage']),
        judged: z.enum(['expiry', 'cycle', 'due']),
        obligation: z.string().nullable().meta({ description: 'The duty whose due time is its date' }),
        next: z.object({ asOf: iso, localDate: date }).nullable().meta({ description: 'When it is judged next' }),
        standing: z.object(judgement).meta({ description: 'By what is known now; no verdict on record' }),
        verdicts: z
          .array(z.object({ of: z.string().nullable(), asOf: iso, localDate: date, ...judgement }))
          .meta({ description: 'On record, the latest first' }),
      }),
    ),
  })
  .meta({ id: 'Goals' });

export type GoalsView = z.output<typeof goalsSchema>;
