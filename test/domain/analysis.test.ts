import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnalysisContext, analyse, type CountedAnswer } from '../../domain/survey/analysis.ts';
import type { CompiledSurvey } from '../../domain/survey/compiled.ts';
import { type Figures, OVERALL } from '../../domain/survey/figures.ts';
import { weightsFromImportance } from '../../domain/survey/importance.ts';
import type { Question } from '../../domain/survey/question.ts';
import { questionnaireFacts, readQuestions } from '../../domain/survey/questionnaire.ts';
import { shownGroups } from '../../domain/survey/suppression.ts';
import { weightsFault } from '../../domain/survey/weights.ts';

const SURVEY: CompiledSurvey = {
  id: 'survey-cycle',
  obligation: 'quarterly-survey',
  clauses: ['S004-12'],
  responsible: 'customer-service',
  dateAgreedBy: { seats: [], clauses: [] },
  approvers: { seats: [], clauses: [] },
  dimensions: [
    { id: 'service', clauses: ['S004-08'], parts: ['speed', 'skill'] },
    { id: 'product', clauses: ['S004-09'], parts: [] },
  ],
  weights: { service: '0.6', product: '0.4' },
  importance: null,
  channels: ['email'],
  audience: { tiers: null, product: false, clauses: [] },
  sample: { method: 'all', size: null, clauses: [] },
  minimumSample: null,
  openDays: 14,
  reminderLeadDays: [],
  target: null,
  responseRatePercent: null,
  anonymous: false,
  gates: [],
  fulfils: { date: null, audience: null, report: null },
  report: { by: 'customer-service', to: [], acknowledged: false, clauses: [] },
  findings: null,
};

const SPEED = { type: 'rating', name: 'speed', dimension: 'service', part: 'speed' };
const SKILL = { type: 'rating', name: 'skill', dimension: 'service', part: 'skill' };
const PRODUCT = { type: 'rating', name: 'product', dimension: 'product' };
const OVERALL_QUESTION = { type: 'rating', name: 'overall', dimension: OVERALL };
const NPS = { type: 'rating', name: 'nps', role: 'nps', rateMin: 0, rateMax: 10 };
const IMPORTANCE = {
  type: 'matrix',
  name: 'importance',
  role: 'importance',
  columns: [1, 2, 3, 4, 5],
  rows: ['service', 'product'].map((value) => ({ value, dimension: value })),
};

interface Cycle {
  answers: Partial<CountedAnswer>[];
  elements?: object[];
  survey?: Partial<CompiledSurvey>;
  context?: Partial<AnalysisContext>;
}

function figuresOf({ answers, elements = [SPEED, SKILL, PRODUCT, NPS], survey = {}, context = {} }: Cycle): Figures {
  const json = { pages: [{ elements }] };
  const read = readQuestions(json);
  const questions: Question[] = 'questions' in read ? read.questions : [];
  const counted = answers.map((answer, index) => ({
    ...{ cursor: String(index + 1), channel: 'email', tier: null, department: null, branch: null, answers: {} },
    ...answer,
  }));
  return analyse(counted, questions, {
    survey: { ...SURVEY, ...survey },
    questionnaire: questionnaireFacts(json, 'a'.repeat(64), {}),
    ...{ population: 10, drawn: 10, reached: 10, late: 0, organisations: {} },
    ...context,
  });
}

function scoreOf(value: string): CompiledSurvey['target'] {
  return { measure: 'score', value, clauses: [] };
}

/** So many answers that each score the same. */
function answersOf(count: number, answers: Record<string, unknown>, rest: Partial<CountedAnswer> = {}) {
  return Array.from({ length: count }, () => ({ ...rest, answers }));
}

