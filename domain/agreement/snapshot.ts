import type { CompiledAgreement } from './compiled.ts';
import { balancesOfPenalties } from '../ledger/balance.ts';
import { rulesOf } from '../obligations/registry.ts';
import { patched } from '../life/patch.ts';
import { repinned } from '../redating/repinned.ts';
import { numberedPauses } from '../life/suspension.ts';
import { initialState } from './initial.ts';
import type { AgreementState, ObligationState } from './state.ts';

/** What the database keeps of a state: the fold of its events, without the compiled agreement and the shell's own part. */
export type Snapshot = Omit<AgreementState, 'agreement' | 'sequence' | 'delivery'>;

export function snapshotOf(state: AgreementState): Snapshot {
  const { agreement: _agreement, sequence: _sequence, delivery: _delivery, ...folded } = state;
  // How far a ladder was climbed is not in the events: the shell's own, too.
  const obligations = state.obligations.map((obligation) => ({ ...obligation, ladderThroughMs: null }));
  return { ...folded, obligations };
}

/**
 * The state as of a snapshot; from nothing, the state before the first event. Stored is the agreement that was started:
 * amendments in effect and newer calendars are laid over it.
 */
export function restoreState(started: CompiledAgreement, snapshot: Snapshot | null, sequence: number): AgreementState {
  const agreement = (snapshot?.repins ?? []).reduce(repinned, (snapshot?.patches ?? []).reduce(patched, started));
  const initial = initialState(agreement);
  const obligations = completed(agreement, initial.obligations, snapshot?.obligations ?? []);
  const before = { ...initial, balances: balancesOfPenalties(agreement, obligations) };
  return { ...before, ...snapshot, ...numberedPauses(snapshot), obligations, sequence };
}

/**
 * A state that an earlier release wrote: what it did not know yet stands as before the first event. It carries the agreement
 * with its amendments.
 */
export function completeState(state: AgreementState): AgreementState {
  const initial = initialState(state.agreement);
  const obligations = completed(state.agreement, initial.obligations, state.obligations);
  const before = { ...initial, balances: balancesOfPenalties(state.agreement, obligations) };
  return { ...before, ...state, ...numberedPauses(state), obligations };
}

/** What was known, with what it did not say; and what an earlier release did not know at all. */
function completed(
  agreement: CompiledAgreement,
  initial: ObligationState[],
  known: ObligationState[],
): ObligationState[] {
  const filled = known.flatMap((obligation) => {
    const rule = obligation.pinned ?? agreement.obligations.find(({ id }) => id === obligation.id);
    return rule ? [{ ...rulesOf(rule).initialObligation(rule, null), ...obligation }] : [];
  });
  return [...initial.filter(({ id }) => !filled.some((one) => one.id === id)), ...filled];
}
