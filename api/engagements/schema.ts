import { z } from 'zod';
import { ENGAGEMENT_END_GROUNDS } from '../../domain/agreement/compiled.ts';
import { LOSS_CATEGORIES } from '../../domain/engagement/command.ts';
import { AGREEMENT_SECTIONS, APPLICATION_FIELDS, ENGAGEMENT_KINDS } from '../../domain/engagement/compiled.ts';
import { ENGAGEMENT_STATUSES as STATUSES } from '../../domain/engagement/state.ts';
import { eventPage, idParams, text } from '../schemas.ts';
import { ORGANISATION_KINDS } from './bodies.ts';

/** What the list of engagements and one of them answer. Dates are the agreement's own, instants bear its offset. */
const iso = z.string();
const date = z.string();
const clauses = z.array(z.string());
const decimal = z.string();
const seat = z.object({ seat: z.string(), title: text });
const titled = z.object({ id: z.string(), title: text });
const due = z.object({ dueAt: iso, localDate: date });
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });
const words = z.string().nullable();
const counts = z.record(z.string(), z.int());

export const ENGAGEMENT_STATUSES = ['starting', ...STATUSES] as const;

/** What may be done to an engagement: the last part of the address of each act. */
export const ENGAGEMENT_ACTS = [
  'apply',
  'reply',
  'provide',
  'withdraw',
  'negotiate',
  'draft',
  'review',
  'sign',
  'refuse-to-sign',
  'undertake',
  'access',
  'start-work',
  'report-involvement',
  'assign',
  'deliver',
  'judge-delivery',
  'follow-up',
  'review-effect',
  'supervise',
  'ask-support',
  'answer-support',
  'charge',
  'pay',
  'propose-cap',
  'answer-cap',
  'report-loss',
  'answer-loss',
  'record-recourse',
  'end',
  'serve',
  'settle',
] as const;
export type EngagementAct = (typeof ENGAGEMENT_ACTS)[number];

export const engagementParams = idParams.extend({
  engagement: z.uuid().meta({ description: 'Its `id` in the list' }),
});
export const engagementFileParams = engagementParams.extend({ file: z.uuid() });

const step = z.object({
  act: z.enum(ENGAGEMENT_ACTS),
  by: z.array(seat).meta({ description: 'Who must act' }),
  due: due.nullable(),
  overdue: z.boolean(),
  about: words.meta({ description: 'The milestone, request, loss or thing that it is about' }),
});

const summary = {
  id: z.uuid(),
  agreementId: z.uuid(),
  reference: z.string(),
  kind: z.enum(ENGAGEMENT_KINDS),
  status: z.enum(ENGAGEMENT_STATUSES),
  thirdParty: z.object({
    seat: z.string(),
    name: words,
    kind: z.enum(ORGANISATION_KINDS).nullable(),
    registration: words,
  }),
  purpose: words,
  applicant: seat,
  appliedAt: iso,
  signedOn: date.nullable(),
  endsOn: date.nullable(),
  endedOn: date.nullable(),
  overdue: z.boolean(),
  next: z.array(step).meta({ description: 'What happens next, and who must act' }),
};

const cap = z.object({
  mandatory: z.boolean().meta({ description: 'Nobody signs without a sum; else none means as the law provides' }),
  rationale: z.array(titled),
  changeable: z.boolean(),
  consentDays: z.int().nullable(),
  clauses,
});
const by = z.array(seat);

/** What the contract says; null: it knows no such step. */
const rules = z.object({
  id: z.string(),
  kind: z.enum(ENGAGEMENT_KINDS),
  clauses,
  applicants: by,
  application: z.object({ demands: z.array(z.enum(APPLICATION_FIELDS)), clauses }).nullable(),
  advanceNotice: z.object({ days: z.int().nullable(), clauses }).nullable(),
  negotiation: z.object({ between: by, clauses }).nullable(),
  reply: z.object({ by: seat.nullable(), workingDays: z.int().nullable(), clauses }).nullable(),
  jointReview: z.object({ by, days: z.int().nullable(), clauses }).nullable(),
  agreement: z.object({ sections: z.array(z.enum(AGREEMENT_SECTIONS)), signatories: z.array(z.string()), clauses }),
  cap: cap.nullable(),
  scopes: z.array(titled),
  siteRules: z.object({ clauses }).nullable(),
  undertaking: z.object({ clauses }).nullable(),
  acceptance: z.object({ by, days: z.int().nullable(), clauses }).nullable(),
  effectReview: z.object({ by, days: z.int().nullable(), clauses }).nullable(),
  supervision: z.object({ by, clauses }).nullable(),
  support: z.object({ by, days: z.int().nullable(), clauses }).nullable(),
  fee: z
    .object({
      shares: z.record(z.string(), decimal).nullable(),
      amount: decimal.nullable(),
      days: z.int().nullable(),
      clauses,
    })
    .nullable(),
  liability: z.object({ lossShares: z.record(z.string(), decimal).nullable(), clauses }),
  end: z.object({ grounds: z.array(z.enum(ENGAGEMENT_END_GROUNDS)), items: z.array(titled), clauses }).nullable(),
});

