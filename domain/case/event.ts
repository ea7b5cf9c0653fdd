import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { PauseReason } from './command.ts';
import type {
  BreachMeaning,
  Budget,
  CaseChannel,
  CaseClockId,
  CasePriority,
  CaseSeverity,
  CaseType,
} from './compiled.ts';

/** How it was closed: `unconfirmed` by the customer's silence (S001b-28), `not-given`: no opinion, as noted. */
export const CASE_OUTCOMES = ['confirmed', 'unconfirmed', 'not-given', 'completed', 'duplicate'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** A clock that starts with an event. */
export interface StartedClock extends Budget {
  id: CaseClockId;
}

type Base = ProcessEventEnvelope;

/** What happens to a case. */
export type CaseEventBody =
  | (Base & {
      type: 'case-opened';
      caseType: CaseType;
      channel: CaseChannel;
      severity: CaseSeverity;
      priority: CasePriority;
      tier: string | null;
      category: string | null;
      customer: string | null;
      /** The seat that handles it. */
      handler: string;
      /** It came in after the service was owed: nothing follows from lateness (S003-C-07). */
      outOfTerm: boolean;
      repeats: string[];
      clocks: StartedClock[];
    })
  | (Base & { type: 'case-recorded'; content: boolean; process: boolean; result: boolean })
  | (Base & { type: 'case-responded' })
  | (Base & {
      type: 'case-forwarded';
      to: string;
      /** Passed on so often now. */
      passed: number;
      /** More often than agreed (S001c-19). */
      suspected: boolean;
      clocks: StartedClock[];
    })
  | (Base & { type: 'case-assigned'; to: string; passed: number; suspected: boolean; clocks: StartedClock[] })
  | (Base & { type: 'case-progress-told' })
  | (Base & { type: 'case-paused'; reason: PauseReason; clocks: StartedClock[] })
  | (Base & { type: 'case-resumed' })
  | (Base & { type: 'case-planned'; clocks: StartedClock[] })
  | (Base & { type: 'case-plan-confirmed'; entered: boolean })
  | (Base & { type: 'case-plan-changed'; entered: boolean })
  | (Base & { type: 'case-executed' })
  | (Base & { type: 'case-resolved' })
  | (Base & { type: 'case-result-told'; by: 'mail' | 'handler'; clocks: StartedClock[] })
  | (Base & { type: 'case-follow-up-asked'; clocks: StartedClock[] })
  | (Base & { type: 'case-judged'; satisfied: boolean; score: string | null; entered: boolean })
  /** A new round; the rounds before stay as they were. */
  | (Base & {
      type: 'case-reopened';
      cycle: number;
      because: 'asked' | 'negative-opinion' | 'rejected';
      clocks: StartedClock[];
    })
  | (Base & { type: 'case-negotiation-begun' })
  /** Of a major one it is to be decided whether a special survey follows (S003-S-21). */
  | (Base & { type: 'case-decision-asked'; clocks: StartedClock[] })
  | (Base & { type: 'case-solution-agreed'; party: string; complete: boolean })
  | (Base & { type: 'case-survey-decided'; specialSurvey: 'held' | 'declined' })
  | (Base & {
      type: 'case-classified';
      severity: CaseSeverity;
      priority: CasePriority;
      category: string | null;
    })
  | (Base & { type: 'case-noted'; byCustomer: boolean })
  | (Base & { type: 'case-reported' })
  | (Base & { type: 'case-report-confirmed' })
  | (Base & { type: 'case-linked'; relation: 'duplicate' | 'repeat'; of: string })
  | (Base & { type: 'case-contested'; corrected: boolean })
  | (Base & { type: 'case-improvement-raised'; finding: string; dimension: string | null; workflowId: string })
  /** Once for each clock, however late it is met afterwards. */
  | (Base & {
      type: 'case-clock-breached';
      clock: CaseClockId;
      cycle: number;
      /** Of the progress clock: how many reports are missing by now. */
      missed: number;
      dueAtMs: Instant;
      means: BreachMeaning;
      /** The role key that is in breach; null: nobody. */
      liable: string | null;
      /** Opaque id of the customer who may claim a loss; its amount is to be proven, none is known (S001a-72). */
      claimant: string | null;
    })
  /** The response came after its time: who was responsible, and how late (S004-25). */
  | (Base & {
      type: 'case-accountability-recorded';
      clock: CaseClockId;
      seat: string;
      /** Opaque id; null: the coordinator entered it, and who was responsible stands with the seat. */
      person: string | null;
      lateMs: number;
    })
  | (Base & { type: 'case-closed'; outcome: CaseOutcome })
  /** Its agreement is over: an open case goes on until it is closed, a closed one is not reopened any more. */
  | (Base & { type: 'case-agreement-ended' });

export type CaseEventType = CaseEventBody['type'];
export type CaseEvent = Recorded<CaseEventBody>;
