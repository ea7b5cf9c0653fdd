import type { Text } from '../../wire.ts';

/** SurveyJS JSON with our tags, as far as a page for texts and lists edits it. */
export type Json = Record<string, unknown>;

export interface Choice {
  value: string | number | boolean;
  title: Text;
}
export interface QuestionLine {
  name: string;
  type: string;
  role: string;
  dimension: string | null;
  part: string | null;
  title: Text;
  required: boolean;
  /** When it is asked, as SurveyJS writes it; null: always. */
  condition: string | null;
  /** Files that it takes at most; null: it asks for none. */
  files: number | null;
  choices: Choice[];
  rows: { value: string; title: Text; dimension: string | null; part: string | null }[];
}

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const wordOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** One text for all languages, or one by language. */
export function textOf(value: unknown, otherwise: string): Text {
  if (!isJson(value)) {
    const plain = typeof value === 'number' ? String(value) : (wordOf(value) ?? otherwise);
    return { zh: plain, en: plain };
  }
  // What somebody is about to write anew stays empty as long as it is.
  if (value['zh-cn'] === '' || value.en === '') return { zh: String(value['zh-cn'] ?? ''), en: String(value.en ?? '') };
  const zh = wordOf(value['zh-cn']) ?? wordOf(value.default) ?? wordOf(value.en) ?? otherwise;
  return { zh, en: wordOf(value.en) ?? wordOf(value.default) ?? zh };
}

export const localized = ({ zh, en }: Text): Json => ({ 'zh-cn': zh, en });

function choicesOf(element: Json): Choice[] {
  const items = (value: unknown): Choice[] =>
    listOf(value).flatMap((item) => {
      const own = isJson(item) ? item.value : item;
      if (typeof own !== 'string' && typeof own !== 'number' && typeof own !== 'boolean') return [];
      return [{ value: own, title: textOf(isJson(item) ? item.text : null, String(own)) }];
    });
  switch (element.type) {
    case 'rating': {
      if (Array.isArray(element.rateValues)) return items(element.rateValues);
      const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
      const min = number(element.rateMin, 1);
      const step = number(element.rateStep, 1);
      const max = number(element.rateMax, min + (number(element.rateCount, 5) - 1) * step);
      return items(Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, index) => min + index * step));
    }
    case 'matrix':
      return items(element.columns);
    case 'boolean':
      return items([element.valueTrue ?? true, element.valueFalse ?? false]);
    default:
      return items(element.choices);
  }
}

function lineOf(element: Json): QuestionLine {
  const name = String(element.name);
  return {
    name,
    type: String(element.type),
    role: wordOf(element.role) ?? 'choice',
    dimension: wordOf(element.dimension),
    part: wordOf(element.part),
    title: textOf(element.title, name),
    required: element.isRequired === true,
    condition: wordOf(element.visibleIf),
    files: element.type === 'file' ? filesOf(element) : null,
    choices: choicesOf(element),
    rows: listOf(element.rows).map((row) => {
      const item: Json = isJson(row) ? row : { value: row };
      const value = String(item.value);
      return { value, title: textOf(item.text, value), dimension: wordOf(item.dimension), part: wordOf(item.part) };
    }),
  };
}

function filesOf({ allowMultiple, maxFiles }: Json): number {
  return allowMultiple === true ? (typeof maxFiles === 'number' ? maxFiles : 10) : 1;
}

/** Lists of elements below a questionnaire, a page or a panel. */
const BELOW = ['pages', 'elements'] as const;

function elementsOf(node: unknown): Json[] {
  if (!isJson(node)) return [];
  const children = BELOW.flatMap((key) => listOf(node[key]).flatMap(elementsOf));
  return 'role' in node || (wordOf(node.type) !== null && node.type !== 'panel') ? [node, ...children] : children;
}

/** All questions, in the order in which they are asked; panels are walked through. */
export function linesOf(json: unknown): QuestionLine[] {
  return elementsOf(json).map(lineOf);
}

/** Whether every question, row and choice says something in both languages. */
export function isWorded(json: unknown): boolean {
  return linesOf(json)
    .flatMap((line) => [line, ...line.rows, ...line.choices])
    .every(({ title: { zh, en } }) => zh.trim() !== '' && en.trim() !== '');
}

/** The scale of the scored questions; 1–5 where there is none yet. */
export function scaleOf(json: unknown): { min: number; max: number } {
  const values = linesOf(json)
    .filter(({ role }) => role === 'score')[0]
    ?.choices.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  if (!values || values.length === 0) return { min: 1, max: 5 };
  return { min: Math.min(...values), max: Math.max(...values) };
}

/** The tree with each element changed; null takes it away, and a panel that is left empty. */
export function changed(node: Json, change: (element: Json) => Json | null): Json | null {
  const isQuestion = 'role' in node || (wordOf(node.type) !== null && node.type !== 'panel');
  const own = isQuestion ? change(node) : node;
  if (own === null) return null;
  const result = { ...own };
  for (const key of BELOW) {
    if (!Array.isArray(own[key])) continue;
    result[key] = (own[key] as unknown[]).flatMap((child) =>
      isJson(child) ? (changed(child, change) ?? []) : [child],
    );
  }
  return result.type === 'panel' && listOf(result.elements).length === 0 ? null : result;
}