test('a cycle by hand: five answers, some of them with gaps', () => {
  const figures = figuresOf({
    answers: [
      { answers: { speed: 5, skill: 4, product: 5, nps: 10 } },
      { answers: { speed: 4, skill: 3, product: 3, nps: 8 } },
      { answers: { speed: 2, product: 4 } },
      { answers: { skill: 1, nps: 3 } },
      { answers: {} },
    ],
    context: { population: 40, drawn: 20, reached: 16, late: 2 },
  });
  // Service by answer: 4.5, 3.5, 2, 1: mean 11 ÷ 4 = 2.75; s² = (3.0625 + 0.5625 + 0.5625 + 3.0625) ÷ 3 = 2.416667,
  // t(3) = 3.182446: ± 3.182446 × 1.554563 ÷ 2 = 2.4737; cut at 1 and 5.
  expect(figures.dimensions[0]).toEqual({
    id: 'service',
    weight: '0.6000',
    measures: {
      n: 4,
      mean: { value: '2.7500', low: '1.0000', high: '5.0000' },
      // One of four at 4 or above: Wilson.
      satisfied: { value: '0.2500', low: '0.0456', high: '0.6994' },
      nps: null,
    },
    parts: [
      { id: 'speed', measures: expect.objectContaining({ n: 3, mean: expect.objectContaining({ value: '3.6667' }) }) },
      { id: 'skill', measures: expect.objectContaining({ n: 3, mean: expect.objectContaining({ value: '2.6667' }) }) },
    ],
  });
  // Product: 5, 3, 4: mean 4; s = 1; t(2) = 4.302653 ÷ √3 = 2.4841.
  expect(figures.dimensions[1]?.measures).toMatchObject({
    n: 3,
    mean: { value: '4.0000', low: '1.5159', high: '5.0000' },
    satisfied: { value: '0.6667' },
  });
  // 0.6 × 2.75 + 0.4 × 4
  expect(figures.score).toBe('3.2500');
  // Each answer by weight: 4.7, 3.3, 2.8 and, without the product, 1: mean 11.8 ÷ 4.
  expect(figures.overall).toMatchObject({ n: 4, mean: { value: '2.9500' }, satisfied: { value: '0.2500' } });
  // 10, 8, 3: one promoter, one detractor.
  expect(figures.overall.nps?.value).toBe('0.0000');
  expect(figures).toMatchObject({ population: 40, drawn: 20, reached: 16, answered: 5, late: 2 });
  // 5 of 20 and 16 of 20: Wilson.
  expect(figures.responseRate).toEqual({ value: '0.2500', low: '0.1119', high: '0.4687' });
  expect(figures.coverage).toEqual({ value: '0.8000', low: '0.5840', high: '0.9193' });
  expect(figures.importance).toBeNull();
  expect(figures.verdict).toEqual({ outcome: 'none', why: 'no-target' });
});

test('nobody answered: no figure, and no verdict', () => {
  const target = scoreOf('4');
  const figures = figuresOf({ answers: [], survey: { target, minimumSample: 0 }, context: { drawn: 0, reached: 0 } });
  const nothing = { n: 0, mean: null, satisfied: null, nps: null };
  expect(figures.overall).toEqual(nothing);
  expect(figures.dimensions.map(({ measures }) => measures)).toEqual([nothing, nothing]);
  expect(figures).toMatchObject({ score: null, responseRate: null, coverage: null, groups: [], answered: 0 });
  expect(figures.verdict).toEqual({ outcome: 'none', why: 'no-answers' });
});

test('who answered nothing that is scored counts as answered, and brings no verdict', () => {
  const target = scoreOf('4');
  const figures = figuresOf({ answers: [{ answers: { nps: 9 } }], survey: { target } });
  expect(figures).toMatchObject({ answered: 1, score: null, overall: { n: 0, nps: { value: '100.0000' } } });
  expect(figures.verdict).toEqual({ outcome: 'none', why: 'no-answers' });
});

