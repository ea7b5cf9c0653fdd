import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompiledEvaluation } from '../../domain/evaluation/compiled.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import { ask } from '../api/desk.ts';
import { LATE, SCHEME, SCORING, STAFF_RULES, withEvaluations } from '../api/evaluation-rules.ts';
import { improvementAgreement, processDesk } from '../api/process-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

let pages: Pages;
let agreementId: string;
let hand: Hand;
const DAY_MS = 86_400_000;
const ids: Record<string, string> = {};

const [satisfaction, quality] = SCHEME.indicators;
const spoken = { ...quality, evidence: [] } as (typeof SCHEME.indicators)[number];
/** What a performance contract may ask all together: four indicators, targets, a third party, a second person. */
const RULES: CompiledEvaluation = {
  ...SCORING,
  ...{ confirmer: 'A', confirmClauses: ['S002-27'] },
  consequences: [
    { consequence: 'honour', clauses: ['S001c-48'] },
    { consequence: 'reward', clauses: ['S003-E-10'] },
  ],
  scheme: {
    ...SCHEME,
    indicators: [
      ...(satisfaction ? [{ ...satisfaction, weight: '40' }] : []),
      ...(quality ? [{ ...quality, weight: '30' }] : []),
      { ...spoken, id: 'cost', source: 'cost', weight: '20' },
      { ...spoken, id: 'risk', source: 'risk', weight: '10' },
    ],
    tests: [
      { test: 'targets-met', clauses: ['S003-N-07'], targets: 1 },
      { test: 'third-party', clauses: ['S003-N-09'] },
    ],
  },
};

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  // Sessions are of today; what a week went by since was done before.
  const today = desk.now.ms;
  desk.now.ms = today - 20 * DAY_MS;
  agreementId = await improvementAgreement(desk);
  await withEvaluations(desk, agreementId, [RULES, STAFF_RULES, LATE]);
  await desk.database.feedback.create({
    data: { agreementId, number: 'F-2027-1', text: '没有人回复', receivedAt: new Date(desk.now.ms), channel: 'page' },
  });
  const { id: organisationId } = await desk.database.organisation.findFirstOrThrow();
  for (const name of ['陈晓', '刘芳']) {
    await desk.database.person.create({ data: { name, email: `${name}@x.example`, organisationId } });
  }
  ids['final'] = await finalOne(today);
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

async function opens(rule: string): Promise<string> {
  await hand.page.goto(`${pages.url}/agreements/${agreementId}?tab=evaluations`);
  await hand.does(`发起“${rule}”`, { fill: { 周期首日: '2026-04-01', 周期末日: '2026-06-30' }, clean: true });
  await hand.page.until('location.pathname.includes("/evaluations/")');
  return hand.page.evaluate<string>('location.pathname.split("/").at(-1)');
}

/** One whose window for objections is over before anybody signs in: the machine did what people do. */
async function finalOne(today: number): Promise<string> {
  const { desk } = pages.world;
  const { begin, tell, act } = processDesk(desk);
  const path = `/agreements/${agreementId}/evaluations`;
  const said = { as: 'A', rule: 'scoring', from: '2026-07-01', to: '2026-09-30' };
  const { body } = await ask(desk.api, 'POST', path, said, { 'Idempotency-Key': randomUUID() });
  const { input, workflowId } = await desk.database.process.findUniqueOrThrow({ where: { id: body.id as string } });
  const id = await begin('evaluation', input as unknown as ProcessFrame);
  const does = (name: string, fields: object) => act(`${path}/${id}/${name}`, fields);
  for (const as of ['A', 'B']) await does('acknowledge', { as });
  for (const [indicator, value] of [
    ['quality', '88'],
    ['cost', '92'],
    ['risk', '90'],
  ]) {
    await does('score', {
      as: 'A',
      indicator,
      value,
      evidence: indicator === 'quality' ? ['test'] : [],
      record: '记录',
    });
  }
  await does('leave-out', { as: 'A', indicator: 'satisfaction', reason: '本期未调查' });
  await does('judge-targets', { as: 'A', met: [], missed: [1], record: '核对表' });
  await does('conclude', { as: 'A' });
  desk.now.ms = today;
  await tell(workflowId, { type: 'tick', atMs: desk.now.ms, nowMs: desk.now.ms });
  return id;
}

