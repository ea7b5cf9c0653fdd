import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Resume, Suspend } from '../../domain/agreement/command.ts';
import type { CompiledAgreement, CompiledDeliverable } from '../../domain/agreement/compiled.ts';
import { errandsOf } from '../../domain/agreement/errands.ts';
import { obligationContexts } from '../../domain/agreement/obligations.ts';
import { explainDue } from '../../domain/agreement/opening.ts';
import { completeState, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import type { AgreementState, ObligationState } from '../../domain/agreement/state.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import { accruedLines } from '../../domain/agreement/view.ts';
import { isWorkingDay } from '../../domain/calendar.ts';
import { addDays, daysBetween } from '../../domain/local-date.ts';
import { improvementRule } from '../support/survey-life.ts';
import { Life, agreementOf, duty, lifeOf, paper, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const suspension = [
  {
    grounds: ['force-majeure', 'agreed-pause', 'missing-input'] as (
      'force-majeure' | 'agreed-pause' | 'missing-input'
    )[],
    clauses: ['S001a-37'],
  },
];
const life = lifeOf({ suspension });

/** The contract S001a of 1,000,000.00 CNY, signed on 2026-09-01: the report is due on 2026-10-08, counted 10-01. */
function contract(change: Partial<CompiledAgreement> = {}): Life {
  return new Life(serviceAttachments({ life, ...change }), SIGNED).sign(SIGNED);
}

function living(rules: CompiledDeliverable[], signedOn = '2026-09-01'): Life {
  return new Life(agreementOf(rules, { life }), `${signedOn} 09:00`).sign(`${signedOn} 09:00`);
}

const forceMajeure = (more: Partial<Suspend> = {}) => ({
  type: 'suspend' as const,
  ground: 'force-majeure' as const,
  obligations: [],
  documents: [paper()],
  ...more,
});
const resume = (more: Partial<Resume> = {}) => ({ type: 'resume' as const, obligations: [], documents: [], ...more });

/** Of an earlier day the coordinator has the evidence. */
const FOR_A = { onBehalfOf: 'A' };

const dueOf = (lived: Life, name: string) => lived.obligation(name).due?.localDate;

describe('force majeure stops the clocks (S001a-37), and each loses the local dates it stood still', () => {
  test('ten days in September: 10-01 + 10 = 10-11, a Sunday, so 2026-10-12', () => {
    const lived = contract().act('2026-09-10 10:00', 'A', forceMajeure()).act('2026-09-20 10:00', 'A', resume());
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-12');
    expect(dueOf(lived, 'process-plan')).toBe('2026-11-10'); // 60 days end on 10-31, a Saturday; + 10 is a Tuesday
    expect(lived.state.status).toBe('active');
    const resumed = lived.events.at(-1);
    expect(resumed).toMatchObject({
      type: 'agreement-resumed',
      numbers: [1],
      on: '2026-09-20',
      redated: [
        { obligation: 'needs-analysis-report', lostDays: 10 },
        { obligation: 'process-plan', lostDays: 10 },
        { obligation: 'training-plan', lostDays: 10 },
      ],
    });
  });

  test('across National Day the last day rolls over once, at the end: 10-01 + 14 = 10-15', () => {
    const lived = contract().act('2026-09-28 10:00', 'A', forceMajeure()).act('2026-10-12 08:00', 'A', resume());
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-15'); // not 10-08 + 14 = 10-22
  });

  test('a last day that had only rolled over into the suspension is not over before it ends', () => {
    // Counted 10-01, a rest day until 10-07; suspended 10-05 to 10-12: 10-01 + 7 = 10-08 lies within the suspension.
    const lived = contract().act('2026-10-05 10:00', 'A', forceMajeure()).act('2026-10-12 08:00', 'A', resume());
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-12');
    expect(lived.obligation('needs-analysis-report').status).toBe('pending');
  });

  test('a month from 2026-08-31 ends on 09-30; ten lost days later is 10-10, a make-up working day', () => {
    const lived = living([duty('report', 'signing', '1 months')], '2026-08-31');
    expect(dueOf(lived, 'report')).toBe('2026-09-30');
    lived.act('2026-09-10 10:00', 'A', forceMajeure()).act('2026-09-20 10:00', 'A', resume());
    expect(dueOf(lived, 'report')).toBe('2026-10-10');
  });

  test('hours lose what elapsed: 72 hours, suspended for 30 h 30 min', () => {
    const lived = living([
      duty('report', 'signing', '30 days'),
      duty('answer', { event: 'deliverable-submitted', of: 'report' }, '72 hours'),
    ]).submit('2026-09-10 10:00', 'report', 'B');
    expect(lived.iso(lived.obligation('answer').due?.dueAtMs ?? 0)).toBe('2026-09-13T10:00:00+08:00');
    lived.act('2026-09-11 08:00', 'A', forceMajeure()).act('2026-09-12 14:30', 'A', resume());
    expect(lived.iso(lived.obligation('answer').due?.dueAtMs ?? 0)).toBe('2026-09-14T16:30:00+08:00');
  });

  test('working days lose working days: Monday to Wednesday of the next week are seven of them', () => {
    // 10 working days from 09-01: 09-15. Suspended from Friday 09-04 to Tuesday 09-15: 7 working days are lost.
    const lived = living([duty('report', 'signing', '10 working-days')]);
    expect(dueOf(lived, 'report')).toBe('2026-09-15');
    lived.act('2026-09-04 10:00', 'A', forceMajeure()).act('2026-09-15 10:00', 'A', resume());
    expect(dueOf(lived, 'report')).toBe('2026-09-23'); // 09-20 is a make-up Sunday: 16, 17, 18, 20, 21, 22, 23
  });

  test('two suspensions, one within the other, are counted once; a second one later adds to the first', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'A', forceMajeure())
      .act('2026-09-12 10:00', 'B', forceMajeure({ obligations: ['training-plan'] }))
      .act('2026-09-14 10:00', 'A', forceMajeure({ ground: 'missing-input', obligations: ['process-plan'] }))
      .act('2026-09-20 10:00', 'A', resume());
    // The suspension of all covers those that name some: one more of the same ground is none.
    expect(lived.rejections).toEqual([{ at: '2026-09-12 10:00', code: 'already-suspended' }]);
    expect(dueOf(lived, 'process-plan')).toBe('2026-11-10');
    lived.act('2026-09-21 10:00', 'A', forceMajeure()).act('2026-09-24 10:00', 'A', resume());
    expect(dueOf(lived, 'process-plan')).toBe('2026-11-13'); // 10-31 + 13
  });

  test('what follows a due time moves along; what is counted from a later day does not', () => {
    const lived = living([
      duty('plan', 'signing', '30 days'),
      duty('minutes', { obligation: 'plan', at: 'due' }, '10 days'),
      duty('outlook', { on: '2026-11-02', term: 'fixed' }, '7 days'),
    ])
      .act('2026-09-10 10:00', 'A', forceMajeure())
      .act('2026-09-15 10:00', 'A', resume());
    // plan: counted 10-01, due 10-08; minutes: 10-18 is a Sunday, due 10-19; both lose 5 days.
    expect(lived.rows()).toEqual([
      'plan pending 2026-10-08',
      'minutes pending 2026-10-23',
      'outlook pending 2026-11-09',
    ]);
    expect(explained(lived, 'plan')).not.toEqual([]);
  });
});

