import { expect, test } from 'vitest';
import { changeBetween, changedDays, withChange, withoutChange } from '../../domain/calendar-change.ts';
import {
  type HolidayNotice,
  compareVersions,
  countDays,
  nextVersion,
  noticeProblems,
} from '../../domain/calendar-notice.ts';
import { isProvisional, isWorkingDay, restReason } from '../../domain/calendar.ts';
import { loadCalendar, sliceCalendar, verifyCalendar } from '../../templates/calendars.ts';
import { EXAMPLE_2027, exampleCalendar } from '../support/calendar-2027.ts';

const cn = loadCalendar('cn@2026.1');
const codes = (notice: Partial<HolidayNotice>): string[] =>
  noticeProblems({ ...EXAMPLE_2027, ...notice }, cn).map(({ path, code }) => `${path} ${code}`);
const without = (...names: string[]) => EXAMPLE_2027.holidays.filter(({ name }) => !names.includes(name));

test('a notice makes the next version: its year as it says, every other day as before, under a hash of its own', () => {
  expect(noticeProblems(EXAMPLE_2027, cn)).toEqual([]);
  const next = exampleCalendar();
  expect(next).toMatchObject({ id: 'cn', version: '2027.1', provisionalFrom: '2028-01-01' });
  expect(() => verifyCalendar(next)).not.toThrow();
  expect(next.hash).not.toBe(cn.hash);
  expect(['2027-10-04', '2027-10-08', '2027-10-09', '2027-09-26'].map((day) => isWorkingDay(next, day))).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(restReason(next, '2027-10-04')).toEqual({ zh: '国庆节', en: 'National Day' });
  expect([isProvisional(next, '2027-10-08'), isProvisional(next, '2028-01-01')]).toEqual([false, true]);
  expect(countDays(next, 2026)).toEqual(countDays(cn, 2026));
  expect(countDays(next, 2027)).toEqual({ rest: 116, working: 249, makeUp: 5 });
});

test('the difference goes forwards and backwards, of a whole calendar and of the years that an agreement pins', () => {
  const next = exampleCalendar();
  const change = changeBetween(cn, next);
  expect(change.days['2027-10-04']).toEqual({ before: null, after: { kind: 'rest', name: 'national-day' } });
  expect(change.days['2027-10-09']).toEqual({ before: null, after: { kind: 'work', name: 'national-day' } });
  expect(change.days['2027-10-01']).toBeUndefined();
  expect(Object.keys(change.days).every((date) => date.startsWith('2027-'))).toBe(true);
  expect(withChange(cn, change)).toEqual(next);
  expect(withoutChange(next, change)).toEqual(cn);
  const pinned = sliceCalendar(cn, 2020, 2030);
  expect(withoutChange(withChange(pinned, change), change)).toEqual(pinned);
  expect(changedDays(change, '2027-10-08', '2027-10-10')).toEqual([
    {
      date: '2027-10-09',
      text: { zh: '2027-10-09 为国庆节调休上班日', en: '2027-10-09 is a make-up working day (National Day)' },
    },
  ]);
});

test('what is wrong with a notice is named with its field', () => {
  expect(codes({ year: 2028 })).toEqual(['year year-out-of-order']);
  expect(codes({ year: 2003 })).toEqual(['year year-out-of-order']);
  const first = { name: 'new-year' as const, from: '2026-12-31', to: '2027-01-32' };
  expect(codes({ holidays: [first, ...without('new-year')] })).toEqual([
    'holidays.0.from date-outside-year',
    'holidays.0.to invalid-date',
  ]);
  expect(codes({ holidays: [{ ...first, from: '2027-01-03', to: '2027-01-01' }, ...without('new-year')] })).toEqual([
    'holidays.0.to range-invalid',
  ]);
  expect(codes({ holidays: without('qingming', 'dragon-boat') })).toEqual([
    'holidays festival-missing',
    'holidays festival-missing',
  ]);
  const national = { name: 'national-day' as const, from: '2027-10-02', to: '2027-10-07' };
  expect(codes({ holidays: [...without('national-day'), national] })).toEqual(['holidays statutory-day-missing']);
  const autumn = { name: 'mid-autumn' as const, from: '2027-10-06', to: '2027-10-08' };
  expect(codes({ holidays: [...EXAMPLE_2027.holidays, autumn] })).toEqual(['holidays.7.from holidays-overlap']);
  expect(
    codes({ holidays: [...EXAMPLE_2027.holidays, { name: 'other', from: '2027-09-03', to: '2027-09-03' }] }),
  ).toEqual(['holidays.7.title title-missing']);
  const name = 'national-day';
  expect(
    codes({
      makeUp: [
        { date: '2027-10-11', name },
        { date: '2027-10-02', name },
        { date: '2027-10-09', name },
        { date: '2027-10-09', name },
        { date: '2028-01-01', name },
      ],
    }),
  ).toEqual(['makeUp.4.date date-outside-year']);
  expect(
    codes({
      makeUp: [
        { date: '2027-10-11', name },
        { date: '2027-10-02', name },
        { date: '2027-10-09', name },
        { date: '2027-10-09', name },
      ],
    }),
  ).toEqual(['makeUp.0.date make-up-on-weekday', 'makeUp.1.date make-up-in-holiday', 'makeUp.3.date make-up-twice']);
});

test('festivals that a notice joins stand in one row; another holiday brings its name', () => {
  const joint: HolidayNotice = {
    ...EXAMPLE_2027,
    holidays: [
      ...without('mid-autumn', 'national-day'),
      { name: 'mid-autumn', from: '2027-09-15', to: '2027-09-15' },
      { name: 'national-day', also: ['dragon-boat'], from: '2027-10-01', to: '2027-10-07' },
      { name: 'other', title: { zh: '纪念日', en: 'Memorial' }, from: '2027-09-03', to: '2027-09-03' },
    ],
  };
  expect(noticeProblems(joint, cn)).toEqual([]);
  expect(restReason(exampleCalendar(joint), '2027-09-03')).toEqual({ zh: '纪念日', en: 'Memorial' });
});

test('versions are named after the last official year and count up; a correction leaves what is provisional as it is', () => {
  expect(nextVersion(['2026.1'], cn, 2027)).toBe('2027.1');
  expect(nextVersion(['2026.1', '2026.9'], cn, 2026)).toBe('2026.10');
  expect(['2026.10', '2027.1', '2026.9'].sort(compareVersions)).toEqual(['2026.9', '2026.10', '2027.1']);
  const next = exampleCalendar();
  const corrected: HolidayNotice = { ...EXAMPLE_2027, makeUp: EXAMPLE_2027.makeUp.slice(0, 4) };
  expect(noticeProblems(corrected, next)).toEqual([]);
  const again = exampleCalendar(corrected, next);
  expect(again).toMatchObject({ version: '2027.2', provisionalFrom: '2028-01-01' });
  expect(Object.keys(changeBetween(next, again).days)).toEqual(['2027-10-09']);
});
