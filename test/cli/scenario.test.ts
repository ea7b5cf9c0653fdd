import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { CommandFailed } from '../../cli/output.ts';
import type { Scenario } from '../../cli/scenario.ts';
import { readScenario, resolveScenario } from '../../cli/scenario.ts';
import type { BadCase } from '../templates/draft-file.ts';
import { changed, goodDraft, readCases } from '../templates/draft-file.ts';
import { goodScenario, scenarioFile } from './scenario-file.ts';

function understood(given: unknown): Scenario {
  const read = resolveScenario(given, '.');
  if ('errors' in read) throw new CommandFailed(read.errors);
  return read.scenario;
}

function failure(path: string): CommandFailed {
  try {
    readScenario(path);
  } catch (error) {
    if (error instanceof CommandFailed) return error;
    throw error;
  }
  throw new Error(`${path} was accepted`);
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const badInput = readCases<BadCase>(new URL('scenario-bad-input.yaml', import.meta.url));

test.each(badInput)('$case is refused as $code at $path', (bad) => {
  const read = resolveScenario(changed(goodScenario(), bad), '.');
  const errors = 'errors' in read ? read.errors : [];
  expect(errors.map(({ path, code }) => ({ path, code }))).toEqual([{ path: bad.path, code: bad.code }]);
});

test('acts get instants of the agreement’s zone, day 0 is the latest signing date', () => {
  const { acts, dayZero, firstMs, until, untilMs } = understood(goodScenario());
  expect(acts.map(({ do: act, atMs }) => `${act} ${iso(atMs)}`)).toEqual([
    'sign 2026-09-01T01:00:00.000Z',
    'sign 2026-09-03T02:00:00.000Z',
    'submit 2026-10-05T08:30:15.000Z',
    'review 2026-10-08T01:00:00.000Z',
    'terminate 2026-12-01T04:00:00.000Z',
  ]);
  expect(dayZero).toBe('2026-09-02');
  expect(iso(firstMs)).toBe('2026-09-01T01:00:00.000Z');
  expect(until).toBe('2027-09-01');
  expect(iso(untilMs)).toBe('2027-09-01T16:00:00.000Z');
});

test('a signature entered for a side counts as that side’s, and a past hand-in keeps its time', () => {
  const at = '2026-11-02 09:00';
  const { acts, dayZero } = understood({
    ...goodDraft(),
    script: [
      { at, as: 'coordinator', for: 'A', do: 'sign', signedOn: '2026-09-01' },
      { at, as: 'coordinator', for: 'B', do: 'sign', signedOn: '2026-09-02' },
      { at, as: 'coordinator', for: 'A', do: 'submit', obligation: 'process-plan', handedInAt: '2026-10-05 16:30' },
    ],
  });
  expect(dayZero).toBe('2026-09-02');
  expect(acts.map(({ as, for: side }) => `${as} ${side}`)).toEqual(['coordinator A', 'coordinator B', 'coordinator A']);
  const [, , past] = acts;
  expect(past?.do === 'submit' ? iso(past.handedInAtMs ?? null) : null).toBe('2026-10-05T08:30:00.000Z');
});

test('signedOn is everybody’s signature at 09:00 that day, before an act at the same time', () => {
  const script = [{ at: '2026-09-01 08:00', as: 'A', do: 'submit', obligation: 'process-plan' }];
  const { acts, dayZero } = understood({
    ...goodDraft(),
    signedOn: '2026-09-01',
    script: [...script, { at: '2026-09-01 09:00', as: 'A', do: 'submit', obligation: 'process-plan' }],
  });
  expect(acts.map(({ do: act, as, path }) => `${act} ${as} ${path}`)).toEqual([
    'submit A script[0]',
    'sign A signedOn',
    'sign B signedOn',
    'submit A script[1]',
  ]);
  expect(acts[3]).toMatchObject({ obligation: 'process-plan' });
  expect(dayZero).toBe('2026-09-01');
});

test('a scenario ends with the agreement, or with its last act if that is later', () => {
  const terms = { contractTotal: '1', expiresOn: '2026-11-30' };
  expect(understood({ ...goodDraft(), terms, signedOn: '2026-09-01' }).until).toBe('2026-11-30');
  expect(understood({ ...goodScenario(), terms }).until).toBe('2026-12-01');
  expect(understood({ ...goodScenario(), terms, until: '2027-01-01' }).until).toBe('2027-01-01');
});

test('without everybody’s signature there is no day 0', () => {
  expect(understood(goodDraft())).toMatchObject({ acts: [], dayZero: null, firstMs: null, until: null, untilMs: null });
  const [first] = goodScenario()['script'] as unknown[];
  expect(understood({ ...goodDraft(), script: [first] }).dayZero).toBeNull();
});

test('a time that summer time leaves out does not exist', () => {
  const given = { ...goodDraft(), zone: 'Europe/Berlin', script: [{ at: '2026-03-29 02:30', as: 'A', do: 'sign' }] };
  const read = resolveScenario(given, '.');
  expect('errors' in read && read.errors.map(({ path, code }) => [path, code])).toEqual([
    ['script[0].at', 'invalid-date'],
  ]);
});

test('a named file is looked for beside the scenario', () => {
  const act = { at: '2026-09-05 09:00', as: 'A', do: 'submit', obligation: 'process-plan', file: 'plan.txt' };
  const path = scenarioFile(JSON.stringify({ ...goodDraft(), script: [act] }), 'scenario.json');
  expect(failure(path).code).toBe('file-not-found');
  const file = join(dirname(path), 'plan.txt');
  writeFileSync(file, 'the plan');
  expect(readScenario(path).acts[0]).toMatchObject({ do: 'submit', file });
});

const good = JSON.stringify(goodDraft());
const deep = `template: ${'['.repeat(20_000)}`;

test.each([
  ['an alias', 'template: &t service-attachments\nzone: *t\n', 'invalid-yaml'],
  ['an anchor', 'template: &t service-attachments\n', 'invalid-yaml'],
  ['a tag', 'template: !secret service-attachments\n', 'invalid-yaml'],
  ['a key twice', 'template: a\ntemplate: b\n', 'invalid-yaml'],
  ['two documents', `${good}\n---\n${good}\n`, 'invalid-yaml'],
  ['a map as a key', '? { a: b }\n: c\n', 'invalid-yaml'],
  ['an unclosed bracket', 'template: [', 'invalid-yaml'],
  ['endless nesting', deep, 'invalid-yaml'],
  ['an empty file', '', 'invalid-value'],
  ['a list', '[]', 'invalid-value'],
  ['a mebibyte and more', `${good}\n# ${'x'.repeat(1024 * 1024)}`, 'file-too-large'],
])('%s is refused as %s', (_name, text, code) => {
  expect(failure(scenarioFile(text)).code).toBe(code);
});

test('a missing file and a folder are refused', () => {
  expect(failure('/no/such/scenario.yaml').code).toBe('file-not-found');
  expect(failure('.').code).toBe('file-not-found');
});

test('problems of one kind share its code, others are invalid-scenario', () => {
  const one = resolveScenario({ ...goodDraft(), terms: { contractTotal: '-1' } }, '.');
  const two = resolveScenario({ ...goodDraft(), terms: { contractTotal: '-1', colour: 'red' } }, '.');
  expect('errors' in one && new CommandFailed(one.errors).code).toBe('negative-amount');
  expect('errors' in two && new CommandFailed(two.errors).code).toBe('invalid-scenario');
});
