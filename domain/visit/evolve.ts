import type { VisitEvent } from './event.ts';
import type { VisitState } from './state.ts';

export function evolve(state: VisitState, event: VisitEvent): VisitState {
  switch (event.type) {
    case 'visit-planned':
      return { ...state, due: event.due };
    case 'visit-rescheduled': {
      const { plannedOn, due } = event;
      return { ...state, status: 'planned', plannedOn, due, rescheduled: state.rescheduled + 1 };
    }
    case 'visit-missed':
      return { ...state, status: 'missed' };
    case 'visit-held': {
      const { heldOn, comprehensive, reportDue = null } = event;
      return { ...state, status: 'held', heldOn, comprehensive, reportDue };
    }
    case 'visit-report-overdue':
      return { ...state, reportOverdue: true };
    case 'visit-reported': {
      const { documents, daysLate, occurredAtMs: reportedAtMs } = event;
      return { ...state, status: 'reported', documents, daysLate, reportedAtMs, reportOverdue: false };
    }
    case 'visit-finding-raised': {
      const { finding, workflowId } = event;
      return { ...state, findings: [...state.findings, { finding, workflowId }] };
    }
    case 'visit-cancelled':
      return { ...state, status: 'cancelled' };
    case 'visit-ended':
      return { ...state, ended: true };
  }
}
