import type { CompiledAgreement, DeadlineRule } from '../domain/agreement/compiled.ts';
import { durationOffset } from './durations.ts';
import { entryNamed } from './references.ts';
import type { TermValue } from './term-values.ts';
import type { ResolvedTerms } from './terms.ts';

/** The typed values of resolved terms. Asking for what is not there, or of another type, is a bug and throws. */
export class TermReader {
  readonly #values: Record<string, TermValue>;

  constructor({ terms }: ResolvedTerms) {
    this.#values = Object.fromEntries(terms.map(({ name, value }) => [name, value]));
  }

  #bug(name: string): never {
    throw new Error(`term ${name} was not resolved`);
  }

  #entry(name: string): TermValue | undefined {
    if (Object.hasOwn(this.#values, name)) return this.#values[name];
    const { mapping, key } = entryNamed(name);
    const entries = this.#values[mapping];
    if (entries === null) return null;
    return typeof entries === 'object' && !Array.isArray(entries) ? (entries[key] ?? null) : undefined;
  }

  textOrNull(name: string): string | null {
    const value = this.#values[name];
    return typeof value === 'string' || value === null ? value : this.#bug(name);
  }
  text(name: string): string {
    return this.textOrNull(name) ?? this.#bug(name);
  }
  /** A whole number, of a term or of one entry of a mapping (`attachmentDueDays.1`); null when not agreed. */
  integerOrNull(name: string): number | null {
    const value = this.#entry(name);
    return typeof value === 'number' || value === null ? value : this.#bug(name);
  }
  integer(name: string): number {
    return this.integerOrNull(name) ?? this.#bug(name);
  }
  /** A whole number, or a decimal that is kept as text; null when not agreed. */
  numberOrNull(name: string): number | null {
    const value = this.#values[name];
    return typeof value === 'string' ? Number(value) : this.integerOrNull(name);
  }
  /** Rows of a table; null when not agreed. */
  rowsOrNull(name: string): Record<string, unknown>[] | null {
    const value = this.#values[name];
    if (value === null) return null;
    if (!Array.isArray(value)) return this.#bug(name);
    return value.map((row) => (typeof row === 'object' ? row : this.#bug(name)));
  }
  /** Different texts; null when not agreed. */
  textsOrNull(name: string): string[] | null {
    const value = this.#values[name];
    if (value === null) return null;
    if (!Array.isArray(value)) return this.#bug(name);
    return value.map((text) => (typeof text === 'string' ? text : this.#bug(name)));
  }
  /** Whatever it holds: for what may be filled by terms of several types. */
  value(name: string): TermValue {
    return this.#values[name] ?? null;
  }
  /** Rows of a table or different texts; empty when not agreed. */
  rowsOrTexts(name: string): (Record<string, unknown> | string)[] {
    const value = this.#values[name];
    if (value === null) return [];
    if (!Array.isArray(value)) return this.#bug(name);
    return value.filter((item): item is string | Exclude<typeof item, number | string> => typeof item !== 'number');
  }
  /** A number as it is written; null when not agreed. */
  plain(name: string): string | null {
    const value = this.#entry(name);
    return typeof value === 'string' || value === null
      ? value
      : typeof value === 'number'
        ? `${value}`
        : this.#bug(name);
  }
  /** Days, of a whole number or of a duration in days (hours in whole days, rounded up); null when not agreed or without end. */
  daysOrNull(name: string): number | null {
    const value = this.#entry(name);
    if (typeof value === 'number' || value === null) return value;
    const offset = this.duration(name);
    if (offset?.unit === 'hours') return Math.ceil(offset.count / 24);
    return offset?.unit === 'days' ? offset.count : null;
  }
  /** Months, of a duration in months or years, or of a number of years; null when it is none. */
  monthsOrNull(name: string): number | null {
    const value = this.#entry(name);
    if (typeof value === 'number') return 12 * value;
    if (typeof value === 'string' && /^\d/.test(value)) return Math.round(12 * Number(value));
    const offset = typeof value === 'string' ? durationOffset(value) : null;
    if (offset?.unit === 'months') return offset.count;
    return offset?.unit === 'years' ? 12 * offset.count : null;
  }
  /** Whether a table was filled, or texts were: whether the parties agreed on anything here. */
  isAgreed(name: string): boolean {
    return this.#values[name] !== null && this.#values[name] !== undefined;
  }
  isTrue(name: string): boolean {
    return this.#values[name] === true;
  }
  list(name: string): number[] {
    const value = this.#values[name];
    return Array.isArray(value)
      ? value.map((item) => (typeof item === 'number' ? item : this.#bug(name)))
      : this.#bug(name);
  }
  /** What a map says for a key, or a term of one party says for all; null where nothing is agreed. */
  party(name: string, key: string): string | null {
    const value = this.#values[name];
    if (typeof value === 'string' || value === null) return value;
    if (typeof value !== 'object' || Array.isArray(value)) return this.#bug(name);
    const party = value[key];
    return typeof party === 'string' ? party : null;
  }
  /** A duration as an offset; null when it is not agreed or without end. */
  duration(name: string): DeadlineRule['offset'] | null {
    const text = this.textOrNull(name);
    return text === null ? null : durationOffset(text);
  }
  noticeDays(name: string): CompiledAgreement['noticeHours']['days'] {
    const value = this.#values[name];
    return value === 'working-days' || value === 'every-day' ? value : this.#bug(name);
  }
  rollover(name: string): 'next-working-day' | 'none' {
    const value = this.#values[name];
    return value === 'next-working-day' || value === 'none' ? value : this.#bug(name);
  }
}
