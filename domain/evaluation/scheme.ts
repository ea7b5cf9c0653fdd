import { Big } from 'big.js';
import type { CompiledBand, CompiledIndicator, CompiledScheme } from './compiled.ts';

/** What is wrong with a scheme: it cannot be activated, and nothing is scored by it (S003-E). */
export type SchemeFault =
  | { fault: 'no-weights'; indicators: string[] }
  /** The weights do not add up to 100; `sum` is what they add up to. */
  | { fault: 'weights-sum'; sum: string }
  | { fault: 'band-gap'; from: string; to: string }
  | { fault: 'band-overlap'; from: string; to: string }
  | { fault: 'band-range'; from: string; to: string };

const HUNDRED = new Big(100);

/** Those of the hundred points that have a weight. */
export function weighed({ indicators }: Pick<CompiledScheme, 'indicators'>): CompiledIndicator[] {
  return indicators.filter(({ bonus, weight }) => !bonus && weight !== null && new Big(weight).gt(0));
}

/** Everything that keeps a scheme from being used; none where it is sound. */
export function schemeFaults({ indicators, bands, decimals }: CompiledScheme): SchemeFault[] {
  const counted = indicators.filter(({ bonus }) => !bonus);
  const open = counted.filter(({ weight }) => weight === null).map(({ id }) => id);
  if (counted.length === 0 || open.length > 0) return [{ fault: 'no-weights', indicators: open }];
  const sum = counted.reduce((total, { weight }) => total.plus(weight ?? 0), new Big(0));
  const weights: SchemeFault[] = sum.eq(HUNDRED) ? [] : [{ fault: 'weights-sum', sum: sum.toFixed() }];
  return [...weights, ...bandFaults(bands, decimals)];
}

/**
 * Bands cover 0 to 100 without gap or overlap. One may end where the next begins, or one unit of the rounded total before:
 * 0–59.99 and 60–100 leave nothing between them where totals have two decimals.
 */
export function bandFaults(bands: readonly Pick<CompiledBand, 'from' | 'to'>[], decimals: number): SchemeFault[] {
  if (bands.length === 0) return [];
  const unit = new Big(10).pow(-decimals);
  const sorted = [...bands].sort((a, b) => new Big(a.from).cmp(b.from));
  const faults: SchemeFault[] = [];
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first && !new Big(first.from).eq(0)) faults.push({ fault: 'band-range', from: '0', to: first.from });
  if (last && !new Big(last.to).eq(HUNDRED)) faults.push({ fault: 'band-range', from: last.to, to: '100' });
  for (const [index, band] of sorted.entries()) {
    if (new Big(band.to).lt(band.from)) faults.push({ fault: 'band-overlap', from: band.from, to: band.to });
    const next = sorted[index + 1];
    if (!next) continue;
    const gap = new Big(next.from).minus(band.to);
    if (gap.lt(0)) faults.push({ fault: 'band-overlap', from: next.from, to: band.to });
    if (gap.gt(0) && !gap.eq(unit)) faults.push({ fault: 'band-gap', from: band.to, to: next.from });
  }
  return faults;
}

/**
 * To how many decimals totals are rounded: two, or so many as the bands' edges leave between one band and the next (0–59 and
 * 60–100 speak of whole points).
 */
export function decimalsOf(bands: readonly Pick<CompiledBand, 'from' | 'to'>[]): number {
  const sorted = [...bands].sort((a, b) => new Big(a.from).cmp(b.from));
  const gaps = sorted.slice(1).map((band, index) => new Big(band.from).minus(sorted[index]?.to ?? band.from));
  if (gaps.some((gap) => gap.eq(1))) return 0;
  return gaps.some((gap) => gap.eq('0.1')) ? 1 : 2;
}

/** The band of a rounded total: its lower edge belongs to it, so a total on an edge is in the upper band. */
export function bandOf(total: string, bands: readonly CompiledBand[]): CompiledBand | undefined {
  return [...bands].sort((a, b) => new Big(b.from).cmp(a.from)).find(({ from }) => new Big(total).gte(from));
}

/** A total as it counts: half up to the scheme's decimals, before its band is looked up. 79.995 is 80.00. */
export function rounded(total: Big, decimals: number): string {
  return total.round(decimals, Big.roundHalfUp).toFixed(decimals);
}

/** Weights that the period before set for this one take the place of the scheme's, of exactly its indicators (S001b-05). */
export function weighedBy(
  scheme: CompiledScheme | null,
  weights: Record<string, string> | null,
): CompiledScheme | null {
  if (scheme === null || weights === null) return scheme;
  const counted = scheme.indicators.filter(({ bonus }) => !bonus);
  if (!counted.every(({ id }) => Object.hasOwn(weights, id))) return scheme;
  const indicators = scheme.indicators.map((one) => (one.bonus ? one : { ...one, weight: weights[one.id] ?? null }));
  return { ...scheme, indicators, version: `${scheme.version}+` };
}
