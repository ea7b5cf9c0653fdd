import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '../../activities/chain.ts';
import { type Entry, bufferSource } from '../../evidence/container.ts';
import { type Manifest, PATHS, sha256Of } from '../../evidence/format.ts';
import { fingerprintOf, publicKeyOf, signStatement } from '../../evidence/signing.ts';
import { NotABundle, readBundle } from '../../evidence/verify/files.ts';
import type { Finding } from '../../evidence/verify/finding.ts';
import { verifyBundle } from '../../evidence/verify/verify.ts';
import { KEY, entriesOf, gathered, newKey, packedBytes } from './lived-bundle.ts';

/** Ten thousand in all; each is packed, read and verified whole. */
const COUNTS = { bytes: 4_000, rows: 2_000, values: 2_000, files: 500, forged: 1_500 };
const SEED = Number(process.env['MUTATIONS_SEED'] ?? 20_261_122);
const PIN = fingerprintOf(publicKeyOf(KEY));
const FORGER = newKey();

/** mulberry32: the same seed gives the same mutations. */
function randomness(seed: number): { below(most: number): number; of<T>(list: readonly T[]): T } {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    below,
    of<T>(list: readonly T[]): T {
      const one = list[below(list.length)];
      return one === undefined ? expect.unreachable('nothing to choose from') : one;
    },
  };
}
type Random = ReturnType<typeof randomness>;

let entries: Entry[];
let bytes: Buffer;

beforeAll(async () => {
  entries = await entriesOf(gathered());
  bytes = await packedBytes(entries);
  expect(findingsOf(bytes)).toEqual([]);
});

/** Undefined: it is not even a bundle, and the command says so. */
function findingsOf(changed: Buffer): Finding[] | undefined {
  try {
    return verifyBundle(readBundle(bufferSource(changed)), PIN).findings;
  } catch (error) {
    if (error instanceof NotABundle) return undefined;
    throw error;
  }
}

/** Mutates so often and tells what was not found. */
async function missed(
  count: number,
  mutate: (random: Random) => { what: string; changed: readonly Entry[] | Buffer; named?: string } | undefined,
): Promise<string[]> {
  const random = randomness(SEED + count);
  const notFound: string[] = [];
  for (let done = 0; done < count;) {
    const mutation = mutate(random);
    if (!mutation) continue; // it changed nothing
    done += 1;
    if (done % 50 === 0) await pause(0); // the runner hears of it
    const { what, changed, named } = mutation;
    const found = findingsOf(Buffer.isBuffer(changed) ? changed : await packedBytes(changed));
    const isNamed = named === undefined || found === undefined || found.some(({ where }) => where.includes(named));
    if (found?.length === 0 || !isNamed) notFound.push(what);
  }
  return notFound;
}

const replaced = (path: string, content: string | Buffer): Entry[] =>
  entries.map((entry) => (entry.path === path ? { path, bytes: Buffer.from(content as string) } : entry));

const textOf = (path: string): string =>
  (entries.find((entry) => entry.path === path) ?? expect.unreachable(path)).bytes.toString('utf8');

function mutatedBytes(random: Random): { what: string; changed: Buffer } | undefined {
  const at = random.below(bytes.length);
  const length = 1 + random.below(64);
  const kind = random.of(['flip', 'flip', 'flip', 'set', 'remove', 'insert', 'cut', 'exchange', 'repeat']);
  const changed = ((): Buffer => {
    const copy = Buffer.from(bytes);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (kind) {
      case 'flip':
        copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
        return copy;
      case 'set':
        copy[at] = random.below(256);
        return copy;
      case 'remove':
        return Buffer.concat([before, after.subarray(length)]);
      case 'insert':
        return Buffer.concat([before, Buffer.from(Array.from({ length }, () => random.below(256))), after]);
      case 'cut':
        return before;
      case 'repeat':
        return Buffer.concat([before, after.subarray(0, length), after]);
      default: {
        const other = random.below(bytes.length - length);
        bytes.copy(copy, other, at, at + length);
        bytes.copy(copy, at, other, other + length);
        return copy;
      }
    }
  })();
  return changed.equals(bytes) ? undefined : { what: `${kind} ${length} at ${at}`, changed };
}

