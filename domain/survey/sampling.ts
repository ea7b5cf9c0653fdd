/** Somebody who may be asked. */
export interface SampledCustomer {
  id: string;
  tier: string | null;
  branch: string | null;
}

export interface Draw {
  customers: readonly SampledCustomer[];
  method: 'all' | 'random' | 'stratified';
  /** How many are drawn; null with `all`. */
  size: number | null;
  /** Any text; the same one draws the same customers on any machine. Null with `all`. */
  seed: string | null;
}

/** Four words of state from a text: FNV-1a (32 bits) of the text with 0, 1, 2, 3 before it. */
function seedWords(seed: string): [number, number, number, number] {
  const hash = (word: number): number =>
    [...`${word}:${seed}`].reduce(
      (value, character) => Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0,
      0x811c9dc5,
    );
  return [hash(0) || 1, hash(1), hash(2), hash(3)];
}

/** xoshiro128** (Blackman and Vigna 2018): uniform whole numbers of 32 bits. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  const turn = (value: number, by: number): number => ((value << by) | (value >>> (32 - by))) >>> 0;
  return () => {
    const result = Math.imul(turn(Math.imul(b, 5) >>> 0, 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = turn(d, 11);
    return result;
  };
}

/** Uniform in 0 … below − 1: what would favour the small ones is thrown away. */
function below(limit: number, next: () => number): number {
  const usable = Math.floor(2 ** 32 / limit) * limit;
  let value = next();
  while (value >= usable) value = next();
  return value % limit;
}

function ascending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** So many of these, all sets alike: Fisher–Yates from the front, on the ids in ascending order. */
function simple(ids: readonly string[], size: number, next: () => number): string[] {
  const deck = ids.toSorted(ascending);
  const drawn = Math.min(size, deck.length);
  for (let index = 0; index < drawn; index += 1) {
    const other = index + below(deck.length - index, next);
    [deck[index], deck[other]] = [deck[other] ?? '', deck[index] ?? ''];
  }
  return deck.slice(0, drawn);
}

interface Stratum {
  key: string;
  ids: string[];
}

/** Tier × branch, in the order of their keys. */
function strataOf(customers: readonly SampledCustomer[]): Stratum[] {
  const strata: Record<string, string[]> = {};
  for (const { id, tier, branch } of customers) (strata[JSON.stringify([tier, branch])] ??= []).push(id);
  return Object.entries(strata)
    .map(([key, ids]) => ({ key, ids }))
    .sort((a, b) => ascending(a.key, b.key));
}

/**
 * How many of each stratum: in proportion (largest remainder; at a tie the larger stratum, then the earlier key); a
 * stratum left with none gets one from the one that is furthest above its share, as long as there is one for each.
 */
export function allocate(sizes: readonly number[], size: number): number[] {
  const total = sizes.reduce((sum, count) => sum + count, 0);
  if (size >= total) return [...sizes];
  // Whole numbers alone: floor(size × count ÷ total), and what is left of it.
  const places = sizes.map((count) => Math.floor((size * count) / total));
  const left = sizes.map((count) => (size * count) % total);
  const order = sizes
    .map((_, index) => index)
    .sort((a, b) => (left[b] ?? 0) - (left[a] ?? 0) || (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  const open = size - places.reduce((sum, count) => sum + count, 0);
  for (const index of order.slice(0, open)) places[index] = (places[index] ?? 0) + 1;
  if (size < sizes.length) return places;
  for (const empty of places.keys()) {
    if (places[empty] !== 0) continue;
    const above = (index: number): number => (places[index] ?? 0) * total - size * (sizes[index] ?? 0);
    const giver = places
      .map((_, index) => index)
      .filter((index) => (places[index] ?? 0) > 1)
      .sort((a, b) => above(b) - above(a) || (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b)[0];
    if (giver === undefined) break;
    places[giver] = (places[giver] ?? 0) - 1;
    places[empty] = 1;
  }
  return places;
}

/**
 * Ids of those to be asked, ascending. The order of the customers makes no difference. Throws RangeError where size or
 * seed is missing.
 */
export function drawSample({ customers, method, size, seed }: Draw): string[] {
  const ids = customers.map(({ id }) => id);
  if (method === 'all') return ids.sort(ascending);
  if (size === null || !Number.isSafeInteger(size) || size < 1)
    throw new RangeError('a sample needs a size: a whole number from 1');
  if (seed === null || seed === '') throw new RangeError('a sample needs a seed, so that it can be drawn again');
  const next = xoshiro128(seedWords(seed));
  if (method === 'random') return simple(ids, size, next).sort(ascending);
  const strata = strataOf(customers);
  const places = allocate(
    strata.map((stratum) => stratum.ids.length),
    size,
  );
  return strata.flatMap((stratum, index) => simple(stratum.ids, places[index] ?? 0, next)).sort(ascending);
}
