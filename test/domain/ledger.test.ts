import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerLine } from '../../domain/agreement/event.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import { completeState, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import { accruedLines } from '../../domain/agreement/view.ts';
import { balancesOf, lineOf, withLine } from '../../domain/ledger/balance.ts';
import { explainLine } from '../../domain/ledger/line-explanation.ts';
import { addDays } from '../../domain/local-date.ts';
import { compileDraft, resolveDraft } from '../../templates/draft.ts';
import { goodDraft } from '../templates/draft-file.ts';
import { Life, agreementOf, lifeOf, payment, serviceAttachments } from '../support/life.ts';

const REPORT = 'needs-analysis-report';
const document = { sha256: 'a'.repeat(64), size: 1 };

/** S001a, in force since 2026-09-01: the report is due on 2026-10-08. */
function inForce(cap: string | null = null, graceDays = 0): Life {
  const agreement = serviceAttachments({}, (rule) =>
    rule.penalty ? { ...rule, penalty: { ...rule.penalty, cap, graceDays } } : rule,
  );
  return new Life(agreement, '2026-09-01 09:00').sign('2026-09-01 09:00');
}

const linesOf = (life: Life): LedgerLine[] => life.events.flatMap((event) => lineOf(event) ?? []);

describe('200 days late (S001a-69)', () => {
  test('is 100 % of the contract total where no cap is agreed', () => {
    const life = inForce().submit('2027-04-26 10:00', REPORT);
    expect(life.obligation(REPORT)).toMatchObject({ settledDaysLate: 200, posted: { amount: '1000000.00' } });
  });

  test('is exactly the cap where one is agreed', () => {
    const life = inForce('200000.00').submit('2027-04-26 10:00', REPORT);
    expect(life.obligation(REPORT)).toMatchObject({ settledDaysLate: 200, posted: { amount: '200000.00' } });
  });
});

