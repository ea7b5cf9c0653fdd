import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Calendar } from '../../domain/calendar.ts';
import {
  addWorkingDays,
  isProvisional,
  isWorkingDay,
  restReason,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from '../../domain/calendar.ts';
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  daysBetween,
  isLocalDate,
  monthStart,
  nextMonthStart,
  weekday,
} from '../../domain/local-date.ts';
import { loadCalendar, sliceCalendar, verifyCalendar } from '../../templates/calendars.ts';
import { readCases } from './cases.ts';

const cn = loadCalendar('cn');

test('every day of the official years 2004–2026 is as an independent source has it', () => {
  const days = readCases('cn-official.txt', 2, ' ') as [string, string][];
  expect(days.length).toBe(8401);
  const wrong = days.filter(([date, kind]) => isWorkingDay(cn, date) !== (kind === 'working'));
  expect(wrong).toEqual([]);
});

test('the movable festivals of provisional years are as an independent source has them, and nothing more', () => {
  const festivals = readCases('cn-festivals.txt', 2, ' ') as [string, string][];
  const expected = festivals.filter(([date]) => weekday(date) < 6);
  const found = Object.entries(cn.rest).filter(
    ([date, key]) => date >= '2027' && !['new-year', 'labour-day', 'national-day'].includes(key),
  );
  // Where Mid-Autumn falls on National Day, one name is enough.
  const same = ([date, key]: [string, string]): boolean => cn.rest[date] === key || /-10-0[123]$/.test(date);
  expect(expected.filter((festival) => !same(festival))).toEqual([]);
  expect(found.filter(([date, key]) => !festivals.some(([d, k]) => d === date && k === key))).toEqual([]);
  expect(expected.length).toBeGreaterThan(160);
});

test('provisional years have the fixed festivals, to 2060, and no make-up days', () => {
  for (let year = 2027; year <= 2060; year += 1) {
    for (const day of ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']) {
      expect(isWorkingDay(cn, `${year}-${day}`)).toBe(false);
    }
  }
  expect(Object.keys(cn.work).filter((date) => date >= '2027')).toEqual([]);
  expect(isWorkingDay(cn, '2027-10-04')).toBe(true);
  expect(isWorkingDay(cn, '2027-05-03')).toBe(true);
});

test('only days that differ from the plain week are stored', () => {
  expect(Object.keys(cn.rest).filter((date) => weekday(date) > 5)).toEqual([]);
  expect(Object.keys(cn.work).filter((date) => weekday(date) < 6)).toEqual([]);
  expect(Object.keys(cn.rest).filter((date) => !isLocalDate(date))).toEqual([]);
  for (const key of [...Object.values(cn.rest), ...Object.values(cn.work)]) expect(cn.names[key]).toBeDefined();
});

test('why a day is a rest day', () => {
  expect(restReason(cn, '2026-10-01')).toEqual({ zh: '国庆节', en: 'National Day' });
  expect(restReason(cn, '2026-10-31')).toEqual({ zh: '周末', en: 'weekend' });
  expect(restReason(cn, '2026-10-10')).toBeNull();
  expect(restReason(cn, '2026-10-08')).toBeNull();
});

test('working days before, after and counted', () => {
  expect(workingDayOnOrAfter(cn, '2026-10-01')).toBe('2026-10-08');
  expect(workingDayOnOrAfter(cn, '2026-10-08')).toBe('2026-10-08');
  expect(workingDayOnOrBefore(cn, '2026-10-07')).toBe('2026-09-30');
  expect(workingDayOnOrBefore(cn, '2026-10-10')).toBe('2026-10-10');
  expect(addWorkingDays(cn, '2026-09-30', 0)).toBe('2026-09-30');
  expect(addWorkingDays(cn, '2026-09-30', 3)).toBe('2026-10-10');
});

test('what lies after the last official notice is provisional', () => {
  expect(isProvisional(cn, '2026-12-31')).toBe(false);
  expect(isProvisional(cn, '2027-01-01')).toBe(true);
});