const capacity = z.object({ as: z.string(), onBehalfOf: z.string().nullable() });

export const engagementList = z.object({
  items: z.array(z.object(summary).meta({ id: 'EngagementSummary' })).meta({ description: 'The last begun first' }),
  counts: z.object({ status: counts, overdue: z.int() }),
  rules: z.array(rules.extend({ title: text })),
  parties: z.array(seat),
  seatedThird: z
    .string()
    .nullable()
    .meta({ description: 'Who fills the agreement’s own seat of a third party: the name' }),
  may: z.object({
    apply: z.record(z.string(), z.array(capacity)).meta({ description: 'By rule: in which capacities the reader may' }),
  }),
});

export const engagementQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  status: z
    .enum([...ENGAGEMENT_STATUSES, 'open', 'over'])
    .optional()
    .meta({ description: '`open`: neither refused, withdrawn nor closed; `over`: one of these' }),
  search: z.string().trim().max(100).optional().meta({ description: 'In number, purpose and the third party’s name' }),
});

export const ownEngagements = z.object({
  items: z
    .array(
      z.object({
        ...summary,
        agreement: z.object({
          id: z.uuid(),
          title: text,
          zone: z.string(),
          parties: z.array(z.string()).meta({ description: 'Not for the third party' }),
        }),
      }),
    )
    .meta({ description: 'Of all agreements that the reader may see, the last first; of a third party its own' }),
  nextCursor: z.string().nullable(),
});

const scope = z.array(z.object({ id: z.string(), title: text.nullable(), words }));

const round = z.object({
  number: z.int(),
  by: seat,
  appliedAt: iso,
  purpose: words,
  effect: words,
  scope,
  interest: z.enum(['none', 'conflict']).nullable(),
  interestDetails: words,
  documents: z.array(document),
  replyDue: due.nullable(),
  waitingSince: iso.nullable(),
  pausedDays: z.int().meta({ description: 'Days on which the clock stood still' }),
  question: words,
  provided: z.object({ details: words, documents: z.array(document) }).nullable(),
  verdict: z.enum(['agree', 'refuse']).nullable(),
  repliedAt: iso.nullable(),
  reason: words,
  replyDocuments: z.array(document),
  daysLate: z.int(),
});

const draft = z.object({
  sections: z.array(z.object({ section: z.enum(AGREEMENT_SECTIONS), words })),
  scope,
  fee: z.object({ basis: z.enum(['agreed', 'actual']), amount: decimal.nullable() }).nullable(),
  cap: decimal.nullable().meta({ description: 'Null: as the law provides, neither zero nor unlimited' }),
  rationale: z.array(titled.extend({ words })),
  endsOn: date.nullable(),
  documents: z.array(document),
  draftedAt: iso,
  points: z.array(z.string()).meta({ description: 'Why the draft before was sent back' }),
});

const entry = z.object({ by: seat, at: iso, details: words, documents: z.array(document) });
const shares = z.record(z.string(), decimal);

