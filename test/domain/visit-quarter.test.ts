import { describe, expect, test } from 'vitest';
import { errandsOf } from '../../domain/agreement/errands.ts';
import { closedAsOf } from '../../domain/survey/cycle.ts';
import type { CompiledVisits } from '../../domain/visit/compiled.ts';
import type { CustomerRecord } from '../../domain/visit/counter.ts';
import { type TierCount, countedSince, tierCounts } from '../../domain/visit/quarters.ts';
import { Life, agreementOf, duty } from '../support/life.ts';

/** S003-S as compiled: two surveys a year of a key customer, one by visit; one of an ordinary one, listed from October. */
const rules: CompiledVisits = {
  ...{ id: 'visits', kind: 'visit', clauses: ['S003-S-10'], obligation: 'key-customer-visits', leader: 'marketing' },
  ...{ departments: [], reportDays: null, plan: null },
  counters: [
    { tier: 'key', surveys: 2, visits: 1, clauses: ['S003-S-19'] },
    { tier: 'ordinary', surveys: 1, visits: 0, clauses: ['S003-S-20'], fromMonth: 10 },
  ],
  quarters: { leadDays: 30, partialFirst: false, clauses: ['S003-S-19', 'S003-S-20'] },
};

function customer(change: Partial<CustomerRecord> = {}): CustomerRecord {
  return { tier: 'key', since: '2026-05-01', questionnaires: [], visits: [], ...change };
}
const visited = (...days: string[]) => ({ visits: days.map((on) => ({ on, comprehensive: true })) });
const asked = (...days: string[]) => ({ questionnaires: days.map((on) => ({ period: on.slice(0, 7), on })) });

/** How it stands at the end of a quarter of 2027, `tier: short of customers, visits held/needed, surveys held/needed`. */
function stand(customers: CustomerRecord[], endsOn = '2027-12-31', since = '2027-01-01', until = endsOn): string[] {
  return tierCounts(customers, rules.counters, { endsOn, until, since }).map(
    ({ tier, short, customers: all, visits, surveys }) =>
      `${tier}: ${short} of ${all} short, visits ${visits.held}/${visits.needed}, surveys ${surveys.held}/${surveys.needed}`,
  );
}

describe('what of a year is there at the end of a quarter (S003-S-19, S003-S-20)', () => {
  test('a key customer with two questionnaires and no visit is short of the visit', () => {
    expect(stand([customer(asked('2027-03-15', '2027-09-15'))])).toEqual([
      'key: 1 of 1 short, visits 0/1, surveys 2/2',
      'ordinary: 0 of 0 short, visits 0/0, surveys 0/0',
    ]);
  });

  test('one visit and one questionnaire are the year; so are two visits, one of them a third does not help others', () => {
    const first = customer({ ...visited('2027-02-10'), ...asked('2027-06-30') });
    const second = customer(visited('2027-02-10', '2027-05-10', '2027-08-10'));
    expect(stand([first, second])[0]).toBe('key: 0 of 2 short, visits 2/2, surveys 4/4');
    expect(stand([first, second, customer()])[0]).toBe('key: 1 of 3 short, visits 2/3, surveys 4/6');
  });

  test('each quarter is held against the year as a whole: the text names no number of a quarter', () => {
    const one = customer({ ...visited('2027-02-10'), ...asked('2027-06-30') });
    expect(stand([one], '2027-03-31')).toEqual(['key: 1 of 1 short, visits 1/1, surveys 1/2']);
    expect(stand([one], '2027-06-30')).toEqual(['key: 0 of 1 short, visits 1/1, surveys 2/2']);
  });

  test('ordinary customers are listed from October on, and not before', () => {
    const one = customer({ tier: 'ordinary' });
    expect(stand([one], '2027-09-30')).toEqual(['key: 0 of 0 short, visits 0/0, surveys 0/0']);
    expect(stand([one], '2027-12-31')[1]).toBe('ordinary: 1 of 1 short, visits 0/0, surveys 0/1');
  });

  test('before the quarter ends, what was held up to that day counts', () => {
    expect(stand([customer(visited('2027-03-20'))], '2027-03-31', '2027-01-01', '2027-03-01')[0]).toBe(
      'key: 1 of 1 short, visits 0/1, surveys 0/2',
    );
  });

  test('a call-back, or a visit that did not ask about all, does not count; who comes after 30 June needs one, by visit', () => {
    const partly = customer({ visits: [{ on: '2027-02-10', comprehensive: false }] });
    expect(stand([partly])[0]).toBe('key: 1 of 1 short, visits 0/1, surveys 0/2');
    const late = customer({ since: '2027-08-01', ...visited('2027-10-10') });
    expect(stand([late])[0]).toBe('key: 0 of 1 short, visits 1/1, surveys 1/1');
    expect(stand([late], '2027-06-30')[0]).toBe('key: 0 of 0 short, visits 0/0, surveys 0/0');
  });
});

