import type { CalendarChange } from '../calendar-change.ts';
import type { Calendar } from '../calendar.ts';
import type { CompiledCases } from '../case/compiled.ts';
import type { CompiledEvaluation } from '../evaluation/compiled.ts';
import type { CompiledEngagement } from '../engagement/compiled.ts';
import type { CompiledGoal } from '../goal/compiled.ts';
import type { CompiledRisks } from '../risk/compiled.ts';
import type { CompiledImprovement, CompiledSurvey } from '../survey/compiled.ts';
import type { LocalDate, Zone } from '../time.ts';
import type { CompiledVisits } from '../visit/compiled.ts';
import type { CompiledTraining } from '../training/compiled.ts';

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
  /** How `calendar` came from the one that was pinned at the start, oldest first; missing: it is that one. */
  repins?: CalendarChange[];
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
  /** What the contract says of its own life; missing in agreements that were started before this was read. */
  life?: CompiledLife;
  /** Surveys whose cycles are run as processes of their own; missing in agreements of an earlier release: none. */
  surveys?: CompiledSurvey[];
  /** What becomes of findings; missing: this agreement knows no improvements. */
  improvement?: CompiledImprovement;
  /** Visits and call-backs; missing: this agreement knows none. */
  visits?: CompiledVisits[];
  /** Figures to be reached, and when that is judged; missing in agreements of an earlier release: none. */
  goals?: CompiledGoal[];
  /** Training that it speaks of; missing in agreements of an earlier release, and where it speaks of none. */
  trainings?: CompiledTraining[];
  /** What it evaluates, and how; missing in agreements of an earlier release: nothing. */
  evaluations?: CompiledEvaluation[];
  /** What it says of complaints, requests, enquiries and feedback; missing: it speaks of none, or is of an earlier release. */
  cases?: CompiledCases[];
  /** Third parties' involvement, as processes of its own; missing in agreements of an earlier release, and where it speaks of none. */
  engagements?: CompiledEngagement[];
  /** What it says of risks: one register at most; missing in agreements of an earlier release, and where it says nothing. */
  risks?: CompiledRisks[];
}

export type CompiledObligation = CompiledDeliverable | CompiledPayment;

/**
 * Effect, change, pause, renewal, end and liability, as the template says; what is missing or empty is not provided
 * for, and an act that needs it is refused as `not-provided`.
 */
export interface CompiledLife {
  effect: CompiledEffect;
  baselines: CompiledBaseline[];
  /** Who must accept an amendment (seats); the proposal lapses so many days after it was made, null: never. */
  amendment: CompiledAmendmentRule | null;
  /** Seats that may change a date, an owner or a step for a special case, with a reason (S004-27). */
  override: { by: string[]; clauses: string[] } | null;
  suspension: { grounds: SuspensionGround[]; clauses: string[] }[];
  renewal: CompiledRenewal | null;
  terminations: CompiledTermination[];
  afterwards: CompiledAfterwards[];
  liabilities: CompiledLiability[];
  /** Sums that may be booked by hand with a document: deposits, rewards, deductions, shared costs. */
  bookings: CompiledBooking[];
  /** Negotiation of so many days, then the forum agreed on (its words are in Postgres). */
  disputes: { id: string; clauses: string[]; negotiationDays: number | null; hasForum: boolean }[];
  requests: CompiledRequest[];
  /**
   * `undertaking`: who is bound undertakes it in writing before any access (S001c-76, S003-K-17); `undertakenBy`: the duty by which
   * it does, too.
   */
  confidentiality: { id: string; clauses: string[]; bound: string[]; undertaking?: true; undertakenBy?: string }[];
  meetings: { id: string; clauses: string[] }[];
  /** How a third party's involvement ends; missing where the contract does not say. */
  engagementEnd?: CompiledEngagementEnd;
  /** Warns at this share of the contract total, in percent, once (ours: no limit of the law). */
  penaltyWarning: { base: string; currency: string; percent: string } | null;
}

