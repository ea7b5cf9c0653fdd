import type { TermValue } from '../templates/term-values.ts';

function entries(map: object): string {
  return Object.entries(map)
    .map(([key, item]) => `${key}: ${String(item)}`)
    .join(', ');
}

/** A term's value on one line; `none` where nothing is agreed. */
export function termText(value: TermValue, none: string): string {
  if (value === null) return none;
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'object' ? entries(item) : item)).join('; ');
  return typeof value === 'object' ? entries(value) : String(value);
}
