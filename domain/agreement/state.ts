import type { KeptEvaluations } from '../evaluation/keeping.ts';
import type { GoalsState } from '../goal/state.ts';
import type { CalendarChange } from '../calendar-change.ts';
import type { Instant, LocalDate } from '../time.ts';
import type {
  CompiledAgreement,
  CompiledObligation,
  CompiledPatch,
  EngagementEndGround,
  ObligationKind,
  SuspensionGround,
  TerminationGround,
} from './compiled.ts';
import type { Change, Due } from './event.ts';
import type { Matter, SettlementItem } from './matter.ts';
import type { NoticeDraft } from './notice.ts';
import type { Reading } from './reading.ts';
import type { RejectionCode } from './rejection.ts';
import type { StandIn } from './seating.ts';
import type { RiskRegisterState } from '../risk/register-check.ts';
import type { VisitChecksState } from '../visit/checks.ts';

export type AgreementStatus = 'awaiting-signatures' | 'active' | 'suspended' | 'terminated' | 'expired' | 'closed';

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
  /** When the reviewers were asked: their window counts from that day. */
  askedAtMs: Instant | null;
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
  /** The rule that it keeps although the agreement was amended, or with which its owner was changed. */
  pinned: CompiledObligation | null;
  /** Time that does not count, by suspension. */
  pauses: Pause[];
  /** How it got another due time, oldest first. */
  moves: Move[];
  /** Late days and sums that the creditor let go. */
  waived: { days: number; amount: string };
  /** What was paid when, of a payment or of a penalty; and what of a payment is held back since when. */
  paid: PaidPart[];
  held: { on: LocalDate; amount: string }[];
  /** Of a payment: the sum stands in the ledger, because it fell due or was paid before. */
  charged: boolean;
  /** Of what stays owed after the agreement's end: the last day that is counted. */
  accruesUntil: LocalDate | null;
  /** The version of the calendar by which its due time was found; missing: the one that is pinned now. */
  reckonedBy?: string;
}

/** Part of a sum that is owed no longer since a day: paid, or the rest that the creditor let go after the end. */
export interface PaidPart {
  on: LocalDate;
  amount: string;
  letGo?: true;
}

export type ObligationState = DeliverableState;

/**
 * Time that does not count for a clock: local dates from the first up to, not including, the last; of a clock in hours what
 * elapsed between the two instants. Null while it goes on.
 */
export interface Pause {
  /** Of the suspension. */
  number: number;
  ground: SuspensionGround;
  from: LocalDate;
  until: LocalDate | null;
  fromMs: Instant;
  untilMs: Instant | null;
}

/** A clock got another due time; in their order these explain each later date. */
export interface Move {
  by: 'amendment' | 'override' | 'suspension' | 'calendar';
  /**
   * The amendment's id; of an override the command's, whose text says why; the numbers of the suspensions, `1+2`; the newer
   * calendar, `cn@2027.1`.
   */
  about: string;
  round: number;
  /** The reviewers' window, not the hand-in. */
  review: boolean;
  before: Due;
  due: Due;
  /** Local dates that this clock has lost since the move before. */
  lostDays: number;
  /** Of another rule or date: where the clock ends without suspensions, and the day from which it loses days. */
  clock: { counted: Due; from: LocalDate } | null;
}

/** A pause that the other side has not agreed to yet. */
export interface PauseProposal {
  /** What a consent names: another proposal has another, also after this one is gone. */
  number: number;
  obligations: string[];
  from: LocalDate;
  /** Role keys of those who agree to it. */
  agreedBy: string[];
  atMs: Instant;
}

/** A change that was proposed, and what became of it. */
export interface Amendment {
  id: string;
  by: string;
  status: 'proposed' | 'accepted' | 'declined' | 'lapsed' | 'effective';
  proposedAtMs: Instant;
  effectiveOn: LocalDate;
  /** When it is closed, its terms' names alone: of one in effect it is among `patches`. */
  patch: CompiledPatch;
  /** Empty when it was declined or has lapsed: its event has them. */
  changes: Change[];
  acceptedBy: string[];
  lapsesAtMs: Instant | null;
  /** Names the command whose text says why. */
  commandId: string;
  /** Of a change of a third party's cap: how far its consent is. */
  third?: ThirdConsent;
}