/** The steps of an explanation in English. */
function explained(lived: Life, name: string, language: 'en' | 'zh' = 'en'): string[] {
  const [id, occurrence = null] = name.split('#');
  const context = obligationContexts(lived.state).find(
    ({ rule, state }) => rule.id === id && state.occurrence === occurrence,
  );
  if (!context) throw new Error(`no ${name}`);
  const { inForceOn, expiresOn } = lived.state;
  return explainDue(context, { inForceOn: inForceOn ?? '', expiresOn }).map((step) => step[language]);
}

describe('while it is suspended', () => {
  test('nothing falls due, no rung leaves, nothing accrues and nothing is posted; handing in goes on', () => {
    const lived = contract().act('2026-09-10 10:00', 'A', forceMajeure()).until('2027-03-01 12:00');
    expect(lived.story(5)).toEqual(['agreement-suspended 2026-09-10T10:00:00+08:00']);
    expect(lived.mail((n) => n.kind === 'reminder')).toEqual([]);
    expect(nextDue(lived.state)).toBeUndefined();
    lived.submit('2027-03-01 13:00', 'needs-analysis-report');
    expect(lived.obligation('needs-analysis-report')).toMatchObject({ status: 'fulfilled', settledDaysLate: 0 });
    expect(lived.ledger()).toEqual([]);
  });

  test('of those named alone: the others fall due in their time', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'A', forceMajeure({ obligations: ['process-plan'] }))
      .until('2026-12-01 12:00');
    expect(lived.state.status).toBe('active');
    expect(lived.rows()).toEqual([
      'needs-analysis-report overdue 2026-10-08',
      'process-plan pending 2026-11-02',
      'training-plan overdue 2026-11-30',
    ]);
    lived.act('2026-12-10 10:00', 'A', resume({ obligations: ['process-plan'] }));
    expect(dueOf(lived, 'process-plan')).toBe('2027-02-01'); // 91 days after 10-31 is Saturday 2027-01-30
  });

  test('the term goes on: it ends on its last day, suspended or not', () => {
    const lived = contract({ expiresOn: '2026-12-31' }).act('2026-09-10 10:00', 'A', forceMajeure());
    lived.until('2027-01-02 12:00');
    expect(lived.state.status).toBe('expired');
  });

  test('an occurrence that opens in it stands still from its opening', () => {
    const quarterly = duty('survey', 'effect', '15 days', {
      recurrence: { by: 'period', period: 'quarter', edge: 'start', partialFirst: false },
    });
    const lived = living([quarterly]).act('2026-09-20 10:00', 'A', forceMajeure()).until('2026-10-05 10:00');
    expect(lived.rows()).toEqual(['survey#2026-Q4 pending 2026-10-16']);
    lived.act('2026-10-12 10:00', 'A', resume());
    expect(dueOf(lived, 'survey#2026-Q4')).toBe('2026-10-27'); // 11 dates from 10-01 on
    expect(lived.obligation('survey#2026-Q4').pauses).toMatchObject([{ from: '2026-10-01', until: '2026-10-12' }]);
  });

  test('a review window and a rework due stand still, too', () => {
    const lived = contract()
      .submit('2026-09-07 10:00', 'process-plan')
      .act('2026-09-10 10:00', 'A', forceMajeure())
      .act('2026-09-15 10:00', 'A', resume());
    // Ten days from 09-07 are 09-17; five are lost.
    expect(lived.obligation('process-plan').review?.localDate).toBe('2026-09-22');
    const late = contract()
      .submit('2026-11-03 10:00', 'process-plan')
      .reject('2026-11-04 10:00', 'process-plan')
      .act('2026-11-05 10:00', 'A', forceMajeure())
      .act('2026-11-10 10:00', 'A', resume());
    // Ten days from 11-04 are 11-14, a Saturday; five are lost: Thursday 11-19.
    expect(late.obligation('process-plan').due?.localDate).toBe('2026-11-19');
    const early = contract()
      .submit('2026-09-07 10:00', 'process-plan')
      .act('2026-09-08 10:00', 'A', forceMajeure())
      .act('2026-09-10 10:00', 'A', resume())
      .reject('2026-09-11 10:00', 'process-plan')
      .act('2026-09-14 10:00', 'A', forceMajeure())
      .act('2026-09-18 10:00', 'A', resume());
    // The first round's 10-31 stands after the rejection; four days are lost since: 11-04.
    expect(early.obligation('process-plan').due?.localDate).toBe('2026-11-04');
  });
});

