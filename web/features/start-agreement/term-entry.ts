import type { Scalar, Template, TemplateTerm } from '../../wire.ts';

/**
 * What stands in the field: text, a value per key, or rows of a table; all as text, the way people type it. `notAgreed`
 * says that the parties left it out.
 */
export interface TermEntry {
  text: string;
  map: Record<string, string>;
  rows: Record<string, string>[];
  notAgreed: boolean;
}

export const NOT_AGREED = 'not-agreed';

/** Columns that stand for a mapping without keys of its own. */
export const KEY_COLUMN = 'key';
export const VALUE_COLUMN = 'value';

const cell = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entry that a value stands for; a map's value may be one role for all obligations. */
export function entryOf(template: Template, term: TemplateTerm, value: unknown): TermEntry {
  const empty: TermEntry = { text: '', map: {}, rows: [], notAgreed: false };
  if (value === NOT_AGREED || (value === null && term.nullable)) return { ...empty, notAgreed: true };
  if (value === undefined || value === null) return empty;
  switch (term.type) {
    case 'map': {
      const given = isRecord(value) ? value : null;
      const all = typeof value === 'string' ? value : typeof term.value === 'string' ? term.value : undefined;
      const chosen = template.obligations.flatMap(({ id }): [string, string][] => {
        const role = given?.[id] ?? all;
        return typeof role === 'string' ? [[id, role]] : [];
      });
      return { ...empty, map: Object.fromEntries(chosen) };
    }
    case 'mapping': {
      const pairs = Object.entries(isRecord(value) ? value : {}).map(([key, one]): [string, string] => [
        key,
        cell(one),
      ]);
      if (term.keys) return { ...empty, map: Object.fromEntries(pairs) };
      return { ...empty, rows: pairs.map(([key, one]) => ({ [KEY_COLUMN]: key, [VALUE_COLUMN]: one })) };
    }
    case 'table':
      return {
        ...empty,
        rows: (Array.isArray(value) ? value : [])
          .filter(isRecord)
          .map((row) => Object.fromEntries(Object.entries(row).map(([name, one]) => [name, cell(one)]))),
      };
    case 'texts':
      return { ...empty, text: Array.isArray(value) ? value.map(cell).join('\n') : cell(value) };
    default:
      return { ...empty, text: Array.isArray(value) ? value.join(', ') : cell(value) };
  }
}

const isBlankRow = (row: Record<string, string>): boolean => Object.values(row).every((one) => one.trim() === '');
const filledRows = ({ rows }: TermEntry): Record<string, string>[] => rows.filter((row) => !isBlankRow(row));
const filledPairs = ({ map }: TermEntry): [string, string][] =>
  Object.entries(map).filter(([, one]) => one.trim() !== '');

export function isEmptyEntry(entry: TermEntry): boolean {
  return (
    !entry.notAgreed && entry.text.trim() === '' && filledPairs(entry).length === 0 && filledRows(entry).length === 0
  );
}

/** Digits of an amount, without the separators that people paste: `1,000,000.00` → `1000000.00`. */
function plainAmount(text: string): string {
  return text.replace(/[\s,，]/g, '');
}

const listed = (text: string): string[] => text.split(/[,，、]/).map((one) => one.trim());
/** One text a line. */
export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

export type EntryProblem =
  | ('missing' | 'undecided' | 'toSign' | 'money' | 'currency' | 'integer' | 'number' | 'percent' | 'time' | 'list')
  | ('monthDay' | 'duration' | 'email' | 'total' | 'cells');

const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function scalarProblem(of: Scalar, given: string): EntryProblem | undefined {
  const text = given.trim();
  const isWithin = (min: number, max: number): boolean => Number(text) >= min && Number(text) <= max;
  switch (of.type) {
    case 'money':
      return /^\d{1,15}(\.\d{1,2})?$/.test(plainAmount(text)) ? undefined : 'money';
    case 'integer':
      return /^-?\d{1,9}$/.test(text) && isWithin(of.min, of.max) ? undefined : 'integer';
    case 'number':
      return DECIMAL.test(text) && isWithin(of.min, of.max) ? undefined : 'number';
    case 'percent':
      return DECIMAL.test(text) && isWithin(of.min, of.max) ? undefined : 'percent';
    case 'duration':
      return /^(P\d{1,5}[DWMY]|PT\d{1,6}[HM]|indefinite)$/.test(text) ? undefined : 'duration';
    case 'email':
      return EMAIL.test(text) ? undefined : 'email';
    case 'text':
    case 'date':
    case 'boolean':
    case 'party':
    case 'enum':
      return undefined;
  }
}

/** A cell as the API takes it. */
function scalarValue(of: Scalar, given: string): unknown {
  const text = given.trim();
  switch (of.type) {
    case 'boolean':
      return text === 'true';
    case 'integer':
      return Number(text);
    case 'money':
      return plainAmount(text);
    case 'number':
    case 'percent':
    case 'duration':
    case 'email':
    case 'text':
    case 'date':
    case 'party':
    case 'enum':
      return text;
  }
}

/** A term that is one value, as the scalar that it is. */
export function scalarOf(term: TemplateTerm): Scalar | undefined {
  const { type, unit = '', min = 0, max = Number.MAX_SAFE_INTEGER, options = [] } = term;
  switch (type) {
    case 'text':
    case 'email':
    case 'date':
    case 'boolean':
    case 'duration':
    case 'party':
      return { type };
    case 'integer':
    case 'number':
      return { type, unit, min, max };
    case 'percent':
      return { type, min, max };
    case 'enum':
      return { type, options };
    case 'money':
    case 'currency':
    case 'month-day':
    case 'time':
    case 'map':
    case 'list':
    case 'texts':
    case 'mapping':
    case 'table':
      return undefined;
  }
}

