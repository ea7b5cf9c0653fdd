import type { Instant, LocalDate } from '../time.ts';
import type { Actor, DocumentRef } from './command.ts';

/** A due moment: in time means before `dueAtMs`, the first instant after the period; `localDate` is its last day. */
export interface Due {
  dueAtMs: Instant;
  localDate: LocalDate;
}

interface EventBase {
  /** When it happened: the command's time, or the due instant of an event caused by time. */
  occurredAtMs: Instant;
  actor: Actor;
  clauses: string[];
  /** The command that caused it; its documents and free text hang on this id in Postgres. */
  commandId?: string;
}

interface ObligationEvent extends EventBase {
  obligation: string;
  occurrence?: string;
}

export interface AgreementStarted extends EventBase {
  type: 'agreement-started';
}
export interface AgreementSigned extends EventBase {
  type: 'agreement-signed';
  party: string;
  signedOn: LocalDate;
  documents: DocumentRef[];
}
export interface AgreementInForce extends EventBase {
  type: 'agreement-in-force';
  /** Day 0 of the clocks: the latest of the signing dates. */
  signedOn: LocalDate;
  /** Last day of the term, where it is counted from the effect. */
  expiresOn?: LocalDate;
  /** The due moments that follow at once; recurring ones open in their turn. */
  dues: ({ obligation: string } & Due)[];
}
/** A clock began: of an occurrence, or of an obligation that waited for something to happen. */
export interface ObligationOpened extends ObligationEvent {
  type: 'obligation-opened';
  /** What day 0 was. */
  anchoredOn: LocalDate;
  /** From when on it was there to be done; reminders before that are none. */
  opensAtMs: Instant;
  due: Due;
}
export interface DeliverableSubmitted extends ObligationEvent {
  type: 'deliverable-submitted';
  round: number;
  /** Counts up when a version is replaced during the review. */
  version: number;
  handedInAtMs: Instant;
  documents: DocumentRef[];
  /** Parts of the checklist that the hand-in holds, and those left out with a reason. */
  parts?: string[];
  omitted?: string[];
  /** Late days of this round alone. */
  daysLate: number;
  /** Handing in counts as the submitter's own acceptance (our reading). Empty where nothing is reviewed. */
  acceptedBy: string[];
  /** When the reviewers' window ends. */
  review?: Due;
}
export interface DeliverableAccepted extends ObligationEvent {
  type: 'deliverable-accepted';
  round: number;
  party: string;
}
export interface DeliverableRejected extends ObligationEvent {
  type: 'deliverable-rejected';
  round: number;
  party: string;
  pointCount: number;
  /** Due again: the later of the due time and the rejection + `reworkDays`. */
  due: Due;
}
export interface ObligationOverdue extends ObligationEvent {
  type: 'obligation-overdue';
  responsible: string;
  due: Due;
}
/** A hand-in that was received in time came to light after the overdue had been recorded. */
export interface OverdueWithdrawn extends ObligationEvent {
  type: 'overdue-withdrawn';
}
export interface ObligationFulfilled extends ObligationEvent {
  type: 'obligation-fulfilled';
  fulfilledAtMs: Instant;
  /** Over all rounds. */
  daysLate: number;
  late: boolean;
}
export interface ReviewOverdue extends ObligationEvent {
  type: 'review-overdue';
  round: number;
  waitingFor: string[];
  due: Due;
}
/** One line of the ledger; `days` and `amount` are the increment since the last line (design §5). */
export interface LedgerLine {
  kind: 'penalty' | 'credit-note';
  debtor: string;
  creditor: string;
  amount: string;
  currency: string;
  days: number;
  base: string;
  rate: string;
}
export interface PenaltyPosted extends ObligationEvent {
  type: 'penalty-posted';
  line: LedgerLine;
}
/** The reverse of what was posted and turned out not to be owed; never an edit. */
export interface PenaltyCredited extends ObligationEvent {
  type: 'penalty-credited';
  line: LedgerLine;
}
export interface AgreementTerminated extends EventBase {
  type: 'agreement-terminated';
  ground: 'agreed';
  endedOn: LocalDate;
  cancelled: string[];
}
export interface AgreementExpired extends EventBase {
  type: 'agreement-expired';
  endedOn: LocalDate;
  cancelled: string[];
}

/** What the decider says happened; the shell adds `sequence` and `recordedAtMs`. */
export type EventBody =
  | AgreementStarted
  | AgreementSigned
  | AgreementInForce
  | ObligationOpened
  | DeliverableSubmitted
  | DeliverableAccepted
  | DeliverableRejected
  | ObligationOverdue
  | OverdueWithdrawn
  | ObligationFulfilled
  | ReviewOverdue
  | PenaltyPosted
  | PenaltyCredited
  | AgreementTerminated
  | AgreementExpired;

export type Event = EventBody & { sequence: number; recordedAtMs: Instant };
export type EventType = EventBody['type'];
