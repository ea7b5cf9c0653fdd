import type { DocumentRef } from '../agreement/command.ts';
import type { EngagementEndGround } from '../agreement/compiled.ts';
import type { ProcessCommandEnvelope, ProcessFrame } from '../process/process.ts';
import type { CompiledImprovement } from '../survey/compiled.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { AgreementSection, ApplicationField, CompiledEngagement } from './compiled.ts';

/** What began it, or begins another round after a refusal; the words are in Postgres. */
export interface Application {
  /** What of the application is filled in; documents count as given when there is one. */
  filled: ApplicationField[];
  /** Codes of the rule's scopes, and `other-<n>` for words of one's own. */
  scope: string[];
  /** Whether an interest of the applicant in the third party exists (`conflict`), or is declared not to; null: nothing was declared. */
  interest: 'none' | 'conflict' | null;
  /** What the applicant proposes for its agreement, for the draft; nothing is agreed by it. */
  proposed?: { cap?: string | null; fee?: string; endsOn?: LocalDate };
  documents: DocumentRef[];
}

/** What an engagement is started with: `startProcess` after `applicationRefused` found nothing (domain/engagement/applying.ts). */
export interface EngagementInput extends ProcessFrame {
  rules: CompiledEngagement;
  currency: string;
  /** The seat of this engagement's third party: `third`, or one of its own (`third-<name>`) for somebody else. */
  thirdSeat: string;
  application: Application;
  /** What becomes of the shortcomings that a commission finds; missing or null: this agreement knows no improvements. */
  improvement?: CompiledImprovement | null;
  /** Started while the agreement is suspended as a whole: since which day. */
  suspendedFrom?: LocalDate;
  /** What whoever started it brought beside; they count as the application's. */
  documents?: DocumentRef[];
  /** Who began it. */
  actor: ProcessCommandEnvelope['actor'];
  /** When the API had stored it: receipt by the other party, the day of which does not count. */
  appliedAtMs: Instant;
}

/** What bears no document of its own, and the one with which a coordinator enters it for somebody. */
interface Entered extends ProcessCommandEnvelope {
  documents?: DocumentRef[];
}

/** Another application under the same name, after one that was refused, not answered, or withdrawn. */
interface Applies extends ProcessCommandEnvelope {
  type: 'apply';
  application: Application;
}
/** The other party's answer, or the approver's; reasons and questions are in Postgres. */
interface Replies extends ProcessCommandEnvelope {
  type: 'reply';
  verdict: 'agree' | 'refuse' | 'ask';
  hasReason: boolean;
  documents: DocumentRef[];
}
/** The applicant answers what was asked: the clock runs again. */
interface Provides extends ProcessCommandEnvelope {
  type: 'provide';
  documents: DocumentRef[];
}
/** The applicant takes it back, before the agreement is signed. */
interface Withdraws extends Entered {
  type: 'withdraw';
}
/** A negotiation took place: who was there (seats; the third party by its seat). */
interface Negotiates extends ProcessCommandEnvelope {
  type: 'negotiate';
  heldOn: LocalDate;
  present: string[];
  documents: DocumentRef[];
}

/** The engagement's agreement as numbers and codes; its words are in Postgres. */
export interface AgreementDraft {
  sections: AgreementSection[];
  scope: string[];
  /** A sum agreed on, or what it really costs; null: no fee. */
  fee: { basis: 'agreed'; amount: string } | { basis: 'actual' } | null;
  /** A sum, or null: as the law provides. */
  cap: string | null;
  /** Factors of the cap that have words. */
  rationale: string[];
  /** Its last day; null: none is agreed. */
  endsOn: LocalDate | null;
  milestones: { milestone: string; dueOn: LocalDate | null }[];
  /** The draft itself, where it is a file. */
  documents: DocumentRef[];
}
interface Drafts extends ProcessCommandEnvelope {
  type: 'draft';
  draft: AgreementDraft;
}
interface Reviews extends Entered {
  type: 'review';
  verdict: 'accept' | 'reject';
  pointCount: number;
}
/** A signature on paper is recorded; `signedOn` is the date on it, today when missing. */
interface Signs extends ProcessCommandEnvelope {
  type: 'sign';
  signedOn?: LocalDate;
  documents: DocumentRef[];
}
/** A signatory does not sign: the engagement does not come about (S001c-72). The reason is in Postgres. */
interface RefusesToSign extends Entered {
  type: 'refuse-to-sign';
}

/** The third party undertakes secrecy, or acknowledges the rules of the site. */
interface Undertakes extends ProcessCommandEnvelope {
  type: 'undertake';
  what: 'secrecy' | 'site-rules';
  documents: DocumentRef[];
}
interface GivesAccess extends Entered {
  type: 'access';
  step: 'grant' | 'withdraw';
}
interface StartsWork extends Entered {
  type: 'start-work';
}
/** Involvement was found without a signed agreement (S001a-66): a breach. */
interface ReportsInvolvement extends ProcessCommandEnvelope {
  type: 'report-involvement';
  foundOn: LocalDate;
  documents: DocumentRef[];
}
interface Assigns extends Entered {
  type: 'assign';
  /** Its name among the tasks of this engagement; missing: the next number. */
  task?: string;
  scope: string;
}

