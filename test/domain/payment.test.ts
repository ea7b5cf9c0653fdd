import fc from 'fast-check';
import { Big } from 'big.js';
import { describe, expect, test } from 'vitest';
import { accruedLines, describeObligations } from '../../domain/agreement/view.ts';
import type { CompiledAgreement, CompiledPayment } from '../../domain/agreement/compiled.ts';
import { addDays } from '../../domain/local-date.ts';
import { addMoney, roundHalfUp } from '../../domain/money.ts';
import { Life, agreementOf, lifeOf, payment } from '../support/life.ts';

const document = { sha256: 'a'.repeat(64), size: 1 };

/** In force since 2025-05-06, a Tuesday, with 80,000.00 CNY due on 2025-06-10. */
function inForce(change: Partial<CompiledPayment> = {}, whole: Partial<CompiledAgreement> = {}): Life {
  return new Life(agreementOf([payment('fee-1', '2025-06-10', change)], whole), '2025-05-06 09:00').sign(
    '2025-05-06 09:00',
  );
}

const fees = (life: Life): string[] => life.ledger().filter((line) => / (late-fee|credit-note) /.test(line));

describe('the late fee on the unpaid part (S001a-71)', () => {
  test('80,000.00 due 2025-06-10, paid 2025-06-14 at 0.5 % a day is 1,600.00', () => {
    const life = inForce().pay('2025-06-14 10:00', 'fee-1', '80000.00');
    expect(life.story(5)).toEqual([
      'fee-posted fee-1 2025-06-11T00:00:00+08:00',
      'obligation-overdue fee-1 2025-06-11T00:00:00+08:00',
      'payment-recorded fee-1 2025-06-14T10:00:00+08:00',
      'late-fee-posted fee-1 2025-06-14T10:00:00+08:00',
      'obligation-fulfilled fee-1 2025-06-14T10:00:00+08:00',
    ]);
    expect(life.ledger()).toEqual([
      '2025-06-11T00:00:00+08:00 fee A>B 80000.00',
      '2025-06-14T10:00:00+08:00 payment A>B -80000.00',
      '2025-06-14T10:00:00+08:00 late-fee A>B 1600.00 4d',
    ]);
    expect(life.obligation('fee-1')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 4 });
    expect(life.state.balances).toEqual({ 'A>B/CNY': '1600.00' });
  });

  test('30,000.00 paid on 06-12 and the rest on 06-14 is 2 × 400.00 + 2 × 250.00 = 1,300.00', () => {
    const life = inForce().pay('2025-06-12 10:00', 'fee-1', '30000').pay('2025-06-14 10:00', 'fee-1', '50000.00');
    expect(fees(life)).toEqual([
      '2025-06-12T10:00:00+08:00 late-fee A>B 800.00 2d',
      '2025-06-14T10:00:00+08:00 late-fee A>B 500.00 2d',
    ]);
    expect(life.events.filter(({ type }) => type === 'late-fee-posted')).toMatchObject([
      { clauses: ['S001a-71'], line: { base: '80000.00', rate: '0.005' } },
      { clauses: ['S001a-71'], line: { base: '50000.00', rate: '0.005' } },
    ]);
    expect(life.state.balances).toEqual({ 'A>B/CNY': '1300.00' });
  });

  test('partial payments over a month end: posted at each and on the last day of the month', () => {
    const life = inForce().pay('2025-06-20 10:00', 'fee-1', '30000.00').pay('2025-07-03 10:00', 'fee-1', '50000.00');
    expect(fees(life)).toEqual([
      '2025-06-20T10:00:00+08:00 late-fee A>B 4000.00 10d',
      '2025-07-01T00:00:00+08:00 late-fee A>B 2500.00 10d',
      '2025-07-03T10:00:00+08:00 late-fee A>B 750.00 3d',
    ]);
  });

  test('half-up once over the exact sum, never a sum of rounded days', () => {
    // 777.77 × 0.5 % = 3.88885 a day: 10 days are 38.8885, not 10 × 3.89.
    const life = inForce({ amount: '777.77' }).pay('2025-06-20 10:00', 'fee-1', '777.77');
    expect(fees(life)).toEqual(['2025-06-20T10:00:00+08:00 late-fee A>B 38.89 10d']);
  });

  test('days of grace are not charged; a cap bounds the sum exactly', () => {
    const late = { clauses: ['S001a-71'], rate: '0.005', graceDays: 3, cap: null };
    const spared = inForce({ lateFee: late }).pay('2025-06-15 10:00', 'fee-1', '80000.00');
    expect(fees(spared)).toEqual(['2025-06-15T10:00:00+08:00 late-fee A>B 800.00 2d']);
    const within = inForce({ lateFee: late }).pay('2025-06-13 10:00', 'fee-1', '80000.00');
    expect(fees(within)).toEqual([]);
    const capped = inForce({ lateFee: { ...late, graceDays: 0, cap: '5000.00' } }).pay(
      '2025-09-30 10:00',
      'fee-1',
      '80000.00',
    );
    expect(fees(capped)).toEqual(['2025-07-01T00:00:00+08:00 late-fee A>B 5000.00 20d']);
  });

  test('what has accrued and is not posted can be asked for any date', () => {
    const life = inForce().until('2025-06-20 12:00');
    expect(accruedLines(life.state, '2025-06-20')).toEqual([
      {
        kind: 'late-fee',
        obligation: 'fee-1',
        debtor: 'A',
        creditor: 'B',
        amount: '4000.00',
        currency: 'CNY',
        days: 10,
        base: '80000.00',
        rate: '0.005',
        clauses: ['S001a-71'],
      },
    ]);
    expect(describeObligations(life.state, life.ms('2025-06-20 12:00'))).toMatchObject([
      { status: 'overdue', daysLate: 10 },
    ]);
  });

  test('a contract that knows no late fee says nothing of one (S000-12, S003-K-22)', () => {
    const life = inForce({ lateFee: null }).pay('2025-06-14 10:00', 'fee-1', '80000.00');
    expect(fees(life)).toEqual([]);
    expect(life.mail((n) => n.kind.startsWith('late-fee'))).toEqual([]);
    expect(life.mail((n) => n.kind === 'reminder' && n.rungs?.includes('overdue-1') === true)).toHaveLength(3);
  });

  test('no rate agreed: days and unpaid sum are recorded, nothing is charged (S001b-104)', () => {
    const life = inForce({ lateFee: null, lateFeeOpen: true }).pay('2025-06-14 10:00', 'fee-1', '80000.00');
    expect(fees(life)).toEqual([]);
    expect(life.obligation('fee-1')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 4 });
    expect(life.mail((n) => n.kind.startsWith('late-fee'))).toEqual([
      '2025-06-11T09:00 late-fee-started A/A fee-1',
      '2025-06-11T09:00 late-fee-started B/B fee-1',
    ]);
  });
});

