import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';

const at = '2026-09-23 10:00';
const scenario = (script: object[], more: object = {}) => ({
  template: 'service-third-party',
  signedOn: '2026-09-01',
  until: '2026-10-31',
  parties: {
    A: { name: '甲公司', email: 'a@a.example.com' },
    B: { name: '乙公司', email: 'b@b.example.com' },
  },
  coordinator: { name: '方圆', email: 'fangyuan@example.com' },
  terms: { contractTotal: '500000.00', replyWorkingDays: 5, thirdPartyLiabilityCap: '100000.00' },
  script,
  ...more,
});

function problemsOf(script: object[]): string[] {
  const read = resolveScenario(scenario(script), tmpdir());
  return 'errors' in read ? read.errors.map(({ path, code }) => `${path} ${code}`) : [];
}

function lived(script: object[], more: object = {}) {
  const read = resolveScenario(scenario(script, more), tmpdir());
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  const { engagements, rejections, ledger } = liveInMemory(livable(read.scenario));
  return { engagements, ledger, codes: rejections.map(({ do: act, code }) => `${act} ${code}`) };
}

const applied = { at, as: 'A', do: 'apply', engagement: 'audit', purpose: '审计', scope: '技术支持', effect: '改进' };
const agreed = { at: '2026-09-24 10:00', as: 'B', do: 'reply', engagement: 'audit', verdict: 'agree' };
const sign = (as: string) => ({ at: '2026-09-28 10:00', as, do: 'sign', engagement: 'audit' });

describe('what no life could make sense of is an error with its path, before anything is lived', () => {
  test.each([
    ['a verdict that is none', { ...agreed, verdict: 'perhaps' }],
    ['a sum as a number', { at, as: 'A', do: 'report-loss', amount: 100, cause: 'third' }],
    ['a negative sum', { at, as: 'A', do: 'propose-cap', amount: '-1.00' }],
    ['a key that nobody knows', { ...applied, scop: 'x' }],
    ['an unknown ground of an end', { at, as: 'A', do: 'end', engagement: 'audit', ground: 'boredom' }],
    ['a day that is none', { ...sign('A'), signedOn: '2026-02-30' }],
    ['an empty name', { ...applied, engagement: '' }],
    ['a file that is not there', { ...applied, file: 'missing.pdf' }],
    ['a seat that is none', { ...applied, as: 'nobody' }],
  ])('%s', (_what, item) => {
    const problems = problemsOf([item]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.startsWith('script[0]'))).toBe(true);
  });
});

