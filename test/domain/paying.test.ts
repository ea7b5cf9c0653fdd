import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledLiability } from '../../domain/agreement/compiled.ts';
import { delivered, isOver } from '../../domain/agreement/fold.ts';
import { isOwing } from '../../domain/agreement/phase.ts';
import { Life, agreementOf, lifeOf, paper, payment, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const REPORT = 'needs-analysis-report'; // due 2026-10-08; 5,000.00 a day
const liability: CompiledLiability = {
  id: 'late-service',
  liable: 'A',
  cap: null,
  shares: null,
  answerDays: null,
  clauses: ['S001b-103'],
};

const codes = (life: Life) => life.rejections.map(({ code }) => code);
const told = (life: Life) => life.notices.reduce((state, { id }) => delivered(state, id), life.state);
const lived = (change = {}): Life =>
  new Life(serviceAttachments({ life: lifeOf({ liabilities: [liability], ...change }) }), SIGNED).sign(SIGNED);
const balance = (life: Life) => life.state.balances['A>B/CNY'];

describe('a penalty is paid (S001a-69)', () => {
  test('handed in 12 days late: 60,000.00; A pays 20,000.00 and 40,000.00, and nothing is owed', () => {
    const life = lived()
      .submit('2026-10-20 10:00', REPORT)
      .pay('2026-10-22 10:00', REPORT, '20000.00')
      .pay('2026-10-23 10:00', REPORT, '40000.01')
      .pay('2026-10-23 10:00', REPORT, '40000')
      .pay('2026-10-23 11:00', REPORT, '0.01');
    expect(life.ledger()).toEqual([
      '2026-10-20T10:00:00+08:00 penalty A>B 60000.00 12d',
      '2026-10-22T10:00:00+08:00 payment A>B -20000.00',
      '2026-10-23T10:00:00+08:00 payment A>B -40000.00',
    ]);
    expect(life.events.filter(({ type }) => type === 'payment-recorded')).toMatchObject([
      { obligation: REPORT, unpaid: '40000.00', clauses: ['S001a-69'], line: { about: `penalty:${REPORT}` } },
      { obligation: REPORT, unpaid: '0.00' },
    ]);
    expect(codes(life)).toEqual(['amount-too-large', 'already-fulfilled']);
    expect(balance(life)).toBe('0.00');
    expect(life.mail(({ kind }) => kind === 'payment-received')).toEqual([
      `2026-10-22T10:00 payment-received B/B ${REPORT}`,
      `2026-10-23T10:00 payment-received B/B ${REPORT}`,
    ]);
  });

  test('while it runs, what has accrued to that day is posted first: 10-18 is day 10, 50,000.00; day 12 leaves 10,000.00', () => {
    const life = lived().pay('2026-10-18 10:00', REPORT, '50000.00').submit('2026-10-20 10:00', REPORT);
    expect(life.ledger()).toEqual([
      '2026-10-18T10:00:00+08:00 penalty A>B 50000.00 10d',
      '2026-10-18T10:00:00+08:00 payment A>B -50000.00',
      '2026-10-20T10:00:00+08:00 penalty A>B 10000.00 2d',
    ]);
    expect(balance(life)).toBe('10000.00');
  });

  test('who enters it: the debtor, the creditor, or a coordinator with a document; not before the effect, nor after today', () => {
    const life = lived()
      .submit('2026-10-20 10:00', REPORT)
      .pay('2026-10-22 10:00', REPORT, '1000.00', 'coordinator')
      .pay('2026-10-22 10:00', REPORT, '1000.00', 'A', { paidOn: '2026-10-23' })
      .pay('2026-10-22 10:00', REPORT, '1000.00', 'A', { paidOn: '2026-08-31' })
      .pay('2026-10-22 10:00', REPORT, '1000.005')
      .pay('2026-10-22 10:00', 'training-plan', '1.00') // not late
      .pay('2026-10-22 10:00', REPORT, '1000.00', 'coordinator', { documents: [paper()] })
      .pay('2026-10-22 10:00', REPORT, '1000.00', 'B');
    expect(codes(life)).toEqual([
      'evidence-missing',
      'paid-on-out-of-range',
      'paid-on-out-of-range',
      'amount-invalid',
      'already-fulfilled',
    ]);
    expect(balance(life)).toBe('58000.00');
  });

  test('of what is paid nothing can be let go: 60,000.00, 55,000.00 paid, so one day at most', () => {
    const life = lived().submit('2026-10-20 10:00', REPORT).pay('2026-10-22 10:00', REPORT, '55000.00');
    const waive = (days: number) => ({ type: 'waive' as const, obligation: REPORT, days, documents: [] });
    life.act('2026-10-23 10:00', 'B', waive(2)).act('2026-10-23 10:00', 'B', waive(1));
    expect(codes(life)).toEqual(['amount-too-large']);
    expect(balance(life)).toBe('0.00');
  });

  test('whatever is paid in whatever parts, never more than is posted, and the balance is what is left', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000_000 }), { maxLength: 6 }), (parts) => {
        const life = lived().submit('2026-10-20 10:00', REPORT);
        let left = 6_000_000;
        for (const part of parts) {
          life.pay('2026-10-22 10:00', REPORT, (part / 100).toFixed(2));
          if (part <= left) left -= part;
        }
        expect(balance(life)).toBe((left / 100).toFixed(2));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what was agreed of a claim is paid', () => {
  const claimed = (): Life =>
    lived()
      .submit('2026-10-08 10:00', REPORT)
      .submit('2026-11-03 10:00', 'training-plan')
      .act('2026-11-04 10:00', 'B', {
        type: 'claim',
        claim: 'k1',
        amount: '30000',
        against: 'A',
        documents: [paper()],
      });
  const agree = { type: 'answer' as const, claim: 'k1', verdict: 'agree' as const, documents: [] };
  const paid = (amount: string) => ({ type: 'pay' as const, claim: 'k1', amount, documents: [] });

  test('30,000.00 in two parts; nothing before it is agreed, nothing beyond it', () => {
    const life = claimed()
      .act('2026-11-05 10:00', 'A', paid('30000.00'))
      .act('2026-11-05 11:00', 'A', agree)
      .act('2026-11-06 10:00', 'A', paid('10000.00'))
      .act('2026-11-06 11:00', 'A', paid('20000.01'))
      .act('2026-11-06 12:00', 'A', paid('20000.00'))
      .act('2026-11-06 12:30', 'A', { ...paid('1.00'), claim: 'k2' });
    expect(codes(life)).toEqual(['gate-closed', 'amount-too-large', 'unknown-claim']);
    expect(life.ledger().filter((line) => line.includes('claim') || line.includes('payment'))).toEqual([
      '2026-11-05T11:00:00+08:00 claim A>B 30000.00',
      '2026-11-06T10:00:00+08:00 payment A>B -10000.00',
      '2026-11-06T12:00:00+08:00 payment A>B -20000.00',
    ]);
    expect(life.state.claims).toMatchObject([{ payable: '30000.00', paid: '30000.00' }]);
    expect(life.events.at(-1)).toMatchObject({ unpaid: '0.00', line: { about: 'claim:k1' }, clauses: ['S001b-103'] });
    expect(life.mail(({ kind }) => kind === 'payment-received')).toEqual([
      '2026-11-06T10:00 payment-received B/B',
      '2026-11-06T12:00 payment-received B/B',
    ]);
  });
});

