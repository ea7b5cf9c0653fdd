import type { ObligationContext } from '../obligations/registry.ts';
import type { AgreementState } from './state.ts';

/** Every obligation with its compiled rule, in the template's order; of a recurring one, each opened occurrence. */
export function obligationContexts(state: AgreementState): ObligationContext[] {
  const { agreement } = state;
  return agreement.obligations.flatMap((rule) =>
    state.obligations.flatMap((obligation) =>
      obligation.id === rule.id ? [{ agreement, rule, state: obligation }] : [],
    ),
  );
}

export function obligationContext(
  state: AgreementState,
  id: string,
  occurrence: string | null,
): ObligationContext | undefined {
  const found = state.obligations.find((one) => one.id === id && one.occurrence === occurrence);
  const rule = found && state.agreement.obligations.find((one) => one.id === id);
  return rule && { agreement: state.agreement, rule, state: found };
}
