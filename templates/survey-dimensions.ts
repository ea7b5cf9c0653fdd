import { createHash } from 'node:crypto';
import type { Text } from '../domain/time.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import { TermReader } from './term-reader.ts';
import type { TermValue } from './term-values.ts';
import type { ResolvedTerms } from './terms.ts';

export type SurveyRule = Extract<Rule, { kind: 'survey' }>;

/** What a survey asks about at least, in words. */
export interface TitledDimension {
  id: string;
  title: Text;
  clauses: string[];
  parts: { id: string; title: Text }[];
}

interface Known {
  id: string;
  title: Text;
}

/**
 * What a survey asks about: what the text names, as far as its term still lists it, then what the parties added, by that
 * term or by giving it a weight. What they added is titled as they wrote it.
 */
export function dimensionsOf(template: Template, rule: SurveyRule, terms: TermReader): TitledDimension[] {
  const { asks, dimensions, weights } = rule;
  const listed = dimensions === undefined ? null : textsOf(terms.value(dimensions));
  const weighed = weights === undefined ? [] : Object.keys(weightsOf(terms.value(weights)));
  const known = [...asks, ...keysOf(template, weights)];
  const usedParts: string[] = [];
  return inForce(listed ?? asks.map(({ id }) => id), weighed, known).map((one): TitledDimension => {
    const ask = asks.find(({ id }) => id === one.id);
    const items = ask?.items === undefined ? null : textsOf(terms.value(ask.items));
    const parts = ask ? inForce(items ?? ask.parts.map(({ id }) => id), [], ask.parts) : [];
    return {
      ...one,
      clauses: ask?.clauses ?? clausesOfTerm(template, dimensions ?? weights),
      parts: parts.map((part) => {
        const id = usedParts.includes(part.id) ? `${one.id}-${part.id}` : part.id;
        usedParts.push(id);
        return { id, title: part.title };
      }),
    };
  });
}

/** The keys that a term of weights may have, where it fixes them, as what they are called. */
function keysOf(template: Template, weights: string | undefined): Known[] {
  const term = template.terms.find(({ name }) => name === weights);
  return term?.type === 'mapping'
    ? (term.keys ?? []).map(({ value, label }) => ({ id: idOf(value), title: label }))
    : [];
}

/** Weights by dimension as fractions of 100 were agreed: keyed by whatever names the dimension. */
export function weightsOf(value: TermValue): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, percent]) => [key, String(percent)]));
}

/** Whether a word means this dimension (or part): it is its title in either language, its id, or what its id was made of. */
export function isNamed({ id, title }: Known, word: string): boolean {
  const plain = word.trim().toLowerCase();
  return [id, title.zh, title.en].some((name) => name.toLowerCase() === plain) || idOf(word) === id;
}

/** What is listed or named, each once, by what is known of it. */
function inForce(listed: readonly string[], alsoNamed: readonly string[], known: readonly Known[]): Known[] {
  const found: Known[] = [];
  const take = (word: string): void => {
    const one = known.find((candidate) => isNamed(candidate, word)) ?? added(word);
    if (!found.some(({ id }) => id === one.id)) found.push({ id: one.id, title: one.title });
  };
  listed.forEach(take);
  alsoNamed.forEach(take);
  return found;
}

/** What a party added: its words are its title. */
export function added(word: string): Known {
  const title = word.trim();
  return { id: idOf(word), title: { zh: title, en: title } };
}

/** Always the same for the same words: themselves where they are plain, else a part of their hash. */
function idOf(word: string): string {
  const title = word.trim();
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const isPlain = /^[\x20-\x7e]+$/.test(title) && /^[a-z]/.test(slug);
  return isPlain ? slug : `added-${createHash('sha256').update(title).digest('hex').slice(0, 8)}`;
}

/** Texts where a term holds texts; null when it is not agreed, or holds something else. */
export function textsOf(value: TermValue): string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.filter((item) => typeof item === 'string');
  return texts.length === value.length ? texts : null;
}

function clausesOfTerm(template: Template, name: string | undefined): string[] {
  return template.terms.find((term) => term.name === name)?.clauses ?? [];
}

/** Titles for people by id, of all that the surveys of a template ask about. */
export interface SurveyTitles {
  dimensions: Record<string, Text>;
  parts: Record<string, Text>;
}

/**
 * Titles of dimensions and their parts by id, in both languages. Without an agreement's terms it is what the text itself
 * names; with them, also what its parties added.
 */
export function surveyTitles(template: Template, resolved?: Pick<ResolvedTerms, 'terms'>): SurveyTitles {
  const terms = new TermReader({ terms: resolved?.terms ?? [], open: [] });
  const surveys = template.rules.filter((rule): rule is SurveyRule => rule.kind === 'survey');
  const own: Known[] = surveys.flatMap(({ asks }) => asks);
  const ownParts: Known[] = surveys.flatMap(({ asks }) => asks.flatMap(({ parts }) => parts));
  const agreed = surveys.flatMap((rule) => dimensionsOf(template, rule, terms));
  const byId = (list: readonly Known[]): Record<string, Text> =>
    Object.fromEntries(list.map(({ id, title }) => [id, title]));
  return {
    dimensions: { ...byId(agreed), ...byId(own) },
    parts: { ...byId(agreed.flatMap(({ parts }) => parts)), ...byId(ownParts) },
  };
}
