import { z } from 'zod';
import {
  BREACH_MEANINGS,
  CASE_CHANNELS,
  CASE_CLOCKS,
  CASE_PRIORITIES,
  CASE_SEVERITIES,
  CASE_STEPS,
  CASE_TYPES,
  CLOCK_UNITS,
} from '../../domain/case/compiled.ts';
import { PAUSE_REASONS } from '../../domain/case/command.ts';
import { CASE_OUTCOMES } from '../../domain/case/event.ts';
import { eventPage, idParams, text } from '../schemas.ts';

/** What cases answer. Instants bear the agreement's offset. */
const iso = z.string();
const clauses = z.array(z.string());
const words = z.string().nullable();
const seat = z.object({ seat: z.string(), title: text });
const capacities = z.array(z.object({ as: z.string(), onBehalfOf: z.string().nullable() }));
const document = z.object({ id: z.uuid(), fileName: z.string(), size: z.int(), sha256: z.string() });

export const CASE_STATUSES = [
  'starting',
  'open',
  'responded',
  'in-progress',
  'plan-proposed',
  'plan-confirmed',
  'executed',
  'negotiating',
  'resolved',
  'awaiting-opinion',
  'closed',
] as const;

/** What may be done to a case: the last part of the address of each act. What comes next stands before what ends it. */
export const CASE_ACTS = [
  'respond',
  'record',
  'assign',
  'forward',
  'plan',
  'confirm',
  'execute',
  'report',
  'confirm-report',
  'agree-solution',
  'decide',
  'progress',
  'note',
  'resolve',
  'tell-result',
  'judge',
  'pause',
  'resume',
  'contest',
  'classify',
  'improve',
  'link',
  'reopen',
  'close',
] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

export const caseParams = idParams.extend({ case: z.uuid().meta({ description: 'Its `id` in the list' }) });
export const formLinkParams = idParams.extend({ linkId: z.uuid() });

/** How a clock stands: `met` late as well, where it ran out before. */
export const CLOCK_STATES = ['running', 'paused', 'met', 'breached', 'ended'] as const;

const clock = z.object({
  clock: z.enum(CASE_CLOCKS),
  cycle: z.int().meta({ description: 'The round that it belongs to' }),
  state: z.enum(CLOCK_STATES),
  count: z.number(),
  unit: z.enum(CLOCK_UNITS),
  startedAt: iso,
  dueAt: iso.nullable().meta({ description: 'Null while it stands still' }),
  pausedMinutes: z.int().meta({ description: 'So long it stood still, up to now' }),
  stoppedAt: iso.nullable(),
  breachedAt: iso.nullable(),
  means: z.enum(BREACH_MEANINGS).nullable().meta({ description: 'What it means for the contract that it runs out' }),
  who: seat.nullable().meta({ description: 'Who has to act; null: the customer' }),
  clauses,
});

const customer = z.object({
  customerId: z.uuid().nullable(),
  name: words.meta({ description: 'Null where it is in no list of ours, and left no name' }),
  tier: z.string().nullable(),
  party: seat.nullable().meta({ description: 'The party that is itself the customer' }),
});

const summary = {
  id: z.uuid(),
  reference: z.string().meta({ examples: ['case-1f3a9c2e'] }),
  type: z.enum(CASE_TYPES),
  channel: z.enum(CASE_CHANNELS),
  severity: z.enum(CASE_SEVERITIES),
  priority: z.enum(CASE_PRIORITIES),
  category: z.object({ id: z.string(), title: text }).nullable(),
  status: z.enum(CASE_STATUSES),
  paused: z.boolean(),
  topic: words,
  customer,
  handler: seat,
  openedAt: iso,
  cycle: z.int().meta({ description: 'Which round it is in: 2 after it was reopened once' }),
  due: z
    .object({ clock: z.enum(CASE_CLOCKS), dueAt: iso })
    .nullable()
    .meta({ description: 'What runs out next' }),
  overdue: z.boolean().meta({ description: 'A clock of this round ran out, and what it waits for is not done' }),
  breaches: z.int().meta({ description: 'Clocks that ran out, in all rounds' }),
  closedAt: iso.nullable(),
  outcome: z.enum(CASE_OUTCOMES).nullable(),
};

export const caseSummary = z.object(summary).meta({ id: 'CaseSummary' });

export const caseQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  type: z.enum(CASE_TYPES).optional(),
  status: z
    .enum([...CASE_STATUSES, 'under-way'])
    .optional()
    .meta({ description: '`under-way`: all that are not closed' }),
  severity: z.enum(CASE_SEVERITIES).optional(),
  overdue: z.enum(['true', 'false']).optional(),
  customer: z.uuid().optional(),
  openedFrom: z.iso.date().optional().meta({ description: 'First local day on which it came in' }),
  openedUntil: z.iso.date().optional().meta({ description: 'Last local day' }),
  search: z.string().trim().max(100).optional().meta({ description: 'In its number and its topic' }),
});

