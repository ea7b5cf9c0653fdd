import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readKeptRuns } from '../../activities/kept-runs.ts';
import { replayRuns } from '../../activities/replay.ts';
import { type LivableScenario, livable } from '../../cli/livable.ts';
import type { LivedSurvey } from '../../cli/lived-surveys.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { type SimulatedLife, type Simulator, openSimulator } from '../../cli/simulation.ts';
import { liveInMemory } from '../support/example-life.ts';

/** A quarter of each agreement from the questionnaire to the effect that the next cycle proves. */
interface Chain {
  template: string;
  survey: string;
  signedOn: string;
  terms: Record<string, unknown>;
  parties: Record<string, { name: string; email: string }>;
  seats?: Record<string, { name: string; email: string }>;
  tier: string;
  /** Columns of the answers, by title or id, with the mean that customers give in the first and in the second cycle. */
  dimensions: { id: string; column: string; first: number; second: number }[];
  /** Fractions by dimension; missing: all the same. */
  weights?: Record<string, number>;
  /** Who publishes, classifies, plans, completes, checks. */
  publisher: string;
  planner: string;
  /** Who answers the customers and shows the results to staff, where the contract asks for it. */
  closing?: { answers: string; publishes: string };
  /** When the two cycles are published, `YYYY-MM-DD`, and who agrees on the date before. */
  published: [string, string];
  agreeing?: [string, string];
  /** The year's comprehensive evaluation begins within these lives. */
  evaluates?: true;
}

const A = { name: '甲方有限公司', email: 'a@a.example.com' };
const B = { name: '乙方有限公司', email: 'b@b.example.com' };
const person = (name: string) => ({ name, email: `${name}@b.example.com` });

