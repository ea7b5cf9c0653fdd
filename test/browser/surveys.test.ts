import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOf } from '../../web/features/surveys/questionnaire.ts';
import { begunCycle, customers, improvementAgreement } from '../api/process-desk.ts';
import { gb18030, strictly } from './kept.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

const DAY = 86_400_000;

let pages: Pages;
let agreementId: string;
let strict: string;
let hand: Hand;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  desk.now.ms = Date.now() - 40 * DAY;
  agreementId = await improvementAgreement(desk);
  strict = await improvementAgreement(desk);
  await strictly(desk, strict);
  desk.now.ms = Date.now();
  await customers(desk, 12, (index) => (index < 3 ? { tier: 'key' } : {}));
  // Who signs in coordinates, and holds the seat of A, which approves.
  await desk.database.seat.updateMany({ where: { seat: 'A' }, data: { personId: pages.person } });
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
  await hand.click('新增题目');
  await hand.choose('题型', '选择');
  await hand.type('#new-zh', '您希望增加哪项服务？');
  await hand.type('#new-en', 'Which service should be added?');
  await hand.type('#new-choices', '上门检修 | On-site service\n夜间热线 | Night hotline');
  await hand.click('加入问卷');
  await hand.click('10. 您希望增加哪项服务？');
  await hand.click('增加选项');
  await hand.fill('“您希望增加哪项服务？”第 3 项（中文）', '备件寄送');
  // Half of a choice is none.
  await hand.click('提交问卷');
  await hand.sees('缺少英文');
  await hand.click('取消');
  await hand.fill('“您希望增加哪项服务？”第 3 项（英文）', 'Spare parts by post');
  expect(await hand.violations()).toEqual([]);
  await hand.click('预览（英文）');
  await hand.sees('All in all, how satisfied are you with us?');
  await hand.click('Next');
  await hand.sees('Spare parts by post');
  expect(await hand.violations()).toEqual([]);
  await hand.click('提交问卷');
  await hand.sends();

  await hand.sees('待甲方（委托方）批准问卷');
  await hand.click('测试发送');
  await hand.sees('第 1 版问卷的测试邮件已发至 lin@operator.example');
  expect(pages.tested).toEqual(['lin@operator.example']);
  expect(await hand.violations()).toEqual([]);
  await hand.click('批准问卷');
  await hand.sees('批准第 1 版问卷，共 10 题');
  await hand.sends();
  await hand.sees('甲方（委托方）批准第 1 版问卷');
  await hand.does('提议调查日期', { as: '代乙方', fill: { 调查日期: on(0) } });
  await hand.does('确认调查日期', { sees: '各方商定于' });
  await hand.does('抽取样本', {
    choose: { 抽样方法: '随机抽样' },
    fill: { 样本量: '8', 随机种子: 'season-4' },
    clean: true,
    sees: '12 位客户中抽取 8 位',
  });
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

