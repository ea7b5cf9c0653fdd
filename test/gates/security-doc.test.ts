import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PERMISSIONS, ROLES } from '../../api/policy.ts';

const doc = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
const rows = doc
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
/** Those that are not met stand in a table of three columns. */
const requirements = rows.filter((row) => row.length === 4 && row[0]?.startsWith('v5.0.0-'));

test('docs/security.md shows who may do what as the policy has it', () => {
  const words = { all: 'all', own: 'own' } as Record<string, string>;
  const policy = Object.entries(PERMISSIONS).map(([permission, grants]) => [
    `\`${permission}\``,
    ...ROLES.map((role) => words[(grants as Record<string, string>)[role] ?? ''] ?? '–'),
  ]);
  expect(rows.find(([first]) => first === 'Permission')).toEqual(['Permission', ...ROLES]);
  expect(rows.filter(([first = '']) => /^`[\w.-]+`$/.test(first) && first.slice(1, -1) in PERMISSIONS)).toEqual(policy);
});

test('at least 30 requirements of ASVS 5.0, each once, each with a test that exists', () => {
  const ids = requirements.map(([id]) => id);
  expect(ids.length).toBeGreaterThanOrEqual(30);
  expect(new Set(ids).size).toBe(ids.length);
  const missing: string[] = [];
  for (const [id = '', , , shown = ''] of requirements) {
    expect(id).toMatch(/^v5\.0\.0-\d{1,2}\.\d{1,2}\.\d{1,2}$/);
    // `api/hardening`: a title; `api/act`: another title
    const named = shown.split(/; (?=`)/).map((one) => /^`([\w/-]+)`: (.+)$/.exec(one));
    expect(named.length, id).toBeGreaterThan(0);
    for (const match of named) {
      const [, file = '', title = ''] = match ?? expect.unreachable(`${id}: ${shown}`);
      const url = new URL(`../${file}.test.ts`, import.meta.url);
      if (!existsSync(url) || !titlesIn(readFileSync(url, 'utf8')).includes(title))
        missing.push(`${id}: ${file}: ${title}`);
    }
  }
  expect(missing).toEqual([]);
});

/** Every first argument of `test(…)`, `describe(…)` and of what `test.each(…)` gives. */
function titlesIn(source: string): string[] {
  const titles = source.matchAll(/(?:\b(?:test|describe)|\))\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*,/g);
  return [...titles].map(([, single, double]) => (single ?? double ?? '').replace(/\\(['"])/g, '$1'));
}
