import type { Instant, LocalDate } from '../time.ts';

/**
 * - `sign-invitation`, `review-request`: ask for an act. `reminder`: a rung of a ladder, of a hand-in or of a review.
 * - `summary`: rungs missed during an outage, or before an agreement was started late, in one mail.
 * - the others tell what happened.
 */
export type NoticeKind =
  | 'sign-invitation'
  | 'agreement-in-force'
  | 'reminder'
  | 'review-reminder'
  | 'summary'
  | 'review-request'
  | 'deliverable-submitted'
  | 'deliverable-accepted'
  | 'deliverable-rejected'
  | 'penalty-started'
  | 'penalty-stopped'
  | 'overdue-withdrawn'
  | 'agreement-terminated'
  | 'agreement-expired';

/** `before-7`, `due`, `overdue-14` … */
export type Rung = string;

/** What the text of a notice needs; numbers and dates only, texts are made when it is sent. */
export interface NoticeFacts {
  dueAtMs?: Instant;
  localDate?: LocalDate;
  daysLate?: number;
  /** Balance of the penalty at this moment. */
  amount?: string;
  currency?: string;
  rate?: string;
  signedOn?: LocalDate;
  endedOn?: LocalDate;
  round?: number;
  /** Of a summary: what was missed, oldest first. */
  missed?: { obligation: string; occurrence?: string; rungs: Rung[]; localDate: LocalDate; review: boolean }[];
  /** Of `agreement-in-force`: what is due when. */
  dues?: { obligation: string; localDate: LocalDate; responsible: string }[];
}

/** One message to one seat for one reason. Names and addresses are looked up when it is sent. */
export interface Notice {
  /** `agreement/<id>/n<number>`; unique, and the seed of the Message-ID. */
  id: string;
  kind: NoticeKind;
  /** Who gets it: a seat. */
  seat: string;
  /** Why: a role key for the one addressed, `coordinator`, or `copy`. */
  role: string;
  obligation?: string;
  occurrence?: string;
  /** Rungs that fell on one moment. */
  rungs?: Rung[];
  /** When it is to leave. */
  atMs: Instant;
  clauses: string[];
  /** The act that it asks for; its mail then carries a link. */
  act?: 'sign' | 'submit' | 'review';
  facts: NoticeFacts;
}

/** A notice before it is issued and gets its number. */
export type NoticeDraft = Omit<Notice, 'id'>;
