import type { DocumentRef } from '../agreement/command.ts';
import type { EngagementEndGround } from '../agreement/compiled.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessState } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { AgreementDraft, Application, EngagementInput, LossCategory } from './command.ts';

/**
 * `applied` → `asked` (the clock stands) → `agreed`, `refused` or `no-reply` (never consent); `invited`: advance notice was
 * given, nothing is answered; `drafted` → `in-review` → `signing` → `active` → `ending` → `ended` → `closed`.
 */
export const ENGAGEMENT_STATUSES = [
  'applied',
  'asked',
  'no-reply',
  'refused',
  'agreed',
  'invited',
  'drafted',
  'in-review',
  'signing',
  'active',
  'ending',
  'ended',
  'closed',
  'withdrawn',
] as const;
export type EngagementStatus = (typeof ENGAGEMENT_STATUSES)[number];

/** The round of an application that runs, or the one that was decided last. */
export interface Round {
  number: number;
  /** Seat, and the role key behind it. */
  by: string;
  party: string;
  personId: string;
  appliedAtMs: Instant;
  application: Application;
  /** Its last day as it stands, moved by what was asked; null: no clock runs. */
  replyDue: Due | null;
  /** While it waits for the applicant: since when. */
  askedAtMs: Instant | null;
  /** Local dates that the clock has stood still: from the first, up to, not including, the last. */
  pauses: { from: LocalDate; until: LocalDate }[];
  repliedAtMs: Instant | null;
  verdict: 'agree' | 'refuse' | null;
  daysLate: number;
}

export interface Milestone {
  milestone: string;
  dueOn: LocalDate | null;
  due: Due | null;
  status: 'pending' | 'overdue' | 'handed-in' | 'rejected' | 'accepted';
  handedInAtMs: Instant | null;
  /** Days after its due date, up to its hand-in that was accepted. */
  daysLate: number;
  /** Late days that are not the third party's, because it waited for support (S001a-52). */
  attributable: boolean;
  acceptedBy: string[];
  acceptBy: Due | null;
  acceptanceOverdue: boolean;
  acceptedOn: LocalDate | null;
  round: number;
  /** From a hand-in to its return: days after the first, up to the last, are not late. */
  reviewed: { from: LocalDate; until: LocalDate }[];
  effectDue: Due | null;
  effectAsked: boolean;
  effect: { by: string; verdict: 'good' | 'poor' }[];
  documents: DocumentRef[];
}

/** A cap and the first day of it; the earlier ones stay for the losses of their days. */
export interface CapPeriod {
  /** Null: as the law provides; neither zero nor infinite. */
  amount: string | null;
  from: LocalDate;
}

export interface CapChange {
  number: number;
  amount: string | null;
  rationale: string[];
  by: string;
  agreedBy: string[];
  status: 'proposed' | 'agreed' | 'notified' | 'consented' | 'declined' | 'lapsed' | 'rejected';
  notifiedOn: LocalDate | null;
  /** Until when the third party may consent; null: no length is agreed. */
  due: Due | null;
}

export interface Loss {
  loss: string;
  amount: string;
  /** `third`, or a role key: who is liable (S001b-82 to S001b-84). */
  cause: string;
  category: LossCategory;
  /** Role key of whoever suffered it. */
  of: string;
  lossOn: LocalDate;
  /** The cap of its day; null: as the law provides, or it does not apply. */
  cap: string | null;
  /** What can be asked of the third party; null: the law says, nobody has reckoned it. */
  recoverable: string | null;
  /** What is above the cap and stays with the parties; null: not to be said. */
  ownLoss: string | null;
  /** How they share that; null: no share is agreed. */
  ownShares: Record<string, string> | null;
  status: 'claimed' | 'agreed' | 'disputed' | 'dropped' | 'own';
  /** What of it was agreed to; the rest, if any, is in dispute. */
  agreedAmount: string | null;
  /** What the third party owes of that by its cap; missing: of an earlier release, `recoverable` of one that is agreed. */
  recovered?: string;
  recourse: string;
}

export interface Charge {
  number: number;
  amount: string;
  on: LocalDate;
  shares: Record<string, string>;
  /** The last day to pay it to the third party; null: no length is agreed, or a party has paid it; missing: of an earlier release. */
  due?: Due | null;
  /** Parties that had not paid their share of it by then. */
  overdue?: string[];
}

export interface EngagementState extends ProcessState {
  format: 1;
  input: EngagementInput;
  status: EngagementStatus;
  rounds: Round[];
  /** Days of notice end with this one; null: none run, or it is not known. */
  noticeThrough: LocalDate | null;
  negotiatedOn: LocalDate | null;
  draft: AgreementDraft | null;
  /** Seats that accepted the draft as it stands, with the last day to do so. */
  reviewedBy: string[];
  reviewDue: Due | null;
  reviewOverdue: boolean;
  signatures: { seat: string; signedOn: LocalDate }[];
  /** The day of the last signature. */
  signedOn: LocalDate | null;
  /** First day on which the third party may be involved. */
  startsOn: LocalDate | null;
  undertaken: ('secrecy' | 'site-rules')[];
  access: 'none' | 'granted' | 'withdrawn';
  workStartedOn: LocalDate | null;
  breaches: { foundOn: LocalDate; by: string }[];
  tasks: { task: string; scope: string; on: LocalDate }[];
  milestones: Milestone[];
  reports: { report: string; by: string[]; complete: boolean }[];
  support: {
    request: string;
    of: string[];
    askedOn: LocalDate;
    due: Due | null;
    overdueSince: LocalDate | null;
    answeredBy: string[];
    answeredOn: LocalDate | null;
  }[];
  charges: Charge[];
  /** What each party still owes the third party. */
  owed: Record<string, string>;
  caps: CapPeriod[];
  capChanges: CapChange[];
  /** Percentages of the cap that were warned of: 50, 80, 100. */
  warned: number[];
  losses: Loss[];
  /** How it is being ended: who has decided so, whether the notice is written. */
  ending: { ground: EngagementEndGround | 'agreed'; by: string; agreedBy: string[]; noticed: boolean } | null;
  termEndAsked: boolean;
  endedOn: LocalDate | null;
  endGround: EngagementEndGround | 'agreed' | 'term' | 'agreement-over' | null;
  /** What remains to be settled, and by whom it was said to be. */
  items: { item: string; by: string[] }[];
  agreementOver: boolean;
  /** While the agreement was suspended as a whole: the first day lost, and the first that counts again; null: it goes on. */
  standstills: { from: LocalDate; until: LocalDate | null }[];
  /** Shortcomings that a commission's report found: their names, and the improvements that they became. */
  findings: { finding: string; workflowId: string }[];
  /** The day of the last review of the draft as it stands. */
  reviewedOn: LocalDate | null;
}
