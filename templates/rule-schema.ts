import { z } from 'zod';
import { clauses, ruleId, seatKey, termName, textSchema } from './names.ts';

const term = termName.optional();
const who = z.array(z.union([seatKey, z.literal('third')])).min(1);
const base = { id: ruleId, title: textSchema, clauses };

/**
 * What a contract says beside its dated duties, as data: each kind is run by the capability that brings it (CHANGELOG),
 * and until then the ledger of clauses says so. A field of type `term` takes the name of the term that fills it; a
 * field that is not there is something that this contract does not say.
 */
export const ruleSchema = z.discriminatedUnion('kind', [
  /** What a survey cycle is made of; `obligation` is the duty that says when. */
  z.strictObject({
    kind: z.literal('survey'),
    ...base,
    obligation: ruleId,
    dimensions: term,
    weights: term,
    methods: term,
    channels: term,
    audience: term,
    sample: term,
    minimumSample: term,
    openDays: term,
    target: term,
    responseRate: term,
    approvers: who.optional(),
    publication: term,
    other: z.array(termName).default([]),
  }),
  /** Clocks of a complaint, request, enquiry or feedback, from its submission. */
  z.strictObject({
    kind: z.literal('case'),
    ...base,
    types: z.array(z.enum(['complaint', 'service-request', 'enquiry', 'feedback'])).min(1),
    record: term,
    response: term,
    assignment: term,
    resolution: term,
    feedback: term,
    followUp: term,
    warnings: term,
    calendar: term,
    categories: term,
    tiers: term,
    channels: term,
    pause: term,
    escalateTo: who.optional(),
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('payment'),
    ...base,
    schedule: term,
    amount: term,
    payer: z.union([seatKey, termName]).optional(),
    payee: z.union([seatKey, termName]).optional(),
    lateFeePercentPerDay: term,
    shares: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('evaluation'),
    ...base,
    obligation: ruleId.optional(),
    indicators: term,
    weights: term,
    bands: term,
    target: term,
    objectionDays: term,
    other: z.array(termName).default([]),
  }),
  /** Steps of bringing in a third party; a step that is not listed does not exist in this contract. */
  z.strictObject({
    kind: z.literal('engagement'),
    ...base,
    steps: z
      .array(
        z.enum([
          'application',
          'advance-notice',
          'negotiation',
          'reply',
          'joint-review',
          'agreement',
          'site-rules',
          'milestones',
          'supervision',
          'cap-change',
          'settlement',
          'hand-over',
          'end-notice',
        ]),
      )
      .min(1),
    applicants: who.optional(),
    signatories: who.optional(),
    replyWorkingDays: term,
    scope: term,
    fee: term,
    cap: term,
    lossShare: term,
    costShare: term,
    milestones: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('amendment'),
    ...base,
    consent: who,
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
    termYears: term,
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
    cureDays: term,
    grounds: term,
    other: z.array(termName).default([]),
  }),
  /** What is owed after the end. */
  z.strictObject({
    kind: z.literal('post-termination'),
    ...base,
    responsible: z.union([seatKey, termName]).optional(),
    months: term,
    days: term,
    period: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('confidentiality'),
    ...base,
    period: term,
    other: z.array(termName).default([]),
  }),
  /** Who bears which loss. */
  z.strictObject({
    kind: z.literal('liability'),
    ...base,
    liable: z.union([seatKey, termName]).optional(),
    rules: term,
    cap: term,
    share: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({ kind: z.literal('dispute'), ...base, method: term, other: z.array(termName).default([]) }),
  /** A figure to be reached, measured by surveys, cases or by hand. */
  z.strictObject({
    kind: z.literal('goal'),
    ...base,
    target: term,
    baseline: term,
    period: term,
    other: z.array(termName).default([]),
  }),
  z.strictObject({
    kind: z.literal('risk'),
    ...base,
    threshold: term,
    owners: term,
    period: term,
    other: z.array(termName).default([]),
  }),
  /** Kept, shown and exported as said; a person acts. */
  z.strictObject({ kind: z.literal('statement'), ...base, terms: z.array(termName).default([]) }),
]);

export type Rule = z.output<typeof ruleSchema>;

const NOT_TERMS = ['kind', 'id', 'title', 'clauses', 'obligation', 'types', 'escalateTo', 'approvers', 'applicants'];
const NOT_TERM_FIELDS = new Set([...NOT_TERMS, 'signatories', 'consent', 'steps', 'grounds', 'gates', 'ground']);
const WHO_FIELDS = ['payer', 'payee', 'responsible', 'liable'];

/** The names of terms that a rule takes, with the path to each in it. */
export function ruleTerms(rule: Rule): { path: (string | number)[]; name: string }[] {
  return Object.entries(rule).flatMap(([field, value]) => {
    if (field === 'other' || field === 'terms') {
      return (value as string[]).map((name, index) => ({ path: [field, index], name }));
    }
    // A termination's `grounds` is a term; a suspension's is a list.
    const isList = field === 'grounds' && rule.kind === 'termination' ? false : NOT_TERM_FIELDS.has(field);
    if (isList || typeof value !== 'string') return [];
    if (WHO_FIELDS.includes(field) && (/^[A-Z]/.test(value) || value.includes('-'))) return [];
    return [{ path: [field], name: value }];
  });
}
