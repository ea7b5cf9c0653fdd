import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Serve, Suspend } from '../../domain/agreement/command.ts';
import type { CompiledTermination } from '../../domain/agreement/compiled.ts';
import { addDays } from '../../domain/local-date.ts';
import { Life, agreementOf, lifeOf, paper, payment, serviceAttachments, endRule } from '../support/life.ts';

/** A party's own word counts from the day it is given; an earlier day needs the other side's, or the coordinator's with the paper. */

const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);
const FOR_A = { onBehalfOf: 'A' };
const FOR_B = { onBehalfOf: 'B' };

describe('paid on an earlier day: 80,000.00 due 2025-06-10, 0.5 % a day (S001a-71)', () => {
  const owing = () => {
    const agreement = agreementOf([payment('fee-1', '2025-06-10')], { life: lifeOf() });
    return new Life(agreement, '2025-05-06 09:00').sign('2025-05-06 09:00').until('2025-12-27 09:00');
  };
  const balance = (life: Life) => life.state.balances['A>B/CNY'];

  test('on 2025-12-27, 200 days late, A cannot say that it paid in time: 160,000.00 stay owed, and it pays today', () => {
    const life = owing().pay('2025-12-27 10:00', 'fee-1', '80000.00', 'A', { paidOn: '2025-06-10' });
    life.pay('2025-12-27 10:00', 'fee-1', '80000.00', 'A', { paidOn: '2025-12-26', documents: [paper()] });
    expect(codes(life)).toEqual(['own-word', 'own-word']);
    expect(life.refusals[0]?.message).toBe(
      "2025-06-10 is before 2025-12-27: B enters what it received, or the coordinator with the bank's paper",
    );
    life.pay('2025-12-27 11:00', 'fee-1', '80000.00', 'A', { paidOn: '2025-12-27' });
    expect(balance(life)).toBe('80000.00'); // 200 × 400.00
    expect(life.obligation('fee-1')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 200 });
  });

  test('B, who received it, says it was on 2025-06-10: nothing is owed; so does the coordinator with the bank’s paper', () => {
    const said = owing().pay('2025-12-27 10:00', 'fee-1', '80000.00', 'B', { paidOn: '2025-06-10' });
    const earlier = { type: 'pay', obligation: 'fee-1', amount: '80000.00', paidOn: '2025-06-10' } as const;
    const proved = owing()
      .act('2025-12-27 10:00', 'coordinator', { ...earlier, documents: [] }, FOR_A)
      .act('2025-12-27 10:00', 'coordinator', { ...earlier, documents: [paper()] }, FOR_A);
    expect(codes(said)).toEqual([]);
    expect(codes(proved)).toEqual(['evidence-missing']);
    expect([said, proved].map(balance)).toEqual(['0.00', '0.00']);
  });

  test('without a day it is today; a penalty is paid by the same rule (S001a-69)', () => {
    const life = owing().pay('2025-12-27 10:00', 'fee-1', '80000.00');
    expect(life.obligation('fee-1').paid).toEqual([{ on: '2025-12-27', amount: '80000.00' }]);
    const late = new Life(serviceAttachments(), '2026-09-01 09:00').sign('2026-09-01 09:00');
    late.submit('2026-10-20 10:00', 'needs-analysis-report'); // 12 days: 60,000.00
    late.pay('2026-10-22 10:00', 'needs-analysis-report', '60000.00', 'A', { paidOn: '2026-10-21' });
    late.pay('2026-10-22 10:00', 'needs-analysis-report', '60000.00', 'B', { paidOn: '2026-10-21' });
    expect(codes(late)).toEqual(['own-word']);
    expect(late.state.balances['A>B/CNY']).toBe('0.00');
  });

  test('whatever earlier day A names, its debt of that day stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 230 }), fc.integer({ min: 1, max: 8_000_000 }), (days, cents) => {
        const life = owing();
        const before = JSON.stringify(life.state);
        const paidOn = addDays('2025-12-27', -days);
        life.pay('2025-12-27 10:00', 'fee-1', (cents / 100).toFixed(2), 'A', { paidOn, documents: [paper()] });
        expect(JSON.stringify(life.state)).toBe(before);
      }),
      { numRuns: 30 },
    );
  });
});

const MISSED = 'needs-analysis-report'; // due 2026-10-08, late from 2026-10-09 on

const S001A = endRule({ gates: ['negotiation-failed', 'written-notice'], negotiationDays: 15 });
const S001B = endRule({
  ground: 'serious-breach',
  gates: ['innocent-party', 'written-notice'],
  clauses: ['S001b-67'],
});

