import type { Problem } from '../domain/problem.ts';
import { OVERALL } from '../domain/survey/figures.ts';
import { type Question, withoutFiles } from '../domain/survey/question.ts';
import { type Answers, checkAnswers } from '../domain/survey/questionnaire.ts';
import type { Text } from '../domain/time.ts';
import type { GivenAnswer } from './answers.ts';
import { isCalled } from './survey-finding.ts';

/** What may be said of a whole answer instead of its questions. */
const NPS = ['nps', '净推荐值'];
const WHOLE = ['overall', 'overall satisfaction', 'satisfaction', '满意度', '整体满意度', '总体满意度'];
const OPTIONS_BETWEEN = /[;,|、；，]/;

/**
 * An answer as its questionnaire asks for it, and what is wrong with it, each with its place. What is said of a dimension
 * or a part, by id or title, is said of all its scored questions that are not answered themselves; questions may be left
 * out.
 *
 * @param titles of dimensions, by id
 */
export function enteredAnswer(
  { path, values }: GivenAnswer,
  questions: readonly Question[],
  titles: Record<string, Text>,
): { answers: Answers; problems: Problem[] } {
  const answers: Record<string, unknown> = {};
  const spread: Record<string, unknown> = {};
  const unknown: Problem[] = [];
  for (const [name, value] of Object.entries(values)) {
    const question = questionCalled(name, questions);
    if (question) {
      answers[question.name] = valueOf(question, value);
      continue;
    }
    const comment = questions.some((one) => one.comment && `${one.name}-Comment` === name);
    if (comment) {
      answers[name] = value;
      continue;
    }
    const scored = scoredUnder(name, questions, titles);
    if (scored.length === 0) unknown.push(unknownQuestion(path, name, questions));
    for (const { question: of, row } of scored) put(spread, of, row, valueOf(of, value));
  }
  const all = withSpread(spread, answers);
  const wrong = checkAnswers(withoutFiles(questions), all).filter(({ code }) => code !== 'missing-answer');
  return {
    answers: all,
    problems: [...unknown, ...wrong.map((one) => ({ ...one, path: one.path === '' ? path : `${path}.${one.path}` }))],
  };
}

function withSpread(spread: Record<string, unknown>, said: Record<string, unknown>): Answers {
  const all: Record<string, unknown> = { ...spread };
  for (const [name, value] of Object.entries(said)) {
    const beside = all[name];
    all[name] = isMap(beside) && isMap(value) ? { ...beside, ...value } : value;
  }
  return all;
}

function put(answers: Record<string, unknown>, { name }: Question, row: string | null, value: unknown): void {
  if (row === null) answers[name] = value;
  else answers[name] = { ...(isMap(answers[name]) ? answers[name] : {}), [row]: value };
}

/** By its name, by its title, or, of the net promoter score and the satisfaction as a whole, by what it is. */
function questionCalled(name: string, questions: readonly Question[]): Question | undefined {
  const plain = name.trim().toLowerCase();
  return (
    questions.find((question) => question.name === name) ??
    questions.find(({ title }) => [title.zh, title.en].some((text) => text.trim().toLowerCase() === plain)) ??
    (NPS.includes(plain) ? questions.find(({ role }) => role === 'nps') : undefined) ??
    (WHOLE.includes(plain) ? questions.find(({ dimension }) => dimension === OVERALL) : undefined)
  );
}

interface Scored {
  question: Question;
  row: string | null;
  dimension: string | null;
  part: string | null;
}

/** Scored questions, or rows of them, of a dimension or a part. */
function scoredUnder(name: string, questions: readonly Question[], titles: Record<string, Text>): Scored[] {
  const asked = questions
    .filter(({ role }) => role === 'score')
    .flatMap((question): Scored[] => {
      const { rows, dimension, part } = question;
      if (rows.length === 0) return [{ question, row: null, dimension, part }];
      return rows.map((row) => ({ question, row: row.value, dimension: row.dimension, part: row.part }));
    });
  const ofDimension = asked.filter(({ dimension }) => isCalled(dimension, name, titles));
  return ofDimension.length > 0 ? ofDimension : asked.filter(({ part }) => isCalled(part, name, titles));
}

/** A value as the question has it: a number that was written as text, a choice by its title, several in one cell. */
function valueOf(question: Question, value: unknown): unknown {
  if (question.type === 'matrix' && isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([row, item]) => [row, choiceOf(question, item)]));
  }
  if (question.type === 'checkbox' || question.type === 'ranking') {
    const list: unknown[] = Array.isArray(value) ? value : String(value).split(OPTIONS_BETWEEN);
    return list.map((item) => choiceOf(question, typeof item === 'string' ? item.trim() : item));
  }
  return choiceOf(question, value);
}

function choiceOf({ choices }: Question, value: unknown): unknown {
  if (choices.length === 0 || choices.some((choice) => choice.value === value)) return value;
  const said = String(value).trim().toLowerCase();
  const meant = choices.find(
    ({ value: one, title }) =>
      String(one).toLowerCase() === said || [title.zh, title.en].some((text) => text.trim().toLowerCase() === said),
  );
  if (meant) return meant.value;
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownQuestion(path: string, name: string, questions: readonly Question[]): Problem {
  const names = questions.map((question) => question.name).slice(0, 12);
  const dimensions = [
    ...new Set(questions.flatMap(({ dimension, rows }) => [dimension, ...rows.map((row) => row.dimension)])),
  ];
  const known = [...names, ...dimensions.filter((one) => one !== null)];
  return {
    path: `${path}.${name}`,
    code: 'unknown-question',
    message: { zh: `问卷中没有“${name}”`, en: `the questionnaire does not ask "${name}"` },
    cure: { zh: `可用的题目和维度：${known.join('、')}`, en: `it asks ${known.join(', ')}` },
  };
}