export const ENGAGEMENT_END_GROUNDS = ['unable-to-perform', 'breach', 'purpose-achieved'] as const;
export type EngagementEndGround = (typeof ENGAGEMENT_END_GROUNDS)[number];

/** The end of a third party's involvement on both parties' decision, by written notice; the main contract goes on (S001b-92). */
export interface CompiledEngagementEnd {
  id: string;
  clauses: string[];
  /** Each with the clauses that give it. */
  grounds: { ground: EngagementEndGround; clauses: string[] }[];
  /** It is stated what the involvement is to achieve. */
  hasPurpose: boolean;
  /** What both parties settle afterwards, one by one: ids. */
  items: string[];
}

export interface CompiledAmendmentRule {
  consent: string[];
  lapseDays: number | null;
  clauses: string[];
  /** Liabilities whose cap needs the consent of a third party as well: the old cap governs without it (S001b-79). */
  excludes?: ThirdPartyCap[];
}

/** A cap that both parties change together, and only with the third party whose liability it bounds (S001b-78, S001b-79). */
export interface ThirdPartyCap {
  liability: string;
  clauses: string[];
  /** The term that holds it: a change of it changes nothing else. Missing in agreements of an earlier release. */
  term?: string;
  /** Days to consent, from the notice; null: no length is agreed, and silence leaves the old cap. */
  consentDays?: number | null;
}

/** What an amendment changes of what was agreed: whole obligations, the end, the life. */
export interface CompiledPatch {
  /** Changed or added. */
  obligations: CompiledObligation[];
  removed: string[];
  /** Missing: as before. */
  expiresOn?: LocalDate | null;
  life?: CompiledLife;
  /** All surveys, for the cycles that begin from then on; missing: as before. */
  surveys?: CompiledSurvey[];
  improvement?: CompiledImprovement;
  /** All goals, for what is judged from then on; missing: as before. */
  goals?: CompiledGoal[];
  /** All rules of visits, for those that are planned from then on; missing: as before. */
  visits?: CompiledVisits[];
  /** All rules of training, for sessions that are planned from then on; missing: as before. */
  trainings?: CompiledTraining[];
  /** All rules of evaluation, for periods that begin from then on; missing: as before. */
  evaluations?: CompiledEvaluation[];
  /** All rules of third parties' involvement, for those that begin from then on; missing: as before. */
  engagements?: CompiledEngagement[];
  /** All that is said of risks, for those that are registered from then on; missing: as before. */
  risks?: CompiledRisks[];
  /** All that is said of cases, for those that come in from then on; missing: as before. */
  cases?: CompiledCases[];
  /** Names of the terms that changed, without their values. */
  terms: string[];
}

/** What brings it into force, beside the signatures: day 0 is the latest of all dates. */
export interface CompiledEffect {
  /** Everyone who signs also seals. */
  seal: boolean;
  sealClauses: string[];
  /** Everyone confirms having reviewed the terms before anyone signs (S003-N-13). */
  review: boolean;
  reviewClauses: string[];
  /** What must be filled in before that review is not agreed: nobody reviews or signs (S003-N-13). */
  liabilityOpen?: true;
  /** A policy: approved by management, then posted; signing stands for both (S004-30). */
  policy: boolean;
  /** The seat that approves it, where the policy names one; missing: whoever posts it. */
  approver?: string;
}

/** The figure that a goal is measured against; null until it is entered, and then both confirm it. */
export interface CompiledBaseline {
  goal: string;
  term: string;
  clauses: string[];
  value: string | null;
  /** Role keys that confirm it. */
  confirmedBy: string[];
}

export const SUSPENSION_GROUNDS = ['force-majeure', 'agreed-pause', 'other-side-holds', 'missing-input'] as const;
export type SuspensionGround = (typeof SUSPENSION_GROUNDS)[number];

