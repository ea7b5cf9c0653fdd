import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Text } from '../domain/time.ts';
import type { Template } from '../templates/schema.ts';
import { type FieldProblem, Problem } from './problem.ts';

/** A part that a hand-in must hold, with its title. */
export interface ChecklistPart {
  id: string;
  title: Text;
  clauses: string[];
  /** Or a reason why it is not there. */
  mayOmit: boolean;
}

/** What a hand-in says of the checklist: the parts that are there, and why others are not. */
export interface ChecklistAnswer {
  parts: string[];
  omitted: Record<string, string>;
}

export const MAX_REASON_LENGTH = 500;

/** The checklist of an obligation as the agreement keeps it, titles from its template. */
export function checklistOf(
  agreement: CompiledAgreement,
  template: Template | undefined,
  obligation: string,
): ChecklistPart[] {
  const titles = template?.obligations.find(({ id }) => id === obligation)?.checklist ?? [];
  const parts = agreement.obligations.find(({ id }) => id === obligation)?.checklist ?? [];
  return parts.map(({ id, clauses, mayOmit }) => ({
    id,
    title: titles.find((part) => part.id === id)?.title ?? { zh: id, en: id },
    clauses,
    mayOmit,
  }));
}

/** Parts that are neither there nor left out with a reason. */
export function missingParts(checklist: ChecklistPart[], { parts, omitted }: ChecklistAnswer): ChecklistPart[] {
  return checklist.filter(({ id, mayOmit }) => !parts.includes(id) && !(mayOmit && Object.hasOwn(omitted, id)));
}

/** What is said of a missing part, and what to do about it. */
export function partProblem({ id, title, mayOmit }: ChecklistPart): FieldProblem {
  return {
    path: `parts.${id}`,
    message: { zh: `缺少“${title.zh}”`, en: `“${title.en}” is missing` },
    cure: mayOmit
      ? { zh: '请补齐，或写明缺少的原因', en: 'add it, or say why it is left out' }
      : { zh: '请补齐，此项不可缺少', en: 'add it: this part may not be left out' },
  };
}

/** @throws Problem `invalid-request` where a part is named that the checklist does not have */
export function checkPartNames(checklist: ChecklistPart[], { parts, omitted }: ChecklistAnswer): void {
  const known = checklist.map(({ id }) => id);
  const strange = [
    ...parts.filter((id) => !known.includes(id)).map((id) => ({ path: 'parts', id })),
    ...Object.keys(omitted)
      .filter((id) => !known.includes(id))
      .map((id) => ({ path: 'omitted', id })),
  ];
  if (strange.length === 0) return;
  throw new Problem('invalid-request', {
    errors: strange.map(({ path, id }) => ({
      path,
      message: { zh: `必备内容中没有“${id}”`, en: `the checklist has no part "${id}"` },
      cure:
        known.length > 0
          ? { zh: `可用：${known.join('、')}`, en: `use ${known.join(', ')}` }
          : { zh: '该义务没有必备内容，请删除', en: 'this obligation has no checklist: leave it out' },
    })),
  });
}
