/** An obligation, and of a recurring one perhaps the occurrence. */
export interface ObligationReference {
  obligation: string;
  occurrence?: string;
}

/** Reads `id` or `id#occurrence`, as paths, links and scenarios name an obligation. */
export function readReference(text: string): ObligationReference {
  const at = text.indexOf('#');
  if (at < 0 || at === text.length - 1) return { obligation: at < 0 ? text : text.slice(0, at) };
  return { obligation: text.slice(0, at), occurrence: text.slice(at + 1) };
}

/** The same, written: `id`, or `id#occurrence`. */
export function referenceOf({
  obligation,
  occurrence,
}: {
  obligation: string;
  occurrence?: string | null | undefined;
}): string {
  return occurrence === null || occurrence === undefined ? obligation : `${obligation}#${occurrence}`;
}