describe('balances', () => {
  test('property: they are the sum of the lines, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            days: fc.integer({ min: 0, max: 25 }),
            act: fc.constantFrom('submit', 'waive-days', 'waive-sum', 'pay', 'hold', 'reject', 'terminate'),
            size: fc.integer({ min: 1, max: 40 }),
          }),
          { maxLength: 12 },
        ),
        (acts) => {
          const { obligations } = serviceAttachments();
          const fee = payment('fee-1', '2026-10-20', { mayHoldBack: true });
          const life = new Life(agreementOf([...obligations, fee]), '2026-09-01 09:00').sign('2026-09-01 09:00');
          let day = '2026-10-05';
          for (const { days, act, size } of acts) {
            day = addDays(day, days);
            const at = `${day} 10:00`;
            const plan = ['process-plan', REPORT, 'fee-1'][size % 3] ?? REPORT;
            const amount = `${String(size * 997)}.37`;
            if (act === 'submit') life.submit(at, plan === 'fee-1' ? REPORT : plan);
            if (act === 'reject') life.reject(at, 'process-plan');
            if (act === 'waive-days')
              life.act(at, 'B', { type: 'waive', obligation: plan, days: size % 5, documents: [] });
            if (act === 'waive-sum') life.act(at, 'B', { type: 'waive', obligation: plan, amount, documents: [] });
            if (act === 'pay') life.pay(at, 'fee-1', amount);
            if (act === 'hold') life.act(at, 'A', { type: 'hold-back', obligation: 'fee-1', amount, documents: [] });
            if (act === 'terminate' && size > 30) life.terminate(at);
          }
          life.until(`${addDays(day, 40)} 10:00`);
          expect(life.state.balances).toEqual(linesOf(life).reduce(withLine, {}));
          for (const { posted, waived } of life.state.obligations) {
            expect(Number(posted.amount)).toBeGreaterThanOrEqual(0);
            expect(Number(waived.amount)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('by debtor, creditor and currency, in the order of their first line', () => {
    const back = payment('fee-2', '2026-10-21', { responsible: 'B', payee: 'A', amount: '10.00' });
    const life = new Life(agreementOf([payment('fee-1', '2026-10-20'), back]), '2026-09-01 09:00');
    life.sign('2026-09-01 09:00').until('2026-10-22 09:00');
    expect(balancesOf(life.state.balances)).toEqual([
      { debtor: 'A', creditor: 'B', currency: 'CNY', amount: '80000.00' },
      { debtor: 'B', creditor: 'A', currency: 'CNY', amount: '10.00' },
    ]);
  });

  test('a release that kept none: what its obligations had posted', () => {
    const { state } = inForce().until('2026-11-05 09:00').submit('2026-11-05 10:00', REPORT);
    const without = <T extends { balances: unknown }>(whole: T): T => {
      const { balances: _balances, ...rest } = JSON.parse(JSON.stringify(whole)) as T;
      return rest as T;
    };
    expect(state.balances).toEqual({ 'A>B/CNY': '140000.00' });
    expect(completeState(without(state))).toEqual(state);
    expect(restoreState(state.agreement, without(snapshotOf(state)), state.sequence).balances).toEqual(state.balances);
  });
});

describe('why a line is there', () => {
  const why = (life: Life, line: LedgerLine, obligation: string, posted = true) => {
    const context = obligationContext(life.state, obligation, null);
    return explainLine(line, {
      agreement: life.state.agreement,
      claims: life.state.claims,
      rule: context?.rule,
      due: context?.state.due ?? null,
      clauses: ['S001a-69'],
      posted,
    });
  };
  const calendar = (life: Life): string =>
    `${life.state.agreement.calendar.id}@${life.state.agreement.calendar.version}`;

  test('clause, base, rate, days and calendar, with the numbers, in both languages', () => {
    const life = inForce().submit('2026-10-10 10:00', REPORT);
    const [line] = linesOf(life);
    const steps = line ? why(life, line, REPORT) : [];
    expect(steps.map(({ zh }) => zh)).toEqual([
      '迟延履行违约金',
      '1000000.00 CNY × 0.5 % × 2 日 = 10000 CNY',
      '日数为期限最后一日 2026-10-08 之后的日历日，首尾均计（Asia/Shanghai）',
      `日历 ${calendar(life)}`,
      '依据 S001a-69',
    ]);
    expect(steps.map(({ en }) => en)).toEqual([
      'a penalty for late performance',
      '1000000.00 CNY × 0.5 % × 2 days = 10000 CNY',
      'days are calendar days after the last day 2026-10-08, both ends included (Asia/Shanghai)',
      `calendar ${calendar(life)}`,
      'under S001a-69',
    ]);
  });

  test('days of grace, a cap and rounding say why the line is not just the product', () => {
    const life = inForce('12000.00', 1).submit('2026-10-12 10:00', REPORT);
    const [line] = linesOf(life);
    expect(line).toMatchObject({ amount: '12000.00', days: 4 });
    expect((line ? why(life, line, REPORT) : []).map(({ en }) => en).slice(1, 5)).toEqual([
      '1000000.00 CNY × 0.5 % × 4 days = 20000 CNY',
      '1 days of grace are not charged',
      'at most 12000.00 CNY in all',
      'all that is owed, rounded half-up once, less what was posted before: 12000.00 CNY',
    ]);
  });

  test('a waiver, a sum that fell due, a payment, and what is not posted yet', () => {
    const life = new Life(agreementOf([payment('fee-1', '2025-06-10')]), '2025-05-06 09:00').sign('2025-05-06 09:00');
    life.pay('2025-06-12 10:00', 'fee-1', '30000.00');
    life.act('2025-06-13 10:00', 'B', { type: 'waive', obligation: 'fee-1', days: 1, documents: [] });
    const first = linesOf(life).map((line) =>
      why(life, line, 'fee-1')
        .map(({ zh }) => zh)
        .slice(0, 2),
    );
    expect(first).toEqual([
      ['应付款项 80000.00 CNY，付款期限最后一日 2025-06-10', `日历 ${calendar(life)}`],
      ['付款：先抵应付款项，再抵迟延付款违约金', `日历 ${calendar(life)}`],
      ['迟延付款违约金，以未付且未暂扣的金额为基数', '80000.00 CNY × 0.5 % × 2 日 = 800 CNY'],
      ['迟延付款违约金，以未付且未暂扣的金额为基数', '50000.00 CNY × 0.5 % × 1 日 = 250 CNY'],
      ['债权方减免第 1 号，以冲销入账', '50000.00 CNY × 0.5 % × -1 日 = -250 CNY'],
    ]);
    const [accrued] = accruedLines(life.until('2025-06-15 10:00').state, '2025-06-15');
    expect((accrued ? why(life, accrued, 'fee-1', false) : []).at(-1)).toEqual({
      zh: '截至该日应计，尚未入账',
      en: 'accrued by that day, not posted yet',
    });
  });
});

describe('why a line is there that is no daily sum', () => {
  const liability = {
    id: 'loss',
    liable: 'A',
    cap: { amount: '100000.00', currency: 'CNY' },
    shares: null,
    answerDays: null,
    clauses: ['S001a-46'],
  };
  const cost = {
    id: 'training-cost',
    kind: 'cost-share' as const,
    clauses: ['S001b-86'],
    shares: { A: '0.6', B: '0.4' },
  };
  const deposit = { id: 'deposit', kind: 'deposit' as const, clauses: ['S001c-67'], shares: null };
  const life = lifeOf({ liabilities: [liability], bookings: [cost, deposit] });
  const steps = (one: Life, about: string, obligation: string | null = null) => {
    const line = linesOf(one).find((posted) => posted.about === about);
    const rule = one.state.agreement.obligations.find(({ id }) => id === obligation);
    const { agreement, claims } = one.state;
    return line ? explainLine(line, { agreement, claims, rule, due: null, clauses: ['X-1'], posted: true }) : [];
  };
  const claimed = (answer: object): Life =>
    new Life(serviceAttachments({ life }), '2026-09-01 09:00')
      .sign('2026-09-01 09:00')
      .submit('2026-10-10 10:00', REPORT) // 2 days: 10,000.00
      .act('2026-10-12 10:00', 'B', {
        type: 'claim',
        claim: 'k1',
        amount: '120000.00',
        obligation: REPORT,
        liability: 'loss',
        documents: [document],
      })
      .act('2026-10-13 10:00', 'A', { type: 'answer', claim: 'k1', verdict: 'agree', documents: [], ...answer });

  test('a claim: 120,000.00, capped at 100,000.00, less 10,000.00 of penalties for the same report', () => {
    expect(steps(claimed({ setOff: true }), 'claim:k1')).toEqual([
      { zh: '双方就索赔议定的赔偿（k1）', en: 'what was agreed of a claim (k1)' },
      {
        zh: '损失发生于 2026-10-12，主张 120000.00 CNY；在责任限额内商定 100000.00 CNY',
        en: 'loss of 2026-10-12: 120000.00 CNY claimed, 100000.00 CNY agreed within the cap',
      },
      {
        zh: '扣除同一义务已入账的违约金：100000.00 − 10000.00 = 90000.00 CNY',
        en: 'less the penalties posted for the same duty: 100000.00 − 10000.00 = 90000.00 CNY',
      },
      { zh: '依据 X-1', en: 'under X-1' },
    ]);
  });

  test('a claim agreed at 30,000.00 without set-off', () => {
    expect(steps(claimed({ amount: '30000.00' }), 'claim:k1').map(({ en }) => en)).toEqual([
      'what was agreed of a claim (k1)',
      'loss of 2026-10-12: 120000.00 CNY claimed, 30000.00 CNY agreed within the cap',
      'under X-1',
    ]);
  });

  test('a cost that is shared 60 to 40, and a deposit', () => {
    const one = new Life(agreementOf([], { life }), '2026-09-01 09:00').sign('2026-09-01 09:00');
    const booked = (booking: string, kind: 'cost-share' | 'deposit', sides: object) =>
      one.act('2026-09-10 10:00', 'coordinator', {
        type: 'book',
        booking,
        kind,
        amount: '10000.00',
        documents: [document],
        ...sides,
      });
    booked('training-cost', 'cost-share', { creditor: 'B' });
    booked('deposit', 'deposit', { debtor: 'A' });
    expect(linesOf(one).map(({ debtor, amount }) => `${debtor} ${amount}`)).toEqual(['A 6000.00', 'A 10000.00']);
    expect(steps(one, 'booking:training-cost').map(({ zh }) => zh)).toEqual([
      '依约分担的费用（training-cost）',
      '凭所附文件登记',
      'A 依约分担总额的 60 %',
      '依据 X-1',
    ]);
    expect(steps(one, 'booking:deposit').map(({ en }) => en)).toEqual([
      'a deposit, as agreed (deposit)',
      'booked by hand, with its document',
      'under X-1',
    ]);
  });

  test('what is unpaid at the end and let go: 50,000.00 of 80,000.00', () => {
    const one = new Life(agreementOf([payment('fee-1', '2026-09-30')], { life }), '2026-09-01 09:00');
    one.sign('2026-09-01 09:00').pay('2026-09-28 10:00', 'fee-1', '30000.00').until('2026-10-01 09:00');
    one.terminate('2026-10-01 10:00');
    one.act('2026-10-09 10:00', 'B', { type: 'settle', item: 'fee-1', outcome: 'waived', documents: [] });
    expect(steps(one, 'item:fee-1', 'fee-1').map(({ en }) => en)).toEqual([
      'let go in the settlement after the end, by credit note',
      'the part that was unpaid: 50000.00 CNY',
      'under X-1',
    ]);
  });
});

describe('force majeure in the middle', () => {
  const suspension = { grounds: ['force-majeure' as const], clauses: ['S001a-36'] };
  const life = lifeOf({ suspension: [suspension] });
  const pause = (one: Life, from: string, to: string): Life =>
    one
      .act(from, 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [document] })
      .act(to, 'A', { type: 'resume', obligations: [], documents: [] });

  test('a late report: ten suspended days cost nothing, and the line says so (S001a-69)', () => {
    const one = new Life(serviceAttachments({ life }), '2026-09-01 09:00').sign('2026-09-01 09:00');
    pause(one, '2026-10-12 10:00', '2026-10-22 10:00').submit('2026-10-25 10:00', REPORT);
    const lines = linesOf(one);
    // Late from 10-09: 3 days up to 10-11, then 10-22 … 10-25, 4 days.
    expect(lines).toMatchObject([{ amount: '35000.00', days: 7, excludedDays: 10 }]);
    const rule = obligationContext(one.state, REPORT, null)?.rule;
    const [line] = lines;
    const { agreement, claims } = one.state;
    const context = { agreement, claims, rule, due: null, clauses: [], posted: true };
    expect((line ? explainLine(line, context) : []).map(({ zh }) => zh)).toContain('中止期间 10 日不计入');
  });

  test('paid on the first late day, which is suspended: nothing is charged, but it was not in time', () => {
    const one = new Life(agreementOf([payment('fee-1', '2026-10-08')], { life }), '2026-09-01 09:00');
    one.sign('2026-09-01 09:00');
    one.act('2026-10-09 10:00', 'A', {
      type: 'suspend',
      ground: 'force-majeure',
      obligations: [],
      documents: [document],
    });
    one.pay('2026-10-09 11:00', 'fee-1', '80000.00');
    expect(one.story(5).map((line) => line.split(' ')[0])).not.toContain('overdue-withdrawn');
    expect(one.obligation('fee-1')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 0 });
    expect(one.state.balances).toEqual({ 'A>B/CNY': '0.00' });
  });

  test('a late payment: the days after the pause go on where they stopped (S001a-71)', () => {
    const one = new Life(agreementOf([payment('fee-1', '2026-10-08')], { life }), '2026-09-01 09:00');
    one.sign('2026-09-01 09:00');
    pause(one, '2026-10-12 10:00', '2026-10-22 10:00').pay('2026-10-25 10:00', 'fee-1', '80000.00');
    const fees = linesOf(one).filter(({ kind }) => kind === 'late-fee');
    expect(fees.map(({ amount, days }) => [amount, days])).toEqual([
      ['1200.00', 3],
      ['1600.00', 4],
    ]);
    expect(fees[0]?.excludedDays).toBe(10);
    expect(one.obligation('fee-1')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 7 });
  });
});

