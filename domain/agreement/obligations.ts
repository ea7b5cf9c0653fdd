import type { ObligationContext } from '../obligations/registry.ts';
import type { AgreementState } from './state.ts';

/** Every obligation with its compiled rule, in the template's order. */
export function obligationContexts(state: AgreementState): ObligationContext[] {
  const { agreement } = state;
  return agreement.obligations.flatMap((rule) => {
    const found = state.obligations.find((obligation) => obligation.id === rule.id);
    return found ? [{ agreement, rule, state: found }] : [];
  });
}

export function obligationContext(state: AgreementState, id: string): ObligationContext | undefined {
  return obligationContexts(state).find((context) => context.rule.id === id);
}