describe('the first year: as the yearly duty itself', () => {
  test('a year that had begun by the effect does not count; where it does, it counts from the effect on', () => {
    expect(countedSince(2027, '2026-11-05', false)).toBe('2027-01-01');
    expect(countedSince(2027, '2027-01-01', false)).toBe('2027-01-01');
    expect(countedSince(2027, '2027-04-15', false)).toBe(null);
    expect(countedSince(2027, '2027-04-15', true)).toBe('2027-04-15');
    expect(countedSince(2026, '2027-04-15', true)).toBe(null);
  });

  test('in force from 15 April: a visit of March is none of it, two surveys are needed; from 15 August one, by visit', () => {
    const one = customer({ ...visited('2027-03-10', '2027-05-10') });
    expect(stand([one], '2027-12-31', '2027-04-15')[0]).toBe('key: 1 of 1 short, visits 1/1, surveys 1/2');
    expect(stand([customer()], '2027-12-31', '2027-08-15')[0]).toBe('key: 1 of 1 short, visits 0/1, surveys 0/1');
  });
});

/** In force on a day, with the quarters of these rules. */
function begun(day: string, change: Partial<CompiledVisits> = {}, expiresOn: string | null = null): Life {
  const agreement = agreementOf([duty('d', 'signing')], {
    visits: [{ ...rules, ...change }],
    seats: ['A', 'B', 'marketing', 'coordinator'],
    seatParties: { marketing: 'A' },
    expiresOn,
  });
  return new Life(agreement, `${day} 08:00`).sign(`${day} 10:00`);
}
const due = (life: Life): string[] =>
  life.events.flatMap((event) =>
    event.type === 'visit-count-due'
      ? [`${life.iso(event.occurredAtMs).slice(0, 16)} ${event.quarter} ${event.stage}`]
      : [],
  );
const key = (short: number): TierCount[] => [
  {
    ...{ tier: 'key', customers: 12, short },
    visits: { needed: 12, held: 12 - short, short },
    surveys: { needed: 24, held: 24 - short, short },
  },
];
const counted = (quarter: string, stage: 'ahead' | 'end', tiers: TierCount[]) =>
  ({ type: 'visits-counted', rule: 'visits', quarter, stage, tiers }) as const;
const warnings = (life: Life): string[] => life.mail(({ kind }) => kind === 'visit-plan-warning');