describe('force majeure in the middle of a penalty: 1,000,000.00 × 0.5 % a day (S001a-69)', () => {
  test('due 10-08, suspended from 10-15 to 10-24, handed in on 11-05: 6 + 12 = 18 days, 90,000.00', () => {
    const lived = contract()
      .act('2026-10-15 10:00', 'A', forceMajeure())
      .act('2026-10-25 10:00', 'A', resume())
      .submit('2026-11-05 10:00', 'needs-analysis-report');
    expect(lived.ledger()).toEqual([
      '2026-11-01T00:00:00+08:00 penalty A>B 65000.00 13d', // 10-09 … 10-14, 10-25 … 10-31
      '2026-11-05T10:00:00+08:00 penalty A>B 25000.00 5d',
    ]);
    expect(lived.obligation('needs-analysis-report')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 18 });
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-08'); // what was overdue stays due
  });

  test('handed in within it: the days before it alone are late', () => {
    const lived = contract()
      .act('2026-10-15 10:00', 'A', forceMajeure())
      .submit('2026-10-20 10:00', 'needs-analysis-report');
    expect(lived.ledger()).toEqual(['2026-10-20T10:00:00+08:00 penalty A>B 30000.00 6d']);
    expect(accruedLines(lived.state, '2026-10-20')).toEqual([]);
  });

  test('proved on 11-03 to have begun on 10-20: what the month’s end posted for it goes back', () => {
    const lived = contract()
      .act('2026-11-03 10:00', 'coordinator', forceMajeure({ from: '2026-10-20' }), FOR_A)
      .act('2026-11-10 10:00', 'A', resume())
      .submit('2026-11-10 12:00', 'needs-analysis-report');
    expect(lived.ledger()).toEqual([
      '2026-11-01T00:00:00+08:00 penalty A>B 115000.00 23d',
      '2026-11-03T10:00:00+08:00 credit-note A>B -60000.00 -12d', // 10-20 … 10-31
      '2026-11-10T12:00:00+08:00 penalty A>B 5000.00 1d', // 11 days before, 11-10 after: 12 × 5,000.00
    ]);
  });

  test('proved on 10-12 to have begun on 10-06: what fell due on 10-08 did not fall due', () => {
    const lived = contract().act('2026-10-12 10:00', 'coordinator', forceMajeure({ from: '2026-10-06' }), FOR_A);
    expect(lived.story(5)).toEqual([
      'obligation-overdue needs-analysis-report 2026-10-09T00:00:00+08:00',
      'agreement-suspended 2026-10-12T10:00:00+08:00',
      'overdue-withdrawn needs-analysis-report 2026-10-12T10:00:00+08:00',
    ]);
    expect(lived.obligation('needs-analysis-report').status).toBe('pending');
    lived.act('2026-10-20 10:00', 'A', resume());
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-20'); // counted 10-01 + 14 = 10-15: not before it is over
  });

  test('S001a-74: due and suspended on the same evening, the day counts for neither side twice', () => {
    const lived = contract().act('2026-10-08 18:00', 'A', forceMajeure()).act('2026-10-10 10:00', 'A', resume());
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-10'); // a make-up Saturday
  });
});

