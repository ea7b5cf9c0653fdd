import { type Awaited, awaited } from '../awaited/awaited.ts';
import { awaitedSteps } from './awaited-steps.ts';
import { isOver, isStandingStill } from './standing.ts';
import type { EngagementState } from './state.ts';

/** What an engagement waits for, of the parties and of its third party. */
export function awaitedOfEngagement(state: EngagementState): Awaited[] {
  if (isOver(state)) return [];
  const isPaused = isStandingStill(state);
  return awaitedSteps(state, null).map(({ act, by, due, about }) =>
    awaited('engagement', `engagement-${act}`, by, { about, due: isPaused ? null : due, isPaused }),
  );
}
