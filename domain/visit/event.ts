import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessEventEnvelope, Recorded } from '../process/process.ts';
import type { LocalDate } from '../time.ts';
import type { VisitKind } from './compiled.ts';

interface Base extends ProcessEventEnvelope {
  /** The duty that it counts for. */
  obligation?: string;
}

/** What happens to a visit or a call-back. */
export type VisitEventBody =
  | (Base & {
      type: 'visit-planned';
      kind: VisitKind;
      customer: string;
      plannedOn: LocalDate;
      departments: string[];
      /** The end of that day. */
      due: Due;
    })
  | (Base & { type: 'visit-rescheduled'; plannedOn: LocalDate; due: Due })
  | (Base & { type: 'visit-missed'; due: Due })
  | (Base & {
      type: 'visit-held';
      heldOn: LocalDate;
      comprehensive: boolean;
      /** When its report is due; missing: no length is agreed. */
      reportDue?: Due;
    })
  | (Base & { type: 'visit-report-overdue'; due: Due })
  | (Base & { type: 'visit-reported'; documents: DocumentRef[]; daysLate: number })
  | (Base & { type: 'visit-finding-raised'; finding: string; dimension: string | null; workflowId: string })
  | (Base & { type: 'visit-cancelled' })
  | (Base & { type: 'visit-ended' });

export type VisitEventType = VisitEventBody['type'];
export type VisitEvent = Recorded<VisitEventBody>;
