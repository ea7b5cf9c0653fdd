import { z } from 'zod';
import { FINDING_PRIORITIES } from '../../domain/improvement/command.ts';
import { CUSTOMER_TIERS, SURVEY_CHANNELS } from '../../domain/survey/compiled.ts';
import { GROUPINGS } from '../../domain/survey/figures.ts';
import { eventPage, idParams, pageQuery, text } from '../schemas.ts';
import { SURVEY_STEPS } from './next.ts';

/** What `GET /agreements/{id}/surveys` and one of them answer. Dates are the agreement's own, instants bear its offset. */
const iso = z.string();
const date = z.string();
const clauses = z.array(z.string());
const decimal = z.string().meta({ description: 'A decimal string', examples: ['4.2500'] });
const seat = z.object({ seat: z.string(), title: text });
const due = z.object({ dueAt: iso, localDate: date });
const channel = z.enum(SURVEY_CHANNELS);
const titled = z.object({ id: z.string(), title: text });
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });
const weights = z
  .record(z.string(), decimal)
  .meta({ description: 'Fractions by dimension; empty: all weigh the same' });

export const SURVEY_STATUSES = [
  'starting',
  'planned',
  'missed',
  'open',
  'closed',
  'analysed',
  'reported',
  'elsewhere',
  'cancelled',
] as const;

/** What may be done to a cycle: the last part of the address of each act. */
export const SURVEY_ACTS = [
  'design',
  'approve',
  'propose-date',
  'accept-date',
  'draw',
  'publish',
  'close',
  'set-weights',
  'raise',
  'release',
] as const;
export type SurveyAct = (typeof SURVEY_ACTS)[number];

/** What the parties wanted to be told of a questionnaire; it stands all the same. */
export const warnings = z
  .array(z.object({ code: z.enum(['too-many-questions']), message: text }))
  .meta({ description: 'What was agreed and is not kept, and refuses nothing: more questions than wanted (S004-15)' });

export const sentTestMails = z
  .object({
    version: z.int().meta({ description: 'Of the questionnaire' }),
    sent: z.array(z.object({ to: z.string(), name: z.string(), language: z.enum(['zh', 'en']) })),
    expiresAt: iso.meta({ description: 'Until when their links work' }),
  })
  .meta({ id: 'SentTestMails' });

export const surveyParams = idParams.extend({ survey: z.uuid().meta({ description: 'Its `id` in the list' }) });

const summary = {
  id: z.uuid(),
  reference: z.string().meta({ examples: ['quarterly-survey#2027-Q1'] }),
  title: text,
  obligation: z.string().nullable().meta({ description: 'The duty whose occurrence it is' }),
  occurrence: z.string().nullable(),
  status: z.enum(SURVEY_STATUSES).meta({
    description: '`elsewhere`: done by hand; `missed`: not published by its day, and can still be',
  }),
  responsible: seat,
  due: due.nullable().meta({ description: 'Until when its result is due; null: its duty is suspended' }),
  agreedDate: date.nullable(),
  publishedAt: iso.nullable(),
  closes: due.nullable().meta({ description: 'Until when answers count' }),
  closedAt: iso.nullable(),
  releasedAt: iso.nullable(),
  drawn: z.int().nullable(),
  invited: z.int(),
  unreachable: z.int(),
  answered: z.int().meta({ description: 'In time; up to the second' }),
  late: z.int(),
  score: decimal.nullable(),
  verdict: z.enum(['reached', 'missed', 'none']).nullable(),
  next: z
    .object({
      step: z.enum(SURVEY_STEPS).meta({ description: 'The first thing that is missing, or how the cycle stands' }),
      by: z.array(seat).meta({ description: 'Who has to do it; empty: time or a machine does' }),
      on: date.nullable().meta({ description: 'The day that it is about' }),
    })
    .meta({ description: 'What happens next' }),
  overdue: z.boolean().meta({ description: 'Its result was due, and nothing has been handed in' }),
};

export const surveyList = z.object({
  items: z.array(z.object(summary).meta({ id: 'SurveySummary' })).meta({ description: 'The latest first' }),
});

