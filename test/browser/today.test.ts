import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseDesk, vipService } from '../api/cases-desk.ts';
import { DRAFT, ask, awaitingSignatures, inForce } from '../api/desk.ts';
import { tabTo } from './checks.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

const DAY_MS = 86_400_000;
let pages: Pages;
let hand: Hand;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  // Signed so long ago that the first attachment, due after 30 days, is late, and the second not yet due.
  desk.now.ms = Date.now() - 45 * DAY_MS;
  await inForce(desk);
  const vip = await vipService(desk);
  desk.now.ms = Date.now() - 20 * 3_600_000;
  await caseDesk(desk).open(vip, { as: 'A', type: 'service-request', topic: '安排登机口接送', details: '两位老人' });
  desk.now.ms = Date.now();
  await awaitingSignatures(desk);
  await ask(desk.api, 'POST', '/agreements', DRAFT);
  await desk.database.task.create({
    data: { kind: 'webhook-failing', key: 'today/1', about: { endpointId: 'e1' }, createdAt: new Date() },
  });
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const clean = async (): Promise<void> => {
  expect([await hand.violations(), await hand.isTooWide(), hand.errors()]).toEqual([[], false, []]);
};
const rowsOf = (group: string): Promise<string[]> =>
  hand.page.evaluate<string[]>(`[...document.querySelectorAll('.due-${group} .due-item')].map((one) => one.innerText)`);
const address = (): Promise<string> => hand.page.evaluate<string>('decodeURIComponent(location.search)');

test('one comes in to what is due: what is late is handed in from here, and is gone', async () => {
  await hand.sees('逾期');
  await hand.sees('客户需求分析报告');
  await clean();
  await hand.look('today-zh-1280');
  expect((await rowsOf('overdue')).filter((row) => row.includes('客户需求分析报告'))).toEqual([
    expect.stringMatching(/已过期 \d+ 天/),
  ]);
  expect((await rowsOf('waiting')).some((row) => row.includes('签署') && row.includes('甲方'))).toBe(true);
  expect((await rowsOf('open')).some((row) => row.includes('草稿'))).toBe(true);

  await hand.page.evaluate(
    `[...document.querySelectorAll('.due-overdue .due-item')].find((one) => one.innerText.includes('客户需求分析报告')).querySelector('button').click()`,
  );
  await hand.brings('需求分析.txt', '客户需求分析');
  await hand.page.evaluate(
    `[...document.querySelectorAll('.ant-modal input[type=checkbox]')].forEach((box) => box.click())`,
  );
  expect(await hand.violations()).toEqual([]);
  await hand.look('today-act-zh-1280');
  await hand.sends();
  await hand.page.until(
    `![...document.querySelectorAll('.due-overdue .due-item')].some((one) => one.innerText.includes('客户需求分析报告'))`,
  );
  expect(pages.refused).toEqual([]);

  // A task is done here, too.
  await hand.click('标为已处理');
  await hand.seesNo('事件推送多次失败');
});

test('filters stand in the address, are kept under a name, called otherwise, and forgotten', async () => {
  await hand.choose('事项类别', '工单');
  await hand.page.until(`location.search === '?kind=case'`);
  await hand.sees('首次响应');
  await hand.seesNo('签署《');
  await hand.page.press('Escape');
  await hand.does('保存当前筛选', { fill: { 名称: '工单时限' }, clean: true });
  await hand.click('显示全部');
  await hand.page.until(`location.search === ''`);
  await hand.click('工单时限');
  await hand.page.until(`location.search === '?kind=case'`);
  await clean();
  await hand.look('today-saved-zh-1280');

  await hand.click('管理已保存的筛选');
  await hand.fill('“工单时限”的名称', '客户工单');
  await hand.click('改名');
  await hand.page.until(`document.querySelector('.saved-view').innerText === '客户工单'`);
  await hand.click('删除“客户工单”');
  await hand.page.evaluate(`document.querySelector('.ant-popconfirm .ant-btn-primary').click()`);
  await hand.page.until(`document.querySelector('.saved-view') === null`);
  expect(await address()).toBe('?kind=case');
  await hand.page.goto(`${pages.url}/?overdue=true&who=A`);
  await hand.page.until(`document.querySelectorAll('.due-group').length <= 1`);
  await hand.page.goto(`${pages.url}/?search=没有这家公司`);
  await hand.sees('没有符合条件的事项');
});

test('the navigation stands beside the page, is folded and stays so; on a phone it is a drawer', async () => {
  await hand.page.goto(`${pages.url}/agreements`);
  await hand.page.until(`document.querySelector('.side a[aria-current=page]')?.innerText === '协议'`);
  await hand.click('收起导航');
  await hand.page.until(`document.querySelector('.side') === null`);
  await hand.page.goto(`${pages.url}/tasks`);
  await hand.sees('待办事项');
  expect(await hand.page.evaluate<boolean>(`document.querySelector('.side') === null`)).toBe(true);
  await hand.click('显示导航');
  await hand.page.until(`document.querySelector('.side')`);

  // The first stop of the keyboard leads past the navigation; whoever goes to another page begins there.
  await hand.page.goto(`${pages.url}/agreements`);
  await hand.page.until(`document.querySelector('.side')`);
  await tabTo(hand.page, `document.activeElement.className === 'skip-link'`);
  await hand.click('今日');
  await hand.page.until(`location.pathname === '/' && document.activeElement.id === 'content'`);

  await hand.reads('zh', 390, `${pages.url}/`);
  await hand.sees('已过期');
  await clean();
  await hand.look('today-zh-390');
  await hand.click('显示导航');
  await hand.page.until(`document.querySelector('.ant-drawer a[href="/agreements"]')`);
  await clean();
  await hand.look('navigation-zh-390');
  await hand.click('协议');
  await hand.page.until(`location.pathname === '/agreements' && document.querySelector('.ant-drawer-open') === null`);
});

test('today and tasks read in both languages on the smallest screen', async () => {
  await hand.reads('en', 1280, `${pages.url}/`);
  await hand.sees('Overdue');
  await clean();
  await hand.look('today-en-1280');
  await expectToFit(hand, [
    ['today', `${pages.url}/`, '逾期', 'Overdue'],
    ['tasks', `${pages.url}/tasks`, '待办事项', 'Tasks'],
  ]);
});