describe('when it is counted, and who hears of it', () => {
  test('thirty days before each quarter ends, and as it ends', () => {
    expect(due(begun('2027-01-01').until('2027-12-31 23:59'))).toEqual([
      '2027-03-01T00:00 2027-Q1 ahead',
      '2027-04-01T00:00 2027-Q1 end',
      '2027-05-31T00:00 2027-Q2 ahead',
      '2027-07-01T00:00 2027-Q2 end',
      '2027-08-31T00:00 2027-Q3 ahead',
      '2027-10-01T00:00 2027-Q3 end',
      '2027-12-01T00:00 2027-Q4 ahead',
    ]);
  });

  test('marketing and the coordinator hear of what is missing within notice hours, and nobody where nothing is', () => {
    const life = begun('2027-01-01').until('2027-03-01 00:00');
    life.receive('2027-03-01 00:00', 'clock', counted('2027-Q1', 'ahead', key(5))).until('2027-03-02 09:00');
    expect(warnings(life)).toEqual([
      '2027-03-01T09:00 visit-plan-warning marketing/marketing',
      '2027-03-01T09:00 visit-plan-warning coordinator/coordinator',
    ]);
    expect(life.notices.find(({ kind }) => kind === 'visit-plan-warning')).toMatchObject({
      clauses: ['S003-S-19', 'S003-S-20'],
      facts: {
        localDate: '2027-03-31',
        counted: { quarter: '2027-Q1', stage: 'ahead', until: '2027-03-01', tiers: [{ customers: 12, short: 5 }] },
      },
    });
    life.until('2027-04-01 00:00');
    life.receive('2027-04-01 00:00', 'clock', counted('2027-Q1', 'end', key(0))).until('2027-04-03 00:00');
    expect(warnings(life)).toHaveLength(2);
    expect(life.events.at(-1)).toMatchObject({ type: 'visits-counted', quarter: '2027-Q1', stage: 'end' });
  });

  test('each check asks once for its count; a count that comes twice, or that nobody asked for, changes nothing', () => {
    const life = begun('2027-01-01').until('2027-02-28 00:00');
    const before = life.state;
    const atMs = life.until('2027-03-01 00:00').ms('2027-03-01 00:00');
    const asks = errandsOf(before, life.state, atMs).filter(({ kind }) => kind === 'count-visits');
    expect(asks).toMatchObject([{ check: { quarter: '2027-Q1', stage: 'ahead', endsOn: '2027-03-31' } }]);
    const after = life.state;
    life.receive('2027-03-01 00:01', 'clock', counted('2027-Q1', 'ahead', key(1)));
    expect(errandsOf(after, life.state, atMs)).toEqual([]);
    const events = life.events.length;
    life.receive('2027-03-01 00:02', 'clock', counted('2027-Q1', 'ahead', key(2)));
    life.receive('2027-03-01 00:03', 'clock', counted('2027-Q2', 'end', key(2)));
    expect(life.events).toHaveLength(events);
  });

  test('in force from September, the first year is not counted; with partial periods it is, from that day on', () => {
    expect(due(begun('2026-09-15').until('2027-04-01 00:00'))).toEqual([
      '2027-03-01T00:00 2027-Q1 ahead',
      '2027-04-01T00:00 2027-Q1 end',
    ]);
    const partial = begun('2026-09-15', { quarters: { leadDays: 30, partialFirst: true, clauses: [] } });
    expect(due(partial.until('2027-01-01 00:00'))).toEqual([
      '2026-10-01T00:00 2026-Q3 end',
      '2026-12-01T00:00 2026-Q4 ahead',
      '2027-01-01T00:00 2026-Q4 end',
    ]);
  });

  test('the year that ends with its agreement is counted, and what is missing is told', () => {
    const life = begun('2027-01-01', {}, '2027-12-31').until('2027-12-31 23:00');
    const before = life.state;
    life.until('2028-01-01 00:00');
    expect(life.state.status).toBe('expired');
    expect(errandsOf(before, life.state, life.ms('2028-01-01 00:00'))).toContainEqual(
      expect.objectContaining({ kind: 'count-visits' }),
    );
    life.receive('2028-01-01 00:00', 'clock', counted('2027-Q4', 'end', key(3))).until('2028-01-05 09:00');
    expect(life.rejections).toEqual([]);
    expect(warnings(life)).toHaveLength(2);
  });

  test('not agreed how long before: at the end alone; an agreement of an earlier release is never counted', () => {
    const quarters = { leadDays: null, partialFirst: false, clauses: [] };
    expect(due(begun('2027-01-01', { quarters }).until('2027-07-01 00:00'))).toEqual([
      '2027-04-01T00:00 2027-Q1 end',
      '2027-07-01T00:00 2027-Q2 end',
    ]);
    const { quarters: _none, ...earlier } = rules;
    const life = new Life(agreementOf([duty('d', 'signing')], { visits: [earlier] }), '2027-01-01 08:00');
    expect(due(life.sign('2027-01-01 10:00').until('2028-02-01 00:00'))).toEqual([]);
  });

  test('a paper of January that is entered in May warns of nothing that lies before', () => {
    const life = new Life(
      agreementOf([duty('d', 'signing')], {
        visits: [rules],
        seats: ['A', 'B', 'marketing', 'coordinator'],
        seatParties: { marketing: 'A' },
      }),
      '2027-05-03 10:00',
    ).sign('2027-05-03 10:00', '2027-01-01');
    expect(due(life.until('2027-07-01 00:00'))).toEqual([
      '2027-05-31T00:00 2027-Q2 ahead',
      '2027-07-01T00:00 2027-Q2 end',
    ]);
  });
});

test('a cycle whose last day is over is closed as a quarter is counted at that midnight, be it recorded yet or not', () => {
  const midnight = Date.parse('2028-01-01T00:00:00+08:00');
  const open = { status: 'open', closes: { dueAtMs: midnight, localDate: '2027-12-31' }, closedAtMs: null } as const;
  expect(closedAsOf(open, midnight)).toBe(midnight);
  expect(closedAsOf(open, midnight - 1)).toBeNull();
  expect(closedAsOf({ ...open, status: 'cancelled' }, midnight)).toBeNull();
  expect(closedAsOf({ ...open, status: 'closed', closedAtMs: midnight - 5 }, midnight)).toBe(midnight - 5);
});
