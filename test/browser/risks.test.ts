import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainingContract } from './kept.ts';
import { type Hand, type Pages, openPages } from './pages.ts';

let pages: Pages;
let agreement: string;
let hand: Hand;

beforeAll(async () => {
  pages = await openPages();
  agreement = await trainingContract(pages.world.desk); // S001c: ratings, measures, reviews, emergency plans
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

test('a risk is registered, answered, comes true and is stood down, by the pages alone (S001c-56 to S001c-61)', async () => {
  const { database } = pages.world.desk;
  await hand.page.goto(`${pages.url}/agreements/${agreement}?tab=risks`);
  await hand.sees('风险清单由甲方管理');
  await hand.sees('清单中还没有风险');
  expect(await hand.violations()).toEqual([]);
  await hand.does('登记风险', {
    choose: { 可能性: '3（中等）', 影响: '5（很高）' },
    fill: { 风险: '客服系统瘫痪', 应急步骤: '切换到备用系统' },
    clean: true,
    sees: '客服系统瘫痪',
  });
  await hand.sees('高风险');
  await hand.look('risks-zh-1280');

  const [row] = await database.process.findMany({ where: { agreementId: agreement, type: 'risk' } });
  await hand.page.goto(`${pages.url}/agreements/${agreement}/risks/${row?.id ?? ''}`);
  await hand.does('制定措施', {
    choose: { 降低: '降低影响', 剩余可能性: '3（中等）', 剩余影响: '2（较低）' },
    fill: { 措施内容: '搭建异地备用系统' },
    sees: '搭建异地备用系统',
  });
  await hand.sees('剩余中风险（3 × 2）');
  await hand.does('完成措施', { sees: '已完成' });

  await hand.click('风险已发生');
  await hand.sees('应急清单立即启动');
  await hand.sends();
  await hand.sees('应急步骤完成 0 / 1');
  expect(await hand.violations()).toEqual([]);
  await hand.does('完成步骤', { sees: '应急步骤完成 1 / 1' });
  await hand.does('应急结束', { sees: '应急处置记录' });
  await hand.does('重新评级', { choose: { 影响: '2（较低）' }, sees: '第 2 版' });
  await hand.look('risk-zh-1280');
}, 60_000);

test('the register and one risk are read on a phone, and in English', async () => {
  const { database } = pages.world.desk;
  const [row] = await database.process.findMany({ where: { agreementId: agreement, type: 'risk' } });
  await hand.reads('en', 320, `${pages.url}/agreements/${agreement}/risks/${row?.id ?? ''}`);
  await hand.sees('Emergency log');
  expect(await hand.violations()).toEqual([]);
  await hand.look('risk-en-320');
  await hand.reads('en', 320, `${pages.url}/agreements/${agreement}?tab=risks`);
  await hand.sees('Where the open risks stand');
  expect(await hand.violations()).toEqual([]);
  await hand.look('risks-en-320');
}, 60_000);