describe('paying (S000-12, S003-K-22)', () => {
  test('on the due day it is in time, before it the sum is owed from the payment on', () => {
    const onDay = inForce().pay('2025-06-10 23:00', 'fee-1', '80000.00');
    expect(onDay.obligation('fee-1')).toMatchObject({ status: 'fulfilled', settledDaysLate: 0 });
    expect(onDay.ledger()).toEqual([
      '2025-06-10T23:00:00+08:00 fee A>B 80000.00',
      '2025-06-10T23:00:00+08:00 payment A>B -80000.00',
    ]);
    const before = inForce().pay('2025-05-20 10:00', 'fee-1', '50000.00').until('2025-06-11 12:00');
    expect(before.ledger()).toEqual([
      '2025-05-20T10:00:00+08:00 fee A>B 80000.00',
      '2025-05-20T10:00:00+08:00 payment A>B -50000.00',
    ]);
    before.pay('2025-06-12 10:00', 'fee-1', '30000.00');
    expect(fees(before)).toEqual(['2025-06-12T10:00:00+08:00 late-fee A>B 300.00 2d']);
  });

  test('more than the sum and the late fee is refused; the late fee is paid with the sum or later', () => {
    const life = inForce().pay('2025-06-14 09:00', 'fee-1', '81600.01').pay('2025-06-14 10:00', 'fee-1', '81000.00');
    life.pay('2025-06-15 10:00', 'fee-1', '600.01').pay('2025-06-15 11:00', 'fee-1', '600.00');
    life.pay('2025-06-16 10:00', 'fee-1', '0.01').pay('2025-06-16 10:00', 'fee-1', '0.00');
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'amount-too-large',
      'amount-too-large',
      'already-fulfilled',
      'already-fulfilled',
    ]);
    expect(life.refusals[0]?.message).toBe('81600.00 CNY is owed as of 2025-06-14');
    expect(life.refusals[1]?.message).toBe('600.00 CNY is owed as of 2025-06-15');
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
  });

  test('no amount, a day before the effect or after today is refused', () => {
    const life = inForce();
    for (const amount of ['0', '-1.00', '1.001', 'ten']) life.pay('2025-06-05 10:00', 'fee-1', amount);
    life.pay('2025-06-05 10:00', 'fee-1', '1.00', 'A', { paidOn: '2025-06-06' });
    life.pay('2025-06-05 10:00', 'fee-1', '1.00', 'A', { paidOn: '2025-05-05' });
    expect(life.rejections.map(({ code }) => code)).toEqual([
      ...Array<string>(4).fill('amount-invalid'),
      'paid-on-out-of-range',
      'paid-on-out-of-range',
    ]);
    expect(life.pay('2025-06-05 10:00', 'fee-1', '1.00', 'B', { paidOn: '2025-05-06' }).rejections).toHaveLength(6);
  });

  test('the payee acknowledges a receipt; a coordinator needs the document; what is paid is not handed in', () => {
    const life = inForce().pay('2025-06-05 10:00', 'fee-1', '1000.00', 'B');
    life.pay('2025-06-05 11:00', 'fee-1', '1000.00', 'coordinator');
    life.pay('2025-06-05 11:00', 'fee-1', '1000.00', 'coordinator', { documents: [document] });
    life.submit('2025-06-05 12:00', 'fee-1');
    expect(life.rejections.map(({ code }) => code)).toEqual(['evidence-missing', 'unknown-obligation']);
    expect(life.mail((n) => n.kind === 'payment-received')).toEqual([
      '2025-06-05T10:00 payment-received A/A fee-1',
      '2025-06-05T11:00 payment-received A/A fee-1',
      '2025-06-05T11:00 payment-received B/B fee-1',
    ]);
  });

  test('a payment in time that comes to light late, by the payee, withdraws the overdue and credits the fee', () => {
    const life = inForce().pay('2025-07-02 10:00', 'fee-1', '80000.00', 'B', { paidOn: '2025-06-10' });
    expect(life.story(7)).toEqual([
      'late-fee-posted fee-1 2025-07-01T00:00:00+08:00',
      'overdue-withdrawn fee-1 2025-07-02T10:00:00+08:00',
      'payment-recorded fee-1 2025-07-02T10:00:00+08:00',
      'penalty-credited fee-1 2025-07-02T10:00:00+08:00',
      'obligation-fulfilled fee-1 2025-07-02T10:00:00+08:00',
    ]);
    expect(fees(life).at(-1)).toBe('2025-07-02T10:00:00+08:00 credit-note A>B -8000.00 -20d');
    expect(life.obligation('fee-1')).toMatchObject({ status: 'fulfilled', settledDaysLate: 0, posted: { days: 0 } });
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
  });

  test('a part paid on an earlier day corrects what was posted since: the difference, then the days on the new base', () => {
    const life = inForce().pay('2025-07-03 10:00', 'fee-1', '30000.00', 'B', { paidOn: '2025-06-20' });
    expect(fees(life)).toEqual([
      '2025-07-01T00:00:00+08:00 late-fee A>B 8000.00 20d',
      '2025-07-03T10:00:00+08:00 credit-note A>B -1500.00 0d', // 10 days × 30,000.00 × 0.5 %
      '2025-07-03T10:00:00+08:00 late-fee A>B 750.00 3d',
    ]);
  });
});

