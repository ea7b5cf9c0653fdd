import { z } from 'zod';
import {
  CONSEQUENCE_KINDS,
  EVALUATION_SUBJECTS,
  EVALUATION_TESTS,
  INDICATOR_SOURCES,
} from '../../domain/evaluation/compiled.ts';
import { NEXT_STEPS } from '../../domain/evaluation/next.ts';
import { EVALUATION_STATUSES, SUBJECT_STAGES } from '../../domain/evaluation/state.ts';
import { eventPage, idParams, text } from '../schemas.ts';

/** What evaluations answer. Dates are the agreement's own, instants bear its offset, figures are decimal strings. */
const iso = z.string();
const date = z.string();
const clauses = z.array(z.string());
const decimal = z.string();
const seat = z.object({ seat: z.string(), title: text });
const due = z.object({ dueAt: iso, localDate: date });
const titled = z.object({ id: z.string(), title: text });
const words = z.string().nullable();
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });
const capacities = z.array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() }));

export const EVALUATION_LIST_STATUSES = ['starting', ...EVALUATION_STATUSES] as const;

/** What may be done to all of an evaluation: the last part of the address of each act. */
export const EVALUATION_ACTS = ['enrol', 'acknowledge', 'gather', 'publish'] as const;
export type EvaluationAct = (typeof EVALUATION_ACTS)[number];

/** What may be done about one of those that are evaluated. */
export const SUBJECT_ACTS = [
  'self-assess',
  'score',
  'leave-out',
  'judge-targets',
  'third-party',
  'conclude',
  'object',
  'answer',
  'correct',
  'confirm',
  'propose',
  'decide',
  'explain',
] as const;
export type SubjectAct = (typeof SUBJECT_ACTS)[number];

/** What happens next. */

export const evaluationParams = idParams.extend({ evaluation: z.uuid().meta({ description: 'Its `id` in the list' }) });
export const evaluationFileParams = evaluationParams.extend({ documentId: z.uuid() });

export const evaluationQuery = z.object({
  status: z.enum(EVALUATION_LIST_STATUSES).optional(),
  rule: z.string().max(100).optional().meta({ description: 'Of `rules`: which evaluation of the contract' }),
  late: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: late responses and who explains them alone' }),
});

const evaluatedName = z.object({
  subject: z.string().meta({ description: 'A seat, or the id of a member of staff' }),
  title: text.nullable().meta({ description: 'Of a seat' }),
  name: words.meta({ description: 'Of a person' }),
});
const band = z.object({
  id: z.string(),
  from: decimal,
  to: decimal,
  consequence: z.enum(CONSEQUENCE_KINDS).nullable().meta({ description: 'Null: nothing follows' }),
  words: words.meta({ description: 'As the contract has it' }),
  amount: decimal.nullable().meta({ description: 'For those who may read the ledger' }),
});
const indicator = titled.extend({
  clauses,
  source: z.enum(INDICATOR_SOURCES),
  measure: z.enum(['quantitative', 'qualitative']),
  weight: decimal.nullable().meta({ description: 'Percent; null: not agreed, it is not scored' }),
  scale: z.object({ min: decimal, max: decimal }),
  evidence: z
    .array(titled)
    .meta({ description: 'Kinds of record, of which each score names at least one; empty: any' }),
  bonus: z.boolean().meta({ description: 'Outside of the hundred points' }),
});
const scheme = z.object({
  version: z.string(),
  indicators: z.array(indicator),
  bands: z.array(band),
  decimals: z.int(),
  tests: z.array(
    z.object({ test: z.enum(EVALUATION_TESTS), clauses, target: decimal.nullable(), targets: z.array(text) }),
  ),
});

/** An evaluation as the contract speaks of it. */
const provided = z.object({
  rule: titled,
  clauses,
  form: z.enum(['scored', 'accountability']),
  subject: z.enum(EVALUATION_SUBJECTS),
  organiser: seat,
  scorers: z.array(seat),
  acknowledgers: z.array(seat),
  confirmer: seat.nullable(),
  decider: seat,
  objectionDays: z.int().nullable(),
  publishTo: z.array(seat),
  minimumSample: z.int().nullable(),
  selfAssessment: z.boolean(),
  obligation: titled.nullable().meta({ description: 'The duty that each run fulfils; null: people open it' }),
});

