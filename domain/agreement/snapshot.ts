import type { CompiledAgreement } from './compiled.ts';
import { rulesOf } from '../obligations/registry.ts';
import { initialState } from './initial.ts';
import type { AgreementState, ObligationState } from './state.ts';

/** What the database keeps of a state: the fold of its events, without the compiled agreement and the shell's own part. */
export type Snapshot = Pick<
  AgreementState,
  'format' | 'status' | 'startedAtMs' | 'signatures' | 'inForceOn' | 'expiresOn' | 'endedOn' | 'obligations'
>;

export function snapshotOf(state: AgreementState): Snapshot {
  const { format, status, startedAtMs, signatures, inForceOn, expiresOn, endedOn } = state;
  // How far a ladder was climbed is not in the events: the shell's own, too.
  const obligations = state.obligations.map((obligation) => ({ ...obligation, ladderThroughMs: null }));
  return { format, status, startedAtMs, signatures, inForceOn, expiresOn, endedOn, obligations };
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
    obligations: completed(agreement, initial.obligations, snapshot?.obligations ?? []),
    sequence,
  };
}

/** A state that an earlier release wrote: what it did not know yet stands as before the first event. */
export function completeState(state: AgreementState): AgreementState {
  const initial = initialState(state.agreement);
  return { ...initial, ...state, obligations: completed(state.agreement, initial.obligations, state.obligations) };
}

/** What was known, with what it did not say; and what an earlier release did not know at all. */
function completed(
  agreement: CompiledAgreement,
  initial: ObligationState[],
  known: ObligationState[],
): ObligationState[] {
  const filled = known.flatMap((obligation) => {
    const rule = agreement.obligations.find(({ id }) => id === obligation.id);
    return rule ? [{ ...rulesOf(rule).initialDeliverable(rule, null), ...obligation }] : [];
  });
  return [...initial.filter(({ id }) => !filled.some((one) => one.id === id)), ...filled];
}