test.each<[string, Partial<CompiledSurvey>, number, Figures['verdict']]>([
  [
    'equality reaches it',
    { target: { measure: 'score', value: '4', clauses: [] } },
    4,
    { outcome: 'reached', measure: 'score', value: '4.0000', target: '4' },
  ],
  [
    'a score below it',
    { target: { measure: 'score', value: '4.0001', clauses: [] } },
    4,
    { outcome: 'missed', measure: 'score', value: '4.0000', target: '4.0001' },
  ],
  [
    'half satisfied of 50 %',
    { target: { measure: 'satisfied', value: '50', clauses: [] } },
    4,
    { outcome: 'reached', measure: 'satisfied', value: '50.0000', target: '50' },
  ],
  [
    'half satisfied of 50.5 %',
    { target: { measure: 'satisfied', value: '50.5', clauses: [] } },
    4,
    { outcome: 'missed', measure: 'satisfied', value: '50.0000', target: '50.5' },
  ],
  [
    'as many as the minimum',
    { target: { measure: 'score', value: '4', clauses: [] }, minimumSample: 4 },
    4,
    { outcome: 'reached', measure: 'score', value: '4.0000', target: '4' },
  ],
  [
    'one fewer than the minimum',
    { target: { measure: 'score', value: '4', clauses: [] }, minimumSample: 5 },
    4,
    { outcome: 'none', why: 'below-minimum' },
  ],
  ['90 of a scale that ends at 5', { target: scoreOf('90') }, 4, { outcome: 'none', why: 'off-scale' }],
  [
    'the end of the scale',
    { target: scoreOf('5') },
    4,
    { outcome: 'missed', measure: 'score', value: '4.0000', target: '5' },
  ],
  ['no target', {}, 4, { outcome: 'none', why: 'no-target' }],
])('S002-04: the verdict, %s', (_, survey, count, verdict) => {
  const scores = [3, 5, 3, 5].slice(0, count);
  const answers = scores.map((score) => ({ answers: { speed: score, skill: score, product: score } }));
  expect(figuresOf({ answers, survey }).verdict).toEqual(verdict);
});

test('a dimension that nobody answered weighs nothing: the others keep their proportion', () => {
  const dimensions = ['a', 'b', 'c'].map((id) => ({ id, clauses: [], parts: [] }));
  const elements = ['a', 'b', 'c'].map((id) => ({ type: 'rating', name: id, dimension: id }));
  const weights = { a: '0.5', b: '0.3', c: '0.2' };
  const figures = figuresOf({ answers: [{ answers: { a: 5, b: 1 } }], elements, survey: { dimensions, weights } });
  // (0.5 × 5 + 0.3 × 1) ÷ 0.8
  expect(figures.score).toBe('3.5000');
  expect(figures.dimensions.map(({ weight }) => weight)).toEqual(['0.5000', '0.3000', '0.2000']);
});

test('nothing weighed: all the same, exactly; the shown weights add up to 1', () => {
  const dimensions = ['a', 'b', 'c'].map((id) => ({ id, clauses: [], parts: [] }));
  const elements = ['a', 'b', 'c'].map((id) => ({ type: 'rating', name: id, dimension: id }));
  const figures = figuresOf({
    answers: [{ answers: { a: 5, b: 1, c: 1 } }],
    elements,
    survey: { dimensions, weights: {} },
  });
  expect(figures.score).toBe('2.3333');
  expect(figures.dimensions.map(({ weight }) => weight)).toEqual(['0.3333', '0.3333', '0.3334']);
});

test('S001b-05: the questionnaire’s own weights come before those of the contract', () => {
  const answers = [{ answers: { speed: 1, product: 5 } }];
  const json = { pages: [{ elements: [SPEED, SKILL, PRODUCT] }] };
  const questionnaire = questionnaireFacts(json, '', { service: '0.1', product: '0.9' });
  expect(figuresOf({ answers, context: { questionnaire } }).score).toBe('4.6000');
});

test('S004-11: overall satisfaction is what was asked, never the mean of the others, and does not weigh among them', () => {
  const elements = [OVERALL_QUESTION, SPEED, PRODUCT];
  const dimensions = [...SURVEY.dimensions, { id: OVERALL, clauses: ['S004-11'], parts: [] }];
  const answers = [
    { answers: { overall: 2, speed: 5, product: 5 } },
    { answers: { overall: 4, speed: 5 } },
    { answers: { product: 5 } },
  ];
  const figures = figuresOf({ answers, elements, survey: { dimensions, weights: {} } });
  expect(figures.overall).toMatchObject({ n: 2, mean: { value: '3.0000' }, satisfied: { value: '0.5000' } });
  expect(figures.score).toBe('5.0000');
  expect(figures.dimensions.map(({ id, weight }) => [id, weight])).toEqual([
    ['service', '0.5000'],
    ['product', '0.5000'],
    [OVERALL, '0.0000'],
  ]);
  const silent = figuresOf({ answers: [{ answers: { speed: 5 } }], elements, survey: { dimensions } });
  expect(silent.overall).toMatchObject({ n: 0, mean: null });
});

