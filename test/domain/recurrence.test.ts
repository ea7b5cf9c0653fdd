import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarPeriod, Recurrence } from '../../domain/agreement/compiled.ts';
import { resolveDeadline } from '../../domain/deadline.ts';
import { addDays, addMonths, daysBetween, isLocalDate } from '../../domain/local-date.ts';
import { type Occurrence, occurrenceOf, periodOf } from '../../domain/recurrence.ts';
import { isoAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';

const cn = loadCalendar('cn');
const shanghai = zoneData('Asia/Shanghai');

/** The first `count` occurrences. */
function first(recurrence: Recurrence, day0: string, count: number): Occurrence[] {
  return Array.from({ length: count }, (_, index) => occurrenceOf(recurrence, day0, index + 1, shanghai));
}

/** `label: opens … day 0 of its due time`, one line an occurrence. */
function lines(recurrence: Recurrence, day0: string, count: number): string[] {
  return first(recurrence, day0, count).map(
    ({ label, opensAtMs, anchorDate }) =>
      `${label}: from ${isoAt(shanghai, opensAtMs).slice(0, 16)}, ends ${anchorDate}`,
  );
}

const every = (count: number, unit: 'days' | 'months' | 'years', edge: 'start' | 'end' = 'end'): Recurrence => ({
  by: 'interval',
  every: { unit, count },
  edge,
});
const each = (period: CalendarPeriod, change: Partial<Extract<Recurrence, { by: 'period' }>> = {}): Recurrence => ({
  by: 'period',
  period,
  edge: 'end',
  partialFirst: false,
  ...change,
});
const yearly = (monthDay: string): Recurrence => ({ by: 'month-day', monthDay });

describe('from day 0 at an interval', () => {
  test('every 3 months from 2026-11-30: clamped to the month, and the short month does not pull the later ones along', () => {
    expect(lines(every(3, 'months'), '2026-11-30', 6)).toEqual([
      '2026-11-30: from 2026-11-30T00:00, ends 2027-02-28',
      '2027-02-28: from 2027-03-01T00:00, ends 2027-05-30', // the day on which the last one ends belongs to that one
      '2027-05-30: from 2027-05-31T00:00, ends 2027-08-30',
      '2027-08-30: from 2027-08-31T00:00, ends 2027-11-30',
      '2027-11-30: from 2027-12-01T00:00, ends 2028-02-29', // a leap year
      '2028-02-29: from 2028-03-01T00:00, ends 2028-05-30',
    ]);
  });

  test('every month from the 31st: the last day of each month', () => {
    expect(first(every(1, 'months'), '2026-12-31', 6).map(({ anchorDate }) => anchorDate)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
      '2027-06-30',
    ]);
  });

  test('every 30 days: 30 days each, whatever the month', () => {
    expect(lines(every(30, 'days'), '2026-09-01', 3)).toEqual([
      '2026-09-01: from 2026-09-01T00:00, ends 2026-10-01',
      '2026-10-01: from 2026-10-02T00:00, ends 2026-10-31',
      '2026-10-31: from 2026-11-01T00:00, ends 2026-11-30',
    ]);
  });

  test('every year from 29 February: the 28th where there is no 29th, and the 29th again where there is', () => {
    expect(first(every(1, 'years'), '2028-02-29', 4).map(({ anchorDate }) => anchorDate)).toEqual([
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
  });

  test('the explanation names the period and where it counts from', () => {
    const [, second] = first(every(3, 'months'), '2026-11-30', 2);
    expect(second?.explanation).toEqual({
      zh: '自 2026-11-30 起第 2 期，2027-02-28 至 2027-05-30',
      en: 'period 2 from 2026-11-30: 2027-02-28 to 2027-05-30',
    });
  });
});

describe('by calendar period', () => {
  test.each<[CalendarPeriod, string[]]>([
    ['month', ['2027-01', '2027-02', '2027-03']],
    ['quarter', ['2027-Q1', '2027-Q2', '2027-Q3']],
    ['half-year', ['2027-H1', '2027-H2', '2028-H1']],
    ['year', ['2027', '2028', '2029']],
  ])('in force 2026-12-10, by %s: the period that had begun is left out', (period, labels) => {
    expect(first(each(period), '2026-12-10', 3).map(({ label }) => label)).toEqual(labels);
  });

  test.each<[CalendarPeriod, string[]]>([
    ['month', ['2026-12', '2027-01']],
    ['quarter', ['2026-Q4', '2027-Q1']],
    ['half-year', ['2026-H2', '2027-H1']],
    ['year', ['2026', '2027']],
  ])('in force 2026-12-10, by %s with the partial first period: it counts', (period, labels) => {
    expect(first(each(period, { partialFirst: true }), '2026-12-10', 2).map(({ label }) => label)).toEqual(labels);
  });

  test('in force on the first day of a period, that period is whole', () => {
    expect(first(each('quarter'), '2026-10-01', 1).map(({ label }) => label)).toEqual(['2026-Q4']);
    expect(first(each('year'), '2027-01-01', 1).map(({ label }) => label)).toEqual(['2027']);
    expect(first(each('month'), '2026-12-31', 1).map(({ label }) => label)).toEqual(['2027-01']);
  });

  test('a period begins at 00:00 of its first day and ends on its last', () => {
    expect(lines(each('quarter'), '2026-11-15', 2)).toEqual([
      '2027-Q1: from 2027-01-01T00:00, ends 2027-03-31',
      '2027-Q2: from 2027-04-01T00:00, ends 2027-06-30',
    ]);
    expect(lines(each('month'), '2027-12-31', 2)).toEqual([
      '2028-01: from 2028-01-01T00:00, ends 2028-01-31',
      '2028-02: from 2028-02-01T00:00, ends 2028-02-29',
    ]);
    expect(lines(each('half-year'), '2027-01-02', 1)).toEqual(['2027-H2: from 2027-07-01T00:00, ends 2027-12-31']);
  });

  test('counted from its start, day 0 is its first day', () => {
    expect(lines(each('half-year', { edge: 'start' }), '2026-11-15', 2)).toEqual([
      '2027-H1: from 2027-01-01T00:00, ends 2027-01-01',
      '2027-H2: from 2027-07-01T00:00, ends 2027-07-01',
    ]);
  });

  test('which period a date lies in', () => {
    expect(periodOf('2027-03-31', 'quarter')).toEqual({ start: '2027-01-01', end: '2027-03-31', label: '2027-Q1' });
    expect(periodOf('2027-06-30', 'half-year')).toEqual({ start: '2027-01-01', end: '2027-06-30', label: '2027-H1' });
    expect(periodOf('2027-07-01', 'half-year')).toEqual({ start: '2027-07-01', end: '2027-12-31', label: '2027-H2' });
    expect(periodOf('2028-02-29', 'month')).toEqual({ start: '2028-02-01', end: '2028-02-29', label: '2028-02' });
    expect(periodOf('2027-12-31', 'year')).toEqual({ start: '2027-01-01', end: '2027-12-31', label: '2027' });
  });
});

describe('on a day of every year', () => {
  test('from the first such day after day 0 on; signed on that very day, the next year', () => {
    expect(first(yearly('01-31'), '2026-09-01', 2).map(({ label, anchorDate }) => [label, anchorDate])).toEqual([
      ['2027', '2027-01-31'],
      ['2028', '2028-01-31'],
    ]);
    expect(first(yearly('11-30'), '2026-09-01', 1)[0]?.anchorDate).toBe('2026-11-30');
    expect(first(yearly('09-01'), '2026-09-01', 1)[0]?.anchorDate).toBe('2027-09-01');
    expect(first(yearly('09-02'), '2026-09-01', 1)[0]?.anchorDate).toBe('2026-09-02');
  });

  test('29 February is the last of February in other years', () => {
    expect(first(yearly('02-29'), '2026-09-01', 3).map(({ anchorDate }) => anchorDate)).toEqual([
      '2027-02-28',
      '2028-02-29',
      '2029-02-28',
    ]);
  });
});

describe('what falls due (design §4)', () => {
  const name = { zh: '生效日', en: 'in force' };
  const due = (occurrence: Occurrence, days: number, rollover: 'none' | 'next-working-day'): string =>
    resolveDeadline(
      { anchor: 'effect', offset: { unit: 'days', count: days }, rollover, dayEnd: '24:00' },
      { date: occurrence.anchorDate, name, steps: [occurrence.explanation] },
      cn,
      shanghai,
    ).localDate;

  test('the k-th occurrence rolls over by itself: the next one counts from day 0, not from the day it moved to', () => {
    const quarters = first(every(3, 'months'), '2026-11-30', 3);
    expect(quarters.map((one) => due(one, 0, 'next-working-day'))).toEqual([
      '2027-03-01', // 02-28 is a Sunday
      '2027-05-31', // 05-30 is a Sunday
      '2027-08-30',
    ]);
  });

  test('15 days after the quarter end roll over a rest day, the quarter itself does not', () => {
    const [fourth] = first(each('quarter'), '2026-10-01', 1);
    if (!fourth) throw new Error('no quarter');
    expect(due(fourth, 15, 'next-working-day')).toBe('2027-01-15');
    expect(due(fourth, 16, 'next-working-day')).toBe('2027-01-18'); // 01-16 is a Saturday
    const [october] = first(each('month'), '2026-10-01', 1);
    if (!october) throw new Error('no month');
    expect(due(october, 0, 'none')).toBe('2026-10-31'); // a Saturday
  });
});

const anyDate = fc.integer({ min: 0, max: 9000 }).map((days) => addDays('2020-01-01', days));
const anyInterval = fc.oneof(
  fc.integer({ min: 1, max: 400 }).map((count) => every(count, 'days')),
  fc.integer({ min: 1, max: 36 }).map((count) => every(count, 'months')),
  fc.integer({ min: 1, max: 5 }).map((count) => every(count, 'years')),
);
const anyPeriod = fc
  .record({
    period: fc.constantFrom<CalendarPeriod>('month', 'quarter', 'half-year', 'year'),
    edge: fc.constantFrom<'start' | 'end'>('start', 'end'),
    partialFirst: fc.boolean(),
  })
  .map((change): Recurrence => ({ by: 'period', ...change }));
const anyMonthDay = fc.integer({ min: 0, max: 365 }).map((days) => yearly(addDays('2028-01-01', days).slice(5)));
const anyRecurrence = fc.oneof(anyInterval, anyPeriod, anyMonthDay);

test('property: labels are unique and ascending, and so are openings and ends', () => {
  fc.assert(
    fc.property(anyRecurrence, anyDate, (recurrence, day0) => {
      const occurrences = first(recurrence, day0, 30);
      for (const [index, one] of occurrences.entries()) {
        expect(isLocalDate(one.anchorDate)).toBe(true);
        const before = occurrences[index - 1];
        if (!before) continue;
        expect(one.label > before.label).toBe(true);
        expect(one.opensAtMs).toBeGreaterThan(before.opensAtMs);
        expect(one.anchorDate > before.anchorDate).toBe(true);
      }
    }),
  );
});

test('property: nothing ends before day 0, or before it opens', () => {
  fc.assert(
    fc.property(anyRecurrence, anyDate, fc.integer({ min: 1, max: 60 }), (recurrence, day0, k) => {
      const { anchorDate, opensAtMs } = occurrenceOf(recurrence, day0, k, shanghai);
      const atStart = recurrence.by === 'period' && recurrence.edge === 'start' && recurrence.partialFirst;
      if (!atStart) expect(anchorDate >= day0).toBe(true);
      expect(isoAt(shanghai, opensAtMs).slice(0, 10) <= anchorDate).toBe(true);
    }),
  );
});

test('property: intervals leave no day out and count none twice', () => {
  fc.assert(
    fc.property(anyInterval, anyDate, (recurrence, day0) => {
      const occurrences = first(recurrence, day0, 20);
      expect(occurrences[0]?.label).toBe(day0);
      occurrences.slice(1).forEach((one, index) => expect(one.label).toBe(occurrences[index]?.anchorDate));
    }),
  );
});

test('property: calendar periods leave no day out, and the first is the first whole one', () => {
  fc.assert(
    fc.property(fc.constantFrom<CalendarPeriod>('month', 'quarter', 'half-year', 'year'), anyDate, (period, day0) => {
      const [one, two] = first(each(period), day0, 2);
      if (!one || !two) throw new Error('no period');
      const begins = isoAt(shanghai, one.opensAtMs).slice(0, 10);
      expect(begins >= day0).toBe(true);
      expect(daysBetween(day0, begins)).toBeLessThan(366);
      expect(periodOf(addDays(begins, -1), period).start < day0 || begins === day0).toBe(true);
      expect(addDays(one.anchorDate, 1)).toBe(isoAt(shanghai, two.opensAtMs).slice(0, 10));
    }),
  );
});

test('property: the k-th occurrence does not drift, however many short months lie between', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 100 }), (day0, months, k) => {
      const { anchorDate } = occurrenceOf(every(months, 'months'), day0, k, shanghai);
      expect(anchorDate).toBe(addMonths(day0, months * k));
      const lastOfMonth = Number(addDays(addMonths(`${anchorDate.slice(0, 7)}-01`, 1), -1).slice(8));
      expect(Number(anchorDate.slice(8))).toBe(Math.min(Number(day0.slice(8)), lastOfMonth));
    }),
  );
});
