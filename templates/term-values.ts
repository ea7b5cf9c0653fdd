import { Big } from 'big.js';
import { isLocalDate } from '../domain/local-date.ts';
import { isCurrency, parseMoney } from '../domain/money.ts';
import type { Text } from '../domain/time.ts';
import { isDuration } from './durations.ts';
import { emailSchema } from './parties.ts';
import type { Template } from './schema.ts';
import type { Scalar, Term } from './term-schema.ts';

/** One value of a cell, as it is kept: money, decimals and percentages as decimal strings. */
export type ScalarValue = string | number | boolean;

/** The value of a term; null is "not agreed" or not yet said. */
export type TermValue =
  ScalarValue | number[] | string[] | Record<string, ScalarValue> | Record<string, ScalarValue>[] | null;

/** Local times that a day can begin and end at. */
const TIMES = {
  start: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  end: /^(?:(?!00:00)(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
};

/** Why a value is not taken; `at` says where in it (`.attitude`, `[0].amount`). */
interface Wrong {
  code: string;
  message: Text;
  cure: Text;
  at?: string;
}
export type Read = { value: TermValue } | { wrong: Wrong };

function wrong(code: string, message: Text, cure: Text, at?: string): { wrong: Wrong } {
  return { wrong: { code, message, cure, ...(at === undefined ? {} : { at }) } };
}

function quoteIt(example: string): { wrong: Wrong } {
  return wrong(
    'money-not-quoted',
    { zh: '金额须为带引号的小数文本，不能是数字', en: 'money must be a decimal in quotes, not a number' },
    { zh: `请加引号，例如 "${example}"`, en: `quote it, for example "${example}"` },
  );
}

function readMoney(value: unknown, currency: string | null): { value: ScalarValue } | { wrong: Wrong } {
  if (typeof value === 'number') return quoteIt(Number.isFinite(value) ? String(value) : '1000000.00');
  if (typeof value !== 'string') return quoteIt('1000000.00');
  const money = parseMoney(value, currency ?? 'CNY');
  if ('amount' in money) return { value: money.amount };
  switch (money.error) {
    case 'negative':
      return wrong(
        'negative-amount',
        { zh: `金额 ${value} 为负数`, en: `the amount ${value} is negative` },
        { zh: '请填写零或正数', en: 'give zero or a positive amount' },
      );
    case 'too-many-decimals':
      return wrong(
        'too-many-decimals',
        {
          zh: `${value} 的小数位多于 ${currency ?? ''} 的最小单位`,
          en: `${value} has more decimals than ${currency ?? ''} has`,
        },
        { zh: '请减少小数位', en: 'leave out the further decimals' },
      );
    case 'too-large':
      return wrong(
        'amount-too-large',
        { zh: '金额过大', en: 'the amount is too large' },
        { zh: '小数点前最多 15 位', en: 'at most 15 digits before the point' },
      );
    case 'not-a-number':
      return wrong(
        'invalid-amount',
        { zh: '不是金额', en: 'is not an amount' },
        {
          zh: '请写普通小数，例如 "1000000.00"，不带千位分隔符或货币符号',
          en: 'write a plain decimal such as "1000000.00", without separators or currency signs',
        },
      );
  }
}

function range(min: number, max: number): { message: Text; cure: Text } {
  return {
    message: { zh: `应在 ${min} 至 ${max} 之间`, en: `must be from ${min} to ${max}` },
    cure: { zh: `请填写 ${min} 至 ${max} 之间的数`, en: `give a number from ${min} to ${max}` },
  };
}

function readInteger(value: unknown, min: number, max: number): { value: ScalarValue } | { wrong: Wrong } {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    return wrong(
      'invalid-integer',
      { zh: '应为整数', en: 'must be a whole number' },
      { zh: '请填写不带引号的整数', en: 'give a whole number without quotes' },
    );
  }
  const { message, cure } = range(min, max);
  return value < min || value > max ? wrong('out-of-range', message, cure) : { value };
}

/** A decimal string or a number, at most six decimals, into its shortest decimal string: `0.50` is `0.5`. */
function readPercent(value: unknown, min: number, max: number): { value: ScalarValue } | { wrong: Wrong } {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,6}(\.\d{1,6})?$/.test(text)) {
    return wrong(
      'invalid-percent',
      { zh: '应为百分数', en: 'must be a percentage' },
      {
        zh: '请写小数，例如 "0.5"，至多六位小数，不带 %',
        en: 'write a decimal such as "0.5", at most six decimals, without %',
      },
    );
  }
  const percent = new Big(text);
  const { message, cure } = range(min, max);
  return percent.lt(min) || percent.gt(max) ? wrong('out-of-range', message, cure) : { value: percent.toFixed() };
}

