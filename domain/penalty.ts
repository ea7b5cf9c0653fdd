import { Big } from 'big.js';
import type { CompiledObligation, CompiledPenalty } from './agreement/compiled.ts';
import type { Due } from './agreement/event.ts';
import { daysBetween } from './local-date.ts';
import { compareMoney, roundHalfUp, subtractMoney } from './money.ts';
import type { LocalDate } from './time.ts';

/** Late days and a sum that the creditor let go. */
export interface Waived {
  days: number;
  amount: string;
}

const NOTHING_WAIVED: Waived = { days: 0, amount: '0' };

/**
 * What is owed after so many late days: half-up(base × rate × (days − grace − waived days)), at most the cap, less the
 * sum that was waived; never a sum of rounded days (design §5, S001a-69). What is posted at a date is the difference to
 * what was posted before.
 */
export function penaltyBalance(penalty: CompiledPenalty, daysLate: number, waived = NOTHING_WAIVED): string {
  const days = Math.max(0, daysLate - penalty.graceDays - waived.days);
  const exact = new Big(penalty.base).times(penalty.rate).times(days).toFixed();
  return boundedBalance(exact, penalty, waived.amount);
}

/** An exact sum as it is owed: half-up to the currency's unit, at most the cap, less what was waived, never negative. */
export function boundedBalance(
  exact: string,
  { currency, cap }: { currency: string; cap: string | null },
  waived: string,
): string {
  const owed = roundHalfUp(exact, currency);
  const bounded = cap === null || compareMoney(owed, cap) <= 0 ? owed : roundHalfUp(cap, currency);
  const left = subtractMoney(bounded, waived);
  return roundHalfUp(compareMoney(left, '0') < 0 ? '0' : left, currency);
}

/** What lateness costs: a penalty, or a late fee. */
export function chargeOf(
  rule: CompiledObligation,
): { clauses: string[]; graceDays: number; cap: string | null } | null {
  return rule.rule === 'payment@1' ? rule.lateFee : rule.penalty;
}

/** Local calendar dates after the due date up to and including this one; 0 when in time (design §4). */
export function daysLateOn(due: Due, localDate: LocalDate): number {
  return Math.max(0, daysBetween(due.localDate, localDate));
}
