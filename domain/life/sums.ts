import type { AmendmentEffective, EventBody, LedgerLine } from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import type { AgreementState } from '../agreement/state.ts';
import { compareMoney, isZeroMoney, negateMoney, subtractMoney } from '../money.ts';
import { eventBase, isOpen } from '../obligations/deliverable-state.ts';
import { principalOf, sidesOf, unpaidOf } from '../obligations/payment-state.ts';

/**
 * What an amendment makes of sums that stand in the ledger because part of them was paid before their day: a further line
 * or a credit note of the difference, of what is taken out for the whole. What was paid beyond the new sum is a negative
 * balance, which whoever received it owes; what it covers is fulfilled.
 */
export function adjustedSums(before: AgreementState, event: AmendmentEffective): EventBody[] {
  const after = obligationContexts(evolve(before, event));
  return obligationContexts(before).flatMap((context): EventBody[] => {
    const { rule, state } = context;
    const next = after.find(({ rule: { id }, state: one }) => id === rule.id && one.occurrence === state.occurrence);
    if (rule.rule !== 'payment@1' || next?.rule.rule !== 'payment@1' || !state.charged) return [];
    const was = principalOf(rule);
    const isTakenOut = next.state.status === 'cancelled' && state.status !== 'cancelled';
    const amount = isTakenOut ? negateMoney(was) : subtractMoney(principalOf(next.rule), was);
    if (isZeroMoney(amount)) return [];
    const base = eventBase(next, event.actor, event.occurredAtMs, event.commandId);
    const line: LedgerLine = {
      kind: compareMoney(amount, '0') > 0 ? 'fee' : 'credit-note',
      ...sidesOf({ agreement: context.agreement, rule }),
      amount,
      about: `amendment:${event.amendment}`,
    };
    const posted: EventBody = { ...base, type: 'fee-posted', line };
    if (!isOpen(next.state) || !isZeroMoney(unpaidOf(next.rule, next.state))) return [posted];
    const fulfilledAtMs = event.occurredAtMs;
    return [posted, { ...base, type: 'obligation-fulfilled', fulfilledAtMs, daysLate: 0, late: false }];
  });
}
