import { type Awaited, awaited } from '../awaited/awaited.ts';
import { isOver } from './standing.ts';
import type { VisitState } from './state.ts';

/** What a visit waits for: its day, then its report. */
export function awaitedOfVisit(state: VisitState): Awaited[] {
  if (isOver(state)) return [];
  const { leader } = state.input.rules;
  switch (state.status) {
    case 'planned':
    case 'missed':
      return [awaited('visit', 'visit-hold', [leader], { due: state.due })];
    case 'held':
      return [awaited('visit', 'visit-report', [leader], { due: state.reportDue })];
    case 'reported':
    case 'cancelled':
      return [];
  }
}
