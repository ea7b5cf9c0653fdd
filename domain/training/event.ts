import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { LocalDate } from '../time.ts';
import type { TrainingInput } from './compiled.ts';

type Base = ProcessEventEnvelope & { obligation?: string; occurrence?: string };

export type TrainingEventBody =
  | (Base & {
      type: 'training-planned';
      topics: string[];
      mode: string | null;
      methods: string[];
      trainees: string[];
      due: Due;
    })
  | (Base & { type: 'training-rescheduled'; due: Due })
  | (Base & { type: 'trainees-enrolled'; trainees: string[] })
  | (Base & { type: 'trainee-withdrawn'; trainee: string })
  /** The planned day passed and nobody said that it was held. */
  | (Base & { type: 'training-missed'; due: Due })
  | (Base & {
      type: 'training-held';
      /** 1, and one more each time that those who failed were trained again. */
      round: number;
      heldOn: LocalDate;
      attended: string[];
      absent: string[];
      /** When they must have been examined; missing: no examination, or no length is agreed. */
      examDue?: Due;
      /** Until when trainees may say what they thought of it. */
      feedbackDue?: Due;
    })
  | (Base & {
      type: 'exam-passed';
      trainee: string;
      score: string;
      passMark: string;
      examinedOn: LocalDate;
      attempt: number;
    })
  | (Base & {
      type: 'exam-failed';
      trainee: string;
      score: string;
      passMark: string;
      examinedOn: LocalDate;
      attempt: number;
    })
  | (Base & { type: 'certificate-issued'; trainee: string; number: string; issuedOn: LocalDate })
  /** Whoever failed is to be trained again; without `due` no length is agreed. */
  | (Base & { type: 'retake-due'; trainee: string; due?: Due })
  | (Base & { type: 'exam-overdue'; trainees: string[]; due: Due })
  | (Base & { type: 'retake-overdue'; trainees: string[]; due: Due })
  | (Base & { type: 'training-feedback-given'; trainee: string; score: number })
  /** Its record is whole; `handsIn`: it hands in the duty that it serves. */
  | (Base & { type: 'training-completed'; handsIn: boolean; duty: TrainingInput['duty']; documents: DocumentRef[] })
  /** Everybody who was there has been examined: that duty is handed in. */
  | (Base & { type: 'exams-completed' })
  /** Nobody is left to be trained again: that duty is handed in. */
  | (Base & { type: 'retraining-completed' })
  /** Nothing of it is open any more. */
  | (Base & { type: 'training-closed' })
  | (Base & { type: 'training-cancelled' });

export type TrainingEventType = TrainingEventBody['type'];
export type TrainingEvent = Recorded<TrainingEventBody>;
