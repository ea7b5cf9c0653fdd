import type { Template } from './schema.ts';

/** Something of a template that names the clauses it comes from. */
export interface Bearer {
  /** Its id; of a term `term:<name>`, of a seat `seat:<id>`. */
  id: string;
  /** `event`: one of the agreement's own, such as its signing. `statement`: a rule that is kept and shown alone. */
  kind: 'obligation' | 'penalty' | 'rule' | 'statement' | 'event' | 'term' | 'seat';
  clauses: string[];
}

/** All that names clauses in a template, in the order in which people read it. */
export function bearersOf(template: Template): Bearer[] {
  const { start, signing, inForce, termination, expiry } = template.clauses;
  const own = { start, signing, 'in-force': inForce, termination, expiry };
  return [
    ...template.obligations.map(({ id, clauses, review, checklist }): Bearer => ({
      id,
      kind: 'obligation',
      clauses: [...clauses, ...(review?.clauses ?? []), ...checklist.flatMap((part) => part.clauses)],
    })),
    ...template.penalties.map(({ id, clauses }): Bearer => ({ id, kind: 'penalty', clauses })),
    ...template.rules.map((rule): Bearer => ({
      id: rule.id,
      kind: rule.kind === 'statement' ? 'statement' : 'rule',
      clauses: [...rule.clauses, ...partClauses(rule)],
    })),
    ...Object.entries(own).map(([id, clauses]): Bearer => ({ id, kind: 'event', clauses })),
    ...template.seats.map(({ id, clauses }): Bearer => ({ id: `seat:${id}`, kind: 'seat', clauses })),
    ...template.terms.map(({ name, clauses }): Bearer => ({ id: `term:${name}`, kind: 'term', clauses })),
  ];
}

/** Clauses that parts of a survey, of visits or of an improvement come from. */
function partClauses(rule: Template['rules'][number]): string[] {
  if (
    rule.kind !== 'survey' &&
    rule.kind !== 'visits' &&
    rule.kind !== 'improvement' &&
    rule.kind !== 'training' &&
    rule.kind !== 'engagement' &&
    rule.kind !== 'risk' &&
    rule.kind !== 'evaluation'
  )
    return [];
  return Object.values(rule)
    .flat()
    .flatMap((part) => (typeof part === 'object' && 'clauses' in part ? (part.clauses ?? []) : []));
}
