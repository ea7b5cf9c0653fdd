import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledDeliverable, CompiledObligation, CompiledRenewal } from '../../domain/agreement/compiled.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import { callingOf, explainDue } from '../../domain/agreement/opening.ts';
import { occurrenceDate, type Interval } from '../../domain/deadline.ts';
import { addDays } from '../../domain/local-date.ts';
import { Life, agreementOf, duty, lifeOf, payment } from '../support/life.ts';

const AFRESH: CompiledRenewal = {
  automatic: true,
  noticeDays: 7,
  internalDays: 7,
  months: null,
  cycles: 'afresh',
  clauses: ['S001b-65'],
};

const every = (count: number, unit: Interval['unit'], edge: 'start' | 'end' = 'end') => ({
  by: 'interval' as const,
  every: { count, unit },
  edge,
});

const quarterly = (change: Partial<CompiledDeliverable> = {}) =>
  duty('survey', 'effect', '0 days', { recurrence: every(3, 'months'), ...change });

function inForce(
  signedOn: string,
  months: number,
  duties: CompiledObligation[],
  renewal: CompiledRenewal = AFRESH,
): Life {
  const amendment = { consent: ['A', 'B'], lapseDays: null, clauses: ['S001b-08'] };
  const agreement = agreementOf(duties, {
    term: { unit: 'months', count: months },
    life: lifeOf({ renewal, amendment }),
  });
  return new Life(agreement, `${signedOn} 09:00`).sign(`${signedOn} 10:00`);
}

/** `label due status` of every occurrence of something. */
const cycles = (life: Life, id = 'survey') =>
  life.state.obligations
    .filter((one) => one.id === id)
    .map(({ occurrence, due, status }) => `${occurrence ?? ''} ${due?.localDate ?? ''} ${status}`);

const why = (life: Life, id: string, occurrence: string, language: 'zh' | 'en' = 'en'): string[] => {
  const context = obligationContext(life.state, id, occurrence);
  const calling = callingOf(life.state);
  return context && calling ? explainDue(context, calling).map((step) => step[language]) : [];
};