describe('a late payment of 80,000.00 at 0.5 % a day (S001a-68)', () => {
  const fee = (): CompiledAgreement => {
    const { checklist: _none, ...rule } = duty('fee', 'signing', '30 days', { responsible: 'A' });
    const payment = {
      ...rule,
      rule: 'payment@1' as const,
      payee: 'B',
      amount: '80000.00',
      currency: 'CNY',
      lateFee: { clauses: ['S001a-68'], rate: '0.005', graceDays: 0, cap: null },
      mayHoldBack: false,
      review: null,
      penalty: null,
    };
    return serviceAttachments({ life, obligations: [payment] });
  };
  const pay = { type: 'pay' as const, obligation: 'fee', amount: '80000.00', documents: [] };
  const owing = () => new Life(fee(), SIGNED).sign(SIGNED);
  const lateFees = (lived: Life) =>
    lived.events.flatMap((event) =>
      event.type === 'late-fee-posted' || event.type === 'penalty-credited'
        ? [`${event.line.amount} ${event.line.days ?? 0}d`]
        : [],
    );

  test('due 10-08, suspended from 10-12 to 10-19, paid on 10-22: 3 + 3 days are 2,400.00', () => {
    const lived = owing()
      .act('2026-10-12 10:00', 'A', forceMajeure())
      .act('2026-10-20 10:00', 'A', resume())
      .act('2026-10-22 10:00', 'A', pay);
    expect(lateFees(lived)).toEqual(['1200.00 3d', '1200.00 3d']); // a line for each run of days
  });

  test('suspended before it is due: ten days later, without a fee', () => {
    const lived = owing().act('2026-09-10 10:00', 'A', forceMajeure()).until('2026-11-20 09:00');
    expect(lived.obligation('fee').status).toBe('pending');
    lived.act('2026-11-20 10:00', 'A', resume());
    expect(dueOf(lived, 'fee')).toBe('2026-12-11'); // 10-01 + 71
    lived.act('2026-12-11 10:00', 'A', pay);
    expect(lateFees(lived)).toEqual([]);
  });

  test('proved on 11-03 to have begun on 10-20: the days of October that were posted for it go back', () => {
    const lived = owing().act('2026-11-03 10:00', 'coordinator', forceMajeure({ from: '2026-10-20' }), FOR_A);
    expect(lateFees(lived)).toEqual(['9200.00 23d', '-4800.00 -12d']); // 23 × 400.00, and 12 of them
  });
});

