import type { Text } from '../../domain/time.ts';
import type { Scalar, Term } from '../../templates/term-schema.ts';
import type { Template } from '../../templates/schema.ts';
import { NOT_AGREED } from '../../templates/terms.ts';
import { isNullable } from '../../templates/term-schema.ts';

/** Ways in which people write that nothing is agreed. */
const NOTHING = ['not-agreed', 'not agreed', '不作约定', '未约定', '不约定'];
export const NOTHING_TEXT: Text = { zh: '不作约定', en: 'not agreed' };
const YES = ['是', 'true', 'yes', 'y', '√', '1'];
const NO = ['否', 'false', 'no', 'n', '×', '0'];
export const YES_NO: readonly Text[] = [
  { zh: '是', en: 'yes' },
  { zh: '否', en: 'no' },
];

/** A cell's text as the value of a draft; what cannot be read stays as it is, for the terms' own rules to say why. */
export function cellValue(term: Term, text: string, template: Template): unknown {
  const given = text.trim();
  if (isNullable(term) && NOTHING.includes(given.toLowerCase())) return NOT_AGREED;
  switch (term.type) {
    case 'map':
      return partyKey(given, template);
    case 'currency':
      return given.toUpperCase();
    case 'month-day':
      return given.replace(
        /^(\d{1,2})\s*[月/.-]\s*(\d{1,2})日?$/,
        (_all, month: string, day: string) => `${two(month)}-${two(day)}`,
      );
    case 'time':
      return given.replace('：', ':').replace(/^(\d):/, '0$1:');
    case 'list':
      return listed(given).map((one) => wholeNumber(one));
    case 'texts': {
      const options = term.options;
      return lines(given).map((one) => (options ? optionKey(one, options) : term.of === 'date' ? dateText(one) : one));
    }
    case 'mapping':
      return Object.fromEntries(
        lines(given).map((line) => {
          const [key = '', ...rest] = line.split(/[:：]/);
          return [key.trim(), scalarValue(term.values, rest.join(':'), template)];
        }),
      );
    case 'table':
      return lines(given).map((line) => {
        const cells = line.split(/[|｜]/);
        return Object.fromEntries(
          term.columns.flatMap(({ name, of }, at) => {
            const cell = cells[at]?.trim() ?? '';
            return cell === '' ? [] : [[name, scalarValue(of, cell, template)]];
          }),
        );
      });
    case 'money':
    case 'integer':
    case 'number':
    case 'percent':
    case 'date':
    case 'duration':
    case 'boolean':
    case 'text':
    case 'email':
    case 'enum':
    case 'party':
      return scalarValue(term, given, template);
  }
}

/** One value, as people write it into a spreadsheet. */
export function scalarValue(of: Scalar | Term, text: string, template: Template): unknown {
  const given = text.trim();
  const small = given.toLowerCase();
  switch (of.type) {
    case 'money':
      return given.replace(/[\s,，¥￥]|CNY|RMB|元/gi, '');
    case 'integer':
      return wholeNumber(given);
    case 'number':
      return given.replace(/[\s,，]/g, '');
    case 'percent':
      return given.replace(/[\s%％]/g, '');
    case 'date':
      return dateText(given);
    case 'duration':
      return durationText(given);
    case 'boolean':
      return YES.includes(small) ? true : NO.includes(small) ? false : given;
    case 'party':
      return partyKey(given, template);
    case 'enum':
      return optionKey(given, of.options);
    default:
      return given;
  }
}

const two = (digits: string): string => digits.padStart(2, '0');
const wholeNumber = (text: string): unknown => (/^-?\d{1,15}(\.0+)?$/.test(text) ? Number(text) : text);
const listed = (text: string): string[] => text.split(/[,，、;；\s]+/).filter(Boolean);
/** One a line; where a cell has one line alone, between semicolons. */
const lines = (text: string): string[] =>
  text
    .split(/\r?\n|[;；]/)
    .map((one) => one.trim())
    .filter(Boolean);

