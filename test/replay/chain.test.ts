import { expect, test } from 'vitest';
import { CHAIN_START, canonicalJson, chainHash, verifyChain } from '../../activities/chain.ts';

function chain(bodies: object[]) {
  let previous = CHAIN_START;
  return bodies.map((event, index) => {
    const body = canonicalJson({ sequence: index + 1, ...event });
    const row = { sequence: index + 1, body, previous, hash: chainHash(previous, body) };
    previous = row.hash;
    return row;
  });
}

test('equal values have one text', () => {
  expect(canonicalJson({ b: [1, undefined, { d: undefined, c: '协议' }], a: null })).toBe(
    '{"a":null,"b":[1,null,{"c":"协议"}]}',
  );
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
});

test.each([[new Date(0)], [new Map()], [() => 1], [Number.NaN], [1n]])('%s has no text', (value) => {
  expect(() => canonicalJson({ value })).toThrow(TypeError);
});

test('a whole chain ends in its head, an empty one in its start', () => {
  const rows = chain([{ type: 'a' }, { type: 'b' }]);
  expect(verifyChain(rows)).toEqual({ verdict: 'whole', head: rows[1]?.hash });
  expect(verifyChain([])).toEqual({ verdict: 'whole', head: CHAIN_START });
});

test('a changed, missing or exchanged row is found', () => {
  const rows = () => chain([{ amount: '1.00' }, { amount: '2.00' }, { amount: '3.00' }]);
  const changed = rows().map((row) => ({ ...row, body: row.body.replace('2.00', '9.00') }));
  expect(verifyChain(changed)).toMatchObject({ verdict: 'broken', sequence: 2, what: 'hash' });
  expect(verifyChain(rows().filter(({ sequence }) => sequence !== 2))).toMatchObject({ sequence: 2, what: 'sequence' });
  const rewritten = rows();
  const second = rewritten[1];
  if (second) Object.assign(second, { body: second.body.replace('2.00', '9.00') });
  if (second) second.hash = chainHash(second.previous, second.body);
  expect(verifyChain(rewritten)).toMatchObject({ verdict: 'broken', sequence: 3, what: 'previous' });
});
