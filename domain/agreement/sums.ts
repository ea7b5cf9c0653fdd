import type { CompiledAgreement } from './compiled.ts';
import type { Change } from './event.ts';
import type { NoticeFacts } from './notice.ts';
import { COORDINATOR } from './parties.ts';

/** Whether a change tells of money: for the parties, and for those who may read the ledger. */
export function isOfMoney({ field }: Pick<Change, 'field'>): boolean {
  return ['amount', 'rate', 'cap'].includes(field);
}

/** Whether a seat is written to with figures: the parties' own, and the coordinator's. A department is told without. */
export function hearsOfSums({ parties }: CompiledAgreement, seat: string): boolean {
  return seat === COORDINATOR || parties.includes(seat);
}

/** What a notice says, without its figures. */
export function withoutSums(facts: NoticeFacts): NoticeFacts {
  const { amount: _amount, currency: _currency, rate: _rate, balances: _balances, unpaid: _unpaid, ...rest } = facts;
  return rest.changes ? { ...rest, changes: rest.changes.filter((change) => !isOfMoney(change)) } : rest;
}
