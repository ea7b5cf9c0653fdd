import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { EmergencyPlan, Rating, Threshold } from './command.ts';
import type { Lowered, RiskIndicator, RiskLevel } from './compiled.ts';

/** A measure as it is planned, and what remains of the risk with it. */
export interface PlannedMeasure {
  measure: string;
  /** 1, 2 … */
  version: number;
  lowers: Lowered | null;
  residual: (Rating & { level: RiskLevel }) | null;
  owner: string;
  /** Null: no length is agreed and no day was named. */
  due: Due | null;
}

type Rated = Rating & {
  level: RiskLevel;
  /** 1, 2 … */
  version: number;
};

/** What happens to a risk. */
export type RiskEventBody = ProcessEventEnvelope &
  (
    | (Rated & {
        type: 'risk-registered';
        owner: string;
        departments: string[];
        threshold: Threshold | null;
        emergency: EmergencyPlan | null;
        /** The contract asks for an early warning, and nothing is watched (S001b-54). */
        unguarded: boolean;
        /** By when there are measures. */
        responseDue: Due | null;
        reviewDue: Due | null;
        measureReviewDue: Due | null;
      })
    | (Rated & {
        type: 'risk-rated';
        before: RiskLevel;
        /** Of measures that are open again, and of the first measure where there is none yet. */
        responseDue: Due | null;
        reopened: string[];
      })
    | {
        type: 'risk-equipped';
        threshold?: Threshold;
        emergency?: EmergencyPlan;
        departments?: string[];
      }
    | (PlannedMeasure & {
        type: 'risk-measure-planned';
        /** Of the first measure, where a review of measures passed while there was none: the next one. */
        measureReviewDue?: Due | null;
      })
    | { type: 'risk-measure-completed'; measure: string; documents: DocumentRef[]; daysLate: number }
    | { type: 'risk-measure-assessed'; measure: string; verdict: 'effective' | 'adjust' }
    | {
        type: 'risk-reviewed';
        verdict: 'confirmed' | 're-rated';
        version: number;
        daysLate: number;
        /** Of the next one. */
        due: Due | null;
      }
    | { type: 'risk-measures-reviewed'; daysLate: number; due: Due | null }
    | { type: 'risk-response-overdue'; due: Due }
    | { type: 'risk-measure-overdue'; measure: string; due: Due }
    | { type: 'risk-review-overdue'; due: Due }
    | { type: 'risk-measure-review-overdue'; due: Due }
    | {
        type: 'risk-warning-raised';
        indicator: RiskIndicator;
        value: string;
        about: string | null;
        /** Who has to acknowledge it. */
        waiting: string[];
        /** Null: no length is agreed. */
        dueAtMs: Instant | null;
      }
    | { type: 'risk-warning-acknowledged'; seats: string[]; waiting: string[] }
    | { type: 'risk-warning-overdue'; waiting: string[] }
    | { type: 'risk-occurred'; number: number; steps: { id: string; seat: string }[] }
    | { type: 'risk-step-done'; step: string; remaining: number }
    | { type: 'risk-stood-down'; number: number }
    | { type: 'risk-closed' }
    | { type: 'risk-ended' }
  );

export type RiskEventType = RiskEventBody['type'];
export type RiskEvent = Recorded<RiskEventBody>;