/** 2026/9/1 and 2026年9月1日 are 2026-09-01. */
function dateText(text: string): string {
  const found = /^(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?$/.exec(text);
  return found ? `${found[1] ?? ''}-${two(found[2] ?? '')}-${two(found[3] ?? '')}` : text;
}

const UNITS: [RegExp, (count: string) => string][] = [
  [/^(\d{1,6})\s*(?:小时|hours?|h)$/i, (count) => `PT${count}H`],
  [/^(\d{1,6})\s*(?:分钟|minutes?|min)$/i, (count) => `PT${count}M`],
  [/^(\d{1,5})\s*(?:日|天|days?|d)$/i, (count) => `P${count}D`],
  [/^(\d{1,5})\s*(?:周|weeks?|w)$/i, (count) => `P${count}W`],
  [/^(\d{1,5})\s*(?:个月|月|months?|m)$/i, (count) => `P${count}M`],
  [/^(\d{1,5})\s*(?:年|years?|y)$/i, (count) => `P${count}Y`],
];

/** 24 小时 and "24 hours" are PT24H. */
function durationText(text: string): string {
  for (const [pattern, write] of UNITS) {
    const count = pattern.exec(text)?.[1];
    if (count !== undefined) return write(count);
  }
  return ['无限期', '长期', 'indefinite'].includes(text.toLowerCase()) ? 'indefinite' : text.toUpperCase();
}

function optionKey(text: string, options: readonly { value: string; label: Text }[]): string {
  const asked = text.trim().toLowerCase();
  const found = options.find(({ value, label }) =>
    [value, label.zh, label.en].some((one) => one.toLowerCase() === asked),
  );
  return found?.value ?? text;
}

function partyKey(text: string, template: Template): string {
  const options = Object.entries(template.parties).map(([value, label]) => ({ value, label }));
  return optionKey(text, options);
}

/** A value of a template as a cell says it. */
export function cellText(term: Term, value: unknown, language: 'zh' | 'en', template: Template): string {
  if (value === undefined || value === null) return '';
  const scalar = (of: Scalar | Term, one: unknown): string => scalarText(of, one, language, template);
  switch (term.type) {
    case 'map':
      return typeof value === 'string' ? (template.parties[value]?.[language] ?? value) : '';
    case 'list':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'texts':
      return (Array.isArray(value) ? (value as string[]) : [])
        .map((one) => term.options?.find((option) => option.value === one)?.label[language] ?? one)
        .join('\n');
    case 'mapping':
      return Object.entries(value)
        .map(([key, one]) => `${key}: ${scalar(term.values, one)}`)
        .join('\n');
    case 'table':
      return (Array.isArray(value) ? (value as Record<string, unknown>[]) : [])
        .map((row) => term.columns.map(({ name, of }) => scalar(of, row[name])).join(' | '))
        .join('\n');
    default:
      return scalar(term, value);
  }
}

const DURATIONS: Record<string, Text> = {
  TM: { zh: '分钟', en: ' minutes' },
  TH: { zh: '小时', en: ' hours' },
  D: { zh: '日', en: ' days' },
  W: { zh: '周', en: ' weeks' },
  M: { zh: '个月', en: ' months' },
  Y: { zh: '年', en: ' years' },
};

export function scalarText(of: Scalar | Term, value: unknown, language: 'zh' | 'en', template: Template): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return YES_NO[value ? 0 : 1]?.[language] ?? '';
  const text = String(value as string | number);
  if (of.type === 'enum') return of.options.find((option) => option.value === text)?.label[language] ?? text;
  if (of.type === 'party') return template.parties[text]?.[language] ?? text;
  if (of.type === 'duration') {
    const [, time = '', count = '', unit = ''] = /^P(T?)(\d+)([A-Z])$/.exec(text) ?? [];
    const word = DURATIONS[`${time}${unit}`];
    return word ? `${count}${word[language]}` : text;
  }
  return text;
}
