import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PERMISSION_NAMES } from '../../api/policy.ts';
import { LOGGED_ACTIONS } from '../../api/privacy/access-log.ts';
import { isAct } from '../../api/route.ts';
import { ROUTES } from '../../api/routes.ts';
import { EVENT_TYPES } from '../../web/features/agreement/event-sentence.ts';
import { OBLIGATION_KINDS } from '../../domain/agreement/compiled.ts';
import { REJECTION_CODES } from '../../domain/agreement/rejection.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** Words that features bring along. */
const brought = readdirSync(new URL('web/features/', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\bwords\.(zh|en)\.json$/.test(path))
  .map((path) => `web/features/${path}`);

/** Flat keys of a locale; the plural forms of a language count as one key. */
function keysOf(language: 'zh' | 'en'): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') flat.set(path.replace(/_(one|other)$/, ''), node);
    else for (const [name, child] of Object.entries(node as object)) walk(child, path ? `${path}.${name}` : name);
  };
  walk(JSON.parse(read(`web/locales/${language}.json`)), '');
  for (const path of brought.filter((one) => one.endsWith(`words.${language}.json`))) walk(JSON.parse(read(path)), '');
  return flat;
}

const sources = readdirSync(new URL('web/', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => read(`web/${path}`))
  .join('\n');

/** Keys written out, and patterns such as `event.${type}`. */
const permissions: readonly string[] = PERMISSION_NAMES;
const quoted = new Set(
  Array.from(sources.matchAll(/'([a-z][A-Za-z-]*(?:\.[A-Za-z-]+)+)'/g), ([, key = '']) => key).filter(
    (key) => !permissions.includes(key),
  ),
);
const patterns = Array.from(sources.matchAll(/(?:\bt\(|\] = )`([a-z][A-Za-z]*)\.\$\{/g), ([, group = '']) => group);
const zh = keysOf('zh');
const en = keysOf('en');

/** The discriminators of a union in domain/. */
const typesIn = (path: string): string[] =>
  Array.from(read(path).matchAll(/^ {2}type: '([a-z-]+)'/gm), ([, type = '']) => type);
const wordsOf = (path: string, union: string): string[] => {
  const body = new RegExp(`type ${union} =([^;]*);`).exec(read(path))?.[1] ?? '';
  return Array.from(body.matchAll(/'([a-z-]+)'/g), ([, word = '']) => word);
};

test('both languages have the same keys', () => {
  expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted());
});

test('no text is empty, and both name the same values', () => {
  const values = (text: string): string[] => Array.from(text.matchAll(/\{\{(\w+)\}\}/g), ([, name = '']) => name);
  for (const [key, text] of zh) {
    expect(text, key).not.toBe('');
    expect([...new Set(values(text))].toSorted(), key).toEqual([...new Set(values(en.get(key) ?? ''))].toSorted());
  }
});

test('every key that the pages ask for or hand on exists', () => {
  const groups = new Set([...zh.keys()].map((key) => key.split('.')[0]));
  const asked = Array.from(sources.matchAll(/\bt\(\s*'([^']+)'/g), ([, key = '']) => key);
  const handedOn = [...quoted].filter((key) => groups.has(key.split('.')[0]));
  expect(asked.length).toBeGreaterThan(100);
  expect([...asked, ...handedOn].filter((key) => !zh.has(key))).toEqual([]);
});

test('every key is used', () => {
  const isUsed = (key: string): boolean => quoted.has(key) || patterns.includes(key.split('.')[0] ?? '');
  expect([...zh.keys()].filter((key) => !isUsed(key))).toEqual([]);
});

test('every logged action, and every act on an agreement that can be refused, has its words', () => {
  const acts = ROUTES.filter((one) => isAct(one) && one.path.startsWith('/agreements/{id}')).map(({ id }) => id);
  const asked = [...LOGGED_ACTIONS.map((action) => `loggedAction.${action}`), ...acts.map((act) => `act.${act}`)];
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter((key) => !zh.has(key))).toEqual([]);
});

test('every event type, notice kind, status and rejection of the domain has its words', () => {
  const types = typesIn('domain/agreement/event.ts');
  expect([...EVENT_TYPES].toSorted()).toEqual(types.toSorted());
  const asked = [
    ...types.map((type) => `event.${type}`),
    ...wordsOf('domain/agreement/notice.ts', 'NoticeKind').map((kind) => `noticeKind.${kind}`),
    ...wordsOf('domain/agreement/state.ts', 'AgreementStatus').map((status) => `agreementStatus.${status}`),
    ...wordsOf('domain/agreement/state.ts', 'ObligationStatus').map((status) => `obligationStatus.${status}`),
    ...REJECTION_CODES.map((code) => `rejection.${code}`),
    ...OBLIGATION_KINDS.map((kind) => `kind.${kind}`),
    ...types.map((type) => `eventName.${type}`),
  ];
  expect(asked.length).toBeGreaterThan(45);
  expect(asked.filter((key) => !zh.has(key))).toEqual([]);
});
