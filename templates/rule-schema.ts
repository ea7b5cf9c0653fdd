import { z } from 'zod';
import { BOOKING_KINDS, ENGAGEMENT_END_GROUNDS } from '../domain/agreement/compiled.ts';
import { THIRD } from '../domain/agreement/parties.ts';
import { CASE_TYPES_OF_TERMS, CASE_WORDS, caseFields, caseTerms } from './case-schema.ts';
import { ENGAGEMENT_TYPES, engagementFields, engagementTerms } from './engagement-schema.ts';
import { EVALUATION_TYPES, EVALUATION_WORDS, evaluationFields, evaluationTerms } from './evaluation-schema.ts';
import { GOAL_TYPES, GOAL_WORDS, goalFields, goalTerms } from './goal-schema.ts';
import { clauses, ruleId, seatKey, termName, textSchema } from './names.ts';
import { RISK_TYPES, riskFields, riskTerms } from './risk-schema.ts';
import {
  IMPROVEMENT_TYPES,
  SURVEY_TYPES,
  improvementFields,
  improvementTerms,
  surveyFields,
  surveyTerms,
} from './survey-schema.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';
import { TRAINING_TYPES, trainingFields, trainingTerms } from './training-schema.ts';
import { VISIT_TYPES, visitFields, visitTerms } from './visit-schema.ts';

const term = termName.optional();
const who = z.array(z.union([seatKey, z.literal(THIRD)])).min(1);
const base = { id: ruleId, title: textSchema, clauses };

/**
 * What a contract says beside its dated duties, as data: each kind is run by the capability that brings it (CHANGELOG),
 * and until then the ledger of clauses says so. A field of type `term` takes the name of the term that fills it; a
 * field that is not there is something that this contract does not say.
 */
