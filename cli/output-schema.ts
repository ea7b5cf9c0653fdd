import { z } from 'zod';
import { EVENT_WORDS, OBLIGATION_STATUS_WORDS, REJECTION_WORDS } from '../domain/agreement/vocabulary.ts';
import {
  FINDING_PRIORITY_WORDS,
  FINDING_SOURCE_WORDS,
  IMPROVEMENT_EVENT_WORDS,
  IMPROVEMENT_STATUS_WORDS,
} from '../domain/improvement/vocabulary.ts';
import { GROUPINGS } from '../domain/survey/figures.ts';
import { ANSWER_REFUSAL_WORDS, SURVEY_EVENT_WORDS, SURVEY_STATUS_WORDS } from '../domain/survey/vocabulary.ts';
import { NOUN_ROWS, type NounRows } from './nouns/noun.ts';
import { NOUNS } from './nouns/registry.ts';

const wordsOf = <K extends string>(words: Record<K, unknown>): z.ZodEnum<{ [W in K]: W }> =>
  z.enum(Object.keys(words) as [K, ...K[]]) as unknown as z.ZodEnum<{ [W in K]: W }>;

/** ISO 8601 with the zone's offset. */
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/)
  .meta({ description: 'ISO 8601 with the offset of the zone' });
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const decimal = z.string().regex(/^-?\d+(?:\.\d+)?$/);
const text = z.strictObject({ zh: z.string(), en: z.string() });
const clauses = z.array(z.string());
const about = { obligation: z.string().optional(), occurrence: z.string().optional() };
const count = z.int().min(0);

const actor = z.strictObject({
  seat: z.string(),
  party: z.string().optional(),
  onBehalfOf: z.string().optional(),
  via: z.string(),
  person: z.string().optional(),
  deputyFor: z.string().optional(),
});

const processEvent = <T extends z.ZodType>(type: T) =>
  z.strictObject({
    at: instant,
    type,
    actor: actor.omit({ person: true, deputyFor: true }).optional(),
    measure: z.string().optional(),
    clauses,
  });

const estimate = z.strictObject({ value: decimal, low: decimal, high: decimal }).nullable();
const measures = z.strictObject({ n: count, mean: estimate, satisfied: estimate, nps: estimate });
const scale = z.strictObject({ min: z.int(), max: z.int() });

const figures = z.strictObject({
  population: count,
  drawn: count,
  reached: count,
  answered: count,
  late: count,
  responseRate: estimate,
  coverage: estimate,
  scale,
  score: decimal.nullable(),
  overall: measures,
  dimensions: z.array(
    z.strictObject({
      id: z.string(),
      weight: decimal,
      measures,
      parts: z.array(z.strictObject({ id: z.string(), measures })),
    }),
  ),
  groups: z.array(z.strictObject({ by: z.enum(GROUPINGS), key: z.string(), measures: measures.nullable() })),
  importance: z.record(z.string(), decimal).nullable(),
  verdict: z.discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.enum(['reached', 'missed']),
      measure: z.enum(['score', 'satisfied']),
      value: decimal,
      target: decimal,
    }),
    z.strictObject({
      outcome: z.literal('none'),
      why: z.enum(['no-target', 'off-scale', 'below-minimum', 'no-answers']),
    }),
  ]),
});

