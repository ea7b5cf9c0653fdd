import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { Big } from 'big.js';
import { sampleStandardDeviation } from 'simple-statistics';
import type { Estimate } from './figures.ts';

/** Formulas, sources and worked examples: docs/statistics.md. Confidence of every interval: 95 %, two-sided. */
const UPPER = 0.975;

/** The ends of a scale: nothing lies outside them, no interval's limit either. */
export interface Bounds {
  min: number;
  max: number;
}

/** To four places, half away from zero; twelve places first, so that a third taken three times is a whole again. */
export function fourPlaces(value: Big | number | string): string {
  return new Big(value).round(12, Big.roundHalfUp).round(4, Big.roundHalfUp).toFixed(4);
}

function isWhole(value: Big | number): value is number {
  return Number.isSafeInteger(value);
}

/** The exact mean of at least one value (20 decimals where it does not end). */
export function meanOf(values: readonly (Big | number)[]): Big {
  // Whole numbers add up exactly as they are, and faster.
  const sum = values.every(isWhole)
    ? new Big(values.reduce((total, value) => total + value, 0))
    : values.reduce<Big>((total, value) => total.plus(value), new Big(0));
  return sum.div(values.length);
}

function within(value: number, { min, max }: Bounds): number {
  return Math.min(Math.max(value, min), max);
}

/** x̄ ± q·s/√n, cut at the ends of the scale; a single value says nothing of the spread: then the whole scale. */
function aroundMean(values: readonly (Big | number)[], bounds: Bounds, quantile: (df: number) => number): Estimate {
  const mean = meanOf(values);
  const value = fourPlaces(mean);
  if (values.length === 1) return { value, low: fourPlaces(bounds.min), high: fourPlaces(bounds.max) };
  const deviation = sampleStandardDeviation(values.map(Number));
  const half = (quantile(values.length - 1) * deviation) / Math.sqrt(values.length);
  return {
    value,
    low: fourPlaces(within(Number(mean) - half, bounds)),
    high: fourPlaces(within(Number(mean) + half, bounds)),
  };
}

/** Arithmetic mean with Student's t interval; null without a value. */
export function meanEstimate(values: readonly (Big | number)[], bounds: Bounds): Estimate | null {
  return values.length === 0 ? null : aroundMean(values, bounds, (df) => tQuantile(UPPER, df));
}

/** A proportion k of n with Wilson's score interval, without a correction for continuity; null where n is 0. */
export function proportionEstimate(k: number, n: number): Estimate | null {
  if (n === 0) return null;
  const z = normalQuantile(UPPER, 0, 1);
  const p = k / n;
  const middle = 2 * n * p + z * z;
  const spread = z * Math.sqrt(z * z + 4 * n * p * (1 - p));
  const divisor = 2 * (n + z * z);
  const unit = { min: 0, max: 1 };
  return {
    value: fourPlaces(new Big(k).div(n)),
    low: fourPlaces(within((middle - spread) / divisor, unit)),
    high: fourPlaces(within((middle + spread) / divisor, unit)),
  };
}

/** Promoters answer 9 or 10, detractors 0 to 6. */
function promoterValue(answer: number): number {
  if (answer >= 9) return 100;
  return answer <= 6 ? -100 : 0;
}

/** Net promoter score of answers 0–10, −100 to 100, with the normal interval of its mean; null without an answer. */
export function npsEstimate(answers: readonly number[]): Estimate | null {
  if (answers.length === 0) return null;
  const z = normalQuantile(UPPER, 0, 1);
  return aroundMean(answers.map(promoterValue), { min: -100, max: 100 }, () => z);
}
