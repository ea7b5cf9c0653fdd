import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Question } from '../../domain/survey/question.ts';
import {
  checkAnswers,
  filesIn,
  questionnaireFacts,
  readQuestions,
  scoresOf,
} from '../../domain/survey/questionnaire.ts';
import { takesKind, withoutFiles } from '../../domain/survey/question.ts';

type Element = Record<string, unknown>;

const RATING = { type: 'rating', name: 'q', dimension: 'service' };

function questionnaire(...elements: unknown[]): { pages: unknown[] } {
  return { pages: [{ name: 'page', elements }] };
}

function questionsOf(json: unknown): Question[] {
  const read = readQuestions(json);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.questions;
}

/** `path: code` of each problem. */
function problemsOf(json: unknown): string[] {
  const read = readQuestions(json);
  return 'problems' in read ? read.problems.map(({ path, code }) => `${path}: ${code}`) : [];
}

function nested(depth: number): Element {
  return depth === 0 ? RATING : { type: 'panel', elements: [nested(depth - 1)] };
}

test.each<[string, unknown, string[]]>([
  ['nothing', null, [': not-an-object']],
  ['a list', [], [': not-an-object']],
  ['no pages', {}, ['pages: no-pages']],
  ['an empty list of pages', { pages: [] }, ['pages: no-pages']],
  [
    'pages that are none',
    { pages: [1, { elements: {} }] },
    ['pages[0]: not-an-object', 'pages[1].elements: not-a-list'],
  ],
  ['an element that is none', questionnaire(RATING, 'x'), ['pages[0].elements[1]: not-an-object']],
  ['no question at all', questionnaire(), [': nothing-scored']],
  ['a text alone', questionnaire({ type: 'text', name: 't' }), [': nothing-scored']],
  ['a question without name', questionnaire({ ...RATING, name: '' }), ['pages[0].elements[0].name: missing-name']],
  ['a name of the language', questionnaire({ ...RATING, name: '__proto__' }), ['pages[0].elements[0].name: bad-name']],
  [
    'a name kept for comments',
    questionnaire({ ...RATING, name: 'a-Comment' }),
    ['pages[0].elements[0].name: bad-name'],
  ],
  ['double names', questionnaire(RATING, RATING), ['pages[0].elements[1].name: double-name']],
  ['a type that is not known', questionnaire({ type: 'html', name: 'h' }), ['pages[0].elements[0].type: unknown-type']],
  ['a role that is not known', questionnaire({ ...RATING, role: 'x' }), ['pages[0].elements[0].role: unknown-role']],
  [
    'a role of other types',
    questionnaire({ type: 'text', name: 't', role: 'score' }),
    ['pages[0].elements[0].role: unknown-role'],
  ],
  [
    'a score without dimension',
    questionnaire({ type: 'rating', name: 'q' }),
    ['pages[0].elements[0].dimension: missing-dimension'],
  ],
  [
    'a dimension that is no id',
    questionnaire({ ...RATING, dimension: '服务' }),
    ['pages[0].elements[0].dimension: bad-id'],
  ],
  [
    'a part of nothing',
    questionnaire({ type: 'rating', name: 'q', role: 'choice', part: 'speed' }, RATING),
    ['pages[0].elements[0].part: part-without-dimension'],
  ],
  [
    'a part of two dimensions',
    questionnaire({ ...RATING, part: 'speed' }, { ...RATING, name: 'r', dimension: 'other', part: 'speed' }),
    [': part-of-two'],
  ],
  [
    'different scales',
    questionnaire(RATING, { ...RATING, name: 'r', rateMax: 7 }),
    ['pages[0].elements[1]: different-scales'],
  ],
  ['a scale upside down', questionnaire({ ...RATING, rateMin: 5, rateMax: 1 }), ['pages[0].elements[0]: bad-choices']],
  ['a scale of two', questionnaire({ ...RATING, rateMax: 2 }), ['pages[0].elements[0]: no-scale']],
  ['a scale with gaps', questionnaire({ ...RATING, rateValues: [1, 3, 5] }), ['pages[0].elements[0]: no-scale']],
  [
    'a scored choice of words',
    questionnaire({ type: 'radiogroup', name: 'r', role: 'score', dimension: 'd', choices: ['good', 'bad', 'ugly'] }),
    ['pages[0].elements[0]: no-scale'],
  ],
  ['choices that are missing', questionnaire({ type: 'dropdown', name: 'd' }), ['pages[0].elements[0]: bad-choices']],
  [
    'choices that are double',
    questionnaire({ type: 'checkbox', name: 'd', choices: ['a', { value: 'a' }] }),
    ['pages[0].elements[0]: bad-choices'],
  ],
  [
    'a matrix without rows',
    questionnaire({ type: 'matrix', name: 'm', columns: [1, 2, 3] }),
    ['pages[0].elements[0].rows: missing-rows'],
  ],
  [
    'a matrix whose rows are double',
    questionnaire({ type: 'matrix', name: 'm', dimension: 'd', columns: [1, 2, 3], rows: ['a', 'a'] }),
    ['pages[0].elements[0].rows[1]: bad-row'],
  ],
  [
    'a row without dimension',
    questionnaire({ type: 'matrix', name: 'm', columns: [1, 2, 3], rows: ['a', { value: 'b', dimension: 'd' }] }),
    ['pages[0].elements[0].rows[0].dimension: missing-dimension'],
  ],
  [
    'NPS on another scale',
    questionnaire(RATING, { type: 'rating', name: 'n', role: 'nps' }),
    ['pages[0].elements[1]: nps-scale'],
  ],
  [
    'NPS twice',
    questionnaire(
      RATING,
      ...['n', 'm'].map((name) => ({ type: 'rating', name, role: 'nps', rateMin: 0, rateMax: 10 })),
    ),
    ['pages[0].elements[2]: second-nps'],
  ],
  [
    'panels six deep',
    questionnaire(nested(6)),
    ['pages[0].elements[0].elements[0].elements[0].elements[0].elements[0].elements[0]: too-deep'],
  ],
  [
    'choices from elsewhere',
    questionnaire({ ...RATING, choicesByUrl: { url: 'https://example.org' } }),
    ['pages[0].elements[0].choicesByUrl: leads-elsewhere'],
  ],
  [
    'an end elsewhere',
    { ...questionnaire(RATING), navigateToUrl: 'https://example.org' },
    ['navigateToUrl: leads-elsewhere'],
  ],
  [
    'too many',
    questionnaire(...Array.from({ length: 201 }, (_, index) => ({ ...RATING, name: `q${index}` }))),
    ['pages: too-many-questions'],
  ],
])('a broken questionnaire, %s: %#', (_, json, problems) => {
  expect(problemsOf(json)).toEqual(problems);
});

