import { expect, test } from 'vitest';
import { proposedDay } from '../../web/features/visits/proposed-day.ts';

const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

test('proposed days of a plan are spread over what is left of the year, never on a weekend', () => {
  const days = Array.from({ length: 12 }, (_, index) => proposedDay(2027, '2026-11-23', index, 12));
  expect(days).toEqual(days.toSorted());
  expect(days.every((day) => day.startsWith('2027-') && ![0, 6].includes(weekday(day)))).toBe(true);
  expect(new Set(days.map((day) => day.slice(0, 7))).size).toBe(12);
  // 2026 ends on a Thursday: what is planned for today's year begins today.
  expect(proposedDay(2026, '2026-12-30', 0, 1)).toBe('2026-12-30');
  // 31 December 2028 is a Sunday: the last working day is the Friday before.
  expect(proposedDay(2028, '2028-12-31', 0, 1)).toBe('2028-12-29');
});
