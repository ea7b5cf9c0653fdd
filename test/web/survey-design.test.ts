import { expect, test } from 'vitest';
import { checksOf } from '../../web/features/survey-design/checks.ts';
import { conditioned, readCondition, writeCondition } from '../../web/features/survey-design/condition.ts';
import { differences } from '../../web/features/survey-design/difference.ts';
import {
  askingImportance,
  copied,
  counting,
  moved,
  scaled,
  shifted,
  taking,
} from '../../web/features/survey-design/editing.ts';
import { levelsOf } from '../../web/features/survey-compare/comparison.ts';
import { quadrantsOf } from '../../web/features/surveys/quadrants.ts';
import { type Json, linesOf, withRequired, withTitle, without } from '../../web/features/surveys/questionnaire.ts';
import { daysOf, running } from '../../web/features/surveys/response.ts';

const rating = (name: string, dimension: string, part?: string): Json => ({
  ...{ type: 'rating', name, dimension, role: 'score', rateMin: 1, rateMax: 5 },
  ...(part === undefined ? {} : { part }),
  title: { 'zh-cn': `${name}如何？`, en: `How is ${name}?` },
});
const comment = (name: string, more: Json = {}): Json => ({
  ...{ type: 'comment', name, role: 'text', title: { 'zh-cn': '意见', en: 'Comment' }, ...more },
});
const DRAFT: Json = {
  pages: [
    {
      name: 'ratings',
      elements: [
        rating('speed', 'service', 'response'),
        { type: 'panel', name: 'panel-product', elements: [rating('look', 'product')] },
      ],
    },
    { name: 'more', elements: [comment('why', { visibleIf: '{speed} < 3 or {look} < 3' }), comment('wish')] },
  ],
};
const names = (json: unknown): string[] => linesOf(json).map(({ name }) => name);
const service = { id: 'service', title: { zh: '服务', en: 'Service' }, clauses: [], parts: [] };
const product = { id: 'product', title: { zh: '产品', en: 'Product' }, clauses: [], parts: [] };

test('a question moves across panels and pages; a panel that is left empty goes', () => {
  expect(names(shifted(DRAFT, 'wish', -1))).toEqual(['speed', 'look', 'wish', 'why']);
  expect(names(moved(DRAFT, 'wish', 'before', 'speed'))).toEqual(['wish', 'speed', 'look', 'why']);
  const out = moved(DRAFT, 'look', 'after', 'wish');
  expect(names(out)).toEqual(['speed', 'why', 'wish', 'look']);
  expect(JSON.stringify(out)).not.toContain('panel');
  expect(linesOf(out).at(-1)).toMatchObject({ dimension: 'product', choices: { length: 5 } });
  expect([shifted(DRAFT, 'speed', -1), shifted(DRAFT, 'wish', 1), moved(DRAFT, 'look', 'after', 'look')]).toEqual([
    ...[DRAFT, DRAFT, DRAFT],
  ]);
});

test('copies have names of their own; dimension, part and files are changed, and nothing else', () => {
  expect(names(copied(copied(DRAFT, 'speed'), 'speed'))).toEqual([
    ...['speed', 'speed-3', 'speed-2', 'look', 'why', 'wish'],
  ]);
  const [line] = linesOf(counting(DRAFT, 'speed', 'product', null));
  expect(line).toMatchObject({ dimension: 'product', part: null });
  const filed: Json = { pages: [{ elements: [{ type: 'file', name: 'photo', allowMultiple: true, maxFiles: 3 }] }] };
  expect([linesOf(filed)[0]?.files, linesOf(taking(filed, 'photo', 1))[0]?.files]).toEqual([3, 1]);
});

test('another scale holds for all ratings, and for what is asked below its middle', () => {
  const wide = scaled(DRAFT, { min: 1, max: 5 }, { min: 1, max: 10 });
  expect(linesOf(wide)[0]?.choices).toHaveLength(10);
  expect(linesOf(wide).find(({ name }) => name === 'why')?.condition).toBe('{speed} < 5.5 or {look} < 5.5');
});

test('conditions are read and written as SurveyJS has them; what says more is left as it is', () => {
  const read = readCondition('{speed} < 3 or {look} < 3');
  expect(read).toEqual({ questions: ['speed', 'look'], comparison: '<', value: 3 });
  expect(writeCondition({ questions: ['a'], comparison: '=', value: 'yes' })).toBe("{a} = 'yes'");
  expect([
    readCondition('{a} < 3 and {b} = 2'),
    readCondition('{a} < 3 or {b} < 4'),
    readCondition('{a} empty'),
  ]).toEqual([...[null, null, null]]);
  const always = conditioned(DRAFT, 'why', null);
  expect(linesOf(always).find(({ name }) => name === 'why')?.condition).toBeNull();
});

