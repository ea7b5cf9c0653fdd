import type { CompiledGoal } from '../../domain/goal/compiled.ts';
import type { CompiledVisits } from '../../domain/visit/compiled.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledAgreement, CompiledObligation, CompiledPatch } from '../../domain/agreement/compiled.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { obligationContexts } from '../../domain/agreement/obligations.ts';
import { explainDue } from '../../domain/agreement/opening.ts';
import { completeState, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { describeObligations } from '../../domain/agreement/view.ts';
import { addMoney } from '../../domain/money.ts';
import { Life, agreementOf, duty, lifeOf, paper, payment, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const life = lifeOf({
  amendment: { consent: ['A', 'B'], lapseDays: 30, clauses: ['S000-40'] },
  suspension: [{ grounds: ['force-majeure'], clauses: ['S001a-37'] }],
  override: { by: ['coordinator'], clauses: ['S004-27'] },
});

/** S001a signed on 2026-09-01: report 10-08 (counted 10-01), plan 11-02 (10-31), training 11-30. */
function contract(change: Partial<CompiledAgreement> = {}): Life {
  return new Life(serviceAttachments({ life, ...change }), SIGNED).sign(SIGNED);
}

const COMPILED_GOAL: CompiledGoal = {
  id: 'overall-score',
  clauses: ['S000-08'],
  measure: 'satisfaction-score',
  how: 'reach',
  by: 'value',
  target: '85',
  baseline: null,
  scale: 'percentage',
  survey: null,
  judged: { at: 'expiry' },
};
const COMPILED_VISITS: CompiledVisits = {
  id: 'visits',
  kind: 'visit',
  clauses: ['S003-S-18'],
  obligation: null,
  leader: 'A',
  departments: [],
  reportDays: 3,
  plan: null,
  counters: [],
};

const NOTHING: CompiledPatch = { obligations: [], removed: [], terms: [] };

/** The rule of a running agreement with a change. */
function changed(
  lived: Life,
  id: string,
  change: (rule: CompiledObligation) => Partial<CompiledObligation>,
): CompiledObligation {
  const rule = lived.state.agreement.obligations.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return { ...rule, ...change(rule) } as CompiledObligation;
}

function inDays(lived: Life, id: string, count: number): CompiledObligation {
  return changed(lived, id, ({ deadline }) => ({ deadline: { ...deadline, offset: { unit: 'days', count } } }));
}

function propose(patch: Partial<CompiledPatch>, effectiveOn: string, amendment = 'amendment-1') {
  return { type: 'propose' as const, amendment, effectiveOn, patch: { ...NOTHING, ...patch }, documents: [] };
}
const accept = (amendment = 'amendment-1') => ({ type: 'accept' as const, amendment });
const decline = (amendment = 'amendment-1') => ({ type: 'decline' as const, amendment });

/** Proposed by A and accepted by B an hour later. */
function agreed(lived: Life, day: string, patch: Partial<CompiledPatch>, effectiveOn = day, id = 'amendment-1'): Life {
  return lived.act(`${day} 10:00`, 'A', propose(patch, effectiveOn, id)).act(`${day} 11:00`, 'B', accept(id));
}

const dueOf = (lived: Life, name: string) => lived.obligation(name).due?.localDate;
const statusOf = (lived: Life, id = 'amendment-1') => lived.state.amendments.find((one) => one.id === id)?.status;

describe('a change that both sides accept (S000-40)', () => {
  test('takes effect at 00:00 of its day; until then the old rule holds', () => {
    const lived = contract();
    agreed(lived, '2026-09-10', { obligations: [inDays(lived, 'needs-analysis-report', 45)] }, '2026-09-15');
    expect(statusOf(lived)).toBe('accepted');
    lived.until('2026-09-14 23:59');
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-08');
    lived.until('2026-09-15 00:00');
    expect(statusOf(lived)).toBe('effective');
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-16'); // 45 days from 09-01, the same day 0
    expect(lived.story(5)).toEqual([
      'amendment-proposed 2026-09-10T10:00:00+08:00',
      'amendment-accepted 2026-09-10T11:00:00+08:00',
      'amendment-effective 2026-09-15T00:00:00+08:00',
    ]);
    expect(lived.events.at(-1)?.actor.seat).toBe('clock');
  });

  test('on the day of the last acceptance, at once', () => {
    const lived = contract();
    agreed(lived, '2026-09-10', { obligations: [inDays(lived, 'needs-analysis-report', 45)] });
    expect(lived.story(5).at(-1)).toBe('amendment-effective 2026-09-10T11:00:00+08:00');
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-16');
  });

  test('the difference says which clocks, owners, sums, rates and caps change, and the end', () => {
    const lived = contract({ expiresOn: '2027-08-31' });
    const report = changed(lived, 'needs-analysis-report', (rule) => ({
      responsible: 'B',
      penalty: rule.penalty && { ...rule.penalty, creditor: 'A', rate: '0.001', cap: '50000.00' },
    }));
    const added = duty('handover', 'signing', '120 days');
    lived.act(
      '2026-09-10 10:00',
      'A',
      propose(
        {
          obligations: [report, inDays(lived, 'process-plan', 75), added],
          removed: ['training-plan'],
          expiresOn: '2028-08-31',
          terms: ['scope'],
        },
        '2026-09-15',
      ),
    );
    expect(lived.state.amendments[0]?.changes).toEqual([
      { of: 'obligation:needs-analysis-report', field: 'responsible', before: 'A', after: 'B' },
      { of: 'obligation:needs-analysis-report', field: 'rate', before: '0.005', after: '0.001' },
      { of: 'cap:penalty:needs-analysis-report', field: 'cap', before: null, after: '50000.00' },
      { of: 'obligation:needs-analysis-report', field: 'other', before: null, after: null },
      { of: 'obligation:handover', field: 'added', before: null, after: '2026-12-30' },
      { of: 'obligation:process-plan', field: 'due', before: '2026-11-02', after: '2026-11-16' },
      { of: 'obligation:training-plan', field: 'removed', before: '2026-11-30', after: null },
      { of: 'expiry', field: 'expiry', before: '2027-08-31', after: '2028-08-31' },
      { of: 'term:scope', field: 'other', before: null, after: null },
    ]);
  });

  test('the other side is asked, and told how it ended', () => {
    const lived = contract();
    agreed(lived, '2026-09-10', { obligations: [inDays(lived, 'needs-analysis-report', 45)] }, '2026-09-15');
    lived.until('2026-09-15 12:00');
    expect(lived.mail((n) => n.kind.startsWith('amendment'))).toEqual([
      '2026-09-10T10:00 amendment-proposed B/B',
      '2026-09-10T11:00 amendment-settled A/A',
      '2026-09-10T11:00 amendment-settled coordinator/coordinator',
      '2026-09-15T09:00 amendment-effective A/A',
      '2026-09-15T09:00 amendment-effective B/B',
      '2026-09-15T09:00 amendment-effective coordinator/coordinator',
    ]);
    const asked = lived.notices.find(({ kind }) => kind === 'amendment-proposed');
    expect(asked).toMatchObject({ act: 'accept', facts: { about: 'amendment-1', by: 'A', from: '2026-09-15' } });
    expect(lived.notices.at(-1)?.facts.redated).toEqual([
      { obligation: 'needs-analysis-report', occurrence: null, before: '2026-10-08', after: '2026-10-16' },
    ]);
  });

  test('who was asked on a Saturday and answers before Monday is not asked any more', () => {
    const lived = contract();
    agreed(lived, '2026-09-12', { obligations: [inDays(lived, 'needs-analysis-report', 45)] }, '2026-09-20');
    expect(lived.until('2026-09-15 12:00').mail((n) => n.kind === 'amendment-proposed')).toEqual([]);
  });
});

describe('what was due before keeps the old rule', () => {
  test('a penalty rate lowered on 10-20: the report of 10-08 keeps 0.5 %, the plan of 11-02 has 0.1 %', () => {
    const lived = contract();
    const rules = ['needs-analysis-report', 'process-plan'].map((id) =>
      changed(
        lived,
        id,
        ({ penalty }) => ({ penalty: penalty && { ...penalty, rate: '0.001' } }) as Partial<CompiledObligation>,
      ),
    );
    lived.until('2026-10-19 12:00');
    agreed(lived, '2026-10-19', { obligations: rules }, '2026-10-20');
    lived.submit('2026-11-12 10:00', 'needs-analysis-report').submit('2026-11-12 10:00', 'process-plan');
    expect(lived.ledger()).toEqual([
      '2026-11-01T00:00:00+08:00 penalty A>B 115000.00 23d', // 23 × 5,000.00
      '2026-11-12T10:00:00+08:00 penalty A>B 60000.00 12d',
      '2026-11-12T10:00:00+08:00 penalty A>B 10000.00 10d', // 10 × 1,000.00
    ]);
    const effect = lived.events.find(({ type }) => type === 'amendment-effective');
    expect(effect).toMatchObject({ kept: ['needs-analysis-report'], redated: [] });
  });

  test('fulfilled is fulfilled: a later rule says nothing of it', () => {
    const lived = contract().submit('2026-09-20 10:00', 'needs-analysis-report');
    agreed(lived, '2026-09-25', { obligations: [inDays(lived, 'needs-analysis-report', 10)] });
    expect(lived.obligation('needs-analysis-report')).toMatchObject({ status: 'fulfilled', settledDaysLate: 0 });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-08');
  });

  test('of a removed duty that is overdue, the debt goes on; one that is not due yet ends with the amendment', () => {
    const lived = contract().until('2026-10-19 12:00');
    agreed(lived, '2026-10-19', { removed: ['needs-analysis-report', 'training-plan'] });
    expect(lived.rows()).toEqual([
      'needs-analysis-report overdue 2026-10-08',
      'process-plan pending 2026-11-02',
      'training-plan cancelled 2026-11-30',
    ]);
    expect(lived.events.at(-1)).toMatchObject({ cancelled: ['training-plan'], kept: ['needs-analysis-report'] });
    expect(describeObligations(lived.state, lived.ms('2026-10-19 12:00')).map(({ id }) => id)).toEqual([
      'process-plan',
      'needs-analysis-report',
      'training-plan',
    ]);
    lived.submit('2026-11-05 10:00', 'needs-analysis-report').submit('2026-11-05 11:00', 'training-plan');
    expect(lived.rejections.map(({ code }) => code)).toEqual(['already-fulfilled']);
    expect(lived.obligation('needs-analysis-report').posted.amount).toBe('140000.00'); // 28 days
  });
});

describe('clocks that run', () => {
  test('a shortened one ends by the new rule, yet never before the end of the day of the effect', () => {
    const lived = contract().until('2026-10-12 09:00');
    // 50 days from 09-01 are 10-21; 35 days are 10-06, which is over.
    agreed(
      lived,
      '2026-10-12',
      { obligations: [inDays(lived, 'process-plan', 50), inDays(lived, 'training-plan', 35)] },
      '2026-10-14',
    );
    lived.until('2026-10-14 12:00');
    expect(dueOf(lived, 'process-plan')).toBe('2026-10-21');
    expect(dueOf(lived, 'training-plan')).toBe('2026-10-14');
    lived.until('2026-10-15 12:00');
    expect(lived.obligation('training-plan').status).toBe('overdue');
    expect(lived.obligation('process-plan').status).toBe('pending');
  });

  test('what follows a due time moves with it; hours are counted from the same instant', () => {
    const lived = new Life(
      agreementOf(
        [
          duty('plan', 'signing', '30 days'),
          duty('minutes', { obligation: 'plan', at: 'due' }, '10 days'),
          duty('notes', { event: 'agreement-in-force' }, '72 hours'),
          duty('answer', { event: 'deliverable-submitted', of: 'notes' }, '500 hours'),
        ],
        { life },
      ),
      SIGNED,
    ).sign(SIGNED);
    lived.submit('2026-09-02 10:00', 'notes', 'B');
    const answer = changed(lived, 'answer', ({ deadline }) => ({
      deadline: { ...deadline, offset: { unit: 'hours', count: 480 } },
    }));
    agreed(lived, '2026-09-10', { obligations: [inDays(lived, 'plan', 40), answer] });
    expect(dueOf(lived, 'plan')).toBe('2026-10-12'); // 10-11 is a Sunday
    expect(dueOf(lived, 'minutes')).toBe('2026-10-22');
    expect(lived.iso(lived.obligation('answer').due?.dueAtMs ?? 0)).toBe('2026-09-22T10:00:00+08:00');
  });

  test('while it is suspended the new rule holds, and the days lost so far stay lost', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper()] })
      .act('2026-09-15 10:00', 'A', { type: 'resume', obligations: [], documents: [] })
      .act('2026-09-20 10:00', 'A', {
        type: 'suspend',
        ground: 'force-majeure',
        obligations: [],
        documents: [paper()],
      });
    agreed(lived, '2026-09-22', { obligations: [inDays(lived, 'needs-analysis-report', 45)] });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-21'); // 10-16 + 5, so far
    lived.act('2026-09-27 10:00', 'A', { type: 'resume', obligations: [], documents: [] });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-28'); // + 7
    expect(dueOf(lived, 'process-plan')).toBe('2026-11-12'); // 10-31 + 12
    const resumed = lived.events.findLast(({ type }) => type === 'agreement-resumed');
    expect(resumed).toMatchObject({ redated: [{ lostDays: 7 }, { lostDays: 7 }, { lostDays: 7 }] });
  });

  test('a day agreed on by name stands: what was lost before is allowed for, only a later suspension moves it', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper()] })
      .act('2026-09-15 10:00', 'A', { type: 'resume', obligations: [], documents: [] });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-08'); // 10-01 + 5 is 10-06, a holiday until 10-07
    const report = lived.state.agreement.obligations.find(({ id }) => id === 'needs-analysis-report');
    if (!report) throw new Error('no report');
    const anchor = { on: '2026-10-20', term: 'amendment' };
    const named = { ...report, deadline: { ...report.deadline, anchor, offset: { unit: 'days' as const, count: 0 } } };
    agreed(lived, '2026-09-22', { obligations: [named] });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-20');
    lived
      .act('2026-10-12 10:00', 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper()] })
      .act('2026-10-15 10:00', 'A', { type: 'resume', obligations: [], documents: [] });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-23'); // + 3
  });

  test('a clock that stood still past its day is not due before: it takes the new rule', () => {
    const lived = contract()
      .act('2026-10-05 10:00', 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper()] })
      .until('2026-10-14 09:00');
    agreed(lived, '2026-10-14', { obligations: [inDays(lived, 'needs-analysis-report', 60)] });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-11-02');
    lived.act('2026-10-15 10:00', 'A', { type: 'resume', obligations: [], documents: [] });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-11-10'); // 10-31 + 10
  });

  test('a later end moves what is counted back from it, and what recurs goes on', () => {
    const lived = new Life(
      agreementOf(
        [
          duty('closing-report', 'expiry', '-30 days'),
          duty('survey', 'effect', '0 days', {
            recurrence: { by: 'period', period: 'month', edge: 'end', partialFirst: false },
          }),
        ],
        { life, expiresOn: '2026-12-31' },
      ),
      SIGNED,
    ).sign(SIGNED);
    expect(dueOf(lived, 'closing-report')).toBe('2026-12-01');
    agreed(lived, '2026-11-10', { expiresOn: '2027-02-28' });
    expect(dueOf(lived, 'closing-report')).toBe('2027-01-29');
    lived.until('2027-03-02 09:00');
    expect(lived.state).toMatchObject({ status: 'expired', endedOn: '2027-02-28' });
    expect(lived.rows().filter((row) => row.startsWith('survey')).length).toBe(6); // September to February
  });

  test('an added one-off is due by the same day 0, not before the end of the day of the effect', () => {
    const lived = contract().submit('2026-09-20 10:00', 'needs-analysis-report');
    const rules = [
      duty('early', 'signing', '10 days'),
      duty('late', 'signing', '120 days'),
      duty('after-report', { obligation: 'needs-analysis-report', at: 'fulfilled' }, '60 days'),
      duty('after-plan', { obligation: 'process-plan', at: 'fulfilled' }, '10 days'),
    ];
    agreed(lived, '2026-10-12', { obligations: rules }, '2026-10-13');
    lived.until('2026-10-13 09:00');
    expect(lived.rows().slice(3)).toEqual([
      'early pending 2026-10-13',
      'late pending 2026-12-30',
      'after-report pending 2026-11-19',
      'after-plan pending no date yet',
    ]);
    lived.submit('2026-10-20 10:00', 'process-plan').accept('2026-10-21 10:00', 'process-plan');
    expect(dueOf(lived, 'after-plan')).toBe('2026-11-02'); // fulfilled by the acceptance of 10-21: 10-31 is a Saturday
  });
});

