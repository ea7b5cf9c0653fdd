import type { Text } from '../../domain/time.ts';
import { caseRulesIn, categoriesOf } from '../../templates/compile-case.ts';
import { TermReader } from '../../templates/term-reader.ts';
import type { Belonging } from '../process/rows.ts';

/** What the parties call the categories of their tables, by id; the id itself where none is called so any more. */
export function categoryTitles({ template, terms }: Pick<Belonging, 'template' | 'terms'>): (id: string) => Text {
  const words = new Map<string, string>();
  if (template && terms) {
    const reader = new TermReader(terms);
    for (const rule of caseRulesIn(template)) {
      for (const { id, word } of categoriesOf(rule, reader)) words.set(id, word);
    }
  }
  return (id) => {
    const word = words.get(id) ?? id;
    return { zh: word, en: word };
  };
}
