import { expect, test } from 'vitest';
import { type CaseFact, caseFigures } from '../../domain/case/figures.ts';

const MINUTE = 60_000;
const FROM = Date.parse('2026-10-01T00:00:00+08:00');
const PERIOD = { fromMs: FROM, toMs: Date.parse('2027-01-01T00:00:00+08:00') };

/** A complaint of the period that was responded to after so many minutes, resolved in time, and closed. */
function fact(id: string, change: Partial<CaseFact> & { minutes?: number | null } = {}): CaseFact {
  const { minutes = 10, ...rest } = change;
  const openedAtMs = rest.openedAtMs ?? FROM + 3_600_000;
  return {
    id: `case/a/${id}`,
    reference: id,
    type: 'complaint',
    rule: 'complaints',
    category: null,
    tier: null,
    priority: 'normal',
    severity: 'normal',
    customer: null,
    handler: 'A',
    openedAtMs,
    respondedAtMs: minutes === null ? null : openedAtMs + minutes * MINUTE,
    resolvedAtMs: openedAtMs + 60 * MINUTE,
    closedAtMs: openedAtMs + 90 * MINUTE,
    reopened: 0,
    inTime: true,
    respondedInTime: true,
    satisfied: null,
    isDuplicate: false,
    outOfTerm: false,
    ...rest,
  };
}

// Responses after 10, 20, 45 and 100 minutes: mean 175 / 4 = 43.75, half-up 43.8; median (20 + 45) / 2 = 32.5.
// Closed: 1, 2, 3, of which 3 was reopened: 2 / 3 = 0.6667. Clocks that are over: 1, 2, 3, of which 2 was late: 0.6667.
// Complaints: 1, 2, 3 of 400 customers served: 0.0075.
const FACTS = [
  fact('1'),
  fact('2', { minutes: 20, inTime: false }),
  fact('3', { minutes: 45, reopened: 2 }),
  fact('4', { minutes: 100, type: 'enquiry', closedAtMs: null, inTime: null, respondedInTime: false }),
  fact('5', { minutes: null, type: 'feedback', closedAtMs: null, inTime: null, respondedInTime: null }),
];

test('the figures of a quarter are those that were reckoned by hand', () => {
  const figures = caseFigures(FACTS, PERIOD, 400);
  expect({
    count: figures.count,
    byType: figures.byType,
    open: figures.open,
    closed: figures.closed,
    reopened: figures.reopened,
    average: figures.averageFirstResponse.value,
    median: figures.medianFirstResponse.value,
    firstContact: figures.firstContactResolution.value,
    inTime: figures.resolvedInTime.value,
    respondedInTime: figures.respondedInTime.value,
    complaintRate: figures.complaintRate.value,
  }).toEqual({
    count: 5,
    byType: { complaint: 3, 'service-request': 0, enquiry: 1, feedback: 1 },
    open: 2,
    closed: 3,
    reopened: 1,
    average: '43.8',
    median: '32.5',
    firstContact: '0.6667',
    inTime: '0.6667',
    respondedInTime: '0.7500',
    complaintRate: '0.0075',
  });
});

test('each figure leads back to its cases, and to those that speak against it', () => {
  const { firstContactResolution, resolvedInTime, complaintRate, averageFirstResponse } = caseFigures(
    FACTS,
    PERIOD,
    400,
  );
  expect(firstContactResolution).toMatchObject({ of: ['case/a/1', 'case/a/2', 'case/a/3'], against: ['case/a/3'] });
  expect(resolvedInTime.against).toEqual(['case/a/2']);
  expect(complaintRate.of).toEqual(['case/a/1', 'case/a/2', 'case/a/3']);
  expect(averageFirstResponse.of).toHaveLength(4);
});

test('a duplicate is none of its own; out of the term of the service no time counts; other periods are others', () => {
  const figures = caseFigures(
    [
      fact('1', { isDuplicate: true, minutes: 500 }),
      fact('2', { outOfTerm: true, minutes: 500, inTime: false }),
      fact('3', { openedAtMs: FROM }),
      fact('4', { openedAtMs: FROM - 1 }),
      fact('5', { openedAtMs: PERIOD.toMs }),
    ],
    PERIOD,
    null,
  );
  expect(figures.count).toBe(2);
  expect(figures.averageFirstResponse).toMatchObject({ value: '10.0', of: ['case/a/3'] });
  expect(figures.resolvedInTime.value).toBe('1.0000');
});

test('what nothing is known of is null, never zero', () => {
  const figures = caseFigures([], PERIOD, 0);
  expect(figures.averageFirstResponse.value).toBeNull();
  expect(figures.medianFirstResponse.value).toBeNull();
  expect(figures.firstContactResolution.value).toBeNull();
  expect(figures.resolvedInTime.value).toBeNull();
  expect(figures.complaintRate.value).toBeNull();
  expect(caseFigures(FACTS, PERIOD, null).complaintRate.value).toBeNull();
});
