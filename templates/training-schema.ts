import { z } from 'zod';
import { clauses, ruleId, seatKey, termName, textSchema } from './names.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';

const term = termName.optional();

/** What the text itself names: a topic, a mode, a method. */
const named = z.strictObject({ id: ruleId, title: textSchema, clauses });

/** What a training is made of. A field that is not there is something that this contract does not say. */
export const trainingFields = {
  /** Duties that a held session serves by its record of who was there. */
  serves: z.array(ruleId).default([]),
  /** Duties that its examination and the repeated training of those who failed fulfil. */
  fulfils: z.strictObject({ exam: ruleId.optional(), retraining: ruleId.optional() }).default({}),
  /** Who plans the sessions, notes who was there and examines; without it, whoever owes the first duty. */
  organiser: z.union([seatKey, termName]).optional(),
  /** A term of texts: topics by title that are in force; the parties may add to it. */
  topics: term,
  /** What the text itself names, with titles in both languages; `topics` says which of it is in force. */
  teaches: z.array(named).default([]),
  /** Topics that the parties added to the term are of this training, too. */
  added: z.boolean().default(true),
  modes: z.array(named).default([]),
  methods: z.array(named).default([]),
  /** Marks from `passMark` on pass; without a value there is no examination. */
  exam: z.strictObject({ passMark: termName, days: term, clauses }).optional(),
  /** Those who fail are trained again; `when`: only where this term says yes. */
  retraining: z.strictObject({ when: term, days: term, clauses }).optional(),
  certificate: z.strictObject({ clauses }).optional(),
  /** Nobody works before; `whole`: before all of its topics. */
  gate: z.strictObject({ whole: z.boolean().default(false), clauses }).optional(),
  feedback: z.strictObject({ clauses }).optional(),
  escalateTo: seatKey.optional(),
};

export const TRAINING_TYPES: Record<string, TermType[]> = { organiser: ['party', 'map'], topics: ['texts'] };

const DAYS: TermType[] = ['integer', 'duration'];

/** Terms in the inner parts of a training's rule. */
export function trainingTerms({ exam, retraining }: z.output<z.ZodObject<typeof trainingFields>>): NamedTerm[] {
  const fields: [path: (string | number)[], name: string | undefined, types: TermType[]][] = [
    [['exam', 'passMark'], exam?.passMark, ['number', 'integer']],
    [['exam', 'days'], exam?.days, DAYS],
    [['retraining', 'when'], retraining?.when, ['boolean']],
    [['retraining', 'days'], retraining?.days, DAYS],
  ];
  return fields.flatMap(([path, name, types]) => (name === undefined ? [] : [{ path, name, types }]));
}
