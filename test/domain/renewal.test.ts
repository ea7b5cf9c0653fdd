import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledAgreement, CompiledDeliverable, CompiledRenewal } from '../../domain/agreement/compiled.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import { explainDue } from '../../domain/agreement/opening.ts';
import { addDays, addMonths } from '../../domain/local-date.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const RULE: CompiledRenewal = {
  automatic: true,
  noticeDays: 30,
  internalDays: 15,
  months: null,
  clauses: ['S001b-65'],
};
const ONE_YEAR = { unit: 'years' as const, count: 1 };

function renewing(
  rule: Partial<CompiledRenewal> = {},
  change: Partial<CompiledAgreement> = {},
  duties: CompiledDeliverable[] = [],
) {
  return agreementOf(duties, { term: ONE_YEAR, life: lifeOf({ renewal: { ...RULE, ...rule } }), ...change });
}

/** Signed on 2026-02-28 for a year: its last day is 2027-02-28, a Sunday. */
const inForce = (agreement: CompiledAgreement = renewing(), signedOn = '2026-02-28') =>
  new Life(agreement, `${signedOn} 09:00`).sign(`${signedOn} 10:00`);
const object = { type: 'object' as const, documents: [] };
const codes = (life: Life) => life.rejections.map(({ code }) => code);
const told = (life: Life) => life.mail((n) => n.kind.includes('renew') || n.kind === 'agreement-expired');
const ending = (life: Life) =>
  life
    .story()
    .filter((line) => /^(renewal-objected|agreement-(renewed|expired))/.test(line))
    .slice(-2);

