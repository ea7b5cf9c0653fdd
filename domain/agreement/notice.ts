import type { Change } from './event.ts';
import type { MatterKind } from './matter.ts';
import type { CompiledGoal } from '../goal/compiled.ts';
import type { Judgement } from '../goal/judgement.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { TierCount, VisitCheck } from '../visit/quarters.ts';

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
  | 'agreement-expired'
  | 'seat-handed-over'
  | 'seat-vacant'
  | 'seat-relieved'
  | 'delegation-made'
  | 'acknowledgement-request'
  | 'notice-undelivered'
  | 'seal-invitation'
  | 'approval-request'
  | 'agreement-withdrawn'
  | 'baseline-entered'
  | 'payment-received'
  | 'payment-held-back'
  | 'late-fee-started'
  | 'late-fee-stopped'
  | 'waiver-proposed'
  | 'penalty-waived'
  | 'cap-reached'
  | 'sum-booked'
  | 'item-settled'
  | 'amendment-proposed'
  | 'cap-notice'
  | 'amendment-settled'
  | 'amendment-effective'
  | 'obligation-overridden'
  | 'calendar-repinned'
  | 'agreement-suspended'
  | 'agreement-resumed'
  | 'renewal-outlook'
  | 'renewal-notice'
  | 'renewal-objected'
  | 'agreement-renewed'
  | 'breach-notice'
  | 'breach-cured'
  | 'negotiation-failed'
  | 'termination-notice'
  | 'service-failed'
  | 'termination-consent'
  | 'termination-objected'
  | 'final-statement'
  | 'afterwards-begun'
  | 'afterwards-ending'
  | 'agreement-closed'
  | 'claim-made'
  | 'claim-answered'
  | 'claim-overdue'
  | 'matter-opened'
  | 'matter-reminder'
  | 'matter-carried'
  | 'matter-overdue'
  | 'engagement-end-consent'
  | 'engagement-end-notice'
  | 'engagement-ended'
  | 'third-access'
  | 'survey-approval-request'
  | 'survey-date-proposed'
  | 'survey-date-reminder'
  | 'survey-published'
  | 'survey-missed'
  | 'survey-report-released'
  | 'finding-assigned'
  | 'plan-reminder'
  | 'plan-submitted'
  | 'plan-decided'
  | 'measure-reminder'
  | 'cause-reminder'
  | 'check-reminder'
  | 'plan-reopened'
  | 'answer-reminder'
  | 'results-published'
  | 'goal-judged'
  | 'visit-plan-warning'
  | 'visit-announced'
  | 'visit-reminder'
  | 'visit-missed'
  | 'visit-report-reminder'
  | 'training-invitation'
  | 'training-reminder'
  | 'training-cancelled'
  | 'training-feedback-request'
  | 'exam-reminder'
  | 'exam-failed'
  | 'retake-reminder'
  | 'certificate-issued'
  | 'engagement-request'
  | 'engagement-reminder'
  | 'engagement-news'
  | 'engagement-notice'
  | 'risk-registered'
  | 'risk-unguarded'
  | 'risk-response-reminder'
  | 'risk-measure-assigned'
  | 'risk-measure-reminder'
  | 'risk-level-changed'
  | 'risk-review-reminder'
  | 'risk-measure-review-reminder'
  | 'risk-warning'
  | 'risk-warning-overdue'
  | 'risk-occurred'
  | 'risk-register-empty'
  | 'case-opened'
  | 'case-passed'
  | 'case-warning'
  | 'case-late'
  | 'case-customer-word'
  | 'case-reopened'
  | 'case-negotiation'
  | 'case-decision'
  | 'case-reported'
  | 'case-told'
  | 'evaluation-scheme-missing'
  | 'evaluation-scheme-request'
  | 'evaluation-result'
  | 'evaluation-confirm-request'
  | 'evaluation-objection-reminder'
  | 'evaluation-objected'
  | 'evaluation-objection-answered'
  | 'evaluation-corrected'
  | 'evaluation-final'
  | 'evaluation-published'
  | 'evaluation-decision-request'
  | 'evaluation-decided'
  | 'evaluation-explanation-request'
  | CustomerNoticeKind;

/** What customers are written to, who are no party to the agreement: their mails say nothing of it. */
export const CUSTOMER_NOTICE_KINDS = [
  'customer-answer',
  'case-receipt',
  'case-progress',
  'case-plan',
  'case-information',
  'case-result',
  'case-follow-up',
] as const;
export type CustomerNoticeKind = (typeof CUSTOMER_NOTICE_KINDS)[number];

