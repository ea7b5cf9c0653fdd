import { describe, expect, test } from 'vitest';
import type { Waive } from '../../domain/agreement/command.ts';
import { Life, agreementOf, duty, lifeOf, payment, serviceAttachments } from '../support/life.ts';

const document = { sha256: 'a'.repeat(64), size: 1 };
const REPORT = 'needs-analysis-report';

/** In force since 2026-09-01; the report is due on 2026-10-08 and costs 5,000.00 a day. */
function inForce(cap: string | null = null): Life {
  const agreement = serviceAttachments(
    { life: lifeOf(), seats: ['A', 'B', 'coordinator', 'legal'], seatParties: { legal: 'B' } },
    (rule) => (rule.penalty ? { ...rule, penalty: { ...rule.penalty, cap } } : rule),
  );
  const seated = { A: 'li-na', B: 'wang-qiang', legal: 'sun-yan', coordinator: 'zhou-min' };
  return new Life(agreement, '2026-09-01 09:00', seated).sign('2026-09-01 09:00');
}

function waive(life: Life, at: string, what: Partial<Waive>, seat = 'B', onBehalfOf?: string): Life {
  const more = onBehalfOf === undefined ? {} : { onBehalfOf };
  return life.act(at, seat, { type: 'waive', obligation: REPORT, documents: [], ...what }, more);
}

function approve(life: Life, at: string, seat = 'B', what = 'waiver:1'): Life {
  return life.act(at, seat, { type: 'approve', what, documents: [] });
}

const lines = (life: Life, obligation = REPORT): string[] =>
  life.events.flatMap((event) =>
    'line' in event && 'obligation' in event && event.obligation === obligation
      ? [[event.line.kind, event.line.amount, event.line.days ?? '-', event.line.about ?? ''].join(' ').trim()]
      : [],
  );

