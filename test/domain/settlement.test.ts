import { describe, expect, test } from 'vitest';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { SettlementOutcome } from '../../domain/agreement/matter.ts';
import { delivered, isOver } from '../../domain/agreement/fold.ts';
import { isUnfinished } from '../../domain/life/settlement.ts';
import { Life, agreementOf, duty, lifeOf, paper, payment, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';

function lived(change: Partial<CompiledAgreement> = {}): Life {
  return new Life(serviceAttachments({ life: lifeOf(), ...change }), SIGNED).sign(SIGNED);
}

function settle(
  life: Life,
  at: string,
  item: string,
  outcome: SettlementOutcome,
  seat = 'coordinator',
  more = {},
): Life {
  const documents = seat === 'coordinator' ? [paper()] : [];
  return life.act(at, seat, { type: 'settle', item, outcome, documents, ...more });
}

const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);

describe('termination with three open obligations', () => {
  // S001a signed 2026-09-01, ended on 2026-10-28: the report is 20 days late, the plans are not due yet.
  const ended = (): Life => lived().terminate('2026-10-28 10:00');

  test('each is settled, waived or disputed; the final statement comes with the last (S001c-66, S001a-69)', () => {
    const life = ended();
    expect(life.state.settlement).toEqual([
      { item: 'needs-analysis-report', outcome: null },
      { item: 'process-plan', outcome: null },
      { item: 'training-plan', outcome: null },
    ]);
    expect(life.rows().map((row) => row.split(' ')[1])).toEqual(['cancelled', 'cancelled', 'cancelled']);
    settle(life, '2026-10-29 10:00', 'needs-analysis-report', 'settled');
    settle(life, '2026-10-30 10:00', 'process-plan', 'waived', 'B');
    expect(life.state.statedAtMs).toBeNull();
    settle(life, '2026-11-02 10:00', 'training-plan', 'disputed', 'A').until('2026-11-02 12:00');
    expect(life.story(7)).toEqual([
      'agreement-terminated 2026-10-28T10:00:00+08:00',
      'item-settled 2026-10-29T10:00:00+08:00',
      'item-settled 2026-10-30T10:00:00+08:00',
      'item-settled 2026-11-02T10:00:00+08:00',
      'final-statement-issued 2026-11-02T10:00:00+08:00',
    ]);
    // The penalty of 20 × 5,000.00 stays owed.
    expect(life.events.at(-1)).toMatchObject({
      balances: [{ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '100000.00' }],
    });
    // Both hear of what the coordinator settles, the other side of what one lets go or disputes.
    expect(life.mail(({ kind }) => kind === 'item-settled')).toEqual([
      '2026-10-29T10:00 item-settled A/A needs-analysis-report',
      '2026-10-29T10:00 item-settled B/B needs-analysis-report',
      '2026-10-30T10:00 item-settled A/A process-plan',
      '2026-11-02T10:00 item-settled B/B training-plan',
    ]);
    expect(life.mail(({ kind }) => kind === 'final-statement')).toEqual([
      '2026-11-02T10:00 final-statement A/A',
      '2026-11-02T10:00 final-statement B/B',
      '2026-11-02T10:00 final-statement coordinator/coordinator',
    ]);
  });

  test('only the coordinator settles, with a document; only the creditor waives; a party disputes', () => {
    const life = ended();
    const item = 'process-plan';
    settle(life, '2026-10-29 10:00', item, 'settled', 'B');
    settle(life, '2026-10-29 10:00', item, 'settled', 'coordinator', { documents: [] });
    settle(life, '2026-10-29 10:00', item, 'waived', 'A');
    settle(life, '2026-10-29 10:00', item, 'waived');
    settle(life, '2026-10-29 10:00', item, 'disputed');
    settle(life, '2026-10-29 10:00', 'unknown', 'settled');
    expect(codes(life)).toEqual([
      'not-responsible',
      'evidence-missing',
      'not-responsible',
      'not-responsible',
      'not-responsible',
      'unknown-item',
    ]);
    expect(life.state.settlement.every(({ outcome }) => outcome === null)).toBe(true);
  });

  test('what is disputed can be settled yet, what is settled is settled', () => {
    const life = ended();
    settle(life, '2026-10-29 10:00', 'process-plan', 'disputed', 'A');
    settle(life, '2026-10-29 11:00', 'process-plan', 'disputed', 'B');
    settle(life, '2026-10-30 10:00', 'process-plan', 'settled');
    settle(life, '2026-10-30 11:00', 'process-plan', 'waived', 'B');
    expect(codes(life)).toEqual(['item-settled', 'item-settled']);
    expect(life.state.settlement[1]).toEqual({ item: 'process-plan', outcome: 'settled' });
  });

  test('it is over with the last item and its mails; then nothing can be settled', () => {
    const life = ended();
    expect(isUnfinished(life.state)).toBe(true);
    for (const { item } of life.state.settlement) settle(life, '2026-10-29 10:00', item, 'settled');
    life.until('2026-10-30 12:00');
    expect(isUnfinished(life.state)).toBe(false);
    expect(life.state.status).toBe('terminated');
    const over = () => isOver(life.notices.reduce((state, { id }) => delivered(state, id), life.state));
    expect(over()).toBe(false); // 100,000.00 of penalty is owed
    settle(life, '2026-10-30 13:00', 'process-plan', 'disputed', 'A');
    expect(codes(life)).toEqual(['agreement-ended']);
    life.pay('2026-10-30 14:00', 'needs-analysis-report', '100000.00').until('2026-11-02 12:00');
    expect(life.state.balances).toEqual({ 'A>B/CNY': '0.00' });
    expect(over()).toBe(true);
  });

  test('one that ended under an earlier release has nothing to settle', () => {
    const life = lived({ id: '00000000-0000-7000-8000-000000000002' });
    const { life: _life, ...earlier } = serviceAttachments();
    const old = new Life(earlier, SIGNED).sign(SIGNED).terminate('2026-10-28 10:00');
    expect(old.state.settlement).toEqual([]);
    expect(isUnfinished(old.state)).toBe(false);
    settle(old, '2026-10-29 10:00', 'process-plan', 'settled');
    settle(life, '2026-10-29 10:00', 'process-plan', 'settled'); // before the end
    expect(codes(old)).toEqual(['agreement-ended']);
    expect(codes(life)).toEqual(['agreement-ended']);
  });

  test('with nothing open, the final statement comes with the end', () => {
    const life = new Life(
      agreementOf([duty('report', 'effect', '30 days')], { life: lifeOf(), expiresOn: '2026-12-31' }),
      SIGNED,
    ).sign(SIGNED);
    life.submit('2026-09-10 10:00', 'report', 'B').until('2027-01-01 00:00');
    expect(life.story().slice(-2)).toEqual([
      'agreement-expired 2027-01-01T00:00:00+08:00',
      'final-statement-issued 2027-01-01T00:00:00+08:00',
    ]);
    expect(life.events.at(-1)).toMatchObject({ balances: [] });
  });
});

