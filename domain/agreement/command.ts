import type { CalendarChange } from '../calendar-change.ts';
import type { GoalFigure } from '../goal/figure.ts';
import type { Instant, LocalDate } from '../time.ts';
import type {
  BookingKind,
  CompiledPatch,
  EngagementEndGround,
  SuspensionGround,
  TerminationGround,
} from './compiled.ts';
import type { LedgerLine } from './event.ts';
import type { MatterKind, SettlementOutcome } from './matter.ts';
import type { NoticeKind } from './notice.ts';
import type { TierCount, VisitCheck } from '../visit/quarters.ts';

/** Who acts, by opaque ids: Postgres holds the person. `clock` is time itself. */
export interface Actor {
  personId: string;
  /** The seat that the person fills: a role key (`A`), `coordinator`, or `clock`. */
  seat: string;
  /** The role key whose side the actor is on, if any. */
  party?: string;
  /** The role key that a coordinator enters a fact for. */
  onBehalfOf?: string;
  /** The absent person that a deputy acts for: both stand in the record. */
  deputyFor?: string;
  via: 'link' | 'api' | 'cli' | 'clock' | 'mail' | 'workflow';
}

/** A document by its content; its name and bytes are outside of the workflow. */
export interface DocumentRef {
  sha256: string;
  size: number;
}

interface CommandEnvelope {
  /** The `Idempotency-Key`, also the id of the Temporal update. */
  id: string;
  /** When the API had stored the command; lateness is judged by it (design §3). */
  receivedAtMs: Instant;
  actor: Actor;
}

/** A party's signature on paper is recorded; `signedOn` is the date on the paper, today when missing. */
export interface Sign extends CommandEnvelope {
  type: 'sign';
  signedOn?: LocalDate;
  documents: DocumentRef[];
}

export interface Submit extends CommandEnvelope {
  type: 'submit';
  obligation: string;
  /** Of a recurring obligation; missing: the earliest that is open. */
  occurrence?: string;
  documents: DocumentRef[];
  /** Parts of the checklist that are there, and those left out; the reasons are in Postgres. */
  parts?: string[];
  omitted?: string[];
  /** A coordinator may enter a past hand-in, with evidence: when it took place. */
  handedInAtMs?: Instant;
  /** Of a process alone: reviewers who accepted it there. Their verdicts follow at once, so they are not asked by mail. */
  acceptedBy?: string[];
}

export interface Review extends CommandEnvelope {
  type: 'review';
  obligation: string;
  occurrence?: string;
  verdict: 'accept' | 'reject';
  /** How many numbered points the reviewer wrote; their text is in Postgres. */
  pointCount: number;
}

/** The coordinator records an end that the parties agreed outside. */
export interface Terminate extends CommandEnvelope {
  type: 'terminate';
  /** What they signed of it. */
  documents?: DocumentRef[];
}

/** From now on another person fills a seat. */
export interface Replace extends CommandEnvelope {
  type: 'replace';
  seat: string;
  personId: string;
}

/** Whoever filled a seat leaves, and nobody follows yet. */
export interface Vacate extends CommandEnvelope {
  type: 'vacate';
  seat: string;
}

/** Somebody stands in for whoever fills a seat, from the first to the last day inclusive. */
export interface Delegate extends CommandEnvelope {
  type: 'delegate';
  seat: string;
  deputy: string;
  from: LocalDate;
  until: LocalDate;
  /** Ids of obligations; empty: all that the seat has to do. */
  obligations: string[];
}

/** Ends what was delegated of a seat, now. */
export interface Recall extends CommandEnvelope {
  type: 'recall';
  seat: string;
}

/** Asks people to read something: `agreement`, or an obligation (`id`, `id#occurrence`). */
export interface Circulate extends CommandEnvelope {
  type: 'circulate';
  what: string;
  /** Seats, or `person:<id>`. */
  readers: string[];
  /** What is to be read, where it does not hang on the agreement yet. */
  documents?: DocumentRef[];
}

/** Asks those once more who have not read it. */
export interface Remind extends Omit<Circulate, 'type' | 'readers' | 'documents'> {
  type: 'remind';
}

/** Somebody has read something. */
export interface Acknowledge extends CommandEnvelope {
  type: 'acknowledge';
  what: string;
  /** Parts of the duty's checklist that are confirmed with it. */
  parts?: string[];
  documents: DocumentRef[];
}