function readList(value: unknown, term: Extract<Term, { type: 'list' }>): Read {
  const { min, max, maxItems } = term;
  const numbers = Array.isArray(value) ? (value as unknown[]).map((item) => readInteger(item, min, max)) : [];
  const bad = numbers.find((one) => 'wrong' in one);
  if (bad) return bad;
  const values = numbers.flatMap((one) => ('value' in one && typeof one.value === 'number' ? [one.value] : []));
  if (!Array.isArray(value) || values.length > maxItems || new Set(values).size < values.length) {
    return wrong(
      'invalid-list',
      { zh: '应为不重复整数的列表', en: 'must be a list of different whole numbers' },
      { zh: `例如 [7, 3, 1]，至多 ${maxItems} 个`, en: `for example [7, 3, 1], at most ${maxItems} of them` },
    );
  }
  return { value: values.sort((a, b) => b - a) };
}

/** A role key for all, or a map by obligation id; what it leaves out keeps the default. */
function readOwners(value: unknown, template: Template, fallback: string | undefined): Read {
  const ids = template.obligations.map(({ id }) => id);
  const roles = Object.keys(template.parties);
  const forAll = (role: string): Record<string, string> => Object.fromEntries(ids.map((id) => [id, role]));
  const badRole = (key?: string): Read =>
    wrong(
      'unknown-party',
      { zh: '不是本模板的当事方', en: 'is not a party of this template' },
      { zh: `请填写 ${roles.join(' 或 ')}`, en: `write ${roles.join(' or ')}` },
      key === undefined ? undefined : `.${key}`,
    );
  if (typeof value === 'string') return roles.includes(value) ? { value: forAll(value) } : badRole();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return badRole();
  const owners: Record<string, string> = fallback === undefined ? {} : forAll(fallback);
  for (const [id, role] of Object.entries(value as Record<string, unknown>)) {
    if (!ids.includes(id)) {
      return wrong(
        'unknown-obligation',
        { zh: `没有名为“${id}”的义务`, en: `there is no obligation "${id}"` },
        { zh: `可用的：${ids.join('、')}`, en: `the obligations are ${ids.join(', ')}` },
        `.${id}`,
      );
    }
    if (typeof role !== 'string' || !roles.includes(role)) return badRole(id);
    owners[id] = role;
  }
  return { value: owners };
}

const EXAMPLES: Record<
  'text' | 'email' | 'date' | 'month-day' | 'boolean' | 'duration',
  { message: Text; cure: Text }
