import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMoney,
  compareMoney,
  currencyDecimals,
  isCurrency,
  isZeroMoney,
  negateMoney,
  parseMoney,
  roundHalfUp,
  shareMoney,
  subtractMoney,
} from '../../domain/money.ts';
import { readCases } from './cases.ts';

test.each(readCases('amounts.txt', 3))('%s %s is %s', (text = '', currency = '', expected = '') => {
  expect(parseMoney(text, currency)).toEqual(/^\d/.test(expected) ? { amount: expected } : { error: expected });
});

test('blanks and line breaks are no part of a number', () => {
  for (const text of ['', ' ', ' 1', '1 ', '1\n', '1\r\n2']) {
    expect(parseMoney(text, 'CNY'), JSON.stringify(text)).toEqual({ error: 'not-a-number' });
  }
});

test('a currency that is not known is refused', () => {
  expect([currencyDecimals('CNY'), currencyDecimals('JPY'), currencyDecimals('KWD')]).toEqual([2, 0, 3]);
  for (const code of ['XXX', 'cny', '', 'toString', '__proto__']) {
    expect(isCurrency(code)).toBe(false);
    expect(() => currencyDecimals(code)).toThrow(/unknown currency/);
  }
  expect(isCurrency('EUR')).toBe(true);
});

test.each(readCases('shares.txt', 4))('%s by %s is %s: %s', (total = '', fractions = '', shares = '') => {
  const [amount = '', currency = ''] = total.split(' ');
  expect(shareMoney(amount, fractions.split(' '), currency)).toEqual(shares.split(' '));
});

test('fractions that leave something over are refused', () => {
  for (const fractions of [['0.5'], ['0.6', '0.6'], ['1.5', '-0.5'], []]) {
    expect(() => shareMoney('100.00', fractions, 'CNY')).toThrow(/add up to 1/);
  }
});

test('half goes up, away from zero, so that a credit note mirrors what it reverses', () => {
  expect(roundHalfUp('0.005', 'CNY')).toBe('0.01');
  expect(roundHalfUp('-0.005', 'CNY')).toBe('-0.01');
  expect(roundHalfUp('0.0049999', 'CNY')).toBe('0.00');
  expect(roundHalfUp('-0.001', 'CNY')).toBe('0.00');
  expect(roundHalfUp('1.005', 'CNY')).toBe('1.01');
  expect(roundHalfUp('2.5', 'JPY')).toBe('3');
  expect(roundHalfUp('1e3', 'CNY')).toBe('1000.00');
});

test('sums, differences and signs are exact', () => {
  expect(addMoney('0.10', '0.20')).toBe('0.30');
  expect(subtractMoney('0.30', '0.10')).toBe('0.20');
  expect(subtractMoney('140000.00', '115000.00')).toBe('25000.00');
  expect(subtractMoney('1.00', '1.00')).toBe('0.00');
  expect(addMoney('9007199254740993.00', '0.01')).toBe('9007199254740993.01');
  expect(negateMoney('5.00')).toBe('-5.00');
  expect(negateMoney('-5.00')).toBe('5.00');
  expect(negateMoney('0.00')).toBe('0.00');
  expect(['10.00', '9.00', '-1.00'].sort(compareMoney)).toEqual(['-1.00', '9.00', '10.00']);
  expect(isZeroMoney('0.00')).toBe(true);
  expect(isZeroMoney('0.01')).toBe(false);
});

const cents = fc.bigInt({ min: 0n, max: 10n ** 15n });
const text = (value: bigint): string => {
  const digits = value.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

test('property: sums agree with whole cents', () => {
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      expect(addMoney(text(a), text(b))).toBe(text(a + b));
      expect(subtractMoney(text(a + b), text(b))).toBe(text(a));
      expect(compareMoney(text(a), text(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
      expect(parseMoney(text(a), 'CNY')).toEqual({ amount: text(a) });
    }),
  );
});

test('property: shares add up, none is negative', () => {
  fc.assert(
    fc.property(cents, fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 }), (total, parts) => {
      const cuts = [...parts].sort((a, b) => a - b);
      const fractions = [...cuts, 100].map((cut, index) => String((cut - (cuts[index - 1] ?? 0)) / 100));
      const shares = shareMoney(text(total), fractions, 'CNY');
      expect(shares.reduce(addMoney, '0.00')).toBe(text(total));
      for (const share of shares) expect(compareMoney(share, '0.00')).toBeGreaterThanOrEqual(0);
    }),
  );
});