test('checks name what the contract asks about, half of a text, weights, and conditions that look ahead', () => {
  const words = (json: unknown, provides: object = {}, weights: Parameters<typeof checksOf>[1]['weights'] = null) =>
    checksOf(json, {
      provides: { dimensions: [service, product], asksImportance: false, ...provides },
      weights,
    }).map(({ word, level }) => `${level} ${word}`);
  expect(words(DRAFT)).toEqual([]);
  expect(words(without(DRAFT, 'look'))).toEqual(['error dimensionMissing']);
  const parted = { ...service, parts: [{ id: 'manner', title: { zh: '态度', en: 'Manner' } }] };
  expect(words(DRAFT, { dimensions: [parted] })).toEqual(['error partMissing']);
  expect(words(withTitle(DRAFT, 'wish', { zh: '期望', en: '' }))).toEqual(['error noEn']);
  expect(words(withTitle(DRAFT, 'wish', { zh: '期望', en: '期望' }))).toEqual(['hint sameEn']);
  expect(words(moved(DRAFT, 'why', 'before', 'look'))).toEqual(['error conditionAhead']);
  expect(words(DRAFT, { asksImportance: true })).toEqual(['error noImportance']);
  const asked = askingImportance(DRAFT, [service]);
  expect(words(asked, { asksImportance: true })).toEqual(['hint importanceMissing']);
  const weighed = [{ id: 'service' }, { id: 'product' }];
  expect(words(DRAFT, {}, { given: { service: '0.5', product: '0.4' }, weighed })).toEqual(['error weights']);
  expect(words({ pages: [{ elements: [comment('wish')] }] }, { dimensions: [] })).toEqual(['error nothingScored']);
});

test('differences from the last cycle: the fewest moves, and every kind of change', () => {
  const kinds = (after: Json) => differences(DRAFT, after).map(({ kind, name }) => `${kind} ${name}`);
  expect(kinds(DRAFT)).toEqual([]);
  expect(kinds(moved(DRAFT, 'wish', 'before', 'speed'))).toEqual(['moved wish']);
  expect(kinds(without(withRequired(DRAFT, 'look', true), 'wish'))).toEqual(['required look', 'removed wish']);
  expect(kinds(copied(withTitle(DRAFT, 'speed', { zh: '快吗？', en: 'Fast?' }), 'wish'))).toEqual([
    ...['reworded speed', 'added wish-2'],
  ]);
});

test('answers add up day by day from publication to the close, and no further than today', () => {
  const days = [
    { on: '2026-05-02', answered: 2, late: 0 },
    { on: '2026-05-04', answered: 1, late: 1 },
  ];
  const all = daysOf({ publishedOn: '2026-05-01', closesOn: '2026-05-06', days });
  expect([all[0], all.at(-1), all.length]).toEqual(['2026-05-01', '2026-05-06', 6]);
  expect(running({ days, asOf: '2026-05-04T10:00:00+08:00', closedOn: null }, all)).toEqual([0, 2, 2, 3, null, null]);
  expect(daysOf({ publishedOn: null, closesOn: null, days: [] })).toEqual([]);
});

test('importance and performance are held against their averages; without importance there is no quadrant', () => {
  const measures = (value: string) => ({ n: 5, mean: { value, low: value, high: value }, satisfied: null, nps: null });
  const dimension = (id: string, value: string) => ({
    ...{ id, title: { zh: id, en: id }, weight: '0.5', measures: measures(value), parts: [] },
  });
  const dimensions = [dimension('a', '4.5'), dimension('b', '3'), dimension('c', '4.4')];
  const placed = quadrantsOf({ importance: { a: '0.4', b: '0.4', c: '0.2' }, dimensions });
  expect(placed?.items.map(({ id, quadrant }) => `${id} ${quadrant}`)).toEqual(['a keep', 'b improve', 'c beyond']);
  expect(quadrantsOf({ importance: null, dimensions })).toBeNull();
});

test('a goal is a line where its figure lies on the scale that is drawn', () => {
  const line = { title: { zh: '目标', en: 'Goal' }, clauses: [], measure: 'satisfaction-score' as const };
  const lines = [
    { ...line, goal: 'own', scale: 'questionnaire' as const, needed: '4.5', baseline: '3.9' },
    { ...line, goal: 'percent', scale: 'percentage' as const, needed: '85', baseline: null },
  ];
  const cycles = [{ scale: { min: 1, max: 5 } }] as never;
  expect(levelsOf({ lines, cycles }).map(({ kind, value }) => `${kind} ${String(value)}`)).toEqual([
    ...['goal 4.5', 'baseline 3.9'],
  ]);
});
