import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '../../templates/plan.ts';
import { goodDraft } from '../templates/draft-file.ts';
import { abide } from './abide-process.ts';
import { scenarioFile } from './scenario-file.ts';

const good = scenarioFile(JSON.stringify({ ...goodDraft(), signedOn: '2026-09-01' }));

test('plan --json prints the plan and nothing else', () => {
  const { code, stdout, stderr } = abide(['plan', good, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const plan = JSON.parse(stdout) as Plan;
  expect(plan).toMatchObject({
    template: 'service-attachments@2',
    zone: 'Asia/Shanghai',
    calendar: { id: 'cn', provisionalFrom: '2027-01-01' },
  });
  const open = plan.open.map(({ term }) => term);
  for (const term of ['penaltyCapPercent', 'penaltyGraceDays', 'expiresOn']) expect(open).toContain(term);
  expect(plan.terms.find(({ name }) => name === 'contractTotal')).toMatchObject({
    value: '1000000.00',
    origin: 'blank',
  });
  expect(plan.obligations.map(({ id, dueAt, localDate }) => [id, dueAt, localDate])).toEqual([
    ['needs-analysis-report', '2026-10-09T00:00:00+08:00', '2026-10-08'],
    ['process-plan', '2026-11-03T00:00:00+08:00', '2026-11-02'],
    ['training-plan', '2026-12-01T00:00:00+08:00', '2026-11-30'],
  ]);
  expect(plan.obligations[0]?.explanation.map(({ en }) => en)).toEqual([
    'signed 2026-09-01, day not counted',
    '+30 days = 2026-10-01',
    'National Day, rest',
    'next working day 2026-10-08',
    'ends on 2026-10-08 at 24:00 Asia/Shanghai',
  ]);
});

test('the same scenario gives the same plan, byte for byte', () => {
  expect(abide(['plan', good, '--json']).stdout).toBe(abide(['plan', '--json', good]).stdout);
});

test('without --json the plan is for people, in the language of the terminal', () => {
  expect(abide(['plan', good], { lang: 'en_GB.UTF-8' }).stdout).toContain('2026-10-08  needs-analysis-report');
  expect(abide(['plan', good], { lang: 'zh_CN.UTF-8' }).stdout).toContain('到期日');
});

test('a path is taken from the current folder', () => {
  expect(abide(['plan', basename(good), '--json'], { cwd: dirname(good) }).code).toBe(0);
});

test('what is wrong goes to stderr as JSON, exit 1, nothing on stdout', () => {
  const bad = scenarioFile(JSON.stringify({ ...goodDraft(), terms: { contractTotal: '1.001' } }));
  const { code, stdout, stderr } = abide(['plan', bad, '--json']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({
    type: 'urn:abide:too-many-decimals',
    title: '1.001 has more decimals than CNY has',
    detail: 'terms.contractTotal: 1.001 has more decimals than CNY has',
    errors: [
      {
        path: 'terms.contractTotal',
        code: 'too-many-decimals',
        message: '1.001 has more decimals than CNY has',
        cure: 'leave out the further decimals',
      },
    ],
  });
});

test.each([
  ['no command', []],
  ['an unknown command', ['dance']],
  ['no scenario', ['plan']],
  ['an unknown option', ['plan', good, '--colour']],
  ['a file that is not there', ['plan', 'no-such-file.yaml']],
  ['an unknown code', ['replay', 'x', '--code', 'yesterday']],
])('%s exits 1 without a stack trace', (_name, args) => {
  const { code, stdout, stderr } = abide(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('usage errors are JSON too where JSON was asked for', () => {
  expect(JSON.parse(abide(['plan', '--json']).stderr)).toMatchObject({ type: 'urn:abide:invalid-usage' });
});

test('help is no error', () => {
  expect(abide(['--help']).code).toBe(0);
});
