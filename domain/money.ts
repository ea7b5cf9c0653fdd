import { Big } from 'big.js';

/** Currencies by the decimals of their smallest unit (ISO 4217). One that is not here is refused, never guessed. */
const CURRENCIES: Record<number, string> = {
  0: 'CLP ISK JPY KRW PYG UGX VND XAF XOF XPF',
  2:
    'AED ARS AUD BDT BGN BND BRL CAD CHF CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR KES KHR KZT LAK LKR MAD MMK ' +
    'MNT MOP MXN MYR NGN NOK NPR NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD TZS UAH USD UYU UZS ZAR',
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const DECIMALS: Record<string, number> = Object.fromEntries(
  Object.entries(CURRENCIES).flatMap(([decimals, codes]) => codes.split(' ').map((code) => [code, Number(decimals)])),
);

/** Whether amounts in this currency (ISO 4217, capitals) can be booked. */
export function isCurrency(code: string): boolean {
  return Object.hasOwn(DECIMALS, code);
}

/** Decimals of the currency's smallest unit: 2 for CNY, 0 for JPY, 3 for KWD. Throws RangeError for an unknown one. */
export function currencyDecimals(code: string): number {
  const decimals = isCurrency(code) ? DECIMALS[code] : undefined;
  if (decimals === undefined)
    throw new RangeError(`unknown currency ${JSON.stringify(code)}; use an ISO 4217 code such as CNY`);
  return decimals;
}

/** Digits before the point; leaves room in the database for many times as much in penalties. */
const MAX_DIGITS = 15;

export type MoneyError = 'not-a-number' | 'negative' | 'too-many-decimals' | 'too-large';

/**
 * Reads what people write, a plain decimal such as `1000000.00`, into the canonical form with all of the currency's
 * decimals. No separators of thousands, exponents or signs. Throws RangeError for an unknown currency.
 */
export function parseMoney(text: string, currency: string): { amount: string } | { error: MoneyError } {
  const decimals = currencyDecimals(currency);
  const match = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return { error: 'not-a-number' };
  if (match[1] === '-') return { error: 'negative' };
  if ((match[3] ?? '').length > decimals) return { error: 'too-many-decimals' };
  if ((match[2] ?? '').length > MAX_DIGITS) return { error: 'too-large' };
  return { amount: new Big(text).toFixed(decimals) };
}

function fixed(amount: Big, decimals: number): string {
  return amount.round(decimals, Big.roundHalfUp).toFixed(decimals);
}

function decimalsOf(...amounts: string[]): number {
  return Math.max(...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
}

/** To the currency's unit, half away from zero, so that a credit note mirrors what it reverses. */
export function roundHalfUp(amount: string, currency: string): string {
  return fixed(new Big(amount), currencyDecimals(currency));
}

/** Exact sum of two amounts of one currency. */
export function addMoney(a: string, b: string): string {
  return fixed(new Big(a).plus(b), decimalsOf(a, b));
}

/** Exact difference a − b of two amounts of one currency. */
export function subtractMoney(a: string, b: string): string {
  return fixed(new Big(a).minus(b), decimalsOf(a, b));
}

export function negateMoney(amount: string): string {
  return fixed(new Big(amount).times(-1), decimalsOf(amount));
}

/** Negative, zero or positive, for sorting. */
export function compareMoney(a: string, b: string): number {
  return new Big(a).cmp(b);
}

export function isZeroMoney(amount: string): boolean {
  return new Big(amount).eq(0);
}

/**
 * Splits a total by fractions that add up to 1: each share is rounded half-up, the last takes the rest, so that the
 * shares add up to the total (design §5). 1000.01 at ['0.5', '0.5'] is 500.01 and 500.00. No share has the other sign.
 * Throws RangeError when the fractions do not add up to 1 or one is negative.
 */
export function shareMoney(total: string, fractions: string[], currency: string): string[] {
  const sum = fractions.reduce((acc, fraction) => acc.plus(fraction), new Big(0));
  if (!sum.eq(1) || fractions.some((fraction) => new Big(fraction).lt(0))) {
    throw new RangeError(`shares must be fractions that add up to 1, these add up to ${sum.toFixed()}`);
  }
  const decimals = currencyDecimals(currency);
  const sign = new Big(total).lt(0) ? -1 : 1;
  const size = new Big(total).abs().round(decimals, Big.roundHalfUp);
  let rest = size;
  return fractions.map((fraction, index) => {
    const rounded = size.times(fraction).round(decimals, Big.roundHalfUp);
    const share = index === fractions.length - 1 || rounded.gt(rest) ? rest : rounded;
    rest = rest.minus(share);
    return fixed(share.times(sign), decimals);
  });
}
