import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Estimate } from './figures.ts';
import { type Bounds, fourPlaces } from './statistics.ts';

/** Formulas, sources and worked examples: docs/statistics.md. Confidence as everywhere: 95 %, two-sided. */
const UPPER = 0.975;

/** A later figure less an earlier one, with its interval; it is more than chance where the interval leaves out 0. */
export interface Difference extends Estimate {
  isMoreThanChance: boolean;
}

/** A mean with its interval and how many answers it rests on. */
export interface MeanOf {
  estimate: Estimate;
  n: number;
}

function difference(value: number, low: number, high: number): Difference {
  return {
    value: fourPlaces(value),
    low: fourPlaces(low),
    high: fourPlaces(high),
    isMoreThanChance: low > 0 || high < 0,
  };
}

/**
 * The squared standard error behind an interval, from whichever of its ends was not cut at the end of the scale; null where
 * both were, or where a single answer says nothing of the spread.
 */
function squaredError({ estimate, n }: MeanOf, { min, max }: Bounds, quantile: (df: number) => number): number | null {
  if (n < 2) return null;
  const [value, low, high] = [Number(estimate.value), Number(estimate.low), Number(estimate.high)];
  const half = low > min ? value - low : high < max ? high - value : null;
  if (half === null) return null;
  return (half / quantile(n - 1)) ** 2;
}

/**
 * Difference of two means of independent answers by Welch's t interval, from the figures that are on record; null where they
 * do not tell how far the answers lie apart, or where nothing varies in either.
 */
export function meanDifference(before: MeanOf, after: MeanOf, bounds: Bounds): Difference | null {
  const t = (df: number): number => tQuantile(UPPER, df);
  const first = squaredError(before, bounds, t);
  const second = squaredError(after, bounds, t);
  if (first === null || second === null) return null;
  const value = Number(after.estimate.value) - Number(before.estimate.value);
  const sum = first + second;
  if (sum === 0) return null;
  const df = sum ** 2 / (first ** 2 / (before.n - 1) + second ** 2 / (after.n - 1));
  const half = t(df) * Math.sqrt(sum);
  return difference(value, value - half, value + half);
}

/** Difference of two net promoter scores, by the normal interval that each of them has. */
export function npsDifference(before: MeanOf, after: MeanOf): Difference | null {
  const bounds = { min: -100, max: 100 };
  const z = normalQuantile(UPPER, 0, 1);
  const first = squaredError(before, bounds, () => z);
  const second = squaredError(after, bounds, () => z);
  if (first === null || second === null || first + second === 0) return null;
  const value = Number(after.estimate.value) - Number(before.estimate.value);
  const half = z * Math.sqrt(first + second);
  return difference(value, value - half, value + half);
}

/** Difference of two proportions from their Wilson intervals: Newcombe's hybrid score interval. */
export function proportionDifference(before: Estimate, after: Estimate): Difference {
  const [p1, l1, u1] = [Number(after.value), Number(after.low), Number(after.high)];
  const [p2, l2, u2] = [Number(before.value), Number(before.low), Number(before.high)];
  const value = p1 - p2;
  return difference(
    value,
    value - Math.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2),
    value + Math.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2),
  );
}
