import { Big } from 'big.js';
import type { CompiledAgreement, CompiledPayment } from '../agreement/compiled.ts';
import type { EventBody, LedgerLine } from '../agreement/event.ts';
import { partyOf } from '../agreement/parties.ts';
import type { ObligationState } from '../agreement/state.ts';
import { addDays, compareDates, daysBetween } from '../local-date.ts';
import { addMoney, compareMoney, negateMoney, roundHalfUp, subtractMoney } from '../money.ts';
import type { LocalDate } from '../time.ts';
import { evolveObligation as evolveProgress, isAwaited, isPaused } from './deliverable-state.ts';

/**
 * `payment@1`: a sum that falls due, is paid at once or in parts, may be held back where that is agreed, and costs a late
 * fee on its unpaid part where a rate is agreed (S001a-71, S001b-104, S000-12, S003-K-22). A changed rule is a new file.
 */
export interface PaymentContext {
  agreement: CompiledAgreement;
  rule: CompiledPayment;
  state: ObligationState;
  inForceOn: LocalDate | null;
}

/** Days in a row after the due date on which the same sum was late, suspended days and days of lawful holding apart. */
export interface LateSpell {
  from: LocalDate;
  days: number;
  /** The unpaid part that was not held back. */
  base: string;
}

type Paid = Pick<ObligationState, 'paid'>;
type Clock = Pick<ObligationState, 'status' | 'due' | 'pauses' | 'paid' | 'held' | 'accruesUntil'>;

function sum(amounts: { amount: string }[]): string {
  return amounts.reduce((total, { amount }) => addMoney(total, amount), '0');
}

function notNegative(amount: string): string {
  return compareMoney(amount, '0') < 0 ? subtractMoney(amount, amount) : amount;
}

/** The sum that is to be paid, with the currency's decimals. */
export function principalOf({ amount, currency }: CompiledPayment): string {
  return roundHalfUp(amount, currency);
}

/** What of the sum has not been paid; payments go to it first, to the late fee after it. */
export function unpaidOf(rule: CompiledPayment, { paid }: Paid): string {
  return notNegative(subtractMoney(principalOf(rule), sum(paid)));
}

/** What has been paid beyond the sum: it went to the late fee. */
export function paidOfFee(rule: CompiledPayment, { paid }: Paid): string {
  return notNegative(subtractMoney(sum(paid), principalOf(rule)));
}

/** What is held back now; never more than is unpaid. */
export function heldOf(rule: CompiledPayment, { paid, held }: Pick<ObligationState, 'paid' | 'held'>): string {
  const amount = held.at(-1)?.amount ?? '0';
  const unpaid = unpaidOf(rule, { paid });
  return compareMoney(amount, unpaid) > 0 ? unpaid : amount;
}

/** The unpaid part that is not held back. */
export function demandedOf(rule: CompiledPayment, state: Pick<ObligationState, 'paid' | 'held'>): string {
  return subtractMoney(unpaidOf(rule, state), heldOf(rule, state));
}

/** The day on which what was paid by then made up the sum; null while part of it is unpaid. */
export function coveredOn(rule: CompiledPayment, { paid }: Paid): LocalDate | null {
  let left = principalOf(rule);
  for (const { on, amount } of [...paid].sort((a, b) => compareDates(a.on, b.on))) {
    left = subtractMoney(left, amount);
    if (compareMoney(left, '0') <= 0) return on;
  }
  return null;
}

/** What was late on a day. What is paid, held back or released on a day changes the days after it. */
export function lateOn(rule: CompiledPayment, { paid, held }: Clock, day: LocalDate): string {
  const earlier = (one: { on: LocalDate }): boolean => one.on < day;
  return demandedOf(rule, { paid: paid.filter(earlier), held: held.filter(earlier) });
}

/**
 * The late days up to and including a date, as runs on one base each. The first is the day after the due date; the day of
 * the payment is the last on what stood until then. What was cancelled had not fallen due, and never does.
 */
export function lateSpells(rule: CompiledPayment, state: Clock, through: LocalDate): LateSpell[] {
  const { status, due, pauses, paid, held, accruesUntil } = state;
  if (!due || status === 'cancelled') return [];
  const first = addDays(due.localDate, 1);
  const end = addDays(accruesUntil !== null && accruesUntil < through ? accruesUntil : through, 1);
  const changes = [...paid, ...held].map(({ on }) => addDays(on, 1));
  const bounds = pauses.flatMap(({ from, until }) => (until === null ? [from] : [from, until]));
  const days = [...new Set([first, end, ...changes, ...bounds])].filter((day) => day >= first && day <= end).sort();
  const spells: LateSpell[] = [];
  for (const [index, from] of days.entries()) {
    const next = days[index + 1];
    if (next === undefined || isPaused(state, from)) continue;
    const base = lateOn(rule, state, from);
    if (compareMoney(base, '0') > 0) spells.push({ from, days: daysBetween(from, next), base });
  }
  return spells;
}

export function countDays(spells: readonly LateSpell[]): number {
  return spells.reduce((days, spell) => days + spell.days, 0);
}

/** Late days as of a local date; settled once it is paid. */
export function daysLate(state: ObligationState, on: LocalDate, rule: CompiledPayment): number {
  return isAwaited(state) ? countDays(lateSpells(rule, state, on)) : state.settledDaysLate;
}

/** Money that had fallen due by the day of the end stays owed; what falls due later is cancelled. */
export function staysOwed({ due }: ObligationState, endedOn: LocalDate): boolean {
  return due !== null && due.localDate <= endedOn;
}

/** The parties to every line of this payment. */
export function sidesOf({ agreement, rule }: Pick<PaymentContext, 'agreement' | 'rule'>): {
  debtor: string;
  creditor: string;
  currency: string;
} {
  return {
    debtor: partyOf(agreement, rule.responsible),
    creditor: partyOf(agreement, rule.payee),
    currency: rule.currency,
  };
}

/** The exact fee on these days, as a decimal that is not rounded. */
export function exactFee(spells: readonly LateSpell[], rate: string): string {
  return spells
    .reduce((total, { base, days }) => total.plus(new Big(base).times(rate).times(days)), new Big(0))
    .toFixed();
}

/** The state after an event of this payment. */
export function evolveObligation(state: ObligationState, event: EventBody): ObligationState {
  switch (event.type) {
    case 'fee-posted':
      return { ...state, charged: true };
    case 'payment-recorded':
      return { ...state, paid: [...state.paid, { on: event.paidOn, amount: negateMoney(event.line.amount) }] };
    case 'payment-held-back':
      // What came due while it was held back is not called for afterwards.
      return {
        ...state,
        held: [...state.held, { on: event.on, amount: event.amount }],
        ladderThroughMs: event.occurredAtMs,
      };
    case 'late-fee-posted':
      return { ...state, posted: postedWith(state.posted, event.line, event.occurredAtMs) };
    default:
      return evolveProgress(state, event);
  }
}

function postedWith(
  { days, amount }: ObligationState['posted'],
  line: LedgerLine,
  atMs: number,
): ObligationState['posted'] {
  return { days: days + (line.days ?? 0), amount: addMoney(amount, line.amount), atMs };
}