/** Cycles of all agreements: what is running first, by the day on which its result is due. */
export const cyclesQuery = pageQuery.extend({
  standing: z.enum(['running', 'over']).optional().meta({ description: 'Missing: what is running, then what is over' }),
  status: z.enum(SURVEY_STATUSES).optional(),
  overdue: z.literal('true').optional(),
  search: z.string().max(200).optional().meta({ description: 'Part of the name of a party, or of a template' }),
});

export const cyclePage = z.object({
  items: z.array(
    z
      .object({
        ...summary,
        agreement: z.object({ id: z.uuid(), title: text, zone: z.string(), parties: z.array(z.string()) }),
        minimumSample: z.int().nullable(),
      })
      .meta({ id: 'SurveyOfAgreement' }),
  ),
  nextCursor: z.string().nullable(),
  counts: z
    .object({ running: z.int(), overdue: z.int(), open: z.int() })
    .nullable()
    .meta({ description: 'Of all that the reader may see; with the first page alone' }),
});

export const estimate = z.object({ value: decimal, low: decimal, high: decimal });
export const measures = z.object({
  n: z.int(),
  mean: estimate.nullable(),
  satisfied: estimate.nullable().meta({ description: 'Share of the two best answers, a fraction' }),
  nps: estimate.nullable().meta({ description: '-100 to 100' }),
});
const scale = z.object({ min: z.number(), max: z.number() });
const verdict = z.union([
  z.object({
    outcome: z.enum(['reached', 'missed']),
    measure: z.enum(['score', 'satisfied']),
    value: decimal,
    target: decimal,
  }),
  z.object({ outcome: z.literal('none'), why: z.enum(['no-target', 'off-scale', 'below-minimum', 'no-answers']) }),
]);
export const figures = z
  .object({
    population: z.int(),
    drawn: z.int(),
    reached: z.int(),
    answered: z.int(),
    late: z.int(),
    responseRate: estimate.nullable(),
    coverage: estimate.nullable(),
    scale,
    score: decimal.nullable(),
    overall: measures,
    dimensions: z.array(
      z.object({
        id: z.string(),
        title: text,
        weight: decimal,
        measures,
        parts: z.array(z.object({ id: z.string(), title: text, measures })),
      }),
    ),
    groups: z.array(
      z.object({
        by: z.enum(GROUPINGS),
        key: z.string(),
        title: text,
        measures: measures.nullable().meta({ description: 'null: too few to be shown' }),
      }),
    ),
    importance: weights.nullable(),
    verdict,
  })
  .meta({ id: 'SurveyFigures' });

const provides = z.object({
  responsible: seat,
  dateAgreedBy: z.array(seat).meta({ description: 'Empty: no date is agreed' }),
  approvers: z.array(seat).meta({ description: 'Empty: the questionnaire counts as designed' }),
  dimensions: z.array(titled.extend({ clauses, parts: z.array(titled) })),
  weights,
  asksImportance: z.boolean(),
  channels: z.array(channel).meta({ description: 'Empty: none is agreed' }),
  audience: z.object({ tiers: z.array(z.enum(CUSTOMER_TIERS)).nullable(), product: z.boolean(), clauses }),
  sample: z.object({
    method: z.enum(['all', 'random', 'stratified']),
    size: z.int().nullable(),
    percent: decimal.nullable().meta({ description: 'Of the audience, where that is agreed instead of a size' }),
    clauses,
  }),
  minimumSample: z.int().nullable(),
  openDays: z.int(),
  reminderLeadDays: z.array(z.int()),
  target: z.object({ measure: z.enum(['score', 'satisfied']), value: decimal, clauses }).nullable(),
  responseRatePercent: decimal.nullable(),
  anonymous: z.boolean(),
  gates: z.array(z.object({ gate: z.enum(['team', 'method', 'sample']), clauses, isGiven: z.boolean().nullable() })),
  report: z.object({ by: seat, to: z.array(seat), acknowledged: z.boolean(), clauses }),
  findingsBelow: decimal.nullable().meta({ description: 'A fraction of the scale: a lower dimension opens a finding' }),
  improvement: z.boolean().meta({ description: 'Whether findings become improvements under this agreement' }),
  clauses,
});

