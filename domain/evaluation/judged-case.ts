import { isRunning } from '../case/clock.ts';
import { caseFact } from '../case/figures.ts';
import type { CaseState } from '../case/state.ts';
import type { JudgedCase } from './figures.ts';

/**
 * A case as figures count it; null while one of its clocks may still be kept or missed, and for what is none of its own (a
 * duplicate) or was not owed (out of the term of the service).
 */
export function judgedCase(state: CaseState): JudgedCase | null {
  const { id: workflowId, handler: responsible, openedAtMs, inTime, respondedInTime, ...fact } = caseFact(state);
  const clocks = state.clocks.filter(({ id }) => id === 'response' || id === 'resolution');
  if (clocks.length === 0 || clocks.some(isRunning) || fact.isDuplicate || fact.outOfTerm) return null;
  return { workflowId, responsible, openedAtMs, respondedInTime, resolvedInTime: inTime };
}