/**
 * A third party's consent to another cap: asked for when both parties agree, by written notice; until it is given the cap
 * stays as it was, and refusal or silence leaves it so (S001b-79).
 */
export interface ThirdConsent {
  stage: 'proposed' | 'agreed-by-parties' | 'notified' | 'consented' | 'refused';
  /** Since the notice reached it. */
  notifiedOn: LocalDate | null;
  /** Until when it may consent; null: no length is agreed. */
  due: Due | null;
}

export interface Suspension {
  number: number;
  ground: SuspensionGround;
  /** Empty: all. */
  obligations: string[];
  from: LocalDate;
  /** The first day that counts again; null while it goes on. */
  until: LocalDate | null;
  by: string;
  /** Duties that run again before the others, each with the first day that counts again. */
  resumed?: { obligation: string; until: LocalDate }[];
}

export interface Breach {
  /** `breach-1` */
  id: string;
  by: string;
  against: string;
  obligation: string | null;
  status: 'notified' | 'negotiating' | 'cured' | 'failed';
  /** Since the notice reached the other side. */
  servedOn: LocalDate | null;
  due: Due | null;
}

/** A mail that brought a written notice to its address. */
export interface Receipt {
  /** `breach-1`, `termination-1`, `amendment:<id>`, `engagement-end:<id>` */
  notice: string;
  /** Id of the notice that it was. */
  mail: string;
  /** Which of several other parties it was for; null: the only one. */
  to: string | null;
  servedOn: LocalDate;
  clauses: string[];
}

export interface TerminationNotice {
  /** `termination-1` */
  id: string;
  by: string;
  ground: TerminationGround;
  code: string | null;
  breach: string | null;
  /** Role keys whose consent it needs still. */
  needs: string[];
  /** Which of several other parties had it when; it is served when all have. */
  received: Record<string, LocalDate>;
  servedOn: LocalDate | null;
  /** The day on which the end takes effect at the earliest. */
  endsOn: LocalDate | null;
  due: Due | null;
  /** Role keys of those who objected; missing: nobody. */
  objectedBy?: string[];
}

/** Late days, or a sum, that the creditor lets go of an obligation (`id`, `id#occurrence`). */
export interface Waiver {
  number: number;
  obligation: string;
  days: number;
  amount: string;
  /** The seat that asked for it, and who sat there: somebody else approves. */
  by: string;
  personId: string;
  approved: boolean;
}

export interface Claim {
  id: string;
  by: string;
  against: string;
  amount: string;
  currency: string;
  /** `id`, `id#occurrence` */
  obligation: string | null;
  liability: string | null;
  lossOn: LocalDate;
  status: 'made' | 'overdue' | 'agreed' | 'disputed' | 'dropped';
  answerDue: Due | null;
  /** What is payable after cap and set-off; null until it is agreed. */
  payable: string | null;
  /** Penalties that were deducted from it: they are deducted once. With `payable` it is what the claim takes of a cap. */
  setOff: string;
  /** What of it was paid; missing in claims of an earlier release: nothing. */
  paid?: string;
  /** Recovered from whoever caused the loss. */
  recovered: string;
  commandId: string;
}

/** What was booked under one rule of the contract between two sides, and what of it was paid. */
export interface Booked {
  booking: string;
  debtor: string;
  creditor: string;
  currency: string;
  amount: string;
  paid: string;
}

