import { addDays } from '../../domain/local-date.ts';
import { currencyDecimals } from '../../domain/money.ts';
import type { Template, Term } from '../../templates/schema.ts';
import { type Scalar, isNullable } from '../../templates/term-schema.ts';

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Picks and makes values at random. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }
  /** From `min` to `max`, both included; the bounds themselves more often than the rest. */
  whole(min: number, max: number): number {
    const roll = this.#random();
    if (roll < 0.1) return min;
    if (roll < 0.2) return max;
    return min + Math.floor(this.#random() * (max - min + 1));
  }
  happens(share: number): boolean {
    return this.#random() < share;
  }
  one<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }
  /** Up to `most` different ones of the list, in its order. */
  some<T>(list: readonly T[], most: number): T[] {
    return list.filter(() => this.happens(0.5)).slice(0, most);
  }
}

const CURRENCIES = ['CNY', 'USD', 'EUR', 'JPY', 'KWD'];
const TEXTS = [
  '甲方客服部',
  'a text',
  '“引号”—，。',
  'x'.repeat(2000),
  '0',
  'not-agreed?',
  '  spaces  ',
  'null',
  '<b>',
];
const EMAILS = ['a@b.cn', 'service.desk+1@example.com', 'x_y@mail.example.com.cn'];
const DATES = [
  '0100-01-01',
  '2016-02-29',
  '2026-09-01',
  '2026-12-31',
  '2028-02-29',
  '2055-12-31',
  '2099-12-31',
  '9999-12-31',
];
const MONTH_DAYS = ['01-01', '02-29', '12-31', '10-01'];
const DURATIONS = [
  ...['PT1H', 'PT24H', 'PT30M', 'P1D', 'P30D', 'P2W', 'P1M', 'P6M', 'P1Y', 'P3Y'],
  ...['P0D', 'PT0H', 'P0M', 'P99999Y', 'PT999999H'],
];

function decimal(dice: Dice, min: number, max: number): string | number {
  const whole = dice.whole(min, max);
  if (whole === max || dice.happens(0.3)) return dice.happens(0.5) ? whole : String(whole);
  return `${whole < 0 ? whole + 1 : whole}.${String(dice.whole(0, 999_999)).padStart(6, '0')}`.replace(/^0\./, '0.');
}

function money(dice: Dice, currency: string): string {
  const decimals = currencyDecimals(currency);
  const whole = dice.one(['0', '1', '100', '1000000', '999999999999999', String(dice.whole(0, 1e9))]);
  return decimals === 0 || dice.happens(0.3) ? whole : `${whole}.${'123456'.slice(0, dice.whole(1, decimals))}`;
}

function scalarValue(of: Scalar, template: Template, dice: Dice, currency: string): unknown {
  switch (of.type) {
    case 'text':
      return dice.one(TEXTS);
    case 'email':
      return dice.one(EMAILS);
    case 'date':
      return dice.happens(0.5) ? dice.one(DATES) : addDays('2020-01-01', dice.whole(0, 20_000));
    case 'boolean':
      return dice.happens(0.5);
    case 'duration':
      return dice.one(DURATIONS);
    case 'party':
      return dice.one(Object.keys(template.parties));
    case 'integer':
      return dice.whole(of.min, of.max);
    case 'number':
    case 'percent':
      return decimal(dice, of.min, of.max);
    case 'money':
      return money(dice, currency);
    case 'enum':
      return dice.one(of.options).value;
  }
}

/** Whole shares that add up to 100, in random order. */
function shares(keys: string[], dice: Dice): Record<string, number> {
  let left = 100;
  return Object.fromEntries(
    keys.map((key, index) => {
      const share = index === keys.length - 1 ? left : dice.whole(0, left);
      left -= share;
      return [key, share];
    }),
  );
}

function mappingValue(term: Extract<Term, { type: 'mapping' }>, template: Template, dice: Dice, currency: string) {
  const keys = term.keys?.map(({ value }) => value);
  if (term.total !== undefined) {
    if (keys && dice.happens(0.2)) return 'equal';
    return shares(keys ?? ['一', 'two', 'a.b'], dice);
  }
  const chosen = dice.some(keys ?? ['一', 'two', 'a.b', 'constructor', '4'], 10);
  return Object.fromEntries(chosen.map((key) => [key, scalarValue(term.values, template, dice, currency)]));
}

function tableValue(term: Extract<Term, { type: 'table' }>, template: Template, dice: Dice, currency: string) {
  const rows = Math.min(term.maxRows, dice.whole(0, 4));
  return Array.from({ length: rows }, () =>
    Object.fromEntries(
      term.columns
        .filter(({ required }) => required || dice.happens(0.5))
        .map(({ name, of }) => [name, scalarValue(of, template, dice, currency)]),
    ),
  );
}

/** A value that the term takes. */
export function termValue(term: Term, template: Template, dice: Dice, currency: string): unknown {
  switch (term.type) {
    case 'currency':
      return currency;
    case 'time':
      return dice.one(term.edge === 'start' ? ['00:00', '09:00', '23:59'] : ['00:01', '17:30', '23:59', '24:00']);
    case 'month-day':
      return dice.one(MONTH_DAYS);
    case 'duration':
      return dice.one(term.indefinite ? [...DURATIONS, 'indefinite'] : DURATIONS);
    case 'map': {
      const roles = Object.keys(template.parties);
      if (dice.happens(0.5)) return dice.one(roles);
      const ids = dice.some(
        template.obligations.map(({ id }) => id),
        50,
      );
      return Object.fromEntries(ids.map((id) => [id, dice.one(roles)]));
    }
    case 'list': {
      const numbers = Array.from({ length: dice.whole(0, term.maxItems) }, () => dice.whole(term.min, term.max));
      return [...new Set(numbers)];
    }
    case 'texts': {
      const { options } = term;
      if (options) return dice.some(options, term.maxItems).map(({ value }) => value);
      const items = { text: TEXTS, email: EMAILS, date: DATES }[term.of];
      return dice.some(items, term.maxItems);
    }
    case 'mapping':
      return mappingValue(term, template, dice, currency);
    case 'table':
      return tableValue(term, template, dice, currency);
    default:
      return scalarValue(term as Scalar, template, dice, currency);
  }
}

/** A valid set of terms: what is required, and of the rest some left out, some not agreed, some given. */
export function termSet(template: Template, dice: Dice): Record<string, unknown> {
  const currencies = template.terms.filter(({ type }) => type === 'currency');
  const currency = dice.one(CURRENCIES);
  const given = dice.one([0, 0.2, 0.6, 1]);
  return Object.fromEntries(
    template.terms.flatMap((term): [string, unknown][] => {
      if (currencies.includes(term) || term.required || dice.happens(given)) {
        return [[term.name, termValue(term, template, dice, currency)]];
      }
      if (isNullable(term) && dice.happens(0.3)) return [[term.name, dice.one(['not-agreed', null])]];
      return [];
    }),
  );
}
