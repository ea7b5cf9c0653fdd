import type { Calendar } from '../calendar.ts';
import type { LocalDate, Zone } from '../time.ts';

/**
 * A template filled with one agreement's terms: all that the process needs, as plain JSON without texts, names or
 * addresses. It travels in the workflow's input, so an agreement keeps the rules that it was signed under.
 */
export interface CompiledAgreement {
  format: 1;
  /** Opaque id; the workflow id is `agreement/<id>`. */
  id: string;
  /** `service-attachments@1` */
  template: string;
  zone: Zone;
  calendar: Calendar;
  /** Notices leave on these days, in these local hours, `HH:MM`, from inclusive to exclusive (design §4). */
  noticeHours: { days: 'working-days' | 'every-day'; from: string; to: string };
  currency: string;
  /** Role keys in the template's order, for example `['A', 'B']`. */
  parties: string[];
  /** The role keys that must sign; in force when all have. */
  signatories: string[];
  /** Seats that have somebody to write to; role keys, other seats of the template, and perhaps `coordinator`. */
  seats: string[];
  /** The party that each seat other than a role key acts for. */
  seatParties?: Record<string, string>;
  /** Last day of the term, or null when no date is agreed: then it does not end by itself, unless `term` says. */
  expiresOn: LocalDate | null;
  /** So long after the effect, where no date is agreed. */
  term?: { unit: 'months' | 'years'; count: number } | null;
  clauses: { start: string[]; signing: string[]; inForce: string[]; termination: string[]; expiry: string[] };
  obligations: CompiledObligation[];
}

export type CompiledObligation = CompiledDeliverable;

/** What sort of duty it is, for people; which rules run it says `rule`. */
export const OBLIGATION_KINDS = [
  'deliverable',
  'survey',
  'analysis',
  'report',
  'improvement',
  'training',
  'meeting',
  'visit',
  'evaluation',
  'monitoring',
  'payment',
  'acknowledgement',
  'duty',
] as const;

export type ObligationKind = (typeof OBLIGATION_KINDS)[number];

/**
 * Something to be handed in, with or without review, once or again and again (S001a-60, S001a-61, S001a-62, S000-07).
 * Fields that were added later are missing in agreements that were started before.
 */
export interface CompiledDeliverable {
  id: string;
  kind: ObligationKind;
  /** The version of the rules in `domain/obligations/` that this agreement was signed under. */
  rule: 'deliverable@1';
  clauses: string[];
  /** Role key, or another seat, of who owes it. */
  responsible: string;
  deadline: DeadlineRule;
  /** Missing: once (or, anchored on a recurring obligation, with each occurrence of that). */
  recurrence?: Recurrence;
  /** It can be handed in from so many days before it is due; missing: from its opening. */
  opensDays?: number;
  reminderLeadDays: number[];
  /** Who gets a copy from which rung on, beside the coordinator. */
  escalation?: { rung: string; to: string }[];
  review: CompiledReview | null;
  /** Parts that a hand-in must hold. */
  checklist?: ChecklistPart[];
  penalty: CompiledPenalty | null;
}

export interface ChecklistPart {
  id: string;
  clauses: string[];
  /** Or a reason why it is not there. */
  mayOmit: boolean;
}

export type CalendarPeriod = 'month' | 'quarter' | 'half-year' | 'year';

/** From day 0 at an interval, by calendar period, or on a day of every year (`MM-DD`). */
export type Recurrence =
  | { by: 'interval'; every: { unit: 'days' | 'months' | 'years'; count: number }; edge: 'start' | 'end' }
  | { by: 'period'; period: CalendarPeriod; edge: 'start' | 'end'; partialFirst: boolean }
  | { by: 'month-day'; monthDay: string };

export interface CompiledReview {
  /** Every one of these must accept; handing in counts as the submitter's own acceptance. */
  reviewers: string[];
  windowDays: number;
  reworkDays: number;
  clauses: string[];
}

/** A daily penalty for lateness, simple, on a fixed base (S001a-69). */
export interface CompiledPenalty {
  clauses: string[];
  /** Role key of who receives it. */
  creditor: string;
  /** Decimal strings; `rate` is a fraction a day (`0.005`). */
  base: string;
  rate: string;
  currency: string;
  graceDays: number;
  /** Upper bound of the sum in money, or null: uncapped. */
  cap: string | null;
}

/**
 * What day 0 is: the last signature, the effect, the last day of the term, a date; or something that is known later:
 * another obligation's due time (`due`) or fulfilment, or an event, of one obligation or of any.
 */
export type Anchor =
  | 'signing'
  | 'effect'
  | 'expiry'
  | { on: LocalDate; term: string }
  | { obligation: string; at: 'fulfilled' | 'due' }
  | { event: string; of?: string };

export interface DeadlineRule {
  anchor: Anchor;
  /** Negative counts back from day 0. */
  offset: { unit: 'hours' | 'days' | 'working-days' | 'months' | 'years'; count: number };
  rollover: 'next-working-day' | 'none';
  /** Local time at which a day ends for acts, `HH:MM`, `24:00` by default (Civil Code 203 II). */
  dayEnd: string;
}
