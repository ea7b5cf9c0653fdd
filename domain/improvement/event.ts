import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { LocalDate } from '../time.ts';
import type { FindingFacts, FindingPriority, Measure } from './command.ts';

type Base = ProcessEventEnvelope;

export type ImprovementEventBody =
  | (Base & {
      type: 'finding-opened';
      finding: FindingFacts;
      /** When its cause is to be found; missing: no length is agreed, or it comes with the plan. */
      causeDue?: Due;
    })
  | (Base & {
      type: 'finding-classified';
      category: string | null;
      severity: number;
      /** frequency × severity × customer weight. */
      score: number;
      priority: FindingPriority;
      department: string;
      /** When the plan is due; missing: no length is agreed. */
      due?: Due;
    })
  | (Base & { type: 'finding-merged'; into: string })
  | (Base & { type: 'finding-absorbed'; from: string; finding: FindingFacts; score: number; priority: FindingPriority })
  | (Base & { type: 'finding-dismissed' })
  | (Base & { type: 'cause-overdue'; due: Due })
  | (Base & { type: 'cause-found'; daysLate: number; documents: DocumentRef[] })
  | (Base & { type: 'plan-overdue'; due: Due })
  | (Base & {
      type: 'plan-submitted';
      version: number;
      goal: { dimension: string; atLeast: string } | null;
      measures: (Measure & { due: Due })[];
      /** Of this hand-in; one that replaces a version that waits for its approval adds none. */
      daysLate: number;
      documents: DocumentRef[];
      /** The first check, where nobody has to approve it. */
      checkDue?: Due;
    })
  | (Base & { type: 'plan-approved'; version: number; seat: string; checkDue?: Due })
  | (Base & { type: 'plan-rejected'; version: number; pointCount: number; due?: Due })
  | (Base & { type: 'measure-overdue'; measure: string; due: Due })
  | (Base & { type: 'measure-completed'; measure: string; daysLate: number; documents: DocumentRef[] })
  | (Base & { type: 'plan-checked'; verdict: 'on-track' | 'behind'; documents: DocumentRef[]; checkDue?: Due })
  | (Base & { type: 'check-overdue'; due: Due })
  | (Base & { type: 'plan-implemented' })
  | (Base & {
      type: 'effect-verified';
      verdict: 'effective' | 'ineffective';
      /** Of a measured effect. */
      cycle?: string;
      value?: string;
      goal?: string;
      documents: DocumentRef[];
      /** When those who raised it must have the answer; missing: no length is agreed, or it was not reached. */
      answerDue?: Due;
    })
  | (Base & { type: 'plan-reopened'; round: number; due?: Due; causeDue?: Due })
  | (Base & { type: 'answer-overdue'; due: Due })
  | (Base & { type: 'customers-answered'; customers: string[]; verdictDue?: Due })
  | (Base & { type: 'customer-verdict-given'; customer: string; satisfied: boolean })
  | (Base & { type: 'results-published'; documents: DocumentRef[] })
  | (Base & { type: 'improvement-suspended'; from: LocalDate })
  | (Base & {
      type: 'improvement-resumed';
      until: LocalDate;
      lostDays: number;
      /** What had not been missed before, by `cause`, `plan`, `check`, `answer`, `verdict` or the measure's id. */
      moved: { of: string; due: Due }[];
    })
  | (Base & { type: 'improvement-closed' })
  | (Base & { type: 'improvement-cancelled' });

export type ImprovementEventType = ImprovementEventBody['type'];
export type ImprovementEvent = Recorded<ImprovementEventBody>;
