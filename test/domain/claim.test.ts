import { describe, expect, test } from 'vitest';
import type { CompiledDeliverable, CompiledLiability } from '../../domain/agreement/compiled.ts';
import type { Claim as ClaimCommand, Answer } from '../../domain/agreement/command.ts';
import { isInForce } from '../../domain/agreement/phase.ts';
import { Life, agreementOf, lifeOf, paper, payment, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const REPORT = 'needs-analysis-report'; // due 2026-10-08, the first working day after National Day

const loss: CompiledLiability = {
  id: 'late-service',
  liable: 'A',
  cap: null,
  shares: null,
  answerDays: 10,
  clauses: ['S001b-103'],
};
const capped: CompiledLiability = { ...loss, cap: { amount: '100000.00', currency: 'CNY' }, clauses: ['S001b-74'] };

/** In force since 2026-09-01; the needs analysis is handed in on 2026-10-31, 23 days late: 23 × 5,000.00 = 115,000.00. */
function late(
  liabilities: CompiledLiability[] = [loss],
  each: (rule: CompiledDeliverable) => CompiledDeliverable = (rule) => rule,
): Life {
  return new Life(serviceAttachments({ life: lifeOf({ liabilities }) }, each), SIGNED)
    .sign(SIGNED)
    .submit('2026-10-31 10:00', REPORT);
}

const asked = (claim: string, amount: string, more: Partial<ClaimCommand> = {}) => ({
  type: 'claim' as const,
  claim,
  amount,
  obligation: REPORT,
  documents: [paper()],
  ...more,
});
const answered = (claim: string, verdict: Answer['verdict'], more: Partial<Answer> = {}) => ({
  type: 'answer' as const,
  claim,
  verdict,
  documents: [],
  ...more,
});
const codes = (life: Life) => life.rejections.map(({ code }) => code);
const lines = (life: Life) =>
  life.events.flatMap((event) =>
    event.type === 'claim-posted'
      ? [`${event.line.debtor}>${event.line.creditor} ${event.line.amount} ${event.line.about ?? ''}`]
      : [],
  );

describe('a miss is a breach candidate, never a claim (S003-C-15, S001b-103)', () => {
  test('nothing is owed for a loss until somebody claims it and it is agreed', () => {
    const life = late().until('2026-12-01 12:00');
    expect(life.state.claims).toEqual([]);
    expect(life.events.filter(({ type }) => type.startsWith('claim'))).toEqual([]);
  });

  test('B claims 50,000.00 on 2026-11-02; A has 10 days, to 2026-11-12, and agrees: one line A>B', () => {
    const life = late()
      .act('2026-11-02 10:00', 'B', asked('k1', '50000'))
      .act('2026-11-05 10:00', 'A', answered('k1', 'agree'));
    expect(life.state.claims).toEqual([
      {
        id: 'k1',
        by: 'B',
        against: 'A',
        amount: '50000.00',
        currency: 'CNY',
        obligation: REPORT,
        liability: 'late-service',
        lossOn: '2026-11-02',
        status: 'agreed',
        answerDue: { dueAtMs: life.ms('2026-11-13 00:00'), localDate: '2026-11-12' },
        payable: '50000.00',
        setOff: '0.00',
        recovered: '0',
        commandId: 'c4',
      },
    ]);
    expect(lines(life)).toEqual(['A>B 50000.00 claim:k1']);
    expect(life.state.balances['A>B/CNY']).toBe('165000.00'); // 115,000.00 of penalty and the loss
    expect(life.rejections).toEqual([]);
  });

  test('the answer’s clock rolls over: 10 days from 2026-11-04 end on Saturday 11-14, so on Monday 11-16', () => {
    const life = late().act('2026-11-04 10:00', 'B', asked('k1', '50000.00'));
    expect(life.state.claims[0]?.answerDue?.localDate).toBe('2026-11-16');
  });

  test('the loss arose between the effect and today', () => {
    const life = late()
      .act('2026-11-02 10:00', 'B', asked('k1', '50000.00', { lossOn: '2026-11-03' }))
      .act('2026-11-02 10:00', 'B', asked('k1', '50000.00', { lossOn: '2026-08-31' }))
      .act('2026-11-02 10:00', 'B', asked('k1', '50000.00', { lossOn: '2026-09-01' }));
    expect(codes(life)).toEqual(['date-out-of-range', 'date-out-of-range']);
    expect(life.state.claims[0]?.lossOn).toBe('2026-09-01');
  });

  test('who claims what from whom', () => {
    const life = late([loss, { ...loss, id: 'by-b', liable: 'B' }])
      .act('2026-11-02 10:00', 'A', asked('k1', '1.00')) // its own miss
      .act('2026-11-02 10:00', 'B', asked('k1', '1.00', { obligation: 'training-plan' })) // due later
      .act('2026-11-02 10:00', 'B', asked('k1', '1.00', { obligation: 'nothing' }))
      .act('2026-11-02 10:00', 'B', asked('k1', '1.00', { against: 'B' })) // A owes the report
      .act('2026-11-02 10:00', 'B', asked('k1', '1.00', { liability: 'by-b' })) // that rule binds B
      .act('2026-11-02 10:00', 'B', asked('k1', '1.00', { liability: 'no-rule' }))
      .act('2026-11-02 10:00', 'B', asked('k1', '0'))
      .act('2026-11-02 10:00', 'B', asked('k1', '1.005'))
      .act('2026-11-02 10:00', 'coordinator', asked('k1', '1.00'))
      .act('2026-11-02 10:00', 'coordinator', asked('k1', '1.00', { documents: [] }), { onBehalfOf: 'B' })
      .act('2026-11-02 10:00', 'coordinator', asked('k1', '1.00'), { onBehalfOf: 'B' })
      .act('2026-11-02 10:00', 'B', asked('k1', '2.00'));
    expect(codes(life)).toEqual([
      'not-responsible',
      'not-breached',
      'unknown-obligation',
      'not-breached',
      'not-provided',
      'not-provided',
      'amount-invalid',
      'amount-invalid',
      'not-responsible',
      'evidence-missing',
      'name-taken',
    ]);
    expect(life.state.claims).toMatchObject([{ id: 'k1', by: 'B', against: 'A' }]);
  });

  test('without a duty it is directed against whoever the rule binds, or the other of two sides', () => {
    const { obligation: _none, ...bare } = asked('k1', '1.00');
    const life = late([{ ...loss, id: 'information', liable: 'B', clauses: ['S003-C-16'] }])
      .act('2026-11-02 10:00', 'A', bare)
      .act('2026-11-02 10:00', 'A', { ...bare, claim: 'k2', against: 'C' });
    expect(life.state.claims).toMatchObject([{ by: 'A', against: 'B', obligation: null, liability: 'information' }]);
    expect(codes(life)).toEqual(['unknown-seat']);
  });

  test('where the contract has no rule of liability, a miss alone is a ground: no rule, no cap and no clock are made up (S000-39, S002-40)', () => {
    const life = late([]).act('2026-11-02 10:00', 'B', asked('k1', '1.00', { liability: 'any' }));
    life.act('2026-11-02 10:00', 'A', asked('k1', '1.00', { obligation: undefined } as never)); // B missed nothing
    expect(codes(life)).toEqual(['not-provided', 'not-breached']);
    life.act('2026-11-02 10:00', 'B', asked('k1', '1.00'));
    expect(life.state.claims).toMatchObject([{ obligation: REPORT, liability: null, answerDue: null }]);
    expect(life.events.find(({ type }) => type === 'claim-made')).toMatchObject({ cap: null, clauses: ['S001a-60'] });
  });

  test('an agreement of a release without a life has no claims', () => {
    const none = new Life(serviceAttachments(), SIGNED)
      .sign(SIGNED)
      .submit('2026-10-31 10:00', REPORT)
      .act('2026-11-02 10:00', 'B', asked('k1', '1.00'));
    expect(codes(none)).toEqual(['not-provided']);
  });
});

describe('which rule a claim rests on', () => {
  const thirds: CompiledLiability = {
    ...capped,
    id: 'third-party-loss',
    liable: 'third',
    cap: { amount: '10000.00', currency: 'CNY' },
    clauses: ['S001a-46', 'S001a-56'],
  };
  const complaint: CompiledLiability = { ...loss, id: 'unresolved-complaint', particular: true, clauses: ['S001a-72'] };
  const made = (life: Life) => life.events.find(({ type }) => type === 'claim-made');

  test('B pays 80,000.00 late and A claims 30,000.00 for it: the third party’s cap of 10,000.00 says nothing of that (S001a-46, -56)', () => {
    const fee = payment('service-fee', '2026-10-12', { responsible: 'B', payee: 'A', clauses: ['S001a-71'] });
    const life = new Life(agreementOf([fee], { life: lifeOf({ liabilities: [complaint, thirds] }) }), SIGNED)
      .sign(SIGNED)
      .pay('2026-10-20 10:00', 'service-fee', '80000.00', 'B')
      .act('2026-11-02 10:00', 'A', asked('k1', '30000.00', { obligation: 'service-fee' }))
      .act('2026-11-03 10:00', 'B', answered('k1', 'agree'));
    expect(made(life)).toMatchObject({ against: 'B', cap: null, clauses: ['S001a-71'] });
    expect(lines(life)).toEqual(['B>A 30000.00 claim:k1']);
    expect(life.events.filter(({ type }) => type === 'cap-reached')).toEqual([]);
    expect(life.events.find(({ type }) => type === 'claim-posted')?.clauses).toEqual(['S001a-71']);
    expect(life.state.claims).toMatchObject([{ liability: null, answerDue: null, payable: '30000.00' }]);
  });

  test('a late report is no complaint of customers: its own clauses bear the claim, not S001a-72, nor those of the penalty', () => {
    const life = late([complaint, thirds]).act('2026-11-02 10:00', 'B', asked('k1', '1000.00'));
    expect(made(life)).toMatchObject({ against: 'A', clauses: ['S001a-60'] });
    life.act(
      '2026-11-02 10:00',
      'B',
      asked('k2', '1.00', { obligation: undefined, liability: 'unresolved-complaint' } as never),
    );
    expect(life.state.claims[1]).toMatchObject({ against: 'A', liability: 'unresolved-complaint' });
  });

  test('no rule fits and no duty is named: B claims 12,000.00 on 2026-10-13, when the report alone is late (S001a-60)', () => {
    const bare = asked('k1', '12000.00', { obligation: undefined } as never);
    const life = new Life(serviceAttachments({ life: lifeOf({ liabilities: [complaint, thirds] }) }), SIGNED)
      .sign(SIGNED)
      .act('2026-10-08 10:00', 'B', bare) // its last day
      .act('2026-10-13 10:00', 'B', bare)
      .act('2026-10-14 10:00', 'A', answered('k1', 'agree'));
    expect(codes(life)).toEqual(['not-breached']);
    expect(made(life)).toMatchObject({ against: 'A', obligation: REPORT, clauses: ['S001a-60'] });
    expect(lines(life)).toEqual(['A>B 12000.00 claim:k1']);
    expect(life.events.find(({ type }) => type === 'claim-posted')?.clauses).toEqual(['S001a-60']);
  });

  test('of several that A missed the last is meant: the report of 2026-10-08, the process plan of 2026-11-02 (S001a-61)', () => {
    const bare = (claim: string) => asked(claim, '1.00', { obligation: undefined } as never);
    const life = late([complaint])
      .act('2026-11-02 10:00', 'B', bare('k1')) // the plan's last day
      .act('2026-11-03 10:00', 'B', bare('k2'));
    expect(life.state.claims.map(({ obligation }) => obligation)).toEqual([REPORT, 'process-plan']);
    expect(codes(life)).toEqual([]);
  });

  test('what the third party answers for is no ground against a party, and nobody answers a claim against the third here', () => {
    const bare = (more: Partial<ClaimCommand>) => asked('k1', '8000.00', { obligation: undefined, ...more } as never);
    const life = late([thirds, capped])
      .act('2026-11-02 10:00', 'B', asked('k1', '8000.00', { liability: 'third-party-loss' }))
      .act('2026-11-02 10:00', 'B', bare({ liability: 'third-party-loss', against: 'A' }))
      .act('2026-11-02 10:00', 'B', bare({ liability: 'third-party-loss' }))
      .act('2026-11-02 10:00', 'B', bare({ against: 'third' }))
      .act('2026-11-02 10:00', 'A', bare({}));
    expect(codes(life)).toEqual([...Array<string>(4).fill('not-provided'), 'not-breached']); // B missed nothing
    expect(life.state.claims).toEqual([]);
  });

  test('a cap that says whom it binds holds without being named; one that leaves it open is named or does not count', () => {
    const open = { ...capped, liable: null };
    const bound = late([capped]).act('2026-11-02 10:00', 'B', asked('k1', '120000.00'));
    const loose = late([open]).act('2026-11-02 10:00', 'B', asked('k1', '120000.00'));
    expect(made(bound)).toMatchObject({ cap: { amount: '100000.00', left: '100000.00' } });
    expect(made(loose)).toMatchObject({ cap: null });
  });
});

describe('caps (S001a-46, S001a-70, S001b-74, S001a-56)', () => {
  const outcome = (life: Life) =>
    life.events.flatMap((event) =>
      event.type === 'claim-answered' ? [[event.amount, event.setOff, event.payable, event.aboveCap]] : [],
    );

  test('120,000.00 with a cap of 100,000.00: payable 100,000.00, above the cap 20,000.00', () => {
    const life = late([capped])
      .act('2026-11-02 10:00', 'B', asked('k1', '120000.00'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree'));
    expect(life.events.find(({ type }) => type === 'claim-made')).toMatchObject({
      cap: { amount: '100000.00', left: '100000.00' },
    });
    expect(outcome(life)).toEqual([['120000.00', '0.00', '100000.00', '20000.00']]);
    expect(lines(life)).toEqual(['A>B 100000.00 claim:k1']);
  });

  test('what is above the cap the parties bear half and half: of 120,000.01 that is 10,000.01 and 10,000.00', () => {
    const life = late([{ ...capped, shares: { A: '0.5', B: '0.5' } }])
      .act('2026-11-02 10:00', 'B', asked('k1', '120000.01'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree'));
    expect(life.events.find(({ type }) => type === 'claim-answered')).toMatchObject({
      aboveCap: '20000.01',
      ownShares: [
        { party: 'A', amount: '10000.01' },
        { party: 'B', amount: '10000.00' },
      ],
    });
  });

  test('two claims share one cap: 70,000.00, then of 50,000.00 the 30,000.00 that are left', () => {
    const life = late([capped])
      .act('2026-11-02 10:00', 'B', asked('k1', '70000.00'))
      .act('2026-11-02 11:00', 'B', asked('k2', '50000.00'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree'))
      .act('2026-11-03 11:00', 'A', answered('k2', 'agree'))
      .act('2026-11-04 11:00', 'B', asked('k3', '1.00'))
      .act('2026-11-05 11:00', 'A', answered('k3', 'agree'));
    expect(outcome(life)).toEqual([
      ['70000.00', '0.00', '70000.00', '0.00'],
      ['50000.00', '0.00', '30000.00', '20000.00'],
      ['1.00', '0.00', '0.00', '1.00'],
    ]);
    expect(lines(life)).toEqual(['A>B 70000.00 claim:k1', 'A>B 30000.00 claim:k2']);
  });

  test('agreed in part: 80,000.00 of 120,000.00 is below the cap', () => {
    const life = late([capped])
      .act('2026-11-02 10:00', 'B', asked('k1', '120000.00'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree', { amount: '120000.01' }))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree', { amount: '0' }))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree', { amount: '80000' }));
    expect(codes(life)).toEqual(['amount-too-large', 'amount-invalid']);
    expect(outcome(life)).toEqual([['80000.00', '0.00', '80000.00', '0.00']]);
  });

  test('penalties posted for the same duty, 115,000.00, are set off once: of 120,000.00 there remain 5,000.00', () => {
    const life = late()
      .act('2026-11-02 10:00', 'B', asked('k1', '120000.00'))
      .act('2026-11-02 11:00', 'B', asked('k2', '1000.00'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree', { setOff: true }))
      .act('2026-11-03 11:00', 'A', answered('k2', 'agree', { setOff: true }));
    expect(outcome(life)).toEqual([
      ['120000.00', '115000.00', '5000.00', '0.00'],
      ['1000.00', '0.00', '1000.00', '0.00'],
    ]);
  });

  test('a penalty that was paid is set off like one that is owed: 115,000.00 of it, 100,000.00 paid, of 120,000.00 leave 5,000.00', () => {
    const life = late()
      .pay('2026-11-01 10:00', REPORT, '100000.00')
      .act('2026-11-02 10:00', 'B', asked('k1', '120000.00'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree', { setOff: true }));
    expect(outcome(life)).toEqual([['120000.00', '115000.00', '5000.00', '0.00']]);
    expect(life.state.balances['A>B/CNY']).toBe('20000.00'); // 15,000.00 of penalty, and 5,000.00: in all 120,000.00
  });

  test('set-off under a cap is never negative: 100,000.00 are covered and paid already by 115,000.00 of penalty', () => {
    const life = late([capped])
      .act('2026-11-02 10:00', 'B', asked('k1', '120000.00'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree', { setOff: true }))
      .act('2026-11-04 10:00', 'B', asked('k2', '10.00'))
      .act('2026-11-05 10:00', 'A', answered('k2', 'agree'));
    expect(outcome(life)).toEqual([
      ['120000.00', '100000.00', '0.00', '20000.00'],
      ['10.00', '0.00', '0.00', '10.00'], // the cap is used up
    ]);
    expect(lines(life)).toEqual([]);
  });

  test('a penalty in the other direction, or for another duty, is not set off', () => {
    const life = late([{ ...loss, liable: null }])
      .act('2026-11-02 10:00', 'A', { ...asked('k1', '120000.00', { against: 'B' }), obligation: undefined } as never)
      .act('2026-11-03 10:00', 'B', answered('k1', 'agree', { setOff: true }));
    expect(outcome(life)).toEqual([['120000.00', '0.00', '120000.00', '0.00']]);
  });

  test('the cap of the day of the loss counts: 100,000.00 until it was raised to 300,000.00 on 2026-11-01', () => {
    const amendment = { consent: ['A', 'B'], lapseDays: null, clauses: [] };
    const raised = { ...capped, cap: { amount: '300000.00', currency: 'CNY' } };
    const patch = {
      obligations: [],
      removed: [],
      terms: [],
      life: lifeOf({ amendment, liabilities: [raised] }),
    };
    const agreement = serviceAttachments({ life: lifeOf({ amendment, liabilities: [capped] }) });
    const life = new Life(agreement, SIGNED)
      .sign(SIGNED)
      .act('2026-10-20 10:00', 'B', {
        type: 'propose',
        amendment: 'a1',
        effectiveOn: '2026-11-01',
        patch,
        documents: [],
      })
      .act('2026-10-21 10:00', 'A', { type: 'accept', amendment: 'a1' })
      .submit('2026-10-31 10:00', REPORT);
    life
      .act('2026-11-02 10:00', 'B', asked('before', '120000.00', { lossOn: '2026-10-31' }))
      .act('2026-11-02 10:00', 'B', asked('after', '120000.00', { lossOn: '2026-11-01' }))
      .act('2026-11-03 10:00', 'A', answered('before', 'agree'))
      .act('2026-11-03 10:00', 'A', answered('after', 'agree'));
    expect(life.events.flatMap((event) => (event.type === 'claim-made' ? [event.cap] : []))).toEqual([
      { amount: '100000.00', left: '100000.00' },
      { amount: '300000.00', left: '300000.00' },
    ]);
    expect(outcome(life)).toEqual([
      ['120000.00', '0.00', '100000.00', '20000.00'],
      ['120000.00', '0.00', '120000.00', '0.00'], // 200,000.00 were left
    ]);
  });
});

describe('the answer', () => {
  test('not answered in 10 days it is overdue, told to both sides and the coordinator; silence is no consent', () => {
    const life = late().act('2026-11-02 10:00', 'B', asked('k1', '50000.00')).until('2026-11-13 12:00');
    expect(life.story().at(-1)).toBe(`claim-overdue 2026-11-13T00:00:00+08:00`);
    expect(life.state.claims).toMatchObject([{ status: 'overdue', payable: null }]);
    expect(lines(life)).toEqual([]);
    expect(life.mail(({ kind }) => kind.startsWith('claim'))).toEqual([
      `2026-11-02T10:00 claim-made A/A ${REPORT}`,
      `2026-11-13T09:00 claim-overdue B/B ${REPORT}`,
      `2026-11-13T09:00 claim-overdue coordinator/coordinator ${REPORT}`,
      `2026-11-13T09:00 claim-overdue A/A ${REPORT}`,
    ]);
    expect(life.notices.filter(({ act }) => act === 'answer').map(({ kind, seat }) => `${kind} ${seat}`)).toEqual([
      'claim-made A',
      'claim-overdue A',
    ]);
    life.act('2026-11-20 10:00', 'A', answered('k1', 'agree'));
    expect(life.state.claims).toMatchObject([{ status: 'agreed', payable: '50000.00' }]);
  });

  test('dropped or answered in the same evening, nobody is asked to answer it next morning', () => {
    const life = late()
      .act('2026-11-02 20:00', 'B', asked('k1', '1.00'))
      .act('2026-11-02 20:00', 'B', asked('k2', '1.00'))
      .act('2026-11-02 20:00', 'B', asked('k3', '1.00'))
      .act('2026-11-02 21:00', 'B', answered('k1', 'drop'))
      .act('2026-11-02 21:00', 'A', answered('k2', 'dispute'))
      .until('2026-11-03 12:00');
    const made = life.notices.filter(({ kind }) => kind === 'claim-made');
    expect(made.map(({ facts }) => facts.about)).toEqual(['k3']);
  });

  test('no clock where none is agreed', () => {
    const life = late([{ ...loss, answerDays: null }])
      .act('2026-11-02 10:00', 'B', asked('k1', '50000.00'))
      .until('2027-11-02 10:00');
    expect(life.state.claims).toMatchObject([{ status: 'made', answerDue: null }]);
  });

  test('disputed it stays until it is agreed or dropped', () => {
    const life = late()
      .act('2026-11-02 10:00', 'B', asked('k1', '50000.00'))
      .act('2026-11-02 10:00', 'B', asked('k2', '60000.00'))
      .act('2026-11-02 11:00', 'A', answered('k1', 'dispute'))
      .act('2026-11-02 11:00', 'A', answered('k2', 'dispute'))
      .act('2026-11-02 12:00', 'A', answered('k1', 'dispute'))
      .until('2026-12-01 10:00')
      .act('2026-12-01 10:00', 'B', answered('k1', 'drop'))
      .act('2026-12-01 10:00', 'A', answered('k2', 'agree', { amount: '40000.00' }))
      .act('2026-12-02 10:00', 'A', answered('k1', 'agree'))
      .act('2026-12-02 10:00', 'B', answered('k2', 'drop'))
      .act('2026-12-02 10:00', 'B', answered('k3', 'drop'));
    expect(codes(life)).toEqual(['already-objected', 'claim-closed', 'claim-closed', 'unknown-claim']);
    expect(life.state.claims).toMatchObject([{ status: 'dropped', payable: null }, { status: 'agreed' }]);
    expect(lines(life)).toEqual(['A>B 40000.00 claim:k2']);
    expect(life.events.some(({ type }) => type === 'claim-overdue')).toBe(false);
    expect(life.mail(({ kind }) => kind === 'claim-answered')).toEqual([
      `2026-11-02T11:00 claim-answered B/B ${REPORT}`,
      `2026-11-02T11:00 claim-answered B/B ${REPORT}`,
      `2026-12-01T10:00 claim-answered A/A ${REPORT}`,
      `2026-12-01T10:00 claim-answered B/B ${REPORT}`,
    ]);
  });

  test('nobody answers for the other side; the coordinator enters an answer with its document', () => {
    const life = late()
      .act('2026-11-02 10:00', 'B', asked('k1', '50000.00'))
      .act('2026-11-03 10:00', 'B', answered('k1', 'agree'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'drop'))
      .act('2026-11-03 10:00', 'coordinator', answered('k1', 'agree'), { onBehalfOf: 'A' })
      .act('2026-11-03 10:00', 'coordinator', answered('k1', 'agree', { documents: [paper()] }), { onBehalfOf: 'A' });
    expect(codes(life)).toEqual(['not-responsible', 'not-responsible', 'evidence-missing']);
    expect(life.state.claims).toMatchObject([{ status: 'agreed' }]);
  });

  test('what A paid it recovers from whoever caused the loss, never more than it paid (S001b-82)', () => {
    const life = late()
      .act('2026-11-02 10:00', 'B', asked('k1', '50000.00'))
      .act('2026-11-03 10:00', 'A', answered('k1', 'recourse', { amount: '1.00' }))
      .act('2026-11-03 10:00', 'A', answered('k1', 'agree'))
      .act('2026-12-03 10:00', 'A', answered('k1', 'recourse', { amount: '30000.00' }))
      .act('2026-12-04 10:00', 'A', answered('k1', 'recourse', { amount: '20000.01' }))
      .act('2026-12-04 10:00', 'A', answered('k1', 'recourse'))
      .act('2026-12-04 10:00', 'A', answered('k1', 'recourse', { amount: '20000.00' }));
    expect(codes(life)).toEqual(['not-breached', 'amount-too-large', 'amount-invalid']);
    expect(life.state.claims).toMatchObject([{ recovered: '50000.00' }]);
    expect(lines(life)).toEqual(['A>B 50000.00 claim:k1']);
  });

  test('several claimants each claim the same miss (three parties)', () => {
    const agreement = serviceAttachments({
      parties: ['A', 'B', 'C'],
      signatories: ['A', 'B', 'C'],
      seats: ['A', 'B', 'C', 'coordinator'],
      life: lifeOf({ liabilities: [capped] }),
    });
    const life = new Life(agreement, SIGNED)
      .sign(SIGNED)
      .submit('2026-10-31 10:00', REPORT)
      .act('2026-11-02 10:00', 'B', asked('of-b', '60000.00'))
      .act('2026-11-02 10:00', 'C', asked('of-c', '60000.00'))
      .act('2026-11-03 10:00', 'A', answered('of-b', 'agree'))
      .act('2026-11-03 10:00', 'A', answered('of-c', 'agree'));
    expect(lines(life)).toEqual(['A>B 60000.00 claim:of-b', 'A>C 40000.00 claim:of-c']);
    expect(isInForce(life.state)).toBe(true);
  });
});
