import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeadlineRule } from '../../domain/agreement/compiled.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { isWorkingDay } from '../../domain/calendar.ts';
import { dueAfterDays, occurrenceDate, resolveDeadline } from '../../domain/deadline.ts';
import { addDays, addMonths, daysBetween } from '../../domain/local-date.ts';
import { instantAt, isoAt, localDateAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { readCases } from './cases.ts';

const cn = loadCalendar('cn');
const shanghai = zoneData('Asia/Shanghai');
const signed = { zh: '签署日', en: 'signed' };

function rule(
  count: number,
  unit: DeadlineRule['offset']['unit'] = 'days',
  changes: Partial<DeadlineRule> = {},
): DeadlineRule {
  return { anchor: 'signing', offset: { unit, count }, rollover: 'next-working-day', dayEnd: '24:00', ...changes };
}

test.each(readCases('deadlines.txt', 5))('%s | %s | %s | %s | %s', (anchor, period, rollover, localDate) => {
  const day0 = /^(?:signed|ends) (\d{4}-\d{2}-\d{2})$/.exec(anchor ?? '')?.[1];
  const offset = /^([+-]\d+) (days|working-days|months|years)$/.exec(period ?? '');
  if (day0 === undefined || !offset) throw new Error(`cannot read ${anchor} | ${period}`);
  if (rollover !== 'none' && rollover !== 'next-working-day') throw new Error(`cannot read ${rollover}`);
  const unit = offset[2] as DeadlineRule['offset']['unit'];
  const due = resolveDeadline(rule(Number(offset[1]), unit, { rollover }), { date: day0, name: signed }, cn, shanghai);
  expect(due.localDate).toBe(localDate);
  expect(isoAt(shanghai, due.dueAtMs)).toBe(`${addDays(due.localDate, 1)}T00:00:00+08:00`);
});

test('the explanation lists each step in both languages', () => {
  const due = resolveDeadline(rule(30), { date: '2026-09-01', name: signed }, cn, shanghai);
  expect(due.explanation.map(({ en }) => en).join('; ')).toBe(
    'signed 2026-09-01, day not counted; +30 days = 2026-10-01; National Day, rest; next working day 2026-10-08; ' +
      'ends on 2026-10-08 at 24:00 Asia/Shanghai',
  );
  expect(due.explanation.map(({ zh }) => zh).join('；')).toBe(
    '签署日 2026-09-01，当日不计入期间；加 30 日，最后一日为 2026-10-01；国庆节，休息日；' +
      '顺延至其后第一个工作日 2026-10-08；于 2026-10-08 24:00 届满（Asia/Shanghai）',
  );
});

test('the explanation says what else mattered, and only that', () => {
  const steps = (period: DeadlineRule, anchor: string, calendar: Calendar = cn): string =>
    resolveDeadline(period, { date: anchor, name: signed }, calendar, shanghai)
      .explanation.map(({ en }) => en)
      .join('; ');
  expect(steps(rule(90), '2026-09-01')).not.toMatch(/rest|provisional|make-up|corresponding/);
  expect(steps(rule(1), '2026-11-02')).toContain('+1 day = 2026-11-03');
  expect(steps(rule(60), '2026-09-01')).toContain('weekend, rest; next working day 2026-11-02');
  expect(steps(rule(30, 'days', { rollover: 'none' }), '2026-09-01')).toContain(
    'National Day, rest; not moved, as agreed; ends on 2026-10-01',
  );
  expect(steps(rule(30), '2026-08-21')).toContain('2026-09-20 is a make-up working day (National Day), not moved');
  expect(steps(rule(1, 'months'), '2026-08-31')).toContain('2026-09 has no corresponding day');
  expect(steps(rule(1, 'months'), '2026-10-15')).not.toContain('corresponding');
  expect(steps(rule(90, 'days', { dayEnd: '17:30' }), '2026-09-01')).toContain('at 17:30 Asia/Shanghai');
  expect(steps(rule(7), '2026-12-25')).toContain(
    'provisional: no official holiday notice for 2027 in calendar cn@2026.1',
  );
  // Where no working day is asked for, a coming notice cannot change the date.
  expect(steps(rule(7, 'days', { rollover: 'none' }), '2026-12-25')).not.toContain('provisional');
  expect(steps(rule(7, 'working-days', { rollover: 'none' }), '2026-12-25')).toContain('provisional');
  // A holiday between two weekends hides neither.
  const bridged = { ...cn, rest: { ...cn.rest, ...week('2026-11-02', 'qingming') } };
  expect(steps(rule(60), '2026-09-01', bridged)).toContain('weekend, Qingming Festival, weekend, rest');
});

function week(monday: string, key: string): Record<string, string> {
  return Object.fromEntries([0, 1, 2, 3, 4].map((day) => [addDays(monday, day), key]));
}

test('a day may end at the close of business (Civil Code 203 II)', () => {
  const due = resolveDeadline(
    rule(30, 'days', { dayEnd: '17:30' }),
    { date: '2026-09-01', name: signed },
    cn,
    shanghai,
  );
  expect(isoAt(shanghai, due.dueAtMs)).toBe('2026-10-08T17:30:00+08:00');
  expect(due.localDate).toBe('2026-10-08');
});

test('review windows and rework are counted like any other days', () => {
  const rolled = dueAfterDays('2026-10-08', 10, { rollover: 'next-working-day', dayEnd: '24:00' }, cn, shanghai);
  expect(rolled).toEqual({ localDate: '2026-10-19', dueAtMs: Date.parse('2026-10-19T16:00:00Z') });
  const plain = dueAfterDays('2026-10-08', 10, { rollover: 'none', dayEnd: '18:00' }, cn, shanghai);
  expect(plain).toEqual({ localDate: '2026-10-18', dueAtMs: Date.parse('2026-10-18T10:00:00Z') });
});

test('the k-th occurrence counts from the anchor', () => {
  const quarter = { unit: 'months', count: 3 } as const;
  expect([0, 1, 2].map((k) => occurrenceDate('2026-11-30', quarter, k))).toEqual([
    '2026-11-30',
    '2027-02-28',
    '2027-05-30',
  ]);
  expect(occurrenceDate('2026-11-30', { unit: 'days', count: 30 }, 2)).toBe('2027-01-29');
  expect(occurrenceDate('2028-02-29', { unit: 'years', count: 1 }, 4)).toBe('2032-02-29');
});

const anyDate = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays('2020-01-01', days));
const anyUnit = fc.constantFrom('days', 'working-days', 'months', 'years');
const anyRollover = fc.constantFrom('next-working-day', 'none');

