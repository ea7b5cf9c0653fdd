import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Due } from '../../domain/agreement/event.ts';
import { isWorkingDay } from '../../domain/calendar.ts';
import { addDays } from '../../domain/local-date.ts';
import type { NoticeContext } from '../../domain/notice-time.ts';
import { ladder, nextRungs, noticeMoment, plannedRungs } from '../../domain/notice-time.ts';
import { instantAt, isoAt, localDateAt, localTimeAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { readCases } from './cases.ts';

const context: NoticeContext = {
  calendar: loadCalendar('cn'),
  zone: zoneData('Asia/Shanghai'),
  hours: { days: 'working-days', from: '09:00', to: '18:00' },
};
const { calendar, zone, hours } = context;
const leads = [7, 3, 1];

function dueOn(localDate: string, dayEnd = '24:00'): Due {
  return { localDate, dueAtMs: instantAt(zone, localDate, dayEnd) };
}

function at(ms: number): string {
  return `${localDateAt(zone, ms)} ${localTimeAt(zone, ms)}`;
}

test.each(readCases('notice-moments.txt', 3))('%s leaves at %s: %s', (happens = '', leaves) => {
  const [date = '', time = ''] = happens.split(' ');
  expect(at(noticeMoment(instantAt(zone, date, time), calendar, zone, hours))).toBe(leaves);
});

const mails = readCases('rungs.txt', 4);

test.each([...new Set(mails.map(([date]) => date ?? ''))])('the mails of what is due %s', (date) => {
  const expected = mails.filter(([due]) => due === date).map(([, moment, rungs]) => `${moment}:00 ${rungs}`);
  let after: number | null = null;
  const found = expected.map(() => {
    const next = nextRungs(dueOn(date), leads, context, after);
    after = next.atMs;
    return `${at(next.atMs)} ${next.rungs.join(' ')}`;
  });
  expect(found).toEqual(expected);
});

test('what is planned beforehand is the leads, furthest first, and the day itself', () => {
  expect(plannedRungs(dueOn('2026-11-30'), [1, 7, 3], context).map(({ atMs, rung }) => `${at(atMs)} ${rung}`)).toEqual([
    '2026-11-23 09:00:00 before-7',
    '2026-11-27 09:00:00 before-3',
    '2026-11-27 09:00:00 before-1',
    '2026-11-30 09:00:00 due',
  ]);
  expect(plannedRungs(dueOn('2026-11-30'), [], context).map(({ rung }) => rung)).toEqual(['due']);
  expect(ladder({ due: dueOn('2026-11-30'), leadDays: leads, ...context })).toEqual(
    plannedRungs(dueOn('2026-11-30'), leads, context),
  );
});

test('the ladder runs through the instant given, inclusive', () => {
  const due = dueOn('2026-11-30');
  const rungs = (overdueThrough: number): string[] =>
    ladder({ due, leadDays: [], ...context, overdueThrough }).map(({ rung }) => rung);
  expect(rungs(instantAt(zone, '2026-12-07', '09:00'))).toEqual(['due', 'overdue-1', 'overdue-3', 'overdue-7']);
  expect(rungs(instantAt(zone, '2026-12-07', '08:59'))).toEqual(['due', 'overdue-1', 'overdue-3']);
});

test('where the day ends before notices open, the day is told the working day before', () => {
  expect(plannedRungs(dueOn('2026-11-30', '08:00'), [], context).map(({ atMs }) => at(atMs))).toEqual([
    '2026-11-27 09:00:00',
  ]);
});

test('years later the ladder still goes on, weekly', () => {
  const next = nextRungs(dueOn('2026-11-30'), leads, context, instantAt(zone, '2036-11-30', '12:00'));
  expect(next.rungs).toEqual(['overdue-3654']);
  expect(at(next.atMs)).toBe('2036-12-01 09:00:00');
});

const anyDate = fc.integer({ min: 0, max: 5000 }).map((days) => addDays('2020-01-01', days));
const anyLeads = fc.uniqueArray(fc.integer({ min: 1, max: 45 }), { maxLength: 5 });
const anyTime = fc.constantFrom('00:00', '08:59:59', '09:00', '12:34:56');
const anyDayEnd = fc.constantFrom('24:00', '17:30', '08:00');

test('property: mails go out at the opening of working days, reminders before the due instant, dunning after it', () => {
  fc.assert(
    fc.property(anyDate, anyLeads, anyDayEnd, (date, leadDays, dayEnd) => {
      const due = dueOn(date, dayEnd);
      const overdueThrough = due.dueAtMs + 90 * 86_400_000;
      for (const { atMs, rung } of ladder({ due, leadDays, ...context, overdueThrough })) {
        expect(isWorkingDay(calendar, localDateAt(zone, atMs))).toBe(true);
        expect(localTimeAt(zone, atMs)).toBe('09:00:00');
        if (rung.startsWith('overdue-')) expect(atMs).toBeGreaterThan(due.dueAtMs);
        else expect(atMs).toBeLessThan(due.dueAtMs);
      }
    }),
  );
});

test('property: from any moment, the next mail is the first later one of the whole ladder, with all its rungs', () => {
  fc.assert(
    fc.property(anyDate, anyLeads, anyDayEnd, fc.integer({ min: -60, max: 400 }), anyTime, (...input) => {
      const [date, leadDays, dayEnd, days, time] = input;
      const due = dueOn(date, dayEnd);
      const after = instantAt(zone, addDays(date, days), time);
      const later = ladder({ due, leadDays, ...context, overdueThrough: after + 120 * 86_400_000 }).filter(
        ({ atMs }) => atMs > after,
      );
      const atMs = Math.min(...later.map((planned) => planned.atMs));
      const rungs = later.filter((planned) => planned.atMs === atMs).map(({ rung }) => rung);
      expect(nextRungs(due, leadDays, context, after)).toEqual({ atMs, rungs });
    }),
    { numRuns: 400 },
  );
});

test('property: a notice leaves in hours, never early, never past an opening', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 0, max: 86_399 }), (date, second) => {
      const ms = instantAt(zone, date, '00:00') + second * 1000;
      const leaves = noticeMoment(ms, calendar, zone, hours);
      expect(leaves).toBeGreaterThanOrEqual(ms);
      expect(isWorkingDay(calendar, localDateAt(zone, leaves))).toBe(true);
      expect(localTimeAt(zone, leaves) >= '09:00:00' && localTimeAt(zone, leaves) < '18:00:00').toBe(true);
      expect(noticeMoment(leaves, calendar, zone, hours)).toBe(leaves);
      if (leaves > ms) {
        for (let day = addDays(date, 1); day < localDateAt(zone, leaves); day = addDays(day, 1)) {
          expect(isWorkingDay(calendar, day)).toBe(false);
        }
      }
    }),
  );
});

test('an agreement may have its notices leave at any time of every day', () => {
  const always = { days: 'every-day' as const, from: '00:00', to: '24:00' };
  const sundayNight = instantAt(zone, '2026-11-22', '23:30');
  expect(noticeMoment(sundayNight, calendar, zone, always)).toBe(sundayNight);
  const due = { dueAtMs: instantAt(zone, '2026-10-09', '00:00'), localDate: '2026-10-08' };
  const before = plannedRungs(due, [1], { calendar, zone, hours: always }).map(({ atMs }) => isoAt(zone, atMs));
  expect(before).toEqual(['2026-10-07T00:00:00+08:00', '2026-10-08T00:00:00+08:00']);
});
