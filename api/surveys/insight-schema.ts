import { z } from 'zod';
import { CUSTOMER_TIERS, SURVEY_CHANNELS } from '../../domain/survey/compiled.ts';
import { GROUPINGS } from '../../domain/survey/figures.ts';
import { QUESTION_ROLES } from '../../domain/survey/question.ts';
import { pageQuery, text } from '../schemas.ts';
import { estimate, measures } from './schema.ts';

/** What is told of a cycle beside its page: how answers came in, what they say by question, whom a draw would ask, cycles compared. */
const iso = z.string();
const date = z.string();
const decimal = z.string();
const share = z.number().meta({ description: 'A fraction' });
const scale = z.object({ min: z.number(), max: z.number() });

export const surveyProgress = z
  .object({
    asOf: iso,
    publishedOn: date.nullable(),
    closesOn: date.nullable(),
    closedOn: date.nullable(),
    daysLeft: z.int().nullable().meta({ description: 'Days on which answers still count, today among them' }),
    drawn: z.int().nullable(),
    minimumSample: z.int().nullable().meta({ description: 'Agreed; below it there is no verdict' }),
    wantedRatePercent: decimal.nullable(),
    days: z
      .array(z.object({ on: date, answered: z.int(), late: z.int() }))
      .meta({ description: 'Answers by the day on which they came, ascending; days without one are left out' }),
    waves: z
      .array(
        z.object({
          wave: z.int().meta({ description: '0: the invitation' }),
          at: iso,
          sent: z.int(),
          unreachable: z.int(),
        }),
      )
      .meta({ description: 'Invitations and reminders that went out' }),
    nextReminder: iso.nullable(),
    standing: z
      .object({
        sent: z.int().meta({ description: 'Written to, and nothing came back' }),
        answered: z.int(),
        bounced: z.int(),
        unreachable: z.int(),
        optedOut: z.int(),
        merged: z.int().meta({ description: 'Invited by another cycle of the agreement' }),
        waiting: z.int().meta({ description: 'Drawn, and not written to by mail: on lists, or still to be sent' }),
      })
      .meta({ description: 'Of those drawn, each once. Whether a mail was opened is not known, and not asked' }),
    tiers: z.array(
      z.object({
        tier: z.string(),
        drawn: z.int(),
        reached: z.int(),
        answered: z.int().nullable().meta({ description: 'null: too few to be shown where answers are anonymous' }),
      }),
    ),
  })
  .meta({ id: 'SurveyProgress' });

const item = z.object({
  name: z.string().meta({ description: '`question`, or `question.row` of a matrix' }),
  question: z.string(),
  row: z.string().nullable(),
  title: text,
  type: z.string(),
  role: z.enum(QUESTION_ROLES),
  dimension: z.object({ id: z.string(), title: text }).nullable(),
  n: z.int().meta({ description: 'Answers that say anything of it' }),
  mean: estimate.nullable(),
  satisfied: estimate.nullable(),
  nps: estimate.nullable(),
  scale: scale.nullable(),
  distribution: z.array(
    z.object({ value: z.union([z.string(), z.number(), z.boolean()]), title: text, count: z.int(), share }),
  ),
});

export const questionsQuery = z.object({
  by: z.enum(GROUPINGS).optional(),
  group: z.string().max(200).optional().meta({ description: 'Key of a group of the figures; with `by`' }),
});

export const questionResults = z
  .object({
    withheld: z
      .boolean()
      .meta({ description: 'Too few anonymous answers, or a group that is not shown: no figure is given' }),
    n: z.int(),
    minimumSample: z.int().nullable(),
    items: z.array(item),
  })
  .meta({ id: 'SurveyQuestionResults' });

export const answersQuery = pageQuery.extend({
  question: z.string().max(130).optional().meta({ description: '`name` of a question or a row' }),
  value: z.string().max(200).optional().meta({ description: 'Answers that chose this; with `question`' }),
  words: z.literal('true').optional().meta({ description: 'Answers with free words alone' }),
  by: z.enum(GROUPINGS).optional(),
  group: z.string().max(200).optional(),
});