export const engagement = z
  .object({
    ...summary,
    withheld: z.boolean().meta({ description: 'Sums are left out: the reader may not read the ledger' }),
    sequence: z.int(),
    asOf: iso,
    agreement: z.object({ id: z.uuid(), title: text, zone: z.string(), currency: z.string(), parties: z.array(seat) }),
    seatTitles: z.record(z.string(), text),
    can: z
      .array(z.enum(ENGAGEMENT_ACTS))
      .meta({ description: 'What the reader may do now, by their role, seats and what the contract allows' }),
    as: z.partialRecord(z.enum(ENGAGEMENT_ACTS), z.array(capacity)),
    rules: rules,
    rounds: z.array(round).meta({ description: 'The last first' }),
    noticeThrough: date.nullable(),
    negotiation: z.object({ on: date, present: by, minutes: words, documents: z.array(document) }).nullable(),
    draft: draft.nullable(),
    review: z.object({ acceptedBy: by, waitsFor: by, due: due.nullable(), overdue: z.boolean() }).nullable(),
    signatures: z.array(z.object({ by: seat, signedOn: date.nullable(), documents: z.array(document) })),
    startsOn: date.nullable(),
    undertaken: z.array(z.object({ what: z.enum(['secrecy', 'site-rules']), documents: z.array(document) })),
    access: z.enum(['none', 'granted', 'withdrawn']),
    workStartedOn: date.nullable(),
    breaches: z.array(z.object({ foundOn: date, by: seat, details: words, documents: z.array(document) })),
    tasks: z.array(z.object({ task: z.string(), title: words, details: words, scope: titled, on: date })),
    milestones: z.array(
      z.object({
        milestone: z.string(),
        what: words,
        standard: words,
        dueOn: date.nullable(),
        status: z.enum(['pending', 'overdue', 'handed-in', 'rejected', 'accepted']),
        handedInAt: iso.nullable(),
        daysLate: z.int(),
        attributable: z.boolean().meta({ description: 'Whether the delay is laid to the third party' }),
        note: words,
        documents: z.array(document),
        acceptedBy: by,
        waitsFor: by,
        acceptBy: due.nullable(),
        acceptedOn: date.nullable(),
        points: z.array(z.string()),
        effectDue: due.nullable(),
        effect: z.array(z.object({ by: seat, verdict: z.enum(['good', 'poor']) })),
      }),
    ),
    reports: z.array(
      z.object({ report: z.string(), title: words, complete: z.boolean(), waitsFor: by, entries: z.array(entry) }),
    ),
    support: z.array(
      z.object({
        request: z.string(),
        title: words,
        details: words,
        of: by,
        waitsFor: by,
        askedOn: date,
        due: due.nullable(),
        overdue: z.boolean(),
        answeredOn: date.nullable(),
        answers: z.array(entry),
      }),
    ),
    costs: z
      .object({
        currency: z.string(),
        charges: z.array(
          z.object({ number: z.int(), amount: decimal, on: date, shares, note: words, documents: z.array(document) }),
        ),
        owed: z.array(z.object({ by: seat, amount: decimal })),
        payments: z.array(
          z.object({ by: seat, amount: decimal, on: date, reference: words, documents: z.array(document) }),
        ),
      })
      .nullable(),
    caps: z.array(z.object({ amount: decimal.nullable(), from: date })),
    capUsed: decimal.nullable().meta({ description: 'What losses have used of the cap that holds; null: no sum' }),
    capChanges: z.array(
      z.object({
        number: z.int(),
        amount: decimal.nullable(),
        rationale: z.array(titled.extend({ words })),
        reason: words,
        by: seat,
        agreedBy: by,
        status: z.enum(['proposed', 'agreed', 'notified', 'consented', 'declined', 'lapsed', 'rejected']),
        notifiedOn: date.nullable(),
        due: due.nullable(),
      }),
    ),
    losses: z.array(
      z.object({
        loss: z.string(),
        amount: decimal,
        cause: seat,
        category: z.enum(LOSS_CATEGORIES),
        of: seat,
        lossOn: date,
        cap: decimal.nullable(),
        recoverable: decimal
          .nullable()
          .meta({ description: 'What can be asked of the third party; null: the law says' }),
        ownLoss: decimal.nullable().meta({ description: 'What is above the cap and stays with the parties' }),
        ownShares: shares.nullable(),
        status: z.enum(['claimed', 'agreed', 'disputed', 'dropped', 'own']),
        agreedAmount: decimal.nullable(),
        recourse: decimal,
        details: words,
        reason: words,
        documents: z.array(document),
      }),
    ),
    ending: z
      .object({ ground: z.string(), by: seat, agreedBy: by, waitsFor: by, noticed: z.boolean(), reason: words })
      .nullable(),
    endGround: words,
    items: z.array(titled.extend({ by, waitsFor: by })),
    events: eventPage.shape.items,
    told: z.record(z.string(), text).meta({ description: 'What an event of a type says, by type' }),
  })
  .meta({ id: 'Engagement' });

export const begunEngagement = z
  .object({ id: z.uuid(), reference: z.string(), status: z.enum(['started', 'pending']), location: z.string() })
  .meta({ id: 'BegunEngagement' });
