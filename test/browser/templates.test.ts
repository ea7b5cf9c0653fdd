import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachments } from '../api/cases-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

let pages: Pages;
let hand: Hand;
let agreementId: string;

beforeAll(async () => {
  pages = await openPages();
  agreementId = await attachments(pages.world.desk);
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const clean = async (): Promise<void> => {
  expect(await hand.violations()).toEqual([]);
  expect(hand.errors()).toEqual([]);
};

test('somebody who wants to know what a kind of agreement holds reads its duties, rules and terms', async () => {
  await hand.page.goto(`${pages.url}/templates`);
  await hand.sees('客户服务协议（按附件履行）');
  await clean();
  await hand.look('templates');
  await hand.click('客户服务协议（按附件履行）');
  await hand.sees('项参数原文没有写定');
  await clean();
  await hand.look('template');
  await hand.click('义务');
  await hand.sees('签署后 30 日内；末日为休息日的，顺延至次一工作日');
  await hand.sees('每逾期一日，按“合同总金额”的 0.5%计');
  await hand.sees('甲方（可按“附件由谁提交”另行约定）');
  await clean();
  await hand.look('template-duties');
  await hand.click('规则与钱款');
  await hand.sees('迟交附件违约金');
  await clean();
  await hand.look('template-rules');
  await hand.click('参数');
  await hand.sees('原文规定');
  await clean();
  await hand.look('template-terms');
});

test('a clause leads to what bears it, to the examples that show it, and to the agreements that have it', async () => {
  await hand.page.goto(`${pages.url}/templates/service-attachments?tab=clauses`);
  await hand.sees('S001a-01');
  await hand.look('template-clauses');
  await hand.click('登记');
  await hand.page.until(`location.search.includes('status=recorded')`);
  await hand.seesNo('S001a-01');
  await hand.click('全部');
  await hand.sees('S001a-01');
  await hand.fill('搜索条款编号或内容', 'S001a-69');
  await hand.page.press('Enter');
  await hand.sees('1 条');
  await clean();
  await hand.click('S001a-69');
  await hand.sees('由哪些例子证明');
  await hand.sees('每个例子都在真实引擎上完整运行');
  await hand.sees('我们的理解');
  await hand.sees('正在履行的协议');
  await hand.page.until(`document.querySelector('a[href="/agreements/${agreementId}"]')`);
  await clean();
  await hand.look('clause');
  // From the clause to a term that rests on it.
  await hand.click('迟交附件违约金（每日，占合同总金额 %）');
  await hand.page.until(`location.hash.includes('lateDeliverablePenaltyPercentPerDay')`);
  await hand.sees('合同总金额');
  await hand.page.goto(`${pages.url}/templates/x/clauses/S999-01`);
  await hand.sees('没有这一条款');
  hand.errors();
});

test('a template is taken to start an agreement with', async () => {
  await hand.page.goto(`${pages.url}/templates/service-attachments`);
  await hand.click('用此模板新建');
  await hand.page.until(`location.pathname === '/start' && location.search.includes('service-attachments')`);
  hand.errors();
});

test('templates and clauses are readable on a phone and in English', async () => {
  const of = `${pages.url}/templates`;
  await expectToFit(hand, [
    ['templates', of, '协议种类', 'Kinds of agreement'],
    ['template-duties', `${of}/service-attachments?tab=obligations`, '期限', 'within 30 days after the signing'],
    ['template-terms', `${of}/service-attachments?tab=terms`, '来源', 'to be agreed'],
    ['template-clauses', `${of}/service-attachments?tab=clauses`, '条款台账', 'Every clause of the sources'],
    ['all-clauses', `${of}?view=clauses`, '所有来源', 'Any source'],
    ['clause', `${of}/service-attachments/clauses/S001a-69`, '系统怎样处理', 'What the product does'],
  ]);
});