test('a provider is scored from the page: acknowledged, scored with records, reckoned, objected to, corrected (S003-E)', async () => {
  const id = (ids['scoring'] = await opens('scoring'));
  await hand.sees('确认考核标准');
  await hand.does('确认考核标准', { as: '代甲方', sees: '待乙方（服务方）确认考核标准' });
  await hand.does('确认考核标准', { sees: '评定' });
  expect(await hand.violations()).toEqual([]);
  await hand.look('evaluation-scoring-zh-1280');

  await hand.click('评分：quality');
  await hand.click('评分');
  await hand.sees('请填写');
  await hand.fill('得分', '90');
  await hand.choose('评分依据', '检查');
  await hand.fill('依据说明', '现场检查记录 12 份');
  await hand.brings('检查记录.pdf', '%PDF-1.4 检查');
  expect(await hand.violations()).toEqual([]);
  await hand.look('evaluation-score-zh-1280');
  await hand.sends();
  await hand.sees('现场检查记录 12 份');
  // Somebody of the party scores, too: whoever corrects it is another person.
  const cost = { as: 'A', indicator: 'cost', value: '70', record: '费用审计' };
  const path = `/agreements/${agreementId}/evaluations/${id}/score`;
  // The worker of the pages records it.
  expect(await ask(pages.world.desk.api, 'POST', path, cost, { 'Idempotency-Key': randomUUID() })).toMatchObject({
    status: 202,
  });
  await hand.does('不计入：risk', { fill: { 理由: '本期没有风险事项' }, sees: '本期没有风险事项' });
  await hand.does('核对执行目标', { choose: { 已达到的目标: '目标 1' }, sees: '达到' });
  await hand.does('录入第三方评估', {
    choose: { 评估结论: '通过' },
    brings: { '第三方评估报告.pdf': '%PDF-1.4 评估' },
    sees: '录入第三方评估',
  });
  await hand.does('汇总实绩数据', { sees: '实绩数据已汇总并固定' });
  await hand.does('得出初步结果');
  // nothing was recorded of satisfaction, and risk is left out: (90 × 30 + 70 × 20) / 50 = 82
  await hand.sees('初步结果：82 分');
  await hand.sees('履约成功');
  expect(await hand.violations()).toEqual([]);
  await hand.look('evaluation-provisional-zh-1280');
  const paper = await hand.downloads('检查记录.pdf');
  expect(paper.bytes.toString()).toBe('%PDF-1.4 检查');

  await hand.does('提出异议', {
    choose: { 指标: 'cost' },
    fill: { 理由: '费用审计漏计退款' },
    clean: true,
    sees: '费用审计漏计退款',
  });
  await hand.does('答复异议', {
    choose: { 处理决定: '异议成立' },
    fill: { 理由: '退款凭证属实' },
    sees: '异议成立，待更正',
  });
  await hand.does('更正：cost', { fill: { 得分: '88', 理由: '补计退款后复算' }, sees: '补计退款后复算' });
  // (90 × 30 + 88 × 20) / 50 = 89.2
  await hand.sees('89.2');
  await hand.look('evaluation-corrected-zh-1280');
  expect(await hand.violations()).toEqual([]);
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('a second person confirms; what follows is proposed, decided with a reason, and published (S003-E-10, S001b-61)', async () => {
  await hand.page.goto(`${pages.url}/agreements/${agreementId}/evaluations/${ids['final'] ?? ''}`);
  await hand.sees('未达到履约要求');
  // Whoever scored does not confirm: somebody else did score this one.
  await hand.does('复核确认', { clean: true, sees: '复核人' });
  await hand.does('提出结果应用建议', {
    choose: { 结果应用: '荣誉' },
    fill: { 理由: '连续三期领先' },
    sees: '连续三期领先',
  });
  await hand.does('决定：奖励', {
    choose: { 处理决定: '采纳' },
    fill: { 理由: '按合同分档奖励' },
    clean: true,
    sees: '按合同分档奖励',
  });
  await hand.does('决定：荣誉', { choose: { 处理决定: '不采纳' }, fill: { 理由: '下期再议' }, sees: '下期再议' });
  await hand.does('公布结果', { sees: '全部办结' });
  expect(await hand.violations()).toEqual([]);
  await hand.look('evaluation-complete-zh-1280');
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('staff is enrolled, assesses itself and is scored from the page; a late response is listed, explained, decided (S004-25)', async () => {
  ids['staff'] = await opens('staff-appraisal');
  for (const name of ['陈晓', '刘芳']) {
    await hand.does('列入考核对象', { choose: { 考核对象: name }, clean: true, sees: `列入考核对象：${name}` });
  }
  await hand.does('自评', { fill: { 自评: '响应及时，差错较少' }, sees: '响应及时，差错较少' });
  await hand.choose('查看考核对象', '陈晓');
  expect(await hand.violations()).toEqual([]);
  await hand.look('evaluation-staff-zh-1280');

  ids['late'] = await opens('late-responses');
  await hand.does('列入未及时响应事项', {
    choose: { 责任人: '刘芳' },
    fill: { 事项: 'F-2027-1', 超时分钟数: '150' },
    clean: true,
    sees: '超时 150 分钟',
  });
  await hand.does('说明情况', { fill: { 情况说明: '当日系统停机' }, sees: '当日系统停机' });
  await hand.does('决定：责任追究', {
    choose: { 处理决定: '不采纳' },
    fill: { 理由: '系统原因，不予追究' },
    sees: '系统原因，不予追究',
  });
  expect(await hand.violations()).toEqual([]);
  await hand.look('evaluation-late-zh-1280');
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('at 320 px, in both languages, the pages of evaluations fit and are clean', async () => {
  const at = (path: string): string => `${pages.url}/agreements/${agreementId}${path}`;
  await expectToFit(hand, [
    ['evaluations', at('?tab=evaluations'), '由甲方', 'Organised by'],
    ['evaluation', at(`/evaluations/${ids['scoring'] ?? ''}`), '办理记录', 'What happened'],
    ['evaluation-staff', at(`/evaluations/${ids['staff'] ?? ''}`), '办理记录', 'What happened'],
    ['evaluation-late', at(`/evaluations/${ids['late'] ?? ''}`), '办理记录', 'What happened'],
  ]);
});
