import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Rules that ask for types need files of the project; all others are tried on snippets. */
const TYPED = ['no-floating-promises', 'no-misused-promises', 'switch-exhaustiveness-check'];
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false, project: null } },
    rules: Object.fromEntries(TYPED.map((rule) => [`@typescript-eslint/${rule}`, 'off'])),
  },
});

/** The rules that `code` would break if it stood in `file`, which need not exist. */
async function broken(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(ROOT, file) });
  expect(result!.messages.filter(({ fatal }) => fatal)).toEqual([]);
  return result!.messages.map(({ ruleId }) => ruleId ?? 'none');
}

const SYNTAX = 'no-restricted-syntax';
const GLOBALS = 'no-restricted-globals';
const PACKAGES = '@typescript-eslint/no-restricted-imports';
const ZONES = 'import-x/no-restricted-paths';

describe('what no room may do', () => {
  test.each([
    ['activities/x.ts', 'export enum Colour { Red }', SYNTAX],
    ['activities/x.ts', "export * from './clock.ts';", SYNTAX],
    [
      'activities/x.ts',
      'export const x = (): void => { try { f(); } catch {} }; declare function f(): void;',
      'no-empty',
    ],
    ['activities/x.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
    ['activities/x.ts', 'export const x = (a: number): boolean => a == 1;', 'eqeqeq'],
    ['activities/x.ts', 'const x = 1;', '@typescript-eslint/no-unused-vars'],
    ['activities/x.ts', 'export const x = process.env.HOME;', 'no-restricted-properties'],
    ['activities/x.ts', "import { env } from 'node:process'; export const x = env;", PACKAGES],
    ['api/x.ts', 'export const x = Date.now();', SYNTAX],
    ['api/x.ts', 'export const x = new Date();', SYNTAX],
    ['activities/x.ts', 'export const x = Date.now;', SYNTAX],
    ['templates/x.ts', 'export const x = Date();', SYNTAX],
  ])('%s: %s', async (file, code, rule) => expect(await broken(file, code)).toContain(rule));
});

describe('what makes a workflow differ when it is replayed', () => {
  const everywhere = [
    ['export const x = Math.random();', SYNTAX],
    ['export const x = new Intl.NumberFormat();', GLOBALS],
    ['setTimeout(() => undefined, 1);', GLOBALS],
    ['setInterval(() => undefined, 1);', GLOBALS],
    ['export const x = process.pid;', GLOBALS],
    ['export const x = (1).toLocaleString();', SYNTAX],
    ['export const x = new Date(0).getHours();', SYNTAX],
    ['let x = 0; export const y = (): number => x++;', SYNTAX],
    ["import { readFileSync } from 'node:fs'; export const x = readFileSync;", PACKAGES],
    ["import { z } from 'zod'; export const x = z;", PACKAGES],
  ] as const;
  const cases = everywhere.flatMap(([code, rule]) =>
    ['domain/x.ts', 'domain/agreement/x.ts', 'workflows/x.ts'].map((file) => [file, code, rule] as const),
  );
  test.each([
    ...cases,
    ['domain/x.ts', 'export const x = Date.now();', SYNTAX],
    ['domain/obligations/x.ts', 'export const x = new Date();', SYNTAX],
    ['domain/agreement/x.ts', 'export const x = new Map();', SYNTAX],
    ['domain/agreement/x.ts', 'export const x = new Set();', SYNTAX],
    ['domain/agreement/x.ts', 'export class X {}', SYNTAX],
    ['domain/agreement/x.ts', 'export const x = Date.now();', SYNTAX],
  ] as const)('%s: %s', async (file, code, rule) => expect(await broken(file, code)).toContain(rule));

  test('a set that becomes an array at once is allowed', async () => {
    expect(
      await broken('domain/agreement/x.ts', 'export const x = (a: number[]): number[] => [...new Set(a)];\n'),
    ).toEqual([]);
  });

  test('explicit instants are allowed', async () => {
    const code = 'export const x = (ms: number): number => new Date(ms).getUTCDay() + Date.UTC(2026, 0, 1);\n';
    expect(await broken('domain/x.ts', code)).toEqual([]);
  });
});

describe('which room may import which', () => {
  test.each([
    ['domain/x.ts', '../workflows/ids.ts', ZONES],
    ['domain/x.ts', '../config.ts', ZONES],
    ['workflows/x.ts', '../prisma/database.ts', ZONES],
    ['workflows/x.ts', '../config.ts', ZONES],
    ['workflows/x.ts', '../activities/clock.ts', PACKAGES],
    ['activities/x.ts', '../config.ts', ZONES],
    ['activities/x.ts', '../workflows/agreement.ts', PACKAGES],
    ['activities/x.ts', '../embedded/child.ts', ZONES],
    ['api/x.ts', '../activities/record.ts', ZONES],
    ['api/x.ts', '../workflows/proxies.ts', PACKAGES],
    ['api/x.ts', '../embedded/child.ts', ZONES],
    ['api/x.ts', '../test/support/life.ts', ZONES],
    ['cli/x.ts', '../test/support/life.ts', ZONES],
    ['embedded/x.ts', '../test/support/life.ts', ZONES],
    ['templates/x.ts', '../prisma/database.ts', ZONES],
    ['web/x.ts', '../domain/money.ts', ZONES],
    ['web/x.ts', '@temporalio/client', PACKAGES],
  ])('%s not %s', async (file, path, rule) =>
    expect(await broken(file, `import * as it from '${path}';\nexport const x = it;\n`)).toContain(rule),
  );

  test.each([
    ['workflows/x.ts', 'type', '../activities/index.ts'],
    ['workflows/x.ts', '', '../domain/money.ts'],
    ['workflows/x.ts', '', '@temporalio/workflow'],
    ['activities/x.ts', '', '../workflows/ids.ts'],
    ['api/x.ts', '', '../workflows/messages.ts'],
    ['api/x.ts', 'type', '../workflows/agreement.ts'],
    ['api/x.ts', '', '../activities/documents.ts'],
    ['api/x.ts', '', '../activities/clock.ts'],
    ['cli/x.ts', '', '../config.ts'],
    ['domain/x.ts', '', 'big.js'],
  ])('%s: import %s of %s', async (file, type, path) => {
    const use = type === '' ? 'export const x = it;' : 'export type X = typeof it;';
    expect(await broken(file, `import ${type} * as it from '${path}';\n${use}\n`)).toEqual([]);
  });
});

test('rules that ask for types', { timeout: 240_000 }, async () => {
  const typed = new ESLint({ cwd: ROOT, ignore: false });
  const [result] = await typed.lintFiles([join(ROOT, 'test/gates/bad/typed.ts')]);
  const rules = result!.messages.map(({ ruleId }) => ruleId);
  for (const rule of TYPED) expect(rules).toContain(`@typescript-eslint/${rule}`);
});