const CHAINS: Chain[] = [
  {
    template: 'satisfaction-improvement',
    survey: 'quarterly-survey',
    signedOn: '2026-03-02',
    parties: { A, B },
    terms: { surveyMethods: ['online', 'phone'], surveyAudience: 'key', findingThresholdPct: 60, termYears: 1 },
    tier: 'key',
    dimensions: [
      { id: 'product-quality', column: '产品质量', first: 4.2, second: 4.3 },
      { id: 'service-efficiency', column: '服务效率', first: 2.4, second: 4.1 },
      { id: 'service-attitude', column: '服务态度', first: 4.4, second: 4.4 },
      { id: 'communication', column: 'communication', first: 3.8, second: 4.0 },
    ],
    publisher: 'B',
    planner: 'B',
    published: ['2026-03-16', '2026-06-15'],
    agreeing: ['B', 'A'],
  },
  {
    template: 'service-third-party',
    survey: 'quarterly-survey',
    signedOn: '2026-03-02',
    parties: { A, B },
    seats: { 'survey-team': { name: '调查小组', email: 'team@a.example.com' } },
    terms: { contractTotal: '1000000.00', surveyOpenDays: 14, surveyMethods: ['ONLINE'], findingThresholdPct: 60 },
    tier: 'ordinary',
    dimensions: [
      { id: 'attitude', column: 'attitude', first: 4.2, second: 4.3 },
      { id: 'quality', column: 'quality', first: 4.0, second: 4.1 },
      { id: 'response-speed', column: 'response-speed', first: 2.2, second: 4.2 },
      { id: 'problem-solving', column: 'problem-solving', first: 3.9, second: 4.0 },
    ],
    publisher: 'survey-team',
    planner: 'A',
    published: ['2026-03-16', '2026-06-15'],
    evaluates: true,
  },
  {
    template: 'service-kpi',
    survey: 'quarterly-survey',
    signedOn: '2026-03-02',
    parties: { A, B },
    terms: { surveyOpenDays: 14, surveyMethods: ['ONLINE'], findingThresholdPct: 60 },
    tier: 'ordinary',
    dimensions: [
      { id: 'product', column: 'product', first: 4.1, second: 4.2 },
      { id: 'service', column: 'service', first: 2.3, second: 4.2 },
      { id: 'brand', column: 'brand', first: 4.0, second: 4.0 },
      { id: 'complaints', column: 'complaints', first: 3.9, second: 4.1 },
    ],
    publisher: 'A',
    planner: 'A',
    published: ['2026-03-16', '2026-06-15'],
  },
  {
    template: 'vip-service',
    survey: 'quarterly-survey',
    signedOn: '2025-12-22',
    parties: { A, B },
    terms: { providerParty: 'B', contractYear: 2026, findingThresholdPct: 60 },
    tier: 'vip',
    dimensions: [
      { id: 'service-attitude', column: '服务态度', first: 4.3, second: 4.4 },
      { id: 'service-quality', column: '服务质量', first: 4.1, second: 4.2 },
      { id: 'service-efficiency', column: '服务效率', first: 2.2, second: 4.3 },
    ],
    publisher: 'B',
    planner: 'B',
    published: ['2026-01-12', '2026-04-13'],
  },
  {
    template: 'satisfaction-management',
    survey: 'questionnaire-business',
    signedOn: '2025-12-22',
    parties: { Company: { name: '公司', email: 'company@c.example.com' } },
    seats: { marketing: person('marketing'), business: person('business'), management: person('management') },
    terms: { findingThresholdPct: 60, evaluationMethod: '五级量表，逐项平均', sampleCustomers: ['全部重点客户'] },
    tier: 'key',
    dimensions: [
      { id: 'delivery', column: 'delivery', first: 2.3, second: 4.1 },
      { id: 'staff', column: 'staff', first: 4.2, second: 4.2 },
    ],
    publisher: 'business',
    planner: 'marketing',
    published: ['2026-01-12', '2026-07-13'],
  },
  {
    template: 'satisfaction-evaluation',
    survey: 'quarterly-survey',
    signedOn: '2025-12-29',
    parties: { Company: { name: '公司', email: 'company@c.example.com' } },
    seats: {
      'customer-service': person('service'),
      'concerned-departments': person('departments'),
      'project-leader': person('leader'),
      management: person('management'),
    },
    terms: {
      indicatorWeights: { 服务质量: '40', 产品质量: '30', 客户体验: '30' },
      improvementPlanDueDays: 10,
      checkIntervalDays: 30,
      closedLoopNoticeDays: 3,
      reportDays: 10,
      findingThresholdPct: 60,
    },
    tier: 'ordinary',
    dimensions: [
      { id: 'service-quality', column: '服务质量', first: 2.4, second: 4.2 },
      { id: 'product-quality', column: '产品质量', first: 4.2, second: 4.2 },
      { id: 'customer-experience', column: '客户体验', first: 4.0, second: 4.1 },
      { id: 'overall-satisfaction', column: 'overall-satisfaction', first: 3.6, second: 4.2 },
    ],
    weights: { 'service-quality': 0.4, 'product-quality': 0.3, 'customer-experience': 0.3, 'overall-satisfaction': 0 },
    publisher: 'customer-service',
    planner: 'concerned-departments',
    closing: { answers: 'concerned-departments', publishes: 'project-leader' },
    published: ['2026-01-12', '2026-04-13'],
  },
];

const CUSTOMERS = 240;
const ANSWERS = 200;

