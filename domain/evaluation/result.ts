import { Big } from 'big.js';
import type { CompiledIndicator, CompiledScheme } from './compiled.ts';
import type { Result } from './event.ts';
import { bandOf, rounded, weighed } from './scheme.ts';
import type { Breakdown, Evaluated, EvaluationVerdict, Score, TestResult } from './state.ts';

/** What the period before and this one are compared by. */
export interface Comparison {
  previous: Record<string, string>;
}

/** A fraction of two decimals, so that nothing is rounded before the total. */
interface Exact {
  above: Big;
  below: Big;
}

function plus(a: Exact, b: Exact): Exact {
  return { above: a.above.times(b.below).plus(b.above.times(a.below)), below: a.below.times(b.below) };
}

/** How far up its scale a value lies, times a weight. */
function share({ scale }: CompiledIndicator, value: string, weight: string): Exact {
  return {
    above: new Big(value).minus(scale.min).times(weight),
    below: new Big(scale.max).minus(scale.min),
  };
}

function quotient({ above, below }: Exact): Big {
  return above.div(below);
}

/**
 * Total, band and tests of what is scored: the weights of what is left out are shared by the others in their proportion; each
 * value counts as far as it lies up its scale. The total is rounded half up once, then its band is looked up. Of too few answers
 * there is no total.
 *
 * @param evaluated as it stands, with `leftOut` and `tooFew`
 */
export function resultOf(
  scheme: CompiledScheme,
  evaluated: Pick<Evaluated, 'scores' | 'leftOut' | 'tooFew' | 'targets' | 'thirdParty'>,
  { previous }: Comparison,
): Result {
  const { scores, leftOut, tooFew } = evaluated;
  const scored = weighed(scheme).flatMap((indicator) => {
    const score = scores.find((one) => one.indicator === indicator.id);
    return score && !leftOut.includes(indicator.id) ? [{ indicator, score, weight: indicator.weight ?? '0' }] : [];
  });
  const whole = scored.reduce((sum, { weight }) => sum.plus(weight), new Big(0));
  const hasVerdict = scored.length > 0 && tooFew.length === 0;
  const parts = scored.map(({ indicator, score, weight }) => ({
    indicator: indicator.id,
    weight,
    exact: share(indicator, score.value, weight),
  }));
  const sum = parts.reduce<Exact>((all, { exact }) => plus(all, exact), { above: new Big(0), below: new Big(1) });
  const full = hasVerdict ? quotient({ above: sum.above.times(100), below: sum.below.times(whole) }) : null;
  const cap = full === null ? undefined : capOf(scheme, evaluated, full);
  const total = full === null ? null : rounded(cap?.most ?? full, scheme.decimals);
  const tests = scheme.tests.map((test) => testResult(test, scores, evaluated, total, previous, scheme));
  return {
    total,
    ...(cap === undefined ? {} : { cappedBy: cap.indicator }),
    bonus: bonusOf(scheme, scores),
    breakdown: hasVerdict ? breakdownOf(parts, whole, scheme.decimals) : [],
    leftOut,
    tooFew,
    band: total === null ? null : (bandOf(total, scheme.bands)?.id ?? null),
    tests,
    verdict: verdictOf(tests, total),
  };
}

/**
 * The lowest cap below the total: an agreed knock-out lets the total reach no more than its own score, in percent of its scale
 * (S003-E-09). With 92.00 in all and 40 for compliance, it is 40.00; with full compliance nothing changes.
 */
function capOf(
  { indicators }: CompiledScheme,
  { scores, leftOut }: Pick<Evaluated, 'scores' | 'leftOut'>,
  full: Big,
): { indicator: string; most: Big } | undefined {
  return indicators
    .flatMap((indicator) => {
      const score = scores.find((one) => one.indicator === indicator.id);
      if (!indicator.knockout || !score || leftOut.includes(indicator.id)) return [];
      return [{ indicator: indicator.id, most: quotient(share(indicator, score.value, '100')) }];
    })
    .filter(({ most }) => most.lt(full))
    .sort((a, b) => a.most.cmp(b.most))[0];
}

