import { afterAll, beforeAll, expect, test } from 'vitest';
import { customers } from '../api/process-desk.ts';
import { trainingContract, visitRules } from './kept.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

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
  for (const name of ['陈晓', '刘芳', '周敏']) {
    await desk.database.person.create({ data: { name, email: `${name}@x.example`, organisationId } });
  }
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

test('key customers get a plan of visits from the page; one is held and leads to a finding (S003-S-18, S003-S-10)', async () => {
  const { database } = pages.world.desk;
  await hand.page.goto(`${pages.url}/agreements/${visited}?tab=visits`);
  await hand.sees('重点客户每年调查不少于 2 次，其中走访不少于 1 次');
  await hand.click('制定年度走访计划');
  await hand.sees('共 2 位客户');
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.sees('走访计划共 2 次，');
  expect(await hand.violations()).toEqual([]);
  const [row] = await database.process.findMany({ where: { agreementId: visited, type: 'visit' } });
  await hand.page.goto(`${pages.url}/agreements/${visited}/visits/${row?.id ?? ''}`);
  await hand.does('登记已进行', { clean: true, sees: '应于' });
  await hand.does('登记问题', { fill: { 问题: '备件供应慢' }, sees: '转入改进流程' });
  expect(await hand.violations()).toEqual([]);
  await hand.look('visit-zh-1280');

  await hand.click('提交报告');
  await hand.click('提交报告');
  await hand.sees('请附证明材料');
  await hand.fill('结果', '客户要求加快备件供应。');
  await hand.brings('走访报告.pdf', '%PDF-1.4 走访');
  expect(await hand.violations()).toEqual([]);
  await hand.look('visit-report-zh-1280');
  await hand.sends();
  await hand.sees('已进行并提交报告');
  await hand.sees('走访报告.pdf');
  const report = await hand.downloads('走访报告.pdf');
  expect(report.bytes.toString()).toBe('%PDF-1.4 走访');
  expect(await hand.violations()).toEqual([]);
  await hand.look('visit-reported-zh-1280');
  const customerId = (row?.input as { customerId: string }).customerId;
  await hand.page.goto(`${pages.url}/customers/${customerId}`);
  await hand.sees('走访和回访');
  await hand.sees('已报告');
  expect(await hand.violations()).toEqual([]);
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('a visit is put off with its reason, and called off', async () => {
  const rows = await pages.world.desk.database.process.findMany({
    where: { agreementId: visited, type: 'visit', status: 'planned' },
  });
  const { id, input } = rows[0] ?? { id: '', input: {} };
  const { plannedOn } = input as { plannedOn: string };
  const later = new Date(Date.parse(plannedOn) + 2 * 86_400_000).toISOString().slice(0, 10);
  await hand.page.goto(`${pages.url}/agreements/${visited}/visits/${id}`);
  await hand.does('改期', { fill: { 计划日期: later, 理由: '客户出差' }, clean: true, sees: '改期至' });
  await hand.sees('客户出差');
  await hand.click('取消安排');
  await hand.click('取消安排');
  await hand.sees('请填写');
  await hand.fill('理由', '客户迁址');
  await hand.look('visit-cancel-zh-1280');
  await hand.sends();
  await hand.sees('已取消，理由见下');
  await hand.sees('客户迁址');
  expect(await hand.violations()).toEqual([]);
  await hand.look('visit-cancelled-zh-1280');
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('a year of training is planned from the page: every topic in a session of its own', async () => {
  await hand.page.goto(`${pages.url}/agreements/${trained}?tab=trainings`);
  await hand.does('制定年度培训计划', {
    choose: { 各场学员: '陈晓' },
    clean: true,
    look: 'training-plan-zh-1280',
    sees: '年培训计划已发布',
  });
  await hand.sees('已安排');
  expect(await hand.violations()).toEqual([]);
  const planned = await pages.world.desk.database.process.findMany({
    where: { agreementId: trained, type: 'training' },
  });
  expect(planned.length).toBeGreaterThanOrEqual(3);
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('a session is planned, held and examined from the page; who failed may not work (S001c-10, S001c-13)', async () => {
  await hand.page.goto(`${pages.url}/agreements/${trained}?tab=trainings`);
  await hand.sees('未经培训合格不得上岗');
  expect(await hand.violations()).toEqual([]);
  await hand.click('安排一场培训');
  for (const name of ['陈晓', '刘芳']) await hand.choose('学员', name);
  expect(await hand.violations()).toEqual([]);
  await hand.sends();
  await hand.does('增加学员', { choose: { 学员: '周敏' }, clean: true, sees: '增加学员：周敏' });
  await hand.does('学员退出', { choose: { 学员: '周敏' }, fill: { 理由: '调离岗位' }, sees: '周敏退出' });
  await hand.does('登记到场情况', { clean: true, sees: '已于' });
  await hand.does('登记考核成绩', {
    fill: { 陈晓: '85', 刘芳: '52.5' },
    sees: '刘芳考核不合格（52.5 分，合格线 60 分）',
  });
  await hand.sees('陈晓考核合格（85 分，合格线 60 分）');
  expect(await hand.violations()).toEqual([]);
  await hand.look('training-zh-1280');
  const session = await hand.page.evaluate<string>('location.href');
  await hand.page.goto(`${pages.url}/agreements/${trained}?tab=trainings`);
  await hand.sees('可以上岗');
  await hand.sees('不得上岗');
  expect(await hand.violations()).toEqual([]);
  await hand.look('trainings-zh-1280');

  await hand.page.goto(session);
  await hand.does('登记重新培训', { clean: true });
  await hand.seesNo('应于 2026年12月23日前重新培训');
  await hand.does('登记考核成绩', { fill: { 刘芳: '60' }, sees: '刘芳考核合格（60 分，合格线 60 分）' });
  await hand.sees('颁发证书');
  const certificate = await hand.downloads('中文 PDF');
  expect([certificate.name.endsWith('.zh.pdf'), certificate.bytes.subarray(0, 5).toString()]).toEqual([true, '%PDF-']);
  await hand.does('登记学员评价', {
    choose: { 学员: '刘芳' },
    fill: { 评分: '4', 意见: '案例实用。' },
    clean: true,
    sees: '案例实用。',
  });
  await hand.does('确认记录齐全', {
    clean: true,
    look: 'training-complete-zh-1280',
    sees: '尚有考核、重新培训或评价未完成',
  });
  await hand.does('登记学员评价', { choose: { 学员: '陈晓' }, fill: { 评分: '5' }, sees: '本场培训办结' });
  expect(await hand.violations()).toEqual([]);
  await hand.look('training-closed-zh-1280');
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('at 320 px, in both languages, the pages of visits and training fit and are clean', async () => {
  const rows = await pages.world.desk.database.process.findMany({ orderBy: { createdAt: 'asc' } });
  const of = (type: string, status: string): string => {
    const row = rows.find((one) => one.type === type && one.status === status);
    return `${pages.url}/agreements/${row?.agreementId ?? ''}/${type}s/${row?.id ?? ''}`;
  };
  await expectToFit(hand, [
    ['visits', `${pages.url}/agreements/${visited}?tab=visits`, '走访由', 'Visits are led by'],
    ['visit', of('visit', 'reported'), '办理记录', 'What happened'],
    ['trainings', `${pages.url}/agreements/${trained}?tab=trainings`, '不得上岗', 'Nobody works before passing'],
    ['training', of('training', 'closed'), '办理记录', 'What happened'],
  ]);
});