export const deskQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  status: z
    .enum([...CASE_STATUSES, 'under-way', 'all'])
    .default('under-way')
    .meta({ description: 'Without it, all that are not closed' }),
  due: z
    .enum(['late', '4', '24', '72'])
    .optional()
    .meta({ description: '`late`: a clock ran out; else one runs out within so many hours' }),
  type: z.enum(CASE_TYPES).optional(),
  severity: z.enum(CASE_SEVERITIES).optional(),
  priority: z.enum(CASE_PRIORITIES).optional(),
  tier: z.string().max(50).optional().meta({ description: 'Of the customer, as the case came in' }),
  handler: z.string().max(100).optional().meta({ description: 'The seat or department that handles it' }),
  mine: z.enum(['true']).optional().meta({ description: 'Handled by a seat that the reader fills, or given to them' }),
  agreement: z.uuid().optional(),
  customer: z.uuid().optional(),
  search: z.string().trim().max(100).optional().meta({ description: 'In its number and its topic' }),
});

/** An agreement as a list over all agreements names it. */
export const agreementName = z.object({
  id: z.uuid(),
  title: text,
  zone: z.string(),
  parties: z.array(z.string()),
});

export const deskList = z.object({
  asOf: iso,
  items: z
    .array(
      caseSummary
        .omit({ category: true })
        .extend({
          assignee: z
            .object({ seat: seat.nullable(), name: words })
            .nullable()
            .meta({ description: 'Whom it was given to: a seat, or somebody by name' }),
          agreement: agreementName,
        })
        .meta({ id: 'DeskCase' }),
    )
    .meta({ description: 'Under way: what ran out or runs out first; else the last that came in' }),
  nextCursor: z.string().nullable(),
  counts: z
    .object({
      underWay: z.int(),
      late: z.int(),
      soon: z.int().meta({ description: 'A clock runs out within four hours' }),
      most: z.int().meta({ description: 'Counting goes no further' }),
    })
    .meta({ description: 'Of all under way that the reader may see, whatever is filtered' }),
  handlers: z.array(seat).meta({ description: 'Seats and departments that templates give cases to' }),
});

const rule = z.object({
  id: z.string(),
  types: z.array(z.enum(CASE_TYPES)),
  clauses,
  provider: seat,
  handler: seat,
  channels: z.array(z.enum(CASE_CHANNELS)).meta({ description: 'Empty: any' }),
  categories: z.array(z.object({ id: z.string(), title: text, seat: seat.nullable() })),
  clocks: z.array(
    z.object({
      clock: z.enum(CASE_CLOCKS),
      count: z.number().nullable(),
      unit: z.enum(CLOCK_UNITS),
      by: z.record(z.string(), z.number()).meta({ description: 'Other lengths, by tier, priority or category' }),
      means: z.enum(BREACH_MEANINGS),
      clauses,
    }),
  ),
  steps: z.array(z.enum(CASE_STEPS)),
});

export const caseList = z.object({
  items: z.array(caseSummary).meta({ description: 'Those that came in last first' }),
  nextCursor: z.string().nullable(),
  counts: z
    .object({
      status: z.record(z.string(), z.int()),
      type: z.record(z.string(), z.int()),
      severity: z.record(z.string(), z.int()),
      overdue: z.int(),
    })
    .meta({ description: 'Of all, whatever is filtered' }),
  rules: z.array(rule).meta({ description: 'What the contract says of cases; empty: it knows none' }),
  may: z.object({
    open: capacities.meta({ description: 'In which capacities the reader may write one down' }),
    link: capacities.meta({
      description: 'In which capacities the reader may hand out the form; none where each customer is a party',
    }),
  }),
});

const round = z.object({
  cycle: z.int(),
  openedAt: iso,
  respondedAt: iso.nullable(),
  resolvedAt: iso.nullable(),
  toldAt: iso.nullable(),
  satisfied: z.boolean().nullable(),
});

const relative = z.object({
  id: z.uuid(),
  reference: z.string(),
  topic: words,
  status: z.enum(CASE_STATUSES),
  openedAt: iso,
});

