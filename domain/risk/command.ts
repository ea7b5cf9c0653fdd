import type { DocumentRef } from '../agreement/command.ts';
import type { ProcessCommandEnvelope, ProcessFrame } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { CompiledRisks, Lowered, RiskIndicator, RiskOperator } from './compiled.ts';

/** Both from 1 to `SCALE_MAX`. */
export interface Rating {
  probability: number;
  impact: number;
}

/** What is watched, and from when on it warns. */
export interface Threshold {
  indicator: RiskIndicator;
  operator: RiskOperator;
  /** A decimal. */
  value: string;
  /** Of `case-spike`: within so many days. */
  windowDays?: number;
}

/** What is done as soon as the risk occurs, and who hears of it; the words of the steps are in Postgres. */
export interface EmergencyPlan {
  steps: { id: string; seat: string }[];
  /** Seats that are written to beside those of the steps. */
  listed: string[];
}

/** What a risk is registered with; its words are in Postgres. */
export interface RiskInput extends ProcessFrame, Rating {
  rules: CompiledRisks;
  /** Day 0 of the agreement, from which reviews are counted; null: it has none, and nothing is reviewed by the clock. */
  anchorOn: LocalDate | null;
  /** When it was handed over: the engine may begin it later. */
  registeredAtMs: Instant;
  /** Seat that answers for it. */
  owner: string;
  /** Seats that are warned (S001b-58). */
  departments: string[];
  /** People who are warned and fill none of these seats, by opaque ids: they read, and do not answer. */
  readers: string[];
  threshold: Threshold | null;
  emergency: EmergencyPlan | null;
  /** Who registered it. */
  actor: ProcessCommandEnvelope['actor'];
}

/** What a measure is planned with. */
export interface MeasureFacts {
  /** Null: not said. */
  lowers: Lowered | null;
  /** What remains once it is done; null: not said. */
  residual: Rating | null;
  /** Seat that answers for it. */
  owner: string;
  /** The day by which it is done; null: the agreed length, where there is one. */
  dueOn: LocalDate | null;
}

interface Rates extends ProcessCommandEnvelope, Rating {
  type: 'rate';
  /** In place of the one that there is. */
  emergency?: EmergencyPlan;
}
/** A threshold, an emergency plan, or other departments. */
interface Equips extends ProcessCommandEnvelope {
  type: 'equip';
  threshold?: Threshold;
  emergency?: EmergencyPlan;
  departments?: string[];
}
interface Mitigates extends ProcessCommandEnvelope, MeasureFacts {
  type: 'mitigate';
  /** Its name among the measures of this risk. */
  measure: string;
}
interface Completes extends ProcessCommandEnvelope {
  type: 'complete';
  measure: string;
  documents: DocumentRef[];
}
/** The risk was looked at again; a rating that changed is said with it. */
interface Reviews extends ProcessCommandEnvelope {
  type: 'review';
  verdict: 'confirmed' | 're-rated';
  rating?: Rating;
  emergency?: EmergencyPlan;
}
/** A measure works, or gets another version (S001b-56). */
interface Assesses extends ProcessCommandEnvelope {
  type: 'assess';
  measure: string;
  verdict: 'effective' | 'adjust';
  adjusted?: MeasureFacts;
}
/** A figure of the indicator, entered by somebody. */
interface Observes extends ProcessCommandEnvelope {
  type: 'observe';
  value: string;
}
interface Acknowledges extends ProcessCommandEnvelope {
  type: 'acknowledge';
}
interface Occurs extends ProcessCommandEnvelope {
  type: 'occur';
}
interface DoesStep extends ProcessCommandEnvelope {
  type: 'step';
  step: string;
}
/** What occurred is over; the risk is open as before. */
interface StandsDown extends ProcessCommandEnvelope {
  type: 'stand-down';
}
/** It is no risk any more; the reason is in Postgres. */
interface Closes extends ProcessCommandEnvelope {
  type: 'close';
}

export type RiskPersonCommand =
  | Rates
  | Equips
  | Mitigates
  | Completes
  | Reviews
  | Assesses
  | Observes
  | Acknowledges
  | Occurs
  | DoesStep
  | StandsDown
  | Closes;

/** What the record of the agreement, or of another process, shows; told as it is written (S001b-57). */
export interface Signals extends ProcessCommandEnvelope {
  type: 'signal';
  indicator: RiskIndicator;
  value: string;
  /** What shows it: a cycle, a case, a duty. */
  about: string;
}

export type RiskCommand = RiskPersonCommand | Signals | (ProcessCommandEnvelope & { type: 'agreement-over' });
export type Command<T extends RiskCommand['type']> = Extract<RiskCommand, { type: T }>;
