import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, drawSample, type SampledCustomer, xoshiro128 } from '../../domain/survey/sampling.ts';

test('xoshiro128** gives the published sequence for the state 1, 2, 3, 4', () => {
  const next = xoshiro128([1, 2, 3, 4]);
  expect(Array.from({ length: 10 }, next)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

function customersOf(counts: Record<string, number>): SampledCustomer[] {
  return Object.entries(counts).flatMap(([stratum, count]) => {
    const [tier = null, branch = null] = stratum.split('/');
    return Array.from({ length: count }, (_, index) => ({ id: `${stratum}/${index}`, tier, branch }));
  });
}

test('S001c-08: a recorded seed draws the same ten of a hundred key customers on any machine', () => {
  const draw = { customers: customersOf({ key: 100 }), method: 'random', size: 10, seed: '2027-Q1' } as const;
  expect(drawSample(draw)).toEqual([10, 20, 25, 3, 4, 44, 49, 8, 81, 98].map((number) => `key/${number}`));
  expect(drawSample({ ...draw, seed: '2027-Q2' })).not.toEqual(drawSample(draw));
});

test('all are asked: no size, no seed, ids ascending', () => {
  const customers = customersOf({ vip: 2, key: 2 });
  expect(drawSample({ customers, method: 'all', size: null, seed: null })).toEqual([
    'key/0',
    'key/1',
    'vip/0',
    'vip/1',
  ]);
});

test('a sample as large as the population is the population; an empty one draws nobody', () => {
  const customers = customersOf({ 'key/north': 3, 'vip/north': 1 });
  for (const method of ['random', 'stratified'] as const) {
    expect(drawSample({ customers, method, size: 4, seed: 's' })).toHaveLength(4);
    expect(drawSample({ customers, method, size: 9, seed: 's' })).toHaveLength(4);
    expect(drawSample({ customers: [], method, size: 9, seed: 's' })).toEqual([]);
  }
});

test('without size or seed nothing is drawn', () => {
  const customers = customersOf({ key: 3 });
  for (const size of [null, 0, -1, 1.5, Number.NaN])
    expect(() => drawSample({ customers, method: 'random', size, seed: 's' })).toThrow(RangeError);
  for (const seed of [null, ''])
    expect(() => drawSample({ customers, method: 'stratified', size: 1, seed })).toThrow(RangeError);
});

test.each([
  // 10 of 50, 30, 20: 5, 3, 2.
  [[50, 30, 20], 10, [5, 3, 2]],
  // 10 of 47, 33, 20: 4.7, 3.3, 2.0; the open place goes to 0.7.
  [[47, 33, 20], 10, [5, 3, 2]],
  // A tie of remainders (2.5, 1.5, 1.0): the larger stratum.
  [[50, 30, 20], 5, [3, 1, 1]],
  // A tie between strata of one size: the earlier one.
  [[10, 10], 3, [2, 1]],
  // 9.8, 0.1, 0.1: the small ones get one each, from the large one.
  [[98, 1, 1], 10, [8, 1, 1]],
  // Fewer places than strata: the largest remainders alone.
  [[10, 6, 4], 2, [1, 1, 0]],
  [[1, 2, 3], 9, [1, 2, 3]],
])('strata of %j share %i places as %j', (sizes, size, places) => {
  expect(allocate(sizes, size)).toEqual(places);
});

const strata = fc.dictionary(
  fc
    .tuple(fc.constantFrom('key', 'vip', 'ordinary'), fc.constantFrom('north', 'south', 'east'))
    .map((t) => t.join('/')),
  fc.integer({ min: 1, max: 40 }),
  { minKeys: 1 },
);

test('property: the order of the customers makes no difference; nobody is drawn twice; as many as asked for', () => {
  fc.assert(
    fc.property(
      strata,
      fc.integer({ min: 1, max: 60 }),
      fc.string({ minLength: 1 }),
      fc.infiniteStream(fc.nat()),
      (counts, size, seed, noise) => {
        const customers = customersOf(counts);
        const shuffled = customers
          .map((customer) => ({ customer, at: Number(noise.next().value) }))
          .sort((a, b) => a.at - b.at)
          .map(({ customer }) => customer);
        for (const method of ['random', 'stratified'] as const) {
          const drawn = drawSample({ customers, method, size, seed });
          expect(drawSample({ customers: shuffled, method, size, seed })).toEqual(drawn);
          expect(new Set(drawn).size).toBe(drawn.length);
          expect(drawn).toHaveLength(Math.min(size, customers.length));
        }
      },
    ),
  );
});

test('property: each stratum is within one of its share, or has exactly the one that it is due at least', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }), fc.nat(), (sizes, raw) => {
      const total = sizes.reduce((sum, count) => sum + count, 0);
      const size = 1 + (raw % total);
      const places = allocate(sizes, size);
      expect(places.reduce((sum, count) => sum + count, 0)).toBe(size);
      const small = sizes.filter((count) => (size * count) / total < 1).length;
      places.forEach((count, index) => {
        const share = (size * (sizes[index] ?? 0)) / total;
        expect(count).toBeLessThanOrEqual(sizes[index] ?? 0);
        expect(count).toBeLessThan(share + 1);
        expect(count).toBeGreaterThan(share - 1 - small);
        if (size >= sizes.length) expect(count).toBeGreaterThanOrEqual(1);
      });
    }),
  );
});

test('a simple random sample favours nobody: each of ten is drawn in three of ten about three times in ten', () => {
  const customers = customersOf({ key: 10 });
  const times = Object.fromEntries(customers.map(({ id }) => [id, 0]));
  const draws = 4000;
  for (let index = 0; index < draws; index += 1)
    for (const id of drawSample({ customers, method: 'random', size: 3, seed: `cycle-${index}` }))
      times[id] = (times[id] ?? 0) + 1;
  // Standard deviation of a share of 0.3 in 4000 draws: 0.0072; five of them.
  for (const count of Object.values(times)) expect(Math.abs(count / draws - 0.3)).toBeLessThan(0.036);
});