/** One cycle of a survey, as `abide simulate` prints it. */
const livedSurvey = z.strictObject({
  survey: z.string(),
  occurrence: z.string().optional(),
  status: wordsOf(SURVEY_STATUS_WORDS),
  dueAt: instant,
  agreedDate: date.optional(),
  publishedAt: instant.optional(),
  closesAt: instant.optional(),
  closedAt: instant.optional(),
  questionnaire: z
    .strictObject({ version: z.int(), questions: count, dimensions: z.record(z.string(), z.number()), scale })
    .optional(),
  sample: z
    .strictObject({
      method: z.enum(['all', 'random', 'stratified']),
      seed: z.string().optional(),
      population: count,
      drawn: count,
      unreachable: count,
      optedOut: count,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .optional(),
  invited: count,
  answered: count,
  late: count,
  figures: figures.optional(),
  findings: z.array(z.strictObject({ plan: z.string(), dimension: z.string().optional() })),
  nextWeights: z.record(z.string(), decimal).optional(),
  reportReleasedAt: instant.optional(),
  events: z.array(processEvent(wordsOf(SURVEY_EVENT_WORDS))),
});

/** A finding, and the plan that follows from it, as `abide simulate` prints it. */
const livedPlan = z.strictObject({
  plan: z.string(),
  source: wordsOf(FINDING_SOURCE_WORDS),
  about: z.string().optional(),
  dimension: z.string().optional(),
  measured: decimal.optional(),
  status: wordsOf(IMPROVEMENT_STATUS_WORDS),
  category: z.string().optional(),
  priority: wordsOf(FINDING_PRIORITY_WORDS).optional(),
  score: z.number().optional(),
  department: z.string().optional(),
  dueAt: instant.nullable(),
  daysLate: count,
  round: z.int().min(1),
  goal: z.strictObject({ dimension: z.string(), atLeast: decimal }).optional(),
  measures: z.array(
    z.strictObject({
      measure: z.string(),
      kind: z.string(),
      owner: z.string(),
      dueAt: instant,
      completedAt: instant.optional(),
      daysLate: count,
    }),
  ),
  effects: z.array(
    z.strictObject({
      at: instant,
      verdict: z.enum(['effective', 'ineffective']),
      cycle: z.string().optional(),
      value: decimal.optional(),
    }),
  ),
  mergedInto: z.string().optional(),
  answeredAt: instant.optional(),
  customersAnswered: count,
  customersSatisfied: count,
  publishedAt: instant.optional(),
  closedAt: instant.optional(),
  events: z.array(processEvent(wordsOf(IMPROVEMENT_EVENT_WORDS))),
});

const detail = z.string().optional().meta({
  description: 'What it is about, in any language: codes, sums and dates, such as "reply-due 2026-10-10"',
});

/** Engagements, cases, evaluations and risks, each as its noun prints it. */
const nounLists = Object.fromEntries(
  NOUN_ROWS.map((list) => {
    const noun = NOUNS.find(({ rows }) => rows === list);
    const event = processEvent(wordsOf(noun?.eventWords ?? {})).omit({ measure: true });
    const row = (noun?.row ?? z.strictObject({})).extend({
      events: z.array(event.extend({ detail })),
    });
    return [list, z.array(row)];
  }),
) as unknown as Record<NounRows, z.ZodArray<z.ZodObject>>;

const open = z.array(z.strictObject({ term: z.string(), clauses, affects: z.array(z.string()) }));

/** What `abide simulate --json` prints: later versions add fields, and rename none. */
export const simulationSchema = z.strictObject({
  agreement: z.strictObject({
    template: z.string(),
    status: z.string(),
    inForceOn: date.nullable(),
    expiresOn: date.nullable(),
    endedOn: date.nullable(),
  }),
  // Of an event about people, goals and the like its own fields stand beside these.
  events: z.array(
    z.looseObject({ at: instant, type: wordsOf(EVENT_WORDS), ...about, actor: actor.optional(), clauses }),
  ),
  notices: z.array(
    z.strictObject({
      at: instant,
      to: z.string().nullable(),
      role: z.string(),
      kind: z.string(),
      ...about,
      rung: z.string().optional(),
      rungs: z.array(z.string()).optional(),
      subject: z.string().optional(),
      clauses,
    }),
  ),
  ledger: z.array(
    z.strictObject({
      at: instant,
      kind: z.string(),
      ...about,
      debtor: z.string(),
      creditor: z.string(),
      amount: decimal,
      currency: z.string(),
      days: z.int().optional(),
      base: decimal.optional(),
      rate: decimal.optional(),
      excludedDays: z.int().optional(),
      basis: z.string().optional(),
      clauses,
      posted: z.literal(false).optional(),
    }),
  ),
  obligations: z.array(
    z.strictObject({
      id: z.string(),
      occurrence: z.string().optional(),
      status: wordsOf(OBLIGATION_STATUS_WORDS),
      dueAt: instant.nullable(),
      fulfilledAt: instant.optional(),
      daysLate: count,
    }),
  ),
  claims: z.array(
    z.strictObject({
      ...about,
      claim: z.string(),
      status: z.string(),
      by: z.string(),
      against: z.string(),
      amount: decimal,
      currency: z.string(),
      lossOn: date,
      answerDueAt: instant.nullable(),
      payable: decimal.optional(),
      recovered: decimal.optional(),
    }),
  ),
  amendments: z.array(
    z.strictObject({
      amendment: z.string(),
      status: z.string(),
      by: z.string(),
      acceptedBy: z.array(z.string()),
      effectiveOn: date,
      changes: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
  suspensions: z.array(
    z.strictObject({
      number: z.int(),
      ground: z.string(),
      obligations: z.array(z.string()),
      from: date,
      until: date.nullable(),
    }),
  ),
  matters: z.array(
    z.strictObject({
      matter: z.string(),
      kind: z.string(),
      status: z.string(),
      from: z.string(),
      to: z.string().optional(),
      about: z.string().optional(),
      openedAt: instant,
      dueAt: instant.nullable(),
    }),
  ),
  surveys: z.array(livedSurvey),
  plans: z.array(livedPlan),
  ...nounLists,
  rejections: z.array(
    z.strictObject({
      at: instant,
      do: z.string(),
      as: z.string(),
      ...about,
      plan: z.string().optional(),
      engagement: z.string().optional(),
      case: z.string().optional(),
      evaluation: z.string().optional(),
      risk: z.string().optional(),
      code: wordsOf({ ...REJECTION_WORDS, ...ANSWER_REFUSAL_WORDS }),
      message: z.string(),
      clauses: clauses.optional(),
    }),
  ),
  open,
  runs: z.array(z.strictObject({ workflowId: z.string(), runId: z.string(), events: z.int() })),
});

/** What `abide plan --json` prints. */
export const planSchema = z.strictObject({
  template: z.string(),
  zone: z.string(),
  calendar: z.strictObject({ id: z.string(), version: z.string(), provisionalFrom: date }),
  terms: z.array(
    z.strictObject({
      name: z.string(),
      value: z.unknown(),
      origin: z.enum(['fixed', 'blank', 'vague', 'proposal']),
      proposal: z.unknown().optional(),
      given: z.boolean(),
      clauses,
    }),
  ),
  open,
  obligations: z.array(
    z.strictObject({
      id: z.string(),
      occurrence: z.string().optional(),
      kind: z.string(),
      title: text,
      clauses,
      responsible: z.string(),
      dueAt: instant.nullable(),
      localDate: date.nullable(),
      after: z.string().optional(),
      explanation: z.array(text),
      reminders: z.array(z.strictObject({ at: instant, to: z.string(), rung: z.string() })),
    }),
  ),
});
