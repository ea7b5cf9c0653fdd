import { afterAll, beforeAll, expect, test } from 'vitest';
import { customers } from '../api/process-desk.ts';
import { trainingContract, visitRules } from './kept.ts';
import { type Hand, type Pages, openPages } from './pages.ts';

let pages: Pages;
let visited: string;
let trained: string;
let hand: Hand;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  visited = await visitRules(desk);
  trained = await trainingContract(desk);
  await customers(desk, 5, (index) => (index < 2 ? { tier: 'key' } : {}));
  const { id: organisationId } = await desk.database.organisation.findFirstOrThrow();
  for (const name of ['陈晓', '刘芳']) {
    await desk.database.person.create({ data: { name, email: `${name}@x.example`, organisationId } });
  }
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

test('key customers get a plan of visits from the page; one is held and leads to a finding (S003-S-18, S003-S-10)', async () => {
  const { database } = pages.world.desk;
  await hand.page.goto(`${pages.url}/agreements/${visited}?tab=visits`);
  await hand.sees('重点客户每年调查不少于 2 次，其中拜访不少于 1 次');
  await hand.click('制定年度拜访计划');
  await hand.sees('共 2 位客户');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('拜访计划共 2 次');
  expect(await hand.violations()).toEqual([]);
  const [row] = await database.process.findMany({ where: { agreementId: visited, type: 'visit' } });
  await hand.page.goto(`${pages.url}/agreements/${visited}/visits/${row?.id ?? ''}`);
  await hand.click('登记已进行');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('应于');
  await hand.click('登记问题');
  await hand.fill('问题', '备件供应慢');
  await hand.sends();
  await hand.sees('转入改进流程');
  expect(await hand.violations()).toEqual([]);
  await hand.look('visit-zh-1280');
  const customerId = (row?.input as { customerId: string }).customerId;
  await hand.page.goto(`${pages.url}/customers/${customerId}`);
  await hand.sees('拜访和回访');
  await hand.sees('已进行，待报告');
  expect(pages.refused).toEqual([]);
});

test('a session is planned, held and examined from the page; who failed may not work (S001c-10, S001c-13)', async () => {
  await hand.page.goto(`${pages.url}/agreements/${trained}?tab=trainings`);
  await hand.sees('未经培训合格不得上岗');
  expect(await hand.violations()).toEqual([]);
  await hand.click('安排一场培训');
  for (const name of ['陈晓', '刘芳']) await hand.choose('学员', name);
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.click('登记到场情况');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.click('登记考核成绩');
  await hand.fill('陈晓', '85');
  await hand.fill('刘芳', '52.5');
  await hand.sends();
  await hand.sees('刘芳考核不合格（52.5 分，合格线 60 分）');
  await hand.sees('陈晓考核合格（85 分，合格线 60 分）');
  expect(await hand.violations()).toEqual([]);
  await hand.look('training-zh-1280');
  await hand.page.goto(`${pages.url}/agreements/${trained}?tab=trainings`);
  await hand.sees('可以上岗');
  await hand.sees('不得上岗');
  expect(await hand.violations()).toEqual([]);
  await hand.look('trainings-zh-1280');
  expect(pages.refused).toEqual([]);
});

test('on a phone, in English, the pages of visits and training fit', async () => {
  const phone = await pages.open('en', 360);
  for (const [id, tab, what] of [
    [visited, 'visits', 'Visits are led by'],
    [trained, 'trainings', 'Nobody works before passing'],
  ]) {
    await phone.page.goto(`${pages.url}/agreements/${id ?? ''}?tab=${tab ?? ''}`);
    await phone.sees(what ?? '');
    expect(await phone.violations()).toEqual([]);
    const tooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await phone.page.evaluate(tooWide)).toBe(false);
    await phone.look(`${tab ?? ''}-en-360`);
  }
});
