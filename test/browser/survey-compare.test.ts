import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Prisma } from '../../prisma/generated/client.ts';
import { ask } from '../api/desk.ts';
import { begunCycle, customers, improvementAgreement, processDesk } from '../api/process-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

const DAY = 86_400_000;

let pages: Pages;
let agreementId: string;
let second: string;
let hand: Hand;

interface Element {
  name: string;
  type: string;
  role?: string;
  elements?: Element[];
}
interface Json {
  pages: { elements: Element[] }[];
}

/** A cycle up to its figures; whoever answers says how important everything is, and a word besides. */
async function lived(
  daysAgo: number,
  scores: number[],
  change: (json: Json) => Json = (same) => same,
): Promise<string> {
  const { desk } = pages.world;
  const { act, tell } = processDesk(desk);
  desk.now.ms = Date.now() - daysAgo * DAY;
  const occurrence = new Date(desk.now.ms).toISOString().slice(0, 10);
  const { id, workflowId } = await begunCycle(desk, agreementId, {
    ...{ occurrence, channels: ['email'], dateAgreedBy: { seats: [], clauses: [] } },
    ...{ minimumSample: 6, importance: { clauses: ['S001b-05'] } },
    target: { measure: 'score', value: '4', clauses: ['S000-08'] },
    findings: { below: '0.6', clauses: ['S000-12'] },
  });
  const path = `/agreements/${agreementId}/surveys/${id}`;
  const drafted = await ask(desk.api, 'GET', `${path}/draft`);
  const json = change((drafted.body as { json: Json }).json);
  await act(`${path}/design`, { as: 'B', questionnaire: json });
  await act(`${path}/draw`, { as: 'B' });
  await act(`${path}/publish`, { as: 'B' });
  await desk.database.invitee.updateMany({ where: { workflowId }, data: { status: 'sent', wave: 0 } });
  await tell(workflowId, { type: 'invited', wave: 0, sent: 12, unreachable: 0 });
  const all = (list: Element[]): Element[] => list.flatMap((one) => (one.elements ? all(one.elements) : [one]));
  const scored = all(json.pages.flatMap(({ elements }) => elements)).filter(({ role }) => role === 'score');
  const invitees = await desk.database.invitee.findMany({ where: { workflowId }, orderBy: { customerId: 'asc' } });
  const dimensions = ['product-quality', 'service-efficiency', 'service-attitude', 'communication'];
  for (const [index, score] of scores.entries()) {
    const { id: inviteeId = '', channel = '', tier = '' } = invitees[index] ?? {};
    await desk.database.answer.create({
      data: {
        ...{ workflowId, respondent: inviteeId, inviteeId, channel, tier, receivedOn: occurrence },
        receivedAt: new Date(desk.now.ms),
        answers: {
          ...Object.fromEntries(
            scored.map(({ name }, at) => [name, Math.max(1, Math.min(5, score + ((at + index) % 3) - 1))]),
          ),
          importance: Object.fromEntries(dimensions.map((one, at) => [one, 2 + ((at + index) % 4)])),
          'overall-suggestion': `希望增加高峰时段坐席（${String(index + 1)}）`,
        } as Prisma.InputJsonObject,
      },
    });
    await desk.database.invitee.update({ where: { id: inviteeId }, data: { answered: true } });
  }
  await tell(workflowId, { type: 'answers', cursor: '99', answered: scores.length, late: 0 });
  await act(`${path}/close`, { as: 'B' });
  return id;
}

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  desk.now.ms = Date.now() - 200 * DAY;
  agreementId = await improvementAgreement(desk);
  await customers(desk, 12, (index) => (index < 6 ? { tier: 'key' } : {}));
  await lived(180, [2, 3, 3, 2, 3, 2, 3, 3]);
  second = await lived(90, [4, 5, 4, 5, 4, 4, 5, 4], (json) => {
    const [page, ...rest] = json.pages;
    const [head, ...more] = page?.elements ?? [];
    if (!page || !head) throw new Error('the bank drafts nothing');
    const reworded = { ...head, title: { 'zh-cn': '总的来说，您满意吗？', en: 'In all, are you satisfied?' } };
    return { ...json, pages: [{ ...page, elements: [reworded, ...more] }, ...rest] };
  });
  desk.now.ms = Date.now();
  await ask(
    desk.api,
    'POST',
    `/agreements/${agreementId}/improvements`,
    { as: 'A', severity: 4, title: '夜间热线无人接听' },
    { 'Idempotency-Key': randomUUID() },
  );
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const at = (page: string): string => `${pages.url}/agreements/${agreementId}${page}`;

test('results are read by question, down to the answers behind a figure', async () => {
  await hand.page.goto(at(`/surveys/${second}`));
  await hand.sees('逐题结果');
  await hand.sees('重要程度与满意程度');
  await hand.page.until(`document.querySelectorAll('.chart svg').length >= 1`);
  await hand.page.until(`document.querySelectorAll('.distribution').length > 3`);
  expect(await hand.violations()).toEqual([]);
  await hand.look('results-zh-1280');
  await hand.page.evaluate(`document.querySelector('.distribution .inline-link').click()`);
  await hand.sees('C-0000');
  expect(await hand.violations()).toEqual([]);
  await hand.look('answers-zh-1280');
  await hand.click('关闭');
  await hand.page.until(`![...document.querySelectorAll('.ant-drawer-content')].some((one) => one.checkVisibility())`);
  await hand.click('阅读文字意见');
  await hand.sees('希望增加高峰时段坐席（1）');
  await hand.click('关闭');
  await hand.page.until(`![...document.querySelectorAll('.ant-drawer-content')].some((one) => one.checkVisibility())`);
});

test('cycles stand side by side: what is more than chance, what was asked otherwise, the same questions alone', async () => {
  await hand.click('各期比较');
  await hand.sees('超出偶然');
  await hand.sees('各期问卷不尽相同');
  await hand.sees('总的来说，您满意吗？');
  await hand.page.until(`document.querySelector('.chart svg')`);
  expect(await hand.violations()).toEqual([]);
  await hand.look('compare-zh-1280');
  await hand.click('仅用各期相同的题目重新计算');
  await hand.page.until(`new URLSearchParams(location.search).get('only') === 'same'`);
  await hand.seesNo('各期问卷不尽相同');
  expect(await hand.violations()).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('findings of all agreements stand in columns by stage, and are narrowed by the address', async () => {
  await hand.page.goto(`${pages.url}/improvements`);
  await hand.sees('夜间热线无人接听');
  await hand.sees('待分类');
  expect(await hand.violations()).toEqual([]);
  await hand.look('stages-zh-1280');
  await hand.choose('来源', '其他');
  await hand.page.until(`new URLSearchParams(location.search).get('source') === 'other'`);
  await hand.sees('夜间热线无人接听');
  await hand.click('夜间热线无人接听');
  await hand.sees('等待分类、定级');
  await hand.page.goto(at('?tab=improvements&view=board'));
  await hand.sees('夜间热线无人接听');
  expect(hand.errors()).toEqual([]);
});

test('at 320 px, in both languages, results, comparison and the board fit and are clean', async () => {
  await expectToFit(hand, [
    ['survey-results', at(`/surveys/${second}`), '逐题结果', 'Results by question'],
    ['survey-compare', at('/surveys/compare'), '分维度结果', 'By dimension'],
    ['stages', `${pages.url}/improvements`, '改进问题', 'Findings'],
  ]);
});
