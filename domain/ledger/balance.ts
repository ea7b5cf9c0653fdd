import type { CompiledAgreement } from '../agreement/compiled.ts';
import type { EventBody, LedgerLine } from '../agreement/event.ts';
import { partyOf } from '../agreement/parties.ts';
import type { AgreementState, ObligationState } from '../agreement/state.ts';
import { addMoney } from '../money.ts';

/** The line that an event puts into the ledger, if it puts one: money moves by these alone. */
export function lineOf(event: EventBody): LedgerLine | undefined {
  return 'line' in event ? event.line : undefined;
}

/** Names who owes whom in which currency. */
export function balanceKey({
  debtor,
  creditor,
  currency,
}: Pick<LedgerLine, 'debtor' | 'creditor' | 'currency'>): string {
  return `${debtor}>${creditor}/${currency}`;
}

/** What one side owes another. */
export type Balance = Pick<LedgerLine, 'debtor' | 'creditor' | 'currency' | 'amount'>;

/** Balances with one more line: nothing else changes them. */
export function withLine(balances: AgreementState['balances'], line: Balance): AgreementState['balances'] {
  const key = balanceKey(line);
  return { ...balances, [key]: addMoney(balances[key] ?? '0', line.amount) };
}

/** The state with one more line in its balances. */
export function posted(state: AgreementState, line: LedgerLine): AgreementState {
  return { ...state, balances: withLine(state.balances, line) };
}

/** Balances as a list, in the order in which their first line was posted. */
export function balancesOf(balances: AgreementState['balances']): Balance[] {
  return Object.entries(balances).map(([key, amount]) => {
    const [sides = '', currency = ''] = key.split('/');
    const [debtor = '', creditor = ''] = sides.split('>');
    return { debtor, creditor, currency, amount };
  });
}

/** The balances of an agreement of a release that kept none: all that it posted were penalties of its obligations. */
export function balancesOfPenalties(
  agreement: CompiledAgreement,
  obligations: readonly ObligationState[],
): AgreementState['balances'] {
  return obligations.reduce<AgreementState['balances']>((balances, { id, posted: { amount, atMs } }) => {
    const rule = agreement.obligations.find((one) => one.id === id);
    if (atMs === null || !rule?.penalty) return balances;
    const { creditor, currency } = rule.penalty;
    return withLine(balances, { debtor: partyOf(agreement, rule.responsible), creditor, currency, amount });
  }, {});
}