test('S001b-05: the next weights are importance ÷ sum: means 4.5 and 3 make 0.6 and 0.4', () => {
  const elements = [SPEED, PRODUCT, OVERALL_QUESTION, IMPORTANCE];
  const rated = [{ service: 5, product: 3 }, { service: 4 }].map((importance) => ({ answers: { importance } }));
  const { importance } = figuresOf({ answers: rated, elements });
  expect(importance).toEqual({ service: '0.6000', product: '0.4000' });
  expect(weightsFault(importance ?? {}, ['service', 'product'], [])).toBeUndefined();
  expect(figuresOf({ answers: rated.slice(1), elements }).importance).toBeNull();
});

test('S004-11: agreed weights may name satisfaction as a whole; what they give it is part of the 1', () => {
  const fault = (weights: Record<string, string>) => weightsFault(weights, ['service'], [])?.message;
  expect(fault({ service: '1', [OVERALL]: '0' })).toBeUndefined();
  expect(fault({ service: '0.7', [OVERALL]: '0.3' })).toBeUndefined();
  expect(fault({ service: '1', [OVERALL]: '0.3' })).toBe('weights add up to 1, these to 1.3');
  const elements = [OVERALL_QUESTION, SPEED];
  const survey = { dimensions: SURVEY.dimensions.slice(0, 1), weights: { service: '0.7', [OVERALL]: '0.3' } };
  // 0.7 × 5 + 0.3 × 2
  expect(figuresOf({ answers: [{ answers: { overall: 2, speed: 5 } }], elements, survey }).score).toBe('4.1000');
});

test('weights from importance: four places, the last takes the rest', () => {
  const ids = (...values: number[]) => values.map((value, index) => ({ id: `d${index}`, value }));
  expect(weightsFromImportance(ids(4, 4, 4))).toEqual({ d0: '0.3333', d1: '0.3333', d2: '0.3334' });
  expect(weightsFromImportance(ids(0, 0))).toEqual({ d0: '0.5000', d1: '0.5000' });
  expect(weightsFromImportance(ids(5, 0))).toEqual({ d0: '1.0000', d1: '0.0000' });
  expect(() => weightsFromImportance(ids(-1, 2))).toThrow(RangeError);
});

test('groups by tier, channel, department; a branch is summed up the tree (S003-S-01)', () => {
  const organisations = { head: null, north: 'head', south: 'head', 'north-1': 'north' };
  const at = (branch: string | null, score: number) => ({
    ...{ branch, tier: 'key', channel: 'phone', department: 'sales' },
    answers: { speed: score, skill: score, product: score },
  });
  const answers = [at('north-1', 5), at('north', 3), at('south', 1), at('head', 4), at(null, 2)];
  const { groups } = figuresOf({ answers, context: { organisations } });
  expect(groups.map(({ by, key, measures }) => [by, key, measures?.n, measures?.mean?.value])).toEqual([
    ['tier', 'key', 5, '3.0000'],
    ['channel', 'phone', 5, '3.0000'],
    ['department', 'sales', 5, '3.0000'],
    ['branch', 'head', 4, '3.2500'],
    ['branch', 'north', 2, '4.0000'],
    ['branch', 'north-1', 1, '5.0000'],
    ['branch', 'south', 1, '1.0000'],
  ]);
});

test('a loop in the tree of organisations ends', () => {
  const answers = [{ branch: 'a', answers: { speed: 3 } }];
  const { groups } = figuresOf({ answers, context: { organisations: { a: 'b', b: 'a' } } });
  expect(groups.filter(({ by }) => by === 'branch').map(({ key }) => key)).toEqual(['a', 'b']);
});