/** Numbers in 0 … 1, the same on every machine: a linear congruential generator of 31 bits. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

/** What customers answer around a mean, 1–5: rows by customer, columns by dimension; a tenth of the cells but the first is left empty. */
function answersOf(chain: Chain, cycle: 'first' | 'second'): (number | null)[][] {
  const next = numbers(chain.template.length * 1_000 + (cycle === 'first' ? 1 : 2));
  return Array.from({ length: ANSWERS }, () =>
    chain.dimensions.map((dimension, index) => {
      const score = Math.round(dimension[cycle] + (next() + next() - 1) * 1.5);
      return index > 0 && next() < 0.1 ? null : Math.max(1, Math.min(5, score));
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'abide-chains-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What customers are least satisfied with at first. */
function lowest({ dimensions }: Chain): string {
  return [...dimensions].sort((a, b) => a.first - b.first)[0]?.id ?? '';
}

function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function scenarioOf(chain: Chain): LivableScenario {
  const {
    template,
    survey,
    signedOn,
    terms,
    parties,
    seats = {},
    publisher,
    planner,
    published,
    agreeing,
    closing,
  } = chain;
  const low = lowest(chain);
  const key = (index: number) => `C-${String(index + 1).padStart(4, '0')}`;
  writeFileSync(
    join(folder, `${template}-customers.csv`),
    [
      'key,name,tier,branch,language,email,phone',
      ...Array.from({ length: CUSTOMERS }, (_, index) =>
        [
          key(index),
          `客户${index + 1}`,
          chain.tier,
          index % 3 === 0 ? '北区' : '南区',
          'zh',
          `c${index}@example.com`,
          '',
        ].join(','),
      ),
    ].join('\n'),
  );
  const questions = chain.dimensions.map(({ id, column }) => ({ id, column }));
  for (const cycle of ['first', 'second'] as const) {
    const head = ['customer', ...questions.map(({ column }) => column)].join(',');
    const rows = answersOf(chain, cycle).map((row, index) =>
      [key(index), ...row.map((value) => value ?? '')].join(','),
    );
    writeFileSync(join(folder, `${template}-${cycle}.csv`), [head, ...rows].join('\n'));
  }
  // Where the contract demands no dimension, the form asks about its own.
  const own = {
    pages: [
      {
        elements: questions.map(({ id }) => ({
          type: 'rating',
          name: id,
          dimension: id,
          rateMin: 1,
          rateMax: 5,
        })),
      },
    ],
  };
  const cycle = (start: string, file: 'first' | 'second') => [
    ...(agreeing
      ? [
          { at: `${plusDays(start, -5)} 10:00`, as: agreeing[0], do: 'propose', survey, date: start },
          { at: `${plusDays(start, -4)} 10:00`, as: agreeing[1], do: 'accept', survey },
        ]
      : []),
    ...(template === 'satisfaction-management'
      ? [{ at: `${plusDays(start, -1)} 10:00`, as: publisher, do: 'design', survey, questionnaire: own }]
      : []),
    { at: `${start} 10:00`, as: publisher, do: 'publish', survey },
    { at: `${plusDays(start, 3)} 10:00`, as: publisher, do: 'respond', survey, file: `${template}-${file}.csv` },
    { at: `${plusDays(start, 4)} 10:00`, as: publisher, do: 'close', survey },
  ];
  const [first, second] = published;
  const read = resolveScenario(
    {
      template,
      signedOn,
      until: plusDays(second, 30),
      customers: `${template}-customers.csv`,
      parties,
      seats,
      coordinator: { name: '协调人', email: 'coordinator@example.com' },
      terms,
      script: [
        ...cycle(first, 'first'),
        { at: `${plusDays(first, 7)} 10:00`, as: 'coordinator', do: 'classify' },
        { at: `${plusDays(first, 9)} 10:00`, as: planner, do: 'plan', cause: '人手不足', measures: ['增加人手'] },
        { at: `${plusDays(first, 20)} 10:00`, as: planner, do: 'complete' },
        ...cycle(second, 'second'),
        ...(closing
          ? [
              { at: `${plusDays(second, 6)} 10:00`, as: closing.answers, do: 'answer' },
              { at: `${plusDays(second, 7)} 10:00`, as: closing.publishes, do: 'publish', finding: low },
            ]
          : []),
      ],
    },
    folder,
  );
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  return livable(read.scenario);
}

/** To four places, half up: exact for these sums of small whole numbers and products with two places. */
function places(value: number): string {
  return (Math.floor(value * 10_000 + 0.5 + 1e-7) / 10_000).toFixed(4);
}

/** Means of the columns, what all of them come to by weight, and the share of fours and fives: plain arithmetic. */
function computed(chain: Chain, cycle: 'first' | 'second') {
  const rows = answersOf(chain, cycle);
  const columns = chain.dimensions.map(({ id }, index) => {
    const values = rows.flatMap((row) => row[index] ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const satisfied = values.filter((value) => value >= 4).length / values.length;
    return { id, n: values.length, mean, satisfied, weight: chain.weights?.[id] ?? 1 / chain.dimensions.length };
  });
  const total = columns.reduce((sum, { weight }) => sum + weight, 0);
  const score = columns.reduce((sum, { weight, mean }) => sum + weight * mean, 0) / total;
  return {
    score: places(score),
    dimensions: columns.map(({ id, n, mean, satisfied }) => ({
      id,
      n,
      mean: places(mean),
      satisfied: places(satisfied),
    })),
  };
}

function printed({ figures }: LivedSurvey) {
  return {
    score: figures?.score,
    dimensions: figures?.dimensions.map(({ id, measures: { n, mean, satisfied } }) => ({
      id,
      n,
      mean: mean?.value,
      satisfied: satisfied?.value,
    })),
  };
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await openSimulator((line) => console.log(line));
});
afterAll(() => simulator.close());

describe.each(CHAINS.map((chain): [string, Chain] => [chain.template, chain]))('%s', (_template, chain) => {
  let scenario: LivableScenario;
  let life: SimulatedLife;
  const kept = join(folder, `${chain.template}-kept`);
  beforeAll(async () => {
    scenario = scenarioOf(chain);
    life = await simulator.live(scenario, { keep: kept });
  }, 300_000);

  test('nothing is refused', () => {
    expect(life.rejections).toEqual([]);
  });

  test('figures of both cycles are those of plain arithmetic over the answers', () => {
    const cycles = life.surveys.filter(({ survey, figures }) => survey === chain.survey && figures !== undefined);
    expect(cycles.map(({ answered, late, sample }) => ({ answered, late, drawn: sample?.drawn }))).toEqual([
      { answered: ANSWERS, late: 0, drawn: CUSTOMERS },
      { answered: ANSWERS, late: 0, drawn: CUSTOMERS },
    ]);
    expect(cycles.map(printed)).toEqual([computed(chain, 'first'), computed(chain, 'second')]);
    // 200 of 240 answered: five sixths.
    expect(cycles.map(({ figures }) => figures?.responseRate?.value)).toEqual(['0.8333', '0.8333']);
  });

  test('the low dimension becomes a finding, is planned and done, and the next cycle shows the effect', () => {
    const low = lowest(chain);
    const [plan] = life.plans;
    expect(life.plans).toHaveLength(1);
    expect(plan).toMatchObject({ dimension: low, goal: { dimension: low }, round: 1, daysLate: 0 });
    expect(plan?.measures).toMatchObject([{ measure: 'measure-1', daysLate: 0 }]);
    const measured = computed(chain, 'second').dimensions.find(({ id }) => id === low)?.mean;
    const effects = plan?.effects ?? [];
    const seen = effects.map(({ verdict, value }) => ({ verdict, value }));
    expect(seen).toEqual([{ verdict: 'effective', value: measured }]);
    expect(plan?.status).toBe('closed');
  });

  test('the pure rules alone live the same', () => {
    const { surveys, plans, rejections, obligations } = liveInMemory(scenario);
    expect({ surveys, plans, rejections, obligations }).toEqual({
      surveys: life.surveys,
      plans: life.plans,
      rejections: life.rejections,
      obligations: life.obligations,
    });
  });

  test('the histories of all its workflows replay as they were recorded', async () => {
    const { runs, bundle } = await readKeptRuns(kept);
    expect([...new Set(runs.map(({ workflowId }) => workflowId.split('/')[0]))].sort()).toEqual([
      'agreement',
      ...(chain.evaluates ? ['evaluation'] : []),
      'improvement',
      'survey',
    ]);
    expect(await replayRuns(runs, { bundle, code: undefined })).toMatchObject({ verdict: 'identical' });
  }, 120_000);
});
