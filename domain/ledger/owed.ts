import { obligationContexts } from '../agreement/obligations.ts';
import { partyOf } from '../agreement/parties.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { AgreementState } from '../agreement/state.ts';
import { addMoney, compareMoney } from '../money.ts';
import { unpaidOf } from '../obligations/payment-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { LocalDate } from '../time.ts';
import { unpaidOfBooking, unpaidOfClaim } from './paying.ts';

/** A sum that can be paid, as `pay` names it: a duty (`id`, `id#occurrence`), an agreed claim, a booking. */
export interface OwedSum {
  of: 'payment' | 'penalty' | 'claim' | 'booking';
  id: string;
  debtor: string;
  creditor: string;
  currency: string;
  /** What is owed as of the date: of a payment with its late fee, of a duty what its penalty has come to. */
  amount: string;
}

/** Everything that is owed as of a date, and can be paid to the cent. */
export function owedSums(state: AgreementState, on: LocalDate): OwedSum[] {
  return [
    ...obligationContexts(state).flatMap((context) => ofDuty(context, on)),
    ...state.claims.map((known): OwedSum => {
      const { id, against: debtor, by: creditor, currency } = known;
      return { of: 'claim', id, debtor, creditor, currency, amount: unpaidOfClaim(known) };
    }),
    ...state.booked.map((known): OwedSum => {
      const { booking: id, debtor, creditor, currency } = known;
      return { of: 'booking', id, debtor, creditor, currency, amount: unpaidOfBooking(known) };
    }),
  ].filter(({ amount }) => compareMoney(amount, '0') > 0);
}

function ofDuty(context: ObligationContext, on: LocalDate): OwedSum[] {
  const { agreement, rule, state } = context;
  const id = referenceOf({ obligation: rule.id, occurrence: state.occurrence });
  const lateness = rulesOf(rule).creditOf(context, on, { days: 0, amount: '0' });
  if (rule.rule !== 'payment@1') {
    if (!lateness) return [];
    const { debtor, creditor, currency, owed: amount } = lateness;
    return [{ of: 'penalty', id, debtor, creditor, currency, amount }];
  }
  if (!state.charged || state.status === 'cancelled') return [];
  const sides = { debtor: partyOf(agreement, rule.responsible), creditor: partyOf(agreement, rule.payee) };
  const amount = addMoney(unpaidOf(rule, state), lateness?.owed ?? '0');
  return [{ of: 'payment', id, ...sides, currency: rule.currency, amount }];
}