export const answerPage = z
  .object({
    withheld: z.boolean(),
    why: z.enum(['too-few', 'anonymous-group']).nullable(),
    total: z.int(),
    items: z.array(
      z.object({
        id: z.string(),
        channel: z.string().nullable(),
        receivedOn: date.nullable(),
        customer: z
          .object({ id: z.uuid(), key: z.string(), name: z.string(), erased: z.boolean() })
          .nullable()
          .meta({ description: 'null: anonymous, or it came by an open link' }),
        said: z.array(z.object({ name: z.string(), title: text, value: text, isWords: z.boolean() })),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'SurveyAnswers' });

/** A list in an address: `key,vip`. */
const listOf = <T extends readonly [string, ...string[]]>(known: T) =>
  z
    .string()
    .max(200)
    .transform((said) => said.split(',').filter((one) => one !== ''))
    .pipe(z.array(z.enum(known)))
    .optional();

export const audienceQuery = z.object({
  method: z.enum(['all', 'random', 'stratified']).optional(),
  size: z.coerce.number().int().min(1).max(1_000_000).optional(),
  seed: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,100}$/)
    .optional(),
  tiers: listOf(CUSTOMER_TIERS).meta({ description: 'Separated by commas' }),
  channels: listOf(SURVEY_CHANNELS).meta({ description: 'Separated by commas, in the order in which they are tried' }),
});

const named = { customerId: z.uuid(), key: z.string(), name: z.string(), tier: z.string() };
export const audience = z
  .object({
    method: z.enum(['all', 'random', 'stratified']),
    seed: z.string().nullable().meta({ description: 'Drawing with it asks the very same customers' }),
    sha256: z.string(),
    population: z.int(),
    willing: z.int(),
    excluded: z.object({ optedOut: z.int(), noConsent: z.int(), archived: z.int() }),
    drawn: z.int(),
    unreachable: z.int(),
    tiers: z.array(z.object({ tier: z.string(), population: z.int(), willing: z.int(), drawn: z.int() })),
    channels: z.array(z.object({ channel: z.string(), drawn: z.int(), unreachable: z.int() })),
    customers: z
      .array(z.object({ ...named, channel: z.string(), reachable: z.boolean() }))
      .meta({ description: 'The first 100 that would be drawn' }),
    left: z
      .array(z.object({ ...named, why: z.enum(['opted-out', 'no-consent', 'archived']) }))
      .meta({ description: 'The first 100 that are left out' }),
  })
  .meta({ id: 'SurveyAudience' });

export const comparisonQuery = z.object({
  survey: z.string().max(100).optional().meta({ description: 'Its duty; missing: the first that was analysed' }),
  cycles: z
    .string()
    .max(1_000)
    .optional()
    .meta({ description: 'Ids of cycles, separated by commas, twelve at most; missing: the latest four' }),
  only: z
    .literal('same')
    .optional()
    .meta({ description: 'Reckoned from the questions alone that all of them asked alike' }),
});

const change = estimate.extend({ isMoreThanChance: z.boolean() }).nullable();
const compared = z.object({
  measures: measures.nullable().meta({ description: 'null: not asked, or withheld' }),
  weight: decimal.nullable(),
  change: change.meta({ description: 'Of the mean since the cycle before; null: it cannot be told' }),
});
export const comparison = z
  .object({
    surveys: z.array(z.object({ survey: z.string(), title: text, cycles: z.int() })),
    survey: z.string().nullable(),
    available: z.array(
      z.object({ id: z.uuid(), reference: z.string(), occurrence: z.string().nullable(), closedOn: date, n: z.int() }),
    ),
    cycles: z
      .array(
        z.object({
          id: z.uuid(),
          reference: z.string(),
          occurrence: z.string().nullable(),
          closedOn: date,
          answered: z.int(),
          drawn: z.int(),
          minimumSample: z.int().nullable(),
          isBelowMinimum: z.boolean(),
          scale,
          score: decimal.nullable(),
          overall: measures.nullable(),
          overallChange: change,
          satisfiedChange: change,
          npsChange: change,
          questionnaire: z.object({ sha256: z.string(), version: z.int(), questions: z.int() }),
          verdict: z.enum(['reached', 'missed', 'none']),
        }),
      )
      .meta({ description: 'Those that were chosen, the earliest first' }),
    dimensions: z.array(
      z.object({ id: z.string(), title: text, cycles: z.array(compared).meta({ description: 'As `cycles`' }) }),
    ),
    isSameScale: z.boolean().meta({ description: 'Else no change of means can be told' }),
    only: z.enum(['all', 'same']),
    sameQuestions: z.int().meta({ description: 'Questions that all of them asked alike' }),
    changes: z
      .array(
        z.object({
          since: z.string().meta({ description: 'Reference of the cycle before' }),
          reference: z.string(),
          added: z.array(text),
          removed: z.array(text),
          reworded: z.array(z.object({ before: text, after: text })),
          rescaled: z.boolean(),
        }),
      )
      .meta({ description: 'Where the questionnaire is another one than before' }),
    lines: z
      .array(
        z.object({
          goal: z.string(),
          title: text,
          clauses: z.array(z.string()),
          measure: z.enum(['satisfaction-score', 'satisfaction-rate']),
          scale: z.enum(['questionnaire', 'percentage']).meta({ description: 'That the figures of a score stand on' }),
          needed: decimal.nullable(),
          baseline: decimal.nullable(),
        }),
      )
      .meta({ description: 'Goals that these cycles are held against' }),
  })
  .meta({ id: 'SurveyComparison' });

export const questionBank = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        dimension: z.object({ id: z.string(), title: text }),
        kind: z.enum(['score', 'yes-no', 'reason', 'text']),
        text,
        clauses: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'QuestionBank' });