export const ruleSchema = z.discriminatedUnion('kind', [
  /** What a survey cycle is made of; `obligation` is the duty that says when. */
  z.strictObject({ kind: z.literal('survey'), ...base, ...surveyFields, other: z.array(termName).default([]) }),
  /** What becomes of findings, from their classification to the proven effect; at most one of a template. */
  z.strictObject({
    kind: z.literal('improvement'),
    ...base,
    ...improvementFields,
    other: z.array(termName).default([]),
  }),
  /** Visits to customers, or call-backs: who leads, who takes part, and what is counted of them; one of each. */
  z.strictObject({ kind: z.literal('visits'), ...base, ...visitFields, other: z.array(termName).default([]) }),
  /** Sessions on topics, with who was there, examination, certificate, repeated training, and who may work. */
  z.strictObject({ kind: z.literal('training'), ...base, ...trainingFields, other: z.array(termName).default([]) }),
  /** Complaints, requests, enquiries and feedback, from their coming in to their closing. */
  z.strictObject({
    kind: z.literal('case'),
    ...base,
    ...caseFields,
    escalateTo: who.optional(),
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('payment'),
    ...base,
    /** A table of rows with a date and a sum or a share; each row is a payment of its own. */
    schedule: term,
    amount: term,
    /** A table whose rows the amount is for, each. */
    items: term,
    /** The sum is due again and again at this interval, from the effect on. */
    every: term,
    /** Or so many days after an obligation was fulfilled. */
    milestone: z.strictObject({ obligation: ruleId, days: termName }).optional(),
    mayHoldBack: z.boolean().default(false),
    rollover: termName.default('rollover'),
    dayEnd: termName.default('dayEnd'),
    reminderLeadDays: termName.default('reminderLeadDays'),
    payer: z.union([seatKey, termName]).optional(),
    payee: z.union([seatKey, termName]).optional(),
    lateFeePercentPerDay: term,
    shares: term,
    other: z.array(termName).default([]),
  }),
  /** Who is scored by what scheme, how a result becomes final, and what may follow from it. */
  z.strictObject({
    kind: z.literal('evaluation'),
    ...base,
    ...evaluationFields,
    other: z.array(termName).default([]),
  }),
  /** Bringing in a third party; a step that is not there does not exist in this contract. */
  z.strictObject({
    kind: z.literal('engagement'),
    ...base,
    ...engagementFields,
    other: z.array(termName).default([]),
  }),
  /** How a third party's involvement ends, and what is settled afterwards: on both parties' decision, by written notice. */
  z.strictObject({
    kind: z.literal('engagement-end'),
    ...base,
    grounds: z.array(z.strictObject({ ground: z.enum(ENGAGEMENT_END_GROUNDS), clauses })).min(1),
    /** What the involvement is to achieve. */
    purpose: term,
    items: z.array(z.strictObject({ id: ruleId, title: textSchema })).min(1),
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('amendment'),
    ...base,
    consent: who,
    /** Days after which a proposal that not all have accepted lapses. */
    replyDays: term,
    noticeDays: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('suspension'),
    ...base,
    grounds: z.array(z.enum(['force-majeure', 'agreed-pause', 'other-side-holds', 'missing-input'])).min(1),
    noticeDays: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('renewal'),
    ...base,
    automatic: z.union([z.boolean(), termName]),
    noticeDays: term,
    /** So many days earlier the coordinator is told. */
    internalDays: term,
    termYears: term,
    /** Whether what recurs at an interval from the effect on is counted anew from the first day of a renewed term (ADR 17). */
    cycles: z.enum(['carry-on', 'afresh']).default('carry-on'),
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('termination'),
    ...base,
    ground: z.enum(['mutual', 'breach', 'serious-breach', 'force-majeure', 'repeal', 'expiry', 'agreed-list']),
    gates: z
      .array(z.enum(['negotiation-failed', 'cure-period', 'written-notice', 'both-approve', 'innocent-party']))
      .default([]),
    noticeDays: term,
    /** The other side may object within the days of notice. */
    objection: z.boolean().default(false),
    negotiationDays: term,
    cureDays: term,
    grounds: term,
    other: z.array(termName).default([]),
  }),
  /** What is owed after the end. */
  z.strictObject({
    kind: z.literal('post-termination'),
    ...base,
    responsible: z.union([seatKey, termName]).optional(),
    what: z.enum(['service', 'data', 'hand-over', 'close-out']).default('service'),
    months: term,
    days: term,
    period: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('confidentiality'),
    ...base,
    /** Who keeps the secret; without it, all. */
    bound: who.optional(),
    /** Whoever is bound undertakes it in writing before any access. */
    undertaking: z.boolean().default(false),
    /** The duty that is fulfilled by undertaking it, where there is one. */
    obligation: ruleId.optional(),
    /** How long after the end; without it the source does not say. */
    period: term,
    other: z.array(termName).default([]),
  }),
  /** Who bears which loss. */
  z.strictObject({
    kind: z.literal('liability'),
    ...base,
    /** `third`: a third party that was brought in; missing: whoever is in breach. */
    liable: z.union([seatKey, termName]).optional(),
    /** It is about something of its own: a claim rests on it only by naming it. */
    particular: z.boolean().default(false),
    rules: term,
    cap: term,
    share: term,
    /** How long the other side has to answer a claim. */
    answer: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('dispute'),
    ...base,
    method: term,
    /** How long is negotiated before the forum agreed on. */
    negotiation: term,
    forum: term,
    other: z.array(termName).default([]),
  }),
  /** What brings it into force beside the signatures. */
  z.strictObject({
    kind: z.literal('effect'),
    ...base,
    /** A term of yes and no: everyone who signs also seals. */
    seal: term,
    /** Everyone confirms having reviewed it before anyone signs. */
    review: z.boolean().default(false),
    /** Of a policy: who approves it before it is posted; else whoever posts it. */
    approver: seatKey.optional(),
    other: z.array(termName).default([]),
  }),
  /** Who may change a date, an owner or a step for a special case, with a reason. */
  z.strictObject({ kind: z.literal('override'), ...base, by: who, other: z.array(termName).default([]) }),
  /** What one side may ask of the other, and how long that has to reply. */
  z.strictObject({
    kind: z.literal('request'),
    ...base,
    from: seatKey,
    to: seatKey,
    reply: term,
    /** What no reply means. */
    silence: z.enum(['open', 'refused']).default('open'),
    /** Whoever is asked is reminded each so many days while it waits. */
    reminder: term,
    other: z.array(termName).default([]),
  }),
  /** Sums that may be booked by hand with their document. */
  z.strictObject({
    kind: z.literal('booking'),
    ...base,
    bookings: z.array(z.enum(BOOKING_KINDS)).min(1),
    share: term,
    other: z.array(termName).default([]),
  }),
  /** A figure to be reached, measured by surveys, cases or by hand. */
  z.strictObject({
    kind: z.literal('goal'),
    ...base,
    ...goalFields,
    other: z.array(termName).default([]),
  }),
  /** The register of risks: who keeps it, and which of its steps this contract has; one with a keeper at most. */
  z.strictObject({
    kind: z.literal('risk'),
    ...base,
    ...riskFields,
    other: z.array(termName).default([]),
  }),
  /** Kept, shown and exported as said; a person acts. */
  z.strictObject({ kind: z.literal('statement'), ...base, terms: z.array(termName).default([]) }),
]);

