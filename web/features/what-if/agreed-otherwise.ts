import type { Template, TemplateTerm } from '../../wire.ts';
import { type EntryProblem, type TermEntry, entryProblem, wireValue } from '../start-agreement/term-entry.ts';

/** A term as if the text did not fix it: the parties may agree it otherwise, also by an amendment (ADR 4). */
const free = (term: TemplateTerm): TemplateTerm => ({ ...term, origin: 'blank' });

/** What is wrong with another value of a term, also of one that the text fixes. */
export function otherwiseProblem(term: TemplateTerm, entry: TermEntry): EntryProblem | undefined {
  return entryProblem(free(term), entry, true);
}

/** Another value of a term as the API takes it: null where it is left out, the template's own where that is meant. */
export function otherwiseValue(template: Template, term: TemplateTerm, entry: TermEntry): unknown {
  if (entry.notAgreed) return null;
  return wireValue(template, free(term), entry) ?? term.value;
}
