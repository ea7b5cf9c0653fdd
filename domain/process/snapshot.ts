import type { ProcessFrame, ProcessState, ProcessType } from './process.ts';
import { processRules } from './registry.ts';

/** What the database keeps of a process: the fold of its events, without its input and the shell's own part. */
export function processSnapshot(state: ProcessState): object {
  const {
    input: _input,
    sequence: _sequence,
    delivery: _delivery,
    ...folded
  } = state as ProcessState & { input?: unknown };
  return folded;
}

/** The state as of a snapshot; from nothing, the state before the first event. */
export function restoreProcess<S extends ProcessState>(
  type: ProcessType,
  input: ProcessFrame,
  snapshot: object | null,
  sequence: number,
): S {
  return { ...processRules(type).initial(input), ...snapshot, sequence } as S;
}
