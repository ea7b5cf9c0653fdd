import type { Text } from '../domain/time.ts';
import type { Template, Term } from './schema.ts';

/** A place in a template that contradicts the rest of it, and what would have been expected there. */
export interface Contradiction {
  path: (string | number)[];
  expected: Text;
}

export function contradiction(path: (string | number)[], zh: string, en: string): Contradiction {
  return { path, expected: { zh: `应为：${zh}`, en: `expected ${en}` } };
}

/** What a term holds in force; undefined while it is open. */
export function valueInForce(term: Term | undefined): unknown {
  return term !== undefined && 'value' in term ? term.value : undefined;
}

export function termNamed(template: Template, name: string | undefined): Term | undefined {
  return template.terms.find((term) => term.name === name);
}

/** Role keys and seats: who can be called upon. */
export function seatsOf(template: Template): string[] {
  return [...Object.keys(template.parties), ...template.seats.map(({ id }) => id)];
}
