import { Model, Serializer } from 'survey-core';
import 'survey-core/i18n/simplified-chinese';
import { beforeAll, expect, test } from 'vitest';
import type { CompiledSurvey } from '../../domain/survey/compiled.ts';
import { OVERALL } from '../../domain/survey/figures.ts';
import type { Question } from '../../domain/survey/question.ts';
import { checkAnswers, questionnaireFacts, readQuestions, scoresOf } from '../../domain/survey/questionnaire.ts';
import { findTemplate, newestTemplates } from '../../templates/library.ts';
import { type DraftOptions, draftQuestionnaire } from '../../templates/questionnaire.ts';
import type { Template } from '../../templates/schema.ts';
import { type SurveyRule, dimensionsOf, surveyTitles } from '../../templates/survey-dimensions.ts';
import { TermReader } from '../../templates/term-reader.ts';
import { resolveTerms } from '../../templates/terms.ts';

beforeAll(() => {
  for (const name of ['question', 'itemvalue'])
    for (const tag of ['dimension', 'part']) Serializer.addProperty(name, tag);
  Serializer.addProperty('question', 'role');
});

function templateOf(id: string): Template {
  const found = findTemplate(id);
  if ('problem' in found) throw new Error(found.problem.message.en);
  return found.template;
}

function demandedBy(template: Template): CompiledSurvey['dimensions'] {
  const rule = template.rules.find((one): one is SurveyRule => one.kind === 'survey');
  const { terms } = resolveTerms(template, {});
  const dimensions = rule ? dimensionsOf(template, rule, new TermReader({ terms, open: [] })) : [];
  return dimensions.map(({ parts, ...rest }) => ({ ...rest, parts: parts.map(({ id }) => id) }));
}

function draftFor(template: Template, options?: DraftOptions) {
  return draftQuestionnaire({ dimensions: demandedBy(template), importance: null }, surveyTitles(template), options);
}

function questionsOf(json: unknown): Question[] {
  const read = readQuestions(json);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.questions;
}

const EVERYTHING = { nps: true, importance: true };

test.each(
  newestTemplates()
    .filter((template) => template.rules.some(({ kind }) => kind === 'survey'))
    .map(({ id }) => id),
)('%s: the draft covers every dimension and part, and survey-core shows it in both languages', (id) => {
  const template = templateOf(id);
  const { json } = draftFor(template, EVERYTHING);
  const facts = questionnaireFacts(json, 'f'.repeat(64), {});
  for (const dimension of demandedBy(template)) {
    expect(facts.dimensions[dimension.id], dimension.id).toBeGreaterThan(0);
    for (const part of dimension.parts) expect(facts.parts[part], part).toBeGreaterThan(0);
  }
  for (const [locale, key] of [
    ['zh-cn', 'zh'],
    ['en', 'en'],
  ] as const) {
    const model = new Model(json);
    model.locale = locale;
    expect((model.jsonErrors ?? []).map(({ message }) => message)).toEqual([]);
    for (const { name, title } of questionsOf(json))
      expect(model.getQuestionByName(name).locTitle.textOrHtml).toBe(title[key]);
  }
});

test('S004-08…11: nine parts of three dimensions, and overall satisfaction asked by itself', () => {
  const { json, warnings } = draftFor(templateOf('satisfaction-evaluation'), { maxQuestions: 20 });
  const facts = questionnaireFacts(json, '', {});
  expect(facts.dimensions).toEqual({
    [OVERALL]: 1,
    'service-quality': 3,
    'product-quality': 3,
    'customer-experience': 3,
  });
  expect(Object.values(facts.parts)).toEqual(Array.from({ length: 9 }, () => 1));
  expect(facts).toMatchObject({ questions: 12, scale: { min: 1, max: 5 }, asksImportance: false });
  expect(warnings).toEqual([]);
  const overall = questionsOf(json).find(({ dimension, role }) => dimension === OVERALL && role === 'score');
  expect(overall?.title).toEqual({
    zh: '总体而言，您对我们的满意程度如何？',
    en: 'All in all, how satisfied are you with us?',
  });
});

test('S004-15: more questions than advised are a warning, not a refusal', () => {
  const { warnings } = draftFor(templateOf('satisfaction-evaluation'), { maxQuestions: 11 });
  expect(warnings).toMatchObject([{ code: 'many-questions', path: 'pages' }]);
  expect(warnings[0]?.message.en).toBe('the questionnaire asks 12 questions; no more than 11 are advised');
});

test('S000-25: dimensions without parts get the questions of the bank, or one on the whole of it', () => {
  const { json } = draftFor(templateOf('satisfaction-improvement'));
  const asked = questionsOf(json).filter(({ role }) => role === 'score');
  expect(asked.map(({ name, dimension }) => `${dimension}: ${name}`)).toEqual([
    'overall-satisfaction: overall-score',
    'product-quality: product-performance',
    'product-quality: product-expectation',
    'service-efficiency: score-service-efficiency',
    'service-attitude: score-service-attitude',
    'communication: communication-reach',
    'communication: communication-answer',
  ]);
});

test('S001b-05: importance is asked by dimension, not of the question on the whole', () => {
  const { json } = draftQuestionnaire(
    {
      dimensions: ['quality', OVERALL].map((id) => ({ id, parts: [], clauses: [] })),
      importance: { clauses: ['S001b-05'] },
    },
    { dimensions: {}, parts: {} },
  );
  const importance = questionsOf(json).find(({ role }) => role === 'importance');
  expect(importance?.rows.map(({ dimension }) => dimension)).toEqual(['quality']);
  expect(questionnaireFacts(json, '', {}).asksImportance).toBe(true);
});

test('S003-Q-02: a score below the middle is followed by the question why; what survey-core collects is accepted', () => {
  const { json } = draftFor(templateOf('satisfaction-evaluation'), EVERYTHING);
  const questions = questionsOf(json);
  const model = new Model(json);
  const reason = model.getQuestionByName('overall-reason');
  expect(reason.isVisible).toBe(false);
  model.setValue('overall-score', 3);
  expect(reason.isVisible).toBe(false);
  model.setValue('score-response-speed', 2);
  expect(reason.isVisible).toBe(true);
  model.setValue('overall-reason', '回复太慢');
  model.setValue('nps', 0);
  model.setValue('importance', { 'service-quality': 5 });
  const answers = model.data as Record<string, unknown>;
  expect(checkAnswers(questions, answers)).toEqual([]);
  expect(scoresOf(questions, answers)).toEqual({
    dimensions: { [OVERALL]: [3], 'service-quality': [2] },
    parts: { 'response-speed': [2] },
    nps: 0,
    importance: { 'service-quality': [5] },
  });
});

test('another scale is the scale of every scored question, and low is below its middle', () => {
  const { json } = draftFor(templateOf('satisfaction-evaluation'), { scale: { min: 0, max: 10 }, overall: false });
  expect(questionnaireFacts(json, '', {}).scale).toEqual({ min: 0, max: 10 });
  expect(JSON.stringify(json)).toContain('{score-response-speed} < 5 or');
});
