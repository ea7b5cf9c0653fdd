import { expect, test } from 'vitest';
import {
  OVERALL,
  addUp,
  figureText,
  fractionOf,
  percentOf,
  percentText,
  positionOn,
  rateOf,
  weighedOf,
} from '../../web/features/surveys/numbers.ts';
import {
  type Json,
  isWorded,
  linesOf,
  scaleOf,
  withItems,
  withQuestion,
  withRequired,
  withTitle,
  without,
} from '../../web/features/surveys/questionnaire.ts';
import { periodsBefore } from '../../web/features/surveys/periods.ts';
import type { Survey } from '../../web/features/surveys/survey.ts';
import { stepsOf, toneOf } from '../../web/features/surveys/survey-step.ts';

const seat = (id: string) => ({ seat: id, title: { zh: id, en: id } });
const QUESTIONNAIRE: Survey['questionnaire'] = {
  ...{ version: 1, sha256: 'a', json: {}, questions: 5, scale: { min: 1, max: 5 }, weights: {} },
  ...{ approvedBy: [], waitsFor: [] },
};
const SAMPLE: Survey['sample'] = {
  ...{ method: 'all', seed: null, sha256: 'b', population: 40, drawn: 40, unreachable: 0, optedOut: 0 },
  ...{ tiers: {}, reached: 0 },
};

/** A cycle of a contract whose client approves the questionnaire and agrees on the day with the operator. */
function cycle(change: Partial<Survey> = {}, provides: Partial<Survey['provides']> = {}): Survey {
  return {
    ...{ status: 'planned', due: { dueAt: '2027-03-31T16:00:00Z', localDate: '2027-03-31' }, agreedDate: null },
    ...{ publishedAt: null, closedAt: null, releasedAt: null, closes: null, figures: null },
    ...{ questionnaire: null, date: null, sample: null, events: [] },
    provides: {
      ...{ responsible: seat('B'), approvers: [seat('A')], dateAgreedBy: [seat('A'), seat('B')], gates: [] },
      ...{ report: { by: seat('B'), to: [], acknowledged: false, clauses: [] } },
      ...provides,
    },
    ...change,
  } as Survey;
}

test('what is late is told in red, and a contract without approval or date has no step for either', () => {
  const tone = (status: Survey['status'], overdue = false) => toneOf({ status, overdue });
  expect([tone('missed', true), tone('planned'), tone('open', true), tone('analysed'), tone('reported')]).toEqual([
    ...['error', 'info', 'error', 'warning', 'success'],
  ]);
  const plain = { approvers: [], dateAgreedBy: [] };
  const ready = { questionnaire: QUESTIONNAIRE, sample: SAMPLE };
  expect(stepsOf(cycle(ready, plain)).map(({ step, done }) => `${step} ${String(done)}`)).toEqual([
    ...['designed true', 'drawn true', 'published false', 'closed false', 'analysed false', 'released false'],
  ]);
});

test('who did a step and when comes from the last event of its kind', () => {
  const event = (type: string, sequence: number) => ({ type, sequence }) as Survey['events'][number];
  const events = [event('questionnaire-designed', 2), event('sample-drawn', 3), event('questionnaire-designed', 4)];
  const [designed, approved] = stepsOf(cycle({ questionnaire: QUESTIONNAIRE, events }));
  expect(designed?.event?.sequence).toBe(4);
  expect(approved).toEqual({ step: 'approved', done: true, event: null });
});

test('rates: 13 of 16 are 81.3 %, and nobody drawn is no rate', () => {
  expect(percentText(rateOf({ answered: 13, drawn: 16 }) ?? 0)).toBe('81.3%');
  expect(rateOf({ answered: 3, drawn: 0 })).toBeNull();
  expect(rateOf({ answered: 3, drawn: null })).toBeNull();
  expect([figureText('4.2500', 2), figureText('-12.0400', 1)]).toEqual(['4.25', '-12.0']);
  expect(positionOn('4', { min: 1, max: 5 })).toBe(75);
});

test('weights are entered in percent and sent as fractions that add up to 1', () => {
  expect(['40', '33.33', '100', '101', '-1', 'x', ''].map(fractionOf)).toEqual([
    ...['0.4', '0.3333', '1', null, null, null, null],
  ]);
  expect(['0.4', '0.3333', '0.333333'].map(percentOf)).toEqual(['40', '33.33', '33.3333']);
  expect([addUp(['0.1', '0.2', '0.7']), addUp(['0.3333', '0.3333', '0.3333'])]).toEqual([true, false]);
  const asked = [{ id: OVERALL }, { id: 'service' }];
  expect(weighedOf(asked, { service: '1' })).toEqual([{ id: 'service' }]);
  expect(weighedOf(asked, { [OVERALL]: '0.5', service: '0.5' })).toEqual(asked);
});