export interface CompiledRenewal {
  automatic: boolean;
  /** Days before the last day at which the parties are told, and so many days earlier the coordinator. */
  noticeDays: number | null;
  internalDays: number;
  /** The new term; null: as long as the one before. */
  months: number | null;
  /**
   * Whether what recurs at an interval from the effect on is counted anew from the first day of a renewed term; missing:
   * it carries on (ADR 17).
   */
  cycles?: 'afresh';
  clauses: string[];
}

export const TERMINATION_GROUNDS = [
  'mutual',
  'breach',
  'serious-breach',
  'force-majeure',
  'repeal',
  'expiry',
  'agreed-list',
] as const;
export type TerminationGround = (typeof TERMINATION_GROUNDS)[number];

export type TerminationGate =
  'negotiation-failed' | 'cure-period' | 'written-notice' | 'both-approve' | 'innocent-party';

/** One way in which it may end before its term. */
export interface CompiledTermination {
  id: string;
  ground: TerminationGround;
  gates: TerminationGate[];
  /** Days from the notice's receipt; null is none. */
  noticeDays: number | null;
  /** The other side may object within these days (S001c-63); missing: nothing of it is agreed. */
  objection?: true;
  negotiationDays: number | null;
  cureDays: number | null;
  /** Codes of an agreed list of grounds; a notice cites one of them. */
  codes: string[];
  clauses: string[];
}

/** What is owed after the end: for so many days, or without end. */
export interface CompiledAfterwards {
  id: string;
  responsible: string;
  kind: 'service' | 'data' | 'hand-over' | 'close-out' | 'secrecy';
  /** Null: for good, or as long as nobody has said; then it does not keep the agreement from closing. */
  days: number | null;
  /** In place of days. */
  months?: number;
  /** It is agreed that it has no end; without it, and without a length, none is agreed. */
  endless?: true;
  clauses: string[];
}

/** Who answers for what, to whom; the cap is null where none is agreed, which is neither zero nor infinite. */
export interface CompiledLiability {
  id: string;
  /** A role key; `third`: a third party that was brought in; null: whichever side is in breach. */
  liable: string | null;
  /** It is about something of its own, and no ground of a claim that does not name it. */
  particular?: true;
  cap: { amount: string; currency: string } | null;
  /** Fractions by role key for what is above a cap. */
  shares: Record<string, string> | null;
  /** Days to answer a claim; null: no clock. */
  answerDays: number | null;
  clauses: string[];
}

export interface CompiledBooking {
  id: string;
  kind: BookingKind;
  clauses: string[];
  /** Of a shared cost: fractions by role key that add up to 1. */
  shares: Record<string, string> | null;
}

export const BOOKING_KINDS = ['deposit', 'refund', 'reward', 'deduction', 'cost-share'] as const;
export type BookingKind = (typeof BOOKING_KINDS)[number];

/** What one side may ask the other for, and how long that has to reply. */
export interface CompiledRequest {
  id: string;
  from: string;
  to: string;
  replyDays: number | null;
  /** What no answer means at the end of these days: it stays open, late, or it is refused (S003-K-16). Missing: open. */
  silence?: 'open' | 'refused';
  /** Whoever is asked is reminded each so many days while it waits (S003-K-16). Missing: not at all. */
  remindDays?: number;
  clauses: string[];
}

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

/** A sum that falls due, in one or several payments; each row of a schedule is an obligation of its own. */
export interface CompiledPayment extends Omit<CompiledDeliverable, 'rule' | 'review' | 'checklist' | 'penalty'> {
  rule: 'payment@1';
  /** Role key of who receives it; `responsible` pays. */
  payee: string;
  amount: string;
  currency: string;
  /** On the unpaid part, a day; null where no rate is agreed: days and sum are noted, nothing is charged (S001b-104). */
  lateFee: { clauses: string[]; rate: string; graceDays: number; cap: string | null } | null;
  /** The contract provides for a late fee, whose rate is open; without it, and without a fee, it knows none. */
  lateFeeOpen?: true;
  /** The payer may hold back for a stated reason. */
  mayHoldBack: boolean;
  review: null;
  checklist?: never;
  penalty: null;
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
