import { expect, test } from 'vitest';
import { enteredAnswer } from '../../cli/entered-answers.ts';
import { designedQuestionnaire } from '../../cli/made-questionnaire.ts';
import type { CompiledSurvey } from '../../domain/survey/compiled.ts';
import { readQuestions } from '../../domain/survey/questionnaire.ts';

const titles = { dimensions: {}, parts: {} };

/** What a survey asks for, as far as a questionnaire is made of it. */
function asking(dimensions: CompiledSurvey['dimensions']): CompiledSurvey {
  return { dimensions, importance: null } as unknown as CompiledSurvey;
}

function questionsOf(survey: CompiledSurvey) {
  const designed = designedQuestionnaire(survey, titles, undefined, {}, { min: 1, max: 5 });
  if ('problem' in designed) throw new Error(designed.problem);
  const read = readQuestions(designed.json);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return { questions: read.questions, facts: designed.facts };
}

test('S003-S-16: where the text names no dimension, a made questionnaire asks for the satisfaction as a whole', () => {
  const { questions, facts } = questionsOf(asking([]));
  expect(Object.keys(facts.dimensions)).toEqual(['overall-satisfaction']);
  for (const name of ['满意度', '整体满意度', 'Overall']) {
    const { answers, problems } = enteredAnswer(
      { path: 'script[0].answers', values: { [name]: 4, nps: 9 } },
      questions,
      {},
    );
    expect(problems).toEqual([]);
    expect(answers).toEqual({ 'overall-score': 4, nps: 9 });
  }
});

test('S000-25: where the text names dimensions, the whole is not asked beside them, and an answer to it is unknown', () => {
  const { questions, facts } = questionsOf(asking([{ id: 'product-quality', parts: [], clauses: ['S000-25'] }]));
  expect(Object.keys(facts.dimensions)).toEqual(['product-quality']);
  const { problems } = enteredAnswer({ path: 'script[0].answers', values: { 整体满意度: 4 } }, questions, {});
  expect(problems.map(({ path, code }) => ({ path, code }))).toEqual([
    { path: 'script[0].answers.整体满意度', code: 'unknown-question' },
  ]);
});

test('an answer that a script gives attaches no file: the question is left out, and refused where it is not', () => {
  const rating = { type: 'rating', name: 'service', role: 'score', dimension: 'service', rateMin: 1, rateMax: 5 };
  const photo = { type: 'file', name: 'photo', isRequired: true };
  const read = readQuestions({ pages: [{ elements: [rating, photo] }] });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const entered = (values: Record<string, unknown>) =>
    enteredAnswer({ path: 'script[0].answers', values }, read.questions, {}).problems.map(({ path, code }) => [
      path,
      code,
    ]);
  expect(entered({ service: 4 })).toEqual([]);
  expect(entered({ service: 4, photo: [{ id: 'a' }] })).toEqual([['script[0].answers.photo', 'file-elsewhere']]);
  expect(entered({ service: 4, photo: 'receipt.pdf' })).toEqual([['script[0].answers.photo', 'file-elsewhere']]);
});
