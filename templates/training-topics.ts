import type { Text } from '../domain/time.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import { added, isNamed, textsOf } from './survey-dimensions.ts';
import { TermReader } from './term-reader.ts';
import type { ResolvedTerms } from './terms.ts';

export type TrainingRule = Extract<Rule, { kind: 'training' }>;

/** Something of a training with its words. */
interface Titled {
  id: string;
  title: Text;
}

export function trainingRulesIn(template: Template): TrainingRule[] {
  return template.rules.filter((rule): rule is TrainingRule => rule.kind === 'training');
}

/**
 * What a training must teach: what the text names, as far as its term still lists it, then what the parties added, titled
 * as they wrote it. What another training of the same term names is that one's.
 */
export function topicsOf(
  template: Template,
  rule: TrainingRule,
  terms: TermReader,
): (Titled & { clauses: string[] })[] {
  const { topics, teaches } = rule;
  if (topics === undefined) return teaches;
  const words = textsOf(terms.value(topics)) ?? [];
  const listed = teaches.filter((one) => words.some((word) => isNamed(one, word)));
  if (!rule.added) return listed;
  const known = trainingRulesIn(template)
    .filter((other) => other.topics === topics)
    .flatMap((other) => other.teaches);
  const { clauses = rule.clauses } = template.terms.find(({ name }) => name === topics) ?? {};
  const own = words.filter((word) => !known.some((one) => isNamed(one, word))).map(added);
  return [...listed, ...own.map((one) => ({ ...one, clauses }))];
}

/** Titles for people by id, of all that the trainings of a template teach, and how; with terms, also what its parties added. */
export function trainingTitles(template: Template, resolved?: Pick<ResolvedTerms, 'terms'>): Record<string, Text> {
  const rules = trainingRulesIn(template);
  const terms = resolved && new TermReader(resolved as ResolvedTerms);
  const titled = rules.flatMap((rule): Titled[] => [
    ...rule.teaches,
    ...(terms ? topicsOf(template, rule, terms) : []),
    ...rule.modes,
    ...rule.methods,
  ]);
  return Object.fromEntries(titled.map(({ id, title }) => [id, title]));
}
