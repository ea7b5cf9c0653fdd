/** What a text column takes: no NUL, no half of a surrogate pair (PostgreSQL 8.3, RFC 3629 3). */
export const STORABLE = /^[^\0\p{Cs}]*$/u;

/** The fields of a path or a query whose text no column takes, so that none can be looked for. */
export function fieldsUnstorable(fields: unknown): string[] {
  return Object.entries(fields ?? {})
    .filter(([, value]) => [value].flat().some((text) => typeof text === 'string' && !STORABLE.test(text)))
    .map(([field]) => field);
}
