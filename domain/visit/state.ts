import type { DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import type { ProcessState } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { VisitInput } from './command.ts';

/** `missed`: its day passed without it; it can still be held, or planned for another day. */
export type VisitStatus = 'planned' | 'missed' | 'held' | 'reported' | 'cancelled';

export interface VisitState extends ProcessState {
  format: 1;
  input: VisitInput;
  status: VisitStatus;
  plannedOn: LocalDate;
  /** The end of the planned day. */
  due: Due;
  /** How often it got another day. */
  rescheduled: number;
  heldOn: LocalDate | null;
  comprehensive: boolean;
  reportDue: Due | null;
  reportOverdue: boolean;
  reportedAtMs: Instant | null;
  daysLate: number;
  documents: DocumentRef[];
  findings: { finding: string; workflowId: string }[];
  /** Its agreement is over. */
  ended: boolean;
}
