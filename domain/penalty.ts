import { Big } from 'big.js';
import type { CompiledPenalty } from './agreement/compiled.ts';
import type { Due } from './agreement/event.ts';
import { daysBetween } from './local-date.ts';
import { compareMoney, roundHalfUp } from './money.ts';
import type { LocalDate } from './time.ts';

/**
 * What is owed after so many late days: half-up(base × rate × (days − grace)), at most the cap; never a sum of rounded
 * days (design §5, S001a-69). What is posted at a date is the difference to what was posted before.
 */
export function penaltyBalance(penalty: CompiledPenalty, daysLate: number): string {
  const days = Math.max(0, daysLate - penalty.graceDays);
  const owed = roundHalfUp(new Big(penalty.base).times(penalty.rate).times(days).toFixed(), penalty.currency);
  if (penalty.cap === null || compareMoney(owed, penalty.cap) <= 0) return owed;
  return roundHalfUp(penalty.cap, penalty.currency);
}

/** Local calendar dates after the due date up to and including this one; 0 when in time (design §4). */
export function daysLateOn(due: Due, localDate: LocalDate): number {
  return Math.max(0, daysBetween(due.localDate, localDate));
}
