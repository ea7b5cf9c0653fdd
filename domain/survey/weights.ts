import { Big } from 'big.js';
import type { Rejection } from '../agreement/rejection.ts';
import { OVERALL } from './figures.ts';

const FRACTION = /^(?:0|1)(?:\.\d{1,12})?$/;

/** Dimensions that share the weight: satisfaction as a whole is reported as asked, and not among them (S004-11). */
export function weighed(dimensions: string[]): string[] {
  return dimensions.filter((id) => id !== OVERALL);
}

/**
 * Why these are no weights of exactly these dimensions: each has one, and exactly 1 is their sum (S001b-05, S001c-06).
 * Satisfaction as a whole may have one as well: 0, or what the contract gives it.
 */
export function weightsFault(
  weights: Record<string, string>,
  dimensions: string[],
  clauses: string[],
): Rejection | undefined {
  const fault = (message: string): Rejection => ({ rejected: 'weights-invalid', message, clauses });
  const missing = dimensions.filter((id) => !Object.hasOwn(weights, id));
  if (missing.length > 0) return fault(`no weight for ${missing.join(', ')}`);
  const unknown = Object.keys(weights).filter((id) => id !== OVERALL && !dimensions.includes(id));
  if (unknown.length > 0) return fault(`nothing is asked about ${unknown.join(', ')}`);
  const broken = Object.entries(weights).filter(([, weight]) => !FRACTION.test(weight));
  if (broken.length > 0) {
    const named = broken.map(([id, weight]) => `${id} ${JSON.stringify(weight)}`).join(', ');
    return fault(`weights are fractions such as 0.25, not ${named}`);
  }
  const sum = Object.values(weights).reduce((total, weight) => total.plus(weight), new Big(0));
  return sum.eq(1) ? undefined : fault(`weights add up to 1, these to ${sum.toFixed()}`);
}