> = {
  text: {
    message: { zh: '应为文本', en: 'must be a text' },
    cure: { zh: '请填写文本，至多 2000 字', en: 'write a text of at most 2,000 characters' },
  },
  email: {
    message: { zh: '电子邮件地址无效', en: 'is not a valid e-mail address' },
    cure: { zh: '请写成 name@example.com', en: 'write it as name@example.com' },
  },
  date: {
    message: { zh: '日期不存在', en: 'is not a date that exists' },
    cure: { zh: '请写成 YYYY-MM-DD', en: 'write it as YYYY-MM-DD' },
  },
  'month-day': {
    message: { zh: '不是一年中的一天', en: 'is not a day of a year' },
    cure: { zh: '请写成 MM-DD，例如 "01-31"', en: 'write it as MM-DD, for example "01-31"' },
  },
  boolean: {
    message: { zh: '应为 true 或 false', en: 'must be true or false' },
    cure: { zh: '请填写 true 或 false，不加引号', en: 'write true or false without quotes' },
  },
  duration: {
    message: { zh: '不是一段时间', en: 'is not a duration' },
    cure: {
      zh: '请按 ISO 8601 填写一个单位，例如 PT24H（24 小时）、P10D（10 日）、P6M（6 个月）、P1Y（1 年）',
      en: 'write it as ISO 8601 with one unit: PT24H (24 hours), P10D (10 days), P6M (6 months), P1Y (1 year)',
    },
  },
};

function checked(
  kind: keyof typeof EXAMPLES,
  value: unknown,
  isGood: boolean,
): { value: ScalarValue } | { wrong: Wrong } {
  const { message, cure } = EXAMPLES[kind];
  return isGood ? { value: value as ScalarValue } : wrong(`invalid-${kind}`, message, cure);
}

function readNumber(value: unknown, min: number, max: number): { value: ScalarValue } | { wrong: Wrong } {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,15}(\.\d{1,6})?$/.test(text)) {
    return wrong(
      'invalid-number',
      { zh: '应为数字', en: 'must be a number' },
      { zh: '请填写小数，例如 "4.5"，至多六位小数', en: 'write a decimal such as "4.5", at most six decimals' },
    );
  }
  const number = new Big(text);
  const { message, cure } = range(min, max);
  return number.lt(min) || number.gt(max) ? wrong('out-of-range', message, cure) : { value: number.toFixed() };
}

function readOption(value: unknown, options: { value: string }[]): { value: ScalarValue } | { wrong: Wrong } {
  const known = options.map((option) => option.value);
  return typeof value === 'string' && known.includes(value)
    ? { value }
    : wrong(
        'invalid-option',
        { zh: '不在可选值之内', en: 'is not one of the choices' },
        { zh: `请填写 ${known.join(' 或 ')}`, en: `write ${known.join(' or ')}` },
      );
}

