import { describe, expect, test } from 'vitest';
import type { CompiledScheme } from '../../domain/evaluation/compiled.ts';
import { resultOf } from '../../domain/evaluation/result.ts';
import { bandFaults, bandOf, decimalsOf, schemeFaults } from '../../domain/evaluation/scheme.ts';
import type { Score } from '../../domain/evaluation/state.ts';

const indicator = (id: string, weight: string | null, more: Partial<CompiledScheme['indicators'][number]> = {}) => ({
  ...{ id, clauses: [], source: 'manual' as const, measure: 'qualitative' as const, weight },
  ...{ scale: { min: '0', max: '100' }, evidence: [], bonus: false, ...more },
});
const bands = [
  { id: 'band-1', from: '0', to: '59.99', consequence: 'deduction' as const, amount: '5000.00' },
  { id: 'band-2', from: '60', to: '79.99', consequence: null, amount: null },
  { id: 'band-3', from: '80', to: '100', consequence: 'reward' as const, amount: null },
];
const scheme = (indicators: CompiledScheme['indicators'], more: Partial<CompiledScheme> = {}): CompiledScheme => ({
  ...{ version: 'v1', indicators, bands, decimals: 2, tests: [], ...more },
});
const score = (id: string, value: string): Score => ({
  ...{ indicator: id, value, evidence: ['record'], documents: [], by: 'p', seat: 'A', atMs: 0 },
  ...{ sources: [], count: null, corrected: null },
});
const scored = (scores: Score[], more: object = {}) => ({
  ...{ scores, leftOut: [], tooFew: [], targets: null, thirdParty: null, ...more },
});
const first = { previous: {} };

describe('a scheme', () => {
  test('weights that add up to 100 are sound', () => {
    expect(schemeFaults(scheme([indicator('a', '33.34'), indicator('b', '33.33'), indicator('c', '33.33')]))).toEqual(
      [],
    );
  });
  test('weights of 99.99 are refused with their sum; a bonus is none of them', () => {
    const wrong = scheme([indicator('a', '66.66'), indicator('b', '33.33'), indicator('c', '100', { bonus: true })]);
    expect(schemeFaults(wrong)).toEqual([{ fault: 'weights-sum', sum: '99.99' }]);
  });
  test('an indicator without a weight is no zero: the scheme cannot be used', () => {
    expect(schemeFaults(scheme([indicator('a', '100'), indicator('b', null)]))).toEqual([
      { fault: 'no-weights', indicators: ['b'] },
    ]);
  });
  test('bands cover 0 to 100 without gap or overlap', () => {
    expect(bandFaults(bands, 2)).toEqual([]);
    expect(
      bandFaults(
        [
          { from: '0', to: '60' },
          { from: '60', to: '100' },
        ],
        2,
      ),
    ).toEqual([]);
    expect(
      bandFaults(
        [
          { from: '0', to: '59' },
          { from: '60', to: '100' },
        ],
        0,
      ),
    ).toEqual([]);
    expect(
      bandFaults(
        [
          { from: '0', to: '58' },
          { from: '60', to: '100' },
        ],
        0,
      ),
    ).toEqual([{ fault: 'band-gap', from: '58', to: '60' }]);
    expect(
      bandFaults(
        [
          { from: '0', to: '65' },
          { from: '60', to: '100' },
        ],
        0,
      ),
    ).toEqual([{ fault: 'band-overlap', from: '60', to: '65' }]);
    expect(bandFaults([{ from: '10', to: '100' }], 0)).toEqual([{ fault: 'band-range', from: '0', to: '10' }]);
    expect(bandFaults([{ from: '0', to: '99' }], 0)).toEqual([{ fault: 'band-range', from: '99', to: '100' }]);
  });
  test('how far bands lie apart says to how many decimals totals are rounded', () => {
    expect(decimalsOf(bands)).toBe(2);
    expect(
      decimalsOf([
        { from: '0', to: '59' },
        { from: '60', to: '100' },
      ]),
    ).toBe(0);
    expect(
      decimalsOf([
        { from: '0', to: '59.9' },
        { from: '60', to: '100' },
      ]),
    ).toBe(1);
    expect(
      decimalsOf([
        { from: '0', to: '60' },
        { from: '60', to: '100' },
      ]),
    ).toBe(2);
  });
});

