import type { Template } from './schema.ts';

/**
 * Names of the terms without which nobody may sign: what the clause of a review before signing wants filled in stands in
 * the liability rule of the same clause (S003-N-13).
 */
export function termsToSign({ rules }: Pick<Template, 'rules'>): string[] {
  const reviewed = rules.flatMap((rule) => (rule.kind === 'effect' && rule.review ? rule.clauses : []));
  return rules.flatMap((rule) => {
    if (rule.kind !== 'liability' || !rule.clauses.some((clause) => reviewed.includes(clause))) return [];
    return [...(rule.rules === undefined ? [] : [rule.rules]), ...rule.other];
  });
}
