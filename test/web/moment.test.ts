import { expect, test } from 'vitest';
import {
  amountText,
  dueText,
  instantText,
  isoInZone,
  offsetText,
  wallOf,
  zoneText,
  zonedText,
} from '../../web/app/moment.ts';

test('midnight after the last day is 24:00 of that day', () => {
  expect(dueText('2026-10-09T00:00:00+08:00', '2026-10-08', 'zh')).toBe('2026年10月8日 24:00');
  expect(dueText('2026-10-08T18:00:00+08:00', '2026-10-08', 'en')).toBe('8 Oct 2026 18:00');
});

test('an instant shows the agreement’s wall, not the browser’s', () => {
  expect(instantText('2026-11-05T15:20:00+08:00', 'Asia/Shanghai', 'en')).toBe('5 Nov 2026 15:20');
  expect(wallOf(Date.UTC(2026, 10, 5, 17, 0), 'Asia/Shanghai')).toEqual({ date: '2026-11-06', time: '01:00' });
});

test('what belongs to no agreement names its zone', () => {
  const at = Date.UTC(2026, 6, 5, 7, 20);
  expect(zonedText(at, 'Asia/Shanghai', 'zh')).toBe('2026年7月5日 15:20（中国标准时间）');
  expect(zonedText(at, 'Europe/Berlin', 'en')).toBe('5 Jul 2026 09:20 (Central European Summer Time)');
});

test('zones are named', () => {
  expect(zoneText('Asia/Shanghai', 'zh')).toBe('中国标准时间');
  expect(zoneText('Asia/Shanghai', 'en')).toBe('China Standard Time');
  expect(offsetText('2026-10-09T00:00:00+08:00')).toBe('UTC+8');
  expect(offsetText('2026-10-09T00:00:00-03:30')).toBe('UTC-3:30');
});

test('a wall time gets the offset in force then, summer time included', () => {
  expect(isoInZone('2026-09-01T09:00', 'Asia/Shanghai')).toBe('2026-09-01T09:00:00+08:00');
  expect(isoInZone('2026-07-01T09:00', 'America/New_York')).toBe('2026-07-01T09:00:00-04:00');
  expect(isoInZone('2026-12-01T09:00', 'America/New_York')).toBe('2026-12-01T09:00:00-05:00');
});

test('amounts keep their digits', () => {
  expect(amountText('115000.00')).toBe('115,000.00');
  expect(amountText('-777777.77')).toBe('−777,777.77');
  expect(amountText('12345678901234567.89')).toBe('12,345,678,901,234,567.89');
});