describe('what recurs', () => {
  const monthly = duty('report', 'effect', '10 days', {
    recurrence: { by: 'period', period: 'month', edge: 'end', partialFirst: false },
  });
  const quarterly = {
    ...monthly,
    recurrence: { by: 'period' as const, period: 'quarter' as const, edge: 'end' as const, partialFirst: false },
  };
  const living = (change: Partial<CompiledAgreement> = {}) =>
    new Life(agreementOf([monthly], { life, ...change }), SIGNED).sign(SIGNED);

  test('by another interval: open periods stay, the new ones begin with the first that begins after the effect', () => {
    const lived = living().until('2026-11-10 09:00');
    agreed(lived, '2026-11-10', { obligations: [quarterly] });
    lived.until('2027-04-02 09:00');
    expect(lived.rows().map((row) => row.split(' ')[0])).toEqual([
      'report#2026-09',
      'report#2026-10',
      'report#2026-11',
      'report#2027-Q1',
      'report#2027-Q2',
    ]);
  });

  test('with another period after its end: the open one is dated anew from the same day 0', () => {
    const lived = living().until('2026-11-10 09:00');
    agreed(lived, '2026-11-10', {
      obligations: [{ ...monthly, deadline: { ...monthly.deadline, offset: { unit: 'days', count: 20 } } }],
    });
    expect(lived.rows()).toEqual([
      'report#2026-09 overdue 2026-10-10', // was due before: a make-up Saturday
      'report#2026-10 pending 2026-11-20',
      'report#2026-11 pending 2026-12-21',
    ]);
  });

  test('removed and brought back: what had begun meanwhile is not made up for', () => {
    const lived = living().until('2026-11-10 09:00');
    agreed(lived, '2026-11-10', { removed: ['report'] });
    expect(lived.rows().at(-1)).toBe('report#2026-11 cancelled 2026-12-10');
    lived.until('2027-01-10 09:00');
    agreed(lived, '2027-01-10', { obligations: [monthly] }, '2027-01-10', 'amendment-2');
    lived.until('2027-03-02 09:00');
    expect(lived.rows().map((row) => row.split(' ')[0])).toEqual([
      'report#2026-09',
      'report#2026-10',
      'report#2026-11',
      'report#2027-02',
      'report#2027-03',
    ]);
  });

  test('a duty of a day of the year that is still to come begins with it', () => {
    const lived = living();
    const yearly = duty('review', 'effect', '0 days', { recurrence: { by: 'month-day', monthDay: '12-15' } });
    agreed(lived, '2026-11-10', { obligations: [yearly] });
    expect(lived.rows().at(-1)).toBe('review#2026 pending 2026-12-15');
  });

  test('of a policy, running periods stay on the version that they began with (S004-30)', () => {
    const policy = {
      ...life,
      effect: { ...life.effect, policy: true },
      amendment: { consent: ['A'], lapseDays: null, clauses: ['S004-30'] },
    };
    const lived = living({ life: policy }).until('2026-11-10 09:00');
    const later = { ...monthly, deadline: { ...monthly.deadline, offset: { unit: 'days' as const, count: 20 } } };
    lived.act('2026-11-10 10:00', 'A', propose({ obligations: [later] }, '2026-11-12')).until('2026-11-20 09:00');
    // Approved by management; it holds when it is posted.
    expect(statusOf(lived)).toBe('accepted');
    lived
      .act('2026-11-20 10:00', 'B', { type: 'approve', what: 'posting:amendment-1', documents: [] })
      .act('2026-11-20 11:00', 'A', { type: 'approve', what: 'posting:amendment-1', documents: [] })
      .act('2026-11-20 12:00', 'A', { type: 'approve', what: 'posting:amendment-1', documents: [] })
      .act('2026-11-20 12:00', 'A', { type: 'approve', what: 'posting:amendment-2', documents: [] });
    expect(lived.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'already-approved',
      'nothing-to-approve',
    ]);
    expect(statusOf(lived)).toBe('effective');
    lived.until('2026-12-02 09:00');
    expect(lived.rows().slice(2)).toEqual(['report#2026-11 pending 2026-12-10', 'report#2026-12 pending 2027-01-20']);
  });
});