describe('nobody objects (S001b-65)', () => {
  test('the year that ends on 2027-02-28 goes on at 24:00, for as long as the one before', () => {
    const life = inForce().until('2027-02-28 23:59');
    expect(life.state.renewal.terms).toEqual([]);
    life.until('2027-03-01 00:00');
    expect(life.state).toMatchObject({ status: 'active', expiresOn: '2028-02-28' });
    expect(life.events.at(-1)).toMatchObject({
      type: 'agreement-renewed',
      before: '2027-02-28',
      expiresOn: '2028-02-28',
      number: 1,
      actor: { seat: 'clock' },
      clauses: ['S001b-65'],
      occurredAtMs: life.ms('2027-03-01 00:00'),
    });
  });

  test('the coordinator is told 45 days ahead, the parties 30: on the working day before where that is a day of rest', () => {
    const life = inForce().until('2027-03-02 12:00');
    expect(told(life)).toEqual([
      '2027-01-14T09:00 renewal-outlook coordinator/coordinator', // 02-28 − 45 days, a Thursday
      '2027-01-29T09:00 renewal-notice A/A', // 02-28 − 30 days is Friday 01-29
      '2027-01-29T09:00 renewal-notice B/B',
      '2027-03-01T09:00 agreement-renewed A/A',
      '2027-03-01T09:00 agreement-renewed B/B',
      '2027-03-01T09:00 agreement-renewed coordinator/coordinator',
    ]);
    const notice = life.notices.find((n) => n.kind === 'renewal-notice');
    expect(notice).toMatchObject({ act: 'object', facts: { expiresOn: '2027-02-28', until: '2028-02-28', open: [] } });
  });

  test('a notice of 30 days is never shorter: 2027-01-30 is a Saturday, it leaves on the Friday before', () => {
    const life = inForce(renewing(), '2026-03-01').until('2027-03-01 12:00');
    expect(told(life).filter((line) => line.includes('notice A'))).toEqual(['2027-01-29T09:00 renewal-notice A/A']);
  });

  test('three renewals, each with its own notices; the term is counted from its original end', () => {
    const life = inForce(renewing({ months: 6 }, { term: { unit: 'months', count: 6 } }), '2026-02-28');
    // in force on 02-28, so the first term ends on 08-28
    life.until('2028-03-01 00:00');
    expect(life.state.renewal.terms).toEqual([
      { before: '2026-08-28', expiresOn: '2027-02-28' },
      { before: '2027-02-28', expiresOn: '2027-08-28' },
      { before: '2027-08-28', expiresOn: '2028-02-28' },
      { before: '2028-02-28', expiresOn: '2028-08-28' },
    ]);
    expect(life.events.filter(({ type }) => type === 'renewal-announced')).toHaveLength(8);
  });

  test.each([
    ['2026-08-31', 6, ['2027-02-28', '2027-08-31', '2028-02-29', '2028-08-31']], // clamped, never carried along
    ['2028-02-29', 12, ['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']], // a leap day comes back
    ['2027-02-28', 12, ['2028-02-28', '2029-02-28']], // the corresponding day, not the month's last (Civil Code 202)
    ['2026-10-31', 1, ['2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31']],
  ])('the original end %s and %i months: %j', (expiresOn, months, ends) => {
    const life = inForce(renewing({ months, noticeDays: 7, internalDays: 3 }, { expiresOn, term: null }), '2026-02-02');
    life.until(`${ends.at(-1) ?? ''} 12:00`);
    expect(life.state.renewal.terms.map((term) => term.expiresOn)).toEqual(ends);
    expect(ends).toEqual(ends.map((_, index) => addMonths(expiresOn, months * (index + 1))));
  });

  test.each([
    ['2026-01-01', '2026-12-31', '2027-12-31'], // first and last day of a year: twelve months
    ['2026-03-02', '2027-03-02', '2028-03-02'],
    ['2026-01-05', '2026-04-14', '2026-07-22'], // 99 days are no months: 99 days more
  ])('as long as the term before: %s to %s, then until %s', (signedOn, expiresOn, next) => {
    const agreement = renewing({ noticeDays: 10, internalDays: 5 }, { expiresOn, term: null });
    const life = inForce(agreement, signedOn).until(`${next} 12:00`);
    expect(life.state.renewal.terms[0]).toEqual({ before: expiresOn, expiresOn: next });
  });

  test('duties carry on: quarters open after the renewal as before, an open one is not touched', () => {
    const quarterly = duty('survey', 'effect', '10 days', {
      recurrence: { by: 'interval', every: { unit: 'months', count: 3 }, edge: 'end' },
    });
    const life = inForce(renewing({}, {}, [quarterly])).until('2027-09-01 12:00');
    expect(life.rows().map((row) => row.split(' ').at(-1))).toEqual([
      '2026-06-08', // 05-28 + 10 days = 06-07, a Sunday
      '2026-09-07',
      '2026-12-08',
      '2027-03-10', // 02-28 + 10 days, after the first term
      '2027-06-07',
      '2027-09-07',
      '2027-12-08',
    ]);
  });

  test('what counts from the end of the term moves with it while it is open: 30 days after 2027-02-28, then 2028-02-28', () => {
    const after = duty('hand-over', 'expiry', '30 days');
    const before = duty('final-report', 'expiry', '-30 days');
    const life = inForce(renewing({}, {}, [after, before]));
    expect(life.rows()).toEqual(['hand-over pending 2027-03-30', 'final-report pending 2027-01-29']);
    life.until('2027-03-01 00:00');
    expect(life.rows()).toEqual(['hand-over pending 2028-03-29', 'final-report overdue 2027-01-29']);
    const renewed = life.events.find(({ type }) => type === 'agreement-renewed');
    expect(renewed).toMatchObject({
      redated: [{ obligation: 'hand-over', before: { localDate: '2027-03-30' }, due: { localDate: '2028-03-29' } }],
    });
    const why = (name: string) => {
      const context = obligationContext(life.state, name, null);
      return context && explainDue(context, { inForceOn: '2026-02-28', expiresOn: '2028-02-28' })[0]?.en;
    };
    expect(why('hand-over')).toContain('term ends 2028-02-28');
    expect(why('final-report')).toContain('term ends 2027-02-28');
  });

  test('what is open stands beside the decision', () => {
    const life = inForce(renewing({}, {}, [duty('plan', 'effect', '400 days')])).until('2027-01-29 09:00');
    const facts = life.notices.filter((n) => n.kind.startsWith('renewal')).map((n) => n.facts.open);
    expect(facts).toEqual([['plan'], ['plan'], ['plan']]);
  });

  test('one that was signed years ago is in its present term; mail about ended terms is not sent', () => {
    const life = new Life(renewing(), '2026-03-05 09:00').sign('2026-03-05 10:00', '2021-02-28');
    life.until('2026-03-05 10:30', '2026-03-05 10:30:01').until('2026-03-10 12:00');
    expect(life.state).toMatchObject({ status: 'active', expiresOn: '2027-02-28' });
    expect(life.state.renewal.terms).toHaveLength(5);
    expect(told(life).map((line) => line.slice(17))).toEqual([
      'agreement-renewed A/A',
      'agreement-renewed B/B',
      'agreement-renewed coordinator/coordinator',
    ]);
  });
});

