import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompiledPenalty } from '../../domain/agreement/compiled.ts';
import { addDays } from '../../domain/local-date.ts';
import { addMoney, compareMoney, subtractMoney } from '../../domain/money.ts';
import { daysLateOn, penaltyBalance } from '../../domain/penalty.ts';
import { instantAt, localDateAt } from '../../domain/zone.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { readCases } from './cases.ts';

function penalty(changes: Partial<CompiledPenalty> = {}): CompiledPenalty {
  const base = { clauses: ['S001a-69'], creditor: 'B', base: '1000000.00', rate: '0.005', currency: 'CNY' };
  return { ...base, graceDays: 0, cap: null, ...changes };
}

test.each(readCases('penalties.txt', 7))('%s at %s, %s days, grace %s, cap %s: %s (%s)', (...row) => {
  const [amount = '', rate = '', days, grace, cap = '', owed] = row;
  const [base = '', currency = ''] = amount.split(' ');
  const terms = penalty({ base, currency, rate, graceDays: Number(grace), cap: cap === '-' ? null : cap });
  expect(penaltyBalance(terms, Number(days))).toBe(owed);
});

test('days late are local dates after the last day, up to and including the date', () => {
  const due = { localDate: '2025-03-03', dueAtMs: Date.parse('2025-03-03T16:00:00Z') };
  expect(daysLateOn(due, '2025-03-02')).toBe(0);
  expect(daysLateOn(due, '2025-03-03')).toBe(0);
  expect(daysLateOn(due, '2025-03-04')).toBe(1);
  expect(daysLateOn(due, '2025-03-10')).toBe(7);
  // Design §4: due 2025-03-03 24:00, handed in 2025-03-04 00:01.
  const shanghai = zoneData('Asia/Shanghai');
  expect(daysLateOn(due, localDateAt(shanghai, instantAt(shanghai, '2025-03-04', '00:01')))).toBe(1);
  expect(daysLateOn(due, localDateAt(shanghai, instantAt(shanghai, '2025-03-03', '23:59:59')))).toBe(0);
  const october = { localDate: '2026-10-08', dueAtMs: Date.parse('2026-10-08T16:00:00Z') };
  expect(daysLateOn(october, '2026-10-31')).toBe(23);
  expect(daysLateOn(october, '2026-11-05')).toBe(28);
});

test('property: it never falls, never passes the cap, and what is posted adds up to the balance', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 ** 9 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 0, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 }),
      (base, rate, graceDays, steps) => {
        const cap = (base / 2).toFixed(2);
        const terms = penalty({ base: (base / 100).toFixed(2), rate: (rate / 10_000).toFixed(4), graceDays, cap });
        let days = 0;
        let posted = '0.00';
        for (const step of steps) {
          days += step;
          const line = subtractMoney(penaltyBalance(terms, days), posted);
          expect(compareMoney(line, '0.00')).toBeGreaterThanOrEqual(0);
          posted = addMoney(posted, line);
        }
        expect(posted).toBe(penaltyBalance(terms, days));
        expect(compareMoney(posted, cap)).toBeLessThanOrEqual(0);
        expect(daysLateOn({ localDate: '2026-10-08', dueAtMs: 0 }, addDays('2026-10-08', days))).toBe(days);
      },
    ),
  );
});