const ROWS = [PATHS.events, PATHS.ledger, PATHS.obligations, PATHS.notices, PATHS.commands, PATHS.documents];

function mutatedRows(random: Random): { what: string; changed: Entry[]; named: string } | undefined {
  const path = random.of(ROWS);
  const lines = textOf(path).split('\n').slice(0, -1);
  const at = random.below(lines.length);
  const other = random.below(lines.length);
  const kind = random.of(['remove', 'repeat', 'exchange', 'cut', 'move']);
  const changed = [...lines];
  if (kind === 'remove') changed.splice(at, 1);
  else if (kind === 'repeat') changed.splice(other, 0, lines[at] ?? '');
  else if (kind === 'cut') changed.splice(at);
  else if (kind === 'move') changed.splice(other, 0, ...changed.splice(at, 1));
  else [changed[at], changed[other]] = [lines[other] ?? '', lines[at] ?? ''];
  const text = changed.map((line) => `${line}\n`).join('');
  if (text === textOf(path)) return undefined;
  return { what: `${kind} ${at} ${other} in ${path}`, changed: replaced(path, text), named: path };
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Another value at a random place of a JSON value. */
function mutatedJson(value: Json, random: Random): Json {
  if (Array.isArray(value) && value.length > 0) {
    const at = random.below(value.length);
    if (random.below(10) === 0) return value.filter((_one, index) => index !== at);
    return value.map((one, index) => (index === at ? mutatedJson(one, random) : one));
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const key = random.of(Object.keys(value));
    const { [key]: chosen = null, ...rest } = value as { [key: string]: Json };
    if (random.below(10) === 0) return rest;
    return { ...(value as { [key: string]: Json }), [key]: mutatedJson(chosen, random) };
  }
  if (typeof value === 'number') return value + random.of([-1, 1, 86_400_000]);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string' && /\d/.test(value))
    return value.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
  return random.of(['another', 7, true, { added: 1 }]);
}

function mutatedText(path: string, random: Random): string {
  const text = textOf(path);
  if (path.endsWith('.jsonl')) {
    const lines = text.split('\n');
    const at = random.below(lines.length - 1);
    lines[at] = canonicalJson(mutatedJson(JSON.parse(lines[at] ?? '') as Json, random));
    return lines.join('\n');
  }
  const changed = mutatedJson(JSON.parse(text) as Json, random);
  if (path === PATHS.signature) return `${canonicalJson(changed)}\n`;
  return `${JSON.stringify(changed, null, path.startsWith('histories/') ? undefined : 1)}\n`;
}

function mutatedValues(random: Random): { what: string; changed: Entry[] } | undefined {
  // Without processes there is nothing in their file to change.
  const path = random.of(
    entries.map((entry) => entry.path).filter((one) => /\.jsonl?$/.test(one) && textOf(one) !== ''),
  );
  const text = mutatedText(path, random);
  return text === textOf(path) ? undefined : { what: `a value in ${path}`, changed: replaced(path, text) };
}

function mutatedFiles(random: Random): { what: string; changed: Entry[] } | undefined {
  const [at, other] = [random.below(entries.length), random.below(entries.length)];
  const [one = entries[0]!, two = entries[0]!] = [entries[at], entries[other]];
  const kind = random.of(['remove', 'add', 'exchange', 'rename', 'empty', 'order']);
  const changed = ((): Entry[] => {
    switch (kind) {
      case 'remove':
        return entries.filter((entry) => entry !== one);
      case 'add':
        return [...entries, { path: `added-${at}.txt`, bytes: one.bytes }];
      case 'rename':
        return entries.map((entry) => (entry === one ? { ...entry, path: `x${entry.path}` } : entry));
      case 'empty':
        return entries.map((entry) => (entry === one ? { ...entry, bytes: Buffer.alloc(0) } : entry));
      case 'exchange':
        return entries.map((entry) => {
          if (entry === one) return { ...entry, bytes: two.bytes };
          return entry === two ? { ...entry, bytes: one.bytes } : entry;
        });
      default:
        return entries.map((entry) => (entry === one ? two : entry === two ? one : entry));
    }
  })();
  const isSame =
    changed.length === entries.length &&
    changed.every(
      ({ path, bytes: content }, index) => path === entries[index]?.path && content.equals(entries[index].bytes),
    );
  return isSame ? undefined : { what: `${kind} ${one.path} ${two.path}`, changed };
}

/** Manifest and signature made anew, as a forger would who has another key. */
function signedAnew(changed: readonly Entry[]): Entry[] {
  const manifest = JSON.parse(textOf(PATHS.manifest)) as Manifest;
  const own: string[] = [PATHS.manifest, PATHS.signature];
  const files = changed.filter(({ path }) => !own.includes(path));
  const written = {
    ...manifest,
    files: files.map(({ path, bytes: content }) => ({ path, size: content.length, sha256: sha256Of(content) })),
  };
  const text = `${JSON.stringify(written, null, 1)}\n`;
  const { format, agreement, heads } = manifest;
  const signature = signStatement({ format, agreement, heads, manifest: sha256Of(text) }, FORGER);
  return [
    { path: PATHS.manifest, bytes: Buffer.from(text) },
    { path: PATHS.signature, bytes: Buffer.from(`${canonicalJson(signature)}\n`) },
    ...files,
  ];
}

function forged(random: Random): { what: string; changed: Entry[]; named: string } | undefined {
  const mutation = random.of([mutatedRows, mutatedValues])(random);
  return (
    mutation && { what: `forged: ${mutation.what}`, changed: signedAnew(mutation.changed), named: 'signature.json' }
  );
}

test('every random change of the file’s bytes is found', { timeout: 300_000 }, async () => {
  expect(await missed(COUNTS.bytes, mutatedBytes)).toEqual([]);
});

test(
  'every row that is removed, repeated, exchanged, moved or cut off is found, and its file named',
  { timeout: 300_000 },
  async () => {
    expect(await missed(COUNTS.rows, mutatedRows)).toEqual([]);
  },
);

test('every changed value is found, in whatever file', { timeout: 300_000 }, async () => {
  expect(await missed(COUNTS.values, mutatedValues)).toEqual([]);
});

test(
  'every file that is removed, added, renamed, emptied or put elsewhere is found',
  { timeout: 300_000 },
  async () => {
    expect(await missed(COUNTS.files, mutatedFiles)).toEqual([]);
  },
);

test('whatever is signed anew with another key is found by the pinned one', { timeout: 300_000 }, async () => {
  expect(await missed(COUNTS.forged, forged)).toEqual([]);
});

/** Without a pin: what the witnesses say of one another must be enough. */
test(
  'a forger with a key of their own is found by the history where the pin is not given',
  { timeout: 300_000 },
  async () => {
    const random = randomness(SEED);
    const witnessed = [PATHS.events, PATHS.ledger, PATHS.obligations];
    for (let done = 0; done < 300;) {
      const path = random.of(witnessed);
      const text = mutatedText(path, random);
      if (text === textOf(path)) continue;
      done += 1;
      const changed = await packedBytes(signedAnew(replaced(path, text)));
      const { verdict, findings } = verifyBundle(readBundle(bufferSource(changed)));
      expect({ path, text, verdict, findings }).not.toMatchObject({ verdict: 'identical' });
    }
  },
);

test('ten thousand they are', () => {
  expect(Object.values(COUNTS).reduce((sum, count) => sum + count)).toBe(10_000);
});