test('property: the k-th renewal ends on the corresponding day of the original end, and every day belongs to one term', () => {
  const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2026-03-01', days));
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 5 }), (expiresOn, months, count) => {
      const life = inForce(renewing({ months }, { expiresOn, term: null }), '2026-02-02');
      life.until(`${addMonths(expiresOn, months * count)} 12:00`);
      const { terms } = life.state.renewal;
      expect(terms.map((term) => term.expiresOn)).toEqual(
        Array.from({ length: count }, (_, index) => addMonths(expiresOn, months * (index + 1))),
      );
      expect(terms.map(({ before }) => before)).toEqual([expiresOn, ...terms.slice(0, -1).map((one) => one.expiresOn)]);
    }),
    { numRuns: 60 },
  );
});

test('a term ends and renews while the agreement is suspended, too', () => {
  const suspended = (): CompiledAgreement => {
    const agreement = renewing();
    const life = lifeOf({ renewal: RULE, suspension: [{ grounds: ['agreed-pause'], clauses: [] }] });
    return { ...agreement, life };
  };
  const life = inForce(suspended())
    .act('2027-02-01 10:00', 'A', { type: 'suspend', ground: 'agreed-pause', obligations: [], documents: [] })
    .act('2027-02-01 11:00', 'B', { type: 'suspend', ground: 'agreed-pause', obligations: [], documents: [] })
    .until('2027-03-01 00:00');
  expect(life.rejections).toEqual([]);
  expect(life.state).toMatchObject({ status: 'suspended', expiresOn: '2028-02-28' });
});