describe('what is paid before its day is not due yet: it takes the new sum', () => {
  /** B owes A 50,000.00 by 2026-10-30 (S001a-71), 0.5 % a day after it. */
  const fee = () =>
    contract({
      obligations: [payment('fee', '2026-10-30', { responsible: 'B', payee: 'A', amount: '50000.00' })],
    });
  const pay = (amount: string) => ({ type: 'pay' as const, obligation: 'fee', amount, documents: [] });
  const of = (lived: Life, amount: string) => changed(lived, 'fee', () => ({ amount }));
  const lines = (lived: Life) =>
    lived.events.flatMap((event) =>
      'line' in event ? [`${event.line.kind} ${event.line.amount} ${event.line.about ?? ''}`.trim()] : [],
    );

  test('30,000.00 of 50,000.00 paid, then 20,000.00 agreed: paid, and 10,000.00 over', () => {
    const lived = fee().act('2026-09-20 10:00', 'B', pay('30000.00'));
    agreed(lived, '2026-09-21', { obligations: [of(lived, '20000.00')] }, '2026-09-22').until('2026-11-30 09:00');
    expect(lived.state.amendments[0]?.changes).toEqual([
      { of: 'obligation:fee', field: 'amount', before: '50000.00', after: '20000.00' },
    ]);
    expect(lines(lived)).toEqual(['fee 50000.00', 'payment -30000.00', 'credit-note -30000.00 amendment:amendment-1']);
    expect(lived.events.find(({ type }) => type === 'obligation-fulfilled')?.occurredAtMs).toBe(
      Date.parse('2026-09-22T00:00:00+08:00'),
    );
    expect(lived.obligation('fee')).toMatchObject({ status: 'fulfilled', everOverdue: false });
  });

  test('30,000.00 paid, then 60,000.00 agreed: 30,000.00 are owed, late from the day after it is due', () => {
    const lived = fee().act('2026-09-20 10:00', 'B', pay('30000.00'));
    agreed(lived, '2026-09-21', { obligations: [of(lived, '60000.00')] }).act('2026-11-02 10:00', 'B', pay('30000.00'));
    expect(lines(lived)).toEqual([
      'fee 50000.00',
      'payment -30000.00',
      'fee 10000.00 amendment:amendment-1',
      'late-fee 150.00', // 10-31 of October
      'payment -30000.00',
      'late-fee 300.00', // 11-01 and 11-02
    ]);
  });

  test('paid in full, then 60,000.00 agreed: 10,000.00 are owed again', () => {
    const lived = fee().act('2026-09-20 10:00', 'B', pay('50000.00'));
    expect(lived.obligation('fee').status).toBe('fulfilled');
    agreed(lived, '2026-09-21', { obligations: [of(lived, '60000.00')] });
    expect(lived.obligation('fee')).toMatchObject({ status: 'pending', fulfilledAtMs: null });
    lived.act('2026-10-12 10:00', 'B', pay('10000.00')).until('2026-11-30 09:00');
    expect(lines(lived)).toEqual([
      'fee 50000.00',
      'payment -50000.00',
      'fee 10000.00 amendment:amendment-1',
      'payment -10000.00',
    ]);
    expect(lived.obligation('fee').status).toBe('fulfilled');
  });

  test('paid in full or in part and taken out: what was paid is owed back', () => {
    for (const amount of ['50000.00', '30000.00']) {
      const lived = fee().act('2026-09-20 10:00', 'B', pay(amount));
      agreed(lived, '2026-09-21', { removed: ['fee'] }).until('2026-11-30 09:00');
      expect(lines(lived)).toEqual([
        'fee 50000.00',
        `payment -${amount}`,
        'credit-note -50000.00 amendment:amendment-1',
      ]);
      expect(lived.obligation('fee').status).toBe('cancelled');
    }
  });

  test('overdue, it keeps its sum, day and rate; the difference says that, and alone is none', () => {
    const lived = fee().until('2026-11-10 09:00');
    const easier = changed(lived, 'fee', (rule) => ({
      amount: '60000.00',
      lateFee: rule.rule === 'payment@1' && rule.lateFee ? { ...rule.lateFee, rate: '0.001' } : null,
    }));
    lived.act('2026-11-10 10:00', 'A', propose({ obligations: [easier] }, '2026-11-11', 'alone'));
    expect(lived.rejections.map(({ code }) => code)).toEqual(['nothing-changes']);
    agreed(lived, '2026-11-10', { obligations: [easier], terms: ['paymentSchedule'] }, '2026-11-11');
    expect(lived.state.amendments[0]?.changes).toEqual([
      { of: 'obligation:fee', field: 'kept', before: '2026-10-30', after: '2026-10-30' },
      { of: 'term:paymentSchedule', field: 'other', before: null, after: null },
    ]);
    lived.act('2026-11-13 10:00', 'B', pay('50000.00'));
    expect(lines(lived)).toEqual(['fee 50000.00', 'late-fee 250.00', 'payment -50000.00', 'late-fee 3250.00']); // 1 + 13 days
  });

  test('whatever was paid and agreed before its day: the lines add up to the sum agreed last less what was paid', () => {
    const sum = fc.integer({ min: 1, max: 90_000 });
    fc.assert(
      fc.property(sum, fc.array(sum, { minLength: 1, maxLength: 3 }), (paid, sums) => {
        const lived = fee().act('2026-09-02 10:00', 'B', pay(`${Math.min(paid, 50_000)}.00`));
        let last = '50000.00';
        sums.forEach((one, index) => {
          const amount = `${one}.00`;
          if (amount === last) return;
          agreed(lived, `2026-09-0${3 + index}`, { obligations: [of(lived, amount)] }, undefined, `amendment-${index}`);
          last = amount;
        });
        const total = lived.events.reduce(
          (all, event) => ('line' in event ? addMoney(all, event.line.amount) : all),
          '0',
        );
        expect(Number(total)).toBe(Number(last) - Math.min(paid, 50_000));
        const isOwed = Number(total) > 0;
        expect(lived.obligation('fee').status).toBe(isOwed ? 'pending' : 'fulfilled');
      }),
      { numRuns: 40 },
    );
  });
});