describe('a waiver by the creditor (S001a-69)', () => {
  test('in the middle: what accrued is posted, then a credit note; later days go on as before', () => {
    const life = waive(inForce(), '2026-10-18 10:00', { days: 4 }); // 10 days late so far
    expect(life.story(6)).toEqual([
      `penalty-posted ${REPORT} 2026-10-18T10:00:00+08:00`,
      `penalty-waived ${REPORT} 2026-10-18T10:00:00+08:00`,
      `penalty-credited ${REPORT} 2026-10-18T10:00:00+08:00`,
    ]);
    life.submit('2026-11-05 14:00', REPORT);
    expect(lines(life)).toEqual([
      'penalty 50000.00 10',
      'credit-note -20000.00 -4 waiver:1',
      'penalty 65000.00 13', // up to 10-31
      'penalty 25000.00 5',
    ]);
    expect(life.obligation(REPORT)).toMatchObject({
      status: 'fulfilled-late',
      settledDaysLate: 28, // it was late all the same
      posted: { days: 28, amount: '120000.00' }, // 24 × 5,000.00
      waived: { days: 4, amount: '0.00' },
    });
    expect(life.state.balances).toEqual({ 'A>B/CNY': '120000.00' });
    expect(life.mail((n) => n.kind === 'penalty-waived')).toEqual([
      `2026-10-19T09:00 penalty-waived A/A ${REPORT}`,
      `2026-10-19T09:00 penalty-waived B/B ${REPORT}`,
    ]);
  });

  test('a sum, of what is posted already: deducted once, and nothing is posted twice', () => {
    const life = waive(inForce().submit('2026-11-05 14:00', REPORT), '2026-11-10 10:00', { amount: '40000' });
    expect(lines(life)).toEqual(['penalty 115000.00 23', 'penalty 25000.00 5', 'credit-note -40000.00 - waiver:1']);
    expect(life.state.balances).toEqual({ 'A>B/CNY': '100000.00' });
  });

  test('under a cap: days above it cost nothing, so a sum must be named; the cap counts before the sum', () => {
    const life = waive(inForce('100000.00'), '2026-11-20 10:00', { days: 5 });
    expect(life.rejections.map(({ code }) => code)).toEqual(['nothing-to-waive']);
    waive(life, '2026-11-20 10:00', { amount: '30000.00' }).submit('2027-01-20 10:00', REPORT);
    expect(lines(life)).toEqual(['penalty 100000.00 23', 'credit-note -30000.00 - waiver:1']);
  });

  test('never more than is owed, days or a sum, never both, never nothing', () => {
    const life = inForce();
    waive(life, '2026-10-01 10:00', { days: 1 });
    waive(life, '2026-10-18 10:00', { days: 11 });
    waive(life, '2026-10-18 10:00', { amount: '50000.01' });
    waive(life, '2026-10-18 10:00', { amount: '1.00', days: 1 });
    waive(life, '2026-10-18 10:00', {});
    waive(life, '2026-10-18 10:00', { days: 1.5 });
    waive(life, '2026-10-18 10:00', { obligation: 'nothing', days: 1 });
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'nothing-to-waive',
      'amount-too-large',
      'amount-too-large',
      'amount-invalid',
      'amount-invalid',
      'amount-invalid',
      'unknown-obligation',
    ]);
    waive(life, '2026-10-18 10:00', { days: 10 });
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
    expect(waive(life, '2026-10-18 11:00', { amount: '0.01' }).rejections.at(-1)?.code).toBe('nothing-to-waive');
  });

  test('a hand-in in time that comes to light afterwards credits what is left, not what was let go', () => {
    const life = waive(inForce(), '2026-10-18 10:00', { amount: '20000.00' });
    life.act(
      '2026-10-19 10:00',
      'coordinator',
      { type: 'submit', obligation: REPORT, documents: [document], handedInAtMs: life.ms('2026-10-08 16:00') },
      { onBehalfOf: 'A' },
    );
    expect(lines(life).at(-1)).toBe('credit-note -30000.00 -10');
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
  });

  test('where lateness costs nothing there is nothing to let go', () => {
    const life = new Life(agreementOf([duty('1', 'effect', '+10 days')]), '2026-09-01 09:00').sign('2026-09-01 09:00');
    life.act('2026-09-20 10:00', 'A', { type: 'waive', obligation: '1', days: 1, documents: [] });
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-provided']);
  });
});

describe('the second mind', () => {
  test('the debtor waives nothing; a coordinator needs the document', () => {
    const life = waive(
      waive(inForce(), '2026-10-18 10:00', { days: 1 }, 'A'),
      '2026-10-18 10:00',
      { days: 1 },
      'coordinator',
    );
    waive(life, '2026-10-18 10:00', { days: 1 }, 'coordinator', 'B');
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'evidence-missing',
      'evidence-missing',
    ]);
  });

  test('another seat of the creditor proposes, the creditor’s own seat approves: what has accrued by then is posted', () => {
    const life = waive(inForce(), '2026-10-14 10:00', { days: 4 }, 'legal');
    expect(life.state.waivers).toEqual([
      { number: 1, obligation: REPORT, days: 4, amount: '0.00', by: 'legal', personId: 'sun-yan', approved: false },
    ]);
    expect(lines(life)).toEqual([]);
    approve(approve(life, '2026-10-15 10:00', 'A'), '2026-10-15 10:00', 'legal');
    expect(life.mail((n) => n.kind === 'waiver-proposed')).toEqual([`2026-10-14T10:00 waiver-proposed B/B ${REPORT}`]);
    approve(approve(life, '2026-10-16 10:00'), '2026-10-16 11:00');
    approve(life, '2026-10-16 11:00', 'B', 'waiver:2');
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'not-responsible',
      'already-approved',
      'nothing-to-approve',
    ]);
    expect(lines(life)).toEqual(['penalty 40000.00 8', 'credit-note -20000.00 -4 waiver:1']);
    expect(life.state.waivers).toMatchObject([{ approved: true, by: 'legal' }]);
    expect(life.events.filter(({ type }) => type === 'approval-given')).toMatchObject([{ what: 'waiver:1', by: 'B' }]);
  });

  test('nobody approves what the same person asked for in another seat', () => {
    const life = inForce().act(
      '2026-10-14 10:00',
      'legal',
      { type: 'waive', obligation: REPORT, days: 1, documents: [] },
      {
        personId: 'wang-qiang',
      },
    );
    expect(approve(life, '2026-10-15 10:00').rejections.map(({ code }) => code)).toEqual(['not-responsible']);
  });

  test('what a coordinator enters with its document waits, too; if less is owed by then, it is refused', () => {
    const life = inForce().act(
      '2026-10-18 10:00',
      'coordinator',
      { type: 'waive', obligation: REPORT, amount: '50000.00', documents: [document] },
      { onBehalfOf: 'B' },
    );
    waive(life, '2026-10-18 11:00', { amount: '10000.00' });
    expect(approve(life, '2026-10-18 12:00').rejections.map(({ code }) => code)).toEqual(['amount-too-large']);
    approve(life, '2026-10-20 12:00'); // two more days
    expect(lines(life)).toEqual([
      'penalty 50000.00 10',
      'credit-note -10000.00 - waiver:2',
      'penalty 10000.00 2',
      'credit-note -50000.00 - waiver:1',
    ]);
  });
});