describe('somebody objects', () => {
  test('one objection is enough, on the last day at 23:59; the others are told', () => {
    const life = inForce().act('2027-02-28 23:59', 'B', object).until('2027-03-02 12:00');
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2027-02-28' });
    expect(ending(life)).toEqual([
      'renewal-objected 2027-02-28T23:59:00+08:00',
      'agreement-expired 2027-03-01T00:00:00+08:00',
    ]);
    expect(told(life).slice(3)).toEqual([
      '2027-03-01T09:00 renewal-objected A/A',
      '2027-03-01T09:00 renewal-objected coordinator/coordinator',
      '2027-03-01T09:00 agreement-expired A/A',
      '2027-03-01T09:00 agreement-expired B/B',
    ]);
  });

  test('before any notice: the coordinator’s outlook says so, the parties are not asked any more', () => {
    const life = inForce().act('2026-12-01 10:00', 'A', object).until('2027-03-02 12:00');
    expect(life.state.status).toBe('expired');
    expect(life.notices.find((n) => n.kind === 'renewal-outlook')?.facts).toMatchObject({ by: 'A' });
    expect(told(life).filter((line) => line.includes('renewal-notice'))).toEqual([]);
  });

  test('twice, by nobody, without the letter: refused', () => {
    const life = inForce()
      .act('2027-02-01 10:00', 'coordinator', object)
      .act('2027-02-01 10:00', 'coordinator', object, { onBehalfOf: 'A' })
      .act('2027-02-01 10:00', 'coordinator', { ...object, documents: [paper()] }, { onBehalfOf: 'A' })
      .act('2027-02-02 10:00', 'B', object);
    expect(codes(life)).toEqual(['not-responsible', 'evidence-missing', 'already-objected']);
    expect(life.state.renewal).toMatchObject({ objectedTo: '2027-02-28', objectedBy: 'A' });
  });

  test('received within 30 days of the renewal: refused, after them it counts for the next end', () => {
    // Renewed at the end of 2027-02-28: 30 days of doubt are 03-01 … 03-30.
    const life = inForce()
      .act('2027-03-01 00:00', 'A', object)
      .act('2027-03-30 23:59', 'A', object)
      .act('2027-03-31 00:00', 'A', object)
      .until('2028-02-29 00:00');
    expect(codes(life)).toEqual(['already-renewed', 'already-renewed']);
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2028-02-28' });
  });

  test('six weeks before the next end it is in time, as it is in the first term (S001b-65)', () => {
    const life = inForce().act('2028-01-15 10:00', 'A', object).until('2028-02-29 00:00');
    expect(codes(life)).toEqual([]);
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2028-02-28' });
  });

  test('of a short term the announcement ends the doubt: a month from 2027-02-28, told 7 days before 2027-03-28', () => {
    // 2027-03-28 − 7 days is Sunday 03-21: it leaves on Friday 03-19.
    const life = inForce(renewing({ months: 1, noticeDays: 7, internalDays: 0 }))
      .act('2027-03-18 10:00', 'A', object)
      .act('2027-03-19 10:00', 'A', object)
      .until('2027-03-29 00:00');
    expect(codes(life)).toEqual(['already-renewed']);
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2027-03-28' });
  });

  test('it stands when an amendment moves the end: that one does not renew either', () => {
    const patch = { obligations: [], removed: [], terms: [], expiresOn: '2027-08-31' };
    const amendment = { consent: ['A', 'B'], lapseDays: null, clauses: ['S001b-66'] };
    const life = inForce(renewing({}, { life: lifeOf({ renewal: RULE, amendment }) }))
      .act('2026-12-01 10:00', 'A', object)
      .act('2027-01-11 10:00', 'A', {
        type: 'propose',
        amendment: 'longer',
        effectiveOn: '2027-01-18',
        patch,
        documents: [],
      })
      .act('2027-01-12 10:00', 'B', { type: 'accept', amendment: 'longer', documents: [] })
      .act('2027-05-01 10:00', 'B', object)
      .until('2027-09-01 00:00');
    expect(codes(life)).toEqual(['already-objected']);
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2027-08-31' });
  });

  test('received before the end and recorded after the renewal: it counts, the term ended as it would have', () => {
    const quarterly = duty('survey', 'effect', '10 days', {
      recurrence: { by: 'interval', every: { unit: 'months', count: 3 }, edge: 'end' },
    });
    const life = inForce(renewing({}, {}, [quarterly])).until('2027-03-01 08:00');
    expect(life.state.expiresOn).toBe('2028-02-28');
    life.receive('2027-02-28 23:50', 'A', object).until('2027-03-02 12:00');
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2027-02-28', expiresOn: '2027-02-28' });
    expect(life.state.renewal.terms).toEqual([]);
    expect(ending(life)).toEqual([
      'renewal-objected 2027-02-28T23:50:00+08:00',
      'agreement-expired 2027-03-01T00:00:00+08:00',
    ]);
    expect(told(life).filter((line) => line.includes('agreement-renewed'))).toEqual([]);
  });
});

describe('what does not renew by itself', () => {
  test('is announced and expires; there is nothing to object to (S002-39)', () => {
    const life = inForce(renewing({ automatic: false }))
      .act('2027-02-01 10:00', 'A', object)
      .until('2027-03-02 12:00');
    expect(codes(life)).toEqual(['not-provided']);
    expect(life.state.status).toBe('expired');
    const notice = life.notices.find((n) => n.kind === 'renewal-notice');
    expect(notice?.act).toBeUndefined();
    expect(notice?.facts.until).toBeUndefined();
  });

  test('without a rule nothing is announced; without an agreed lead the coordinator alone is told', () => {
    const none = inForce(agreementOf([], { term: ONE_YEAR, life: lifeOf() })).until('2027-03-02 12:00');
    expect(told(none).filter((line) => !line.includes('expired'))).toEqual([]);
    const open = inForce(renewing({ noticeDays: null })).until('2027-02-28 12:00');
    expect(told(open)).toEqual(['2027-02-12T09:00 renewal-outlook coordinator/coordinator']);
  });

  test('without an end nothing is renewed', () => {
    const life = inForce(renewing({}, { term: null }))
      .act('2027-02-01 10:00', 'A', object)
      .until('2030-01-01 09:00');
    expect(codes(life)).toEqual(['not-provided']);
    expect(told(life)).toEqual([]);
  });
});
