import type { DocumentRef } from '../agreement/command.ts';
import type { ProcessCommandEnvelope } from '../process/process.ts';
import type { LocalDate } from '../time.ts';

/** To another day, while it has not been held. */
interface Reschedules extends ProcessCommandEnvelope {
  type: 'reschedule';
  plannedOn: LocalDate;
}
interface Enrols extends ProcessCommandEnvelope {
  type: 'enrol';
  trainees: string[];
}
/** Somebody does not take part any more, or is given up: nothing waits for them. */
interface Withdraws extends ProcessCommandEnvelope {
  type: 'withdraw';
  trainee: string;
}
/** It took place, with these. Again: those who failed were trained once more. */
interface Holds extends ProcessCommandEnvelope {
  type: 'hold';
  heldOn: LocalDate;
  attended: string[];
}
/** Marks of an examination on one day. */
interface Examines extends ProcessCommandEnvelope {
  type: 'examine';
  examinedOn: LocalDate;
  /** Decimals as strings, on the scale of the pass mark. */
  results: { trainee: string; score: string }[];
}
/** What a trainee thought of it; the words are in Postgres. */
interface GivesFeedback extends ProcessCommandEnvelope {
  type: 'feedback';
  trainee: string;
  /** 1 (poor) to 5 (very good). */
  score: number;
}
/** The record of the training is whole: the duty that it serves is handed in, where `handIn` says so. */
interface Completes extends ProcessCommandEnvelope {
  type: 'complete';
  /** False where other sessions of the same occurrence are still to come. */
  handIn: boolean;
  /** The occurrence that it serves, as things stand then; null: none. */
  duty: { obligation: string; occurrence: string | null } | null;
  /** Topics that were taught in the whole occurrence, other sessions included. */
  taught: string[];
  /** Parts of that duty's checklist, beside topics, that are there. */
  parts: string[];
  documents: DocumentRef[];
}
interface Cancels extends ProcessCommandEnvelope {
  type: 'cancel';
}

export type TrainingPersonCommand =
  Reschedules | Enrols | Withdraws | Holds | Examines | GivesFeedback | Completes | Cancels;

export type TrainingCommand = TrainingPersonCommand | (ProcessCommandEnvelope & { type: 'agreement-over' });
