/** What part of the evidence a finding is about. */
export const FINDING_KINDS = [
  'container',
  'file',
  'manifest',
  'signature',
  'key',
  'event',
  'history',
  'code',
  'agreement',
  'process',
  'obligation',
  'ledger',
  'notice',
  'command',
  'document',
  'calendar',
  'replay',
] as const;

/** One thing that is not as it must be. `found: null`: it is not there; `expected: null`: it must not be there. */
export interface Finding {
  what: (typeof FINDING_KINDS)[number];
  /** The file, row, event or field, in words that name it. */
  where: string;
  expected: unknown;
  found: unknown;
}

/** The first place, in the order of keys, at which two JSON values differ; `undefined` is a member that is not there. */
export function differingPlace(a: unknown, b: unknown): { path: string; a: unknown; b: unknown } | undefined {
  if (a === b) return undefined;
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) {
    return { path: '', a: shortened(a ?? null), b: shortened(b ?? null) };
  }
  for (const key of Object.keys(a)) {
    const part = differingPlace(a[key], b[key]);
    if (part) return { ...part, path: part.path === '' ? key : `${key}.${part.path}` };
  }
  const added = Object.keys(b).find((key) => a[key] === undefined && b[key] !== undefined);
  return added === undefined ? undefined : { path: added, a: null, b: shortened(b[added]) };
}

/** A finding for the first place at which what was found differs from what was expected; none when they are equal. */
export function* compare(
  what: Finding['what'],
  where: string,
  { expected, found }: { expected: unknown; found: unknown },
): Generator<Finding> {
  const part = differingPlace(expected, found);
  if (part) yield { what, where: `${where} ${part.path}`.trimEnd(), expected: part.a, found: part.b };
}

/** As `compare`, of what was written anew from a row or left out of it. */
export function* compareSets<T>(
  what: Finding['what'],
  { expected, found, keyOf }: { expected: readonly T[]; found: readonly T[]; keyOf: (one: T) => string },
): Generator<Finding> {
  const wanted = new Map(expected.map((one) => [keyOf(one), one]));
  const there = new Map(found.map((one) => [keyOf(one), one]));
  if (there.size < found.length) {
    const seen = new Set<string>();
    const twice = found.map(keyOf).find((key) => seen.size === seen.add(key).size);
    yield { what, where: `${what} ${twice}`, expected: 'one row', found: 'more than one' };
  }
  for (const [key, one] of wanted) {
    const row = there.get(key);
    if (row === undefined) yield { what, where: `${what} ${key}`, expected: shortened(one), found: null };
    else yield* compare(what, `${what} ${key}`, { expected: one, found: row });
  }
  for (const [key, one] of there) {
    if (!wanted.has(key)) yield { what, where: `${what} ${key}`, expected: null, found: shortened(one) };
  }
}

/** Rows by what they have in common, in their order. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shortened(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text.length <= 500 ? value : `${text.slice(0, 500)}…`;
}