const FOUR = { speed: 4, skill: 4, product: 4 };

test('anonymous: a group of four is not shown, nor the next smallest, from which it would follow', () => {
  const answers = [
    ...answersOf(4, FOUR, { tier: 'vip' }),
    ...answersOf(6, FOUR, { tier: 'key' }),
    ...answersOf(20, FOUR, { tier: 'ordinary' }),
  ];
  const shown = (anonymous: boolean) =>
    figuresOf({ answers, survey: { anonymous }, context: { drawn: 40 } })
      .groups.filter(({ by }) => by === 'tier')
      .map(({ key, measures }) => [key, measures?.n ?? null]);
  expect(shown(true)).toEqual([
    ['key', null],
    ['ordinary', 20],
    ['vip', null],
  ]);
  expect(shown(false)).toEqual([
    ['key', 6],
    ['ordinary', 20],
    ['vip', 4],
  ]);
});

test('anonymous: two without a tier would follow from the total; the smallest tier is hidden with them', () => {
  const answers = [
    ...answersOf(2, FOUR),
    ...answersOf(6, FOUR, { tier: 'key' }),
    ...answersOf(7, FOUR, { tier: 'vip' }),
  ];
  const { groups } = figuresOf({ answers, survey: { anonymous: true }, context: { drawn: 40 } });
  expect(groups.filter(({ by }) => by === 'tier').map(({ key, measures }) => [key, measures === null])).toEqual([
    ['key', true],
    ['vip', false],
  ]);
});

test('anonymous: fewer than five answers in all say nothing but their number', () => {
  const target = scoreOf('1');
  const figures = figuresOf({ answers: answersOf(4, { ...FOUR, nps: 9 }), survey: { anonymous: true, target } });
  expect(figures.overall).toEqual({ n: 4, mean: null, satisfied: null, nps: null });
  expect(figures).toMatchObject({ score: null, answered: 4, verdict: { outcome: 'none', why: 'below-minimum' } });
  expect(JSON.stringify(figures)).not.toContain('4.0000');
  expect(figuresOf({ answers: answersOf(5, FOUR), survey: { anonymous: true, target } }).score).toBe('4.0000');
});

test('anonymous: the net promoter score of a group needs five who gave one', () => {
  const answers = [
    ...answersOf(8, FOUR, { tier: 'key' }),
    ...answersOf(2, { ...FOUR, nps: 0 }, { tier: 'key' }),
    ...answersOf(9, { ...FOUR, nps: 9 }, { tier: 'vip' }),
    ...answersOf(9, { ...FOUR, nps: 9 }, { tier: 'ordinary' }),
  ];
  const { groups } = figuresOf({ answers, survey: { anonymous: true }, context: { drawn: 40 } });
  expect(
    groups.filter(({ by }) => by === 'tier').map(({ key, measures }) => [key, measures?.n, measures?.nps?.value]),
  ).toEqual([
    ['key', 10, undefined],
    ['ordinary', 9, undefined],
    ['vip', 9, '100.0000'],
  ]);
});

test('anonymous branches: a parent does not betray what its only child leaves', () => {
  const leaf = (key: string, size: number) => ({ key, size, children: [] });
  const whole = (size: number, ...children: ReturnType<typeof leaf>[]) => ({ key: '', size, children });
  // Twelve at the parent, ten of them at the child: two would follow.
  expect([...shownGroups(whole(12, { ...leaf('parent', 12), children: [leaf('child', 10)] as never[] }))]).toEqual([
    'parent',
  ]);
  expect([...shownGroups(whole(20, leaf('a', 10), leaf('b', 10)))]).toEqual(['a', 'b']);
  // 1 + 2 hidden are three; with the next smallest nine.
  expect([...shownGroups(whole(20, leaf('a', 1), leaf('b', 2), leaf('c', 6), leaf('d', 11)))]).toEqual(['d']);
  // 3 + 3 hidden are six: nothing more.
  expect([...shownGroups(whole(20, leaf('a', 3), leaf('b', 3), leaf('c', 6), leaf('d', 8)))]).toEqual(['c', 'd']);
});