/** What a mail can ask for by link. */
export type NoticeAct =
  | 'sign'
  | 'submit'
  | 'review'
  | 'acknowledge'
  | 'seal'
  | 'approve'
  | 'accept'
  | 'object'
  | 'answer'
  | 'reply'
  | 'engagement';

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
  /** The seat that was handed over, delegated, left, or whose notice came back. */
  seat?: string;
  /** What waits for it: `id`, `id#occurrence`. */
  duties?: string[];
  /** What it was asked to read and has not: `agreement`, `id`, `id#occurrence`. */
  unread?: string[];
  /** When those are due that have a date, by the same references: the review's last day for whoever reviews. */
  dutyDates?: Record<string, LocalDate>;
  /** People of a seat notice, opaque ids: who left, who follows; who is away, who stands in. */
  before?: string;
  after?: string;
  absent?: string;
  deputy?: string;
  /** First and last day of a delegation. */
  from?: LocalDate;
  until?: LocalDate;
  /** What is to be read: `agreement`, `id`, `id#occurrence`. */
  what?: string;
  /** The notice that came back, and its kind. */
  returned?: string;
  undelivered?: NoticeKind;
  /** Who did it, and against or to whom: seats or role keys. */
  by?: string;
  against?: string;
  /**
   * Its mail is a written notice of the contract, `breach-1`, `termination-1`: it takes effect when the designated server
   * has accepted it (Civil Code 137).
   */
  serves?: string;
  /** What is approved, suspended, claimed, amended …: its id. */
  about?: string;
  ground?: string;
  verdict?: string;
  status?: string;
  /** Of a baseline, in the unit of its term. */
  value?: string;
  /** Of a change: what it changes, before and after. */
  changes?: Change[];
  /** Clocks that got another date. */
  redated?: { obligation: string; occurrence: string | null; before: LocalDate; after: LocalDate }[];
  /** What is open as a term ends: references of duties, plans, cases. */
  open?: string[];
  /** What stands beside the decision on a renewal; missing in notices of an earlier release. */
  pack?: RenewalPack;
  /** Of a term that counts afresh from the day `from` on: cycles that ended with the one before. */
  cut?: string[];
  balances?: { debtor: string; creditor: string; currency: string; amount: string }[];
  percent?: number;
  cap?: string;
  unpaid?: string;
  days?: number;
  expiresOn?: LocalDate;
  kind?: string;
  /** Of a survey or an improvement: its reference, `quarterly-survey#2027-Q1`; its page is found by it. */
  process?: string;
  /** Days on which answers are taken: the last one. */
  closesOn?: LocalDate;
  dimension?: string;
  /** Of a session of training: what is taught, ids; how many people wait; the mark that passes; who was examined. */
  topics?: string[];
  count?: number;
  passMark?: string;
  trainee?: string;
  /** The day on which it took place. */
  on?: LocalDate;
  /** The certificate's number. */
  certificate?: string;
  /** Of a visit: the customer, an opaque id. */
  customer?: string;
  /** Of a quarter: how the customers of each tier stood in the year's visits and surveys. */
  counted?: Pick<VisitCheck, 'quarter' | 'stage' | 'until'> & { tiers: TierCount[] };
  /** Of a goal of the agreement: what it was held against, and how. */
  judged?: JudgedFact;
  /** Where several goals were judged for the same moment, all of them; the fields above are the first one's. */
  goals?: { about: string; localDate: LocalDate; verdict: string; judged: JudgedFact }[];
  /** Where several clocks of one case end, or warn, at the same moment, all of them; the fields above are the first one's. */
  clocks?: { about: string; verdict?: string }[];
  /** Of a measure or a goal, on the questionnaire's scale. */
  goal?: string;
}

type JudgedFact = Judgement & Pick<CompiledGoal, 'measure' | 'how' | 'by' | 'scale'> & { of: string | null };

/** What is known of an agreement whose term ends: references and ids; sums are shown to those who may read the ledger. */
export interface RenewalPack {
  /** Open improvement plans: `id`, `id#occurrence`; other open duties are `open`. */
  plans: string[];
  /** What each goal is measured against; null where no figure was entered. */
  goals: { goal: string; value: string | null }[];
  /** How many surveys of this term were handed in; null where none is owed. */
  surveys: { inTime: number; late: number; missing: number } | null;
  /** Open requests, incidents, disputes, meetings. */
  matters: { id: string; kind: MatterKind }[];
  /** Notified and not put right. */
  breaches: string[];
  /** Not answered, disputed, or agreed and not paid. */
  claims: string[];
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
  /** The person it is for where the seat does not say it: a deputy, a reader who fills no seat. */
  addressee?: string;
  obligation?: string;
  occurrence?: string;
  /** Rungs that fell on one moment. */
  rungs?: Rung[];
  /** When it is to leave. */
  atMs: Instant;
  clauses: string[];
  /** The act that it asks for; its mail then carries a link. */
  act?: NoticeAct;
  facts: NoticeFacts;
}

/** A notice before it is issued and gets its number. */
export type NoticeDraft = Omit<Notice, 'id'>;
