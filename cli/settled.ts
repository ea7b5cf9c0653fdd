import type { Instant } from '../domain/time.ts';
import type { LivableScenario } from './livable.ts';
import { wholeMinute } from './lived-surveys.ts';

/**
 * The moment at which something happened, as a life tells it: this engine's clock walks on while a step is done, so what
 * follows from a step within its minute is told at the step, and anything else off the whole second at its minute.
 */
export function settling({ firstMs, acts }: Pick<LivableScenario, 'firstMs' | 'acts'>): (atMs: Instant) => Instant {
  const steps = [firstMs, ...acts.map(({ atMs }) => atMs)].sort((a, b) => a - b);
  return (atMs) => {
    if (atMs % 1_000 === 0) return atMs;
    return Math.max(wholeMinute(atMs), steps.findLast((stepMs) => stepMs <= atMs) ?? -Infinity);
  };
}
