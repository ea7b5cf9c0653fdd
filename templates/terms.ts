import { Big } from 'big.js';
import { isLocalDate } from '../domain/local-date.ts';
import { isCurrency, parseMoney } from '../domain/money.ts';
import type { Text } from '../domain/time.ts';
import type { Problem } from './problem.ts';
import type { Template, Term } from './schema.ts';
import { affectedBy } from './schema.ts';

export type TermValue = string | number | number[] | Record<string, string> | null;

/** A term as one agreement has it. Money and percentages are decimal strings; null is "not agreed" or not yet said. */
export interface ResolvedTerm {
  name: string;
  value: TermValue;
  origin: Term['origin'];
  /** Said for this agreement, rather than fixed by the text or defaulted by us. */
  given: boolean;
  clauses: string[];
}

/** A question that the agreement leaves open, and the obligations and rules that it decides about. */
export interface OpenTerm {
  term: string;
  clauses: string[];
  affects: string[];
}

export interface ResolvedTerms {
  terms: ResolvedTerm[];
  open: OpenTerm[];
}

/** Local times that a day can begin and end at. */
const TIMES = {
  start: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  end: /^(?:(?!00:00)(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
};

/** Closes an open term without a value. */
export const NOT_AGREED = 'not-agreed';

type Wrong = { code: string; message: Text; cure: Text; key?: string };
type Read = { value: TermValue } | { wrong: Wrong };

function wrong(code: string, message: Text, cure: Text, key?: string): Read {
  return { wrong: { code, message, cure, ...(key === undefined ? {} : { key }) } };
}

function quoteIt(example: string): Read {
  return wrong(
    'money-not-quoted',
    { zh: '金额须为带引号的小数文本，不能是数字', en: 'money must be a decimal in quotes, not a number' },
    { zh: `请加引号，例如 "${example}"`, en: `quote it, for example "${example}"` },
  );
}

function readMoney(value: unknown, currency: string | null): Read {
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

function readInteger(value: unknown, min: number, max: number): Read {
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
function readPercent(value: unknown, min: number, max: number): Read {
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
      key,
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
        id,
      );
    }
    if (typeof role !== 'string' || !roles.includes(role)) return badRole(id);
    owners[id] = role;
  }
  return { value: owners };
}

function readValue(value: unknown, term: Term, template: Template, currency: string | null): Read {
  switch (term.type) {
    case 'money':
      return readMoney(value, currency);
    case 'currency':
      return typeof value === 'string' && isCurrency(value)
        ? { value }
        : wrong(
            'unknown-currency',
            { zh: '不认识的币种', en: 'is not a currency that is known' },
            { zh: '请填写 ISO 4217 代码，例如 CNY', en: 'write an ISO 4217 code such as CNY' },
          );
    case 'integer':
      return readInteger(value, term.min, term.max);
    case 'percent':
      return readPercent(value, term.min, term.max);
    case 'date':
      return typeof value === 'string' && isLocalDate(value)
        ? { value }
        : wrong(
            'invalid-date',
            { zh: '日期不存在', en: 'is not a date that exists' },
            { zh: '请写成 YYYY-MM-DD', en: 'write it as YYYY-MM-DD' },
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
    case 'enum': {
      const options = term.options.map((option) => option.value);
      return typeof value === 'string' && options.includes(value)
        ? { value }
        : wrong(
            'invalid-option',
            { zh: '不在可选值之内', en: 'is not one of the choices' },
            { zh: `请填写 ${options.join(' 或 ')}`, en: `write ${options.join(' or ')}` },
          );
    }
    case 'map':
      return readOwners(value, template, term.value);
    case 'list':
      return readList(value, term);
  }
}

/** What the text fixes or we propose, in the same form as a given value; null when there is nothing. */
function ownValue(term: Term, template: Template): TermValue {
  if (!('value' in term) || term.value === undefined) return null;
  const read = readValue(term.value, term, template, null);
  if ('wrong' in read) throw new Error(`${template.id}: the value of ${term.name} ${read.wrong.message.en}`);
  return read.value;
}

function unknownTerms(template: Template, given: Record<string, unknown>): Problem[] {
  return Object.keys(given).flatMap((name) => {
    if (template.terms.some((term) => term.name === name)) return [];
    const ours = template.terms.find((term) => term.parameter === name)?.name;
    const names = template.terms.map((term) => term.name);
    return [
      {
        path: `terms.${name}`,
        code: 'unknown-term',
        message: { zh: `模板没有条款参数“${name}”`, en: `the template has no term "${name}"` },
        cure: ours
          ? { zh: `请写作 ${ours}`, en: `write it as ${ours}` }
          : { zh: `可用的：${names.join('、')}`, en: `the terms are ${names.join(', ')}` },
      },
    ];
  });
}

/**
 * An agreement's terms from what was given for it. A term without value is an open question until it gets one or is
 * said to be "not-agreed" (or null); terms that the text fixes or that have our default are not open, and may be agreed
 * otherwise (docs/adr/0004). Problems bear the path `terms.<name>`; `missing-term` when a required one has no value.
 */
export function resolveTerms(template: Template, given: unknown): ResolvedTerms & { errors: Problem[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const message: Text = { zh: '条款参数应为键值对', en: 'terms must be a map of names and values' };
    return { terms: [], open: [], errors: [{ path: 'terms', code: 'invalid-value', message, cure: message }] };
  }
  const said = given as Record<string, unknown>;
  const errors = unknownTerms(template, said);
  const terms: ResolvedTerm[] = [];
  const open: OpenTerm[] = [];

  const currencyOf = (name: string): string | null => {
    const term = template.terms.find((one) => one.name === name);
    const value = Object.hasOwn(said, name) ? said[name] : term && ownValue(term, template);
    return typeof value === 'string' && isCurrency(value) ? value : null;
  };

  for (const term of template.terms) {
    const { name, origin, clauses } = term;
    const isGiven = Object.hasOwn(said, name) && said[name] !== undefined;
    const nothing = !isGiven || said[name] === null || said[name] === NOT_AGREED;
    if (isGiven && !nothing) {
      const read = readValue(said[name], term, template, term.type === 'money' ? currencyOf(term.currency) : null);
      if ('value' in read) {
        terms.push({ name, value: read.value, origin, given: true, clauses });
      } else {
        const { key, code, message, cure } = read.wrong;
        errors.push({ path: key === undefined ? `terms.${name}` : `terms.${name}.${key}`, code, message, cure });
      }
    } else if (term.required) {
      errors.push({
        path: `terms.${name}`,
        code: 'missing-term',
        message: { zh: `缺少${term.label.zh}`, en: `${term.label.en} is missing` },
        cure:
          term.type === 'money'
            ? {
                zh: '请填写带引号的金额，例如 "1000000.00"',
                en: 'give it as an amount in quotes, for example "1000000.00"',
              }
            : { zh: '请填写', en: 'give it a value' },
      });
    } else if (isGiven && !term.nullable) {
      errors.push({
        path: `terms.${name}`,
        code: 'value-needed',
        message: { zh: `${term.label.zh}不能“未约定”`, en: `${term.label.en} cannot be "not agreed"` },
        cure: { zh: '请填写，或删除此项以采用默认值', en: 'give it a value, or leave it out for the default' },
      });
    } else {
      terms.push({ name, value: isGiven ? null : ownValue(term, template), origin, given: isGiven, clauses });
      if (!isGiven && term.nullable && terms.at(-1)?.value === null) {
        open.push({ term: name, clauses, affects: affectedBy(template, name) });
      }
    }
  }
  return { terms, open, errors };
}