describe('a total and its band', () => {
  test('a total on the edge belongs to the upper band', () => {
    expect(bandOf('80.00', bands)?.id).toBe('band-3');
    expect(bandOf('79.99', bands)?.id).toBe('band-2');
    expect(bandOf('0.00', bands)?.id).toBe('band-1');
    expect(bandOf('100.00', bands)?.id).toBe('band-3');
  });
  test('79.995 is rounded half up to 80.00 before its band is looked up; 79.994 is 79.99', () => {
    const two = scheme([indicator('a', '50'), indicator('b', '50')]);
    const up = resultOf(two, scored([score('a', '79.99'), score('b', '80')]), first);
    expect(up).toMatchObject({ total: '80.00', band: 'band-3' });
    const down = resultOf(two, scored([score('a', '79.988'), score('b', '80')]), first);
    expect(down).toMatchObject({ total: '79.99', band: 'band-2' });
  });
  test('thirds are exact: 33.34 × 80 + 33.33 × 80 + 33.33 × 80 is 80.00', () => {
    const three = scheme([indicator('a', '33.34'), indicator('b', '33.33'), indicator('c', '33.33')]);
    const result = resultOf(three, scored([score('a', '80'), score('b', '80'), score('c', '80')]), first);
    expect(result.total).toBe('80.00');
  });
  test('a value counts as far as it lies up its own scale: 4 of 1 to 5 is 75 of 100', () => {
    const one = scheme([indicator('a', '100', { scale: { min: '1', max: '5' } })]);
    expect(resultOf(one, scored([score('a', '4')]), first).total).toBe('75.00');
  });
  test('what is left out gives its weight to the others in their proportion: 40 and 20 become 66.67 and 33.33', () => {
    const three = scheme([indicator('a', '40'), indicator('b', '40'), indicator('c', '20')]);
    const result = resultOf(three, scored([score('a', '90'), score('c', '60')], { leftOut: ['b'] }), first);
    // 90 × 40/60 + 60 × 20/60 = 60 + 20
    expect(result.total).toBe('80.00');
    expect(result.breakdown).toEqual([
      { indicator: 'a', weight: '66.67', points: '60.0000' },
      { indicator: 'c', weight: '33.33', points: '20.0000' },
    ]);
    expect(result.leftOut).toEqual(['b']);
  });
  test('of too few answers there is no total and no band', () => {
    const two = scheme([indicator('a', '50'), indicator('b', '50')]);
    const result = resultOf(two, scored([score('a', '90')], { tooFew: ['b'] }), first);
    expect(result).toMatchObject({ total: null, band: null, verdict: null, breakdown: [] });
  });
  test('a bonus stands beside the hundred points and moves no band', () => {
    const withBonus = scheme([indicator('a', '100'), indicator('innovation', '100', { bonus: true })]);
    const result = resultOf(withBonus, scored([score('a', '79'), score('innovation', '50')]), first);
    expect(result).toMatchObject({ total: '79.00', bonus: '50.00', band: 'band-2' });
  });
});

describe('what must hold beside the total', () => {
  const risen = (target: string | null, baseline: string | null = null) =>
    scheme([indicator('satisfaction', '100')], {
      tests: [{ test: 'satisfaction-risen', clauses: ['S003-N-06'], indicator: 'satisfaction', target, baseline }],
    });
  const at = (value: string, previous: Record<string, string>, target: string | null = '80') =>
    resultOf(risen(target), scored([score('satisfaction', value)]), { previous }).tests[0];

  test('satisfaction above the period before has risen; the same has not', () => {
    expect(at('86', { satisfaction: '85' })).toMatchObject({ passed: true, against: '85', basis: 'previous' });
    expect(at('85', { satisfaction: '85' })).toMatchObject({ passed: false, against: '85', basis: 'previous' });
    expect(at('85.0', { satisfaction: '85' })).toMatchObject({ passed: false });
  });
  test('the first period is compared with the target', () => {
    expect(at('80', {})).toMatchObject({ passed: true, against: '80', basis: 'target' });
    expect(at('79.9', {})).toMatchObject({ passed: false, basis: 'target' });
  });
  test('after the maximum it is compared with the target, because nothing can rise above it', () => {
    expect(at('100', { satisfaction: '100' })).toMatchObject({ passed: true, against: '80', basis: 'target' });
    expect(at('81', { satisfaction: '100' })).toMatchObject({ passed: true, basis: 'target' });
  });
  test('without a period before, a baseline or a target nothing is judged', () => {
    const result = resultOf(risen(null), scored([score('satisfaction', '90')]), first);
    expect(result.tests[0]).toMatchObject({ passed: null });
    expect(result.verdict).toBeNull();
    expect(resultOf(risen(null, '85'), scored([score('satisfaction', '90')]), first)).toMatchObject({
      verdict: 'performed',
      tests: [{ basis: 'baseline', against: '85' }],
    });
  });
  test('a high total is not performed where one target was missed', () => {
    const both = scheme([indicator('satisfaction', '100')], {
      tests: [
        { test: 'satisfaction-risen', clauses: [], indicator: 'satisfaction', target: '80' },
        { test: 'targets-met', clauses: [], targets: 2 },
      ],
    });
    const judge = (targets: { met: number[]; missed: number[] }) =>
      resultOf(both, scored([score('satisfaction', '98')], { targets }), first);
    expect(judge({ met: [1], missed: [2] })).toMatchObject({
      total: '98.00',
      band: 'band-3',
      verdict: 'not-performed',
    });
    expect(judge({ met: [1, 2], missed: [] }).verdict).toBe('performed');
  });
  test('a third party’s assessment counts where it was brought in, and is no test where it was not', () => {
    const third = scheme([indicator('a', '100')], {
      tests: [
        { test: 'targets-met', clauses: [], targets: 1 },
        { test: 'third-party', clauses: [] },
      ],
    });
    const judge = (thirdParty: boolean | null) =>
      resultOf(third, scored([score('a', '60')], { targets: { met: [1], missed: [] }, thirdParty }), first).verdict;
    expect([judge(null), judge(true), judge(false)]).toEqual(['performed', 'performed', 'not-performed']);
  });
  test('the pass mark itself passes; it is about people and says nothing of the contract', () => {
    const marked = scheme([indicator('a', '100')], { tests: [{ test: 'pass-mark', clauses: [], target: '60' }] });
    const at60 = resultOf(marked, scored([score('a', '60')]), first);
    expect(at60).toMatchObject({ verdict: null, tests: [{ passed: true, value: '60.00', against: '60' }] });
    expect(resultOf(marked, scored([score('a', '59.99')]), first).tests[0]).toMatchObject({ passed: false });
  });
});
