import { rmSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { problemLine } from '../../templates/data-file.ts';
import type { LedgerClause } from '../../templates/ledger.ts';
import {
  findClause,
  isOperative,
  listClauses,
  readEvidence,
  readLedgerFiles,
  reasonOf,
} from '../../templates/ledger.ts';
import { TemplateError, ownFolders, useOwnTemplates } from '../../templates/library.ts';
import { SMALL, SMALL_LEDGER, folderOf } from './small-template.ts';

const folders: string[] = [];
afterEach(() => useOwnTemplates(undefined));
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Problems of a ledger, as lines. */
function problems(ledger: string, name = 'clauses-S900.yaml'): string[] {
  const folder = folderOf({ 'small/template.yaml': SMALL, [`small/${name}`]: ledger });
  folders.push(folder);
  return readLedgerFiles(ownFolders(folder)).flatMap(({ read }) =>
    'problems' in read ? read.problems.map((problem) => problemLine(problem, 'en')) : [],
  );
}

const COUNTS = {
  S000: 39,
  S001a: 75,
  S001b: 106,
  S001c: 77,
  S002: 49,
  'S003-C': 17,
  'S003-E': 13,
  'S003-K': 22,
  'S003-N': 13,
  'S003-S': 28,
  'S003-guidance': 95,
  S004: 31,
};

test('every clause of the twelve sources is there once, in the order of the sources', () => {
  const clauses = listClauses();
  expect(clauses).toHaveLength(565);
  expect(new Set(clauses.map(({ id }) => id)).size).toBe(565);
  expect([...new Set(clauses.map(({ source }) => source))]).toEqual(Object.keys(COUNTS));
  for (const [source, count] of Object.entries(COUNTS)) {
    expect({ source, count: clauses.filter((clause) => clause.source === source).length }).toEqual({ source, count });
  }
});

test('a clause is found by its id', () => {
  expect(findClause('S003-A-01')).toMatchObject({ source: 'S003-guidance', folder: 'guidance', status: 'recorded' });
  expect(findClause('S999-01')).toBeUndefined();
});

test('what it says is short, in both languages', () => {
  const long = (clause: LedgerClause): boolean =>
    clause.says.zh.length > 80 || clause.says.en.split(/\s+/).length > 35 || !/\p{Script=Han}/u.test(clause.says.zh);
  expect(
    listClauses()
      .filter(long)
      .map(({ id }) => id),
  ).toEqual([]);
});

test('guidance obliges nobody', () => {
  const guidance = listClauses().filter(({ source }) => source === 'S003-guidance');
  expect(guidance.filter((clause) => isOperative(clause) || clause.behaviour.length > 0)).toEqual([]);
  expect(new Set(guidance.map(({ status }) => status))).toEqual(new Set(['recorded', 'shown']));
});

test('the reason names the capability that is waited for, what the ledger says, or both', () => {
  const reason = { zh: '原文没有', en: 'the text has none' };
  expect(reasonOf({})).toBeUndefined();
  expect(reasonOf({ until: 'web' })).toMatchObject({ en: 'waits for the web application (7 of 7)' });
  expect(reasonOf({ reason })).toEqual(reason);
  expect(reasonOf({ until: 'web', reason })?.en).toBe('waits for the web application (7 of 7); the text has none');
});

test('evidence names clauses that are there, and examples', () => {
  for (const [id, examples] of Object.entries(readEvidence())) {
    expect(findClause(id)).toBeDefined();
    expect(examples.length).toBeGreaterThan(0);
  }
});

test.each([
  ['an unknown status', 'status: automated', 'status: done', /clauses\[1\]\.status: expected one of automated/],
  [
    'absent without a reason',
    'status: automated',
    'status: absent',
    /clauses\[1\]\.status: expected until or reason beside absent$/,
  ],
  ['an unknown key', 'article: 第一条', 'artikel: 第一条', /clauses\[0\]: unknown key artikel; expected none$/],
  ['an id that is none', 'id: S900-02', 'id: two', /clauses\[1\]\.id: expected a clause id such as S001a-60$/],
])('%s names file, line and what was expected', (_name, from, to, expected) => {
  const ledger = SMALL_LEDGER.replace(from, to);
  expect(ledger).not.toBe(SMALL_LEDGER);
  const lines = problems(ledger);
  expect(lines.some((line) => expected.test(line))).toBe(true);
  for (const line of lines) expect(line).toMatch(/\/small\/clauses-S900\.yaml:\d+: /);
});

test('a ledger is named after its source', () => {
  expect(problems(SMALL_LEDGER, 'clauses-S901.yaml')).toEqual([
    expect.stringMatching(/clauses-S901\.yaml:1: source: expected the source that the file is named after/),
  ]);
});

test('broken YAML names its line', () => {
  expect(problems('source: S900\nclauses: [')).toEqual(
    expect.arrayContaining([expect.stringMatching(/clauses-S900\.yaml: line \d+: /)]),
  );
});

test('the clauses of the user’s templates follow ours; one that is there already is refused', () => {
  const folder = folderOf({ 'small/template.yaml': SMALL, 'small/clauses-S900.yaml': SMALL_LEDGER });
  folders.push(folder);
  useOwnTemplates(folder);
  expect(
    listClauses()
      .slice(-3)
      .map(({ id }) => id),
  ).toEqual(['S900-01', 'S900-02', 'S900-03']);

  const clash = folderOf({
    'small/template.yaml': SMALL,
    'small/clauses-S900.yaml': SMALL_LEDGER.replace('id: S900-01', 'id: S003-A-01'),
  });
  folders.push(clash);
  useOwnTemplates(clash);
  expect(() => listClauses()).toThrow(TemplateError);
  expect(() => listClauses()).toThrow(/expected a clause id used once; S003-A-01 is in templates\/guidance/);
});
