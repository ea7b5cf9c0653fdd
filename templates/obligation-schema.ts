import { z } from 'zod';
import { OBLIGATION_KINDS } from '../domain/agreement/compiled.ts';
import type { EventType } from '../domain/agreement/event.ts';
import { clauses, roleKey, ruleId, seatKey, termName, textSchema } from './names.ts';

/** What can begin a clock: what happens while an agreement is in force. Its own start and end do not: nothing runs then. */
export const ANCHOR_EVENTS: readonly string[] = [
  'obligation-opened',
  'deliverable-submitted',
  'deliverable-accepted',
  'deliverable-rejected',
  'obligation-overdue',
  'overdue-withdrawn',
  'obligation-fulfilled',
  'review-overdue',
  'penalty-posted',
  'penalty-credited',
] satisfies EventType[];

/** Only where the term has this value; for a term of yes and no without `is`, where it is yes. */
const when = z.strictObject({ term: termName, is: z.string().optional() });

/**
 * What day 0 is. `signing`: the last signature on paper. `effect`: the day on which the agreement came into force.
 * `expiry`: the last day of its term. Else a date that a term gives, another obligation's due time or its fulfilment,
 * an event, or the end (or start) of every calendar period.
 */
const anchor = z.union([
  z.enum(['signing', 'effect', 'expiry']),
  z.strictObject({ term: termName }),
  z.strictObject({ obligation: ruleId, at: z.enum(['fulfilled', 'due']) }),
  z.strictObject({ event: z.string().meta({ enum: [...ANCHOR_EVENTS] }), of: ruleId.optional() }),
  z.strictObject({
    period: z.enum(['month', 'quarter', 'half-year', 'year']),
    edge: z.enum(['end', 'start']).default('end'),
    /** Whether a first period that had begun before the effect counts; a term of yes and no, or said here. */
    partialFirst: z.union([z.boolean(), termName]).default(false),
  }),
]);

/** At most one: how far from day 0, by the name of the term that says it. */
const offset = {
  days: termName.optional(),
  workingDays: termName.optional(),
  months: termName.optional(),
  years: termName.optional(),
  hours: termName.optional(),
  /** A term of type duration. */
  duration: termName.optional(),
};

/** Something that somebody must do by a time. Fields named after what they hold take the name of the term that fills them. */
export const obligationSchema = z.strictObject({
  kind: z.enum(OBLIGATION_KINDS),
  id: ruleId,
  rule: z.literal('deliverable@1').default('deliverable@1'),
  title: textSchema,
  /** What is to be done, in a sentence for mails and pages. */
  summary: textSchema.optional(),
  clauses,
  when: when.optional(),
  /** A role key, a seat of the template, or a term of type map or party. */
  responsible: z.union([seatKey, termName]),
  deadline: z.strictObject({
    anchor,
    ...offset,
    /** Counted back from day 0: so long before the end of the term. */
    before: z.boolean().default(false),
    /** A term; `none` where the period is not for an act. */
    rollover: termName,
    dayEnd: termName,
  }),
  /**
   * Again and again: due at day 0 + k × this (+ the offset), k = 1, 2, …; with `edge: start`, at the beginning of each
   * interval instead (k = 0, 1, …). Calendar periods recur without it.
   */
  every: z
    .strictObject({
      days: termName.optional(),
      months: termName.optional(),
      years: termName.optional(),
      duration: termName.optional(),
      edge: z.enum(['end', 'start']).default('end'),
    })
    .optional(),
  /** It can be handed in so many days before it is due, not earlier. */
  opensDays: termName.optional(),
  reminderLeadDays: termName,
  /** Who is told beside the one who owes it, from which rung on. The coordinator always is, from the first overdue one. */
  escalation: z.array(z.strictObject({ rung: z.string().regex(/^(due|overdue-\d+)$/), to: seatKey })).default([]),
  review: z
    .strictObject({
      kind: z.enum(['joint', 'one-side']),
      /** Role keys, seats, or `other-party`. */
      reviewers: z.array(seatKey).min(1),
      windowDays: termName,
      reworkDays: termName,
      clauses,
    })
    .optional(),
  /** Parts that must be there: without them nothing can be handed in. `mayOmit`: or the reason why not. */
  checklist: z
    .array(z.strictObject({ id: ruleId, title: textSchema, clauses, mayOmit: z.boolean().default(false) }))
    .default([]),
  penalty: ruleId.optional(),
});

export const penaltySchema = z.strictObject({
  id: ruleId,
  kind: z.literal('daily'),
  title: textSchema,
  clauses,
  base: termName,
  percentPerDay: termName,
  capPercent: termName.optional(),
  graceDays: termName.optional(),
  /** Both are told once when penalties come to this share of the base: a warning of ours, no limit. */
  warnPercent: termName.optional(),
  creditor: z.union([z.literal('other-party'), roleKey]),
});

export type Obligation = z.output<typeof obligationSchema>;
export type Penalty = z.output<typeof penaltySchema>;

/** The obligation that an obligation's clock starts from; undefined where it starts from something else. */
export function anchorObligation({ deadline: { anchor } }: Obligation): string | undefined {
  if (typeof anchor === 'string') return undefined;
  if ('obligation' in anchor) return anchor.obligation;
  return 'event' in anchor ? anchor.of : undefined;
}