function readParty(value: unknown, template: Template): { value: ScalarValue } | { wrong: Wrong } {
  const roles = Object.keys(template.parties);
  return typeof value === 'string' && roles.includes(value)
    ? { value }
    : wrong(
        'unknown-party',
        { zh: '不是本模板的当事方', en: 'is not a party of this template' },
        { zh: `请填写 ${roles.join(' 或 ')}`, en: `write ${roles.join(' or ')}` },
      );
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 2000;

/** A cell of a table, the value behind a key, or a term that is one value. */
function readScalar(value: unknown, of: Scalar, context: ReadContext): { value: ScalarValue } | { wrong: Wrong } {
  switch (of.type) {
    case 'text': {
      // A score or a grade, a number or a name: what people write without quotes is text all the same.
      const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
      return checked('text', text, isText(text));
    }
    case 'email':
      return checked('email', value, emailSchema.safeParse(value).success);
    case 'date':
      return checked('date', value, typeof value === 'string' && isLocalDate(value));
    case 'boolean':
      return checked('boolean', value, typeof value === 'boolean');
    case 'duration':
      return checked('duration', value, typeof value === 'string' && isDuration(value));
    case 'party':
      return readParty(value, context.template);
    case 'integer':
      return readInteger(value, of.min, of.max);
    case 'number':
      return readNumber(value, of.min, of.max);
    case 'percent':
      return readPercent(value, of.min, of.max);
    case 'money':
      return readMoney(value, context.currencyOf(of.currency));
    case 'enum':
      return readOption(value, of.options);
  }
}

function readTexts(value: unknown, term: Extract<Term, { type: 'texts' }>, context: ReadContext): Read {
  const items = Array.isArray(value) ? (value as unknown[]) : null;
  if (!items || items.length > term.maxItems || new Set(items).size < items.length) {
    return wrong(
      'invalid-list',
      { zh: '应为不重复的列表', en: 'must be a list without repetitions' },
      { zh: `请写成列表，至多 ${term.maxItems} 项`, en: `write a list of at most ${term.maxItems} items` },
    );
  }
  const texts: string[] = [];
  for (const [index, item] of items.entries()) {
    const read = term.options ? readOption(item, term.options) : readScalar(item, { type: term.of }, context);
    if ('wrong' in read) return { wrong: { ...read.wrong, at: `[${index}]` } };
    texts.push(String(read.value));
  }
  return { value: texts };
}

/** Shares of 100 that are as equal as two decimals allow; the rest goes to the last. */
function equalShares(keys: string[]): Record<string, string> {
  const share = new Big(100).div(keys.length).round(2, 0);
  const last = new Big(100).minus(share.times(keys.length - 1));
  return Object.fromEntries(keys.map((key, index) => [key, (index === keys.length - 1 ? last : share).toFixed()]));
}

function readMapping(value: unknown, term: Extract<Term, { type: 'mapping' }>, context: ReadContext): Read {
  const known = term.keys?.map((key) => key.value);
  if (value === 'equal' && known && term.total) return { value: equalShares(known) };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong(
      'invalid-map',
      { zh: '应为键值对', en: 'must be a map of keys and values' },
      known && term.total
        ? {
            zh: `请为 ${known.join('、')} 分别填写，或写 equal（均分）`,
            en: `give one for each of ${known.join(', ')}, or write equal`,
          }
        : { zh: '请写成“键: 值”', en: 'write it as key: value' },
    );
  }
  const entries: [string, ScalarValue][] = [];
  for (const [key, item] of Object.entries(value as Record<string, unknown>)) {
    if (key.trim() === '') {
      return wrong(
        'empty-key',
        { zh: '有一项没有名称', en: 'has an entry without a name' },
        { zh: '请填写该项名称', en: 'name it' },
      );
    }
    if (known && !known.includes(key)) {
      return wrong(
        'unknown-key',
        { zh: `没有“${key}”一项`, en: `there is no "${key}"` },
        { zh: `可用的：${known.join('、')}`, en: `the keys are ${known.join(', ')}` },
        `.${key}`,
      );
    }
    const read = readScalar(item, term.values, context);
    if ('wrong' in read) return { wrong: { ...read.wrong, at: `.${key}` } };
    entries.push([key, read.value]);
  }
  const values = Object.fromEntries(entries);
  if (term.total !== undefined) {
    const sum = Object.values(values).reduce<Big>((total, one) => total.plus(String(one)), new Big(0));
    if (!sum.eq(term.total)) {
      return wrong(
        'wrong-total',
        { zh: `合计为 ${sum.toFixed()}，应为 ${term.total}`, en: `add up to ${sum.toFixed()}, not ${term.total}` },
        { zh: `请调整各项，使合计为 ${term.total}`, en: `change them so that they add up to ${term.total}` },
      );
    }
  }
  return { value: values };
}

