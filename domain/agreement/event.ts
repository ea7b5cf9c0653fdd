import type { CalendarChange } from '../calendar-change.ts';
import type { CompiledGoal } from '../goal/compiled.ts';
import type { GoalFigure } from '../goal/figure.ts';
import type { JudgedGoal } from '../goal/state.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { Actor, DocumentRef } from './command.ts';
import type {
  BookingKind,
  CompiledPatch,
  EngagementEndGround,
  SuspensionGround,
  TerminationGround,
} from './compiled.ts';
import type { Matter, MatterStatus, SettlementOutcome } from './matter.ts';
import type { NoticeKind } from './notice.ts';
import type { StandIn } from './seating.ts';
import type { TierCount, VisitCheck } from '../visit/quarters.ts';

/** A due moment: in time means before `dueAtMs`, the first instant after the period; `localDate` is its last day. */
export interface Due {
  dueAtMs: Instant;
  localDate: LocalDate;
  /** The last day before it moved off rest days; missing: it did not move, or nothing is counted on from it. */
  rolledFrom?: LocalDate;
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
  /** Who fills which seat; agreements of an earlier release do not say. */
  seated?: Record<string, string>;
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
/** What a ledger line is for. */
export const LEDGER_KINDS = [
  'fee',
  'payment',
  'penalty',
  'late-fee',
  'credit-note',
  'cost-share',
  'reward',
  'deduction',
  'claim',
  'deposit',
  'refund',
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/**
 * One line of the ledger; `days` and `amount` are the increment since the last line (design §5). What the debtor owes is
 * positive, a payment or a credit note negative: the sum of a debtor's lines to a creditor is the balance.
 */
export interface LedgerLine {
  kind: LedgerKind;
  debtor: string;
  creditor: string;
  amount: string;
  currency: string;
  /** Of a daily rate: days, base and fraction a day; and the days that did not count because of suspensions. */
  days?: number;
  base?: string;
  rate?: string;
  excludedDays?: number;
  /** What it rests on beside an obligation: `claim:<id>`, `penalty:<reference>`, `booking:<id>`, `waiver:<number>`, `amendment:<id>`. */
  about?: string;
}
/** A daily line, as penalties and late fees are. */
export type DailyLine = LedgerLine & { days: number; base: string; rate: string };
export interface PenaltyPosted extends ObligationEvent {
  type: 'penalty-posted';
  line: DailyLine;
}
/** The reverse of what was posted and is not owed, or was let go (`about` names the waiver); never an edit. */
export interface PenaltyCredited extends ObligationEvent {
  type: 'penalty-credited';
  line: LedgerLine;
}
export interface AgreementTerminated extends EventBase {
  type: 'agreement-terminated';
  /** `agreed`: the coordinator recorded what the parties agreed outside. */
  ground: 'agreed' | TerminationGround;
  code?: string;
  endedOn: LocalDate;
  cancelled: string[];
  /** Of an end that was agreed outside: what the parties signed. */
  documents?: DocumentRef[];
}
export interface AgreementExpired extends EventBase {
  type: 'agreement-expired';
  endedOn: LocalDate;
  cancelled: string[];
}

/** Another person fills a seat from now on. */
export interface SeatReplaced extends EventBase {
  type: 'seat-replaced';
  seat: string;
  /** Null where nobody did, or an earlier release did not say who. */
  before: string | null;
  after: string;
  /** What waits for the successor: `id`, `id#occurrence`. */
  open: string[];
}
/** Nobody fills a seat: the coordinator looks after what it has to do. */
export interface SeatVacated extends EventBase {
  type: 'seat-vacated';
  seat: string;
  before: string | null;
  open: string[];
}
export interface DelegationMade extends EventBase, StandIn {
  type: 'delegation-made';
  /** Counts up in an agreement. */
  number: number;
}
export interface DelegationEnded extends EventBase {
  type: 'delegation-ended';
  seat: string;
  /** Numbers of the delegations. */
  ended: number[];
}
/** People were asked to read something. */
export interface Circulated extends EventBase {
  type: 'circulated';
  obligation?: string;
  occurrence?: string;
  what: string;
  version: number;
  readers: string[];
  documents?: DocumentRef[];
}
export interface Acknowledged extends EventBase {
  type: 'acknowledged';
  obligation?: string;
  occurrence?: string;
  what: string;
  version: number;
  reader: string;
}
/** A notice came back: it is not served. */
export interface NoticeUndelivered extends EventBase {
  type: 'notice-undelivered';
  noticeId: string;
  seat: string;
  kind: NoticeKind;
  code: string;
}

export interface AgreementSealed extends EventBase {
  type: 'agreement-sealed';
  party: string;
  sealedOn: LocalDate;
  documents: DocumentRef[];
}
/** Consent of a second mind. */
export interface ApprovalGiven extends EventBase {
  type: 'approval-given';
  what: string;
  /** Role key, or seat, that consents. */
  by: string;
  documents: DocumentRef[];
}
/** It was started and will not be signed. */
export interface AgreementWithdrawn extends EventBase {
  type: 'agreement-withdrawn';
}
export interface BaselineEntered extends EventBase {
  type: 'baseline-entered';
  goal: string;
  value: string;
  by: string;
  documents: DocumentRef[];
}
/** Confirmed by all that must: it does not change any more. */
export interface BaselineLocked extends EventBase {
  type: 'baseline-locked';
  goal: string;
  value: string;
}

/** A sum fell due, or was paid before: what the payer owes stands in the ledger. */
export interface FeePosted extends ObligationEvent {
  type: 'fee-posted';
  line: LedgerLine;
}
export interface PaymentRecorded extends EventBase {
  type: 'payment-recorded';
  /** Missing: what was agreed of a claim, or a booked sum, was paid; its line says of which. */
  obligation?: string;
  occurrence?: string;
  paidOn: LocalDate;
  /** How much of the sum is still unpaid. */
  unpaid: string;
  documents: DocumentRef[];
  line: LedgerLine;
}
export interface PaymentHeldBack extends ObligationEvent {
  type: 'payment-held-back';
  /** 0: no longer. */
  amount: string;
  on: LocalDate;
  documents: DocumentRef[];
}
export interface LateFeePosted extends ObligationEvent {
  type: 'late-fee-posted';
  line: LedgerLine;
}
/** Somebody of the creditor's side lets go of days or a sum; the second approver has not spoken. */
export interface WaiverProposed extends ObligationEvent {
  type: 'waiver-proposed';
  /** Counts up in an agreement. */
  number: number;
  days: number;
  amount: string;
  by: string;
  documents: DocumentRef[];
}
export interface PenaltyWaived extends ObligationEvent {
  type: 'penalty-waived';
  number: number;
  days: number;
  amount: string;
}

/** How one clock, sum or owner changes, before and after. */
export interface Change {
  /** `obligation:<id>`, `occurrence:<id>#<occurrence>`, `expiry`, `cap:<id>`, `payment:<id>` … */
  of: string;
  field:
    | 'due'
    | 'responsible'
    | 'amount'
    | 'rate'
    | 'cap'
    | 'grace'
    | 'interval'
    | 'next'
    | 'window'
    | 'rework'
    | 'checklist'
    | 'kept'
    | 'added'
    | 'removed'
    | 'expiry'
    | 'other';
  before: string | null;
  after: string | null;
}
export interface AmendmentProposed extends EventBase {
  type: 'amendment-proposed';
  amendment: string;
  by: string;
  effectiveOn: LocalDate;
  patch: CompiledPatch;
  changes: Change[];
  /** First instant at which it can no longer be accepted. */
  lapsesAtMs: Instant | null;
  /** It changes the cap of a third party, which consents as well, after both parties (S001b-79). */
  third?: true;
  documents: DocumentRef[];
}
export interface AmendmentAccepted extends EventBase {
  type: 'amendment-accepted';
  amendment: string;
  by: string;
  documents?: DocumentRef[];
}
export interface AmendmentDeclined extends EventBase {
  type: 'amendment-declined';
  amendment: string;
  by: string;
  documents?: DocumentRef[];
}
export interface AmendmentLapsed extends EventBase {
  type: 'amendment-lapsed';
  amendment: string;
  /** Another that changes the same was accepted; missing: nobody accepted it in time. */
  because?: 'superseded';
}
/** An open clock that got another due time. */
export interface Redated {
  obligation: string;
  occurrence: string | null;
  before: Due;
  due: Due;
  /** It is the reviewers' window. */
  review?: true;
  /** Where it ends without suspensions and roll-over, and from which day on it loses days, where another rule says so. */
  clock?: { counted: Due; from: LocalDate };
  /** Local dates that the clock has lost to suspensions since it was dated last. */
  lostDays?: number;
}
/** From now on the new rules hold; what was due before keeps the old ones. */
export interface AmendmentEffective extends EventBase {
  type: 'amendment-effective';
  amendment: string;
  patch: CompiledPatch;
  redated: Redated[];
  /** References of what was due before and keeps its rule. */
  kept: string[];
  /** Due moments of one-off obligations that begin with it. */
  dues: ({ obligation: string } & Due)[];
  /** Open duties that end with it. */
  cancelled: string[];
  /** References of payments that were paid in full before their day and take another sum. */
  reopened?: string[];
}
export interface ObligationOverridden extends ObligationEvent {
  type: 'obligation-overridden';
  due?: Due;
  responsible?: string;
  skipped?: true;
  documents: DocumentRef[];
}

/** A period beside the duties that a newer calendar ends on another day. */
export interface WindowMove {
  /** `breach:<id>`, `consent:<amendment>`, `amendment:<id>`, `claim:<id>`, `matter:<id>` */
  of: string;
  before: Due;
  due: Due;
}
/** From now on the newer version of the calendar counts: what had fallen due keeps the one by which it did (design §4). */
export interface CalendarRepinned extends EventBase {
  type: 'calendar-repinned';
  change: CalendarChange;
  redated: Redated[];
  windows: WindowMove[];
}
/** The coordinator keeps the pinned calendar; the reason is in Postgres. */
export interface RedatingDeclined extends EventBase {
  type: 'redating-declined';
  calendar: string;
  from: string;
  to: string;
}

/** One side asks the other for a pause: it begins when both agree. */
export interface SuspensionProposed extends EventBase {
  type: 'suspension-proposed';
  /** Counts up in an agreement; the same as long as the proposal is. Missing in events of before it was counted. */
  number?: number;
  /** Empty: all. */
  obligations: string[];
  from: LocalDate;
  by: string;
  documents: DocumentRef[];
}
export interface AgreementSuspended extends EventBase {
  type: 'agreement-suspended';
  /** Counts up in an agreement. */
  number: number;
  ground: SuspensionGround;
  /** Empty: all. */
  obligations: string[];
  /** First day that does not count. */
  from: LocalDate;
  by: string;
  documents: DocumentRef[];
}
/** The first day that counts again, and the clocks as they stand now. */
export interface AgreementResumed extends EventBase {
  type: 'agreement-resumed';
  numbers: number[];
  /** The duties that run again, where a suspension goes on for others; missing: all of it is over. */
  obligations?: string[];
  on: LocalDate;
  redated: (Redated & { lostDays: number })[];
}

export interface RenewalAnnounced extends EventBase {
  type: 'renewal-announced';
  /** To the coordinator first, then to the parties. */
  stage: 'internal' | 'parties';
  expiresOn: LocalDate;
}
export interface RenewalObjected extends EventBase {
  type: 'renewal-objected';
  by: string;
  expiresOn: LocalDate;
  documents: DocumentRef[];
}
export interface AgreementRenewed extends EventBase {
  type: 'agreement-renewed';
  before: LocalDate;
  expiresOn: LocalDate;
  /** Counts up: the first renewal is 1. */
  number: number;
  /** Open clocks that hang on the end of the term. */
  redated?: Redated[];
  /** What recurs at an interval is counted anew from the first day of this term; missing: it carries on. */
  afresh?: true;
  /** Cycles that ran beyond the last day, and were not due by then: they ended with it. `id`, `id#occurrence` */
  cut?: string[];
}

export interface BreachNotified extends EventBase {
  type: 'breach-notified';
  /** `breach-1` */
  breach: string;
  by: string;
  against: string;
  obligation?: string;
  occurrence?: string;
  documents: DocumentRef[];
}
/** A written notice reached its address: by mail, or by hand. */
export interface NoticeServed extends EventBase {
  type: 'notice-served';
  /** `breach-1`, `termination-1`; to a third party `amendment:<id>`, `engagement-end:<id>` */
  notice: string;
  /** Of a breach: the duty that was missed, where one is named. */
  obligation?: string;
  occurrence?: string;
  servedOn: LocalDate;
  /** Which of several other parties has it. */
  to?: string;
  /** The mail that brought it, by its notice's id; missing: by hand, or in histories of an earlier release. */
  mail?: string;
  /** Another mail had brought it before: its period runs from then. */
  again?: true;
  /**
   * When the period that the notice opens ends: negotiation or cure of a breach, notice of an end. Null: not all have it,
   * no length was agreed, or its ground is gone.
   */
  due: Due | null;
}
/** The mail that had brought a written notice came back: it was not received (Civil Code 137), and nothing runs from it. */
export interface ServiceFailed extends EventBase {
  type: 'service-failed';
  /** `breach-1`, `termination-1`; to a third party `amendment:<id>`, `engagement-end:<id>` */
  notice: string;
  /** Of a breach: the duty that was missed, where one is named. */
  obligation?: string;
  occurrence?: string;
  /** The mail that came back, by its notice's id, and whose address it was. */
  mail: string;
  seat: string;
  /** Which of several other parties does not have it. */
  to?: string;
  /** The day of the receipt that there was not. */
  servedOn: LocalDate;
  /** What it led to had come by then and stands: nothing is taken back by itself, a lawyer decides. */
  stands?: true;
}
export interface BreachCured extends EventBase {
  type: 'breach-cured';
  breach: string;
  /** The duty that was missed, where one is named. */
  obligation?: string;
  occurrence?: string;
  documents: DocumentRef[];
}
export interface NegotiationFailed extends EventBase {
  type: 'negotiation-failed';
  breach: string;
  /** The duty that was missed, where one is named. */
  obligation?: string;
  occurrence?: string;
  /** Where a side recorded it. */
  documents?: DocumentRef[];
}
export interface TerminationNotified extends EventBase {
  type: 'termination-notified';
  /** `termination-1` */
  notice: string;
  by: string;
  ground: TerminationGround;
  code?: string;
  breach?: string;
  endsOn?: LocalDate;
  /** Role keys whose consent it needs still. */
  needs: string[];
  documents: DocumentRef[];
}
/** What was open at the end is settled one by one. */
/** The other side does not agree to an end while its notice period runs (S001c-63): it is on record, and stops nothing. */
export interface TerminationObjected extends EventBase {
  type: 'termination-objected';
  notice: string;
  by: string;
  documents: DocumentRef[];
}
export interface ItemSettled extends EventBase {
  type: 'item-settled';
  item: string;
  outcome: SettlementOutcome;
  documents: DocumentRef[];
  /** Of a payment that was let go: the credit of what was unpaid. */
  line?: LedgerLine;
}
/** Nothing is open any more: who owes whom what, as of this moment. */
export interface FinalStatementIssued extends EventBase {
  type: 'final-statement-issued';
  balances: { debtor: string; creditor: string; currency: string; amount: string }[];
}
export interface AfterwardsBegun extends EventBase {
  type: 'afterwards-begun';
  rule: string;
  responsible: string;
  /** Null: without end, or no length is agreed. */
  until: Due | null;
}
export interface AfterwardsEnded extends EventBase {
  type: 'afterwards-ended';
  rule: string;
}
export interface AgreementClosed extends EventBase {
  type: 'agreement-closed';
  /** What survives it: rules of secrecy without end. */
  surviving: string[];
}

export interface ClaimMade extends EventBase {
  type: 'claim-made';
  claim: string;
  by: string;
  against: string;
  amount: string;
  currency: string;
  obligation?: string;
  occurrence?: string;
  liability?: string;
  lossOn: LocalDate;
  /** The cap of that day, and what is left of it; null: none is agreed. */
  cap: { amount: string; left: string } | null;
  answerDue: Due | null;
  documents: DocumentRef[];
}
export interface ClaimAnswered extends EventBase {
  type: 'claim-answered';
  claim: string;
  by: string;
  verdict: 'agree' | 'dispute';
  /** What is agreed, before set-off and cap. */
  amount?: string;
  /** Penalties posted for the same duty, deducted. */
  setOff?: string;
  /** What is payable after cap and set-off, and what remains above the cap. */
  payable?: string;
  aboveCap?: string;
  /** Who bears what is above the cap, where the contract shares it (S001a-56). */
  ownShares?: { party: string; amount: string }[];
  documents: DocumentRef[];
}
export interface ClaimOverdue extends EventBase {
  type: 'claim-overdue';
  claim: string;
  due: Due;
}
export interface ClaimDropped extends EventBase {
  type: 'claim-dropped';
  claim: string;
  by: string;
}
/** Money recovered from whoever caused the loss in the end. */
export interface RecourseRecorded extends EventBase {
  type: 'recourse-recorded';
  claim: string;
  by: string;
  amount: string;
  documents: DocumentRef[];
}
export interface ClaimPosted extends EventBase {
  type: 'claim-posted';
  claim: string;
  line: LedgerLine;
}
export interface SumBooked extends EventBase {
  type: 'sum-booked';
  booking: string;
  kind: BookingKind | 'fee';
  /** Of what was decided by an evaluation: `<evaluation>/<subject>/<consequence>`; missing: it was booked by hand. */
  award?: string;
  documents: DocumentRef[];
  line: LedgerLine;
}
/** What a third party's involvement costs, or is owed for a loss in it: told by the engagement itself. */
export interface EngagementPosted extends EventBase {
  type: 'engagement-posted';
  engagement: string;
  line: LedgerLine;
}
/** A balance reached 50, 80 or 100 % of its cap, or penalties our own threshold of warning. */
export interface CapReached extends EventBase {
  type: 'cap-reached';
  /** Liability's id, `penalty:<obligation>`, or `penalties`. */
  cap: string;
  percent: number;
  amount: string;
  balance: string;
}

export interface MatterOpened extends EventBase {
  type: 'matter-opened';
  matter: Matter;
  documents: DocumentRef[];
}
export interface MatterCarried extends EventBase {
  type: 'matter-carried';
  matter: string;
  step: 'answer' | 'refuse' | 'close' | 'escalate' | 'decide';
  /** Where the matter stands after it. */
  status: MatterStatus;
  by: string;
  owner?: string;
  dueOn?: LocalDate;
  documents: DocumentRef[];
}
export interface MatterOverdue extends EventBase {
  type: 'matter-overdue';
  matter: string;
  due: Due;
  status: MatterStatus;
}

/** One party wants a third party's involvement to end. */
export interface EngagementEndProposed extends EventBase {
  type: 'engagement-end-proposed';
  /** `end-1` */
  end: string;
  by: string;
  ground: EngagementEndGround;
  /** What a breach is recorded as: it survives the end. */
  about?: string;
  /** What is to be settled afterwards. */
  items: string[];
  documents: DocumentRef[];
}
/** The other party decides so, too; with the last of them the third party is notified. */
export interface EngagementEndAgreed extends EventBase {
  type: 'engagement-end-agreed';
  end: string;
  by: string;
  documents: DocumentRef[];
}
/** The written notice of both has reached the third party. */
export interface EngagementEnded extends EventBase {
  type: 'engagement-ended';
  end: string;
  ground: EngagementEndGround;
  endedOn: LocalDate;
}
/** A party says that one thing is settled: what, in Postgres. */
export interface EngagementItemAgreed extends EventBase {
  type: 'engagement-item-agreed';
  end: string;
  item: string;
  by: string;
  /** Both have said so. */
  settled: boolean;
  documents: DocumentRef[];
}

/** What a third party may see or enter changed, or it undertook to keep it secret (S001c-76). */
export interface ThirdAccessChanged extends EventBase {
  type: 'third-access-changed';
  step: 'undertake' | 'grant' | 'withdraw' | 'suspend';
  access: 'none' | 'granted' | 'suspended';
  by: string;
  /** Of a suspension: the incident. */
  about?: string;
  documents: DocumentRef[];
}

/** Something that goals are held against was measured. */
export interface GoalMeasured extends EventBase {
  type: 'goal-measured';
  figure: GoalFigure;
}
/** An evaluation has its final result: the next period is compared with it. */
export interface EvaluationRecorded extends EventBase {
  type: 'evaluation-recorded';
  evaluation: string;
  rule: string;
  figures: Record<string, string>;
  weights: Record<string, string> | null;
}

/** The first risk is on the register (S001a-31). */
export interface RiskRegisterBegun extends EventBase {
  type: 'risk-register-begun';
  reference: string;
}
/** The first cycle ended, and no risk is on the register. */
export interface RiskRegisterEmpty extends EventBase {
  type: 'risk-register-empty';
  due: Due;
}
/** A quarter ends, or is about to: what has been done of the year's visits and surveys is counted. */
export interface VisitCountDue extends EventBase, VisitCheck {
  type: 'visit-count-due';
}
/** What was counted then, by tier; customers are not named. */
export interface VisitCountMade extends EventBase, VisitCheck {
  type: 'visits-counted';
  tiers: TierCount[];
}
/** A goal was held against what was measured, because its date came or a cycle was analysed. */
export interface GoalJudged extends EventBase, JudgedGoal, Pick<CompiledGoal, 'measure' | 'how' | 'by' | 'scale'> {
  type: 'goal-judged';
  /** It had been judged for that date before: a figure, or the baseline, was confirmed since. */
  again?: true;
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
  | AgreementExpired
  | SeatReplaced
  | SeatVacated
  | DelegationMade
  | DelegationEnded
  | Circulated
  | Acknowledged
  | NoticeUndelivered
  | AgreementSealed
  | ApprovalGiven
  | AgreementWithdrawn
  | BaselineEntered
  | BaselineLocked
  | FeePosted
  | PaymentRecorded
  | PaymentHeldBack
  | LateFeePosted
  | WaiverProposed
  | PenaltyWaived
  | AmendmentProposed
  | AmendmentAccepted
  | AmendmentDeclined
  | AmendmentLapsed
  | AmendmentEffective
  | ObligationOverridden
  | CalendarRepinned
  | RedatingDeclined
  | SuspensionProposed
  | AgreementSuspended
  | AgreementResumed
  | RenewalAnnounced
  | RenewalObjected
  | AgreementRenewed
  | BreachNotified
  | NoticeServed
  | ServiceFailed
  | BreachCured
  | NegotiationFailed
  | TerminationNotified
  | TerminationObjected
  | ItemSettled
  | FinalStatementIssued
  | AfterwardsBegun
  | AfterwardsEnded
  | AgreementClosed
  | ClaimMade
  | ClaimAnswered
  | ClaimOverdue
  | ClaimDropped
  | RecourseRecorded
  | ClaimPosted
  | SumBooked
  | CapReached
  | MatterOpened
  | MatterCarried
  | MatterOverdue
  | EngagementEndProposed
  | EngagementEndAgreed
  | EngagementEnded
  | EngagementItemAgreed
  | ThirdAccessChanged
  | EvaluationRecorded
  | GoalMeasured
  | GoalJudged
  | VisitCountDue
  | EngagementPosted
  | VisitCountMade
  | RiskRegisterBegun
  | RiskRegisterEmpty;

export type Event = EventBody & { sequence: number; recordedAtMs: Instant };
export type EventType = EventBody['type'];