test('a calendar is found by id or id and version; what there is is named', () => {
  expect(loadCalendar('cn@2026.1')).toEqual(cn);
  expect(loadCalendar(undefined)).toEqual(cn);
  for (const name of ['de', 'cn@1999.1', 'cn@', '', '../cn', 'cn@2026.1.json']) {
    expect(() => loadCalendar(name)).toThrow(/unknown calendar .*there is cn@2026\.1/);
  }
});

test('a moved day, name or version does not pass the hash', () => {
  const altered: Calendar[] = [
    { ...cn, work: { ...cn.work, '2026-10-11': 'national-day' } },
    { ...cn, rest: { ...cn.rest, '2026-10-08': 'national-day' } },
    { ...cn, names: { ...cn.names, qingming: { zh: '清明', en: 'Qingming Festival' } } },
    { ...cn, version: '2026.2' },
    { ...cn, provisionalFrom: '2028-01-01' },
  ];
  verifyCalendar(cn);
  for (const calendar of altered) expect(() => verifyCalendar(calendar)).toThrow(/altered/);
});

test('a file that was altered is not loaded, and the newest version is taken', () => {
  const folder = mkdtempSync(join(tmpdir(), 'abide-calendars-'));
  const url = pathToFileURL(`${folder}/`);
  try {
    writeFileSync(join(folder, 'cn@2026.1.json'), JSON.stringify(cn));
    expect(loadCalendar('cn', url)).toEqual(cn);
    writeFileSync(join(folder, 'cn@2026.9.json'), JSON.stringify({ ...cn, version: '2026.9' }));
    expect(() => loadCalendar('cn@2026.9', url)).toThrow(/cn@2026\.9 was altered/);
    writeFileSync(join(folder, 'cn@2026.10.json'), JSON.stringify({ ...cn, version: '2026.10' }));
    expect(() => loadCalendar('cn', url)).toThrow(/cn@2026\.10 was altered/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('forty years in a workflow stay small and say the same', () => {
  const slice = sliceCalendar(cn, 2021, 2060);
  expect(JSON.stringify(slice).length).toBeLessThan(30_000);
  expect(slice.hash).toBe(cn.hash);
  const short = sliceCalendar(cn, 2026, 2027);
  for (let day = '2026-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
    expect(restReason(short, day)).toEqual(restReason(cn, day));
  }
  expect(short.rest['2025-10-01']).toBeUndefined();
  expect(short.rest['2028-05-01']).toBeUndefined();
});

test('dates that exist and dates that do not', () => {
  for (const date of ['2026-02-28', '2028-02-29', '2000-02-29', '2026-12-31']) expect(isLocalDate(date)).toBe(true);
  for (const date of [
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '',
    '20260101',
    '0026-01-01',
  ]) {
    expect(isLocalDate(date), date).toBe(false);
  }
});

test('date arithmetic', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  expect(addMonths('2026-01-15', -2)).toBe('2025-11-15');
  expect(addYears('2028-02-29', 1)).toBe('2029-02-28');
  expect(daysBetween('2026-10-08', '2026-11-05')).toBe(28);
  expect(daysBetween('2026-11-05', '2026-10-08')).toBe(-28);
  expect(weekday('2026-11-22')).toBe(7);
  expect(weekday('2026-11-23')).toBe(1);
  expect(monthStart('2026-11-22')).toBe('2026-11-01');
  expect(nextMonthStart('2026-12-31')).toBe('2027-01-01');
  expect(['2027-01-01', '2026-12-31', '2027-01-01'].sort(compareDates)).toEqual([
    '2026-12-31',
    '2027-01-01',
    '2027-01-01',
  ]);
});

test('what would lie beyond the dates that can be written is the last or the first of them, a working day', () => {
  expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
  expect(addDays('2026-09-01', 1e12)).toBe('9999-12-31');
  expect(addYears('2026-09-01', 99_999)).toBe('9999-12-31');
  expect(addMonths('2026-09-01', 1e9)).toBe('9999-12-31');
  expect(addDays('2026-09-01', -1e12)).toBe('0100-01-01');
  expect(addYears('2026-09-01', -99_999)).toBe('0100-01-01');
  expect(addMonths('2026-09-01', -1e9)).toBe('0100-01-01');
  expect(isWorkingDay(cn, '9999-12-31') && isWorkingDay(cn, '0100-01-01')).toBe(true);
});