export const caseView = z
  .object({
    ...summary,
    sequence: z.int(),
    asOf: iso,
    can: z.array(z.enum(CASE_ACTS)),
    as: z.partialRecord(z.enum(CASE_ACTS), capacities),
    clauses,
    details: words,
    contact: z
      .object({ name: words, email: words, phone: words, language: z.enum(['zh', 'en']) })
      .nullable()
      .meta({ description: 'For those who handle it' }),
    openedBy: words.meta({ description: 'Who wrote it down; null: whoever brought it' }),
    assignee: words,
    outOfTerm: z.boolean(),
    next: z.object({
      step: z.string().meta({ description: 'What is to be done: a word of the pages' }),
      who: z.array(seat).meta({ description: 'Who does it; empty: the customer, or nobody' }),
      customer: z.boolean(),
      dueAt: iso.nullable(),
    }),
    clocks: z.array(clock).meta({ description: 'Of all rounds, the last round first' }),
    rounds: z.array(round),
    record: z
      .object({
        required: z.boolean(),
        content: z.object({ there: z.boolean(), words }),
        process: z.object({ there: z.boolean(), words }),
        result: z.object({ there: z.boolean(), words }),
      })
      .meta({ description: 'The record that the contract wants, section by section (S001a-65, S001b-97)' }),
    plan: words,
    result: words,
    pause: z.object({ reason: z.enum(PAUSE_REASONS), since: iso, contested: z.boolean(), words }).nullable(),
    opinion: z.object({ satisfied: z.boolean(), score: z.string().nullable(), words }).nullable(),
    breached: z.array(
      z.object({
        clock: z.enum(CASE_CLOCKS),
        cycle: z.int(),
        at: iso,
        means: z.enum(BREACH_MEANINGS),
        liable: seat.nullable(),
        claims: z
          .boolean()
          .meta({ description: 'The customer may claim its loss; no sum is known before it is proven' }),
      }),
    ),
    agreed: z.array(seat).meta({ description: 'Parties that agree to the negotiated solution' }),
    negotiators: z.array(seat),
    specialSurvey: z.enum(['held', 'declined']).nullable(),
    passedTo: z.array(seat),
    suspected: z.boolean().meta({ description: 'Passed on more often than agreed (S001c-19)' }),
    related: z.object({
      duplicateOf: relative.nullable(),
      repeats: z.array(relative),
      proposed: z.array(relative).meta({ description: 'Of the same customer and category, lately: a person decides' }),
    }),
    improvements: z.array(z.object({ id: z.uuid().nullable(), reference: z.string() })),
    dimensions: z.array(z.object({ id: z.string(), title: text })),
    seats: z.array(seat).meta({ description: 'Whom it can be passed on to' }),
    categories: z.array(z.object({ id: z.string(), title: text })),
    steps: z.array(z.enum(CASE_STEPS)),
    documents: z.array(document),
    events: eventPage.shape.items,
  })
  .meta({ id: 'Case' });

export const CASE_MEASURES = [
  'average-first-response',
  'median-first-response',
  'responded-in-time',
  'resolved-in-time',
  'first-contact-resolution',
  'complaint-rate',
] as const;

const period = z
  .string()
  .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/)
  .meta({ examples: ['2027-03', '2027-Q1', '2027-H1', '2027'] });

export const figuresQuery = z.object({
  period: period.optional().meta({ description: 'Missing: the quarter under way' }),
});

export const caseFigures = z
  .object({
    period,
    from: z.string(),
    until: z.string(),
    asOf: iso,
    opened: z.int().meta({ description: 'Cases that came in in the period, without duplicates' }),
    open: z.int(),
    closed: z.int(),
    reopened: z.int(),
    byType: z.record(z.enum(CASE_TYPES), z.int()),
    figures: z.array(
      z.object({
        measure: z.enum(CASE_MEASURES),
        unit: z.enum(['minutes', 'percent']),
        value: words.meta({ description: 'A decimal; null: there is nothing that it could be reckoned from' }),
        counted: z.int().meta({ description: 'Cases that it is reckoned from; of the complaint rate the complaints' }),
        against: z.int().meta({ description: 'Of these, those that spoil it: late, reopened' }),
        denominator: z.int().nullable().meta({ description: 'Of the complaint rate: customers served, as entered' }),
        cases: z
          .array(z.object({ id: z.uuid(), reference: z.string(), topic: words, against: z.boolean() }))
          .meta({ description: 'Those that spoil it first; at most 200' }),
        more: z.int(),
      }),
    ),
    served: z
      .array(z.object({ period, count: z.int(), at: iso }))
      .meta({ description: 'Customers served, as entered, the last entry first: of a period the last one counts' }),
    may: z.object({ served: capacities }),
  })
  .meta({ id: 'CaseFigures' });

export const openedCase = z.object({
  id: z.uuid(),
  reference: z.string(),
  status: z.enum(['started', 'pending']).meta({ description: '`pending`: the engine is away, it begins later' }),
  location: z.string(),
});

export const formLink = z.object({ id: z.uuid(), url: z.string(), svg: z.string(), png: z.string() });
export const formLinks = z.object({
  items: z.array(z.object({ id: z.uuid(), label: z.string(), createdAt: iso, revokedAt: iso.nullable() })),
});
export const customerLink = z.object({ id: z.uuid(), url: z.string() });