describe('who suspends and resumes', () => {
  test('not what the contract does not provide for, not without evidence, not in the future or long ago', () => {
    const bare = new Life(serviceAttachments(), SIGNED).sign(SIGNED).act('2026-09-10 10:00', 'A', forceMajeure());
    expect(bare.rejections).toEqual([{ at: '2026-09-10 10:00', code: 'not-provided' }]);
    const lived = contract()
      .act('2026-10-10 10:00', 'A', forceMajeure({ ground: 'other-side-holds' }))
      .act('2026-10-10 10:00', 'A', forceMajeure({ documents: [] }))
      .act('2026-10-10 10:00', 'A', forceMajeure({ obligations: ['nothing'] }))
      .act('2026-10-10 10:00', 'A', forceMajeure({ from: '2026-10-11' }))
      .act('2026-10-10 10:00', 'A', forceMajeure({ from: '2026-09-09' }))
      .act('2026-09-10 10:00', 'A', forceMajeure({ from: '2026-08-31' }))
      .act('2026-10-10 10:00', 'coordinator', forceMajeure({ ground: 'missing-input' }))
      .act('2026-10-10 10:00', 'B', forceMajeure({ ground: 'missing-input', obligations: ['process-plan'] }))
      .act('2026-10-10 10:00', 'A', forceMajeure({ ground: 'missing-input' }))
      .act('2026-10-10 10:00', 'A', resume());
    expect(lived.rejections.map(({ code }) => code)).toEqual([
      'not-provided',
      'evidence-missing',
      'unknown-obligation',
      'date-out-of-range',
      'date-out-of-range',
      'date-out-of-range',
      'not-responsible',
      'not-responsible',
      'not-responsible',
      'not-suspended',
    ]);
  });

  test('the coordinator enters it for a side; the other side ends it with a document alone', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'coordinator', forceMajeure(), { onBehalfOf: 'A' })
      .act('2026-09-12 10:00', 'B', resume())
      .act('2026-09-12 11:00', 'coordinator', resume())
      .act('2026-09-14 10:00', 'B', resume({ documents: [paper('b')] }));
    expect(lived.rejections.map(({ code }) => code)).toEqual(['evidence-missing', 'evidence-missing']);
    expect(lived.state.suspensions).toEqual([
      { number: 1, ground: 'force-majeure', obligations: [], from: '2026-09-10', until: '2026-09-14', by: 'A' },
    ]);
  });

  test('the coordinator enters force majeure that concerns both, with its document, and ends it (S001a-36)', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'coordinator', forceMajeure({ documents: [] }))
      .act('2026-09-10 11:00', 'coordinator', forceMajeure({ from: '2026-09-08' }))
      .act('2026-09-14 10:00', 'coordinator', resume({ documents: [paper('b')] }));
    expect(lived.rejections.map(({ code }) => code)).toEqual(['evidence-missing']);
    expect(lived.state.suspensions).toMatchObject([{ by: 'coordinator', from: '2026-09-08', until: '2026-09-14' }]);
    expect(lived.mail((n) => n.kind === 'agreement-suspended').length).toBeGreaterThan(0);
  });

  test('a pause begins when both sides agree, on the later of the days that they named', () => {
    const pause = (more: Partial<Suspend> = {}) => forceMajeure({ ground: 'agreed-pause', documents: [], ...more });
    const lived = contract()
      .act('2026-09-10 10:00', 'A', pause())
      .act('2026-09-10 11:00', 'A', pause())
      .act('2026-09-14 10:00', 'B', pause());
    expect(lived.rejections).toEqual([{ at: '2026-09-10 11:00', code: 'already-approved' }]);
    expect(lived.story(5)).toEqual([
      'suspension-proposed 2026-09-10T10:00:00+08:00',
      'agreement-suspended 2026-09-14T10:00:00+08:00',
    ]);
    expect(lived.state).toMatchObject({
      status: 'suspended',
      pauseProposals: [],
      suspensions: [{ from: '2026-09-14', by: 'A', ground: 'agreed-pause' }],
    });
    expect(lived.mail((n) => n.kind === 'approval-request')).toEqual(['2026-09-10T10:00 approval-request B/B']);
    lived.act('2026-09-20 10:00', 'B', resume());
    expect(lived.state.status).toBe('active');
  });

  test('or agrees to what was proposed; or the coordinator enters what both signed', () => {
    const pause = forceMajeure({ ground: 'agreed-pause', documents: [], obligations: ['training-plan'] });
    const lived = contract()
      .act('2026-09-10 10:00', 'B', { type: 'approve', what: 'suspension', documents: [] })
      .act('2026-09-10 10:00', 'A', pause)
      .act('2026-09-12 10:00', 'A', { type: 'approve', what: 'suspension', documents: [] })
      .act('2026-09-12 11:00', 'B', { type: 'approve', what: 'suspension', documents: [] });
    expect(lived.rejections.map(({ code }) => code)).toEqual(['nothing-to-approve', 'nothing-to-approve']);
    expect(lived.state.suspensions).toMatchObject([{ from: '2026-09-10', obligations: ['training-plan'], by: 'A' }]);
    const entered = contract()
      .act('2026-09-10 10:00', 'coordinator', forceMajeure({ ground: 'agreed-pause', documents: [] }))
      .act('2026-09-10 11:00', 'coordinator', forceMajeure({ ground: 'agreed-pause' }));
    expect(entered.rejections.map(({ code }) => code)).toEqual(['evidence-missing']);
    expect(entered.state.suspensions).toMatchObject([{ by: 'coordinator', from: '2026-09-10' }]);
  });

  test('of two duties that stand still one runs again alone, the other later: 10 and 20 days (S001a-37)', () => {
    const both = ['process-plan', 'training-plan'];
    const lived = contract()
      .act('2026-09-10 10:00', 'A', forceMajeure({ obligations: both }))
      .act('2026-09-20 10:00', 'A', resume({ obligations: ['process-plan'] }))
      .act('2026-09-21 10:00', 'A', resume({ obligations: ['process-plan'] }))
      .act('2026-09-22 10:00', 'A', forceMajeure({ obligations: ['training-plan'] }));
    expect(lived.rejections.map(({ code }) => code)).toEqual(['not-suspended', 'already-suspended']);
    expect(dueOf(lived, 'process-plan')).toBe('2026-11-10'); // 10-31 + 10
    expect(dueOf(lived, 'training-plan')).toBe('2026-11-30');
    expect(lived.state.suspensions).toEqual([
      {
        number: 1,
        ground: 'force-majeure',
        obligations: both,
        from: '2026-09-10',
        until: null,
        by: 'A',
        resumed: [{ obligation: 'process-plan', until: '2026-09-20' }],
      },
    ]);
    lived.act('2026-09-30 10:00', 'A', resume({ obligations: ['training-plan'] })).until('2026-10-03 12:00');
    expect(lived.state.suspensions[0]?.until).toBe('2026-09-30');
    expect(dueOf(lived, 'process-plan')).toBe('2026-11-10');
    expect(dueOf(lived, 'training-plan')).toBe('2026-12-21'); // 11-30 + 20 = 12-20, a Sunday
    expect(lived.state.status).toBe('active');
    const told = lived.notices.filter(({ kind, seat }) => kind === 'agreement-resumed' && seat === 'B');
    expect(told.map(({ facts }) => facts.duties)).toEqual([['process-plan'], undefined]);
  });

  test('of a suspension of everything no duty runs again alone', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'A', forceMajeure())
      .act('2026-09-20 10:00', 'A', resume({ obligations: ['process-plan'] }));
    expect(lived.rejections.map(({ code }) => code)).toEqual(['not-suspended']);
  });

  test('everybody else is told, with the dates that moved', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'A', forceMajeure())
      .act('2026-09-20 10:00', 'A', resume())
      .until('2026-09-21 12:00');
    const told = (kind: string) => lived.notices.filter((notice) => notice.kind === kind);
    expect(told('agreement-suspended').map(({ seat }) => seat)).toEqual(['B', 'coordinator']);
    expect(told('agreement-resumed')[0]?.facts).toMatchObject({
      from: '2026-09-20',
      redated: [
        { obligation: 'needs-analysis-report', occurrence: null, before: '2026-10-08', after: '2026-10-12' },
        { obligation: 'process-plan' },
        { obligation: 'training-plan' },
      ],
    });
  });
});