export const survey = z
  .object({
    ...summary,
    sequence: z.int(),
    asOf: iso,
    can: z
      .array(z.enum(SURVEY_ACTS))
      .meta({ description: 'What the reader may do now, by their role, seats and what the contract allows' }),
    as: z
      .partialRecord(z.enum(SURVEY_ACTS), z.array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() })))
      .meta({ description: 'By act of `can`: in which capacities the reader may do it' }),
    mayTest: z.boolean().meta({ description: 'Whether the reader may send test mails of the questionnaire' }),
    provides,
    questionnaire: z
      .object({
        version: z.int(),
        sha256: z.string(),
        json: z.unknown().meta({ description: 'SurveyJS JSON; null where its text is not there any more' }),
        warnings,
        questions: z.int(),
        dimensions: z.record(z.string(), z.int()),
        parts: z.record(z.string(), z.int()),
        scale,
        asksImportance: z.boolean(),
        weights,
        approvedBy: z.array(seat),
        waitsFor: z.array(seat),
      })
      .nullable(),
    date: z
      .object({ proposed: date, by: seat, acceptedBy: z.array(seat), waitsFor: z.array(seat), agreed: z.boolean() })
      .nullable(),
    sample: z
      .object({
        method: z.enum(['all', 'random', 'stratified']),
        seed: z.string().nullable().meta({ description: 'Draws the same customers again' }),
        sha256: z.string(),
        population: z.int(),
        drawn: z.int(),
        unreachable: z.int(),
        optedOut: z.int(),
        tiers: z.record(z.string(), z.int()).meta({ description: 'How many were drawn of each tier' }),
        reached: z.int().meta({ description: 'Reached by now, by any channel' }),
      })
      .nullable(),
    unreached: z
      .object({
        count: z.int(),
        customers: z
          .array(
            z.object({
              customerId: z.uuid(),
              key: z.string(),
              name: z.string(),
              channel: z.string(),
              status: z.enum(['unreachable', 'bounced', 'opted-out']),
            }),
          )
          .nullable()
          .meta({ description: 'The first 500; null for those who may not see who is asked' }),
      })
      .meta({ description: 'Drawn, and not reached by any channel: to be tried by another one' }),
    channels: z.array(z.object({ channel: z.string(), drawn: z.int(), reached: z.int(), answered: z.int() })),
    reminders: z.array(iso).meta({ description: 'When those who had not answered were reminded' }),
    figures: figures.nullable(),
    answersSha256: z.string().nullable(),
    earlier: z
      .array(
        z.object({
          reference: z.string(),
          closedOn: date,
          score: decimal.nullable(),
          dimensions: z.record(z.string(), decimal.nullable()),
          weights: weights.meta({ description: 'That its score was computed with, by dimension' }),
        }),
      )
      .meta({ description: 'Analysed cycles of the same survey before this one, the latest first' }),
    nextWeights: weights.nullable(),
    findings: z.array(
      z.object({
        finding: z.string(),
        title: z.string().nullable().meta({ description: 'As somebody worded it; null: it was found by its score' }),
        dimension: titled.nullable(),
        improvement: z
          .object({ id: z.uuid(), status: z.string(), priority: z.enum(FINDING_PRIORITIES).nullable() })
          .nullable(),
      }),
    ),
    report: z
      .object({
        releasedAt: iso,
        by: z.string().nullable().meta({ description: 'A name' }),
        judgement: z.string().nullable(),
        recommendations: z.string().nullable(),
        documents: z.array(document),
      })
      .nullable(),
    events: eventPage.shape.items.meta({
      description: 'All that happened; empty for those who may not read the record',
    }),
  })
  .meta({ id: 'Survey' });

/** A questionnaire to begin with, made from the bank of questions: nothing is stored. */
export const questionnaireDraft = z
  .object({
    json: z.record(z.string(), z.unknown()),
    weights: weights.meta({ description: "The template's, or what the cycle before this one set" }),
    from: z.enum(['bank', 'previous']),
    warnings,
  })
  .meta({ id: 'QuestionnaireDraft' });