/** The third party hands in a milestone. */
interface Delivers extends ProcessCommandEnvelope {
  type: 'deliver';
  milestone: string;
  documents: DocumentRef[];
}
/** A shortcoming that a commission's report found, which is to be put right (S003-N-09); its words are in Postgres. */
interface FollowsUp extends Entered {
  type: 'follow-up';
  /** Its name among those of this engagement; missing: the next number. */
  finding?: string;
  dimension: string | null;
  /** 1 (slight) to 5 (grave). */
  severity: number;
  /** The agreement is suspended as a whole since then. */
  suspendedFrom?: LocalDate;
}
interface JudgesDelivery extends Entered {
  type: 'judge-delivery';
  milestone: string;
  verdict: 'accept' | 'reject';
  pointCount: number;
}
/** What the use of it has brought (S001a-49). */
interface ReviewsEffect extends Entered {
  type: 'review-effect';
  milestone: string;
  verdict: 'good' | 'poor';
}
/** One's own entry in a supervision report. */
interface Supervises extends ProcessCommandEnvelope {
  type: 'supervise';
  /** Its name among the reports of this engagement: a period, an occasion; missing: a new one, by the next number. */
  report?: string;
  documents: DocumentRef[];
}
interface AsksSupport extends Entered {
  type: 'ask-support';
  /** Its name among the requests of this engagement; missing: the next number. */
  request?: string;
  /** Seats that are asked; empty: all that the rule names. */
  of: string[];
}
interface AnswersSupport extends ProcessCommandEnvelope {
  type: 'answer-support';
  request: string;
  documents: DocumentRef[];
}

/** What it costs: owed by the parties in their shares. `paidBy`: a party has paid the whole, and the others owe it theirs. */
interface Charges extends ProcessCommandEnvelope {
  type: 'charge';
  amount: string;
  paidBy?: string;
  documents: DocumentRef[];
}
/** A party pays the third party; above its own share, it pays for the others and may ask it of them. */
interface Pays extends ProcessCommandEnvelope {
  type: 'pay';
  amount: string;
  documents: DocumentRef[];
}

interface ProposesCap extends Entered {
  type: 'propose-cap';
  /** Null: as the law provides. */
  amount: string | null;
  rationale: string[];
}
/** Of a party: it agrees with the proposal, or does not. Of the third party: it consents to the notice, or declines. */
interface AnswersCap extends ProcessCommandEnvelope {
  type: 'answer-cap';
  verdict: 'consent' | 'decline';
  documents: DocumentRef[];
}

/** Whose doing it was decides who is liable (S001b-82 to S001b-84): `third`, or a role key. */
interface ReportsLoss extends ProcessCommandEnvelope {
  type: 'report-loss';
  /** Its name among the losses of this engagement; missing: the next number. */
  loss?: string;
  amount: string;
  cause: string;
  category: LossCategory;
  /** Role key of whoever suffered it; missing: whoever reports it. */
  of?: string;
  /** The day on which it occurred: the cap of that day holds; missing: today. */
  lossOn?: LocalDate;
  documents: DocumentRef[];
}
export const LOSS_CATEGORIES = ['delay-cost', 'customer-loss', 'quality', 'leak', 'other'] as const;
export type LossCategory = (typeof LOSS_CATEGORIES)[number];
/**
 * Whoever is said to have caused it agrees to pay, wholly or in part, or disputes; whoever claims may drop it, or what of it was
 * not agreed to.
 */
interface AnswersLoss extends ProcessCommandEnvelope {
  type: 'answer-loss';
  loss: string;
  verdict: 'agree' | 'dispute' | 'drop';
  amount?: string;
  documents: DocumentRef[];
}
/** What a party paid to the other for the third party's doing, and asks of it (S001b-82). */
interface RecordsRecourse extends ProcessCommandEnvelope {
  type: 'record-recourse';
  loss: string;
  amount: string;
  documents: DocumentRef[];
}

/** One party decides that it ends, or the other agrees; `agreed`: the coordinator enters what all agreed on outside. */
interface Ends extends ProcessCommandEnvelope {
  type: 'end';
  ground: EngagementEndGround | 'agreed';
  documents: DocumentRef[];
}
/** A written notice that was given by hand, with the third party's receipt. */
interface Serves extends ProcessCommandEnvelope {
  type: 'serve';
  notice: 'cap' | 'end';
  servedOn: LocalDate;
  documents: DocumentRef[];
}
/** One of the things that remain is settled: said by each party. */
interface Settles extends ProcessCommandEnvelope {
  type: 'settle';
  item: string;
  documents: DocumentRef[];
}

export type EngagementPersonCommand =
  | Applies
  | Replies
  | Provides
  | Withdraws
  | Negotiates
  | Drafts
  | Reviews
  | Signs
  | RefusesToSign
  | Undertakes
  | GivesAccess
  | StartsWork
  | ReportsInvolvement
  | Assigns
  | Delivers
  | JudgesDelivery
  | FollowsUp
  | ReviewsEffect
  | Supervises
  | AsksSupport
  | AnswersSupport
  | Charges
  | Pays
  | ProposesCap
  | AnswersCap
  | ReportsLoss
  | AnswersLoss
  | RecordsRecourse
  | Ends
  | Serves
  | Settles;
/** Told by its agreement, or by mail itself. */
export type EngagementMachineCommand = ProcessCommandEnvelope &
  (
    | { type: 'agreement-over' }
    /** The agreement is suspended as a whole, and goes on: clocks for acts stand still from the one day to the other. */
    | { type: 'clocks-stopped'; from: LocalDate }
    | { type: 'clocks-run'; from?: LocalDate; until: LocalDate }
    /** A written notice reached the server of whom it was for: `cap`, `end`. */
    | { type: 'notice-arrived'; notice: string; noticeId: string; sentAtMs: Instant }
  );
export type EngagementCommand = EngagementPersonCommand | EngagementMachineCommand;