/** What the text fixes: shown, not asked for. */
export function isFixed(term: TemplateTerm): boolean {
  return term.origin === 'fixed' && term.value !== undefined;
}

/** What is wrong with an entry; what is not decided yet only matters to a start. */
export function entryProblem(term: TemplateTerm, entry: TermEntry, starting: boolean): EntryProblem | undefined {
  if (isFixed(term)) return undefined;
  if (starting && term.neededToSign && (entry.notAgreed || isEmptyEntry(entry))) return 'toSign';
  if (entry.notAgreed) return undefined;
  if (isEmptyEntry(entry)) {
    if (term.required) return 'missing';
    return starting && term.value === undefined ? 'undecided' : undefined;
  }
  const text = entry.text.trim();
  const isWithin = (value: number): boolean => value >= (term.min ?? 0) && value <= (term.max ?? Infinity);
  const scalar = scalarOf(term);
  if (scalar) return scalarProblem(scalar, text);
  switch (term.type) {
    case 'money': {
      const amount = plainAmount(text);
      return /^\d{1,15}(\.\d{1,2})?$/.test(amount) && !/^0*(\.0*)?$/.test(amount) ? undefined : 'money';
    }
    case 'currency':
      return /^[A-Z]{3}$/.test(text) ? undefined : 'currency';
    case 'time':
      return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text) ? undefined : 'time';
    case 'month-day':
      return /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) ? undefined : 'monthDay';
    case 'list':
      return listed(text).every((one) => /^\d{1,4}$/.test(one) && isWithin(Number(one))) ? undefined : 'list';
    case 'mapping':
      return mappingProblem(term, entry);
    case 'table':
      return filledRows(entry).some((row) =>
        (term.columns ?? []).some(({ name, required, of }) => {
          const given = row[name] ?? '';
          return given.trim() === '' ? required : scalarProblem(of, given) !== undefined;
        }),
      )
        ? 'cells'
        : undefined;
    default:
      return undefined;
  }
}

function mappingProblem(term: TemplateTerm, entry: TermEntry): EntryProblem | undefined {
  const of = term.values;
  if (!of) return undefined;
  if (!term.keys) {
    const isBad = (row: Record<string, string>): boolean =>
      (row[KEY_COLUMN] ?? '').trim() === '' || scalarProblem(of, row[VALUE_COLUMN] ?? '') !== undefined;
    const rows = filledRows(entry);
    if (rows.some(isBad)) return 'cells';
    return totalProblem(
      term,
      rows.map((row) => row[VALUE_COLUMN] ?? ''),
    );
  }
  const pairs = filledPairs(entry);
  if (pairs.some(([, one]) => scalarProblem(of, one) !== undefined)) return 'cells';
  return totalProblem(
    term,
    pairs.map(([, one]) => one),
  );
}

function totalProblem({ total }: TemplateTerm, values: string[]): EntryProblem | undefined {
  return total !== undefined && sumText(values) !== String(total) ? 'total' : undefined;
}

/** The sum of decimals of at most six places, exactly, as its shortest text. */
export function sumText(values: readonly string[]): string {
  const millionths = values.reduce((sum, value) => {
    const [whole = '0', fraction = ''] = value.trim().split('.');
    const digits = `${whole}${fraction.padEnd(6, '0').slice(0, 6)}`;
    return /^-?\d+$/.test(digits) ? sum + BigInt(digits) : sum;
  }, 0n);
  const text = String(millionths).padStart(7, '0');
  return `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/\.?0+$/, '');
}

/** The entry as the API takes it; undefined where nothing was entered or the template's own value stands. */
export function wireValue(template: Template, term: TemplateTerm, entry: TermEntry): unknown {
  if (isFixed(term) || isEmptyEntry(entry) || isUnchanged(template, term, entry)) return undefined;
  if (entry.notAgreed) return NOT_AGREED;
  const text = entry.text.trim();
  const scalar = scalarOf(term);
  if (scalar) return scalarValue(scalar, text);
  switch (term.type) {
    case 'map':
      return entry.map;
    case 'money':
      return plainAmount(text);
    case 'list':
      return listed(text).map(Number);
    case 'texts':
      return lines(text);
    case 'mapping': {
      const of = term.values ?? { type: 'text' as const };
      const pairs = term.keys
        ? filledPairs(entry)
        : filledRows(entry).map((row): [string, string] => [(row[KEY_COLUMN] ?? '').trim(), row[VALUE_COLUMN] ?? '']);
      return Object.fromEntries(pairs.map(([key, one]) => [key, scalarValue(of, one)]));
    }
    case 'table':
      return filledRows(entry).map((row) =>
        Object.fromEntries(
          (term.columns ?? []).flatMap(({ name, of }) => {
            const given = row[name] ?? '';
            return given.trim() === '' ? [] : [[name, scalarValue(of, given)]];
          }),
        ),
      );
    default:
      return text;
  }
}

/** Whether the entry says what this value says. */
export function isSame(template: Template, term: TemplateTerm, entry: TermEntry, value: unknown): boolean {
  const other = entryOf(template, term, value);
  return JSON.stringify(canonical(entry)) === JSON.stringify(canonical(other));
}

/** The value that the template proposes, untouched. */
export function isUnchanged(template: Template, term: TemplateTerm, entry: TermEntry): boolean {
  return isSame(template, term, entry, term.value);
}

function canonical(entry: TermEntry): unknown {
  const { text, notAgreed } = entry;
  return [text, notAgreed, filledPairs(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)), filledRows(entry)];
}
