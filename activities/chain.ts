import { createHash } from 'node:crypto';

/** What the first event of a chain follows: 64 zeros. */
export const CHAIN_START = '0'.repeat(64);

/**
 * JSON with keys in code-unit order and without spaces: equal values give equal text. Properties that are `undefined` are
 * left out, as a payload leaves them out.
 *
 * @throws TypeError for what JSON has no text for: a function, a symbol, a bigint, a number that is not finite, and
 *   anything but plain objects and arrays (a `Date` or `Map` would lose its meaning).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`no JSON for ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new TypeError('no JSON for a class');
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`no JSON for a ${typeof value}`);
}

/** The hash of an event: SHA-256, in hex, of its predecessor's hash, a line feed and its own canonical body, as UTF-8. */
export function chainHash(previousHex: string, canonicalBody: string): string {
  return createHash('sha256').update(`${previousHex}\n${canonicalBody}`, 'utf8').digest('hex');
}

/** One row of a chain, as table `event` keeps it. */
export interface ChainRow {
  sequence: number;
  body: string;
  previous: string;
  hash: string;
}

/** `head` is the last hash (`CHAIN_START` of an empty chain); `sequence` is the first row that is missing, added or changed. */
export type ChainVerdict =
  | { verdict: 'whole'; head: string }
  | {
      verdict: 'broken';
      sequence: number;
      what: 'sequence' | 'previous' | 'hash' | 'body';
      recorded: string;
      now: string;
    };

/** Checks the rows of one workflow id, ascending by sequence from 1: none missing, each hash made of its predecessor. */
export function verifyChain(rows: readonly ChainRow[]): ChainVerdict {
  let head = CHAIN_START;
  for (const [index, row] of rows.entries()) {
    const sequence = index + 1;
    const broken = (what: 'sequence' | 'previous' | 'hash' | 'body', recorded: string, now: string): ChainVerdict => ({
      verdict: 'broken',
      sequence,
      what,
      recorded,
      now,
    });
    if (row.sequence !== sequence) return broken('sequence', String(row.sequence), String(sequence));
    if (row.previous !== head) return broken('previous', row.previous, head);
    const hash = chainHash(head, row.body);
    if (row.hash !== hash) return broken('hash', row.hash, hash);
    const named = bodySequence(row.body);
    if (named !== sequence) return broken('body', String(named), String(sequence));
    head = hash;
  }
  return { verdict: 'whole', head };
}

function bodySequence(body: string): unknown {
  const event: unknown = JSON.parse(body);
  return typeof event === 'object' && event !== null && 'sequence' in event ? event.sequence : undefined;
}
