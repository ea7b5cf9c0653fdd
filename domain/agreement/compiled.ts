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
  /** Seats that have somebody to write to; role keys and perhaps `coordinator`. */
  seats: string[];
  /** Last day of the term, or null when none is agreed: then it does not end by itself. */
  expiresOn: LocalDate | null;
  clauses: { start: string[]; signing: string[]; inForce: string[]; termination: string[]; expiry: string[] };
  obligations: CompiledObligation[];
}

export type CompiledObligation = CompiledDeliverable;

/** Something to be handed in, with or without joint review (S001a-60, S001a-61, S001a-62). */
export interface CompiledDeliverable {
  id: string;
  kind: 'deliverable';
  /** The version of the rules in `domain/obligations/` that this agreement was signed under. */
  rule: 'deliverable@1';
  clauses: string[];
  /** Role key of who owes it. */
  responsible: string;
  deadline: DeadlineRule;
  reminderLeadDays: number[];
  review: CompiledReview | null;
  penalty: CompiledPenalty | null;
}

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

export interface DeadlineRule {
  /** What day 0 is. */
  anchor: 'signing';
  offset: { unit: 'days' | 'working-days' | 'months' | 'years'; count: number };
  rollover: 'next-working-day' | 'none';
  /** Local time at which a day ends for acts, `HH:MM`, `24:00` by default (Civil Code 203 II). */
  dayEnd: string;
}
