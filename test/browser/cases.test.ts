import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompiledCases } from '../../domain/case/compiled.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Desk } from '../api/desk.ts';
import { customers, improvementAgreement } from '../api/process-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

let pages: Pages;
let hand: Hand;
let id: string;

/** One rule with every step that contracts know for complaints, and one with a plan for a party that is itself the customer. */
async function withEveryStep(desk: Desk): Promise<string> {
  const agreementId = await improvementAgreement(desk);
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const agreement = compiled as unknown as { cases: CompiledCases[] };
  const [model] = agreement.cases;
  if (!model) throw new Error('the template knows no cases');
  const clock = (of: CompiledCases['clocks'][number]['id'], count: number, unit: 'hours' | 'days' = 'hours') => ({
    ...{ id: of, clauses: ['S001a-65'], unit, count, by: {}, warnings: { hours: [], percents: [] } },
    ...{ means: 'late' as const, liable: null, breachClauses: [] },
  });
  const base: CompiledCases = {
    ...model,
    ...{ provider: 'A', handler: 'A', deputies: [], customer: null, categories: [], channels: [], escalateTo: [] },
    ...{ pause: { clauses: ['S003-C-16'] }, negotiators: [], reportTo: null, decider: null, maxReassignments: 3 },
  };
  const complaint: CompiledCases = {
    ...base,
    ...{ id: 'complaints', types: ['complaint', 'enquiry', 'feedback'], clauses: ['S001a-65'] },
    steps: ['assign', 'forward', 'inform', 'accept', 'report', 'negotiate', 'special-survey'],
    clocks: [clock('record', 24), clock('response', 1), clock('resolution', 24), clock('opinion', 5, 'days')],
    ...{ negotiators: ['A', 'B'], reportTo: 'A', decider: 'A', recordRequired: true, opinionRequired: true },
  };
  const request: CompiledCases = {
    ...base,
    ...{ id: 'requests', types: ['service-request'], clauses: ['S002-10'], provider: 'B', handler: 'B', customer: 'A' },
    steps: ['plan', 'confirm', 'execute', 'inform', 'opinion'],
    clocks: [clock('response', 1), clock('resolution', 24), clock('contest', 3, 'days')],
    ...{ recordRequired: false, opinionRequired: false },
  };
  await desk.database.agreement.update({
    where: { id: agreementId },
    data: { compiled: { ...agreement, cases: [complaint, request] } as unknown as Prisma.InputJsonObject },
  });
  return agreementId;
}