describe('the difference names what costs most', () => {
  test('days of grace, windows of the review and parts, each before and after (S001a-69, S001a-61)', () => {
    const lived = contract();
    const report = changed(lived, 'needs-analysis-report', (rule) => ({
      penalty: rule.penalty && { ...rule.penalty, graceDays: 10 },
      review: { reviewers: ['B'], windowDays: 5, reworkDays: 10, clauses: [] },
    }));
    lived.act('2026-09-10 10:00', 'A', propose({ obligations: [report] }, '2026-09-15', 'one'));
    const changes = lived.state.amendments[0]?.changes ?? [];
    expect(changes).toContainEqual({
      of: 'obligation:needs-analysis-report',
      field: 'grace',
      before: '0 days',
      after: '10 days',
    });
    expect(changes.find(({ field }) => field === 'window')?.after).toBe('5 days');
    expect(changes.find(({ field }) => field === 'rework')?.after).toBe('10 days');
  });

  test('an interval of 30 days made 45 on 2026-10-20: the dates that come next, and those instead (S001a-63)', () => {
    const survey = (count: number) =>
      duty('survey', 'signing', '0 days', {
        recurrence: { by: 'interval', every: { unit: 'days', count }, edge: 'end' },
      });
    const lived = contract({ obligations: [survey(30)] }).until('2026-10-10 09:00');
    agreed(lived, '2026-10-10', { obligations: [survey(45)] }, '2026-10-20').until('2027-03-01 09:00');
    expect(lived.state.amendments[0]?.changes).toEqual([
      { of: 'obligation:survey', field: 'interval', before: '30 days', after: '45 days' },
      {
        of: 'obligation:survey',
        field: 'next',
        before: '2026-11-30, 2026-12-30, 2027-01-29',
        after: '2027-01-14, 2027-03-01, 2027-04-14',
      },
      { of: 'occurrence:survey#2026-09-01', field: 'kept', before: '2026-10-08', after: '2026-10-08' },
    ]);
    const dates = lived.state.obligations.map(({ due }) => due?.localDate);
    expect(dates).toEqual(['2026-10-08', '2026-11-02', '2027-01-14', '2027-03-01', '2027-04-14']);
  });
});

