import type { ProcessCommandEnvelope, ProcessFrame } from '../process/process.ts';
import type { FulfilledDuty } from '../survey/compiled.ts';
import type { LocalDate } from '../time.ts';

/** Training that an agreement speaks of, as its template and terms say; what they do not say is null or empty. */
export interface CompiledTraining {
  /** The template's rule: `staff-training`. */
  id: string;
  clauses: string[];
  /** Seat that plans the sessions, notes who was there, and examines: the manager of S001b-16. */
  organiser: string;
  /** Duties of the agreement that a held session serves, by its record of who was there. */
  serves: string[];
  /** Duties that examination and repeated training fulfil; null: they are none of this agreement's. */
  fulfils: { exam: string | null; retraining: string | null };
  /** What must be taught at least, each by itself (S001b-13): ids of the template, or made of what the parties added. */
  topics: { id: string; clauses: string[] }[];
  /** How it may be held, and by what methods (S001b-14); empty: nothing is said. */
  modes: string[];
  methods: string[];
  /** Marks from this one on pass, on whatever scale the parties examine; null: no examination, or no mark is agreed. */
  exam: { passMark: string; days: number | null; clauses: string[] } | null;
  /** Those who fail are trained again, within so many days of the failed examination; null: not here (S001c-13). */
  retraining: { days: number | null; clauses: string[] } | null;
  /** Whoever passes gets one (S001b-15). */
  certificate: { clauses: string[] } | null;
  /** Nobody works before this; `whole`: before all of its topics (S001c-10), else before one session of it (S001c-13). */
  gate: { whole: boolean; clauses: string[] } | null;
  /** Trainees are asked what they thought of it (S001c-51). */
  feedback: { clauses: string[] } | null;
  /** Seat that a session, an examination or a repeated training that is late is told to, beside the coordinator. */
  escalateTo: string | null;
}

/** A duty that a session may fulfil; `mayOmit`: parts that may be left out with a reason. */
export type ServedDuty = FulfilledDuty & { mayOmit: string[] };

/** What a session is started with. */
export interface TrainingInput extends ProcessFrame {
  training: CompiledTraining;
  topics: string[];
  mode: string | null;
  methods: string[];
  plannedOn: LocalDate;
  /** Opaque ids of people of the directory, in the order of their enrolment. */
  trainees: string[];
  /** The occurrence that it serves; null: none, or none is open. */
  duty: { obligation: string; occurrence: string | null } | null;
  /** By id, the duties that it may fulfil, with what is asked of them. */
  duties: Record<string, ServedDuty>;
  /** What certificates' numbers begin with: of this agreement and this session alone. */
  series: string;
  plannedAtMs: number;
  actor: ProcessCommandEnvelope['actor'];
}
