import type { DocumentRef } from '../agreement/command.ts';
import type { ProcessCommandEnvelope, ProcessFrame } from '../process/process.ts';
import type { CompiledImprovement, CustomerTier } from '../survey/compiled.ts';
import type { LocalDate } from '../time.ts';
import type { CompiledVisits } from './compiled.ts';

/** What a visit or a call-back is started with. */
export interface VisitInput extends ProcessFrame {
  rules: CompiledVisits;
  /** What follows from a finding; null: this agreement knows no improvements. */
  improvement: CompiledImprovement | null;
  /** Opaque. */
  customerId: string;
  /** Of the customer, when it was planned. */
  tier: CustomerTier;
  kind: CompiledVisits['kind'];
  plannedOn: LocalDate;
  /** Seats that take part beside the leader. */
  departments: string[];
  /** The calendar year of the plan that it is a row of; null: it is none. */
  planYear: number | null;
  /** Who planned it. */
  actor: ProcessCommandEnvelope['actor'];
}

/** Another day; the reason is in Postgres. */
interface Reschedules extends ProcessCommandEnvelope {
  type: 'reschedule';
  plannedOn: LocalDate;
}
interface Holds extends ProcessCommandEnvelope {
  type: 'hold';
  heldOn: LocalDate;
  /** All of satisfaction was asked about: it counts as one of the year's surveys (S003-S-19). */
  comprehensive: boolean;
}
/** A visit is reported by a file, a call-back by words about its outcome, which are in Postgres. */
interface Reports extends ProcessCommandEnvelope {
  type: 'report';
  documents: DocumentRef[];
  hasOutcome: boolean;
}
/** It does not take place; the reason is in Postgres. */
interface Cancels extends ProcessCommandEnvelope {
  type: 'cancel';
}
/** What the customer said becomes a finding; its words are in Postgres. */
interface FollowsUp extends ProcessCommandEnvelope {
  type: 'follow-up';
  /** Its name among the findings of this visit. */
  finding: string;
  dimension: string | null;
  /** 1 (slight) to 5 (grave). */
  severity: number;
  /** The agreement is suspended as a whole since then; the API says so. */
  suspendedFrom?: LocalDate;
}

export type VisitPersonCommand = Reschedules | Holds | Reports | Cancels | FollowsUp;
export type VisitCommand = VisitPersonCommand | (ProcessCommandEnvelope & { type: 'agreement-over' });