/** A notice came back, or the mail server refused it for good. */
export interface Undelivered extends CommandEnvelope {
  type: 'undelivered';
  noticeId: string;
  /** The seat that it was for, and what kind of notice it was. */
  seat: string;
  kind: NoticeKind;
  /** Enhanced status code (RFC 3463) of what came back, or why it was not taken at all: `smtp-550`. */
  code: string;
  /** The written notice of the contract that it brought: `breach-1`; missing: none, or told by an earlier release. */
  serves?: string;
}

/** A party's seal on paper is recorded, as its signature is. */
export interface Seal extends CommandEnvelope {
  type: 'seal';
  sealedOn?: LocalDate;
  documents: DocumentRef[];
}

/**
 * Consents to something that waits for a second mind: `review` (of the draft, before signing), `policy`, `posting`,
 * `baseline:<goal>@<value>`, `waiver:<number>`, `termination:<notice>` (of the other side, where both must agree),
 * `suspension:<number>` (a pause that was proposed). So it is consent to what was shown, and to nothing that has replaced it
 * since. The words alone (`baseline:<goal>`, `termination`, `suspension`) mean what waits at that moment: scenarios may.
 */
export interface Approve extends CommandEnvelope {
  type: 'approve';
  what: string;
  documents: DocumentRef[];
}

/** An agreement that was started and will not be signed is taken back. */
export interface Withdraw extends CommandEnvelope {
  type: 'withdraw';
}

/** The figure that a goal is measured against. */
export interface EnterBaseline extends CommandEnvelope {
  type: 'enter-baseline';
  goal: string;
  /** A decimal string, in the unit of its term. */
  value: string;
  documents: DocumentRef[];
}

/** What is paid of a payment, a penalty or an agreed claim, by whoever pays, or entered for them with a document. */
export interface Pay extends CommandEnvelope {
  type: 'pay';
  /** A payment, or a duty whose penalty it is. */
  obligation?: string;
  occurrence?: string;
  /** In place of an obligation: an agreed claim. */
  claim?: string;
  /** In place of an obligation: a booked sum; where several are owed under it, between whom. */
  booking?: string;
  debtor?: string;
  creditor?: string;
  amount: string;
  /** Local date on which it was paid, today when missing. */
  paidOn?: LocalDate;
  documents: DocumentRef[];
}

/** So much of a payment is held back, or with 0 no longer, for a reason that stands in Postgres. */
export interface HoldBack extends CommandEnvelope {
  type: 'hold-back';
  obligation: string;
  occurrence?: string;
  amount: string;
  documents: DocumentRef[];
}

/** The creditor lets late days, or a sum, go. */
export interface Waive extends CommandEnvelope {
  type: 'waive';
  obligation: string;
  occurrence?: string;
  days?: number;
  amount?: string;
  documents: DocumentRef[];
}

/**
 * The coordinator's word on a newer version of the pinned calendar: the dates that follow from it, or those that there are
 * (design §4). The reason of a no is in Postgres.
 */
export interface Redate extends CommandEnvelope {
  type: 'redate';
  verdict: 'accept' | 'decline';
  change: CalendarChange;
  /** What the proposal said when it was accepted: nothing else comes true. Empty with a no. */
  shown: { of: string; to: LocalDate }[];
}

/** Asks all who must consent to change the agreement from a day on. */
export interface Propose extends CommandEnvelope {
  type: 'propose';
  /** Chosen by whoever proposes. */
  amendment: string;
  effectiveOn: LocalDate;
  /** What changes, computed at the edge from the terms; texts and terms are in Postgres. */
  patch: CompiledPatch;
  documents: DocumentRef[];
}

export interface Accept extends CommandEnvelope {
  type: 'accept';
  amendment: string;
  /** The signed paper, where a coordinator enters it for a side. */
  documents?: DocumentRef[];
}

export interface Decline extends CommandEnvelope {
  type: 'decline';
  amendment: string;
  /** As of an acceptance. */
  documents?: DocumentRef[];
}

/** Whoever the template trusts with it changes one date, owner or step (S004-27); why is in Postgres. */
export interface Override extends CommandEnvelope {
  type: 'override';
  obligation: string;
  occurrence?: string;
  /** One of them. */
  dueOn?: LocalDate;
  responsible?: string;
  skip?: true;
  documents: DocumentRef[];
}