/** The questionnaire with another text for one question. */
export function withTitle(json: Json, name: string, title: Text): Json {
  return changed(json, (one) => (one.name === name ? { ...one, title: localized(title) } : one)) ?? json;
}

/** The questionnaire with a question that must be answered, or need not. */
export function withRequired(json: Json, name: string, isRequired: boolean): Json {
  return (
    changed(json, (one) => {
      if (one.name !== name) return one;
      const { isRequired: _before, ...rest } = one;
      return isRequired ? { ...rest, isRequired } : rest;
    }) ?? json
  );
}

/** A choice, or a row of a matrix. */
export type Item = Choice;
export type ItemList = 'choices' | 'rows';

/** The questionnaire with other choices or rows of one question; what else is said of those that stay, stays. */
export function withItems(json: Json, name: string, list: ItemList, items: Item[]): Json {
  return (
    changed(json, (one) => {
      if (one.name !== name) return one;
      const before = listOf(one[list]).map((item): Json => (isJson(item) ? item : { value: item }));
      return {
        ...one,
        [list]: items.map(({ value, title }) => ({
          ...before.find((item) => item.value === value),
          ...{ value, text: localized(title) },
        })),
      };
    }) ?? json
  );
}

/** Between alternatives of a condition. */
export const ALTERNATIVE = / or /;

/** The questionnaire without a question, and without the conditions that ask for its answer. */
export function without(json: Json, name: string): Json {
  return (
    changed(json, (one) => {
      if (one.name === name) return null;
      const condition = wordOf(one.visibleIf);
      if (condition?.includes(`{${name}}`) !== true) return one;
      const rest = condition.split(ALTERNATIVE).filter((part) => !part.includes(`{${name}}`));
      const { visibleIf: _gone, ...free } = one;
      return rest.length === 0 ? free : { ...free, visibleIf: rest.join(' or ') };
    }) ?? json
  );
}

/** A question for files has the role `text`. */
export type NewRole = 'score' | 'nps' | 'text' | 'choice' | 'file';
export interface NewQuestion {
  role: NewRole;
  dimension: string | null;
  title: Text;
  /** Of a choice. */
  choices: Text[];
  /** Files that a question for files takes, 1 to 10; one by default. */
  files?: number;
}

function freeName(json: Json, stem: string): string {
  const taken = linesOf(json).map(({ name }) => name);
  let count = 1;
  while (taken.includes(count === 1 ? stem : `${stem}-${String(count)}`)) count += 1;
  return count === 1 ? stem : `${stem}-${String(count)}`;
}

function elementOf(json: Json, { role, dimension, title, choices, files = 1 }: NewQuestion): Json {
  const tags = { title: localized(title), role, ...(dimension === null ? {} : { dimension }) };
  switch (role) {
    case 'score': {
      const { min, max } = scaleOf(json);
      const name = freeName(json, `score-${dimension ?? 'own'}`);
      return { type: 'rating', name, ...tags, rateMin: min, rateMax: max };
    }
    case 'nps':
      return { type: 'rating', name: freeName(json, 'nps'), ...tags, rateMin: 0, rateMax: 10 };
    case 'text':
      return { type: 'comment', name: freeName(json, 'text'), ...tags };
    case 'file': {
      const several = files > 1 ? { allowMultiple: true, maxFiles: files } : {};
      return { type: 'file', name: freeName(json, 'files'), ...tags, role: 'text', ...several };
    }
    case 'choice':
      return {
        ...{ type: 'radiogroup', name: freeName(json, 'choice'), ...tags },
        choices: choices.map((text, index) => ({ value: `choice-${String(index + 1)}`, text: localized(text) })),
      };
  }
}

/** The questionnaire with one question more: scores behind the others of the first page, the rest at the end. */
export function withQuestion(json: Json, question: NewQuestion): Json {
  const pages = listOf(json.pages).filter(isJson);
  const element = elementOf(json, question);
  const at = question.role === 'score' ? 0 : pages.length - 1;
  if (pages.length === 0) return { ...json, pages: [{ name: 'ratings', elements: [element] }] };
  return {
    ...json,
    pages: pages.map((page, index) =>
      index === at ? { ...page, elements: [...listOf(page.elements), element] } : page,
    ),
  };
}

/** Heading of a table of answers, as CSV that spreadsheets open: what stands before the questions, then their titles. */
export function tableHeader(
  questionnaire: unknown,
  { language, before }: { language: string; before: readonly string[] },
): string {
  const said = (text: Text): string => (language === 'en' ? text.en : text.zh).trim();
  const colon = language === 'en' ? ': ' : '：';
  const titles = linesOf(questionnaire)
    .filter(({ type }) => type !== 'file')
    .flatMap(({ name, title, rows }) =>
      rows.length === 0
        ? [{ name, title: said(title) }]
        : rows.map((row) => ({ name: `${name}.${row.value}`, title: said(title) + colon + said(row.title) })),
    );
  // Two that are called the same are told apart by their names.
  const columns = titles.map(({ name, title }) =>
    titles.filter((other) => other.title === title).length > 1 ? name : title,
  );
  return `\uFEFF${[...before, ...columns].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