describe('reminders', () => {
  test('the payer before it is due and weekly after it, payee and coordinator in copy once it is late', () => {
    const life = inForce().pay('2025-06-12 10:00', 'fee-1', '30000.00').until('2025-06-17 12:00');
    expect(life.mail((n) => n.kind === 'reminder' || n.kind.startsWith('late-fee'))).toEqual([
      '2025-06-03T09:00 reminder A/A fee-1 before-7',
      '2025-06-06T09:00 reminder A/A fee-1 before-3',
      '2025-06-09T09:00 reminder A/A fee-1 before-1',
      '2025-06-10T09:00 reminder A/A fee-1 due',
      '2025-06-11T09:00 late-fee-started A/A fee-1',
      '2025-06-11T09:00 late-fee-started B/B fee-1',
      '2025-06-11T09:00 reminder A/A fee-1 overdue-1',
      '2025-06-11T09:00 reminder B/copy fee-1 overdue-1',
      '2025-06-11T09:00 reminder coordinator/copy fee-1 overdue-1',
      '2025-06-13T09:00 reminder A/A fee-1 overdue-3',
      '2025-06-13T09:00 reminder B/copy fee-1 overdue-3',
      '2025-06-13T09:00 reminder coordinator/copy fee-1 overdue-3',
      '2025-06-17T09:00 reminder A/A fee-1 overdue-7',
      '2025-06-17T09:00 reminder B/copy fee-1 overdue-7',
      '2025-06-17T09:00 reminder coordinator/copy fee-1 overdue-7',
    ]);
    expect(life.notices.at(-1)?.facts).toMatchObject({ unpaid: '50000.00', amount: '2050.00', daysLate: 7 });
    life.pay('2025-06-18 10:00', 'fee-1', '50000.00').until('2025-07-18 12:00');
    expect(life.mail((n) => n.kind === 'late-fee-stopped')).toHaveLength(2);
    expect(life.mail((n) => n.atMs > life.ms('2025-06-18 12:00'))).toEqual([]);
  });
});