describe('the ledger of suspensions explains every later date', () => {
  test('in both languages, with its ground', () => {
    const lived = contract()
      .act('2026-09-10 10:00', 'A', forceMajeure())
      .act('2026-09-20 10:00', 'A', resume())
      .act('2026-09-22 10:00', 'A', forceMajeure());
    expect(explained(lived, 'needs-analysis-report').slice(-5)).toEqual([
      'suspended from 2026-09-10 to 2026-09-19 (force majeure)',
      '10 suspended days do not count',
      'the last day moves from 2026-10-08 to 2026-10-12',
      'now ends on 2026-10-12 Asia/Shanghai',
      'suspended since 2026-09-22 (force majeure): the clock stands still',
    ]);
    expect(explained(lived, 'needs-analysis-report', 'zh').slice(-5)).toEqual([
      '2026-09-10 至 2026-09-19 中止（不可抗力）',
      '扣除中止的 10 日',
      '最后一日由 2026-10-08 变更为 2026-10-12',
      '现于 2026-10-12 届满（Asia/Shanghai）',
      '自 2026-09-22 起中止（不可抗力），期限停止计算',
    ]);
  });
});

describe('properties', () => {
  const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), {
    minLength: 1,
    maxLength: 5,
  });

  test('suspending and resuming never makes a due date earlier, and n lost days move the unrolled day by n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 150 }), history, (days, pauses) => {
        const lived = living([duty('report', 'signing', `${days} days`)]);
        let day = '2026-09-02';
        let lost = 0;
        let counted = addDays('2026-09-01', days);
        for (const [gap, length] of pauses) {
          day = addDays(day, gap);
          lived.act(`${day} 10:00`, 'A', forceMajeure());
          const before = dueOf(lived, 'report') ?? '';
          const overdue = lived.obligation('report').status === 'overdue';
          const from = day;
          day = addDays(day, length);
          lived.act(`${day} 10:00`, 'A', resume());
          const after = dueOf(lived, 'report') ?? '';
          expect(after >= before).toBe(true);
          if (overdue) {
            expect(after).toBe(before);
            continue;
          }
          // The unrolled day, or the day of the resumption where only its roll-over lay in the suspension.
          counted = addDays(counted, daysBetween(from, day));
          lost += daysBetween(from, day);
          expect(counted).toBe(addDays('2026-09-01', days + lost));
          let expected = counted < day ? day : counted;
          while (!isWorkingDay(lived.state.agreement.calendar, expected)) expected = addDays(expected, 1);
          if (length > 0) expect(after).toBe(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('late days are those outside of every suspension, and what was posted is exactly theirs', () => {
    fc.assert(
      fc.property(history, (pauses) => {
        const lived = contract();
        let day = '2026-10-09'; // overdue
        let late = 0;
        for (const [gap, length] of pauses) {
          lived.act(`${addDays(day, gap)} 10:00`, 'A', forceMajeure());
          lived.act(`${addDays(day, gap + length)} 10:00`, 'A', resume());
          late += gap;
          day = addDays(day, gap + length);
        }
        lived.submit(`${day} 12:00`, 'needs-analysis-report');
        expect(lived.obligation('needs-analysis-report').settledDaysLate).toBe(late + 1);
        expect(lived.obligation('needs-analysis-report').posted.amount).toBe(`${(late + 1) * 5000}.00`);
      }),
      { numRuns: 40 },
    );
  });

  test('what the database restores is what the events folded to', () => {
    const lived = contract().act('2026-09-10 10:00', 'A', forceMajeure()).act('2026-09-20 10:00', 'A', resume());
    lived.act('2026-09-22 10:00', 'A', forceMajeure({ obligations: ['process-plan'] }));
    const stored = JSON.parse(JSON.stringify(snapshotOf(lived.state))) as ReturnType<typeof snapshotOf>;
    const { delivery: _delivery, ...restored } = restoreState(lived.state.agreement, stored, lived.state.sequence);
    const { delivery: _own, ...state } = lived.state;
    expect(restored).toEqual({
      ...state,
      obligations: state.obligations.map((one) => ({ ...one, ladderThroughMs: null })),
    });
  });

  test('a run of an earlier release knows none of it, and goes on', () => {
    const { state } = contract();
    const ofState = ['suspensions', 'pauseProposals', 'pausesProposed', 'restarts', 'amendments', 'patches'];
    const ofObligation = ['pauses', 'moves', 'askedAtMs', 'pinned'];
    const without = (whole: object, keys: string[]): object =>
      Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key)));
    const older = {
      ...without(state, ofState),
      obligations: state.obligations.map((one) => without(one, ofObligation)),
    } as AgreementState;
    expect(completeState(older)).toEqual(state);
    const lived = contract();
    lived.state = completeState(older);
    lived.act('2026-09-10 10:00', 'A', forceMajeure()).act('2026-09-20 10:00', 'A', resume());
    expect(dueOf(lived, 'needs-analysis-report')).toBe('2026-10-12');
  });
});