export interface Suspend extends CommandEnvelope {
  type: 'suspend';
  ground: SuspensionGround;
  /** Ids of obligations; empty: all. */
  obligations: string[];
  /** First day that does not count; today when missing. */
  from?: LocalDate;
  documents: DocumentRef[];
}

/** Ends suspensions: of these obligations; empty: all. */
export interface Resume extends CommandEnvelope {
  type: 'resume';
  obligations: string[];
  documents: DocumentRef[];
}

/** No renewal; or a side does not agree to the end that the other has given notice of (S001c-63). */
export interface ObjectToRenewal extends CommandEnvelope {
  type: 'object';
  /** `termination-1`; missing: the renewal while one is ahead, else the running notice of the other side (`endMeant`). */
  notice?: string;
  documents: DocumentRef[];
}

/**
 * A written notice to the other side: of a breach, or of the end on a ground that the contract has; or to a third party, of
 * the cap that both parties agreed on (S001b-79).
 */
export interface Serve extends CommandEnvelope {
  type: 'serve';
  notice: 'breach' | 'termination' | 'amendment' | 'engagement-end';
  /** Of a notice to a third party: the id of the amendment, or of the end (`end-1`). */
  about?: string;
  ground?: TerminationGround;
  /** A code of the agreed list of grounds. */
  code?: string;
  /**
   * Of a breach: the obligation that was missed (`id`, `id#occurrence`); missing: the one of the other side that is late now.
   * Of an end for breach: the breach's id.
   */
  breach?: string;
  /** The breaching side, where no obligation says it. */
  against?: string;
  /** Reasons were stated; their text is in Postgres. */
  reasoned?: true;
  /** Given by hand with evidence on this day; else by mail, when the designated server has accepted it. */
  servedOn?: LocalDate;
  /** The day on which the end takes effect, where that is later than the notice period. */
  endsOn?: LocalDate;
  documents: DocumentRef[];
}

/** A notice reached its address: the designated server accepted it (Civil Code 137). Said by mail itself. */
export interface Served extends CommandEnvelope {
  type: 'served';
  noticeId: string;
  /** The notice of the contract that it brought: `breach-1`, `termination-1`. */
  serves: string;
  /** Whose address it was; missing where only one side was written to. */
  seat?: string;
}

/** The breach has been put right; or negotiation of it has failed, as the side that gave notice records. */
export interface Cure extends CommandEnvelope {
  type: 'cure';
  /** `breach-1`, or the obligation that was missed. */
  breach: string;
  /** Negotiation has failed, where the contract says no length of it. */
  failed?: true;
  documents: DocumentRef[];
}

/** What becomes of one open item after the end. */
export interface Settle extends CommandEnvelope {
  type: 'settle';
  /** `obligation`, `id#occurrence`, or an item that was added. */
  item: string;
  outcome: SettlementOutcome;
  documents: DocumentRef[];
}

/** The entitled side asks for its loss: a miss alone is never a claim. */
export interface Claim extends CommandEnvelope {
  type: 'claim';
  /** Chosen by whoever claims. */
  claim: string;
  amount: string;
  /** What was missed, where it is one duty; missing, and where no rule fits: the one that the other side missed last. */
  obligation?: string;
  occurrence?: string;
  /** The side it is directed against, where the duty does not say it. */
  against?: string;
  /** Rule of liability that it rests on. */
  liability?: string;
  /** When the loss arose: the cap of that day counts. */
  lossOn?: LocalDate;
  documents: DocumentRef[];
}

export interface Answer extends CommandEnvelope {
  type: 'answer';
  claim: string;
  verdict: 'agree' | 'dispute' | 'drop' | 'recourse';
  /** Of what is agreed: less than was claimed; of a recourse: what was recovered. */
  amount?: string;
  /** Penalties posted for the same duty are deducted. */
  setOff?: boolean;
  documents: DocumentRef[];
}

/** Books a sum that the contract provides for, with its document. */
export interface Book extends CommandEnvelope {
  type: 'book';
  booking: string;
  kind: BookingKind;
  amount: string;
  debtor?: string;
  creditor?: string;
  documents: DocumentRef[];
}

/** Opens a matter between the parties: a request, a confidentiality incident, a dispute, a meeting. */
export interface OpenMatter extends CommandEnvelope {
  type: 'open-matter';
  kind: MatterKind;
  /** Rule of the contract that it rests on, where there is one. */
  rule?: string;
  /** To whom: a seat. */
  to?: string;
  /** What it is about: `id`, `id#occurrence`, `claim:<id>`. */
  about?: string;
  /** Of a meeting: its day. */
  on?: LocalDate;
  documents: DocumentRef[];
}

