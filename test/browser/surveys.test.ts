import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOf } from '../../web/features/surveys/questionnaire.ts';
import { begunCycle, customers, improvementAgreement } from '../api/process-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';

const DAY = 86_400_000;

let pages: Pages;
let agreementId: string;
let hand: Hand;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  desk.now.ms = Date.now() - 40 * DAY;
  agreementId = await improvementAgreement(desk);
  desk.now.ms = Date.now();
  await customers(desk, 12, (index) => (index < 3 ? { tier: 'key' } : {}));
  // Who signs in coordinates, and holds the seat of A, which approves.
  await desk.database.seat.updateMany({ where: { agreementId, seat: 'A' }, data: { personId: pages.person } });
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

/** A day of the agreement's zone, so many days from today. */
const on = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * DAY).toISOString().slice(0, 10);
const at = (page: string): string => `${pages.url}/agreements/${agreementId}${page}`;

test('a cycle is designed, approved, dated, drawn and published from its page (S000-18, S000-25)', async () => {
  const { id } = await begunCycle(pages.world.desk, agreementId, {
    occurrence: on(-10),
    approvers: { seats: ['A'], clauses: ['S000-18'] },
  });
  await hand.page.goto(at('?tab=surveys'));
  await hand.sees('筹备中');
  expect(await hand.violations()).toEqual([]);
  await hand.page.goto(at(`/surveys/${id}`));
  await hand.sees('待乙方（服务方）设计问卷');
  expect(await hand.violations()).toEqual([]);

  await hand.click('设计问卷');
  await hand.sees('新增题目');
  await hand.choose('题型', '选择');
  await hand.type('#new-zh', '您希望增加哪项服务？');
  await hand.type('#new-en', 'Which service should be added?');
  await hand.type('#new-choices', '上门检修 | On-site service\n夜间热线 | Night hotline');
  await hand.click('加入问卷');
  await hand.click('增加选项');
  await hand.fill('“您希望增加哪项服务？”第 3 项（中文）', '备件寄送');
  // Half of a choice is none.
  await hand.click('设计问卷');
  await hand.sees('有题目、选项或行未填写中文或英文');
  await hand.fill('“您希望增加哪项服务？”第 3 项（英文）', 'Spare parts by post');
  expect(await hand.violations()).toEqual([]);
  await hand.click('预览（英文）');
  await hand.sees('All in all, how satisfied are you with us?');
  await hand.click('Next');
  await hand.sees('Spare parts by post');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();

  await hand.sees('待甲方（委托方）批准问卷');
  await hand.click('批准问卷');
  await hand.sees('批准第 1 版问卷，共 10 题');
  await hand.sends();
  await hand.sees('甲方（委托方）批准第 1 版问卷');
  await hand.click('提议调查日期');
  await hand.choose('办理身份', '代乙方');
  await hand.fill('调查日期', on(0));
  await hand.sends();
  await hand.click('确认调查日期');
  await hand.sends();
  await hand.sees('各方商定于');
  await hand.click('抽取样本');
  await hand.choose('抽样方法', '随机抽样');
  await hand.fill('样本量', '8');
  await hand.fill('随机种子', 'season-4');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('12 位客户中抽取 8 位');
  await hand.click('发布调查');
  await hand.click('在线问卷');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('调查进行中');
  expect(await hand.violations()).toEqual([]);
  await hand.look('survey-open-zh-1280');

  const row = await pages.world.desk.database.process.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ status: 'open', snapshot: { version: 1, sample: { drawn: 8, seed: 'season-4' } } });
  const stored = await pages.world.desk.database.questionnaire.findFirstOrThrow();
  expect(linesOf(stored.json).find(({ name }) => name === 'choice')?.choices).toContainEqual({
    value: 'item-3',
    title: { zh: '备件寄送', en: 'Spare parts by post' },
  });
  expect(pages.refused).toEqual([]);
});

test('a finding is raised, classified, planned, approved and its measure completed from the pages (S000-34)', async () => {
  await hand.page.goto(at('?tab=improvements'));
  await hand.click('提出问题');
  await hand.fill('问题概述', '热线高峰时段难以接通');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('等待分类、定级');
  await hand.click('分类定级');
  await hand.choose('严重程度', '4');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('提交改进计划');
  expect(await hand.violations()).toEqual([]);
  await hand.click('提交计划');
  // Nothing is sent as long as a measure is half said.
  await hand.click('提交计划');
  await hand.fill('内容', '新增 4 名坐席');
  await hand.fill('完成期限', on(30));
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('改进计划已提交');
  if (await hand.page.evaluate<boolean>('document.body.innerText.includes("批准计划")')) {
    await hand.click('批准计划');
    await hand.sends();
  }
  await hand.sees('还有 1 项未完成');
  await hand.click('登记措施完成');
  await hand.sends();
  await hand.sees('一项措施已完成');
  expect(await hand.violations()).toEqual([]);
  await hand.look('improvement-done-zh-1280');
  expect(pages.refused).toEqual([]);
});

test('on a phone, in English, the pages of a cycle and of a finding fit and are clean', async () => {
  const phone = await pages.open('en', 360);
  const rows = await pages.world.desk.database.process.findMany({ where: { agreementId } });
  for (const [type, what] of [
    ['survey', 'What happened'],
    ['improvement', 'Finding'],
  ] as const) {
    const row = rows.find((one) => one.type === type);
    await phone.page.goto(at(`/${type}s/${row?.id ?? ''}`));
    await phone.sees(what);
    expect(await phone.violations()).toEqual([]);
    const tooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await phone.page.evaluate(tooWide)).toBe(false);
    await phone.look(`${type}-en-360`);
  }
});