describe('payments and the end', () => {
  // 80,000.00 due 2026-10-20, another 80,000.00 due 2026-11-20; ended on 2026-10-28.
  const ended = (): Life =>
    new Life(agreementOf([payment('fee-1', '2026-10-20'), payment('fee-2', '2026-11-20')], { life: lifeOf() }), SIGNED)
      .sign(SIGNED)
      .terminate('2026-10-28 10:00');

  test('what had fallen due stays owed and accrues to the day of the end; what would fall due later is cancelled', () => {
    const life = ended();
    expect(life.rows()).toEqual(['fee-1 overdue 2026-10-20', 'fee-2 cancelled 2026-11-20']);
    expect(life.state.settlement.map(({ item }) => item)).toEqual(['fee-1', 'fee-2']);
    // 2026-10-21 to 2026-10-28: 8 × 400.00
    expect(life.state.balances).toEqual({ 'A>B/CNY': '83200.00' });
    expect(life.until('2026-12-01 12:00').state.balances).toEqual({ 'A>B/CNY': '83200.00' });
  });

  test('paying settles it, and with the other item gone the final statement is issued', () => {
    const life = settle(ended(), '2026-10-29 10:00', 'fee-2', 'waived', 'B');
    settle(life, '2026-10-29 11:00', 'fee-1', 'settled');
    expect(codes(life)).toEqual(['gate-closed']); // what is owed is paid, waived or disputed
    life.pay('2026-11-10 10:00', 'fee-1', '83200.00');
    expect(life.events.at(-1)).toMatchObject({ type: 'final-statement-issued', balances: [] });
    expect(isUnfinished(life.state)).toBe(false);
  });

  test('30,000.00 is paid, the creditor lets the rest go: 50,000.00 is credited, the late fee stays owed', () => {
    const life = settle(ended(), '2026-10-29 10:00', 'fee-2', 'waived', 'B').pay(
      '2026-11-10 10:00',
      'fee-1',
      '30000.00',
    );
    settle(life, '2026-11-12 10:00', 'fee-1', 'waived', 'B');
    expect(life.events.at(-2)).toMatchObject({
      type: 'item-settled',
      line: {
        kind: 'credit-note',
        debtor: 'A',
        creditor: 'B',
        amount: '-50000.00',
        currency: 'CNY',
        about: 'item:fee-1',
      },
    });
    expect(life.obligation('fee-1').status).toBe('waived');
    expect(life.events.at(-1)).toMatchObject({
      type: 'final-statement-issued',
      balances: [{ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '3200.00' }],
    });
  });
});