/** Carries a matter on: an answer, its end without one, a decision that is put on record. */
export interface CarryMatter extends CommandEnvelope {
  type: 'carry-matter';
  matter: string;
  step: 'answer' | 'refuse' | 'close' | 'escalate' | 'decide';
  /** Of a decision: who carries it out by when. */
  owner?: string;
  dueOn?: LocalDate;
  documents: DocumentRef[];
}

/** One party wants a third party's involvement to end: both decide, and then notify it (S001b-89 to -92). */
export interface EndEngagement extends CommandEnvelope {
  type: 'end-engagement';
  ground: EngagementEndGround;
  /** The claim (`claim:<id>`) or the matter (`incident-1`) that a breach is recorded as. */
  about?: string;
  documents: DocumentRef[];
}

/** The third party's undertaking of secrecy is there; it is given access; access is taken back (S001c-76). */
export interface ThirdPartyAccess extends CommandEnvelope {
  type: 'third-access';
  step: 'undertake' | 'grant' | 'withdraw';
  documents: DocumentRef[];
}

/** What a cycle of a survey has measured of the agreement's goals: its process tells it, once. */
export interface Measured extends CommandEnvelope {
  type: 'measured';
  figures: GoalFigure[];
}

/** A risk was registered under this agreement: told by the risk itself (S001a-31). */
export interface RiskNoted extends CommandEnvelope {
  type: 'risk-noted';
  /** The risk's own. */
  reference: string;
}

/** What a check of visits has found, once: an activity counts it, the agreement tells itself. */
export interface VisitsCounted extends CommandEnvelope {
  type: 'visits-counted';
  rule: string;
  quarter: string;
  stage: VisitCheck['stage'];
  tiers: TierCount[];
}

/** The final result of an evaluation: its process tells it, once. */
export interface Evaluated extends CommandEnvelope {
  type: 'evaluated';
  /** `staff-appraisal#2027-09-01` */
  evaluation: string;
  /** The template's rule. */
  rule: string;
  /** By indicator; empty where several were evaluated. */
  figures: Record<string, string>;
  /** Of the next period, by indicator; null: those of the scheme. */
  weights: Record<string, string> | null;
}

/** A sum that somebody decided on by an evaluation: its process tells it, once. */
export interface Award extends CommandEnvelope {
  type: 'award';
  evaluation: string;
  rule: string;
  /** `<subject>/<consequence>` */
  consequence: string;
  kind: 'reward' | 'deduction' | 'fee';
  amount: string;
  debtor: string;
  creditor: string;
  documents: DocumentRef[];
}

/** Money of a third party's involvement: its process tells it, once. */
export interface PostEngagement extends CommandEnvelope {
  type: 'post-engagement';
  /** Its name. */
  engagement: string;
  lines: LedgerLine[];
  clauses: string[];
}

/** What a person asks for. */
export type PersonCommand =
  | Sign
  | Submit
  | Review
  | Terminate
  | Replace
  | Vacate
  | Delegate
  | Recall
  | Circulate
  | Remind
  | Acknowledge
  | Undelivered
  | Seal
  | Approve
  | Withdraw
  | EnterBaseline
  | Pay
  | HoldBack
  | Waive
  | Propose
  | Accept
  | Decline
  | Override
  | Redate
  | Suspend
  | Resume
  | ObjectToRenewal
  | Serve
  | Served
  | Cure
  | Settle
  | Claim
  | Answer
  | Book
  | OpenMatter
  | CarryMatter
  | EndEngagement
  | ThirdPartyAccess
  | Measured
  | Evaluated
  | Award
  | PostEngagement
  | VisitsCounted
  | RiskNoted;

export type CommandType = PersonCommand['type'];
export type CommandOf<T extends CommandType> = Extract<PersonCommand, { type: T }>;

/** The coordinator's start, folded once when the workflow begins. */
export interface Start extends CommandEnvelope {
  type: 'start';
  /** Who fills which seat, by opaque ids. */
  seated?: Record<string, string>;
}

/** Time itself: everything due at exactly `atMs`. `nowMs` is when the shell got to it, later after an outage. */
export interface Tick {
  type: 'tick';
  atMs: Instant;
  nowMs: Instant;
}

export type Command = PersonCommand | Start | Tick;
