import type { Change, EventBody, EventType } from '../domain/agreement/event.ts';
import { isOfMoney } from '../domain/agreement/sums.ts';

/** What an event bears of money. */
type MoneyField =
  | 'line'
  | 'amount'
  | 'unpaid'
  | 'payable'
  | 'setOff'
  | 'aboveCap'
  | 'ownShares'
  | 'balance'
  | 'balances'
  | 'cap'
  | 'patch'
  | 'changes';

type FieldOf<E> = E extends unknown
  ? Exclude<keyof E, MoneyField> | (E extends { changes: unknown } ? 'changes' : never)
  : never;
type OfMoney<E> = E extends { type: EventType } ? (keyof E & MoneyField extends never ? never : E) : never;
type MoneyEvent = OfMoney<EventBody>;

/** Of the events that tell of money, what those read who may not read the ledger. */
const WITHOUT_MONEY: { [T in MoneyEvent['type']]: readonly FieldOf<Extract<EventBody, { type: T }>>[] } = {
  'penalty-posted': [],
  'penalty-credited': [],
  'fee-posted': [],
  'payment-recorded': ['paidOn'],
  'payment-held-back': ['on'],
  'late-fee-posted': [],
  'waiver-proposed': ['number', 'days', 'by'],
  'penalty-waived': ['number', 'days'],
  'amendment-proposed': ['amendment', 'by', 'effectiveOn', 'lapsesAtMs', 'changes'],
  'amendment-effective': ['amendment', 'redated', 'kept', 'dues', 'cancelled', 'reopened'],
  'item-settled': ['item', 'outcome'],
  'final-statement-issued': [],
  'claim-made': ['claim', 'by', 'against', 'liability', 'lossOn', 'answerDue'],
  'claim-answered': ['claim', 'by', 'verdict'],
  'recourse-recorded': ['claim', 'by'],
  'claim-posted': ['claim'],
  'sum-booked': ['booking', 'kind'],
  'engagement-posted': ['engagement'],
  'cap-reached': ['percent'],
};

/** Their words and papers are the ledger's, too; why something is changed or settled is everybody's. */
const ITS_REASON: readonly string[] = ['amendment-proposed', 'item-settled'];
const CLAIM_WORDS: readonly string[] = ['claim-dropped'];

/** Whether an event tells of money, so that not everybody who reads the record reads all of it. */
export function tellsOfMoney(type: string): boolean {
  return type in WITHOUT_MONEY || CLAIM_WORDS.includes(type);
}

/** An event's own fields without its money, `withheld` instead; one that tells of none as it is. */
export function withoutMoney(event: Record<string, unknown>): Record<string, unknown> {
  const shown = (WITHOUT_MONEY as Record<string, readonly string[] | undefined>)[String(event['type'])];
  if (!shown) return event;
  const rest = { ...Object.fromEntries(Object.entries(event).filter(([key]) => shown.includes(key))), withheld: true };
  if (!('changes' in rest)) return rest;
  return { ...rest, changes: (rest['changes'] as Change[]).filter((change) => !isOfMoney(change)) };
}

/** What was written with it, for those who may not read the ledger: the reason alone, or nothing. */
export function wordsWithoutMoney(type: string, text: Record<string, unknown>): Record<string, unknown> | undefined {
  if (!tellsOfMoney(type)) return text;
  const { reason } = text;
  return ITS_REASON.includes(type) && reason !== undefined ? { reason } : undefined;
}
