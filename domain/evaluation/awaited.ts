import { type Awaited, awaited } from '../awaited/awaited.ts';
import { nextSteps } from './next.ts';
import type { EvaluationState } from './state.ts';

/** What an evaluation waits for, of each of those that are evaluated. */
export function awaitedOfEvaluation(state: EvaluationState): Awaited[] {
  const personOf = (who: string): string => {
    const personId = state.subjects.find(({ subject }) => subject === who)?.personId ?? null;
    return personId === null ? who : `person:${personId}`;
  };
  return nextSteps(state).map(({ what, who, about, due }) =>
    awaited('evaluation', `evaluation-${what}`, who.map(personOf), { about, due }),
  );
}