describe('late attachments that recur (S001a-63, S001a-64, S001a-67, S001a-68)', () => {
  const intervals = {
    surveyIntervalDays: 90,
    monitoringReportIntervalDays: 30,
    relationshipPlanUpdateIntervalDays: 180,
    innovationPlanIntervalDays: 180,
    complaintRecordHours: 24,
    complaintResolutionHours: 24,
  };
  const compiled = (terms: Record<string, unknown>) => {
    const { draft, errors } = resolveDraft({ ...goodDraft(), terms: { contractTotal: '1000000.00', ...terms } });
    if (!draft) throw new Error(JSON.stringify(errors));
    return compileDraft(draft, { id: 'x', year: 2026 });
  };

  test('cost the penalty once their interval is agreed; the complaint record never does', () => {
    const charged = compiled(intervals).obligations.filter(({ penalty }) => penalty !== null);
    expect(charged.flatMap(({ clauses }) => clauses)).toEqual(
      expect.arrayContaining(['S001a-60', 'S001a-61', 'S001a-62', 'S001a-63', 'S001a-64', 'S001a-67', 'S001a-68']),
    );
    expect(charged.filter(({ id }) => id.includes('complaint'))).toEqual([]);
    expect(compiled({}).obligations.filter(({ recurrence }) => recurrence !== undefined)).toEqual([]);
  });

  test('the monitoring report of the first 30 days, two days late: 2 × 5,000.00, for that occurrence alone', () => {
    const life = new Life(compiled(intervals), '2026-09-01 09:00').sign('2026-09-01 09:00').until('2026-10-10 12:00');
    const late = life.state.obligations.find(({ id, status }) => id === 'monitoring-report' && status === 'overdue');
    expect(late?.due?.localDate).toBe('2026-10-08'); // 10-01 is a holiday
    const lines = accruedLines(life.state, '2026-10-10').filter(({ obligation }) => obligation === 'monitoring-report');
    expect(lines).toMatchObject([{ occurrence: late?.occurrence, amount: '10000.00', days: 2, clauses: ['S001a-69'] }]);
  });
});
