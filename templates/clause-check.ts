import type { Contradiction } from './contradiction.ts';
import { contradiction } from './contradiction.ts';
import type { Template } from './schema.ts';

/** The clauses that are known: ids by source. A source whose ledger cannot be read is null. */
export type KnownClauses = ReadonlyMap<string, readonly string[] | null>;

/** Every clause id that a template names, with its place. */
function citedClauses(value: unknown, path: (string | number)[] = []): { path: (string | number)[]; id: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => citedClauses(item, [...path, index]));
  if (typeof value === 'string') return path.includes('clauses') ? [{ path, id: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => citedClauses(item, [...path, key]));
}

/** The source that an id belongs to: the longest that it begins with. S003-guidance has ids of many letters. */
function sourceOf(id: string, known: KnownClauses): string | undefined {
  const sources = [...known.keys()].filter((source) => id.startsWith(`${source}-`));
  return sources.sort((a, b) => b.length - a.length)[0];
}

/** Clause ids that no ledger has. A source of the template's own without a ledger is taken at its word. */
export function checkClauses(template: Template, known: KnownClauses): Contradiction[] {
  const all = new Set([...known.values()].flatMap((ids) => ids ?? []));
  const unreadable = [...known].filter(([, ids]) => ids === null).map(([source]) => source);
  const unlisted = template.source
    .split(',')
    .map((source) => source.trim())
    .filter((source) => !known.has(source));
  return citedClauses(template).flatMap(({ path, id }) => {
    if (all.has(id) || [...unlisted, ...unreadable].some((source) => id.startsWith(`${source}-`))) return [];
    const source = sourceOf(id, known);
    return contradiction(
      path,
      `台账中有的条款编号；${source === undefined ? '各台账' : `clauses-${source}.yaml `}没有 ${id}`,
      `a clause id that a ledger has; there is no ${id} in ${source === undefined ? 'any' : `clauses-${source}.yaml`}`,
    );
  });
}
