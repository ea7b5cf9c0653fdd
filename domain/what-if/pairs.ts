import { isLocalDate } from '../local-date.ts';

/** Something that may recur, by its name. */
interface Named {
  id: string;
  occurrence?: string | null | undefined;
}

/**
 * By what name each row of a life is found in another one: an occurrence by calendar by its own; one that is named after the
 * date on which it begins by its number, because another day 0 gives it another name.
 */
export function keyed<T extends Named>(rows: readonly T[]): Record<string, T> {
  const counts: Record<string, number> = {};
  return Object.fromEntries(
    rows.map((row) => {
      const { id, occurrence } = row;
      counts[id] = (counts[id] ?? 0) + 1;
      return [`${id}#${isLocalDate(occurrence ?? '') ? String(counts[id]) : (occurrence ?? '')}`, row];
    }),
  );
}

/** Rows of two lives, each beside its like; what only one of them has stands alone. */
export function paired<T extends Named>(
  before: readonly T[],
  after: readonly T[],
): { key: string; before: T | undefined; after: T | undefined }[] {
  const [ofBefore, ofAfter] = [keyed(before), keyed(after)];
  return [...new Set([...Object.keys(ofBefore), ...Object.keys(ofAfter)])].map((key) => ({
    key,
    before: ofBefore[key],
    after: ofAfter[key],
  }));
}
