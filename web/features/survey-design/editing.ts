import type { Text } from '../../wire.ts';
import { type Json, changed, isJson, linesOf, listOf, localized } from '../surveys/questionnaire.ts';

/** Changes of a questionnaire that its designer makes; each gives a new one, so that every step can be taken back. */

/** The element of a question; undefined: there is none. */
function elementOf(node: Json, name: string): Json | undefined {
  let found: Json | undefined;
  changed(node, (one) => {
    if (one.name === name) found ??= one;
    return one;
  });
  return found;
}

/** Puts an element beside another one, in whatever page or panel that stands. */
function inserted(node: Json, beside: string, place: 'before' | 'after', element: Json): Json {
  const result = { ...node };
  for (const key of ['pages', 'elements']) {
    if (!Array.isArray(node[key])) continue;
    result[key] = listOf(node[key]).flatMap((child) => {
      if (!isJson(child)) return [child];
      const own = inserted(child, beside, place, element);
      if (child.name !== beside || child.type === 'panel') return [own];
      return place === 'before' ? [element, own] : [own, element];
    });
  }
  return result;
}

/** The questionnaire with one question asked before or after another one. */
export function moved(json: Json, name: string, place: 'before' | 'after', beside: string): Json {
  const element = elementOf(json, name);
  if (!element || name === beside || !elementOf(json, beside)) return json;
  // Put first, then taken from where it stood: a panel that holds nothing else is not lost on the way.
  const marked = { ...element, name: MOVING };
  const rest = changed(inserted(json, beside, place, marked), (one) => (one.name === name ? null : one)) ?? json;
  return changed(rest, (one) => (one.name === MOVING ? { ...one, name } : one)) ?? json;
}

/** A name that no question may have. */
const MOVING = ' moving';

/** One place earlier or later in the order in which questions are asked. */
export function shifted(json: Json, name: string, by: -1 | 1): Json {
  const names = linesOf(json).map((line) => line.name);
  const other = names[names.indexOf(name) + by];
  return other === undefined ? json : moved(json, name, by === -1 ? 'before' : 'after', other);
}

/** The questionnaire under another title. */
export function titled(json: Json, title: Text): Json {
  return { ...json, title: localized(title) };
}

/** A question that counts for another dimension; its part goes with the dimension that it was part of. */
export function counting(json: Json, name: string, dimension: string, part: string | null): Json {
  return edited(json, name, ({ part: _before, ...one }) => ({ ...one, dimension, ...(part === null ? {} : { part }) }));
}

/** A question for files that takes so many. */
export function taking(json: Json, name: string, files: number): Json {
  return edited(json, name, ({ allowMultiple: _all, maxFiles: _most, ...one }) => ({
    ...one,
    ...(files > 1 ? { allowMultiple: true, maxFiles: files } : {}),
  }));
}

/** A copy of a question below it, under a name of its own. */
export function copied(json: Json, name: string): Json {
  const element = elementOf(json, name);
  if (!element) return json;
  const taken = linesOf(json).map((line) => line.name);
  const stem = name.replace(/-\d+$/, '');
  let count = 2;
  while (taken.includes(`${stem}-${String(count)}`)) count += 1;
  return inserted(json, name, 'after', { ...element, name: `${stem}-${String(count)}` });
}

export function edited(json: Json, name: string, change: (element: Json) => Json): Json {
  return changed(json, (one) => (one.name === name ? change(one) : one)) ?? json;
}

interface Scale {
  min: number;
  max: number;
}

/** Scales that a questionnaire is asked on; those of the bank (templates/questionnaire.ts), and two that are usual. */
export const SCALES: readonly Scale[] = [
  { min: 1, max: 5 },
  { min: 1, max: 7 },
  { min: 1, max: 10 },
  { min: 0, max: 10 },
  { min: 0, max: 100 },
];

/** All scored ratings on another scale; what is asked below its middle goes on being asked below the new middle. */
export function scaled(json: Json, from: Scale, to: Scale): Json {
  const scored = linesOf(json)
    .filter(({ role, type }) => role === 'score' && type === 'rating')
    .map(({ name }) => name);
  const middle = (of: Scale): string => String((of.min + of.max) / 2);
  const rewritten = (condition: string): string =>
    scored.reduce(
      (text, name) => text.replaceAll(`{${name}} < ${middle(from)}`, `{${name}} < ${middle(to)}`),
      condition,
    );
  return (
    changed(json, (one) => {
      const { rateValues: _values, rateCount: _count, ...rest } = one;
      const own = scored.includes(String(one.name)) ? { ...rest, rateMin: to.min, rateMax: to.max } : one;
      return typeof own.visibleIf === 'string' ? { ...own, visibleIf: rewritten(own.visibleIf) } : own;
    }) ?? json
  );
}

const IMPORTANCE: readonly Text[] = [
  { zh: '不重要', en: 'Not important' },
  { zh: '不太重要', en: 'Less important' },
  { zh: '一般', en: 'Fairly important' },
  { zh: '重要', en: 'Important' },
  { zh: '非常重要', en: 'Very important' },
];

/** With the question how important each dimension is, for these dimensions; it proposes the next weights. */
export function askingImportance(json: Json, dimensions: readonly { id: string; title: Text }[]): Json {
  const rows = dimensions.map(({ id, title }) => ({ value: id, text: localized(title), dimension: id }));
  const before = linesOf(json).find(({ role }) => role === 'importance');
  if (before) return edited(json, before.name, (one) => ({ ...one, rows }));
  const element = {
    ...{ type: 'matrix', name: 'importance', role: 'importance', rows },
    title: localized({ zh: '以下各方面对您有多重要？', en: 'How important is each of these to you?' }),
    columns: IMPORTANCE.map((text, index) => ({ value: index + 1, text: localized(text) })),
  };
  const pages = listOf(json.pages).filter(isJson);
  const last = pages.at(-1);
  if (!last) return { ...json, pages: [{ name: 'more', elements: [element] }] };
  return { ...json, pages: [...pages.slice(0, -1), { ...last, elements: [element, ...listOf(last.elements)] }] };
}
