import type { Template, TemplateTerm } from '../../wire.ts';

/** What stands in the field: always text, or a choice per obligation; `notAgreed` says that the parties left it out. */
export interface TermEntry {
  text: string;
  map: Record<string, string>;
  notAgreed: boolean;
}

export const NOT_AGREED = 'not-agreed';

/** The entry that a value stands for; a map's value may be one role for all obligations. */
export function entryOf(template: Template, term: TemplateTerm, value: unknown): TermEntry {
  const empty: TermEntry = { text: '', map: {}, notAgreed: false };
  if (value === NOT_AGREED || (value === null && term.nullable)) return { ...empty, notAgreed: true };
  if (value === undefined || value === null) return empty;
  if (term.type === 'map') {
    const given = typeof value === 'object' ? (value as Record<string, unknown>) : null;
    const all = typeof value === 'string' ? value : typeof term.value === 'string' ? term.value : undefined;
    return {
      ...empty,
      map: Object.fromEntries(
        template.obligations.flatMap(({ id }) => {
          const role = given?.[id] ?? all;
          return typeof role === 'string' ? [[id, role]] : [];
        }),
      ),
    };
  }
  return { ...empty, text: Array.isArray(value) ? value.join(', ') : String(value) };
}

export function isEmptyEntry(entry: TermEntry): boolean {
  return !entry.notAgreed && entry.text.trim() === '' && Object.keys(entry.map).length === 0;
}

/** Digits of an amount, without the separators that people paste: `1,000,000.00` → `1000000.00`. */
function plainAmount(text: string): string {
  return text.replace(/[\s,，]/g, '');
}

const listed = (text: string): string[] => text.split(/[,，、]/).map((one) => one.trim());

export type EntryProblem = 'missing' | 'undecided' | 'money' | 'currency' | 'integer' | 'percent' | 'time' | 'list';

/** What is wrong with an entry; what is not decided yet only matters to a start. */
export function entryProblem(term: TemplateTerm, entry: TermEntry, starting: boolean): EntryProblem | undefined {
  if (term.origin === 'fixed' || entry.notAgreed) return undefined;
  if (isEmptyEntry(entry)) {
    if (term.required) return 'missing';
    return starting && term.value === undefined ? 'undecided' : undefined;
  }
  const text = entry.text.trim();
  const isWithin = (value: number): boolean => value >= (term.min ?? 0) && value <= (term.max ?? Infinity);
  switch (term.type) {
    case 'money': {
      const amount = plainAmount(text);
      return /^\d{1,15}(\.\d{1,2})?$/.test(amount) && !/^0*(\.0*)?$/.test(amount) ? undefined : 'money';
    }
    case 'currency':
      return /^[A-Z]{3}$/.test(text) ? undefined : 'currency';
    case 'integer':
      return /^\d{1,6}$/.test(text) && isWithin(Number(text)) ? undefined : 'integer';
    case 'percent':
      return /^\d{1,4}(\.\d{1,6})?$/.test(text) && isWithin(Number(text)) ? undefined : 'percent';
    case 'time':
      return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text) ? undefined : 'time';
    case 'list':
      return listed(text).every((one) => /^\d{1,4}$/.test(one) && isWithin(Number(one))) ? undefined : 'list';
    case 'date':
    case 'enum':
    case 'map':
      return undefined;
  }
}

/** The entry as the API takes it; undefined where nothing was entered or the template's own value stands. */
export function wireValue(template: Template, term: TemplateTerm, entry: TermEntry): unknown {
  if (term.origin === 'fixed' || isEmptyEntry(entry) || isUnchanged(template, term, entry)) return undefined;
  if (entry.notAgreed) return NOT_AGREED;
  const text = entry.text.trim();
  switch (term.type) {
    case 'map':
      return entry.map;
    case 'money':
      return plainAmount(text);
    case 'integer':
      return Number(text);
    case 'list':
      return listed(text).map(Number);
    case 'currency':
    case 'percent':
    case 'date':
    case 'time':
    case 'enum':
      return text;
  }
}

/** The value that the template proposes, untouched. */
export function isUnchanged(template: Template, term: TemplateTerm, entry: TermEntry): boolean {
  return JSON.stringify(entry) === JSON.stringify(entryOf(template, term, term.value));
}
