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