/** The end of a third party's involvement, from one party's wish to what both settle afterwards (S001b-89 to -92). */
export interface EngagementEnd {
  /** `end-1` */
  id: string;
  by: string;
  ground: EngagementEndGround;
  /** The claim or matter that a breach is recorded as. */
  about: string | null;
  /** `agreed`: both parties decided; `ended`: the third party has had their notice; `replaced`: another came before it. */
  status: 'proposed' | 'agreed' | 'ended' | 'replaced';
  /** Role keys. */
  agreedBy: string[];
  endedOn: LocalDate | null;
  items: { item: string; agreedBy: string[] }[];
}

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
  /** When the last signature, seal or posting was recorded: nobody was reminded before. Null in states of an earlier release. */
  inForceAtMs: Instant | null;
  /** Last day of the term, once it is known. */
  expiresOn: LocalDate | null;
  endedOn: LocalDate | null;
  obligations: ObligationState[];
  /** Who fills which seat, null for nobody; a seat that is missing was filled before this was recorded. */
  seated: Record<string, string | null>;
  /** Those that have not been ended; past ones are kept. */
  standIns: (StandIn & { number: number })[];
  /** Number of the last delegation. */
  delegations: number;
  readings: Reading[];
  /** Ids of notices that came back. */
  unserved: string[];
  /** Mails that brought written notices and have not come back since. */
  receipts: Receipt[];
  /** Sealing dates by role key. */
  seals: Record<string, LocalDate>;
  /** Consents of second minds, in their order. */
  approvals: { what: string; by: string; personId: string; atMs: Instant }[];
  baselines: { goal: string; value: string; by: string; confirmedBy: string[]; locked: boolean }[];
  amendments: Amendment[];
  /** Those in effect, in their order: `agreement` has them already. */
  patches: CompiledPatch[];
  suspensions: Suspension[];
  pauseProposals: PauseProposal[];
  /** How many pauses have been proposed so far. */
  pausesProposed: number;
  /**
   * Of what recurs otherwise since an amendment: how many of it were there already, and how many of the new count had begun
   * before; and how many terms had been counted afresh by then (missing: none).
   */
  restarts: Record<string, { opened: number; skipped: number; seams?: number }>;
  renewal: {
    announced: { internal: LocalDate | null; parties: LocalDate | null };
    /** The end that was objected to. */
    objectedTo: LocalDate | null;
    objectedBy: string | null;
    /** Every renewed term: the last day before, and the new one; whether it counts afresh, and which cycles that cut. */
    terms: { before: LocalDate; expiresOn: LocalDate; afresh?: true; cut?: string[] }[];
  };
  breaches: Breach[];
  terminations: TerminationNotice[];
  settlement: SettlementItem[];
  /** When the final statement was issued. */
  statedAtMs: Instant | null;
  afterwards: { rule: string; responsible: string; until: Due | null; endedAtMs: Instant | null }[];
  waivers: Waiver[];
  claims: Claim[];
  booked: Booked[];
  /** Balances by `<debtor>><creditor>/<currency>`: the fold of all ledger lines. */
  balances: Record<string, string>;
  /** Thresholds of caps that were warned of: `<cap>@<percent>`. */
  warned: string[];
  matters: Matter[];
  /** Ends of a third party's involvement that were asked for. */
  engagementEnds: EngagementEnd[];
  /** What a third party has undertaken, and whether it has access. */
  thirdAccess: { undertakenOn: LocalDate | null; access: 'none' | 'granted' | 'suspended' };
  /** Missing where nothing was measured or judged. */
  goals?: GoalsState;
  /** Missing where nothing was evaluated. */
  evaluations?: KeptEvaluations;
  /** Missing where no visits were counted yet. */
  visitChecks?: VisitChecksState;
  /** Newer versions of the calendar that it took up, in their order: `agreement` has them already. Missing: none. */
  repins?: CalendarChange[];
  /** The version that the coordinator declined last, when, and the command whose text says why; missing: none. */
  keptCalendar?: { version: string; atMs: Instant; commandId: string };
  /** Whether any risk was registered, or none in the first cycle; missing: neither is known yet. */
  riskRegister?: RiskRegisterState;
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
