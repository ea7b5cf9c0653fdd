import { ALTERNATIVE, type Json } from '../surveys/questionnaire.ts';
import { edited } from './editing.ts';

/** Ways to compare that the designer offers; what SurveyJS can beyond them is kept as it is written. */
export const COMPARISONS = ['<', '<=', '=', '<>', '>=', '>'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Asked when one of these questions was answered so. */
export interface Condition {
  questions: string[];
  comparison: Comparison;
  value: string | number;
}

const PART = /^\{([^{}]+)\} (<=|>=|<>|<|=|>) (?:'([^']*)'|(-?\d+(?:\.\d+)?))$/;

/** A condition in parts; null: it says more than the designer can show. */
export function readCondition(text: string): Condition | null {
  const parts = text.split(ALTERNATIVE).map((part) => PART.exec(part.trim()));
  const [first] = parts;
  if (!first) return null;
  const read = parts.flatMap((one): Condition[] => {
    if (!one) return [];
    const [, question = '', comparison = '=', word, number] = one;
    const value = word ?? Number(number);
    return [{ questions: [question], comparison: comparison as Comparison, value }];
  });
  const [same] = read;
  const isOne = same && read.every((one) => one.comparison === same.comparison && one.value === same.value);
  if (!isOne || read.length < parts.length) return null;
  return { ...same, questions: read.flatMap(({ questions }) => questions) };
}

export function writeCondition({ questions, comparison, value }: Condition): string {
  const said = typeof value === 'number' ? String(value) : `'${value.replaceAll("'", '’')}'`;
  return questions.map((name) => `{${name}} ${comparison} ${said}`).join(' or ');
}

/** The questionnaire with a question that is asked under this condition; null: always. */
export function conditioned(json: Json, name: string, condition: Condition | null): Json {
  return edited(json, name, ({ visibleIf: _before, ...one }) =>
    condition === null || condition.questions.length === 0 ? one : { ...one, visibleIf: writeCondition(condition) },
  );
}

/** Names of the questions that a condition looks at. */
export function lookedAt(text: string): string[] {
  return [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}
