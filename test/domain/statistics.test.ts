import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { Big } from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fourPlaces, meanEstimate, npsEstimate, proportionEstimate } from '../../domain/survey/statistics.ts';

const NO_ENDS = { min: -1000, max: 1000 };
const LIKERT = { min: 1, max: 5 };

test.each([
  [1, '12.7062'],
  [4, '2.7764'],
  [9, '2.2622'],
  [29, '2.0452'],
  [120, '1.9799'],
])('t quantile 0.975 with %i degrees of freedom is %s, as in the printed tables', (df, printed) => {
  expect(tQuantile(0.975, df).toFixed(4)).toBe(printed);
});

test('the normal quantile 0.975 is 1.959964', () => {
  expect(normalQuantile(0.975, 0, 1).toFixed(6)).toBe('1.959964');
});

test.each([
  [81, 263, '0.2553', '0.3662'],
  [15, 148, '0.0624', '0.1605'],
  [0, 20, '0.0000', '0.1611'],
  [1, 29, '0.0061', '0.1718'],
])('Newcombe 1998, table I, method 3 (Wilson): %i of %i lies within %s and %s', (k, n, low, high) => {
  expect(proportionEstimate(k, n)).toMatchObject({ low, high });
});

test('Student 1908: ten hours of sleep gained have the mean 1.58 and the interval 0.7001 to 2.4599', () => {
  const gained = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
  expect(meanEstimate(gained, NO_ENDS)).toEqual({ value: '1.5800', low: '0.7001', high: '2.4599' });
});

test('five answers 5 4 4 3 5 by hand: mean 21 ÷ 5; s² = 2.8 ÷ 4; 2.7764 × 0.8367 ÷ √5 = 1.0389; the scale ends at 5', () => {
  expect(meanEstimate([5, 4, 4, 3, 5], NO_ENDS)).toEqual({ value: '4.2000', low: '3.1611', high: '5.2389' });
  expect(meanEstimate([5, 4, 4, 3, 5], LIKERT)).toEqual({ value: '4.2000', low: '3.1611', high: '5.0000' });
});

test('NPS by hand: 5 promoters, 3 passives, 2 detractors of ten make 30, ± 1.96 × 82.3273 ÷ √10', () => {
  const answers = [10, 9, 9, 10, 9, 8, 7, 7, 6, 0];
  // s² = (5 × 70² + 3 × 30² + 2 × 130²) ÷ 9 = 61000 ÷ 9; half = 1.959964 × 82.3273 ÷ 3.162278 = 51.0260
  expect(npsEstimate(answers)).toEqual({ value: '30.0000', low: '-21.0260', high: '81.0260' });
});

test('NPS: 6 is a detractor, 7 and 8 are neither, 9 is a promoter', () => {
  expect([6, 7, 8, 9].map((answer) => npsEstimate([answer, answer])?.value)).toEqual([
    ...['-100.0000', '0.0000', '0.0000', '100.0000'],
  ]);
});

test('nobody answered: there is no figure', () => {
  expect(meanEstimate([], LIKERT)).toBeNull();
  expect(proportionEstimate(0, 0)).toBeNull();
  expect(npsEstimate([])).toBeNull();
});

test('a single answer says nothing of the spread: its interval is the whole scale', () => {
  expect(meanEstimate([4], LIKERT)).toEqual({ value: '4.0000', low: '1.0000', high: '5.0000' });
  expect(npsEstimate([9])).toEqual({ value: '100.0000', low: '-100.0000', high: '100.0000' });
});

test('everybody says the same: the formula knows no spread', () => {
  expect(meanEstimate([4, 4, 4], LIKERT)).toEqual({ value: '4.0000', low: '4.0000', high: '4.0000' });
});

test('four places, half away from zero; a third taken three times is a whole again', () => {
  expect(fourPlaces(2 / 3)).toBe('0.6667');
  expect(fourPlaces('0.00005')).toBe('0.0001');
  expect(fourPlaces('-0.00005')).toBe('-0.0001');
  const third = new Big('10.00005').div(3);
  expect(fourPlaces(third.plus(third).plus(third))).toBe('10.0001');
  expect(meanEstimate([1, 1, 2, 2, 2, 2], LIKERT)?.value).toBe('1.6667');
});

const likert = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 60 });

test('property: an interval contains its value and stays on its scale', () => {
  fc.assert(
    fc.property(likert, fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1 }), (scores, nps) => {
      const high = scores.filter((score) => score >= 4).length;
      for (const [estimate, min, max] of [
        [meanEstimate(scores, LIKERT), 1, 5],
        [proportionEstimate(high, scores.length), 0, 1],
        [npsEstimate(nps), -100, 100],
      ] as const) {
        const [low, value, top] = [estimate?.low, estimate?.value, estimate?.high].map(Number);
        expect([min, low, value, top, max].map(Number)).toEqual(
          [min, low, value, top, max].map(Number).toSorted((a, b) => a - b),
        );
      }
    }),
  );
});

test('property: Wilson’s limits are where the score test just fails to refuse: |p − θ| = z √(θ(1 − θ) ÷ n)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (n, raw) => {
      const k = raw % (n + 1);
      const estimate = proportionEstimate(k, n);
      for (const limit of [Number(estimate?.low), Number(estimate?.high)]) {
        const distance = (theta: number) => Math.abs(k / n - theta) - 1.959964 * Math.sqrt((theta * (1 - theta)) / n);
        // Four places are shown: the sign changes within one of them, or the limit is the end itself.
        const [left, right] = [Math.max(0, limit - 0.0001), Math.min(1, limit + 0.0001)];
        if (limit > 0 && limit < 1) expect(distance(left) * distance(right)).toBeLessThanOrEqual(0);
        else expect(k === 0 || k === n).toBe(true);
      }
    }),
  );
});

test('property: more answers of the same make the interval of a share narrower', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 2, max: 10 }), (n, times) => {
      const width = (k: number, of: number) => {
        const estimate = proportionEstimate(k, of);
        return Number(estimate?.high) - Number(estimate?.low);
      };
      const k = Math.floor(n / 2);
      expect(width(k * times, n * times)).toBeLessThan(width(k, n));
    }),
  );
});
