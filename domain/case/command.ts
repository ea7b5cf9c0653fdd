import type { ProcessCommandEnvelope, ProcessFrame } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { CaseChannel, CasePriority, CaseSeverity, CaseType, CompiledCases } from './compiled.ts';
import type { CompiledEvaluation } from '../evaluation/compiled.ts';
import type { CompiledImprovement } from '../survey/compiled.ts';

/** What a case is started with. Its words (what happened, who said it) are in Postgres. */
export interface CaseInput extends ProcessFrame {
  rules: CompiledCases;
  /** What its causes become; null: this agreement knows no improvements. */
  improvement: CompiledImprovement | null;
  /** The list that its late responses go on (S004-25); missing: this agreement has none. */
  accountability?: CompiledEvaluation;
  caseType: CaseType;
  channel: CaseChannel;
  severity: CaseSeverity;
  priority: CasePriority;
  /** The level of the customer when it came in, in small letters (`vip`, `key`); it governs this case (S001b-20). */
  tier: string | null;
  /** Id of a category of `rules.categories`. */
  category: string | null;
  /** Opaque; null: the customer is not known. */
  customerId: string | null;
  /** Whoever brought it in, by an opaque id, where Postgres keeps their address with the case; missing: the customer's own. */
  contactId?: string;
  /** The customer can be written to: its mails are sent (receipt, result, opinion). */
  customerMail: boolean;
  /** All clocks run from here: when it was submitted, not when somebody opened it. */
  openedAtMs: Instant;
  /** Earlier cases of the same customer about the same thing: their references. */
  repeats: string[];
  /** Who brought it in: the customer itself, or whoever wrote it down. */
  actor: ProcessCommandEnvelope['actor'];
}

export const PAUSE_REASONS = [
  'missing-information',
  'wrong-information',
  'waiting-for-customer',
  'force-majeure',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Sections of the record that are there now (S001a-65); their words are in Postgres. */
interface Records extends ProcessCommandEnvelope {
  type: 'record';
  content: boolean;
  process: boolean;
  result: boolean;
}
/** The handler's own first response. */
interface Responds extends ProcessCommandEnvelope {
  type: 'respond';
}
/**
 * To another seat, which handles it from now on; or to `department`: one without a seat, named in Postgres, for which whoever
 * handled it before goes on acting.
 */
interface Forwards extends ProcessCommandEnvelope {
  type: 'forward';
  to: string;
}
/** A person is to do it. `qualified`: the handler confirms the qualification that the contract asks for (S003-C-05). */
interface Assigns extends ProcessCommandEnvelope {
  type: 'assign';
  /** A seat, `person:<id>`, or `person`: somebody who is named in Postgres alone. */
  to: string;
  qualified: boolean;
}
/** The customer was told how it stands. */
interface TellsProgress extends ProcessCommandEnvelope {
  type: 'progress';
}
interface Pauses extends ProcessCommandEnvelope {
  type: 'pause';
  reason: PauseReason;
}
interface Resumes extends ProcessCommandEnvelope {
  type: 'resume';
}
/** The plan of the service is proposed to the customer (S002-20). */
interface Plans extends ProcessCommandEnvelope {
  type: 'plan';
}
/** The customer confirms the plan or wants it changed; a handler may note what it said by phone (S002-20). */
interface Confirms extends ProcessCommandEnvelope {
  type: 'confirm';
  verdict: 'confirm' | 'change';
}
/** The plan was carried out (S002-21). */
interface Executes extends ProcessCommandEnvelope {
  type: 'execute';
}
/** The result is there. `told`: the customer has it already, said by the handler. */
interface Resolves extends ProcessCommandEnvelope {
  type: 'resolve';
  told: boolean;
}
/** The customer has the result, by phone or otherwise than by our mail (S001b-27). */
interface TellsResult extends ProcessCommandEnvelope {
  type: 'tell-result';
}
interface Reopens extends ProcessCommandEnvelope {
  type: 'reopen';
}
/** The customer's opinion of the result, its acceptance with a score (S003-C-06), or what it said at the follow-up. */
interface Judges extends ProcessCommandEnvelope {
  type: 'judge';
  satisfied: boolean;
  /** A decimal on the agreed scale. */
  score: string | null;
}
/** One party agrees to the negotiated solution; both must (S000-35). */
interface AgreesSolution extends ProcessCommandEnvelope {
  type: 'agree-solution';
}
/** Of a major case: whether a special survey is held; declining has its reason in Postgres. */
interface Decides extends ProcessCommandEnvelope {
  type: 'decide';
  specialSurvey: 'held' | 'declined';
  hasReason: boolean;
}
/** What it is, seen anew. What is missing stays. Clocks that run keep the length they were given. */
interface Classifies extends ProcessCommandEnvelope {
  type: 'classify';
  severity?: CaseSeverity;
  priority?: CasePriority;
  category?: string;
}
/** It is reported to the responsible department (S003-S-07), which confirms that. */
interface Reports extends ProcessCommandEnvelope {
  type: 'report';
}
interface ConfirmsReport extends ProcessCommandEnvelope {
  type: 'confirm-report';
}
/** `duplicate` closes it into the other one; `repeat` says that the same came again. */
interface Links extends ProcessCommandEnvelope {
  type: 'link';
  relation: 'duplicate' | 'repeat';
  /** Reference of the other one. */
  of: string;
}
/** The customer says that its information is right, or corrects it: `corrected` (S003-C-16). */
interface Contests extends ProcessCommandEnvelope {
  type: 'contest';
  corrected: boolean;
}
/** Its cause becomes a finding with measures of its own. */
interface Improves extends ProcessCommandEnvelope {
  type: 'improve';
  /** Its name among the findings of this case. */
  finding: string;
  dimension: string | null;
}
/** `opinionNotGiven`: the customer gave none, as the handler notes (S001b-97). */
interface Closes extends ProcessCommandEnvelope {
  type: 'close';
  opinionNotGiven: boolean;
}

/** Words that are added, by the customer or whoever handles it; they are in Postgres. */
interface Notes extends ProcessCommandEnvelope {
  type: 'note';
}

export type CasePersonCommand =
  | Records
  | Responds
  | Forwards
  | Assigns
  | TellsProgress
  | Pauses
  | Resumes
  | Plans
  | Confirms
  | Executes
  | Resolves
  | TellsResult
  | Reopens
  | Judges
  | AgreesSolution
  | Decides
  | Classifies
  | Reports
  | ConfirmsReport
  | Links
  | Contests
  | Improves
  | Notes
  | Closes;

/** The agreement's end: an open case goes on, no new one is opened. */
export type CaseCommand = CasePersonCommand | (ProcessCommandEnvelope & { type: 'agreement-over' });
