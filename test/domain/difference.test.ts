import { expect, test } from 'vitest';
import { meanDifference, npsDifference, proportionDifference } from '../../domain/survey/difference.ts';
import { meanEstimate, npsEstimate, proportionEstimate } from '../../domain/survey/statistics.ts';

const scale = { min: 1, max: 5 };
const mean = (values: number[], bounds = scale) => {
  const estimate = meanEstimate(values, bounds);
  if (!estimate) throw new Error('no values');
  return { estimate, n: values.length };
};

test('the published example of Newcombe (1998, method 10): 56 of 70 against 48 of 80', () => {
  const [after, before] = [proportionEstimate(56, 70), proportionEstimate(48, 80)];
  if (!after || !before) throw new Error('no answers');
  expect(proportionDifference(before, after)).toEqual({
    ...{ value: '0.2000', low: '0.0524', high: '0.3339' },
    isMoreThanChance: true,
  });
  const same = proportionDifference(after, after);
  expect([same.value, same.isMoreThanChance]).toEqual(['0.0000', false]);
});

test('means by Welch: from the figures on record as from the answers themselves', () => {
  // 4, 4, 5, 5, 4, 4, 5, 4 against 3, 4, 3, 3, 2, 4, 3, 3: 4.375 − 3.125; s² 0.2679, 0.4107; SE = √(0.0335 + 0.0513) = 0.2913;
  // df = 13.4 and t = 2.1537: 1.25 ± 0.6274.
  const after = mean([4, 4, 5, 5, 4, 4, 5, 4]);
  const before = mean([3, 4, 3, 3, 2, 4, 3, 3]);
  const found = meanDifference(before, after, scale);
  expect(Number(found?.value)).toBeCloseTo(1.25, 4);
  expect(Number(found?.low)).toBeCloseTo(0.6226, 3);
  expect(Number(found?.high)).toBeCloseTo(1.8774, 3);
  expect(found?.isMoreThanChance).toBe(true);
  const near = meanDifference(mean([3, 4, 5, 2, 4]), mean([4, 4, 5, 3, 3]), scale);
  expect(near?.isMoreThanChance).toBe(false);
});

test('an interval that was cut at one end of the scale tells by its other end; cut at both, or of one answer, it tells nothing', () => {
  const high = mean([5, 5, 4, 5]); // cut at 5
  expect(high.estimate.high).toBe('5.0000');
  expect(meanDifference(mean([3, 3, 2, 3]), high, scale)?.isMoreThanChance).toBe(true);
  expect(meanDifference(mean([1, 5]), high, scale)).toBeNull(); // 1 to 5: all of the scale
  expect(meanDifference(mean([4]), high, scale)).toBeNull();
  expect(meanDifference(mean([5, 5, 5]), mean([5, 5, 5]), scale)).toBeNull();
});

test('net promoter scores by their normal intervals', () => {
  const of = (answers: number[]) => {
    const estimate = npsEstimate(answers);
    if (!estimate) throw new Error('no answers');
    return { estimate, n: answers.length };
  };
  const low = of([0, 5, 6, 7, 9, 3, 6, 8, 2, 6]);
  const high = of([10, 9, 9, 10, 9, 8, 7, 10, 9, 6]);
  expect(npsDifference(low, high)).toMatchObject({ value: '120.0000', isMoreThanChance: true });
  expect(npsDifference(high, high)).toMatchObject({ value: '0.0000', isMoreThanChance: false });
});
