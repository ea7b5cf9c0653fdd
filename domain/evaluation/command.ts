import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessCommandEnvelope, ProcessFrame } from '../process/process.ts';
import type { CompiledImprovement } from '../survey/compiled.ts';
import type { Instant } from '../time.ts';
import type { CompiledEvaluation, CompiledScheme, ConsequenceKind } from './compiled.ts';

/** What an evaluation is started with: by its duty's opening, or by a person. */
export interface EvaluationInput extends ProcessFrame {
  rules: CompiledEvaluation;
  /** What a plan of improvement begins as; null: this agreement knows no improvements. */
  improvement: CompiledImprovement | null;
  /** Of the duty; null: it was opened by hand, for no duty. */
  occurrence: string | null;
  /** The end of its duty; null: no length is agreed. */
  due: { dueAtMs: Instant; localDate: string } | null;
  /** The period that is evaluated, from inclusive to exclusive. Figures are gathered at its end. */
  period: { fromMs: Instant; toMs: Instant };
  /** Parts that the duty's hand-in names. */
  parts: string[];
  /** Final figures of the period before, by indicator; empty: the first period. */
  previous: Record<string, string>;
  /** Weights that the period before gave to this one, by indicator; null: those of the scheme (S001b-05). */
  weights: Record<string, string> | null;
  /** Seats whose duty to acknowledge the scheme is fulfilled. */
  acknowledged: string[];
  /** A late response that it begins with (S004-25): whose, and of which case; missing: somebody enrols. */
  listed?: { subject: string; item: string; lateMinutes: number };
  /** Who opened it; missing: its duty. */
  actor?: ProcessCommandEnvelope['actor'];
}

/**
 * Somebody more is evaluated in this period, by the same scheme (S001b-36): a department's seat or an opaque id of staff. Of a
 * late response: whoever is responsible, and what was late.
 */
interface Enrols extends ProcessCommandEnvelope {
  type: 'enrol';
  subject: string;
  /** Who that is, where it is a person whom mail can reach (opaque). */
  personId?: string;
  /** Of a late response: the case (opaque) and how late, in minutes. */
  item?: string;
  lateMinutes?: number;
}
/** A seat takes note of the scheme of this version; no other version counts. */
interface Acknowledges extends ProcessCommandEnvelope {
  type: 'acknowledge';
  /** Missing: the one in force. */
  version?: string;
  documents: DocumentRef[];
}
/** Figures are gathered now, before the period's end has done so, or once more. */
interface Gathers extends ProcessCommandEnvelope {
  type: 'gather';
}
/** Of whom it is, where several are evaluated; missing: the only one. */
interface OfSubject extends ProcessCommandEnvelope {
  subject?: string;
}
/** A score with its record. Of words: the assessment is in Postgres. */
interface Scores extends OfSubject {
  type: 'score';
  indicator: string;
  /** A decimal string within the indicator's scale. */
  value: string;
  /** Kinds of record that it rests on. */
  evidence: string[];
  documents: DocumentRef[];
  /** A record was named in words, which are in Postgres. */
  hasRecord: boolean;
}
/** Nothing happened that this indicator could measure: it is left out, never scored zero; the reason is in Postgres. */
interface LeavesOut extends OfSubject {
  type: 'leave-out';
  indicator: string;
}
/** Those evaluated say how they see it themselves; their words are in Postgres. */
interface SelfAssesses extends OfSubject {
  type: 'self-assess';
  indicator?: string;
  value?: string;
}
/** Of the targets that the contract lists, by number from 1: which were met (S003-N-07). */
interface JudgesTargets extends OfSubject {
  type: 'judge-targets';
  met: number[];
  missed: number[];
  documents: DocumentRef[];
}
/** A third party's assessment is taken in as one more test (S003-N-09). */
interface TakesThirdParty extends OfSubject {
  type: 'third-party';
  passed: boolean;
  documents: DocumentRef[];
}
/** The provisional result: total, band, tests. Those evaluated hear of it. */
interface Concludes extends OfSubject {
  type: 'conclude';
}
/** Against the provisional result, or one score of it; why is in Postgres. */
interface Objects extends OfSubject {
  type: 'object';
  indicator?: string;
  documents: DocumentRef[];
}
/** What becomes of an objection; why is in Postgres. One that is upheld is followed by a correction. */
interface Answers extends OfSubject {
  type: 'answer';
  /** `objection-1`; missing: the earliest that waits. */
  objection?: string;
  verdict: 'uphold' | 'reject';
}
/** Another value, by somebody who neither scored it nor is evaluated; why is in Postgres. */
interface Corrects extends OfSubject {
  type: 'correct';
  indicator: string;
  value: string;
  documents: DocumentRef[];
}
/** A second person confirms the result. */
interface Confirms extends OfSubject {
  type: 'confirm';
}
/** Of all subjects: the final results are open to those whom the contract names. */
interface Publishes extends ProcessCommandEnvelope {
  type: 'publish';
}
/** Beside what bands propose: a consequence that the contract knows is proposed by hand; why is in Postgres. */
interface ProposesConsequence extends OfSubject {
  type: 'propose';
  consequence: ConsequenceKind;
  amount?: string;
}
/** A proposed consequence is taken or not; why is in Postgres. */
interface Decides extends OfSubject {
  type: 'decide';
  /** `consequence-1`; or its kind. Missing: the earliest that waits. */
  consequence?: string;
  verdict: 'approve' | 'decline';
  /** Of money: what is booked, where the band names no sum. */
  amount?: string;
  documents: DocumentRef[];
}
/** Whoever is responsible explains a late response; the words are in Postgres (S004-25). */
interface Explains extends OfSubject {
  type: 'explain';
}

export type EvaluationPersonCommand =
  | Enrols
  | Acknowledges
  | Gathers
  | Scores
  | LeavesOut
  | SelfAssesses
  | JudgesTargets
  | TakesThirdParty
  | Concludes
  | Objects
  | Answers
  | Corrects
  | Confirms
  | Publishes
  | ProposesConsequence
  | Decides
  | Explains;

/** One figure as it was recorded when it was gathered, with what it was made of. */
export interface GatheredFigure {
  /** Null: of all who are evaluated. */
  subject: string | null;
  indicator: string;
  /** On the indicator's scale; null: nothing was recorded (idle), or too little. */
  value: string | null;
  /** How many answers, cases or duties it is made of. */
  count: number;
  /** Workflow ids or references of duties, that the figure was made of. */
  sources: string[];
}

export type EvaluationCommand =
  | EvaluationPersonCommand
  /** What an activity counted. */
  | (ProcessCommandEnvelope & {
      type: 'gathered';
      figures: GatheredFigure[];
      surveys: string[];
      weights: Record<string, string> | null;
    })
  /** A seat acknowledged the scheme by the agreement's own duty. */
  | (ProcessCommandEnvelope & { type: 'duty-acknowledged'; seat: string })
  /** The agreement was amended: this scheme holds for what is not concluded. */
  | (ProcessCommandEnvelope & { type: 'scheme-set'; scheme: CompiledScheme | null })
  /** The period before has its final result, after this one had begun. */
  | (ProcessCommandEnvelope & {
      type: 'previous-known';
      figures: Record<string, string>;
      weights: Record<string, string> | null;
    })
  | (ProcessCommandEnvelope & { type: 'due-moved'; due: Due | null })
  /** Its duty was handed in by hand. */
  | (ProcessCommandEnvelope & { type: 'duty-done' })
  | (ProcessCommandEnvelope & { type: 'agreement-over' });
