import type { CompiledAgreement } from './compiled.ts';
import { initialState } from './initial.ts';
import type { AgreementState, ObligationState } from './state.ts';

/** What the database keeps of a state: the fold of its events, without the compiled agreement and the shell's own part. */
export type Snapshot = Pick<
  AgreementState,
  'format' | 'status' | 'startedAtMs' | 'signatures' | 'inForceOn' | 'endedOn' | 'obligations'
>;

export function snapshotOf(state: AgreementState): Snapshot {
  const { format, status, startedAtMs, signatures, inForceOn, endedOn } = state;
  // How far a ladder was climbed is not in the events: the shell's own, too.
  const obligations = state.obligations.map((obligation) => ({ ...obligation, ladderThroughMs: null }));
  return { format, status, startedAtMs, signatures, inForceOn, endedOn, obligations };
}

/** The state as of a snapshot; from nothing, the state before the first event. */
export function restoreState(
  agreement: CompiledAgreement,
  snapshot: Snapshot | null,
  sequence: number,
): AgreementState {
  const initial = initialState(agreement);
  return {
    ...initial,
    ...snapshot,
    obligations: completed(initial.obligations, snapshot?.obligations ?? []),
    sequence,
  };
}

/** A state that an earlier release wrote: what it did not know yet stands as before the first event. */
export function completeState(state: AgreementState): AgreementState {
  const initial = initialState(state.agreement);
  return { ...initial, ...state, obligations: completed(initial.obligations, state.obligations) };
}

function completed(initial: ObligationState[], known: ObligationState[]): ObligationState[] {
  return initial.map((obligation) => ({ ...obligation, ...known.find(({ id }) => id === obligation.id) }));
}
