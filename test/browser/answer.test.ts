import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAnswerToken } from '../../activities/answer-token.ts';
import type { RunningApi } from '../../api/server.ts';
import { type Desk, ask, openDesk } from '../api/desk.ts';
import { seedCycle } from '../support/survey-cycle.ts';
import { WEB_ROOT } from '../../cli/web-build.ts';
import { builtPages } from './build.ts';
import { isTooWide, look, tabTo, violations } from './checks.ts';
import { type BrowserPage, openPage } from './page.ts';

/** What a phone may have to load before the first question. */
const MOST_BYTES = 400_000;

let desk: Desk;
let api: RunningApi;
let folder: string;
const pages: BrowserPage[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-answer-'));
  const webRoot = await builtPages();
  desk = await openDesk();
  api = await desk.another({ webRoot });
});

afterAll(async () => {
  for (const page of pages) await page.close();
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});

async function browser(language: string, width: number): Promise<BrowserPage> {
  const profile = join(folder, `profile-${String(pages.length)}`);
  const page = await openPage({ profile, language, width, height: 800 });
  pages.push(page);
  return page;
}

test('the first load is below 400 kB as it is sent, in a bundle of its own without Ant Design', async () => {
  const index = await fetch(`${api.url}/answer`, { headers: { 'Accept-Encoding': 'br' } });
  expect(index.headers.get('content-encoding')).toBe('br');
  const page = await index.text();
  const files = [...page.matchAll(/(?:src|href)="(\/answer\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThan(1);
  let bytes = Number(index.headers.get('content-length'));
  for (const path of files) {
    const file = await fetch(`${api.url}${path}`, { headers: { 'Accept-Encoding': 'br' } });
    expect([path, file.status, file.headers.get('content-encoding')]).toEqual([path, 200, 'br']);
    bytes += Number(file.headers.get('content-length'));
    const text = await file.text();
    expect(text).not.toContain('ant-btn');
    // Whoever takes no Brotli gets the same.
    const plain = await fetch(`${api.url}${path}`, { headers: { 'Accept-Encoding': 'identity' } });
    expect(await plain.text()).toBe(text);
  }
  expect(bytes).toBeLessThan(MOST_BYTES);
  // Nothing is loaded later, either.
  expect(readdirSync(join(WEB_ROOT, 'answer', 'assets')).filter((name) => name.endsWith('.br'))).toHaveLength(
    files.length,
  );
});

test('one answers by keyboard alone, on 320 px, in Chinese; a draft is there again on another device', async () => {
  const { workflowId, invitees } = await seedCycle(desk.database, { count: 1, nowMs: desk.now.ms });
  const token = invitees[0]?.token ?? '';
  const phone = await browser('zh-CN', 320);
  await phone.goto(`${api.url}/answer#${token}`);
  await phone.until('document.querySelector("input[type=radio]")');
  await look(phone, 'answer-zh-320');
  expect(await violations(phone)).toEqual([]);
  expect(await isTooWide(phone)).toBe(false);
  expect(await phone.evaluate('document.documentElement.lang')).toBe('zh-Hans');

  await tabTo(phone, 'document.activeElement.type === "radio"');
  await phone.press(' ', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await tabTo(phone, 'document.activeElement.tagName === "TEXTAREA"');
  await phone.press('回复很快');
  await phone.press('Tab');
  await phone.until('document.querySelector("[role=status]").innerText.includes("已保存")');

  const desktop = await browser('en', 1280);
  await desktop.goto(`${api.url}/answer#${token}`);
  await desktop.until('document.querySelector("textarea")?.value === "回复很快"');
  expect(await desktop.evaluate('document.documentElement.lang')).toBe('zh-Hans'); // the customer's language, not the browser's
  await desktop.evaluate('document.querySelector("button.language").click()');
  await desktop.until('document.body.innerText.includes("How satisfied are you with our service?")');
  await look(desktop, 'answer-en-1280');
  const fits =
    '[...document.querySelectorAll(".sd-table__cell")].every((cell) => cell.getBoundingClientRect().right <= cell.closest(".sd-question").getBoundingClientRect().right)';
  expect(await desktop.evaluate(fits)).toBe(true);
  expect(await violations(desktop)).toEqual([]);

  await tabTo(phone, 'document.activeElement === [...document.querySelectorAll("button, input[type=button]")].at(-1)');
  await phone.press('Enter');
  await phone.until('document.querySelector("h1").innerText === "答卷已提交，谢谢！"');
  await look(phone, 'answer-done-320');
  expect(await violations(phone)).toEqual([]);
  expect(await phone.evaluate('document.activeElement === document.querySelector("h1")')).toBe(true);
  const [row] = await desk.database.answer.findMany({ where: { workflowId } });
  expect(row?.answers).toEqual({ service: 4, words: '回复很快' });
});

test('a required question that is missing is said at the question, and nothing is sent', async () => {
  const { workflowId, invitees } = await seedCycle(desk.database, { count: 1, nowMs: desk.now.ms, anonymous: true });
  const [page = await browser('zh-CN', 320)] = pages;
  await page.goto(`${api.url}/answer#${invitees[0]?.token ?? ''}`);
  await page.until('document.querySelector("input[type=radio]")');
  expect(await page.evaluate<string>('document.body.innerText')).toContain('本次调查为匿名调查');
  await page.evaluate('[...document.querySelectorAll("button, input[type=button]")].at(-1).click()');
  await page.until('document.querySelector("[aria-invalid=true], [role=alert]")');
  await look(page, 'answer-missing-320');
  expect(await violations(page)).toEqual([]);
  expect(await desk.database.answer.count({ where: { workflowId } })).toBe(0);
});

test('the feedback form is open all the time: an opinion is sent by keyboard, and its number is shown', async () => {
  const { agreementId } = await seedCycle(desk.database, { count: 1, nowMs: desk.now.ms });
  const made = await ask(desk.api, 'POST', `/agreements/${agreementId}/feedback-links`, {
    as: 'coordinator',
    label: '官网',
  });
  expect(made.status).toBe(201);
  const token = (made.body as { url: string }).url.split('#')[1] ?? '';
  const [page = await browser('zh-CN', 320)] = pages;
  await page.goto(`${api.url}/answer#${token}`);
  await page.until('document.querySelector("textarea")');
  await look(page, 'feedback-zh-320');
  expect(await violations(page)).toEqual([]);
  await page.evaluate('document.querySelector("textarea").focus()');
  await page.press('希望延长服务时间', 'Tab', 'Tab', 'Tab', 'Enter');
  await page.until('document.body.innerText.includes("意见已提交")');
  const list = await ask(desk.api, 'GET', `/agreements/${agreementId}/feedback`);
  const [item] = (list.body as { items: { id: string; number: string; text: string; status: string }[] }).items;
  expect(item).toMatchObject({ text: '希望延长服务时间', status: 'open' });
  expect(await page.evaluate<string>('document.body.innerText')).toContain(item?.number ?? '?');
  await ask(desk.api, 'POST', `/agreements/${agreementId}/feedback/${item?.id ?? ''}/no-action`, {
    reason: '已在改进计划中',
  });
  const after = await ask(desk.api, 'GET', `/agreements/${agreementId}/feedback`);
  expect(after.body).toMatchObject({ items: [{ status: 'no-action', outcome: '已在改进计划中' }] });
});

test('what cannot be answered says why, in both languages', async () => {
  const cycle = await seedCycle(desk.database, { count: 3, nowMs: desk.now.ms });
  const { workflowId } = cycle;
  const [answered, late, over] = cycle.invitees;
  await desk.database.invitee.update({ where: { id: answered?.id ?? '' }, data: { answered: true } });
  const [page = await browser('zh-CN', 320)] = pages;
  const shows = async (token: string, heading: string): Promise<void> => {
    await page.goto(`${api.url}/answer#${token}`);
    await page.until(`document.querySelector("h1")?.innerText === ${JSON.stringify(heading)}`);
    expect(await violations(page)).toEqual([]);
  };
  await shows(answered?.token ?? '', '您已提交过答卷');
  await shows(newAnswerToken(), '链接无效');
  await look(page, 'answer-unknown-320');
  await shows('', '链接无效');
  desk.now.ms += 20 * 86_400_000;
  await page.goto(`${api.url}/answer#${late?.token ?? ''}`);
  await page.until('document.body.innerText.includes("调查已截止")');
  expect(await violations(page)).toEqual([]);
  desk.now.ms -= 20 * 86_400_000;
  await desk.database.process.update({ where: { workflowId }, data: { status: 'reported' } });
  await new Promise((done) => setTimeout(done, 1_100));
  await shows(over?.token ?? '', '调查已结束');
  await page.evaluate('document.querySelector("button.language").click()');
  await page.until('document.querySelector("h1").innerText === "This survey is over"');
});
