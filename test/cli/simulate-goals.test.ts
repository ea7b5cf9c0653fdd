import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LivedScenario } from '../../cli/life.ts';
import { type LivableScenario, livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { type SimulatedLife, type Simulator, openSimulator } from '../../cli/simulation.ts';
import { liveInMemory } from '../support/example-life.ts';

const folder = mkdtempSync(join(tmpdir(), 'abide-goals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CUSTOMERS = 20;
/** Whole numbers 1–5 by customer: sixteen fours and four fives everywhere is a mean of 4.2. */
const answer = (index: number): number => (index < 4 ? 5 : 4);

/** S000 for one year from 2026-03-02, whose first quarter is surveyed late, in June 2026, with a score of 4.2000. */
function scenarioOf(terms: Record<string, unknown>): LivableScenario {
  const key = (index: number) => `C-${String(index + 1).padStart(2, '0')}`;
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => `${key(index)},客户${index + 1},key`);
  writeFileSync(join(folder, 'customers.csv'), ['key,name,tier', ...customers].join('\n'));
  const columns = ['product-quality', 'service-efficiency', 'service-attitude', 'communication'];
  const rows = Array.from({ length: CUSTOMERS }, (_, index) =>
    [key(index), ...columns.map(() => answer(index))].join(','),
  );
  writeFileSync(join(folder, 'answers.csv'), [['customer', ...columns].join(','), ...rows].join('\n'));
  const survey = 'quarterly-survey';
  const read = resolveScenario(
    {
      template: 'satisfaction-improvement',
      signedOn: '2026-03-02',
      until: '2027-03-05',
      customers: 'customers.csv',
      parties: {
        A: { name: '甲方有限公司', email: 'a@a.example.com' },
        B: { name: '乙方有限公司', email: 'b@b.example.com' },
      },
      coordinator: { name: '协调人', email: 'coordinator@example.com' },
      terms: { surveyMethods: ['online', 'phone'], surveyAudience: 'key', termYears: 1, ...terms },
      script: [
        { at: '2026-06-03 10:00', as: 'B', do: 'propose', survey, date: '2026-06-08' },
        { at: '2026-06-04 10:00', as: 'A', do: 'accept', survey },
        { at: '2026-06-08 10:00', as: 'B', do: 'publish', survey },
        { at: '2026-06-12 10:00', as: 'B', do: 'respond', survey, file: 'answers.csv' },
        { at: '2026-06-15 10:00', as: 'B', do: 'close', survey },
      ],
    },
    folder,
  );
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  return livable(read.scenario);
}

const judged = ({ events }: LivedScenario) => events.filter(({ type }) => type === 'goal-judged');

/** `goal day verdict needed measured`, or why there is none. */
const story = (life: LivedScenario) =>
  judged(life).map(({ goal, asOf, verdict, why, needed = '', measured = '' }) =>
    [goal, asOf, verdict, why ?? `${needed} ${measured}`].join(' '),
  );

const told = ({ notices }: LivedScenario) =>
  notices.filter(({ kind }) => kind === 'goal-judged').map(({ at, to }) => `${at.slice(0, 16)} ${to ?? ''}`);

/** 4.0 raised by 5 percent is 4.2, and 4.2 is what was measured. */
const SCORES = {
  scoreIncrease: 5,
  scoreIncreaseUnit: 'percent',
  baselineScore: 4,
  scoreTargetKind: 'score',
  scoreTarget: 4.5,
};
const OTHERS = { complaintRateReductionPctAtExpiry: 25, fcrTargetPct: 85 };

let simulator: Simulator;
beforeAll(async () => {
  simulator = await openSimulator((line) => console.log(line));
});
afterAll(() => simulator.close());

describe('the goals of S000 over a year, on the real engine', () => {
  const scenario = () => scenarioOf({ ...SCORES, ...OTHERS });
  let life: SimulatedLife;
  beforeAll(async () => {
    life = await simulator.live(scenario());
  }, 300_000);

  test('S000-04, S000-06, S000-08: each is judged at its date, from the last survey, and no verdict is made up', () => {
    expect(story(life)).toEqual([
      // With a term of one year the twelve months end with it: they are judged first (ambiguities S000 1.3).
      'first-contact-resolution 2027-03-02 no-verdict no-data',
      'overall-score 2027-03-02 reached 4.2 4.2',
      'expiry-score 2027-03-02 not-reached 4.5 4.2',
      'expiry-complaint-rate 2027-03-02 no-verdict no-baseline',
    ]);
    expect(judged(life).flatMap(({ source }) => source ?? [])).toEqual([
      'quarterly-survey#2026-03-02',
      'quarterly-survey#2026-03-02',
    ]);
  });

  test('both parties and the coordinator get a mail for each', () => {
    const people = ['a@a.example.com', 'b@b.example.com', 'coordinator@example.com'];
    expect([...told(life)].sort()).toEqual(
      people.map((to) => `2027-03-03T09:00 ${to}`).sort(), // four goals, one mail
    );
    const subjects = life.notices.filter(({ kind }) => kind === 'goal-judged').map(({ subject }) => subject ?? '');
    expect(subjects.filter((subject) => subject.includes('4 项目标的判定结果'))).toHaveLength(3);
  });

  test('the pure rules alone live the same', () => {
    const pure = liveInMemory(scenario());
    expect(judged(pure)).toEqual(judged(life));
    expect(told(pure).sort()).toEqual(told(life).sort());
  });
});

describe('by the pure rules alone', () => {
  test('S000-08: a target of 85 on a questionnaire of 1 to 5 has no verdict; on a scale of 0 to 100 4.2 is 80', () => {
    const goal = { scoreTargetKind: 'score', scoreTarget: 85 };
    expect(story(liveInMemory(scenarioOf(goal)))).toEqual(['expiry-score 2027-03-02 no-verdict off-scale']);
    expect(story(liveInMemory(scenarioOf({ ...goal, scoreScale: 'percentage' })))).toEqual([
      'expiry-score 2027-03-02 not-reached 85 80',
    ]);
  });

  test('S000-08: a grade is judged by people; what is not agreed is not judged at all', () => {
    const graded = { scoreTargetKind: 'grade', scoreTargetGrade: '良好', gradeScale: ['一般', '良好', '优秀'] };
    expect(story(liveInMemory(scenarioOf(graded)))).toEqual(['expiry-score 2027-03-02 no-verdict by-grade']);
    expect(story(liveInMemory(scenarioOf({})))).toEqual([]);
  });
});