const next = z.object({
  what: z.enum(NEXT_STEPS),
  who: z.array(evaluatedName).meta({ description: 'Who must act' }),
  about: evaluatedName.nullable().meta({ description: 'Whose result it is about; null: of all' }),
  due: due.nullable(),
  indicators: z.array(titled).meta({ description: 'What is not scored yet, or waits for a correction' }),
});

const result = evaluatedName.extend({
  stage: z.enum(SUBJECT_STAGES),
  total: decimal.nullable(),
  band: z.string().nullable(),
  verdict: z.enum(['performed', 'not-performed']).nullable(),
  late: z.object({ item: z.string(), minutes: z.int() }).nullable(),
});

const summary = {
  id: z.uuid(),
  reference: z.string(),
  rule: titled,
  form: z.enum(['scored', 'accountability']),
  subject: z.enum(EVALUATION_SUBJECTS),
  status: z.enum(EVALUATION_LIST_STATUSES),
  period: z.object({ from: date, to: date.meta({ description: 'Its last day' }) }),
  organiser: seat,
  due: due.nullable(),
  overdue: z.boolean(),
  next: z.array(next).meta({ description: 'What happens next, and who must act' }),
  evaluated: z.int().meta({ description: 'How many are evaluated, whoever may see their results' }),
  results: z.array(result).meta({ description: 'Of those whose result this reader may see now' }),
  publishedAt: iso.nullable(),
};

export const evaluationList = z.object({
  items: z.array(z.object(summary).meta({ id: 'EvaluationSummary' })).meta({ description: 'The latest period first' }),
  counts: z.object({ status: z.record(z.string(), z.int()), overdue: z.int() }),
  rules: z.array(provided),
  may: z.object({
    open: z
      .array(z.object({ rule: z.string(), as: capacities }))
      .meta({ description: 'Which evaluations the reader may open, and as whom' }),
  }),
});

const source = z.object({
  reference: z.string().meta({ examples: ['quarterly-survey#2027-Q1', 'monthly-report#2027-02'] }),
  kind: z.enum(['survey', 'case', 'obligation']),
  id: z.uuid().nullable().meta({ description: 'Of a survey or a case: its page' }),
  title: text.nullable(),
});
const score = z.object({
  indicator: titled,
  value: decimal,
  gathered: z.boolean().meta({ description: 'Taken from the record itself; else somebody scored it' }),
  by: words,
  seat: seat.nullable(),
  at: iso,
  evidence: z.array(titled),
  record: words.meta({ description: 'The record it rests on, in words' }),
  documents: z.array(document),
  sources: z.array(source).meta({ description: 'What a figure was made of, as it was when it was gathered' }),
  count: z.int().nullable(),
  corrected: z
    .object({ from: decimal.nullable(), by: words, at: iso, reason: words, documents: z.array(document) })
    .nullable(),
  weight: decimal.nullable().meta({ description: 'Percent that it counted with' }),
  points: decimal.nullable().meta({ description: 'What it brought to the total' }),
});
const objection = z.object({
  id: z.string(),
  indicator: titled.nullable(),
  at: iso,
  by: words,
  reason: words,
  documents: z.array(document),
  verdict: z.enum(['uphold', 'reject']).nullable(),
  answeredBy: words,
  answer: words,
  settled: z.boolean(),
});
const consequence = z.object({
  id: z.string(),
  kind: z.enum(CONSEQUENCE_KINDS),
  from: z.string().meta({ description: 'What proposed it: a band, a test, `follow-up`, `proposed` by hand' }),
  words: words.meta({ description: 'As the contract has it' }),
  amount: decimal.nullable(),
  reason: words.meta({ description: 'Why it was proposed by hand' }),
  verdict: z.enum(['approve', 'decline']).nullable(),
  decidedBy: words,
  decidedAt: iso.nullable(),
  decision: words.meta({ description: 'Why it was decided so' }),
  documents: z.array(document),
  improvement: z.object({ id: z.uuid().nullable(), reference: z.string() }).nullable(),
});