export type Rule = z.output<typeof ruleSchema>;

const NOT_TERMS = ['kind', 'id', 'title', 'clauses', 'obligation', 'types', 'escalateTo', 'approvers', 'applicants'];
const NOT_TERM_FIELDS = new Set([
  ...NOT_TERMS,
  ...GOAL_WORDS,
  ...CASE_WORDS,
  ...EVALUATION_WORDS,
  'signatories',
  'consent',
  'steps',
  'grounds',
  'gates',
  'ground',
  'what',
  'from',
  'to',
  'by',
  'bound',
  'silence',
  'cycles',
  'bookings',
  'milestone',
  'targetMeasure',
  'fulfils',
  'visit',
  'form',
]);
const WHO_FIELDS = [
  'payer',
  'payee',
  'responsible',
  'liable',
  'planner',
  'leader',
  'organiser',
  'keeper',
  'provider',
  'handler',
];
/** What the newer fields of these kinds can be filled with; others take any term. */
const TYPES: Partial<Record<Rule['kind'], Record<string, TermType[]>>> = {
  survey: SURVEY_TYPES,
  improvement: IMPROVEMENT_TYPES,
  visits: VISIT_TYPES,
  training: TRAINING_TYPES,
  evaluation: EVALUATION_TYPES,
  goal: GOAL_TYPES,
  engagement: ENGAGEMENT_TYPES,
  case: CASE_TYPES_OF_TERMS,
  risk: RISK_TYPES,
};

/** The names of terms that a rule takes, with the path to each in it, and the types that it may have: empty for any. */
export function ruleTerms(rule: Rule): NamedTerm[] {
  return [...flatTerms(rule), ...nestedTerms(rule)];
}

function nestedTerms(rule: Rule): NamedTerm[] {
  switch (rule.kind) {
    case 'survey':
      return surveyTerms(rule);
    case 'improvement':
      return improvementTerms(rule);
    case 'visits':
      return visitTerms(rule);
    case 'engagement':
      return engagementTerms(rule);
    case 'evaluation':
      return evaluationTerms(rule);
    case 'goal':
      return goalTerms(rule);
    case 'training':
      return trainingTerms(rule);
    case 'case':
      return caseTerms(rule);
    case 'risk':
      return riskTerms(rule);
    default:
      return [];
  }
}

function flatTerms(rule: Rule): NamedTerm[] {
  return Object.entries(rule).flatMap(([field, value]): NamedTerm[] => {
    if (field === 'other' || field === 'terms') {
      return (value as string[]).map((name, index) => ({ path: [field, index], name, types: [] }));
    }
    // A termination's `grounds` is a term; a suspension's is a list.
    const isList = field === 'grounds' && rule.kind === 'termination' ? false : NOT_TERM_FIELDS.has(field);
    if (isList || typeof value !== 'string') return [];
    if (WHO_FIELDS.includes(field) && (/^[A-Z]/.test(value) || value.includes('-') || value === THIRD)) return [];
    return [{ path: [field], name: value, types: TYPES[rule.kind]?.[field] ?? [] }];
  });
}
