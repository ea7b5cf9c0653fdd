import { addDays, nextMonthStart } from './local-date.ts';
import type { LocalDate } from './time.ts';

/** First and last day of `2027-03`, `2027-Q1`, `2027-H2`, `2027`. */
export function periodDays(period: string): { from: LocalDate; until: LocalDate } {
  const year = period.slice(0, 4);
  const part = period.slice(5);
  const month = (number: number): string => `${year}-${String(number).padStart(2, '0')}-01`;
  const ending = (number: number): LocalDate => addDays(nextMonthStart(month(number)), -1);
  if (part === '') return { from: month(1), until: ending(12) };
  const index = Number(part.slice(1));
  if (part.startsWith('Q')) return { from: month(index * 3 - 2), until: ending(index * 3) };
  if (part.startsWith('H')) return { from: month(index * 6 - 5), until: ending(index * 6) };
  return { from: month(Number(part)), until: ending(Number(part)) };
}
