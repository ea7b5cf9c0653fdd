import type { Text } from '../../wire.ts';
import { OVERALL, isWhole } from '../surveys/numbers.ts';
import { type QuestionLine, linesOf } from '../surveys/questionnaire.ts';
import type { Survey, Weights } from '../surveys/survey.ts';
import { lookedAt } from './condition.ts';

/** One thing that is missing or odd: `error` keeps it from being handed in, `hint` does not. */
export interface Check {
  level: 'error' | 'hint';
  /** Word of the group `designCheck`. */
  word: string;
  /** The question that it is about; null: the questionnaire as a whole. */
  question: string | null;
  /** What the word is filled with: titles of dimensions and parts, numbers. */
  about: Text | null;
}

type Provides = Pick<Survey['provides'], 'dimensions' | 'asksImportance'>;

/** What a designer is told before others are asked to approve it. The server decides; it says the same, and more. */
export function checksOf(
  json: unknown,
  { provides, weights }: { provides: Provides; weights: { given: Weights; weighed: { id: string }[] } | null },
): Check[] {
  const lines = linesOf(json);
  return [
    ...demanded(lines, provides),
    ...lines.flatMap((line) => worded(line)),
    ...lines.flatMap((line, index) => shaped(line, lines.slice(0, index))),
    ...(weights !== null && !isWhole(weights.given, weights.weighed) ? [check('error', 'weights')] : []),
    ...importance(lines, provides),
    ...(lines.filter(({ role }) => role === 'nps').length > 1 ? [check('error', 'secondNps')] : []),
  ];
}

function check(level: Check['level'], word: string, question: string | null = null, about: Text | null = null): Check {
  return { level, word, question, about };
}

const CHOOSING = ['radiogroup', 'checkbox', 'dropdown', 'ranking'];

/** A question, or a row of a matrix, that scores. */
function scoredItems(lines: readonly QuestionLine[]): { dimension: string | null; part: string | null }[] {
  return lines
    .filter(({ role }) => role === 'score')
    .flatMap((line) =>
      line.rows.length === 0
        ? [line]
        : line.rows.map((row) => ({ dimension: row.dimension ?? line.dimension, part: row.part ?? line.part })),
    );
}

function demanded(lines: readonly QuestionLine[], { dimensions }: Provides): Check[] {
  const items = scoredItems(lines);
  if (items.length === 0) return [check('error', 'nothingScored')];
  return dimensions.flatMap(({ id, title, parts }) =>
    items.some((item) => item.dimension === id)
      ? parts
          .filter((part) => !items.some((item) => item.part === part.id))
          .map((part) => check('error', 'partMissing', null, part.title))
      : [check('error', 'dimensionMissing', null, title)],
  );
}

/** Nothing in one language, or the very same words in both. */
function worded({ name, title, rows, choices }: QuestionLine): Check[] {
  const texts = [title, ...rows.map((row) => row.title), ...choices.map((choice) => choice.title)];
  const empty = (language: 'zh' | 'en'): boolean => texts.some((text) => text[language].trim() === '');
  if (empty('zh') || empty('en')) {
    return [check('error', empty('zh') && empty('en') ? 'wordless' : empty('zh') ? 'noZh' : 'noEn', name)];
  }
  const same = texts.filter(({ zh, en }) => zh.trim() === en.trim()).map(({ zh }) => zh);
  if (same.some((text) => /\p{Script=Han}/u.test(text))) return [check('hint', 'sameEn', name)];
  return same.some((text) => /\p{Script=Latin}{3}/u.test(text)) ? [check('hint', 'sameZh', name)] : [];
}

function shaped(
  { name, type, role, dimension, rows, choices, condition }: QuestionLine,
  before: QuestionLine[],
): Check[] {
  const asked = condition === null ? [] : lookedAt(condition);
  const known = before.map((line) => line.name);
  return [
    ...(CHOOSING.includes(type) && choices.length < 2 ? [check('error', 'fewChoices', name)] : []),
    ...(role === 'score' && rows.length === 0 && dimension === null ? [check('error', 'noDimension', name)] : []),
    ...(asked.some((one) => !known.includes(one.split('.')[0] ?? one)) ? [check('error', 'conditionAhead', name)] : []),
  ];
}

/** S001b-05: it proposes the next cycle's weights, and cannot as long as a dimension is left out. */
function importance(lines: readonly QuestionLine[], { asksImportance, dimensions }: Provides): Check[] {
  const asked = lines.find(({ role }) => role === 'importance');
  if (!asked) return asksImportance ? [check('error', 'noImportance')] : [];
  const rated = asked.rows.map((row) => row.dimension);
  const missing = dimensions.filter(({ id }) => id !== OVERALL && !rated.includes(id));
  return missing.map(({ title }) => check('hint', 'importanceMissing', asked.name, title));
}