describe('a renewed term with fresh cycles (S001b-65)', () => {
  test('in force 2027-11-30 for eight months: the quarter that runs at 2028-07-30 ends with the term, the next begins on 07-31', () => {
    const life = inForce('2027-11-30', 8, [quarterly()]).until('2028-07-31 00:00');
    expect(life.state.renewal.terms).toEqual([
      { before: '2028-07-30', expiresOn: '2029-03-30', afresh: true, cut: ['survey#2028-05-30'] },
    ]);
    expect(cycles(life)).toEqual([
      '2027-11-30 2028-02-29 overdue', // clamped to the month
      '2028-02-29 2028-05-30 overdue',
      '2028-05-30 2028-08-30 cancelled', // two months of it lie in the old term, nothing was due in them
      '2028-07-30 2028-10-30 pending', // anew: three months from 2028-07-30, the day before not counted
    ]);
  });

  test('the second renewal counts anew from 2029-03-30, and from nothing before', () => {
    const life = inForce('2027-11-30', 8, [quarterly()]).until('2029-10-01 00:00');
    expect(life.state.renewal.terms.map(({ before }) => before)).toEqual(['2028-07-30', '2029-03-30']);
    expect(cycles(life).slice(3)).toEqual([
      '2028-07-30 2028-10-30 overdue',
      '2028-10-30 2029-01-30 overdue',
      '2029-01-30 2029-04-30 cancelled',
      '2029-03-30 2029-07-02 overdue', // 06-30 is a Saturday
      '2029-06-30 2029-10-04 pending', // 09-30 is a Sunday, and then the National Day
      '2029-09-30 2029-12-31 pending', // begins at the end of 09-30, though 12-30 is a Sunday
    ]);
  });

  test('where the term is a whole number of cycles the days are those of carrying on', () => {
    const carryOn = { ...AFRESH };
    delete carryOn.cycles;
    const dates = (rule: CompiledRenewal) =>
      cycles(inForce('2027-11-30', 12, [quarterly()], rule).until('2030-11-30 12:00'));
    expect(dates(AFRESH)).toEqual(dates(carryOn));
    expect(dates(AFRESH)).toHaveLength(12);
  });

  test('a clamped end is day 0 as it is: the half-year from 2029-02-28 ends on 08-31, its quarters on 05-28 and 08-28', () => {
    const agreement = agreementOf([quarterly()], {
      expiresOn: '2028-08-31',
      life: lifeOf({ renewal: { ...AFRESH, months: 6 } }),
    });
    const life = new Life(agreement, '2028-03-01 09:00').sign('2028-03-01 10:00').until('2029-09-01 00:00');
    expect(life.state.renewal.terms.map(({ expiresOn }) => expiresOn)).toEqual([
      '2029-02-28',
      '2029-08-31',
      '2030-02-28',
    ]);
    expect(cycles(life).map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual([
      '2028-03-01 2028-06-01',
      '2028-06-01 2028-09-01', // cut by a day
      '2028-08-31 2028-11-30', // clamped
      '2028-11-30 2029-02-28', // ends with the term
      '2029-02-28 2029-05-28',
      '2029-05-28 2029-08-28',
      '2029-08-28 2029-11-28', // three days of it, and the term is over
      '2029-08-31 2029-11-30',
    ]);
    expect(cycles(life).flatMap((row, index) => (row.endsWith('cancelled') ? [index] : []))).toEqual([1, 6]);
  });

  test('what was due, rolled over, or comes some days after its cycle keeps its date; what is handed in stays', () => {
    const report = duty('report', 'effect', '15 days', { recurrence: every(4, 'months') });
    const audit = duty('audit', 'effect', '0 days', { recurrence: every(1, 'years') });
    // Eight months from 2027-11-30: four-month cycles end on 2028-03-30 and 07-30, a Sunday.
    const life = inForce('2027-11-30', 8, [quarterly(), report, audit])
      .submit('2028-07-20 10:00', 'survey#2028-05-30', 'B')
      .until('2028-07-31 00:00');
    expect(cycles(life, 'report')).toEqual([
      '2027-11-30 2028-04-14 overdue',
      '2028-03-30 2028-08-14 pending', // 07-30 + 15 days, in the renewed term
      '2028-07-30 2028-12-15 pending',
    ]);
    expect(cycles(life, 'survey')).toContain('2028-05-30 2028-08-30 fulfilled');
    expect(cycles(life, 'audit')).toEqual(['2027-11-30 2028-11-30 cancelled', '2028-07-30 2029-07-30 pending']);
  });

  test('what follows the due time of a cycle that ends early ends with it; what followed one that was done stays', () => {
    const follow = duty('analysis', { obligation: 'survey', at: 'due' }, '10 days');
    const minutes = duty('minutes', { obligation: 'survey', at: 'fulfilled' }, '60 days');
    const life = inForce('2027-11-30', 8, [quarterly(), follow, minutes])
      .submit('2028-05-30 10:00', 'survey#2028-02-29', 'B')
      .until('2028-07-31 00:00');
    expect(life.state.renewal.terms[0]?.cut).toEqual(['survey#2028-05-30', 'analysis#2028-05-30']);
    expect(cycles(life, 'minutes')).toEqual(['2028-02-29 2028-07-31 pending']); // 05-30 + 60 days = 07-29, a Saturday
  });

  test('once-only duties, calendar quarters, days of the year and sums carry on', () => {
    const once = duty('handbook', 'effect', '100 days');
    const quarter = duty('report', 'effect', '0 days', {
      recurrence: { by: 'period', period: 'quarter', edge: 'end', partialFirst: false },
    });
    const day = duty('party', 'effect', '0 days', { recurrence: { by: 'month-day', monthDay: '10-15' } });
    const fee = payment('fee', '2028-01-01', {
      deadline: { ...payment('fee', '2028-01-01').deadline, anchor: 'effect' },
      recurrence: every(3, 'months'),
      lateFee: null,
    });
    const life = inForce('2027-11-30', 8, [once, quarter, day, fee]).until('2028-11-01 00:00');
    const labels = (id: string) => cycles(life, id).map((row) => row.split(' ')[0]);
    expect(cycles(life, 'handbook')).toHaveLength(1);
    expect(labels('report')).toEqual(['2028-Q1', '2028-Q2', '2028-Q3', '2028-Q4']);
    expect(labels('party')).toEqual(['2028']);
    expect(labels('fee')).toEqual(['2027-11-30', '2028-02-29', '2028-05-30', '2028-08-30']);
    expect(life.state.renewal.terms[0]?.cut).toBeUndefined();
  });

  test('penalties of the old term go on: late since 2028-05-30, handed in on 08-09 of the renewed term, 71 days', () => {
    const penalty = {
      clauses: ['S001a-69'],
      creditor: 'A',
      base: '1000000.00',
      rate: '0.005',
      currency: 'CNY',
      graceDays: 0,
      cap: null,
    };
    const life = inForce('2027-11-30', 8, [quarterly({ penalty })])
      .submit('2028-02-29 10:00', 'survey#2027-11-30', 'B')
      .submit('2028-08-09 10:00', 'survey#2028-02-29', 'B');
    expect(life.rejections).toEqual([]);
    expect(life.obligation('survey#2028-02-29')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 71 });
    expect(life.ledger().at(-1)).toMatch(/penalty B>A 45000\.00 9d$/); // August: nine of 71 days
  });

  test('why this date: the steps name the renewed term, those of the old term its own count', () => {
    const life = inForce('2027-11-30', 8, [quarterly()]).until('2028-07-31 00:00');
    expect(why(life, 'survey', '2028-07-30')[0]).toBe(
      'counted anew from 2028-07-31, the first day of the renewed term; period 1: 2028-07-31 to 2028-10-30',
    );
    expect(why(life, 'survey', '2028-07-30', 'zh')[0]).toBe(
      '自续期首日 2028-07-31 起重新计算，第 1 期：2028-07-31 至 2028-10-30',
    );
    expect(why(life, 'survey', '2028-02-29')[0]).toBe('period 2 from 2027-11-30: 2028-02-29 to 2028-05-30');
  });

  test('what is due as a cycle begins is due on the first day of the renewed term, not on the last of the old', () => {
    const survey = quarterly({ recurrence: every(3, 'months', 'start') });
    const life = inForce('2027-11-25', 8, [survey]).until('2028-07-26 00:00');
    expect(cycles(life).slice(-2)).toEqual([
      '2028-07-25 2028-07-26 pending',
      '2028-10-25 2028-10-25 pending', // there from the one before on, so that somebody can be in time
    ]);
    expect(why(life, 'survey', '2028-07-25')).toContain(
      'before the renewed term: its first day, 2028-07-26, is the last day',
    );
  });

  test('all are told that it counts anew, and what ended with the old term', () => {
    const life = inForce('2027-11-30', 8, [quarterly()]).until('2028-08-01 12:00');
    const told = life.notices.filter(({ kind }) => kind === 'agreement-renewed');
    expect(told.map(({ seat }) => seat)).toEqual(['A', 'B', 'coordinator']);
    expect(told[0]?.facts).toMatchObject({ from: '2028-07-31', cut: ['survey#2028-05-30'] });
  });

  test('an objection that was received in time and comes to light late takes it back: the cycle ends with the agreement', () => {
    const life = inForce('2027-11-30', 8, [quarterly()]).until('2028-07-31 08:00');
    life.receive('2028-07-30 23:50', 'A', { type: 'object', documents: [] }).until('2028-08-02 12:00');
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2028-07-30' });
    expect(life.events.at(-1)).toMatchObject({ type: 'agreement-expired' });
    const ended = life.events.find(({ type }) => type === 'agreement-expired');
    expect(ended).toMatchObject({ cancelled: expect.arrayContaining(['survey#2028-05-30']) as string[] });
  });

  test('an amendment in the renewed term makes it monthly: counted from the day 0 of that term', () => {
    const monthly = quarterly({ recurrence: every(1, 'months') });
    const patch = { obligations: [monthly], removed: [], terms: [] };
    const life = inForce('2027-11-30', 8, [quarterly()])
      .act('2028-11-10 10:00', 'A', {
        type: 'propose',
        amendment: 'monthly',
        effectiveOn: '2028-11-15',
        patch,
        documents: [],
      })
      .act('2028-11-11 10:00', 'B', { type: 'accept', amendment: 'monthly', documents: [] })
      .until('2029-04-01 00:00');
    expect(life.rejections).toEqual([]);
    expect(cycles(life).map((row) => row.split(' ')[0])).toEqual([
      '2027-11-30',
      '2028-02-29',
      '2028-05-30',
      '2028-07-30',
      '2028-10-30',
      '2028-11-30', // monthly from 2028-07-30 on
      '2028-12-30',
      '2029-01-30',
      '2029-02-28',
      '2029-03-30', // the next term, counted anew
    ]);
  });

  test('an older agreement has no such rule: it carries on', () => {
    const { cycles: _none, ...older } = AFRESH;
    const life = inForce('2027-11-30', 8, [quarterly()], older).until('2028-09-01 00:00');
    expect(life.state.renewal.terms).toEqual([{ before: '2028-07-30', expiresOn: '2029-03-30' }]);
    expect(cycles(life).map((row) => row.split(' ')[0])).toEqual([
      '2027-11-30',
      '2028-02-29',
      '2028-05-30',
      '2028-08-30',
    ]);
  });
});

