import type { ObligationContext } from '../obligations/registry.ts';
import type { CompiledObligation } from './compiled.ts';
import type { AgreementState, ObligationState } from './state.ts';

/** The rule that an obligation runs under: the one that it keeps, or the agreement's. */
export function ruleOf(
  { agreement }: Pick<AgreementState, 'agreement'>,
  { id, pinned }: Pick<ObligationState, 'id' | 'pinned'>,
): CompiledObligation | undefined {
  return pinned ?? agreement.obligations.find((rule) => rule.id === id);
}

/**
 * Every obligation with its compiled rule, in the template's order; of a recurring one, each opened occurrence. What an
 * amendment took out, and keeps its rule, comes last.
 */
export function obligationContexts(state: AgreementState): ObligationContext[] {
  const { agreement, inForceOn, obligations } = state;
  const current = agreement.obligations.flatMap((rule) =>
    obligations.flatMap((obligation) =>
      obligation.id === rule.id ? [{ agreement, rule: obligation.pinned ?? rule, state: obligation, inForceOn }] : [],
    ),
  );
  const former = obligations.flatMap((obligation) =>
    obligation.pinned && !agreement.obligations.some(({ id }) => id === obligation.id)
      ? [{ agreement, rule: obligation.pinned, state: obligation, inForceOn }]
      : [],
  );
  return former.length === 0 ? current : [...current, ...former];
}

export function obligationContext(
  state: AgreementState,
  id: string,
  occurrence: string | null,
): ObligationContext | undefined {
  const found = state.obligations.find((one) => one.id === id && one.occurrence === occurrence);
  const rule = found && ruleOf(state, found);
  return rule && { agreement: state.agreement, rule, state: found, inForceOn: state.inForceOn };
}
