import { expect, test } from 'vitest';
import type { CaseFact } from '../../domain/case/figures.ts';
import { caseGoalFigures } from '../../domain/goal/case-goals.ts';
import { periodDays } from '../../domain/period-days.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const fact = (id: string, openedAtMs: number, change: Partial<CaseFact> = {}): CaseFact => ({
  ...{ id, reference: id, type: 'complaint', rule: 'complaints', category: null, tier: null },
  ...{ priority: 'normal', severity: 'normal', customer: null, handler: 'A', openedAtMs },
  ...{ respondedAtMs: openedAtMs + HOUR, resolvedAtMs: null, closedAtMs: openedAtMs + DAY, reopened: 0 },
  ...{ inTime: true, respondedInTime: true, satisfied: null, isDuplicate: false, outOfTerm: false },
  ...change,
});

test('what cases measured of a goal’s span: worked by hand (S000)', () => {
  const facts = [
    fact('before', -DAY),
    fact('one', 0, { respondedAtMs: HOUR }),
    fact('two', DAY, { respondedAtMs: DAY + 2 * HOUR, reopened: 1, inTime: false }),
    fact('three', 2 * DAY, { type: 'enquiry', respondedAtMs: 2 * DAY + 3 * HOUR }),
    fact('after', 100 * DAY),
  ];
  const span = { fromMs: 0, toMs: 90 * DAY };
  const figures = caseGoalFigures(facts, span, [
    { period: '2027-01', fromMs: 0, toMs: 31 * DAY, count: 200 },
    { period: '2027-Q2', fromMs: 90 * DAY, toMs: 181 * DAY, count: 5 }, // not over by then
  ]);
  expect(figures.map(({ measure, value, n, source }) => [measure, value, n, source])).toEqual([
    ['first-response', '120.0', 3, `cases#${String(span.toMs)}`], // (60 + 120 + 180) ÷ 3 minutes
    ['first-contact-resolution', '66.67', 3, `cases#${String(span.toMs)}`], // 2 of 3
    ['resolution-rate', '66.67', 3, `cases#${String(span.toMs)}`],
    ['complaint-rate', '1', 200, 'cases#2027-01'], // 2 complaints of 200 customers
  ]);
});

test('nothing on record is no figure, and a rate without its denominator is none', () => {
  expect(caseGoalFigures([], { fromMs: 0, toMs: DAY }, [])).toEqual([]);
  const alone = caseGoalFigures([fact('one', 0)], { fromMs: 0, toMs: DAY }, []);
  expect(alone.map(({ measure }) => measure)).not.toContain('complaint-rate');
});

test.each([
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2026-Q4', '2026-10-01', '2026-12-31'],
  ['2027-H1', '2027-01-01', '2027-06-30'],
  ['2028', '2028-01-01', '2028-12-31'],
])('%s is from %s to %s', (period, from, until) => {
  expect(periodDays(period)).toEqual({ from, until });
});
