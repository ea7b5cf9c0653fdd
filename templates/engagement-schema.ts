import { z } from 'zod';
import { THIRD } from '../domain/agreement/parties.ts';
import { AGREEMENT_SECTIONS, APPLICATION_FIELDS, ENGAGEMENT_KINDS } from '../domain/engagement/compiled.ts';
import { clauses, ruleId, seatKey, termName, textSchema } from './names.ts';
import type { NamedTerm } from './survey-schema.ts';
import type { TermType } from './term-schema.ts';

const term = termName.optional();
const who = z.array(z.union([seatKey, z.literal(THIRD), z.literal('applicant')])).min(1);

/**
 * Bringing in a third party, step by step. A step that is not there does not exist in this contract; a field of type `term`
 * takes the name of the term that fills it.
 */
export const engagementFields = {
  /** A third party that takes part, or a body outside that is commissioned and reports. */
  form: z.enum(ENGAGEMENT_KINDS).default('involvement'),
  /** Who may begin one. */
  applicants: z.array(seatKey).min(1),
  /** A written application, and what it has to hold. */
  application: z.strictObject({ demands: z.array(z.enum(APPLICATION_FIELDS)), clauses }).optional(),
  /** Notice ahead, so many days before any involvement. */
  advanceNotice: z.strictObject({ days: term, clauses }).optional(),
  /** A negotiation at which all of these have to have been. */
  negotiation: z.strictObject({ between: who, clauses }).optional(),
  /** The answer, of the other party or of `by`, in so many working days. */
  reply: z.strictObject({ by: seatKey.optional(), workingDays: term, clauses }).optional(),
  /** All of these accept the draft before anyone signs. */
  jointReview: z.strictObject({ by: who, days: term, clauses }).optional(),
  /** What its agreement has to hold, and who signs it. */
  agreement: z.strictObject({
    sections: z.array(z.enum(AGREEMENT_SECTIONS)).default([]),
    signatories: who,
    clauses,
  }),
  /** What the involvement can be about, beside words of one's own. */
  scopes: z.array(z.strictObject({ id: ruleId, title: textSchema })).default([]),
  /** Tasks are assigned within the scope. */
  tasks: z.strictObject({ clauses }).optional(),
  /** The cap of liability: its sum, the reasons that stand beside it, and the days to consent to another one. */
  cap: z
    .strictObject({
      amount: termName,
      mandatory: z.boolean().default(false),
      rationale: term,
      change: z.strictObject({ consentDays: term }).optional(),
      clauses,
    })
    .optional(),
  siteRules: z.strictObject({ clauses }).optional(),
  milestones: z.strictObject({ table: term, by: who, days: term, clauses }).optional(),
  effectReview: z.strictObject({ by: who, days: term, clauses }).optional(),
  supervision: z.strictObject({ by: who, clauses }).optional(),
  support: z.strictObject({ by: who, days: term, clauses }).optional(),
  /** Who pays: one party, or both in shares (the first party's percentage). */
  fee: z.strictObject({ amount: term, payer: seatKey.optional(), share: term, days: term, clauses }).optional(),
  /** Its liability; above a cap the parties bear the loss by the first party's percentage. */
  liability: z.strictObject({ share: term, leaks: term, clauses }),
  /** What the contract itself says of a first involvement, for its draft. */
  purpose: term,
  scope: term,
  endsOn: term,
};

export const ENGAGEMENT_TYPES: Record<string, TermType[]> = { endsOn: ['date'] };

type Fields = z.output<z.ZodObject<typeof engagementFields>>;

/** Terms in the inner parts of a rule of engagements. */
export function engagementTerms(rule: Fields): NamedTerm[] {
  const { advanceNotice, reply, jointReview, cap, milestones, effectReview, support, fee, liability } = rule;
  const days: TermType[] = ['integer', 'duration'];
  const named = (path: (string | number)[], name: string | undefined, types: TermType[] = []): NamedTerm[] =>
    name === undefined ? [] : [{ path, name, types }];
  return [
    ...named(['advanceNotice', 'days'], advanceNotice?.days, days),
    ...named(['reply', 'workingDays'], reply?.workingDays, ['integer']),
    ...named(['jointReview', 'days'], jointReview?.days, days),
    ...named(['cap', 'amount'], cap?.amount, ['money']),
    ...named(['cap', 'rationale'], cap?.rationale),
    ...named(['cap', 'change', 'consentDays'], cap?.change?.consentDays, days),
    ...named(['milestones', 'table'], milestones?.table, ['table']),
    ...named(['milestones', 'days'], milestones?.days, days),
    ...named(['effectReview', 'days'], effectReview?.days, days),
    ...named(['support', 'days'], support?.days, days),
    ...named(['fee', 'amount'], fee?.amount, ['money']),
    ...named(['fee', 'share'], fee?.share, ['percent']),
    ...named(['fee', 'days'], fee?.days, days),
    ...named(['liability', 'share'], liability.share, ['percent']),
    ...named(['liability', 'leaks'], liability.leaks, ['boolean']),
  ];
}