test('links, a table and the telephone bring answers; closed, weighed and released, its reports are files', async () => {
  const { database } = pages.world.desk;
  const { id } = await database.process.findFirstOrThrow({ where: { agreementId, type: 'survey' } });
  const invited = await database.invitee.findMany({ orderBy: { id: 'asc' } });
  const drawn = await database.customer.findMany({ where: { id: { in: invited.map((one) => one.customerId) } } });
  const keys = drawn.map(({ key }) => key).sort();
  await hand.page.goto(at(`/surveys/${id}`));

  await hand.fill('链接名称', '营业厅一号机');
  await hand.click('生成链接和二维码');
  await hand.sees('“营业厅一号机”的链接仅显示这一次');
  const png = await hand.downloads('下载二维码（PNG）');
  expect([png.name, png.bytes.subarray(1, 4).toString()]).toEqual(['营业厅一号机.png', 'PNG']);
  expect((await hand.downloads('下载二维码（SVG）')).bytes.toString()).toContain('<svg');
  expect(await hand.violations()).toEqual([]);
  await hand.look('survey-link-zh-1280');
  await hand.click('停用');
  await hand.sees('已停用');
  expect(await database.surveyLink.findMany({ where: { revokedAt: null, channel: 'online' } })).toEqual([]);

  await hand.does('重发邀请', {
    choose: { 客户: keys[0] ?? '' },
    clean: true,
    look: 'survey-reissue-zh-1280',
    sees: '新邀请已发出',
  });
  const letter = await pages.world.letterTo(`${(keys[0] ?? '').toLowerCase()}@c.example`);
  expect(letter.button?.url).toMatch(/\/answer#/);

  await hand.click('导入答卷');
  await hand.fill('来源', '营业厅纸质问卷');
  const blank = await hand.downloads('下载空白表（CSV，含全部列名）');
  const header = blank.bytes.toString('utf8').trim();
  expect(header).toContain('"客户编号","渠道","日期","总体而言，您对我们的满意程度如何？"');
  const row = (key: string, ...said: string[]) => [key, '纸质问卷', '', ...said].map((one) => `"${one}"`).join(',');
  const wrong = [header, row(keys[0] ?? '', '9'), row('C-9999', '4')].join('\r\n');
  await hand.brings('错误.csv', wrong);
  await hand.click('先试导入');
  await hand.sees('不在本次调查的名单中');
  const cells = await hand.page.evaluate<string[]>(
    `[...document.querySelectorAll('.ant-modal tbody tr')].map((one) => one.innerText.replace(/\\s+/g, ' '))`,
  );
  expect(cells.slice(-2).map((one) => one.slice(0, 30))).toEqual([
    expect.stringContaining('2 总体而言，您对我们的满意程度如何？'),
    expect.stringContaining('3 客户编号'),
  ]);
  expect(await hand.violations()).toEqual([]);
  await hand.look('survey-import-wrong-zh-1280');
  const good = keys
    .slice(0, 6)
    .map((key, index) => row(key, ...Array.from({ length: 7 }, () => String(2 + (index % 3)))));
  await hand.brings('答卷.csv', gb18030([header.replace('\uFEFF', ''), ...good].join('\r\n')));
  await hand.click('先试导入');
  await hand.sees('可导入 6 份');
  await hand.sends();
  await hand.sees('已导入 6 份');

  await hand.click('录入答卷');
  await hand.fill('客户编号', keys[6] ?? '');
  await hand.click('5');
  expect(await hand.violations()).toEqual([]);
  await hand.look('survey-entry-zh-1280');
  await hand.click('保存这份答卷');
  await hand.sees('答卷已保存，可继续录入下一份');
  await hand.click('关闭');

  await hand.click('提前截止');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('结果已出，待');
  expect(await hand.violations()).toEqual([]);
  await hand.look('survey-analysed-zh-1280');
  await hand.does('登记问题', {
    choose: { 评价维度: '服务效率' },
    fill: { 问题: '备件到货慢' },
    look: 'survey-raise-zh-1280',
    sees: '转入改进流程',
  });
  await hand.page.until(
    `[...document.querySelectorAll('.plain-list a')].some((one) => one.innerText === '备件到货慢')`,
  );
  expect(await hand.violations()).toEqual([]);
  await hand.does('设定下次权重', { clean: true, look: 'survey-weights-zh-1280', sees: '下次调查的权重：' });
  await hand.does('发布报告', {
    fill: { 分析意见: '响应速度是主要短板。', 改进建议: '增加高峰时段坐席。' },
    clean: true,
    look: 'survey-release-zh-1280',
    sees: '报告已发布，本次调查已完成',
  });
  expect(await hand.violations()).toEqual([]);
  await hand.look('survey-reported-zh-1280');
  for (const [format, begins] of [
    ['HTML', '<!doctype html>'],
    ['PDF', '%PDF-'],
    ['XLSX', 'PK'],
  ] as const) {
    const { name, bytes } = await hand.downloads(format);
    expect(name.toLowerCase()).toContain(format.toLowerCase());
    expect(bytes.subarray(0, begins.length).toString().toLowerCase()).toBe(begins.toLowerCase());
    expect(bytes.length).toBeGreaterThan(2_000);
  }
  expect(pages.refused).toEqual([]);
  // The table that was refused is the one thing that the console tells of.
  expect(hand.errors()).toEqual([expect.stringContaining('422')]);
});

test('a finding goes its whole way: cause, plan sent back, evidence, check, effect, answer, verdict, staff', async () => {
  await hand.page.goto(`${pages.url}/agreements/${strict}?tab=improvements`);
  await hand.does('提出问题', {
    choose: { 提出客户: 'C-0001' },
    fill: { 问题概述: '夜间热线无人接听' },
    sees: '等待分类、定级',
  });
  await hand.does('分类定级', { choose: { 类别: '响应', 严重程度: '4' }, clean: true, sees: '提交改进计划' });
  await hand.click('提交计划');
  // Nothing is sent as long as a measure is half said.
  await hand.click('提交计划');
  await hand.sees('每项措施须写明内容、责任人和完成期限');
  await hand.fill('原因', '夜间坐席未排班');
  await hand.fill('内容', '夜间增设 2 名坐席');
  await hand.fill('完成期限', on(30));
  await hand.look('improvement-plan-zh-1280');
  await hand.sends();
  await hand.sees('待批准：');
  await hand.does('退回计划', { fill: { '修改意见（逐条） 1': '写明预期效果' }, clean: true, sees: '写明预期效果' });
  await hand.does('提交计划', {
    fill: { 内容: '夜间增设 2 名坐席', 预期效果: '接通率达到 95%', 完成期限: on(30) },
    sees: '待批准：',
  });
  await hand.does('批准计划', { sees: '还有 1 项未完成' });
  await hand.does('检查落实', {
    choose: { 结论: '按计划落实' },
    fill: { 说明: '排班表已核对' },
    clean: true,
    sees: '排班表已核对',
  });
  await hand.does('登记措施完成', {
    brings: { '排班表.pdf': '%PDF-1.4 排班' },
    clean: true,
    look: 'improvement-complete-zh-1280',
    sees: '等待凭证明材料验证效果',
  });
  await hand.sees('排班表.pdf');
  await hand.does('验证效果', {
    choose: { 结论: '达到目标' },
    brings: { '接通率.pdf': '%PDF-1.4 接通率' },
    clean: true,
    sees: '效果已验证',
  });
  await hand.does('向客户反馈', {
    fill: { 反馈内容: '夜间热线已增设坐席。' },
    clean: true,
    look: 'improvement-answer-zh-1280',
    sees: '夜间热线已增设坐席。',
  });
  await hand.does('登记客户评价', { choose: { 结论: '客户满意' }, sees: '客户对反馈结果作出评价' });
  await hand.does('公布结果', {
    fill: { 公布内容: '夜间热线接通率由 40% 提高到 95%。' },
    sees: '已办结：效果得到验证',
  });
  expect(await hand.violations()).toEqual([]);
  await hand.look('improvement-closed-zh-1280');
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('at 320 px, in both languages, the pages of surveys and improvements fit and are clean', async () => {
  const rows = await pages.world.desk.database.process.findMany();
  const of = (type: string): string => {
    const row = rows.find((one) => one.type === type);
    return `${pages.url}/agreements/${row?.agreementId ?? ''}/${type}s/${row?.id ?? ''}`;
  };
  await expectToFit(hand, [
    ['surveys', at('?tab=surveys'), '满意度调查', 'Surveys'],
    ['survey', of('survey'), '办理记录', 'What happened'],
    ['board', `${pages.url}/agreements/${strict}?tab=improvements`, '改进', 'Improvement'],
    ['improvement', of('improvement'), '办理经过', 'What happened'],
    ['customers', `${pages.url}/customers`, '客户', 'Customers'],
  ]);
});