describe('what the contract refuses is a rejection with its code, and the life goes on', () => {
  test('before anything was applied for nothing begins, is paid, or is known', () => {
    const { codes, engagements } = lived([
      { at, as: 'A', do: 'start-work' },
      { at, as: 'A', do: 'pay', engagement: 'audit', amount: '1.00' },
      { at, as: 'B', do: 'reply', verdict: 'agree' },
      { at, as: 'A', do: 'sign', engagement: 'audit' },
    ]);
    expect(codes).toEqual([
      'start-work gate-closed',
      'pay gate-closed',
      'reply unknown-engagement',
      'sign unknown-engagement',
    ]);
    expect(engagements).toEqual([]);
  });

  test('an application that lacks a field is refused by its name; no engagement begins', () => {
    const { purpose: _purpose, ...without } = applied;
    const { codes, engagements } = lived([without, { ...applied, as: 'third' }]);
    expect(codes).toEqual(['apply application-incomplete', 'apply not-responsible']);
    expect(engagements).toEqual([]);
  });

  test.each(['satisfaction-improvement', 'satisfaction-evaluation', 'after-sales-commitment', 'evaluation-commission'])(
    '%s speaks of no third party: not-provided',
    (template) => {
      const parties =
        template === 'satisfaction-evaluation' ? { Company: { name: '公司', email: 'c@example.com' } } : undefined;
      const as = parties ? 'Company' : 'A';
      const read = resolveScenario(
        { ...scenario([{ ...applied, as }]), template, terms: {}, ...(parties ? { parties } : {}) },
        tmpdir(),
      );
      if ('errors' in read) throw new Error(JSON.stringify(read.errors));
      expect(liveInMemory(livable(read.scenario)).rejections.map(({ code }) => code)).toEqual(['not-provided']);
    },
  );

  test('two third parties at the same time: each signs its own, and the others of its name do not', () => {
    const other = { ...applied, engagement: 'law', third: { name: '某律所', email: 'law@example.com' } };
    const { engagements } = lived([
      applied,
      other,
      agreed,
      { ...agreed, engagement: 'law' },
      sign('A'),
      sign('B'),
      { ...sign('A'), engagement: 'law' },
      { ...sign('B'), engagement: 'law' },
      { ...sign('third'), engagement: 'law' },
      { at: '2026-09-29 10:00', as: 'third', do: 'start-work', engagement: 'law' },
    ]);
    expect(engagements.map((row) => [row['engagement'], row['third'], row['status'], row['workStartedOn']])).toEqual([
      ['audit', 'third', 'signing', null],
      ['law', 'third-law', 'active', '2026-09-29'],
    ]);
  });

  test('synonyms, a name that is left out, and a cap that the script calls by its sum', () => {
    const { codes, engagements } = lived([
      { ...applied, do: 'apply', scope: ['Technical support', '驻场培训'] },
      { at: '2026-09-24 10:00', as: 'B', do: 'reply', verdict: 'ACCEPT' },
      sign('A'),
      sign('B'),
      sign('third'),
      { at: '2026-09-29 10:00', as: 'A', do: 'assign', task: '培训', scope: '驻场培训' },
      { at: '2026-09-29 10:00', as: 'A', do: 'assign', task: '审查', scope: '法律审查' },
      { at: '2026-10-08 10:00', as: 'A', do: 'propose-cap', amount: '200000.00' },
      { at: '2026-10-09 10:00', as: 'B', do: 'consent', cap: '200000.00' },
      { at: '2026-10-12 10:00', as: 'third', do: 'decline', cap: '200000.00' },
      { at: '2026-10-13 10:00', as: 'B', do: 'report-loss', amount: '120000.00', cause: '第三方' },
    ]);
    expect(codes).toEqual(['assign out-of-scope']);
    expect(engagements[0]).toMatchObject({
      cap: '100000.00',
      capChanges: [{ amount: '200000.00', status: 'declined' }],
      losses: [{ recoverable: '100000.00', ownLoss: '20000.00', ownShares: null }],
    });
  });

  test('what the coordinator enters for a party brings its paper; a suspension of the whole stops the time to answer', () => {
    const { codes, engagements } = lived([
      applied, // until 2026-10-08; the 28th to the 30th, 8 to 10, 12 and 13 October are lost
      { at: '2026-09-28 09:00', as: 'coordinator', do: 'suspend', ground: 'force-majeure', reason: '洪水' },
      { at: '2026-10-14 09:00', as: 'coordinator', do: 'resume' },
      { at: '2026-10-19 10:00', as: 'coordinator', for: 'B', do: 'reply', engagement: 'audit', verdict: 'agree' },
      { at: '2026-10-21 10:00', as: 'coordinator', for: 'A', do: 'withdraw', engagement: 'audit' },
    ]);
    expect(codes).toEqual([]);
    expect(engagements[0]).toMatchObject({ status: 'withdrawn', verdict: 'agree', daysLate: 0 });
    expect(engagements[0]?.replyDueAt).toBe('2026-10-20T00:00:00+08:00');
  });

  test('names that differ in their Chinese alone are two third parties with a seat each', () => {
    const third = (name: string) => ({ name, email: `${name.length}@third.example.com` });
    const { engagements } = lived([
      { ...applied, engagement: '审计 A', third: third('华审事务所') },
      { ...applied, engagement: '检测 A', third: third('华测检测') },
    ]);
    const seats = engagements.map((one) => one['third']);
    expect(new Set(seats).size).toBe(2);
  });

  test('S001a begins with its draft: signing comes after the review of both', () => {
    const { codes, engagements } = lived(
      [
        { at, as: 'A', do: 'sign', engagement: 'attachment-7' },
        { at: '2026-09-24 10:00', as: 'A', do: 'review', engagement: 'attachment-7', verdict: 'accept' },
        { at: '2026-09-24 11:00', as: 'B', do: 'review', engagement: 'attachment-7' },
        { at: '2026-09-28 10:00', as: 'A', do: 'sign', engagement: 'attachment-7' },
        { at: '2026-09-28 11:00', as: 'third', do: 'sign', engagement: 'attachment-7' },
      ],
      { template: 'service-attachments', terms: { contractTotal: '500000.00', thirdPartyLiabilityCap: '100000.00' } },
    );
    expect(codes).toEqual(['sign review-first']);
    expect(engagements[0]).toMatchObject({ status: 'active', startedOn: '2026-09-28', replyDueAt: null });
  });
});