describe('money that is owed can be paid after the close', () => {
  // 80,000.00 due 2026-10-20 and paid on 10-25: 5 × 400.00 = 2,000.00 of late fee
  const closed = (): Life => {
    const afterwards = [{ id: 'answers', responsible: 'A', kind: 'service' as const, days: 10, clauses: ['S001a-40'] }];
    const fee = payment('fee', '2026-10-20');
    return new Life(agreementOf([fee], { life: lifeOf({ afterwards }) }), SIGNED)
      .sign(SIGNED)
      .pay('2026-10-25 10:00', 'fee', '80000.00')
      .terminate('2026-10-28 10:00')
      .until('2026-11-10 12:00');
  };

  test('it closes with 2,000.00 of late fee owed, stays alive for it, and is over when that is paid', () => {
    const life = closed();
    expect(life.state.status).toBe('closed');
    expect(isOver(told(life))).toBe(false);
    life
      .pay('2026-11-12 10:00', 'fee', '2000.01')
      .pay('2026-11-12 10:00', 'fee', '2000.00')
      .pay('2026-11-13 10:00', 'fee', '1.00')
      .until('2026-11-13 12:00');
    expect(codes(life)).toEqual(['amount-too-large', 'agreement-ended']);
    expect(balance(life)).toBe('0.00');
    expect(isOver(told(life))).toBe(true);
  });

  test('or when the creditor lets it go; nothing else can be done then', () => {
    const life = closed()
      .act('2026-11-12 10:00', 'A', {
        type: 'propose',
        amendment: 'a',
        effectiveOn: '2026-12-01',
        patch: { obligations: [], removed: [], terms: [] },
        documents: [],
      })
      .act('2026-11-12 10:00', 'B', { type: 'waive', obligation: 'fee', amount: '2000.00', documents: [] })
      .until('2026-11-13 12:00');
    expect(codes(life)).toEqual(['agreement-ended']);
    expect(balance(life)).toBe('0.00');
    expect(isOver(told(life))).toBe(true);
  });

  test('the principal let go after the end leaves the late fee of 10-21 to 10-25: 5 × 400.00, to be paid to the cent', () => {
    const afterwards = [{ id: 'answers', responsible: 'A', kind: 'service' as const, days: 10, clauses: ['S001a-40'] }];
    const fee = payment('fee', '2026-10-20');
    const life = new Life(agreementOf([fee], { life: lifeOf({ afterwards }) }), SIGNED)
      .sign(SIGNED)
      .terminate('2026-10-25 10:00')
      .act('2026-10-26 10:00', 'B', { type: 'settle', item: 'fee', outcome: 'waived', documents: [] });
    expect(life.ledger()).toEqual([
      '2026-10-21T00:00:00+08:00 fee A>B 80000.00',
      '2026-10-25T10:00:00+08:00 late-fee A>B 2000.00 5d',
      '2026-10-26T10:00:00+08:00 credit-note A>B -80000.00',
    ]);
    expect(life.events.at(-1)).toMatchObject({ type: 'final-statement-issued', balances: [{ amount: '2000.00' }] });
    life
      .pay('2026-10-27 10:00', 'fee', '1500.00')
      .pay('2026-10-28 10:00', 'fee', '500.01')
      .pay('2026-10-28 10:00', 'fee', '500.00')
      .pay('2026-10-28 11:00', 'fee', '1.00')
      .until('2026-11-05 12:00');
    expect(codes(life)).toEqual(['amount-too-large', 'already-fulfilled']);
    expect(balance(life)).toBe('0.00');
    expect(life.state.status).toBe('closed');
    expect(isOver(told(life))).toBe(true);
  });

  test('an agreement of an earlier release is over as ever', () => {
    const { life: _life, ...earlier } = serviceAttachments();
    const old = new Life(earlier, SIGNED).sign(SIGNED).terminate('2026-10-28 10:00').until('2026-10-30 12:00');
    expect(balance(old)).toBe('100000.00');
    expect(isOwing(old.state)).toBe(false);
    expect(isOver(told(old))).toBe(true);
  });
});
