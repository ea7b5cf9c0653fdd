import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';

const PARTIES = {
  A: { name: '江南云服务有限公司', email: 'a@jiangnan.example' },
  B: { name: '北辰制造有限公司', email: 'b@beichen.example' },
};
const THIRD = { thirdPartyName: '华信咨询有限公司', thirdPartyEmail: 'third@huaxin.example' };

function read(template: string, terms: object, script: object[], more: object = {}) {
  return resolveScenario(
    { template, signedOn: '2026-09-01', until: '2026-11-30', parties: PARTIES, terms, script, ...more },
    tmpdir(),
  );
}

function lived(template: string, terms: object, script: object[], more: object = {}) {
  const found = read(template, terms, script, more);
  if ('errors' in found) throw new Error(JSON.stringify(found.errors, null, 1));
  return liveInMemory(livable(found.scenario));
}

const application = {
  as: 'A',
  do: 'apply',
  engagement: 'audit',
  purpose: '独立评估',
  scope: ['TECHNICAL_SUPPORT'],
  expectedEffect: '找出瓶颈',
};

describe('acts as people write them from the contract alone', () => {
  const terms = { contractTotal: '1000000.00', replyWorkingDays: 5, ...THIRD, thirdPartyLiabilityCap: '100000.00' };
  const begun = [
    { at: '2026-10-12 10:00', ...application },
    { at: '2026-10-13 10:00', as: 'B', do: 'reply', engagement: 'audit', verdict: 'agree' },
    ...['A', 'B', 'third'].map((as) => ({ at: '2026-10-14 10:00', as, do: 'sign', engagement: 'audit' })),
    { at: '2026-10-15 10:00', as: 'third', do: 'start-work' },
  ];
  const proposed = { at: '2026-10-20 10:00', as: 'A', do: 'propose-cap', amount: '150000.00' };

  test('consent to another sum than the one that is proposed is refused: nobody agrees to what nobody proposed', () => {
    const { rejections, engagements, notices } = lived('service-third-party', terms, [
      ...begun,
      proposed,
      { at: '2026-10-20 11:00', as: 'B', do: 'consent', cap: '160000.00' },
      { at: '2026-10-20 12:00', as: 'B', do: 'consent', cap: '150000' },
      { at: '2026-10-21 10:00', as: 'third', do: 'decline', cap: 'by-law' },
      { at: '2026-10-21 11:00', as: 'third', do: 'decline', cap: 'audit' },
    ]);
    expect(rejections.map(({ at, do: act, code }) => [at.slice(0, 16), act, code])).toEqual([
      ['2026-10-20T11:00', 'consent', 'nothing-to-approve'],
      ['2026-10-21T10:00', 'decline', 'nothing-to-approve'],
    ]);
    // Whose mail it is, by the word that the script acts under.
    const theirs = notices.filter(({ to }) => to === 'third@huaxin.example');
    expect(theirs.map(({ at, role, kind }) => [at.slice(0, 10), role, kind])).toEqual([
      ['2026-10-14', 'third', 'engagement-request'],
      ['2026-10-20', 'third', 'engagement-notice'],
    ]);
    expect(engagements[0]).toMatchObject({
      cap: '100000.00',
      capChanges: [{ amount: '150000.00', status: 'declined' }],
    });
  });

  test('an invoice is a cost that both share: 1000.01 at 50 % is 500.01 and 500.00 (S001b-86)', () => {
    const { engagements, rejections } = lived('service-third-party', { ...terms, costSharePercentA: '50' }, [
      ...begun,
      { at: '2026-10-23 10:00', as: 'B', do: 'invoice', engagement: 'audit', amount: '1000.01' },
    ]);
    expect(rejections).toEqual([]);
    expect(engagements[0]?.['costs']).toMatchObject([
      { amount: '1000.01', on: '2026-10-23', shares: { A: '500.01', B: '500.00' } },
    ]);
  });

  test('S001a: both approve the draft, 甲方 and the third party sign; a loss of 120,000 over a cap of 100,000 leaves 20,000', () => {
    const { engagements, rejections } = lived(
      'service-attachments',
      { contractTotal: '1000000.00', lossShareAPercent: '50', ...THIRD, thirdPartyLiabilityCap: '100000.00' },
      [
        {
          at: '2026-09-10 10:00',
          ...application,
          identity: { name: '华信', orgType: 'LEGAL_PERSON' },
          documents: ['资质'],
        },
        ...['A', 'B'].map((as) => ({ at: '2026-09-11 10:00', as, do: 'approve', engagement: 'audit' })),
        { at: '2026-09-14 09:00', as: 'third', do: 'start-work', engagement: 'audit' },
        ...['A', 'third'].map((as) => ({ at: '2026-09-14 10:00', as, do: 'sign', engagement: 'audit' })),
        { at: '2026-09-15 10:00', as: 'third', do: 'start-work', engagement: 'audit' },
        { at: '2026-09-21 10:00', as: 'A', do: 'report-loss', amount: '120000.00', cause: 'THIRD_PARTY' },
      ],
    );
    expect(rejections.map(({ do: act, code }) => `${act} ${code}`)).toEqual(['start-work gate-closed']);
    expect(engagements[0]).toMatchObject({
      status: 'active',
      losses: [{ recoverable: '100000.00', ownLoss: '20000.00' }],
    });
  });

  test('a risk is opened, planned for with several measures, and reviewed by its noun', () => {
    const { risks, rejections } = lived(
      'service-third-party',
      { contractTotal: '1000000.00', riskReviewIntervalDays: 30, riskResponseDueDays: 10 },
      [
        { at: '2026-09-10 10:00', as: 'A', do: 'open', risk: 'outage', probability: 4, impact: 5, description: '宕机' },
        { at: '2026-09-15 10:00', as: 'A', do: 'plan', risk: 'outage', measures: ['双机热备', '每周演练'] },
        { at: '2026-09-20 10:00', as: 'A', do: 'review', risk: 'outage', probability: 2, impact: 3 },
        { at: '2026-09-25 10:00', as: 'A', do: 'close', risk: 'outage' },
      ],
    );
    expect(rejections).toEqual([]);
    expect(risks).toMatchObject([
      { risk: 'outage', status: 'closed', probability: 2, impact: 3, version: 2, reviewDueAt: null },
    ]);
    expect(risks[0]?.['measures']).toHaveLength(2);
  });

  test('after the end of the main agreement all later acts are refused by its end; what is owed can still be answered', () => {
    const { rejections, engagements, ledger } = lived(
      'service-third-party',
      terms,
      [
        ...begun,
        { at: '2026-10-19 10:00', as: 'A', do: 'report-loss', amount: '120000.00', cause: 'third' },
        { at: '2026-10-20 10:00', as: 'coordinator', do: 'terminate', reason: '协商一致' },
        { at: '2026-10-21 10:00', as: 'A', do: 'propose-cap', amount: '150000.00' },
        { at: '2026-10-21 10:00', as: 'A', do: 'start-work' },
        { at: '2026-10-21 10:00', as: 'A', do: 'end', ground: 'breach' },
        { at: '2026-10-22 10:00', as: 'third', do: 'answer-loss', verdict: 'agree' },
      ],
      { coordinator: { name: '周协', email: 'coordinator@jiangnan.example' } },
    );
    expect(rejections.map(({ do: act, code }) => `${act} ${code}`)).toEqual([
      'propose-cap agreement-ended',
      'start-work agreement-ended',
      'end agreement-ended',
    ]);
    expect(engagements[0]).toMatchObject({ status: 'ended', endGround: 'agreement-over' });
    expect(ledger).toMatchObject([{ kind: 'claim', debtor: 'third', creditor: 'A', amount: '100000.00' }]);
  });

  test('documents that were asked for come without a name where one engagement is meant', () => {
    const { rejections, engagements } = lived('service-third-party', terms, [
      { at: '2026-09-30 10:00', ...application },
      { at: '2026-10-08 10:00', as: 'B', do: 'reply', verdict: 'ask', reason: '请补充资质' },
      { at: '2026-10-12 10:00', as: 'A', do: 'provide', answer: '见附件' },
    ]);
    expect(rejections).toEqual([]);
    // Five working days on 8, 9, 10, 12, 13 October: asked on the first of them, answered on the 12th, which counts: 12 to 16.
    expect(engagements[0]).toMatchObject({ status: 'no-reply', replyDueAt: '2026-10-17T00:00:00+08:00' });
  });

  test('an act that must say what it is about asks for that, and lists no acts', () => {
    const found = read('service-third-party', terms, [{ at: '2026-10-13 10:00', as: 'A', do: 'stand', risk: 'x' }]);
    expect('errors' in found && found.errors[0]?.path).toBe('script[0].do');
    const open = read('service-third-party', terms, [{ at: '2026-10-13 10:00', as: 'A', do: 'rate', impact: 3 }]);
    expect('errors' in open && open.errors.map(({ path, code, message }) => [path, code, message.en])).toEqual([
      ['script[0]', 'missing-value', 'rate must say what it is about: risk'],
    ]);
  });

  test('who seals in the script seals when it says so: day 0 is the latest of all signatures and seals (S001b-64)', () => {
    const { rejections, agreement, events } = lived('service-third-party', terms, [
      { at: '2026-09-03 10:00', as: 'A', do: 'seal' },
      { at: '2026-09-05 10:00', as: 'B', do: 'seal' },
    ]);
    expect(rejections).toEqual([]);
    expect(agreement.status).toBe('active');
    expect(events.find(({ type }) => type === 'agreement-in-force')?.at).toBe('2026-09-05T10:00:00+08:00');
  });

  test('a sum that is none says what to write, and shows nobody a code', () => {
    const found = read('service-third-party', terms, [
      { at: '2026-10-13 10:00', as: 'A', do: 'propose-cap', amount: '-5' },
    ]);
    expect('errors' in found && found.errors.map(({ path, code, cure }) => [path, code, cure.en])).toEqual([
      [
        'script[0].amount',
        'invalid-amount',
        "write it as a decimal in quotes, for example '80000.00', without sign or separators",
      ],
    ]);
  });
});