describe('proposals that come to nothing stay on record', () => {
  test('declined by either, or lapsed after its days, or when its day comes', () => {
    const lived = contract();
    const patch = { obligations: [inDays(lived, 'process-plan', 75)] };
    lived
      .act('2026-09-02 10:00', 'A', propose(patch, '2026-10-31', 'one'))
      .act('2026-09-03 10:00', 'B', decline('one'))
      .act('2026-09-03 11:00', 'B', accept('one'))
      .act('2026-09-04 10:00', 'A', propose(patch, '2026-10-31', 'two'))
      .act('2026-09-04 11:00', 'A', decline('two'))
      .act('2026-09-05 10:00', 'A', propose(patch, '2026-10-31', 'three')) // 30 days: 10-05, in the holidays: 10-08
      .act('2026-09-05 10:00', 'A', propose(patch, '2026-09-20', 'four'))
      .act('2026-09-05 10:00', 'A', propose(patch, '2026-09-05', 'five'))
      .until('2026-10-10 09:00');
    expect(lived.state.amendments.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'one declined',
      'two declined',
      'three lapsed',
      'four lapsed',
      'five lapsed',
    ]);
    expect(lived.story().filter((line) => line.startsWith('amendment-lapsed'))).toEqual([
      'amendment-lapsed 2026-09-06T00:00:00+08:00',
      'amendment-lapsed 2026-09-20T00:00:00+08:00',
      'amendment-lapsed 2026-10-09T00:00:00+08:00',
    ]);
    expect(lived.rejections.map(({ code }) => code)).toEqual(['amendment-closed']);
    expect(dueOf(lived, 'process-plan')).toBe('2026-11-02');
  });

  test('one that is accepted ends its rivals; what it changes waits for it', () => {
    const lived = contract();
    lived
      .act(
        '2026-09-02 10:00',
        'A',
        propose({ obligations: [inDays(lived, 'process-plan', 75)] }, '2026-09-20', 'longer'),
      )
      .act(
        '2026-09-02 10:00',
        'B',
        propose({ obligations: [inDays(lived, 'process-plan', 45)] }, '2026-09-20', 'shorter'),
      )
      .act(
        '2026-09-02 10:00',
        'B',
        propose({ obligations: [inDays(lived, 'training-plan', 120)] }, '2026-09-20', 'other'),
      )
      .act('2026-09-03 10:00', 'A', accept('shorter'))
      .act(
        '2026-09-04 10:00',
        'B',
        propose({ obligations: [inDays(lived, 'process-plan', 90)] }, '2026-09-25', 'again'),
      );
    expect(lived.events.find(({ type }) => type === 'amendment-lapsed')).toMatchObject({
      amendment: 'longer',
      because: 'superseded',
    });
    expect(lived.state.amendments.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'longer lapsed',
      'shorter accepted',
      'other proposed',
    ]);
    expect(lived.rejections.map(({ code }) => code)).toEqual(['amendment-conflicts']);
  });

  test('refused: not provided for, by nobody’s seat, without a change, too early, after the term, twice the same name', () => {
    const bare = new Life(serviceAttachments(), SIGNED).sign(SIGNED);
    bare
      .act('2026-09-10 10:00', 'A', propose({ terms: ['scope'] }, '2026-09-20'))
      .act('2026-09-10 10:00', 'A', accept());
    expect(bare.rejections.map(({ code }) => code)).toEqual(['not-provided', 'not-provided']);
    const lived = contract({ expiresOn: '2027-08-31' });
    lived
      .act('2026-09-10 10:00', 'A', propose({}, '2026-09-20'))
      .act('2026-09-10 10:00', 'A', propose({ obligations: [inDays(lived, 'process-plan', 60)] }, '2026-09-20'))
      .act('2026-09-10 10:00', 'A', propose({ terms: ['scope'] }, '2026-09-09'))
      .act('2026-09-10 10:00', 'A', propose({ terms: ['scope'] }, '2027-09-01'))
      .act('2026-09-10 10:00', 'A', propose({ expiresOn: '2026-09-19' }, '2026-09-20'))
      .act(
        '2026-09-10 10:00',
        'A',
        propose({ obligations: [duty('new', 'signing', '1 days', { responsible: 'C' })] }, '2026-09-20'),
      )
      .act('2026-09-10 10:00', 'coordinator', propose({ terms: ['scope'] }, '2026-09-20'))
      .act('2026-09-10 10:00', 'coordinator', propose({ terms: ['scope'] }, '2026-09-20'), { onBehalfOf: 'A' })
      .act('2026-09-10 10:00', 'A', propose({ terms: ['scope'] }, '2026-09-20'))
      .act('2026-09-10 10:00', 'A', propose({ terms: ['price'] }, '2026-09-20'))
      .act('2026-09-10 10:00', 'B', accept('nothing'))
      .act('2026-09-10 10:00', 'coordinator', accept(), { onBehalfOf: 'B' });
    expect(lived.rejections.map(({ code }) => code)).toEqual([
      'nothing-changes',
      'nothing-changes',
      'effective-too-early',
      'date-out-of-range',
      'date-out-of-range',
      'unknown-seat',
      'not-responsible',
      'evidence-missing',
      'name-taken',
      'unknown-amendment',
      'evidence-missing',
    ]);
  });

  test('the coordinator enters a side’s answer with its signed paper, and for itself nothing', () => {
    const proposed = () => {
      const lived = contract();
      const patch = { obligations: [inDays(lived, 'needs-analysis-report', 45)] };
      return lived.act('2026-09-10 10:00', 'A', propose(patch, '2026-09-15'));
    };
    const forB = { onBehalfOf: 'B' };
    const signed = { documents: [paper()] };
    const accepted = proposed()
      .act('2026-09-11 10:00', 'coordinator', { ...accept(), ...signed })
      .act('2026-09-11 10:00', 'coordinator', { ...accept(), documents: [] }, forB)
      .act('2026-09-11 11:00', 'coordinator', { ...accept(), ...signed }, forB);
    expect(accepted.rejections.map(({ code }) => code)).toEqual(['not-responsible', 'evidence-missing']);
    expect(accepted.events.find(({ type }) => type === 'amendment-accepted')).toMatchObject({ by: 'B', ...signed });
    expect(dueOf(accepted.until('2026-09-15 00:00'), 'needs-analysis-report')).toBe('2026-10-16');

    const declined = proposed()
      .act('2026-09-11 10:00', 'coordinator', decline(), forB)
      .act('2026-09-11 11:00', 'coordinator', { ...decline(), ...signed }, forB);
    expect(declined.rejections.map(({ code }) => code)).toEqual(['evidence-missing']);
    expect(declined.events.find(({ type }) => type === 'amendment-declined')).toMatchObject({ by: 'B', ...signed });
    expect(statusOf(declined)).toBe('declined');
  });
});