function readTable(given: unknown, term: Extract<Term, { type: 'table' }>, context: ReadContext): Read {
  // One row may be written by itself.
  const value = typeof given === 'object' && given !== null && !Array.isArray(given) ? [given] : given;
  const names = term.columns.map(({ name }) => name);
  if (!Array.isArray(value) || value.length > term.maxRows) {
    return wrong(
      'invalid-table',
      { zh: '应为若干行', en: 'must be a list of rows' },
      {
        zh: `请逐行填写 ${names.join('、')}，至多 ${term.maxRows} 行`,
        en: `write rows with ${names.join(', ')}, at most ${term.maxRows}`,
      },
    );
  }
  const rows: Record<string, ScalarValue>[] = [];
  for (const [index, item] of (value as unknown[]).entries()) {
    const fields = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : null;
    const strange = fields && Object.keys(fields).find((key) => !names.includes(key));
    if (!fields || strange !== undefined) {
      return wrong(
        'invalid-row',
        strange === undefined || strange === null
          ? { zh: '应为一行', en: 'must be a row' }
          : { zh: `没有“${strange}”一列`, en: `has no column "${strange}"` },
        { zh: `列有：${names.join('、')}`, en: `the columns are ${names.join(', ')}` },
        `[${index}]`,
      );
    }
    const row: Record<string, ScalarValue> = {};
    for (const column of term.columns) {
      const cell = (fields as Record<string, unknown>)[column.name];
      if (cell === undefined || cell === null) {
        if (!column.required) continue;
        const message: Text = { zh: `缺少${column.label.zh}`, en: `${column.label.en} is missing` };
        return wrong('missing-cell', message, { zh: '请填写', en: 'give it a value' }, `[${index}].${column.name}`);
      }
      const read = readScalar(cell, column.of, context);
      if ('wrong' in read) return { wrong: { ...read.wrong, at: `[${index}].${column.name}` } };
      row[column.name] = read.value;
    }
    rows.push(row);
  }
  return { value: rows };
}

/** What reading a value may have to know. `currencyOf` gives the currency that a term says, null when it is not known. */
export interface ReadContext {
  template: Template;
  currencyOf: (term: string) => string | null;
}

/** Reads a value that somebody gave for a term: what is kept, or why not and what to do about it. */
export function readTermValue(value: unknown, term: Term, context: ReadContext): Read {
  switch (term.type) {
    case 'currency':
      return typeof value === 'string' && isCurrency(value)
        ? { value }
        : wrong(
            'unknown-currency',
            { zh: '不认识的币种', en: 'is not a currency that is known' },
            { zh: '请填写 ISO 4217 代码，例如 CNY', en: 'write an ISO 4217 code such as CNY' },
          );
    case 'time':
      if (typeof value === 'string' && TIMES[term.edge].test(value)) return { value };
      return term.edge === 'end'
        ? wrong(
            'invalid-time',
            { zh: '不是一日的截止时间', en: 'is not a time at which a day can end' },
            { zh: '请写成 "18:00" 或 "24:00"', en: 'write it as "18:00" or "24:00"' },
          )
        : wrong(
            'invalid-time',
            { zh: '不是一日的起始时间', en: 'is not a time at which a day can begin' },
            { zh: '请写成 "00:00" 或 "09:00"', en: 'write it as "00:00" or "09:00"' },
          );
    case 'month-day':
      return checked('month-day', value, typeof value === 'string' && isLocalDate(`2028-${value}`));
    case 'duration':
      if (term.indefinite && value === 'indefinite') return { value };
      if (term.allowed && typeof value === 'string' && !term.allowed.includes(value)) {
        const allowed = term.allowed;
        return wrong(
          'fixed-period',
          { zh: '本模板按固定周期执行，不能改为其他周期', en: 'is a period that this template fixes' },
          { zh: `请填写 ${allowed.join(' 或 ')}，或删除此项`, en: `write ${allowed.join(' or ')}, or leave it out` },
        );
      }
      return readScalar(value, { type: 'duration' }, context);
    case 'map':
      return readOwners(value, context.template, term.value);
    case 'list':
      return readList(value, term);
    case 'texts':
      return readTexts(value, term, context);
    case 'mapping':
      return readMapping(value, term, context);
    case 'table':
      return readTable(value, term, context);
    case 'money':
      return readMoney(value, context.currencyOf(term.currency));
    case 'integer':
    case 'number':
    case 'percent':
    case 'enum':
    case 'text':
    case 'email':
    case 'date':
    case 'boolean':
    case 'party':
      return readScalar(value, term, context);
  }
}