/** Weights as they counted, 100.00 in all: the last one takes the rest; points to two decimals more than the total. */
function breakdownOf(parts: { indicator: string; weight: string; exact: Exact }[], whole: Big, decimals: number) {
  let rest = new Big(100);
  return parts.map(({ indicator, weight, exact }, index): Breakdown => {
    const counted = index === parts.length - 1 ? rest : new Big(weight).times(100).div(whole).round(2, Big.roundHalfUp);
    rest = rest.minus(counted);
    const points = quotient({ above: exact.above.times(100), below: exact.below.times(whole) });
    return { indicator, weight: counted.toFixed(2), points: rounded(points, decimals + 2) };
  });
}

/** Points beside the hundred (S003-E-08); null where the scheme knows none, or none was scored. */
function bonusOf({ indicators, decimals }: CompiledScheme, scores: readonly Score[]): string | null {
  const earned = indicators.flatMap((indicator) => {
    const score = scores.find((one) => one.indicator === indicator.id);
    return indicator.bonus && score ? [share(indicator, score.value, indicator.weight ?? '0')] : [];
  });
  if (earned.length === 0) return null;
  return rounded(quotient(earned.reduce(plus)), decimals);
}

type Test = CompiledScheme['tests'][number];

function testResult(
  test: Test,
  scores: readonly Score[],
  { targets, thirdParty }: Pick<Evaluated, 'targets' | 'thirdParty'>,
  total: string | null,
  previous: Record<string, string>,
  scheme: CompiledScheme,
): TestResult {
  const none: TestResult = { test: test.test, passed: null, value: null, against: null, basis: null };
  switch (test.test) {
    case 'satisfaction-risen':
      return { ...none, ...risen(test, scores, previous, scheme) };
    case 'targets-met': {
      if (targets === null) return none;
      const value = `${targets.met.length}/${test.targets ?? targets.met.length + targets.missed.length}`;
      return { ...none, passed: targets.missed.length === 0, value };
    }
    case 'third-party':
      return { ...none, passed: thirdParty };
    case 'pass-mark': {
      const mark = test.target ?? null;
      if (total === null || mark === null) return none;
      return { ...none, passed: new Big(total).gte(mark), value: total, against: mark, basis: 'target' };
    }
  }
}

/**
 * Satisfaction has risen (S003-N-06): it is above that of the period before; in the first period above an agreed baseline, where
 * there is one; without one, and where it had reached the scale's end, it is held against the target instead.
 */
function risen(
  { indicator: id = '', target = null, baseline = null }: Test,
  scores: readonly Score[],
  previous: Record<string, string>,
  { indicators }: CompiledScheme,
): Partial<TestResult> {
  const value = scores.find(({ indicator }) => indicator === id)?.value;
  const scale = indicators.find((indicator) => indicator.id === id)?.scale;
  if (value === undefined || !scale) return {};
  const before = previous[id];
  const isAtTop = before !== undefined && new Big(before).gte(scale.max);
  if (before !== undefined && !isAtTop) {
    return { passed: new Big(value).gt(before), value, against: before, basis: 'previous' };
  }
  if (before === undefined && target === null && baseline !== null) {
    return { passed: new Big(value).gt(baseline), value, against: baseline, basis: 'baseline' };
  }
  if (target === null) return { value };
  return { passed: new Big(value).gte(target), value, against: target, basis: 'target' };
}

/**
 * Performed only where every test passes, however high the total is (S003-N-07). One that fails decides; while one cannot be
 * judged, nothing is said. A third party's assessment that nobody brought is no test; a pass mark is of people, not of a contract.
 */
function verdictOf(tests: readonly TestResult[], total: string | null): EvaluationVerdict {
  const asked = tests.filter(({ test, passed }) => test !== 'pass-mark' && (test !== 'third-party' || passed !== null));
  if (asked.length === 0) return null;
  if (asked.some(({ passed }) => passed === false)) return 'not-performed';
  return total !== null && asked.every(({ passed }) => passed) ? 'performed' : null;
}
