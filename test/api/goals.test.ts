import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { goalsSchema } from '../../api/goals/schema.ts';
import { type Desk, ask, openDesk } from './desk.ts';
import { act, draftOf, started } from './life-desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-03-02T09:00:00+08:00');
});
afterAll(() => desk?.close());

const DRAFT = {
  ...draftOf('satisfaction-improvement@1', {
    termYears: 2,
    sealRequired: false,
    surveyMethods: ['online'],
    scoreIncrease: 5,
    scoreIncreaseUnit: 'percent',
    fcrTargetPct: 85,
  }),
  parties: {
    A: { name: '甲方净水设备有限公司', email: 'li.hua@a.example', contact: '李华' },
    B: { name: '乙方咨询有限公司', email: 'wu.min@b.example', contact: '吴敏' },
  },
  coordinator: { name: '王协调', email: 'wang@c.example' },
};

async function goalsOf(id: string) {
  const { status, body } = await ask(desk.api, 'GET', `/agreements/${id}/goals`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return goalsSchema.parse(body).items;
}

test('S000-04, S000-06: every agreed goal with its date, how it stands, its formula, and what a verdict lacks', async () => {
  const id = await started(desk, DRAFT);
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  const [score, resolution, ...others] = await goalsOf(id);
  expect(others).toEqual([]);
  expect(score).toMatchObject({
    goal: 'overall-score',
    title: { zh: '总体目标：提高满意度评分' },
    clauses: ['S000-04'],
    measure: 'satisfaction-score',
    judged: 'expiry',
    next: { localDate: '2028-03-02', asOf: '2028-03-03T00:00:00+08:00' },
    standing: {
      verdict: 'no-verdict',
      why: 'no-baseline',
      cure: { en: 'Enter the baseline and have the other side confirm it: the goal is judged anew then.' },
      needed: null,
    },
    verdicts: [],
  });
  expect(resolution).toMatchObject({
    goal: 'first-contact-resolution',
    judged: 'due',
    obligation: 'process-optimisation',
    next: { localDate: '2027-03-02' },
    standing: {
      why: 'no-data',
      needed: '85',
      formula: [{ zh: '须达到 85%' }, { zh: '不作判定：期间内没有测得的数据' }],
    },
  });
});

test('S000-04: a baseline of 4.0 that both confirm makes 4.2 the figure that is needed', async () => {
  const id = await started(desk, DRAFT);
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  await act(desk, id, '/baselines', { as: 'A', goal: 'overall-score', value: '4.0' });
  expect((await goalsOf(id))[0]?.standing).toMatchObject({ why: 'no-baseline', needed: null });
  await act(desk, id, '/approvals', { as: 'B', what: 'baseline:overall-score@4.0' });
  expect((await goalsOf(id))[0]?.standing).toMatchObject({
    why: 'no-data',
    baseline: '4.0',
    needed: '4.2',
    formula: [
      { en: 'needed: baseline 4.0 × (1 + 5%) = at least 4.2', zh: '须达到：基线 4.0 × (1 + 5%) = 4.2 分' },
      { en: 'no verdict: nothing was measured in this period' },
    ],
  });
});

test('an agreement whose goals are not agreed has none; one that nobody started says so', async () => {
  const id = await started(desk, { ...DRAFT, ...draftOf('satisfaction-improvement@1', { termYears: 1 }) });
  expect(await goalsOf(id)).toEqual([]);
  const { body } = await ask(desk.api, 'POST', '/agreements', DRAFT);
  expect((await ask(desk.api, 'GET', `/agreements/${body.id}/goals`)).body).toMatchObject({
    type: 'urn:abide:not-started',
  });
});
