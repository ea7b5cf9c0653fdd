import { z } from 'zod';
import { SUSPENSION_GROUNDS } from '../../domain/agreement/compiled.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { changesSchema } from '../../templates/amend.ts';
import { draftShape } from '../../templates/draft.ts';
import { text } from '../schemas.ts';

const date = z.string().refine(isLocalDate, { error: 'invalid-date' });
const id = z.string().min(1).max(200);

const assumption = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('act'),
      command: z.string().min(1).max(300).meta({ description: 'One of `acts`: something that is on record' }),
      on: date.nullable().meta({ description: 'The day on which it was instead; null: it did not take place' }),
    }),
    z.strictObject({
      kind: z.literal('step'),
      step: z.enum(['submit', 'accept', 'reject', 'pay']),
      obligation: id,
      occurrence: id.optional(),
      on: date,
      amount: z
        .string()
        .regex(/^\d{1,15}(\.\d{1,4})?$/, { error: 'invalid-value' })
        .optional()
        .meta({ description: 'Of a payment; all that is unpaid of the sum when missing' }),
    }),
    z.strictObject({ kind: z.literal('signing'), on: date }),
    z.strictObject({
      kind: z.literal('change'),
      changes: changesSchema,
      from: date.nullable().meta({ description: 'An amendment takes effect; null: agreed so from the start' }),
    }),
    z.strictObject({
      kind: z.literal('suspension'),
      ground: z.enum(SUSPENSION_GROUNDS),
      from: date,
      until: date.nullable().meta({ description: 'The last day that does not count; null: it goes on' }),
      obligations: z.array(id).max(200).default([]).meta({ description: 'Empty: all' }),
    }),
    z.strictObject({ kind: z.literal('termination'), on: date }),
  ])
  .meta({ id: 'Assumption' });

/** What becomes of duties that no assumption names, from now on. */
const others = z.enum(['in-time', 'nobody']).default('in-time').meta({
  description: 'What falls due and is not named here is done on its last day, or by nobody; in both lives alike',
});

export const questionBody = z.strictObject({
  others,
  horizon: date.optional().meta({ description: 'How far time goes on: to the end of this day' }),
  assumptions: z.array(assumption).max(30).default([]),
});

export const draftQuestionBody = z.strictObject({
  draft: z.looseObject({}).meta({ description: 'As for `POST /plan`' }),
  others,
  horizon: questionBody.shape.horizon,
  assumptions: questionBody.shape.assumptions,
});
export const documentedDraftQuestion = draftQuestionBody.extend({ draft: z.strictObject(draftShape) });

export type Question = z.output<typeof questionBody>;
export type AskedAssumption = Question['assumptions'][number];

const iso = z.string();
const amount = z.string();

const standing = z.object({
  occurrence: z.string().nullable(),
  status: z.string(),
  dueAt: iso.nullable(),
  localDate: z.string().nullable(),
  explanation: z.array(text),
  fulfilledAt: iso.nullable(),
  daysLate: z.int(),
});

const line = z.object({
  at: iso,
  amount,
  days: z.int().optional(),
  excludedDays: z.int().optional(),
  posted: z.boolean(),
  clauses: z.array(z.string()),
  why: z.array(text),
});

const happening = z.object({
  at: iso,
  type: z.string(),
  title: text,
  obligation: z.string().nullable(),
  occurrence: z.string().nullable(),
  about: text.nullable().meta({ description: 'What the obligation is called' }),
  clauses: z.array(z.string()),
});

const ending = z.object({
  status: z.string(),
  inForceOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  endedOn: z.string().nullable(),
});

export const whatIf = z
  .object({
    zone: z.string(),
    today: z.string(),
    earliest: z.string().meta({ description: 'Nothing can be assumed before that day' }),
    horizon: z.string(),
    latest: z.string().meta({ description: 'The farthest horizon' }),
    calendar: z.object({ id: z.string(), version: z.string(), provisionalFrom: z.string() }),
    divergence: z
      .object({ sequence: z.int(), type: z.string(), title: text, why: z.string() })
      .nullable()
      .meta({ description: 'Why the record cannot be lived again exactly; then nothing is computed' }),
    acts: z.array(
      happening.extend({
        command: z.string(),
        on: z.string().meta({ description: 'The day that it counts for' }),
        seat: z.string(),
        byMachine: z.boolean(),
      }),
    ),
    can: z.object({
      sign: z.boolean(),
      act: z.boolean(),
      amend: z.boolean(),
      changeFromStart: z.boolean().meta({ description: 'False: an earlier release compiled it otherwise' }),
      suspend: z.array(z.string()),
    }),
    notLived: z.array(z.string()).meta({ description: 'Whose part stays as recorded: surveys, plans …' }),
    obligations: z.array(
      z.object({
        key: z.string(),
        id: z.string(),
        title: text,
        kind: z.string(),
        responsible: z.string(),
        clauses: z.array(z.string()),
        before: standing.nullable(),
        after: standing.nullable(),
        differs: z.boolean(),
      }),
    ),
    money: z.array(
      z.object({
        key: z.string(),
        kind: z.string(),
        obligation: z.string().nullable(),
        occurrence: z.string().nullable(),
        title: text.nullable(),
        about: z.string().nullable(),
        debtor: z.string(),
        creditor: z.string(),
        currency: z.string(),
        before: amount,
        after: amount,
        difference: amount,
        lines: z.object({ before: z.array(line), after: z.array(line) }),
      }),
    ),
    balances: z.array(
      z.object({
        debtor: z.string(),
        creditor: z.string(),
        currency: z.string(),
        before: amount,
        after: amount,
        difference: amount,
      }),
    ),
    agreement: z.object({ before: ending, after: ending }),
    openTerms: z.object({ before: z.array(z.string()), after: z.array(z.string()) }),
    events: z.object({ before: z.array(happening), after: z.array(happening) }).meta({
      description: 'What happens in one of the two alone',
    }),
    refused: z.array(
      z.object({
        at: iso,
        assumption: z.int().nullable().meta({ description: 'Which of the assumptions the contract does not allow' }),
        command: z.string().nullable().meta({ description: 'Which act on record it would not have taken' }),
        title: text.nullable(),
        about: text.nullable(),
        code: z.string(),
        reason: text,
        message: z.string(),
        clauses: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'WhatIf' });