describe('findings of the agreement are told (docs/improvement.md)', () => {
  const toldOn = (act: (lived: Life) => Life, improvement = improvementRule({ suspends: true })) => {
    const lived = contract({ improvement });
    const before = lived.state;
    return errandsOf(before, act(lived).state, 0);
  };

  test('that all clocks stand still from a day on, and run again; a suspension of one duty is none of theirs', () => {
    const stopped = toldOn((lived) => lived.act('2026-09-10 10:00', 'A', forceMajeure()));
    expect(stopped).toMatchObject([
      { kind: 'tell-all', only: 'improvement', command: { type: 'clocks-stopped', from: '2026-09-10' } },
    ]);
    const lived = contract({ improvement: improvementRule({ suspends: true }) });
    const before = lived.act('2026-09-10 10:00', 'A', forceMajeure()).state;
    const { state } = lived.act('2026-09-20 10:00', 'A', resume());
    expect(errandsOf(before, state, 0)).toMatchObject([{ command: { type: 'clocks-run', until: '2026-09-20' } }]);
    const one = forceMajeure({ obligations: ['process-plan'] });
    expect(toldOn((each) => each.act('2026-09-10 10:00', 'A', one))).toEqual([]);
    expect(toldOn((each) => each.act('2026-09-10 10:00', 'A', forceMajeure()), improvementRule())).toEqual([]);
  });

  test('that the duty of plans has begun, and since when none of it was open (S004-20)', () => {
    const id = 'needs-analysis-report';
    const { state: after } = contract({ improvement: improvementRule({ fulfils: id, beginsAfter: true }) });
    const begun = (more: Partial<ObligationState>[]) => {
      const others = after.obligations
        .filter((one) => one.id === id)
        .flatMap((one) => more.map((own) => ({ ...one, ...own })));
      const waiting = after.obligations.map((one) => (one.id === id ? { ...one, due: null } : one));
      const before = { ...after, obligations: [...others, ...waiting] };
      return errandsOf(before, { ...after, obligations: [...others, ...after.obligations] }, 9).map((errand) =>
        errand.kind === 'tell-all' ? errand.command : errand,
      );
    };
    const [told] = begun([]);
    expect(told).toMatchObject({ type: 'duty-begun', obligation: id, freeSinceMs: null });
    const done = { occurrence: '2026-Q1', status: 'fulfilled', fulfilledAtMs: 5 } as const;
    expect(begun([done])[0]).toMatchObject({ freeSinceMs: 5 });
    expect(begun([done, { occurrence: '2026-Q2', status: 'overdue' }])[0]).not.toHaveProperty('freeSinceMs');
  });
});
