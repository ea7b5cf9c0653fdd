import type { LocalDate } from '../../domain/time.ts';

/** What an occurrence's label says: a calendar period by its number, or the day on which its interval begins. */
export type Period =
  | { of: 'quarter' | 'half-year' | 'month'; year: string; number: number }
  | { of: 'year'; year: string }
  | { of: 'interval'; from: LocalDate };

/** Reads `2027-Q1`, `2027-H1`, `2027-03`, `2027` or `2027-03-15`. */
export function readPeriod(occurrence: string): Period {
  const [, year, kind = '', digits = ''] = /^(\d{4})(?:-([QH]?)(\d{1,2}))?$/.exec(occurrence) ?? [];
  if (year === undefined) return { of: 'interval', from: occurrence };
  if (digits === '') return { of: 'year', year };
  const of = kind === 'Q' ? 'quarter' : kind === 'H' ? 'half-year' : 'month';
  return { of, year, number: Number(digits) };
}