test('everything that is wrong is said at once, in both languages, with a cure', () => {
  const read = readQuestions(questionnaire({ type: 'rating' }, { type: 'x', name: 'y' }, { ...RATING, dimension: 1 }));
  const problems = 'problems' in read ? read.problems : [];
  expect(problems.map(({ code }) => code)).toEqual(['missing-name', 'unknown-type', 'bad-id']);
  for (const { message, cure } of problems)
    for (const text of [message.zh, message.en, cure.zh, cure.en]) expect(text.length).toBeGreaterThan(3);
});

test('property: no JSON makes it throw, nor an answer of any shape', () => {
  const key = fc.constantFrom(
    'pages',
    'elements',
    'type',
    'name',
    'rows',
    'columns',
    'choices',
    'rateMax',
    'role',
    'dimension',
    'title',
  );
  const word = fc.constantFrom(
    'panel',
    'rating',
    'matrix',
    'checkbox',
    'file',
    'a',
    'score',
    'nps',
    '__proto__',
    'constructor',
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 6 },
      word,
      fc.jsonValue(),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(key, tie('json'), { maxKeys: 6 }),
    ),
  }));
  const questions = questionsOf(WHOLE);
  fc.assert(
    fc.property(json, (value) => {
      expect(() => readQuestions(value)).not.toThrow();
      expect(() => readQuestions({ pages: [{ elements: value }] })).not.toThrow();
      expect(() => checkAnswers(questions, value)).not.toThrow();
      expect(() =>
        checkAnswers(questions, Object.fromEntries(questions.map(({ name }) => [name, value]))),
      ).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

const WHOLE = {
  title: { 'zh-cn': '客户满意度调查', en: 'Customer satisfaction survey' },
  pages: [
    {
      name: 'first',
      elements: [
        {
          type: 'rating',
          name: 'overall',
          dimension: 'overall-satisfaction',
          isRequired: true,
          title: { 'zh-cn': '总体', en: 'Overall' },
        },
        {
          type: 'panel',
          name: 'service',
          elements: [
            { type: 'rating', name: 'speed', dimension: 'service', part: 'response-speed', rateMin: 1, rateMax: 5 },
            {
              type: 'radiogroup',
              name: 'skill',
              role: 'score',
              dimension: 'service',
              part: 'skill',
              choices: [1, 2, 3, 4, { value: 5, text: 'best' }],
            },
          ],
        },
        {
          type: 'matrix',
          name: 'product',
          dimension: 'product',
          columns: [1, 2, 3, 4, 5],
          rows: [
            { value: 'use', part: 'use' },
            { value: 'price', text: { en: 'Price' }, dimension: 'price' },
          ],
        },
        { type: 'rating', name: 'nps', role: 'nps', rateMin: 0, rateMax: 10 },
        {
          type: 'matrix',
          name: 'importance',
          role: 'importance',
          columns: [0, 1, 2, 3],
          rows: [
            { value: 'service', dimension: 'service' },
            { value: 'product', dimension: 'product' },
          ],
        },
      ],
    },
    {
      elements: [
        { type: 'checkbox', name: 'channels', choices: ['phone', 'app'], showOtherItem: true },
        { type: 'dropdown', name: 'city', choices: ['上海', '北京'] },
        { type: 'boolean', name: 'stay' },
        { type: 'ranking', name: 'order', choices: ['a', 'b', 'c'] },
        { type: 'comment', name: 'reason', role: 'reason', isRequired: true, visibleIf: '{overall} < 3' },
        { type: 'file', name: 'photo' },
      ],
    },
  ],
};

test('a questionnaire of every kind is read with places, titles in both languages, scales, and what is required', () => {
  const questions = questionsOf(WHOLE);
  expect(questions.map(({ name, role, path }) => [name, role, path])).toEqual([
    ['overall', 'score', 'pages[0].elements[0]'],
    ['speed', 'score', 'pages[0].elements[1].elements[0]'],
    ['skill', 'score', 'pages[0].elements[1].elements[1]'],
    ['product', 'score', 'pages[0].elements[2]'],
    ['nps', 'nps', 'pages[0].elements[3]'],
    ['importance', 'importance', 'pages[0].elements[4]'],
    ['channels', 'choice', 'pages[1].elements[0]'],
    ['city', 'choice', 'pages[1].elements[1]'],
    ['stay', 'choice', 'pages[1].elements[2]'],
    ['order', 'choice', 'pages[1].elements[3]'],
    ['reason', 'reason', 'pages[1].elements[4]'],
    ['photo', 'text', 'pages[1].elements[5]'],
  ]);
  expect(questions[0]?.title).toEqual({ zh: '总体', en: 'Overall' });
  expect(questions[3]?.rows).toEqual([
    { value: 'use', title: { zh: 'use', en: 'use' }, dimension: 'product', part: 'use' },
    { value: 'price', title: { zh: 'Price', en: 'Price' }, dimension: 'price', part: null },
  ]);
  expect(questions.filter(({ required }) => required).map(({ name }) => name)).toEqual(['overall']);
  expect(questions[5]?.scale).toEqual({ min: 0, max: 3 });
});

test('what the process knows of it: a matrix asks one question a row', () => {
  expect(questionnaireFacts(WHOLE, 'a'.repeat(64), { service: '1' })).toEqual({
    sha256: 'a'.repeat(64),
    questions: 14,
    dimensions: { 'overall-satisfaction': 1, service: 2, product: 1, price: 1 },
    parts: { 'response-speed': 1, skill: 1, use: 1 },
    scale: { min: 1, max: 5 },
    asksImportance: true,
    weights: { service: '1' },
  });
  expect(() => questionnaireFacts({}, '', {})).toThrow(RangeError);
});

const GOOD = {
  overall: 4,
  speed: 5,
  skill: 3,
  product: { use: 2, price: 1 },
  nps: 10,
  importance: { service: 3 },
  channels: ['phone', 'other'],
  'channels-Comment': '微信',
  city: '上海',
  stay: false,
  order: ['b', 'a', 'c'],
  reason: '',
  photo: [{ id: 'a', name: 'a.png' }],
};

test.each<[string, unknown, string[]]>([
  ['a full answer', GOOD, []],
  ['only what is required', { overall: 1 }, []],
  ['nothing', {}, ['overall: missing-answer']],
  ['no answers', 'x', [': not-an-object']],
  ['an unknown question', { overall: 1, other: 1 }, ['other: unknown-question']],
  ['an unknown question without a word', { overall: 1, other: '' }, ['other: unknown-question']],
  ['a name of the language', JSON.parse('{"overall":1,"__proto__":{"a":1}}'), ['__proto__: unknown-question']],
  ['an unknown row', { overall: 1, product: { colour: 3 } }, ['product.colour: unknown-question']],
  ['a score above the scale', { overall: 6 }, ['overall: out-of-scale']],
  ['a score below the scale', { overall: 0 }, ['overall: out-of-scale']],
  ['half a point', { overall: 3.5 }, ['overall: out-of-scale']],
  ['a score as a text', { overall: '4' }, ['overall: wrong-type']],
  ['a row out of scale', { overall: 4, product: { use: 9 } }, ['product.use: out-of-scale']],
  ['a matrix without rows', { overall: 4, product: 3 }, ['product: wrong-type']],
  ['NPS out of scale', { overall: 4, nps: 11 }, ['nps: out-of-scale']],
  ['a choice that does not exist', { overall: 4, city: '广州' }, ['city: unknown-choice']],
  [
    'a choice in a list that does not exist',
    { overall: 4, channels: ['phone', 'fax'] },
    ['channels[1]: unknown-choice'],
  ],
  ['a choice twice', { overall: 4, channels: ['phone', 'phone'] }, ['channels: double-choice']],
  ['a choice that is no list', { overall: 4, channels: 'phone' }, ['channels: wrong-type']],
  ['yes as a word', { overall: 4, stay: 'yes' }, ['stay: unknown-choice']],
  ['a text that is none', { overall: 4, reason: { a: 1 } }, ['reason: wrong-type']],
  ['a text without end', { overall: 4, reason: 'x'.repeat(4001) }, ['reason: too-long']],
  ['a word beside choices that have none', { overall: 4, 'city-Comment': 'x' }, ['city-Comment: unknown-question']],
  ['a file that is none', { overall: 4, photo: 'x' }, ['photo: wrong-type']],
])('answers, %s: %#', (_, answers, problems) => {
  expect(checkAnswers(questionsOf(WHOLE), answers).map(({ path, code }) => `${path}: ${code}`)).toEqual(problems);
});

test('files are one a question unless it allows several, never more or larger than the product takes', () => {
  const limits = (more: object) =>
    questionsOf(questionnaire(RATING, { type: 'file', name: 'photo', ...more }))[1]?.files;
  const own = { most: 1, maxBytes: 10 * 1024 * 1024, accepts: [] };
  expect(limits({})).toEqual(own);
  expect(limits({ maxFiles: 3 })).toEqual(own); // SurveyJS counts where several are allowed
  expect(limits({ allowMultiple: true })).toEqual({ ...own, most: 10 });
  expect(limits({ allowMultiple: true, maxFiles: 1000, maxSize: 1e9 })).toEqual({ ...own, most: 10 });
  expect(limits({ allowMultiple: true, maxFiles: 3, maxSize: 2048, acceptedTypes: '.PDF, image/*' })).toEqual({
    ...{ most: 3, maxBytes: 2048, accepts: ['.pdf', 'image/*'] },
  });
  for (const maxFiles of [0, -1, '3', null])
    expect(limits({ allowMultiple: true, maxFiles })).toEqual({ ...own, most: 10 });
});

test.each<[string, string[], string, string, boolean]>([
  ['all kinds', [], 'text/csv', '.csv', true],
  ['an extension in any case', ['.pdf'], 'application/pdf', '.PDF', true],
  ['a family of media types', ['image/*'], 'image/png', '.png', true],
  ['a media type', ['image/png'], 'image/png', '.png', true],
  ['everything', ['*/*'], 'text/plain', '.txt', true],
  ['another kind', ['.pdf', 'image/*'], 'text/plain', '.txt', false],
])('a question takes %s', (_what, accepts, type, extension, taken) => {
  expect(takesKind({ most: 1, maxBytes: 1, accepts }, type, extension)).toBe(taken);
});

test('where nobody can attach anything no file is missing, and one that is named is refused', () => {
  const questions = withoutFiles(
    questionsOf(questionnaire(RATING, { type: 'file', name: 'photo', isRequired: true, allowMultiple: true })),
  );
  const codes = (answers: object) => checkAnswers(questions, answers).map(({ path, code }) => `${path}: ${code}`);
  expect(codes({ overall: 3 }).filter((one) => one.startsWith('photo'))).toEqual([]);
  expect(codes({ photo: [{ id: 'a' }] })).toContain('photo: file-elsewhere');
});

test('files are counted and named by id', () => {
  const questions = questionsOf(WHOLE);
  expect(filesIn(questions, GOOD)).toEqual([{ question: 'photo', ids: ['a'] }]);
  expect(filesIn(questions, {})).toEqual([]);
  const codes = (photo: unknown) => checkAnswers(questions, { overall: 1, photo }).map(({ code }) => code);
  expect(codes([{ id: 'a' }, { id: 'b' }])).toEqual(['too-many-files']);
  expect(codes([{ name: 'a.png' }])).toEqual(['wrong-type']);
  expect(codes([])).toEqual([]);
});

test('scores by dimension and part; what is not answered is absent', () => {
  const questions = questionsOf(WHOLE);
  expect(scoresOf(questions, GOOD)).toEqual({
    dimensions: { 'overall-satisfaction': [4], service: [5, 3], product: [2], price: [1] },
    parts: { 'response-speed': [5], skill: [3], use: [2] },
    nps: 10,
    importance: { service: [3] },
  });
  expect(scoresOf(questions, { overall: 1 })).toEqual({
    dimensions: { 'overall-satisfaction': [1] },
    parts: {},
    nps: null,
    importance: {},
  });
});

test('the questionnaire that the guide shows is one', () => {
  const guide = readFileSync(new URL('../../docs/surveys.md', import.meta.url), 'utf8');
  const json: unknown = JSON.parse(/```json\n(.*?)```/s.exec(guide)?.[1] ?? '');
  expect(problemsOf(json)).toEqual([]);
  expect(questionnaireFacts(json, '', {})).toMatchObject({
    questions: 7,
    dimensions: { 'overall-satisfaction': 1, 'service-quality': 1, 'product-quality': 2 },
    parts: { 'response-speed': 1, performance: 1, use: 1 },
    asksImportance: true,
  });
});