test('what a coordinator enters for nobody waits for the one to whom the penalty is owed (S001a-69)', () => {
  const life = waive(inForce(), '2026-10-14 10:00', { days: 1, documents: [document] }, 'coordinator');
  expect(life.state.waivers).toMatchObject([{ by: 'coordinator', approved: false }]);
  expect(lines(life)).toEqual([]);
  approve(approve(life, '2026-10-15 10:00', 'A'), '2026-10-16 10:00');
  expect(life.mail((n) => n.kind === 'waiver-proposed')).toEqual([`2026-10-14T10:00 waiver-proposed B/B ${REPORT}`]);
  expect(life.rejections.map(({ code }) => code)).toEqual(['not-responsible']);
  expect(lines(life)).toEqual(['penalty 40000.00 8', 'credit-note -5000.00 -1 waiver:1']); // 8 days late, one is let go
});

describe('of a late fee (S001a-71)', () => {
  const fees = (): Life =>
    new Life(agreementOf([payment('fee-1', '2025-06-10')], { life: lifeOf() }), '2025-05-06 09:00')
      .sign('2025-05-06 09:00')
      .pay('2025-06-12 10:00', 'fee-1', '30000.00'); // 2 × 400.00, then 250.00 a day

  test('the last days that were charged, at what they were charged on', () => {
    const life = fees().act('2025-06-14 10:00', 'B', { type: 'waive', obligation: 'fee-1', days: 3, documents: [] });
    life.pay('2025-06-16 10:00', 'fee-1', '50000.00');
    expect(lines(life, 'fee-1').filter((line) => !/^(fee|payment)/.test(line))).toEqual([
      'late-fee 800.00 2',
      'late-fee 500.00 2',
      'credit-note -900.00 -3 waiver:1', // 2 × 250.00 + 400.00
      'late-fee 500.00 2',
    ]);
    expect(life.state.balances).toEqual({ 'A>B/CNY': '900.00' });
    expect(life.obligation('fee-1').settledDaysLate).toBe(6);
  });

  test('a sum; what was paid of the fee is not let go a second time', () => {
    const life = fees().pay('2025-06-14 10:00', 'fee-1', '51000.00'); // 1,300.00 of fee, 1,000.00 of it paid
    const fee = (at: string, amount: string): Life =>
      life.act(at, 'B', { type: 'waive', obligation: 'fee-1', amount, documents: [] });
    fee('2025-06-16 10:00', '300.01');
    fee('2025-06-16 11:00', '300.00');
    expect(life.rejections.map(({ code }) => code)).toEqual(['amount-too-large']);
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
  });
});