test('property: never early, and the next instant is not the last day any more', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 120 }), anyRollover, (anchor, count, rollover) => {
      const due = resolveDeadline(rule(count, 'days', { rollover }), { date: anchor, name: signed }, cn, shanghai);
      expect(daysBetween(anchor, due.localDate)).toBeGreaterThanOrEqual(count);
      expect(localDateAt(shanghai, due.dueAtMs - 1)).toBe(due.localDate);
      expect(localDateAt(shanghai, due.dueAtMs)).toBe(addDays(due.localDate, 1));
    }),
  );
});

test('property: who signs later is never due earlier', () => {
  fc.assert(
    fc.property(
      anyDate,
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      anyUnit,
      anyRollover,
      (anchor, later, count, unit, rollover) => {
        const first = resolveDeadline(rule(count, unit, { rollover }), { date: anchor, name: signed }, cn, shanghai);
        const second = resolveDeadline(
          rule(count, unit, { rollover }),
          { date: addDays(anchor, later), name: signed },
          cn,
          shanghai,
        );
        expect(second.dueAtMs).toBeGreaterThanOrEqual(first.dueAtMs);
      },
    ),
  );
});

test('property: a longer period never ends earlier', () => {
  fc.assert(
    fc.property(
      anyDate,
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: -60, max: 60 }),
      anyUnit,
      anyRollover,
      (anchor, longer, count, unit, rollover) => {
        const due = (size: number) =>
          resolveDeadline(rule(size, unit, { rollover }), { date: anchor, name: signed }, cn, shanghai).dueAtMs;
        expect(due(count + longer)).toBeGreaterThanOrEqual(due(count));
      },
    ),
  );
});