const evaluated = result.extend({
  can: z.array(z.enum(SUBJECT_ACTS)),
  as: z.partialRecord(z.enum(SUBJECT_ACTS), capacities),
  on: z
    .partialRecord(z.enum(SUBJECT_ACTS), z.array(z.string()))
    .meta({ description: 'By act: the indicators that it may be about' }),
  scores: z.array(score),
  missing: z.array(titled).meta({ description: 'Indicators that are not scored yet' }),
  leftOut: z.array(titled.extend({ reason: words })).meta({ description: 'Nothing to measure: not scored zero' }),
  tooFew: z.array(titled).meta({ description: 'A figure of too few answers or cases: without it there is no verdict' }),
  cappedBy: titled.nullable().meta({ description: 'Its own score is all that the total can reach, and was less' }),
  bonus: decimal.nullable(),
  selfAssessment: z
    .object({
      at: iso,
      text: words,
      values: z.array(z.object({ indicator: titled.nullable(), value: decimal.nullable() })),
    })
    .nullable(),
  targets: z.array(z.object({ number: z.int(), title: text, met: z.boolean().nullable() })),
  thirdParty: z.boolean().nullable(),
  tests: z.array(
    z.object({
      test: z.enum(EVALUATION_TESTS),
      passed: z.boolean().nullable().meta({ description: 'Null: nothing to judge it by' }),
      value: decimal.nullable(),
      against: decimal.nullable(),
      basis: z.enum(['previous', 'baseline', 'target']).nullable(),
    }),
  ),
  concludedAt: iso.nullable(),
  objectionsUntil: due.nullable(),
  objections: z.array(objection),
  confirmedBy: words,
  finalAt: iso.nullable(),
  consequences: z.array(consequence),
  explanation: z.object({ at: iso, text: words }).nullable(),
});

export const evaluation = z
  .object({
    ...summary,
    sequence: z.int(),
    asOf: iso,
    zone: z.string(),
    agreement: z.object({ id: z.uuid(), title: text, seatTitles: z.record(z.string(), text) }),
    can: z.array(z.enum(EVALUATION_ACTS)),
    as: z.partialRecord(z.enum(EVALUATION_ACTS), capacities),
    clauses,
    provides: provided,
    scheme: scheme.nullable(),
    acknowledged: z
      .array(seat.extend({ by: words, at: iso.nullable() }))
      .meta({ description: 'Every seat that has to; `at` null: not yet' }),
    gathered: z.object({ at: iso, surveys: z.array(source), expected: z.int().nullable() }).nullable(),
    note: words,
    subjects: z.array(evaluated).meta({ description: 'Of those whose result this reader may see now' }),
    consequenceKinds: z.array(z.enum(CONSEQUENCE_KINDS)).meta({ description: 'What may be proposed by hand' }),
    currency: z.string().nullable(),
    events: eventPage.shape.items,
  })
  .meta({ id: 'Evaluation' });

export const openedEvaluation = z.object({
  id: z.uuid(),
  reference: z.string(),
  status: z.enum(['started', 'pending']).meta({ description: '`pending`: the engine is away, it begins later' }),
  location: z.string(),
});

export const evaluationDeskQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  status: z
    .enum([...EVALUATION_LIST_STATUSES, 'open'])
    .optional()
    .meta({ description: '`open`: neither complete nor ended' }),
  waiting: z
    .enum(['acknowledgement', 'scores', 'objections', 'consequences'])
    .optional()
    .meta({ description: 'What they wait for' }),
  agreement: z.uuid().optional(),
  search: z.string().trim().max(100).optional().meta({ description: 'In its number' }),
});

export const evaluationDesk = z.object({
  items: z
    .array(
      z
        .object({
          ...summary,
          next: z
            .array(next.omit({ indicators: true }).extend({ open: z.int().meta({ description: 'Indicators' }) }))
            .meta({ description: 'What happens next; the first three' }),
          steps: z.int().meta({ description: 'How many there are' }),
          results: z.array(result).meta({ description: 'The first five that this reader may see now' }),
          objectionsUntil: date.nullable().meta({ description: 'Last day of the objection windows that are open' }),
          undecided: z.int().meta({ description: 'Consequences that nobody has decided on' }),
          agreement: z.object({ id: z.uuid(), title: text, zone: z.string(), parties: z.array(z.string()) }),
        })
        .meta({ id: 'DeskEvaluation' }),
    )
    .meta({ description: 'The latest period first' }),
  nextCursor: z.string().nullable(),
});

export const evaluationHistoryQuery = z.object({ subject: z.string().max(200) });
export const evaluationHistory = z.object({
  periods: z
    .array(
      z.object({
        id: z.uuid(),
        period: z.object({ from: date, to: date }),
        total: decimal,
        isFinal: z.boolean(),
        scores: z.array(z.object({ indicator: titled, value: decimal })),
      }),
    )
    .meta({ description: 'Concluded ones of the same evaluation of the contract, the earliest first; 24 at most' }),
});
