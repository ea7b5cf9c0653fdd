import type { Instant, LocalDate } from '../time.ts';
import type { CompiledAgreement, ObligationKind } from './compiled.ts';
import type { Due } from './event.ts';
import type { NoticeDraft } from './notice.ts';
import type { RejectionCode } from './rejection.ts';

export type AgreementStatus = 'awaiting-signatures' | 'active' | 'terminated' | 'expired';

export type ObligationStatus =
  'pending' | 'in-review' | 'rework' | 'overdue' | 'fulfilled' | 'fulfilled-late' | 'waived' | 'cancelled';

/** A deliverable's progress. Late days of ended rounds are settled; those of the open round are counted when asked for. */
export interface DeliverableState {
  id: string;
  /** Of a recurring obligation, else null. */
  occurrence: string | null;
  kind: ObligationKind;
  status: ObligationStatus;
  /** Null until day 0 is known. */
  due: Due | null;
  /** What day 0 was, where something had to happen first or it recurs. */
  anchoredOn: LocalDate | null;
  /** The due moment of the first round. */
  originalDue: Due | null;
  /** 1 for the first hand-in; counts up with every rejection. */
  round: number;
  /** Replaced versions within the round count up. */
  version: number;
  /** The hand-in under review or accepted. */
  handedInAtMs: Instant | null;
  review: Due | null;
  reviewOverdue: boolean;
  acceptedBy: string[];
  /** Late days of all hand-ins so far, this round's among them. */
  settledDaysLate: number;
  /** Late days of this round's hand-in. */
  roundDaysLate: number;
  /** When this round began: day 0, or the last rejection. A hand-in entered later cannot have been earlier. */
  roundFromMs: Instant | null;
  everOverdue: boolean;
  fulfilledAtMs: Instant | null;
  /** What has been posted of the penalty: the late days that it covers, the sum, and when the last line was. */
  posted: { days: number; amount: string; atMs: Instant | null };
  /** Rungs up to this instant have been issued; null means none yet. */
  ladderThroughMs: Instant | null;
}

export type ObligationState = DeliverableState;

/** What became of a command: kept, bounded, so that a repeated message gets the same answer. */
export type CommandOutcome =
  { sequence: number; events: string[] } | { rejected: RejectionCode; message: string; clauses?: string[] };

/**
 * All that is true of an agreement. The first part is a fold of its events alone; `delivery` is the shell's: notices
 * that wait for their hour or for the mail server, and answers already given. Both travel in continue-as-new.
 */
export interface AgreementState {
  format: 1;
  agreement: CompiledAgreement;
  status: AgreementStatus | 'new';
  startedAtMs: Instant | null;
  /** Signing dates by role key. */
  signatures: Record<string, LocalDate>;
  /** Day 0. */
  inForceOn: LocalDate | null;
  /** Last day of the term, once it is known. */
  expiresOn: LocalDate | null;
  endedOn: LocalDate | null;
  obligations: ObligationState[];
  /** Of the last event. */
  sequence: number;
  delivery: {
    /** Number of the last notice. */
    noticeNumber: number;
    /** Issued later, by `atMs`. */
    scheduled: NoticeDraft[];
    /** Recorded, not yet delivered. */
    open: string[];
    /** The last answers, oldest first, bounded. */
    answered: { id: string; outcome: CommandOutcome }[];
  };
}