describe('holding back', () => {
  const hold = (life: Life, at: string, amount: string, seat = 'A'): Life =>
    life.act(at, seat, { type: 'hold-back', obligation: 'fee-1', amount, documents: [] });

  test('only where it is agreed, by the payer, never more than is unpaid', () => {
    expect(hold(inForce(), '2025-06-01 10:00', '1.00').rejections.map(({ code }) => code)).toEqual(['not-provided']);
    const life = inForce({ mayHoldBack: true });
    hold(hold(hold(life, '2025-06-01 10:00', '1.00', 'B'), '2025-06-01 10:00', '80000.01'), '2025-06-01 10:00', '0');
    hold(life, '2025-06-01 10:00', '-1');
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'amount-too-large',
      'nothing-changes',
      'amount-invalid',
    ]);
  });

  test('20,000.00 of 80,000.00 held back: the fee runs on 60,000.00; released, on all of it from the next day', () => {
    const life = hold(inForce({ mayHoldBack: true }), '2025-06-05 10:00', '20000.00');
    hold(life, '2025-06-14 10:00', '0').pay('2025-06-16 10:00', 'fee-1', '80000.00');
    expect(fees(life)).toEqual([
      '2025-06-14T10:00:00+08:00 late-fee A>B 1200.00 4d', // 4 × 300.00
      '2025-06-16T10:00:00+08:00 late-fee A>B 800.00 2d', // 2 × 400.00
    ]);
    expect(life.mail((n) => n.kind === 'payment-held-back')).toEqual([
      '2025-06-05T10:00 payment-held-back B/B fee-1',
      '2025-06-16T09:00 payment-held-back B/B fee-1', // 06-14 is a Saturday
    ]);
  });

  test('all of it held back is not overdue; released after its day it is late from the next day', () => {
    const life = hold(inForce({ mayHoldBack: true }), '2025-06-05 10:00', '80000.00').until('2025-06-20 09:00');
    expect(life.obligation('fee-1').status).toBe('pending');
    expect(life.ledger()).toEqual(['2025-06-11T00:00:00+08:00 fee A>B 80000.00']);
    expect(life.mail((n) => n.kind === 'reminder').at(-1)).toBe('2025-06-03T09:00 reminder A/A fee-1 before-7');
    hold(life, '2025-06-20 10:00', '0');
    expect(life.obligation('fee-1').status).toBe('overdue');
    life.pay('2025-06-23 10:00', 'fee-1', '80000.00');
    expect(fees(life)).toEqual(['2025-06-23T10:00:00+08:00 late-fee A>B 1200.00 3d']);
    expect(life.obligation('fee-1')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 3 });
  });
});

