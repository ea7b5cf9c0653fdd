import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { GatheredFigure } from './command.ts';
import type { CompiledScheme } from './compiled.ts';
import type { Breakdown, Consequence, EvaluationVerdict, TestResult } from './state.ts';

interface Base extends ProcessEventEnvelope {
  /** The duty that it fulfils. */
  obligation?: string;
  occurrence?: string;
}
interface Of extends Base {
  subject: string;
}

/** What a conclusion found, for one of those evaluated. */
export interface Result {
  total: string | null;
  /** Indicator whose own score is all that the total can reach, where that was less. */
  cappedBy?: string;
  bonus: string | null;
  breakdown: Breakdown[];
  leftOut: string[];
  tooFew: string[];
  band: string | null;
  tests: TestResult[];
  verdict: EvaluationVerdict;
}

/** What happens to an evaluation. */
export type EvaluationEventBody =
  | (Base & {
      type: 'evaluation-started';
      subjects: string[];
      scheme: CompiledScheme | null;
      due?: Due;
    })
  | (Base & { type: 'evaluation-scheme-missing' })
  | (Base & { type: 'evaluation-scheme-set'; scheme: CompiledScheme | null })
  | (Of & { type: 'evaluation-subject-enrolled'; personId?: string; item?: string; lateMinutes?: number })
  | (Base & { type: 'evaluation-scheme-acknowledged'; seat: string; version: string; documents: DocumentRef[] })
  /** `subject`: the conclusion of its result waits for them. */
  | (Base & { type: 'evaluation-figures-asked'; subject?: string })
  | (Base & {
      type: 'evaluation-figures-gathered';
      figures: GatheredFigure[];
      surveys: string[];
      weights: Record<string, string> | null;
    })
  | (Of & {
      type: 'evaluation-scored';
      indicator: string;
      value: string;
      evidence: string[];
      documents: DocumentRef[];
    })
  | (Of & { type: 'evaluation-indicator-left-out'; indicator: string })
  | (Of & { type: 'evaluation-self-assessed'; indicator: string | null; value: string | null })
  | (Of & { type: 'evaluation-targets-judged'; met: number[]; missed: number[]; documents: DocumentRef[] })
  | (Of & { type: 'evaluation-third-party-taken'; passed: boolean; documents: DocumentRef[] })
  | (Of & Result & { type: 'evaluation-concluded'; objectionsUntil?: Due })
  | (Of & { type: 'evaluation-objected'; objection: string; indicator: string | null; documents: DocumentRef[] })
  | (Of & { type: 'evaluation-objection-answered'; objection: string; verdict: 'uphold' | 'reject' })
  | (Of &
      Result & {
        type: 'evaluation-score-corrected';
        indicator: string;
        /** Null: it had been left out. */
        from: string | null;
        value: string;
        documents: DocumentRef[];
      })
  | (Of & { type: 'evaluation-confirmed' })
  | (Of & { type: 'evaluation-finalised'; consequences: Consequence[] })
  | (Base & { type: 'evaluation-published' })
  | (Of & { type: 'evaluation-consequence-proposed'; consequence: Consequence })
  | (Of & {
      type: 'evaluation-consequence-decided';
      consequence: string;
      verdict: 'approve' | 'decline';
      amount: string | null;
      workflowId: string | null;
    })
  | (Of & { type: 'evaluation-explained' })
  | (Base & {
      type: 'evaluation-previous-known';
      figures: Record<string, string>;
      weights: Record<string, string> | null;
    })
  /** What has a result is carried through all the same. */
  | (Base & { type: 'evaluation-agreement-ended' })
  | (Base & { type: 'evaluation-due-moved'; due: Due | null })
  | (Base & { type: 'evaluation-overdue'; due: Due })
  | (Base & { type: 'evaluation-duty-done' })
  | (Base & { type: 'evaluation-completed' })
  | (Base & { type: 'evaluation-ended' });

export type EvaluationEventType = EvaluationEventBody['type'];
export type EvaluationEvent = Recorded<EvaluationEventBody>;
