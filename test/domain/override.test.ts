import { describe, expect, test } from 'vitest';
import type { Override } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { Life, agreementOf, duty, lifeOf, paper, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const life = lifeOf({
  override: { by: ['management'], clauses: ['S004-27'] },
  suspension: [{ grounds: ['force-majeure'], clauses: ['S001a-37'] }],
});
const seats = {
  seats: ['A', 'B', 'coordinator', 'management', 'service'],
  seatParties: { management: 'A', service: 'B' },
};

function living(change: Partial<CompiledAgreement> = {}): Life {
  return new Life(serviceAttachments({ life, ...seats, ...change }), SIGNED).sign(SIGNED);
}

function override(obligation: string, change: Partial<Override>) {
  return { type: 'override' as const, obligation, documents: [], ...change };
}

describe('management changes a date, an owner or a step for a special case (S004-27)', () => {
  test('another date: the day that was given, rest day or not; a suspension moves it, and rolls over then', () => {
    const lived = living().act(
      '2026-09-10 10:00',
      'management',
      override('needs-analysis-report', { dueOn: '2026-10-17' }),
    );
    expect(lived.obligation('needs-analysis-report').due).toEqual({
      dueAtMs: lived.ms('2026-10-18 00:00'),
      localDate: '2026-10-17', // a Saturday
    });
    expect(lived.events.at(-1)).toMatchObject({
      type: 'obligation-overridden',
      obligation: 'needs-analysis-report',
      actor: { seat: 'management' },
      clauses: ['S004-27'],
      commandId: 'c3',
    });
    lived
      .act('2026-10-12 10:00', 'A', { type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper()] })
      .act('2026-10-13 10:00', 'A', { type: 'resume', obligations: [], documents: [] });
    expect(lived.obligation('needs-analysis-report').due?.localDate).toBe('2026-10-19'); // 10-18 is a Sunday
  });

  test('a later date for what is overdue: what was posted for those days goes back', () => {
    const lived = living().act(
      '2026-11-03 10:00',
      'management',
      override('needs-analysis-report', { dueOn: '2026-11-10' }),
    );
    expect(lived.obligation('needs-analysis-report')).toMatchObject({ status: 'pending', everOverdue: false });
    lived.submit('2026-11-12 10:00', 'needs-analysis-report');
    expect(lived.ledger()).toEqual([
      '2026-11-01T00:00:00+08:00 penalty A>B 115000.00 23d',
      '2026-11-03T10:00:00+08:00 credit-note A>B -115000.00 -23d',
      '2026-11-12T10:00:00+08:00 penalty A>B 10000.00 2d',
    ]);
  });

  test('another owner: from then on that seat owes it, and nobody else', () => {
    const lived = new Life(agreementOf([duty('report', 'signing', '30 days')], { life, ...seats }), SIGNED)
      .sign(SIGNED)
      .act('2026-09-10 10:00', 'management', override('report', { responsible: 'service' }))
      .submit('2026-09-11 10:00', 'report', 'management')
      .submit('2026-09-11 11:00', 'report', 'service');
    expect(lived.rejections.map(({ code }) => code)).toEqual(['not-responsible']);
    expect(lived.obligation('report').status).toBe('fulfilled');
    expect(lived.mail((n) => n.kind === 'obligation-overridden')).toEqual([
      '2026-09-10T10:00 obligation-overridden B/B report',
      '2026-09-10T10:00 obligation-overridden service/service report',
      '2026-09-10T10:00 obligation-overridden A/A report',
      '2026-09-10T10:00 obligation-overridden coordinator/coordinator report',
    ]);
    expect(lived.notices.find(({ kind }) => kind === 'obligation-overridden')?.facts.changes).toEqual([
      { of: 'obligation:report', field: 'responsible', before: 'B', after: 'service' },
    ]);
  });

  test('an owner of one occurrence stays through an amendment of the rule; the next has the rule’s', () => {
    const monthly = duty('report', 'effect', '10 days', {
      recurrence: { by: 'period', period: 'month', edge: 'end', partialFirst: false },
    });
    const amendable = { ...life, amendment: { consent: ['A', 'B'], lapseDays: null, clauses: ['S000-40'] } };
    const lived = new Life(agreementOf([monthly], { ...seats, life: amendable }), SIGNED).sign(SIGNED);
    const later = { ...monthly, deadline: { ...monthly.deadline, offset: { unit: 'days' as const, count: 20 } } };
    lived
      .act('2026-10-05 10:00', 'management', override('report', { occurrence: '2026-10', responsible: 'service' }))
      .act('2026-10-06 10:00', 'A', {
        type: 'propose',
        amendment: 'later',
        effectiveOn: '2026-10-06',
        patch: { obligations: [later], removed: [], terms: [] },
        documents: [],
      })
      .act('2026-10-06 11:00', 'B', { type: 'accept', amendment: 'later' })
      .until('2026-11-02 09:00');
    expect(lived.rows().slice(1)).toEqual(['report#2026-10 pending 2026-11-20', 'report#2026-11 pending 2026-12-21']);
    expect(lived.obligation('report#2026-10').pinned).toMatchObject({
      responsible: 'service',
      deadline: later.deadline,
    });
    expect(lived.obligation('report#2026-11').pinned).toBeNull();
  });

  test('a step that is let go ends there; what its lateness has cost stays owed', () => {
    const lived = living()
      .act('2026-10-20 10:00', 'management', override('needs-analysis-report', { skip: true }))
      .act('2026-10-20 10:30', 'management', override('process-plan', { skip: true }))
      .until('2027-01-05 09:00')
      .submit('2027-01-05 10:00', 'process-plan');
    expect(lived.rows()).toEqual([
      'needs-analysis-report waived 2026-10-08',
      'process-plan waived 2026-11-02',
      'training-plan overdue 2026-11-30',
    ]);
    expect(lived.ledger()[0]).toBe('2026-10-20T10:00:00+08:00 penalty A>B 60000.00 12d');
    expect(lived.events.filter((event) => 'obligation' in event && event.obligation === 'process-plan')).toHaveLength(
      1,
    );
    expect(lived.rejections.map(({ code }) => code)).toEqual(['already-fulfilled']);
  });

  test('nobody else, nothing that is done or has not begun, no day gone by, no payment', () => {
    const bare = new Life(serviceAttachments(), SIGNED).sign(SIGNED);
    bare.act('2026-09-10 10:00', 'coordinator', override('process-plan', { skip: true }));
    expect(bare.rejections.map(({ code }) => code)).toEqual(['not-provided']);
    const { obligations } = serviceAttachments();
    const payment = {
      ...duty('fee', 'signing', '30 days', { responsible: 'A' }),
      rule: 'payment@1' as const,
      payee: 'B',
      amount: '80000.00',
      currency: 'CNY',
      lateFee: null,
      mayHoldBack: false,
      review: null,
      penalty: null,
    };
    const after = duty('minutes', { obligation: 'process-plan', at: 'fulfilled' }, '5 days');
    const { checklist: _none, ...fee } = payment;
    const lived = living({ obligations: [...obligations, fee, after] }).submit(
      '2026-09-05 10:00',
      'needs-analysis-report',
    );
    for (const [seat, what] of [
      ['A', override('process-plan', { skip: true })],
      ['coordinator', override('process-plan', { skip: true })],
      ['management', override('needs-analysis-report', { dueOn: '2026-10-20' })],
      ['management', override('minutes', { dueOn: '2026-10-20' })],
      ['management', override('process-plan', { dueOn: '2026-09-09' })],
      ['management', override('process-plan', { dueOn: '2026-11-02' })],
      ['management', override('process-plan', { responsible: 'A' })],
      ['management', override('process-plan', { responsible: 'C' })],
      ['management', override('process-plan', {})],
      ['management', override('fee', { dueOn: '2026-12-24' })],
      ['management', override('nothing', { skip: true })],
    ] as const) {
      lived.act('2026-09-10 10:00', seat, what);
    }
    expect(lived.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'not-responsible',
      'already-fulfilled',
      'not-open-yet',
      'date-out-of-range',
      'nothing-changes',
      'nothing-changes',
      'unknown-seat',
      'nothing-changes',
      'not-provided',
      'unknown-obligation',
    ]);
  });
});