test('more answers than were drawn, by an open link: no response rate but that of those drawn', () => {
  const answers = answersOf(12, FOUR);
  expect(figuresOf({ answers, context: { drawn: 10 } }).responseRate).toBeNull();
  expect(figuresOf({ answers, context: { drawn: 10, returned: 4 } }).responseRate?.value).toBe('0.4000');
});

const score = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
const some = fc.record({
  answers: fc
    .record({
      speed: score,
      skill: score,
      product: score,
      nps: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    })
    .map((answers) => Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))),
  tier: fc.constantFrom('key', 'vip', 'ordinary', null),
  branch: fc.constantFrom('head', 'north', 'south', 'north-1', 'north-2', null),
  channel: fc.constantFrom('email', 'phone'),
});
const organisations = { head: null, north: 'head', south: 'head', 'north-1': 'north', 'north-2': 'north' };

test('property: the order of the answers makes no difference', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 40 }), fc.boolean(), (answers, anonymous) => {
      const context = { drawn: 50, organisations };
      const figures = figuresOf({ answers, survey: { anonymous }, context });
      expect(figuresOf({ answers: answers.toReversed(), survey: { anonymous }, context })).toEqual(figures);
    }),
  );
});

test('property: score and mean lie on the scale; shares within 0 and 1; weights add up to 1', () => {
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 40 }), (answers) => {
      const figures = figuresOf({ answers, context: { drawn: 50 } });
      for (const { mean, satisfied, nps } of [figures.overall, ...figures.dimensions.map(({ measures }) => measures)]) {
        for (const [estimate, min, max] of [
          [mean, 1, 5],
          [satisfied, 0, 1],
          [nps, -100, 100],
        ] as const) {
          if (estimate === null) continue;
          const line = [min, estimate.low, estimate.value, estimate.high, max].map(Number);
          expect(line).toEqual(line.toSorted((a, b) => a - b));
        }
      }
      expect(figures.dimensions.reduce((sum, { weight }) => sum + Math.round(Number(weight) * 10_000), 0)).toBe(10_000);
    }),
  );
});

test('property: with nothing missing, the weighted score is the mean of the answers’ own scores', () => {
  const full = fc.record({
    speed: fc.integer({ min: 1, max: 5 }),
    skill: fc.integer({ min: 1, max: 5 }),
    product: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(full, { minLength: 1, maxLength: 40 }), (scores) => {
      const figures = figuresOf({ answers: scores.map((answers) => ({ answers })), context: { drawn: 50 } });
      expect(figures.overall.mean?.value).toBe(figures.score);
    }),
  );
});

test('property: no anonymous group, nor what is left of any when shown ones are taken away, tells of one to four', () => {
  fc.assert(
    fc.property(fc.array(some, { minLength: 5, maxLength: 60 }), (answers) => {
      const figures = figuresOf({ answers, survey: { anonymous: true }, context: { drawn: 80, organisations } });
      const sizes = new Map(
        figures.groups.flatMap(({ by, key, measures }) => (measures ? [[`${by} ${key}`, measures.n] as const] : [])),
      );
      for (const n of sizes.values()) expect(n).toBeGreaterThanOrEqual(5);
      for (const by of ['tier', 'channel']) {
        const shown = [...sizes].filter(([key]) => key.startsWith(`${by} `)).reduce((sum, [, n]) => sum + n, 0);
        const left = figures.overall.n - shown;
        if (shown > 0) expect(left === 0 || left >= 5).toBe(true);
      }
      const size = (key: string) => sizes.get(`branch ${key}`) ?? null;
      const north = (size('north-1') ?? 0) + (size('north-2') ?? 0);
      const head = (size('north') ?? north) + (size('south') ?? 0);
      const lines = [
        [size('north'), north],
        [size('head'), head],
        [figures.overall.n, size('head') ?? head],
      ] as const;
      for (const [whole, below] of lines) {
        if (whole === null || below === 0) continue;
        expect(whole - below === 0 || whole - below >= 5).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
