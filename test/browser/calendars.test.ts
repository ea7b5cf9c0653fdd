import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daysBetween } from '../../domain/local-date.ts';
import { localDateAt } from '../../domain/zone.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { EXAMPLE_2027 } from '../support/calendar-2027.ts';
import { ask } from '../api/desk.ts';
import { act, draftOf } from '../api/life-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

/** Signed today; its training plan is due so many days later, on National Day of 2027. What is entered is an example. */
let pages: Pages;
let hand: Hand;
let id: string;

/** The notice as somebody may have it in a file; one row lacks its day, as in a first draft. */
const CSV = [
  '类型,名称,起,止',
  ...EXAMPLE_2027.holidays.map(({ name, from, to }) => `放假,${name},${from},${to}`),
  ...EXAMPLE_2027.makeUp.map(({ name, date }) => `调休,${name},${date === '2027-10-09' ? '2027-10-11' : date}`),
].join('\n');

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  const today = localDateAt(zoneData('Asia/Shanghai'), desk.now.ms);
  const key = randomUUID();
  const draft = {
    ...draftOf('service-attachments@2', {
      contractTotal: '1000000.00',
      trainingPlanDays: daysBetween(today, '2027-10-01'),
    }),
    parties: {
      A: { name: '华东服务公司', email: 'li.hua@a.example' },
      B: { name: '星河制造公司', email: 'wu.min@b.example' },
    },
    coordinator: { name: '王协调', email: 'wang@c.example' },
    start: true,
  };
  await ask(desk.api, 'POST', '/agreements', draft, { 'Idempotency-Key': key });
  await desk.record(key);
  id = (await desk.database.command.findUniqueOrThrow({ where: { id: key } })).agreementId;
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const clean = async (): Promise<void> => {
  expect(await hand.violations()).toEqual([]);
  expect(hand.errors()).toEqual([]);
};

test('a year of the calendar is seen by months and as a table; what is provisional says so', async () => {
  await hand.reads('zh', 1280, `${pages.url}/calendars`);
  await hand.sees('cn@2026.1');
  await hand.sees('2027–2060 年暂按法定节日推算');
  await clean();
  await hand.look('calendars-zh');
  await hand.reads('zh', 1280, `${pages.url}/calendars/cn/2026.1?year=2026`);
  await hand.sees('20 日 调休上班（国庆节）');
  await hand.look('calendar-year-zh');
  await clean();
  await hand.click('列表');
  await hand.sees('调休上班');
  await hand.reads('zh', 1280, `${pages.url}/calendars/cn/2026.1?year=2027`);
  await hand.sees('暂定：本年放假安排尚未录入');
  await clean();
});

test('the notice of 2027 is read from a file, corrected where it is wrong, previewed, saved; nothing moves by it', async () => {
  await hand.reads('zh', 1280, `${pages.url}/calendars`);
  await hand.click('录入 2027 年放假安排');
  await hand.sees('以 cn@2026.1 为基础');
  const field = `document.querySelector('input[type=file]')`;
  await hand.page.until(field);
  const path = `${hand.page.downloads}-notice.csv`;
  await writeFile(path, CSV);
  await hand.page.bring(field, path);
  await hand.sees('文件已读入表单');
  await hand.fill('文号', '示例〔2026〕1号');
  await hand.fill('发布日期', '2026-11-12');
  await hand.click('检查并预览');
  await hand.sees('2027-10-11 不是周末，无须调休');
  // The browser says in red that a request was refused.
  expect(hand.errors().filter((line) => !line.includes('422'))).toEqual([]);
  expect(await hand.violations()).toEqual([]);
  await hand.look('notice-zh');
  await hand.fill('第 5 个调休上班日的日期', '2027-10-09');
  await hand.click('检查并预览');
  await hand.sees('新版本 cn@2027.1');
  await hand.sees('将向 1 份履行中的协议提出调整提议');
  await clean();
  await hand.look('preview-zh');
  await hand.sends();
  await hand.sees('2027年10月4日');
  const { localDate } = await pages.world.desk.database.obligation.findFirstOrThrow({
    where: { agreementId: id, id: 'training-plan' },
  });
  expect(localDate).toBe('2027-10-04');
});

test('the proposal says old date, new date and why; accepted, the date has moved with its explanation', async () => {
  await hand.sees('华东服务公司 / 星河制造公司');
  await hand.sees('2027-10-04 为国庆节假期');
  await clean();
  await hand.look('proposals-zh');
  await expectToFit(hand, [
    ['proposals', `${pages.url}/calendars?tab=proposals`, '变动的期限', 'Dates that move'],
    ['redating', `${pages.url}/agreements/${id}/redating`, '期限调整提议', 'Proposed dates'],
    ['notice', `${pages.url}/calendars/new`, '调休上班', 'Make-up working days'],
  ]);
  await hand.reads('en', 390, `${pages.url}/agreements/${id}/redating`);
  await hand.sees('cn@2026.1 → cn@2027.1');
  expect(await hand.isTooWide()).toBe(false);
  await hand.look('redating-en-390');
  await hand.reads('zh', 1280);
  await hand.does('接受', { clean: true, look: 'accept-zh' });
  await hand.sees('已记录');
  await clean();
  expect(pages.refused).toEqual([]);
  const { database } = pages.world.desk;
  const event = await database.event.findFirstOrThrow({ where: { agreementId: id, type: 'calendar-repinned' } });
  expect(event.body).toContain('2027-10-08');
  expect(await database.task.count({ where: { agreementId: id, doneAt: null } })).toBe(0);
  await hand.reads('zh', 1280, `${pages.url}/calendars/cn/2027.1?year=2027`);
  await hand.sees('9 日 调休上班（国庆节）');
  await clean();
  await expectToFit(hand, [
    ['calendar', `${pages.url}/calendars/cn/2027.1?year=2027`, '与 cn@2026.1 的差别', 'Difference to cn@2026.1'],
    ['calendars', `${pages.url}/calendars`, '校验值', 'Hash (SHA-256)'],
  ]);
  await hand.reads('en', 390, `${pages.url}/calendars/cn/2027.1?year=2027`);
  await hand.sees('National Day');
  expect(await hand.isTooWide()).toBe(false);
  await hand.look('calendar-en-390');
});