beforeAll(async () => {
  pages = await openPages();
  id = await withEveryStep(pages.world.desk);
  await customers(pages.world.desk, 3, (index) => (index === 0 ? { tier: 'vip', name: '华东商贸' } : {}));
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const clean = async (): Promise<void> => {
  expect(await hand.violations()).toEqual([]);
};
test('a complaint by telephone goes through every act of its contract, is reopened, and closed', async () => {
  await hand.page.goto(`${pages.url}/agreements/${id}?tab=cases`);
  await hand.sees('尚无工单');
  await hand.does('登记工单', {
    choose: { 客户: '华东商贸', 严重程度: '重大' },
    fill: { 标题: '空调不制冷', 具体情况: '三号楼的空调昨天起不制冷。' },
    clean: true,
    look: 'case-open-zh-1280',
    sees: '请甲方（委托方）作出首次响应',
  });
  await hand.sees('双方协商中');
  await clean();
  await hand.look('case-new-zh-1280');

  await hand.does('首次响应', { fill: { 响应内容: '已派人检查。' }, sees: '已派人检查。' });
  // Whoever it is passed on to assigns somebody anew.
  await hand.does('转交', { choose: { 转交给: '其他部门' }, fill: { 说明: '工程部' }, sees: '转交其他部门' });
  await hand.click('安排人员');
  await hand.choose('承办人', '其他人员');
  await hand.fill('姓名', '张师傅');
  await hand.click('确认承办人具备相应资质');
  await hand.sends();
  await hand.sees('张师傅');
  await hand.does('通报进展', { fill: { 进展情况: '配件明日到货。' }, sees: '配件明日到货。' });
  await hand.does('添加备注', { fill: { 说明: '客户较急' }, sees: '客户较急' });
  await hand.does('暂停计时', {
    choose: { 暂停原因: '客户信息不全' },
    fill: { 缺少或有误的信息: '请提供设备编号' },
    sees: '请提供设备编号',
  });
  await clean();
  await hand.look('case-paused-zh-1280');
  await hand.does('恢复计时', { sees: '恢复计时' });
  await hand.does('上报责任部门', { sees: '责任部门' });
  await hand.does('调整分类', { choose: { 优先级: '紧急' }, sees: '优先级紧急' });
  await hand.does('决定专项调查', {
    choose: { 专项调查: '不开展' },
    fill: { 理由: '影响单一客户' },
    sees: '专项调查：不开展',
  });
  await hand.does('确认协商方案', { as: '代甲方', sees: '甲方（委托方）确认协商方案' });
  await hand.does('确认协商方案', { sees: '乙方（服务方）确认协商方案' }); // only the other one is left
  await hand.does('填写记录', {
    fill: { 投诉内容: '空调不制冷', 处理过程: '更换压缩机', 处理结果: '恢复制冷' },
    brings: { '维修单.pdf': '%PDF-1.4 维修单' },
    sees: '维修单.pdf',
  });
  await hand.does('登记处理结果', {
    fill: { 处理结果: '已更换压缩机，恢复制冷。' },
    clean: true,
    look: 'case-result-zh-1280',
    sees: '已更换压缩机，恢复制冷。',
  });
  await hand.does('登记客户意见', {
    choose: { 客户意见: '不满意' },
    fill: { 评分: '3', 说明: '声音仍大' },
    sees: '重新打开，进入第 2 轮',
  });
  await clean();
  await hand.look('case-reopened-zh-1280');
  await hand.does('发起改进', { fill: { 根本原因: '压缩机批次缺陷' }, sees: '转入改进流程' });
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('a request of the party that is the customer: plan, change, pause and contest, execution, opinion, closing', async () => {
  await hand.page.goto(`${pages.url}/agreements/${id}?tab=cases`);
  await hand.does('登记工单', {
    choose: { 类别: '服务请求' },
    fill: { 标题: '培训新员工' },
    sees: '请乙方（服务方）作出首次响应',
  });
  await hand.does('首次响应', { fill: { 响应内容: '收到' }, sees: '请乙方（服务方）向客户提出服务方案' });
  await hand.does('提出服务方案', { fill: { 服务方案: '两天的培训' }, sees: '方案待客户确认' });
  await hand.does('登记客户对方案的答复', {
    choose: { 客户的答复: '要求修改' },
    fill: { 说明: '改为三天' },
    sees: '客户要求修改方案',
  });
  await hand.does('暂停计时', {
    choose: { 暂停原因: '客户信息不全' },
    fill: { 缺少或有误的信息: '人数不明' },
    sees: '人数不明',
  });
  await hand.does('补正或异议', {
    choose: { 您的答复: '补充或更正' },
    fill: { 说明: '共 12 人' },
    sees: '客户补充或更正信息',
  });
  await hand.does('提出服务方案', { fill: { 服务方案: '三天的培训' }, sees: '方案待客户确认' });
  await hand.does('登记客户对方案的答复', { choose: { 客户的答复: '同意方案' }, sees: '客户同意方案' });
  await hand.does('方案已执行', { sees: '请乙方（服务方）解决问题并登记结果' });
  await clean();
  await hand.look('case-plan-zh-1280');
  await hand.click('登记处理结果');
  await hand.fill('处理结果', '培训完成');
  await hand.click('已当面或电话告知客户');
  await hand.sends();
  await hand.sees('培训完成');
  await hand.does('登记客户意见', { choose: { 客户意见: '满意' }, sees: '已办结' });
  await hand.does('重新打开', { fill: { 理由: '缺一人' }, sees: '进入第 2 轮' });
  await hand.look('case-second-round-zh-1280');
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('the form by its link: filled on a phone, followed by its page; the same again is linked by a person', async () => {
  await hand.page.goto(`${pages.url}/agreements/${id}?tab=cases`);
  await hand.click('生成受理表单链接');
  await hand.fill('链接名称', '官网');
  await hand.click('生成受理表单链接');
  await hand.sees('/case/');
  const link = await hand.page.evaluate<string>(`/http[^\\s]+\\/case\\/[\\w-]{43}/.exec(document.body.innerText)[0]`);
  await clean();
  await hand.look('case-link-zh-1280');
  await hand.page.resize(320, 800);
  for (const topic of ['发票抬头有误', '发票抬头又错了']) {
    await hand.page.goto(link);
    await hand.sees('提交投诉、咨询或服务请求');
    await clean();
    if (topic === '发票抬头有误') await hand.look('case-form-zh-320');
    await hand.page.evaluate(`document.querySelector('input[value=complaint]').click()`);
    await hand.type('#topic', topic);
    await hand.type('#details', '请更正为全称。');
    await hand.type('#email', 'c-0001@c.example');
    await hand.page.evaluate(`document.querySelector('form').requestSubmit()`);
    await hand.sees('已收到');
    expect([await hand.violations(), await hand.isTooWide()]).toEqual([[], false]);
    await hand.look('case-received-zh-320');
  }
  await hand.page.evaluate(`document.querySelector('a[href^="/case/"]').click()`);
  await hand.sees('处理经过');
  expect([await hand.violations(), await hand.isTooWide()]).toEqual([[], false]);
  await hand.look('case-customer-zh-320');
  await hand.page.evaluate(`document.querySelector('a[hreflang=en]').click()`);
  await hand.sees('What happened so far');
  await hand.look('case-customer-en-320');
  await hand.page.resize(1280, 900);

  const rows = await pages.world.desk.database.process.findMany({
    where: { agreementId: id, type: 'case' },
    orderBy: { createdAt: 'desc' },
  });
  const last = rows.find(({ text }) => (text as { topic: string }).topic === '发票抬头又错了');
  await hand.page.goto(`${pages.url}/agreements/${id}/cases/${last?.id ?? ''}`);
  await hand.sees('可能与其他 1 张工单相同');
  await clean();
  await hand.look('case-proposed-zh-1280');
  await hand.does('关联工单', { choose: { 关系: '同一问题', 另一张工单: '发票抬头有误' }, sees: '同一问题再次发生' });
  await hand.click('生成客户查询链接');
  await hand.click('生成链接');
  await hand.sees('/case/');
  await clean();
  await hand.click('已保存，关闭');
  expect(hand.errors()).toEqual([]);
});

test('figures lead to their cases; a link is withdrawn', async () => {
  await hand.page.goto(`${pages.url}/agreements/${id}?tab=cases`);
  await hand.sees('平均首次响应时间');
  await hand.does('登记服务客户数', { fill: { 服务客户数: '120' }, clean: true, sees: '120 位客户' });
  await hand.click('张工单');
  await clean();
  await hand.look('cases-zh-1280');
  await hand.does('停用“官网”', { sees: '停用' });
  expect(hand.errors()).toEqual([]);
});

test('at 320 px, in both languages, the pages of cases fit and are clean', async () => {
  const [row] = await pages.world.desk.database.process.findMany({
    where: { type: 'case' },
    orderBy: { createdAt: 'asc' },
  });
  await expectToFit(hand, [
    ['cases', `${pages.url}/agreements/${id}?tab=cases`, '期间指标', 'Figures of a period'],
    ['case', `${pages.url}/agreements/${id}/cases/${row?.id ?? ''}`, '办理记录', 'What happened'],
  ]);
});