describe('the end', () => {
  const later = payment('fee-2', '2025-08-10');

  test('what had fallen due stays owed, its late fee stops that day inclusive; what falls due later is cancelled', () => {
    const agreement = agreementOf([payment('fee-1', '2025-06-10'), later], { life: lifeOf() });
    const life = new Life(agreement, '2025-05-06 09:00').sign('2025-05-06 09:00').terminate('2025-06-14 15:00');
    expect(life.rows()).toEqual(['fee-1 overdue 2025-06-10', 'fee-2 cancelled 2025-08-10']);
    expect(fees(life)).toEqual(['2025-06-14T15:00:00+08:00 late-fee A>B 1600.00 4d']);
    expect(accruedLines(life.state, '2025-12-31')).toEqual([]);
    life.pay('2025-09-01 10:00', 'fee-1', '81600.00');
    expect(life.rejections).toEqual([]);
    expect(fees(life)).toHaveLength(1);
    expect(life.obligation('fee-1')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 4 });
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
    // Told once, when the end stopped it, and not again at the payment months later.
    expect(life.mail((n) => n.kind === 'late-fee-stopped')).toEqual([
      '2025-06-16T09:00 late-fee-stopped A/A fee-1',
      '2025-06-16T09:00 late-fee-stopped B/B fee-1',
    ]);
  });

  test('of a sum paid in part before it was due, the unpaid part is taken back', () => {
    const life = new Life(agreementOf([later]), '2025-05-06 09:00').sign('2025-05-06 09:00');
    life.pay('2025-06-01 10:00', 'fee-2', '10000.00').terminate('2025-06-14 15:00');
    expect(life.ledger().at(-1)).toBe('2025-06-14T15:00:00+08:00 credit-note A>B -70000.00');
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
  });
});

test('property: whatever is paid and held back when, the lines add up to the exact daily sum, half-up once', () => {
  const rate = '0.0037';
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 ** 9 }),
      fc.array(
        fc.record({
          day: fc.integer({ min: -10, max: 100 }),
          percent: fc.integer({ min: 1, max: 99 }),
          holds: fc.boolean(),
          late: fc.integer({ min: 0, max: 40 }),
        }),
        { maxLength: 6 },
      ),
      (cents, acts) => {
        const amount = new Big(cents).div(100).toFixed(2);
        const lateFee = { clauses: ['S001a-71'], rate, graceDays: 0, cap: null };
        const life = inForce({ amount, lateFee, mayHoldBack: true });
        const due = '2025-06-10';
        const paid: { on: string; amount: Big }[] = [];
        const held: { on: string; amount: Big }[] = [];
        const unpaidAt = (day: string): Big =>
          paid.filter(({ on }) => on < day).reduce((left, one) => left.minus(one.amount), new Big(amount));
        const least = (a: Big, b: Big): Big => (a.lt(b) ? a : b);
        for (const { day, percent, holds, late } of [...acts].sort((a, b) => a.day - b.day)) {
          const today = addDays(due, day);
          const unpaid = paid.reduce((left, one) => left.minus(one.amount), new Big(amount));
          const part = unpaid.times(percent).div(100).round(2, Big.roundDown);
          const before = life.rejections.length;
          if (holds) {
            const on = today;
            life.act(`${today} 10:00`, 'A', {
              type: 'hold-back',
              obligation: 'fee-1',
              amount: part.toFixed(2),
              documents: [],
            });
            if (life.rejections.length === before) held.push({ on, amount: part });
          } else {
            const on = addDays(today, -late);
            life.pay(`${today} 10:00`, 'fee-1', part.toFixed(2), late > 0 ? 'B' : 'A', { paidOn: on });
            if (life.rejections.length === before) paid.push({ on, amount: part });
          }
        }
        const last = '2025-12-31';
        life.until(`${last} 12:00`);
        let exact = new Big(0);
        for (let day = addDays(due, 1); day <= last; day = addDays(day, 1)) {
          const back = held.filter(({ on }) => on < day).at(-1)?.amount ?? new Big(0);
          const unpaid = unpaidAt(day);
          exact = exact.plus(unpaid.minus(least(back, unpaid)).times(rate));
        }
        const lines = [
          ...life.events.flatMap((event) =>
            event.type === 'late-fee-posted' || event.type === 'penalty-credited' ? [event.line] : [],
          ),
          ...accruedLines(life.state, last),
        ];
        const sum = lines.reduce((total, line) => addMoney(total, line.amount), '0.00');
        expect(sum).toBe(roundHalfUp(exact.toFixed(), 'CNY'));
      },
    ),
    { numRuns: 60 },
  );
});
