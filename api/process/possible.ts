import type { ProcessDecision, ProcessState } from '../../domain/process/process.ts';
import { isRefused } from '../../domain/process/fold.ts';
import type { Rejection } from '../../domain/agreement/rejection.ts';
import type { Instant } from '../../domain/time.ts';
import type { Capacity } from './speaking.ts';

type Decide<S> = (command: never, state: S) => ProcessDecision<unknown> | Rejection;
type Trial = { type: string } & Record<string, unknown>;

/**
 * Which acts the rules would take now from whom: the decider itself is asked, with an act that is right in everything that
 * the reader can still choose. What would change nothing is not offered.
 *
 * @param trials by act: the commands that stand for it, one of which has to be possible
 */
export function possibleActs<Act extends string, S extends ProcessState>(
  decide: Decide<S>,
  state: S,
  { capacities, trials, atMs }: { capacities: readonly Capacity[]; trials: Record<Act, Trial[]>; atMs: Instant },
): { can: Act[]; as: Partial<Record<Act, { as: string; onBehalfOf: string | null }[]>> } {
  const can: Act[] = [];
  const by: Partial<Record<Act, { as: string; onBehalfOf: string | null }[]>> = {};
  for (const act of Object.keys(trials) as Act[]) {
    const who = capacities.filter(({ actor }) =>
      trials[act].some((trial) => {
        const decided = decide({ ...trial, id: 'trial', receivedAtMs: atMs, actor } as never, state);
        return !isRefused(decided) && decided.events.length > 0;
      }),
    );
    if (who.length === 0) continue;
    can.push(act);
    by[act] = who.map(({ as, onBehalfOf }) => ({ as, onBehalfOf }));
  }
  return { can, as: by };
}
