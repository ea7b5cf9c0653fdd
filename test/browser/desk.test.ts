import { afterAll, beforeAll, expect, test } from 'vitest';
import { openedEvaluation } from '../../api/evaluations/schema.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import { attachments, caseDesk, vipService } from '../api/cases-desk.ts';
import { ask, form } from '../api/desk.ts';
import { applied, knowingThirds } from '../api/engagement-desk.ts';
import { SCORING, withEvaluations } from '../api/evaluation-rules.ts';
import { processDesk } from '../api/process-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

let pages: Pages;
let hand: Hand;
let agreementId: string;
let second: string;

/** A provider's score of a quarter, concluded. */
async function scored(from: string, to: string, value: string): Promise<string> {
  const { desk } = pages.world;
  const at = `/agreements/${agreementId}/evaluations`;
  const processes = processDesk(desk);
  const reply = await ask(desk.api, 'POST', at, { as: 'A', rule: 'scoring', from, to });
  const { id } = openedEvaluation.parse(reply.body);
  const { input } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  await processes.begin('evaluation', input as unknown as ProcessFrame);
  for (const seat of ['A', 'B']) await processes.act(`${at}/${id}/acknowledge`, { as: seat, version: 'a1b2c3d4' });
  const score = form(
    { as: 'A', indicator: 'quality', value, record: '现场检查记录', evidence: JSON.stringify(['inspection']) },
    { '检查.pdf': '%PDF-' },
  );
  await processes.act(`${at}/${id}/score`, score);
  await processes.act(`${at}/${id}/conclude`, { as: 'A' });
  return id;
}

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  agreementId = await attachments(desk, { monitoringReportIntervalDays: 30 });
  const vip = await vipService(desk);
  await knowingThirds(desk).then((id) => applied(desk, id));
  const open = (id: string, topic: string, body: object) =>
    caseDesk(desk).open(id, { as: 'A', type: 'service-request', channel: 'phone', severity: 'normal', topic, ...body });
  await open(agreementId, '空调不制冷', { priority: 'normal' });
  await open(vip, '贵宾室漏水', { priority: 'urgent' });
  await withEvaluations(desk, agreementId, [SCORING]);
  await scored('2026-01-01', '2026-03-31', '70');
  second = await scored('2026-04-01', '2026-06-30', '90');
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const clean = async (): Promise<void> => {
  expect(await hand.violations()).toEqual([]);
  expect(hand.errors()).toEqual([]);
};
/** Topics on the desk, from above. */
const topics = (): Promise<string> =>
  hand.page.evaluate<string>(
    `[...document.querySelectorAll('.ant-table-row a')].map((one) => one.innerText).filter((one) => /空调|漏水/.test(one)).join()`,
  );

test('the desk shows what runs out first, is narrowed by its address, and is acted on', async () => {
  await hand.page.goto(`${pages.url}/cases`);
  await hand.sees('空调不制冷');
  expect(await topics()).toBe('贵宾室漏水,空调不制冷');
  await hand.sees('全部在办 2');
  await clean();
  await hand.look('cases-desk');
  await hand.click('4 小时内到期');
  await hand.seesNo('空调不制冷');
  await hand.page.until(`location.search === '?due=4'`);
  await hand.click('全部在办');
  await hand.choose('优先级', '紧急');
  await hand.seesNo('空调不制冷');
  await hand.page.until(`location.search === '?priority=urgent'`);
  await hand.click('办理：贵宾室漏水');
  await hand.sees('首次响应');
  await clean();
  await hand.look('cases-desk-drawer');
  await hand.does('首次响应', { fill: { 响应内容: '已派人到场。' } });
  await hand.sees('已响应');
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('a case is written down from the desk, under the agreement that is chosen', async () => {
  await hand.page.goto(`${pages.url}/cases`);
  await hand.sees('贵宾室漏水');
  await hand.click('登记工单');
  await hand.sees('先选择工单属于哪一份协议');
  await hand.choose('协议', '客户服务协议（按附件履行）');
  await hand.click('下一步');
  await hand.sees('收到时间');
  await hand.fill('标题', '电梯异响');
  await hand.sends();
  await hand.page.until(`location.pathname.includes('/cases/')`);
  await hand.sees('电梯异响');
  // Figures of an agreement, each with its cases.
  await hand.page.goto(`${pages.url}/cases?agreement=${agreementId}`);
  await hand.sees('电梯异响');
  await hand.seesNo('贵宾室漏水');
  await hand.sees('平均首次响应');
  await clean();
  await hand.look('cases-desk-figures');
});

test('evaluations of all agreements lead down to their records and over the periods', async () => {
  await hand.page.goto(`${pages.url}/evaluations`);
  await hand.sees('异议期至');
  await clean();
  await hand.look('evaluations-desk');
  await hand.click('待评分');
  await hand.sees('没有符合条件的评价');
  await hand.click('显示全部');
  await hand.sees('异议期至');
  await hand.page.goto(`${pages.url}/agreements/${agreementId}/evaluations/${second}`);
  await hand.sees('现场检查记录');
  await hand.sees('检查.pdf');
  await hand.sees('历期比较');
  await hand.page.until(`document.querySelector('.chart canvas, .chart svg')`);
  await clean();
  await hand.look('evaluation-history');
});

test('reports that are owed are told, and one of a period is made', async () => {
  await hand.page.goto(`${pages.url}/reports`);
  await hand.click('应交未交');
  await hand.sees('未到期');
  await clean();
  await hand.look('reports');
  await hand.click('培训证书');
  await hand.sees('尚未颁发证书');
  await hand.click('季度、半年和年度报告');
  await hand.choose('协议', '客户服务协议（按附件履行）');
  await hand.sees('PDF');
  const { name, bytes } = await hand.downloads('HTML');
  expect(name).toMatch(/^report-.*\.zh\.html$/);
  expect(bytes.toString()).toContain('<html');
  await clean();
});

test('engagements of all agreements are found by what waits for whom', async () => {
  await hand.page.goto(`${pages.url}/engagements`);
  await hand.sees('甲方服务有限公司');
  await clean();
  await hand.look('engagements-desk');
  await hand.choose('状态', '已结束');
  await hand.sees('没有符合条件的介入事项');
  expect(hand.errors()).toEqual([]);
});

test('all of them are readable on a phone and in English', async () => {
  await expectToFit(hand, [
    ['cases-desk', `${pages.url}/cases`, '全部在办', 'Under way'],
    ['evaluations-desk', `${pages.url}/evaluations`, '待评分', 'Scores to be given'],
    ['engagements-desk', `${pages.url}/engagements`, '甲方服务有限公司', 'Any status'],
    ['reports', `${pages.url}/reports`, '约定的报告', 'Agreed reports'],
  ]);
});