test('property: never early, in whatever unit', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 0, max: 60 }), anyUnit, anyRollover, (anchor, count, unit, rollover) => {
      const { localDate } = resolveDeadline(
        rule(count, unit, { rollover }),
        { date: anchor, name: signed },
        cn,
        shanghai,
      );
      const counted =
        unit === 'months'
          ? addMonths(anchor, count)
          : unit === 'years'
            ? addMonths(anchor, 12 * count)
            : addDays(anchor, count);
      expect(localDate >= counted).toBe(true);
    }),
  );
});

test('property: counted back, never late, and moved to the working day before', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 120 }), anyUnit, (anchor, count, unit) => {
      const { localDate, dueAtMs } = resolveDeadline(rule(-count, unit), { date: anchor, name: signed }, cn, shanghai);
      const counted =
        unit === 'months'
          ? addMonths(anchor, -count)
          : unit === 'years'
            ? addMonths(anchor, -12 * count)
            : addDays(anchor, -count);
      expect(localDate <= counted).toBe(true);
      expect(isWorkingDay(cn, localDate)).toBe(true);
      if (unit !== 'working-days') {
        for (let day = counted; day > localDate; day = addDays(day, -1)) expect(isWorkingDay(cn, day)).toBe(false);
      }
      expect(localDateAt(shanghai, dueAtMs - 1)).toBe(localDate);
    }),
  );
});

test('hours from a date without a time leave that day out: signed at whatever hour, nobody has less', () => {
  const due = (hours: number, date: string): string =>
    isoAt(shanghai, resolveDeadline(rule(hours, 'hours'), { date, name: signed }, cn, shanghai).dueAtMs);
  expect(due(24, '2026-09-01')).toBe('2026-09-03T00:00:00+08:00');
  expect(due(24, '2026-12-31')).toBe('2027-01-02T00:00:00+08:00'); // 24 hours after the fourth quarter
  expect(due(-24, '2026-10-08')).toBe('2026-10-07T00:00:00+08:00');
});

test('property: hours run around the clock, to the millisecond, and never roll over', () => {
  fc.assert(
    fc.property(
      anyDate,
      fc.integer({ min: 0, max: 86_399_999 }),
      fc.integer({ min: 0, max: 2000 }),
      (date, ms, count) => {
        const atMs = instantAt(shanghai, date, '00:00') + ms;
        const due = resolveDeadline(rule(count, 'hours'), { date, atMs, name: signed }, cn, shanghai);
        expect(due.dueAtMs - atMs).toBe(count * 3_600_000);
        expect(due.localDate).toBe(localDateAt(shanghai, due.dueAtMs - 1));
      },
    ),
  );
});

test('property: a roll-over lands on the first working day', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 120 }), (anchor, count) => {
      const { localDate } = resolveDeadline(rule(count), { date: anchor, name: signed }, cn, shanghai);
      expect(isWorkingDay(cn, localDate)).toBe(true);
      for (let day = addDays(anchor, count); day < localDate; day = addDays(day, 1)) {
        expect(isWorkingDay(cn, day)).toBe(false);
      }
    }),
  );
});

test('property: N working days hold exactly N working days', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (anchor, count) => {
      const { localDate } = resolveDeadline(rule(count, 'working-days'), { date: anchor, name: signed }, cn, shanghai);
      let found = 0;
      for (let day = addDays(anchor, 1); day <= localDate; day = addDays(day, 1)) if (isWorkingDay(cn, day)) found += 1;
      expect(found).toBe(count);
      expect(isWorkingDay(cn, localDate)).toBe(true);
    }),
  );
});

test('property: the k-th occurrence does not drift', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 60 }), (anchor, count, k) => {
      const date = occurrenceDate(anchor, { unit: 'months', count }, k);
      const day = Number(anchor.slice(8));
      const monthEnd = Number(addDays(addMonths(`${date.slice(0, 7)}-01`, 1), -1).slice(8));
      expect(Number(date.slice(8))).toBe(Math.min(day, monthEnd));
      const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
      expect(months(date) - months(anchor)).toBe(count * k);
    }),
  );
});
