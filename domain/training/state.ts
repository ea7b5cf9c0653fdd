import type { Actor } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessState } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { TrainingInput } from './compiled.ts';

/**
 * `planned` until it is held, `missed` when its day passed without that (it can still be held), `held` until its record is
 * whole, `completed` while examinations, repeated training or feedback are still open.
 */
export type TrainingStatus = 'planned' | 'missed' | 'held' | 'completed' | 'closed' | 'cancelled';

export interface Attempt {
  examinedOn: LocalDate;
  score: string;
  passed: boolean;
}

/** Somebody who is to be trained; `withdrawn` ones stay, so that numbers of certificates never move. */
export interface Trainee {
  personId: string;
  withdrawn: boolean;
  /** Days on which they were there, oldest first: more than one after a failure. */
  attendedOn: LocalDate[];
  attempts: Attempt[];
  /** The next examination; null: none is due, or no length is agreed. */
  examDue: Due | null;
  examOverdue: boolean;
  /** The repeated training after a failure. */
  retakeDue: Due | null;
  retakeOverdue: boolean;
  certificate: { number: string; issuedOn: LocalDate } | null;
  feedback: number | null;
}

export interface TrainingState extends ProcessState {
  format: 1;
  input: TrainingInput;
  status: TrainingStatus;
  /** The occurrence that it serves. */
  duty: TrainingInput['duty'];
  /** The planned day, until its end. */
  due: Due | null;
  trainees: Trainee[];
  /** How often it was held, the repeated trainings included. */
  heldOn: LocalDate[];
  completedAtMs: Instant | null;
  completedBy: Actor | null;
  /** It hands in the duty that it serves: its examination's duty follows it. */
  handsIn: boolean;
  examHandedIn: boolean;
  retrainingHandedIn: boolean;
  feedbackDue: Due | null;
}