test('property: over three renewals every day lies in exactly one cycle, and no two bear the same name (S001b-65)', () => {
  const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2026-03-01', days));
  const interval = fc.oneof(
    fc.record({ unit: fc.constant('days' as const), count: fc.integer({ min: 20, max: 200 }) }),
    fc.record({ unit: fc.constant('months' as const), count: fc.integer({ min: 1, max: 14 }) }),
  );
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 10 }), interval, (signedOn, months, length) => {
      const survey = quarterly({ recurrence: every(length.count, length.unit) });
      const life = inForce(signedOn, months, [survey]);
      for (let k = 0; k < 3; k += 1) life.until(`${addDays(life.state.expiresOn ?? '', 1)} 00:00`);
      const seams = life.state.renewal.terms.map(({ before }) => before);
      const found = life.state.obligations.filter(({ id }) => id === 'survey');
      const labels = found.map(({ occurrence }) => occurrence ?? '');
      expect(new Set(labels).size).toBe(labels.length);

      // Term by term, reckoned apart from the code: the cycles of each from its own day 0, cut at its last day.
      const days: [from: string, to: string][] = [];
      const cut: boolean[] = [];
      [signedOn, ...seams].forEach((day0, term) => {
        const last = seams[term];
        for (let k = 1; last !== undefined && occurrenceDate(day0, length, k - 1) < last; k += 1) {
          const start = occurrenceDate(day0, length, k - 1);
          const end = occurrenceDate(day0, length, k);
          days.push([term === 0 && k === 1 ? start : addDays(start, 1), end < last ? end : last]);
          cut.push(end > last);
        }
      });
      days.slice(1).forEach(([from], index) => expect(from).toBe(addDays(days[index]?.[1] ?? '', 1)));
      expect([days[0]?.[0], days.at(-1)?.[1]]).toEqual([signedOn, seams.at(-1)]);
      expect(found.slice(0, days.length).map(({ status }) => status === 'cancelled')).toEqual(cut);
      expect(labels.slice(0, days.length)).toEqual(
        days.map(([from], index) => (index === 0 ? from : addDays(from, -1))),
      );
      expect(labels.slice(days.length)).toEqual([seams.at(-1)]);
    }),
    { numRuns: 15 },
  );
});
