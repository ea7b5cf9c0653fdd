import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { LocalDate } from '../time.ts';
import type { ProcessCommandEnvelope } from '../process/process.ts';
import type { SurveyChannel } from './compiled.ts';
import type { Figures } from './figures.ts';

/** What the process knows of a questionnaire: its text is in Postgres under its hash. */
export interface QuestionnaireFacts {
  sha256: string;
  /** How many questions it asks. */
  questions: number;
  /** How many scored questions each dimension has, and each part of it. */
  dimensions: Record<string, number>;
  parts: Record<string, number>;
  scale: { min: number; max: number };
  /** It asks how important each dimension is. */
  asksImportance: boolean;
  /** Fractions by dimension that this cycle weighs with; empty: all the same. */
  weights: Record<string, string>;
}

/** Who was drawn: the list is in Postgres under its hash. */
export interface SampleFacts {
  /** SHA-256 of the drawn customers' ids, one a line, ascending. */
  sha256: string;
  method: 'all' | 'random' | 'stratified';
  /** Seed that draws the same customers again; null where all are asked. */
  seed: string | null;
  population: number;
  drawn: number;
  /** Drawn, but by no channel to be reached. */
  unreachable: number;
  /** Left out because they asked not to be surveyed. */
  optedOut: number;
  /** Nobody is listed: whoever has the open link answers. */
  open?: true;
}

interface Designs extends ProcessCommandEnvelope {
  type: 'design';
  questionnaire: QuestionnaireFacts;
}
/** Of the version that was shown. */
interface ApprovesQuestionnaire extends ProcessCommandEnvelope {
  type: 'approve-questionnaire';
  version: number;
}
interface ProposesDate extends ProcessCommandEnvelope {
  type: 'propose-date';
  date: LocalDate;
}
/** Of the date that was shown. */
interface AcceptsDate extends ProcessCommandEnvelope {
  type: 'accept-date';
  date: LocalDate;
}
interface Draws extends ProcessCommandEnvelope {
  type: 'draw';
  sample: SampleFacts;
}
/** Freezes questionnaire and sample, and asks everybody. */
interface Publishes extends ProcessCommandEnvelope {
  type: 'publish';
  channels: SurveyChannel[];
}
interface Closes extends ProcessCommandEnvelope {
  type: 'close';
}
/** The analyst's judgement is in Postgres; the report's files are documents. */
interface Releases extends ProcessCommandEnvelope {
  type: 'release';
  documents: DocumentRef[];
}
/** Sets the weights of the next cycle, by dimension (S001b-05, S001c-06). */
interface SetsWeights extends ProcessCommandEnvelope {
  type: 'set-weights';
  weights: Record<string, string>;
}
/** Somebody opens an improvement for what free text, or a low figure, says. */
interface Raises extends ProcessCommandEnvelope {
  type: 'raise';
  /** Names it in the agreement: `finding-1`; a word of the caller. */
  finding: string;
  dimension: string | null;
  /** How many answers say it, and how heavy it is, 1 (slight) to 5 (grave). */
  frequency: number;
  severity: number;
  /** Opaque ids of customers who say it and can be answered; nobody's where answers are anonymous. Missing: nobody is known. */
  raisedBy?: string[];
  /** 3: all of them are key customers or VIPs; missing: as the audience is. */
  customerWeight?: number;
  /** The agreement is suspended as a whole since then; the API says so. */
  suspendedFrom?: LocalDate;
}

export type SurveyPersonCommand =
  | Designs
  | ApprovesQuestionnaire
  | ProposesDate
  | AcceptsDate
  | Draws
  | Publishes
  | Closes
  | Releases
  | SetsWeights
  | Raises;

/** The API has answers up to this cursor: how many count, and how many came after the close. */
export interface AnswersArrived extends ProcessCommandEnvelope {
  type: 'answers';
  cursor: string;
  answered: number;
  late: number;
}
/** What an `invite` errand did. */
export interface Invited extends ProcessCommandEnvelope {
  type: 'invited';
  wave: number;
  sent: number;
  unreachable: number;
  /** Asked by another cycle of the agreement lately, so not asked again (S001c-08); missing: nobody. */
  merged?: number;
}
/** What an `analyse` errand found. */
export interface Analysed extends ProcessCommandEnvelope {
  type: 'analysed';
  figures: Figures;
  /** SHA-256 of the answers that were counted, as canonical JSON by cursor. */
  answersSha256: string;
  /** Improvements under way by the dimension that they are about: workflow ids. What is low again joins them. */
  underWay?: Record<string, string>;
  /** The agreement is suspended as a whole since then. */
  suspendedFrom?: LocalDate;
}
/** The agreement says that the cycle's duty was fulfilled by hand, or that it is over. */
export interface DutyDone extends ProcessCommandEnvelope {
  type: 'duty-done';
}
/** Its duty got another last day: by an override, an amendment, the end of a suspension. Null: its clock is suspended. */
export interface DueMoved extends ProcessCommandEnvelope {
  type: 'due-moved';
  due: Due | null;
  /** Of the duty that agrees on the date; missing: it has none, or nobody is reminded of it. */
  dateDue?: Due | null;
}
export interface AgreementOver extends ProcessCommandEnvelope {
  type: 'agreement-over';
}

export type SurveyMachineCommand = AnswersArrived | Invited | Analysed | DutyDone | DueMoved | AgreementOver;
export type SurveyCommand = SurveyPersonCommand | SurveyMachineCommand;