describe('the agreement is what was started with its patches', () => {
  /** Two amendments, a suspension and an override in one life. */
  function eventful(): Life {
    const lived = contract({ expiresOn: '2027-08-31' });
    agreed(
      lived,
      '2026-09-10',
      { obligations: [inDays(lived, 'needs-analysis-report', 45)], expiresOn: '2027-12-31' },
      '2026-09-15',
    );
    lived.act('2026-09-20 10:00', 'A', {
      type: 'suspend',
      ground: 'force-majeure',
      obligations: [],
      documents: [paper()],
    });
    lived.act('2026-09-24 10:00', 'A', { type: 'resume', obligations: [], documents: [] });
    lived.act('2026-09-25 10:00', 'coordinator', {
      type: 'override',
      obligation: 'training-plan',
      dueOn: '2026-12-24',
      documents: [],
    });
    agreed(
      lived,
      '2026-10-09',
      {
        obligations: [inDays(lived, 'needs-analysis-report', 60), duty('handover', 'signing', '120 days')],
        removed: ['process-plan'],
      },
      '2026-10-10',
      'amendment-2',
    );
    return lived.until('2026-10-12 09:00');
  }

  test('folding the events, the database’s snapshot and the next run of the workflow give the same', () => {
    const lived = eventful();
    const started = serviceAttachments({ life, expiresOn: '2027-08-31' });
    const { state } = lived;
    const bare = (of: AgreementState) => ({
      ...of,
      delivery: null,
      sequence: 0,
      obligations: of.obligations.map((one) => ({ ...one, ladderThroughMs: null })),
    });
    const folded = lived.events.reduce<AgreementState>(evolve, initialState(started));
    expect(bare(folded)).toEqual(bare(state));
    const stored = JSON.parse(JSON.stringify(snapshotOf(state))) as ReturnType<typeof snapshotOf>;
    expect(bare(restoreState(started, stored, state.sequence))).toEqual(bare(state));
    expect(completeState(JSON.parse(JSON.stringify(state)) as AgreementState)).toEqual(state);
    expect(state.agreement.obligations.map(({ id }) => id)).toEqual([
      'needs-analysis-report',
      'training-plan',
      'handover',
    ]);
    expect(state.patches).toHaveLength(2);
  });

  test('a database that sorts the keys of its JSON changes no rule', () => {
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort()
                .map(([key, inner]) => [key, sorted(inner)]),
            )
          : value;
    const lived = contract();
    lived.state = sorted(lived.state) as AgreementState;
    agreed(lived, '2026-09-10', { obligations: [changed(contract(), 'process-plan', () => ({}))] });
    expect(lived.rejections.map(({ code }) => code)).toEqual(['nothing-changes', 'unknown-amendment']);
  });

  test('each later date is explained by what moved it', () => {
    const lived = eventful();
    const steps = (id: string, language: 'en' | 'zh') => {
      const context = obligationContexts(lived.state).find(({ rule }) => rule.id === id);
      if (!context) throw new Error(`no ${id}`);
      return explainDue(context, { inForceOn: '2026-09-01', expiresOn: lived.state.expiresOn }).map(
        (step) => step[language],
      );
    };
    expect(steps('needs-analysis-report', 'en')).toEqual([
      'signed 2026-09-01, day not counted',
      '+60 days = 2026-10-31',
      'weekend, rest',
      'next working day 2026-11-02',
      'ends on 2026-11-02 at 24:00 Asia/Shanghai',
      'amendment amendment-1 took effect: the new rule counts',
      'the last day moves from 2026-10-08 to 2026-10-16',
      'suspended from 2026-09-20 to 2026-09-23 (force majeure)',
      '4 suspended days do not count',
      'the last day moves from 2026-10-16 to 2026-10-20',
      'amendment amendment-2 took effect: the new rule counts',
      'the last day moves from 2026-10-20 to 2026-11-04',
      'now ends on 2026-11-04 Asia/Shanghai',
    ]);
    expect(steps('training-plan', 'zh').slice(-3)).toEqual([
      '经有权岗位个案调整',
      '最后一日由 2026-12-04 变更为 2026-12-24',
      '现于 2026-12-24 届满（Asia/Shanghai）',
    ]);
  });

  test('whatever is amended when: nothing that was due moves, and nothing falls due before the day of the effect', () => {
    const step = fc.record({
      id: fc.constantFrom('needs-analysis-report', 'process-plan', 'training-plan'),
      days: fc.integer({ min: 1, max: 150 }),
      gap: fc.integer({ min: 0, max: 40 }),
      lead: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        const lived = contract();
        let atMs = lived.ms('2026-09-02 10:00');
        steps.forEach(({ id, days, gap, lead }, index) => {
          atMs += gap * 86_400_000;
          const day = lived.iso(atMs).slice(0, 10);
          const effectiveOn = lived.iso(atMs + lead * 86_400_000).slice(0, 10);
          lived.until(`${day} 09:00`);
          agreed(lived, day, { obligations: [inDays(lived, id, days)] }, effectiveOn, `amendment-${index}`);
          atMs += lead * 86_400_000;
          lived.until(`${effectiveOn} 23:59`);
        });
        for (const event of lived.events) {
          if (event.type !== 'amendment-effective') continue;
          const on = lived.iso(event.occurredAtMs).slice(0, 10);
          for (const { before, due } of event.redated) {
            expect(before.localDate >= on).toBe(true);
            expect(due.localDate >= on).toBe(true);
          }
        }
        const restored = restoreState(
          serviceAttachments({ life }),
          JSON.parse(JSON.stringify(snapshotOf(lived.state))) as never,
          0,
        );
        expect(restored.agreement).toEqual(lived.state.agreement);
      }),
      { numRuns: 25 },
    );
  });
});

