import { describe, expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { CommandFailed } from '../../cli/output.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';

const PARTIES = {
  A: { name: '甲公司', email: 'a@a.example' },
  B: { name: '乙公司', email: 'b@b.example' },
};
const COORDINATOR = { name: '周敏', email: 'zhou@c.example' };

type Given = Record<string, unknown>;

function scenario(given: Given, script: Given[]) {
  const read = resolveScenario({ parties: PARTIES, coordinator: COORDINATOR, ...given, script }, '.');
  if ('errors' in read) throw new CommandFailed(read.errors);
  return livable(read.scenario);
}

const live = (given: Given, script: Given[]) => liveInMemory(scenario(given, script));

function problemsOf(given: Given, script: Given[]) {
  const read = resolveScenario({ parties: PARTIES, coordinator: COORDINATOR, ...given, script }, '.');
  return 'errors' in read ? read.errors : [];
}

const codes = (life: ReturnType<typeof live>): string[] => life.rejections.map(({ code }) => code);

describe('the ground of a notice of the end is the code of the agreed list, too (S001c-62)', () => {
  const LISTED = {
    template: 'service-kpi',
    signedOn: '2026-09-01',
    until: '2026-12-31',
    terms: {
      providerParty: 'B',
      terminationGrounds: [
        { code: 'BREACH', description: '严重违约' },
        { code: 'FORCE_MAJEURE', description: '不可抗力' },
      ],
      terminationNoticeDays: 30,
    },
  };
  const serve = (ground: string): Given => ({
    at: '2026-09-02 10:00',
    as: 'A',
    do: 'serve',
    notice: 'termination',
    ground,
  });

  test.each(['BREACH', 'breach', 'force-majeure', 'Force Majeure'])('%s is one of the list', (ground) => {
    const life = live(LISTED, [serve(ground)]);
    expect(codes(life)).toEqual([]);
    expect(life.events.map(({ type }) => type)).toContain('notice-served');
  });

  test('what the list does not have is refused, with the list; a rule of that name goes before', () => {
    expect(codes(live(LISTED, [serve('repeal')]))).toEqual(['not-provided']);
    expect(codes(live(LISTED, [serve('bankruptcy')]))).toEqual(['ground-missing']);
    const other = { template: 'service-attachments', signedOn: '2026-09-01', terms: { contractTotal: '1000000.00' } };
    expect(codes(live(other, [serve('Mutual')]))).toEqual([]);
  });
});

describe('suspensions', () => {
  const CONTRACT = {
    template: 'service-attachments',
    signedOn: '2026-09-01',
    until: '2026-12-31',
    terms: { contractTotal: '1000000.00' },
  };
  const suspend = (as: string, ground: string, at = '2026-09-10 10:00'): Given => ({
    at,
    as,
    do: 'suspend',
    ground,
    reason: '停工',
  });

  test.each(['agreed', 'Mutual', 'pause', 'agreed-pause', 'AGREED_PAUSE'])(
    '%s is a pause that both agree to',
    (ground) => {
      const life = live(CONTRACT, [suspend('A', ground), suspend('B', ground, '2026-09-11 10:00')]);
      expect(codes(life)).toEqual([]);
      expect(life.suspensions).toMatchObject([{ ground: 'agreed-pause', from: '2026-09-11' }]);
    },
  );

  test.each(['force-majeure', 'FORCE_MAJEURE', 'force majeure'])('%s is force majeure', (ground) => {
    expect(live(CONTRACT, [suspend('A', ground)]).suspensions).toMatchObject([{ ground: 'force-majeure' }]);
  });

  test('anything else is an error that lists the grounds', () => {
    const [problem] = problemsOf(CONTRACT, [suspend('A', 'weather')]);
    expect(problem).toMatchObject({ path: 'script[0].ground', code: 'invalid-value' });
    expect(problem?.message.en).toContain('force-majeure, agreed-pause, agreed, mutual, pause');
  });

  test('the coordinator enters force majeure for nobody in particular, and resumes (S001a-36)', () => {
    const resume = { at: '2026-09-15 10:00', as: 'coordinator', do: 'resume' };
    const life = live(CONTRACT, [suspend('coordinator', 'force-majeure'), resume]);
    expect(codes(life)).toEqual([]);
    expect(life.suspensions).toMatchObject([{ from: '2026-09-10', until: '2026-09-15' }]);
  });

  test('a waiver of the coordinator waits for the creditor: of 4 days late one is let go, 5,000.00 (S001a-69)', () => {
    const life = live(CONTRACT, [
      {
        at: '2026-10-12 10:00',
        as: 'coordinator',
        do: 'waive',
        obligation: 'needs-analysis-report',
        days: 1,
        reason: '协商',
      },
      { at: '2026-10-12 11:00', as: 'A', do: 'approve', what: 'waiver:1' },
      { at: '2026-10-12 12:00', as: 'B', do: 'approve', what: 'waiver:1' },
    ]);
    expect(codes(life)).toEqual(['not-responsible']);
    expect(life.ledger.find(({ kind }) => kind === 'credit-note')).toMatchObject({ amount: '-5000.00', days: -1 });
  });
});

describe('what a payment is for', () => {
  const pay = (at: string, payment: string, amount: string): Given => ({ at, as: 'B', do: 'pay', payment, amount });
  const FEES = {
    template: 'service-attachments',
    signedOn: '2025-05-06',
    until: '2025-07-31',
    terms: {
      contractTotal: '160000.00',
      paymentSchedule: [
        { dueDate: '2025-06-10', amount: '80000.00', payer: 'B', payee: 'A' },
        { dueDate: '2025-07-10', amount: '80000.00', payer: 'B', payee: 'A' },
      ],
    },
  };

  test('a claim of the script by its name', () => {
    const life = live(
      { template: 'service-kpi', signedOn: '2026-09-01', until: '2026-12-31', terms: { providerParty: 'B' } },
      [
        { at: '2026-12-08 10:00', as: 'A', do: 'claim', claim: 'c1', amount: '5000.00', cause: '损失' },
        { at: '2026-12-09 10:00', as: 'B', do: 'answer', claim: 'c1', verdict: 'Agree' },
        pay('2026-12-09 12:00', 'c1', '5000.00'),
      ],
    );
    expect(codes(life)).toEqual([]);
    expect(life.ledger.filter(({ kind }) => kind === 'payment')).toMatchObject([
      { amount: '-5000.00', basis: 'claim:c1' },
    ]);
  });

  test('a schedule of payments is its first row that is not paid (S001a-71)', () => {
    const life = live(FEES, [
      pay('2025-06-08 10:00', 'remuneration', '30000.00'),
      pay('2025-06-09 10:00', 'remuneration', '50000.00'),
      pay('2025-07-08 10:00', 'remuneration', '80000.00'),
      pay('2025-07-09 10:00', 'remuneration', '1.00'),
    ]);
    expect(
      life.ledger.filter(({ kind }) => kind === 'payment').map(({ obligation, amount }) => `${obligation} ${amount}`),
    ).toEqual(['remuneration-1 -30000.00', 'remuneration-1 -50000.00', 'remuneration-2 -80000.00']);
    expect(codes(life)).toEqual(['already-fulfilled']);
  });

  test('what is none of these is an error with the forms, never a pattern', () => {
    const [problem] = problemsOf(FEES, [pay('2025-06-08 10:00', 'remuneration#2', '80000.00')]);
    expect(problem).toMatchObject({ path: 'script[0].payment', code: 'invalid-payment' });
    expect(problem?.cure.en).toBe(
      'write the id of a payment or an obligation (remuneration-1), id#occurrence (2027-Q1, 2027-03), claim:<claim> or booking:<booking>',
    );
    const [unknown] = problemsOf(FEES, [pay('2025-06-08 10:00', 'c1', '80000.00')]);
    expect(unknown).toMatchObject({ path: 'script[0].payment', code: 'unknown-obligation' });
  });
});

test('a matter that several provisions fit is refused in words about provisions (S003-K-08)', () => {
  const life = live({ template: 'evaluation-commission', signedOn: '2026-10-12', until: '2027-03-01', terms: {} }, [
    { at: '2027-02-04 10:01', as: 'B', do: 'open-matter', kind: 'request', topic: '使用成果' },
  ]);
  expect(codes(life)).toEqual(['rule-missing']);
});

describe('the one consent that waits before the effect', () => {
  test('is the review, whatever it is called (S003-N-13)', () => {
    const life = live(
      {
        template: 'performance-contract',
        until: '2026-07-31',
        terms: { breachLiability: 'x', compensationMethod: 'y' },
      },
      [
        { at: '2026-06-22 09:30', as: 'A', do: 'approve', what: 'breach-liability' },
        { at: '2026-06-22 10:00', as: 'B', do: 'approve', what: 'agreement' },
        { at: '2026-06-22 10:01', as: 'A', do: 'sign' },
      ],
    );
    expect(codes(life)).toEqual([]);
    expect(life.events.filter(({ type }) => type === 'approval-given')).toHaveLength(2);
  });

  test('or a policy’s approval, and never its posting (S004-30)', () => {
    const life = live(
      {
        template: 'satisfaction-evaluation',
        until: '2026-12-31',
        parties: { Company: { name: '公司', email: 'a@a.example' } },
        seats: { management: { name: '管理层', email: 'm@a.example' } },
        terms: {},
      },
      [
        { at: '2026-03-30 09:00', as: 'management', do: 'approve', what: 'agreement' },
        { at: '2026-03-30 10:00', as: 'Company', do: 'approve', what: 'agreement' },
        { at: '2026-03-30 11:00', as: 'Company', do: 'approve', what: 'posting' },
      ],
    );
    expect(life.rejections).toMatchObject([
      { as: 'Company', code: 'nothing-to-approve', message: 'nothing waits as agreement; what waits is posting' },
    ]);
    expect(life.agreement.inForceOn).toBe('2026-03-30');
  });
});