function lived(terminations: CompiledTermination[]): Life {
  const suspension = [{ grounds: ['force-majeure' as const, 'agreed-pause' as const], clauses: ['S001a-36'] }];
  const agreement = serviceAttachments({ life: lifeOf({ terminations, suspension }) });
  return new Life(agreement, '2026-09-01 09:00').sign('2026-09-01 09:00');
}

const notice = (more: Partial<Serve>) => ({
  type: 'serve' as const,
  notice: 'termination' as const,
  documents: [paper()],
  ...more,
});
const breach = (servedOn: string) => notice({ notice: 'breach', breach: MISSED, servedOn });

describe('handed over on an earlier day (Civil Code 137, S001a-35, S001b-67)', () => {
  test('on 2026-10-28 B cannot say that it served the breach on 2026-10-12: its 15 days begin today', () => {
    const life = lived([S001A]).act('2026-10-28 10:00', 'B', breach('2026-10-12'));
    expect(codes(life)).toEqual(['own-word']);
    expect(life.refusals[0]?.clauses).toEqual(['S001a-35']);
    expect(life.state.breaches).toEqual([]);
    life.act('2026-10-28 10:00', 'B', breach('2026-10-28')).until('2026-11-12 23:59');
    expect(life.state.breaches).toMatchObject([{ status: 'negotiating', due: { localDate: '2026-11-12' } }]);
    life.act('2026-11-12 23:59', 'B', notice({ ground: 'breach', servedOn: '2026-11-12' }));
    expect(codes(life)).toEqual(['own-word', 'gate-closed']);
  });

  test('the coordinator has the receipt of 2026-10-12: 15 days to 2026-10-27; not one of before the report was late', () => {
    const life = lived([S001A])
      .act('2026-10-14 10:00', 'coordinator', breach('2026-10-08'), FOR_B) // its last day
      .act('2026-10-14 10:00', 'coordinator', { ...breach('2026-10-12'), documents: [] }, FOR_B)
      .act('2026-10-14 10:00', 'coordinator', breach('2026-10-12'), FOR_B);
    expect(codes(life)).toEqual(['date-out-of-range', 'evidence-missing']);
    expect(life.refusals[0]?.message).toBe('what it is about came about on 2026-10-09');
    expect(life.state.breaches).toMatchObject([{ servedOn: '2026-10-12', due: { localDate: '2026-10-27' } }]);
  });

  test('a report in time, rejected and late only then: served from the day after its second due date on', () => {
    const plan = 'process-plan'; // due 2026-11-02, 10 days of rework after a rejection on 10-30: 11-09
    const late = () =>
      lived([S001A]).submit('2026-10-30 10:00', plan).reject('2026-10-30 11:00', plan).until('2026-11-20 10:00');
    expect(late().obligation(plan)).toMatchObject({ status: 'overdue', due: { localDate: '2026-11-09' } });
    const served = (servedOn: string) => notice({ notice: 'breach', breach: plan, servedOn });
    const early = late().act('2026-11-20 10:00', 'coordinator', served('2026-11-09'), FOR_B);
    expect(early.refusals[0]?.message).toBe('what it is about came about on 2026-11-10');
    expect(codes(late().act('2026-11-20 10:00', 'coordinator', served('2026-11-10'), FOR_B))).toEqual([]);
  });

  test('a notice of the end was not given before the negotiation had failed', () => {
    const end = (servedOn: string) => notice({ ground: 'breach', servedOn });
    const life = lived([S001A]).act('2026-10-14 10:00', 'coordinator', breach('2026-10-12'), FOR_B);
    life.until('2026-10-30 10:00').act('2026-10-30 10:00', 'coordinator', end('2026-10-27'), FOR_B);
    expect(life.refusals[0]?.message).toBe('what it is about came about on 2026-10-28');
    life.act('2026-10-30 10:00', 'coordinator', end('2026-10-28'), FOR_B).until('2026-10-30 10:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-28' });
  });

  test('nor for a serious breach before anything was late, nor for force majeure before it began', () => {
    const serious = lived([S001B])
      .until('2026-10-12 09:00')
      .act('2026-10-12 10:00', 'coordinator', notice({ ground: 'serious-breach', servedOn: '2026-10-08' }), FOR_B)
      .act(
        '2026-10-12 10:00',
        'coordinator',
        notice({ ground: 'serious-breach', breach: MISSED, servedOn: '2026-10-08' }),
        FOR_B,
      );
    expect(serious.refusals.map(({ message }) => message)).toEqual([
      'what it is about came about on 2026-10-09',
      'what it is about came about on 2026-10-09',
    ]);
    const prevented = lived([endRule({ ground: 'force-majeure', clauses: ['S001a-36'] })])
      .act('2026-09-15 10:00', 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper()] })
      .act('2026-09-20 10:00', 'coordinator', notice({ ground: 'force-majeure', servedOn: '2026-09-14' }), FOR_A);
    expect(prevented.refusals[0]?.message).toBe('what it is about came about on 2026-09-15');
  });

  test('an end at once that its sender alone says to have handed over comes when the next day is over (Civil Code 565)', () => {
    const rescind = notice({ ground: 'serious-breach', servedOn: '2026-10-12' });
    const said = lived([S001B]).act('2026-10-12 10:00', 'B', rescind).until('2026-10-13 23:59');
    expect(said.state).toMatchObject({ status: 'active', terminations: [{ due: { localDate: '2026-10-13' } }] });
    expect(said.until('2026-10-14 00:00').state).toMatchObject({ status: 'terminated', endedOn: '2026-10-13' });
    const proved = lived([S001B]).act('2026-10-12 10:00', 'coordinator', rescind, FOR_B).until('2026-10-12 10:00');
    expect(proved.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-12' });
    const posted = lived([S001B]).act('2026-10-12 10:00', 'B', notice({ ground: 'serious-breach' }));
    const [mail] = posted.notices.filter(({ facts }) => facts.serves !== undefined);
    const served = { type: 'served' as const, noticeId: mail?.id ?? '', serves: 'termination-1' };
    posted.act('2026-10-12 10:01', 'postmaster', served, { via: 'mail' }).until('2026-10-12 10:01');
    expect(posted.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-12' });
  });

  test('a period of any length, on the sender’s own word, has a day to come', () => {
    fc.assert(
      fc.property(fc.constantFrom(null, 0, 1, 2, 30), fc.integer({ min: 0, max: 40 }), (noticeDays, later) => {
        const today = addDays('2026-10-09', later);
        const list = endRule({ ground: 'agreed-list', codes: ['MOVE'], noticeDays });
        const life = lived([list]).act(
          `${today} 10:00`,
          'A',
          notice({ ground: 'agreed-list', code: 'MOVE', servedOn: today }),
        );
        expect(life.state.terminations[0]?.due?.localDate).toBe(addDays(today, Math.max(1, noticeDays ?? 0)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('prevented since an earlier day (S001a-36, S001a-37)', () => {
  const suspend = (more: Partial<Suspend>) => ({
    type: 'suspend' as const,
    ground: 'force-majeure' as const,
    obligations: [],
    documents: [paper()],
    ...more,
  });
  /** 2026-10-09 to 2026-11-03: 23 days of October are posted, 115,000.00. */
  const late = () => lived([S001A]).until('2026-11-03 09:00');

  test('on 2026-11-03 A owes 115,000.00: on its own word nothing of October is credited; it suspends from today on', () => {
    const life = late().act('2026-11-03 10:00', 'A', suspend({ from: '2026-10-09' }));
    expect(codes(life)).toEqual(['own-word']);
    expect(life.state.balances['A>B/CNY']).toBe('115000.00');
    life.act('2026-11-03 11:00', 'A', suspend({}));
    expect(life.state.suspensions).toMatchObject([{ from: '2026-11-03' }]);
    expect(life.state.balances['A>B/CNY']).toBe('115000.00');
  });

  test('the coordinator enters 2026-10-20 with the evidence: 12 days, 60,000.00, go back', () => {
    const life = late().act('2026-11-03 10:00', 'coordinator', suspend({ from: '2026-10-20' }), FOR_A);
    expect(codes(life)).toEqual([]);
    expect(life.state.balances['A>B/CNY']).toBe('55000.00');
  });

  test('or both agree to a pause since then', () => {
    const pause = suspend({ ground: 'agreed-pause', from: '2026-10-20', documents: [] });
    const life = late().act('2026-11-03 10:00', 'A', pause);
    expect(life.state.suspensions).toEqual([]);
    life.act('2026-11-03 11:00', 'B', pause);
    expect(codes(life)).toEqual([]);
    expect(life.state.suspensions).toMatchObject([{ from: '2026-10-20', ground: 'agreed-pause' }]);
    expect(life.state.balances['A>B/CNY']).toBe('55000.00');
  });
});