describe('several amendments at a time: each changes what it says, and nothing else (S000-40)', () => {
  const forum = { id: 'forum', clauses: ['S001a-39'], negotiationDays: 30, hasForum: true };
  const total = (currency = 'CNY', base = '1000000.00') => ({ base, currency, percent: '30' });
  const whole = { ...life, disputes: [forum], penaltyWarning: total() };
  const doubled = (lived: Life): Partial<CompiledPatch> => ({
    obligations: lived.state.agreement.obligations.map((rule) =>
      changed(lived, rule.id, ({ penalty }) => ({ penalty: penalty && { ...penalty, base: '2000000.00' } })),
    ),
    life: { ...whole, penaltyWarning: total('CNY', '2000000.00') },
    terms: ['contractTotal'],
  });
  const dearer = (lived: Life): Partial<CompiledPatch> => ({
    obligations: lived.state.agreement.obligations.map((rule) =>
      changed(lived, rule.id, ({ penalty }) => ({ penalty: penalty && { ...penalty, rate: '0.01' } })),
    ),
    terms: ['lateDeliverablePenaltyPercentPerDay'],
  });
  const training = (lived: Life, days = 80): Partial<CompiledPatch> => ({
    obligations: [inDays(lived, 'training-plan', days)],
    terms: ['trainingPlanDays'],
  });
  const shorterTalks: Partial<CompiledPatch> = {
    life: { ...whole, disputes: [{ ...forum, negotiationDays: 20 }] },
    terms: ['negotiationDays'],
  };
  const ruleOf = (lived: Life, id: string) => lived.state.agreement.obligations.find((rule) => rule.id === id);
  const byName = ({ state: { agreement } }: Life) => ({
    ...agreement,
    obligations: [...agreement.obligations].sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
  const endings = (lived: Life) => lived.state.amendments.map(({ id, status }) => `${id} ${status}`);

  test('one that waits for its day lets others be agreed on meanwhile; none undoes another', () => {
    const lived = contract({ life: whole });
    agreed(lived, '2026-09-02', doubled(lived), '2026-10-20', 'total');
    agreed(lived, '2026-09-04', training(lived), '2026-10-21', 'training');
    agreed(lived, '2026-09-08', shorterTalks, '2026-09-25', 'talks');
    expect(lived.rejections).toEqual([]);
    lived.until('2026-10-22 09:00');
    expect(endings(lived)).toEqual(['total effective', 'training effective', 'talks effective']);
    // 80 days from 09-01 are 11-20; a day late costs 0.5 % of 2,000,000.00 = 10,000.00.
    expect(dueOf(lived, 'training-plan')).toBe('2026-11-20');
    expect(ruleOf(lived, 'training-plan')?.penalty).toMatchObject({ base: '2000000.00', rate: '0.005' });
    expect(lived.state.agreement.life).toMatchObject({
      disputes: [{ negotiationDays: 20 }],
      penaltyWarning: { base: '2000000.00' },
    });
  });

  test('of three open proposals of both parties accepting one leaves the others open', () => {
    const lived = contract({ life: whole });
    lived
      .act('2026-09-02 10:00', 'A', propose(doubled(lived), '2026-09-20', 'total'))
      .act('2026-09-02 10:01', 'A', propose(dearer(lived), '2026-09-21', 'rate'))
      .act('2026-09-02 10:02', 'B', propose(training(lived), '2026-09-22', 'training'))
      .act('2026-09-03 10:00', 'B', accept('total'))
      .act('2026-09-03 10:01', 'B', accept('rate'))
      .act('2026-09-03 10:02', 'A', accept('training'))
      .until('2026-10-12 09:00');
    expect(endings(lived)).toEqual(['total effective', 'rate effective', 'training effective']);
    // The report was due on 10-08, four days late on 10-12: 4 × 1 % of 2,000,000.00 = 80,000.00.
    lived.submit('2026-10-12 10:00', 'needs-analysis-report');
    expect(lived.events.find(({ type }) => type === 'penalty-posted')).toMatchObject({ line: { amount: '80000.00' } });
    expect(dueOf(lived, 'training-plan')).toBe('2026-11-20');
  });

  test('the same target of a goal, or the same figure of visits, conflicts; other fields of them do not', () => {
    const goal = { ...COMPILED_GOAL };
    const visits = { ...COMPILED_VISITS };
    const lived = contract({ life: whole, goals: [goal], visits: [visits] });
    const aim = (change: Partial<CompiledGoal>, term: string) => ({ goals: [{ ...goal, ...change }], terms: [term] });
    const seen = (change: Partial<CompiledVisits>, term: string) => ({
      visits: [{ ...visits, ...change }],
      terms: [term],
    });
    agreed(lived, '2026-09-02', aim({ target: '90' }, 'target'), '2026-09-20', 'target');
    agreed(lived, '2026-09-02', seen({ reportDays: 5 }, 'reportDays'), '2026-09-20', 'report');
    lived
      .act('2026-09-03 10:00', 'A', propose(aim({ target: '95' }, 'grade'), '2026-09-21', 'again'))
      .act('2026-09-03 10:01', 'A', propose(seen({ reportDays: 7 }, 'rhythm'), '2026-09-21', 'later'));
    expect(lived.rejections.map(({ code }) => code)).toEqual(['amendment-conflicts', 'amendment-conflicts']);
    agreed(lived, '2026-09-04', aim({ baseline: '70' }, 'baseline'), '2026-09-21', 'baseline');
    agreed(lived, '2026-09-04', seen({ leader: 'B' }, 'leader'), '2026-09-21', 'leader');
    lived.until('2026-09-22');
    expect(lived.state.agreement.goals).toEqual([{ ...goal, target: '90', baseline: '70' }]);
    expect(lived.state.agreement.visits).toEqual([{ ...visits, reportDays: 5, leader: 'B' }]);
  });

  test('the same term, the end, the same field of a duty, or what the other takes out: refused while one waits', () => {
    const lived = contract({ life: whole });
    agreed(
      lived,
      '2026-09-02',
      { ...training(lived), expiresOn: '2028-01-01', removed: ['process-plan'] },
      '2026-10-20',
    );
    lived
      .act('2026-09-03 10:00', 'A', propose(training(lived, 85), '2026-10-21', 'same-term'))
      .act('2026-09-03 10:01', 'A', propose({ expiresOn: '2029-01-01' }, '2026-10-21', 'same-end'))
      .act('2026-09-03 10:02', 'A', propose({ obligations: [inDays(lived, 'training-plan', 85)] }, '2026-10-21', 'day'))
      .act(
        '2026-09-03 10:03',
        'A',
        propose({ obligations: [inDays(lived, 'process-plan', 85)] }, '2026-10-21', 'gone'),
      );
    expect(lived.rejections.map(({ code }) => code)).toEqual(Array(4).fill('amendment-conflicts'));
  });

  test('property: whatever different things are agreed on, in any order, the agreement is the same in the end', () => {
    const makers: ((lived: Life) => Partial<CompiledPatch>)[] = [
      doubled,
      dearer,
      (lived) => training(lived),
      () => shorterTalks,
      () => ({ obligations: [duty('handover', 'signing', '120 days')], terms: ['handover'] }),
      () => ({ expiresOn: '2029-12-31' }),
      (lived) => ({
        obligations: [
          changed(lived, 'process-plan', ({ review }) => ({ review: review && { ...review, windowDays: 15 } })),
        ],
      }),
      (lived) => ({
        obligations: [
          changed(lived, 'process-plan', ({ review }) => ({ review: review && { ...review, reworkDays: 5 } })),
        ],
      }),
      () => ({ life: { ...whole, disputes: [{ ...forum, hasForum: false }] } }),
    ];
    const all = makers.map((_, index) => index);
    const lives = fc.record({
      chosen: fc.uniqueArray(fc.constantFrom(...all), { minLength: 2, maxLength: 5 }),
      days: fc.array(fc.integer({ min: 10, max: 20 }), { minLength: all.length, maxLength: all.length }),
      seed: fc.array(fc.integer(), { minLength: all.length, maxLength: all.length }),
    });
    fc.assert(
      fc.property(lives, ({ chosen, days, seed }) => {
        const run = (proposed: number[], accepted: number[], day: (index: number) => number): Life => {
          const lived = contract({ life: whole });
          for (const index of proposed) {
            lived.act(
              '2026-09-02 10:00',
              'A',
              propose(makers[index]?.(lived) ?? {}, `2026-09-${day(index)}`, `a${index}`),
            );
          }
          for (const index of accepted) lived.act('2026-09-03 10:00', 'B', accept(`a${index}`));
          return lived.until('2026-09-21 00:00');
        };
        const shuffled = [...chosen].sort((a, b) => (seed[a] ?? 0) - (seed[b] ?? 0));
        const inTurn = run([...chosen].sort(), [...chosen].sort(), () => 15);
        const lived = run(chosen, shuffled, (index) => days[index] ?? 10);
        expect(lived.rejections).toEqual([]);
        expect(lived.state.amendments.every(({ status }) => status === 'effective')).toBe(true);
        expect(byName(lived)).toEqual(byName(inTurn));
        expect(lived.state.expiresOn).toBe(inTurn.state.expiresOn);
        expect(lived.rows().sort()).toEqual(inTurn.rows().sort());
      }),
      { numRuns: 30 },
    );
  });
});

describe('a revision of a policy that was approved and not posted binds nobody (S004-30)', () => {
  const policy = () =>
    contract({
      life: {
        ...life,
        effect: { ...life.effect, policy: true },
        amendment: { consent: ['A'], lapseDays: null, clauses: ['S004-30'] },
      },
    });
  const posting = { type: 'approve' as const, what: 'posting', documents: [] };
  const revised = (lived: Life, days: number) => ({ obligations: [inDays(lived, 'training-plan', days)] });

  test('whoever approves takes it back, also after its day; then it is not posted any more', () => {
    const lived = policy();
    lived
      .act('2026-09-02 10:00', 'A', propose(revised(lived, 80), '2026-09-10', 'first'))
      .act('2026-09-20 10:00', 'B', decline('first'))
      .act('2026-09-20 11:00', 'A', decline('first'))
      .act('2026-09-20 12:00', 'A', { ...posting, what: 'posting:first' });
    expect(statusOf(lived, 'first')).toBe('declined');
    expect(lived.rejections.map(({ code }) => code)).toEqual(['not-responsible', 'nothing-to-approve']);
  });

  test('a later one of the same replaces it, and `posting` alone means the one that waits', () => {
    const lived = policy();
    lived
      .act('2026-09-02 10:00', 'A', propose(revised(lived, 80), '2026-09-10', 'first'))
      .act('2026-09-20 10:00', 'A', propose(revised(lived, 85), '2026-09-25', 'second'))
      .act('2026-09-26 10:00', 'A', posting);
    expect(lived.rejections).toEqual([]);
    expect(statusOf(lived, 'first')).toBe('lapsed');
    expect(statusOf(lived, 'second')).toBe('effective');
    expect(dueOf(lived, 'training-plan')).toBe('2026-11-25'); // 85 days from 09-01
  });

  test('posted, it is not taken back; where two wait, `posting` names none', () => {
    const lived = policy();
    lived
      .act('2026-09-02 10:00', 'A', propose(revised(lived, 80), '2026-09-10', 'first'))
      .act('2026-09-02 11:00', 'A', propose({ terms: ['scope'] }, '2026-09-10', 'second'))
      .act('2026-09-03 10:00', 'A', posting)
      .act('2026-09-03 11:00', 'A', { ...posting, what: 'posting:first' })
      .act('2026-09-03 12:00', 'A', decline('first'));
    expect(lived.rejections.map(({ code }) => code)).toEqual(['nothing-to-approve', 'amendment-closed']);
  });
});

describe('a day in the term that begins by renewal (S001b-65)', () => {
  const renewal = { automatic: true, noticeDays: 30, internalDays: 15, months: 12, clauses: ['S001b-65'] };
  const renewing = () => contract({ expiresOn: '2026-10-31', life: { ...life, renewal } });
  const object = { type: 'object' as const, documents: [] };
  const later = (lived: Life) => propose({ obligations: [inDays(lived, 'training-plan', 100)] }, '2026-11-01');

  test('the first day of the next term: renewed first, then it is in effect', () => {
    const lived = renewing();
    lived.act('2026-10-20 10:00', 'A', later(lived)).act('2026-10-21 10:00', 'B', accept()).until('2026-11-01 00:00');
    expect(lived.rejections).toEqual([]);
    expect(lived.story().slice(-2)).toEqual([
      'agreement-renewed 2026-11-01T00:00:00+08:00',
      'amendment-effective 2026-11-01T00:00:00+08:00',
    ]);
    expect(lived.state.status).toBe('active');
  });

  test('it lapses with the agreement where somebody objects to the renewal; after that it cannot be proposed', () => {
    const lived = renewing();
    lived
      .act('2026-10-20 10:00', 'A', later(lived))
      .act('2026-10-21 10:00', 'B', accept())
      .act('2026-10-22 10:00', 'B', object)
      .act('2026-10-23 10:00', 'A', { ...later(lived), amendment: 'again' })
      .until('2026-11-02 09:00');
    expect(lived.rejections.map(({ code }) => code)).toEqual(['date-out-of-range']);
    expect(lived.state.status).toBe('expired');
    expect(statusOf(lived)).toBe('lapsed');
  });
});