const rating = (name: string, dimension: string): Json => ({
  ...{ type: 'rating', name, dimension, role: 'score', rateMin: 1, rateMax: 7 },
  title: { 'zh-cn': `${name}？`, en: `${name}?` },
});
const DRAFT: Json = {
  pages: [
    {
      name: 'ratings',
      elements: [rating('speed', 'service'), { type: 'panel', name: 'panel', elements: [rating('look', 'product')] }],
    },
    {
      name: 'more',
      elements: [{ type: 'comment', name: 'why', role: 'reason', visibleIf: '{speed} < 4 or {look} < 4' }],
    },
  ],
};

test('texts are edited in both languages, wherever the question stands; the draft itself stays as it was', () => {
  const edited = withTitle(DRAFT, 'look', { zh: '外观如何？', en: 'How does it look?' });
  expect(linesOf(edited).find(({ name }) => name === 'look')?.title).toEqual({
    zh: '外观如何？',
    en: 'How does it look?',
  });
  expect(linesOf(DRAFT).map(({ title }) => title.zh)).toEqual(['speed？', 'look？', 'why']);
});

test('a question is taken out with what asks for its answer, and with the panel that it leaves empty', () => {
  const rest = without(DRAFT, 'look');
  expect(JSON.stringify(rest)).not.toContain('panel');
  expect(JSON.stringify(rest)).toContain('"visibleIf":"{speed} < 4"');
  expect(JSON.stringify(without(rest, 'speed'))).not.toContain('visibleIf');
});

test('new questions have names of their own, and scores the scale of the others', () => {
  expect(scaleOf(DRAFT)).toEqual({ min: 1, max: 7 });
  const title = { zh: '问', en: 'Q' };
  const choices = [title, { zh: '是', en: 'Yes' }];
  const once = withQuestion(DRAFT, { role: 'score', dimension: 'service', title, choices: [] });
  const twice = withQuestion(once, { role: 'score', dimension: 'service', title, choices: [] });
  const chosen = withQuestion(twice, { role: 'choice', dimension: null, title, choices });
  const lines = linesOf(withQuestion(chosen, { role: 'nps', dimension: null, title, choices: [] }));
  expect(lines.map(({ name }) => name)).toEqual([
    ...['speed', 'look', 'score-service', 'score-service-2', 'why', 'choice', 'nps'],
  ]);
  expect(lines.find(({ name }) => name === 'score-service-2')?.choices).toHaveLength(7);
  expect(lines.find(({ name }) => name === 'nps')?.choices.map(({ value }) => value)).toEqual([
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  ]);
  expect(scaleOf({})).toEqual({ min: 1, max: 5 });
});

test('periods to report on go back from the one of today, across years', () => {
  const periods = periodsBefore('2027-02-10');
  expect(periods.slice(0, 3)).toEqual(['2027-Q1', '2026-Q4', '2026-Q3']);
  expect(periods.slice(8, 11)).toEqual(['2027-H1', '2026-H2', '2026-H1']);
  expect(periods.slice(-2)).toEqual(['2027', '2026']);
  expect(periodsBefore('2026-12-31')[0]).toBe('2026-Q4');
});

test('choices and rows are changed without losing what else is said of them; a blank one is seen', () => {
  const matrix = {
    ...{
      type: 'matrix',
      name: 'product',
      role: 'score',
      columns: [1, 2, 3],
      title: { 'zh-cn': '产品', en: 'Product' },
    },
    rows: [{ value: 'price', text: { 'zh-cn': '价格', en: 'Price' }, dimension: 'price' }, 'speed'],
  };
  const json: Json = { pages: [{ name: 'one', elements: [matrix] }] };
  const [line] = linesOf(json);
  const rows = [
    ...(line?.rows ?? []).slice(0, 1).map((row) => ({ ...row, title: { zh: '性价比', en: 'Value' } })),
    { value: 'item-3', title: { zh: '包装', en: '' } },
  ];
  const changed = withRequired(withItems(json, 'product', 'rows', rows), 'product', true);
  expect(linesOf(changed)[0]).toMatchObject({
    required: true,
    rows: [
      { value: 'price', title: { zh: '性价比', en: 'Value' }, dimension: 'price' },
      { value: 'item-3', title: { zh: '包装', en: '' }, dimension: null },
    ],
  });
  expect([isWorded(json), isWorded(changed)]).toEqual([true, false]);
  expect(linesOf(withRequired(changed, 'product', false))[0]?.required).toBe(false);
});
