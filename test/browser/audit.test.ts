import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { setupLink } from '../../api/accounts/setup.ts';
import * as schemas from '../../api/schemas.ts';
import { bufferSource } from '../../evidence/container.ts';
import { readBundle } from '../../evidence/verify/files.ts';
import { verifyBundle } from '../../evidence/verify/verify.ts';
import { PASSWORD } from '../api/accounts-desk.ts';
import { day, draftOf, people } from '../journeys/draft.ts';
import { Desk } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { builtPages } from './build.ts';
import { type BrowserPage, openPage } from './page.ts';
import { type Hand, handOn } from './pages.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

const EMAIL = 'lin@operator.example';

let world: World;
let folder: string;
let browser: BrowserPage;
let auditor: Hand;
/** Signed 75 days ago and lived on the real engine: two attachments late, one of them handed in. */
let id: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-audit-'));
  const webRoot = await builtPages();
  world = await openWorld({ webRoot });
  const desk = new Desk(world);
  await world.startWorker();
  const created = await desk.post('/agreements', draftOf(people('audit')));
  ({ id } = schemas.agreement.parse(created.body));
  await desk.post(`/agreements/${id}/start`, {});
  for (const as of ['A', 'B']) await desk.post(`/agreements/${id}/signatures`, { as, signedOn: day(-75) });
  await eventually(async () => (await desk.agreement(id)).overdue === 2);
  const brought = [{ name: '需求分析.txt', content: 'What the needs analysis found.' }];
  expect((await desk.submit(id, 'needs-analysis-report', 'A', brought)).status).toBe(200);
  await desk.allSent(id);
  const link = await setupLink({ database: world.database, clock: Date.now, publicUrl: world.url });
  const person = { name: '林审计', email: EMAIL, password: PASSWORD, organisation: '运营单位' };
  await desk.post('/setup', { token: link?.split('#token=')[1], ...person });
  browser = await openPage({ profile: join(folder, 'profile'), language: 'zh-CN', width: 1280, height: 900 });
  auditor = handOn(browser);
  await browser.goto(`${world.url}/sign-in`);
  await browser.until('document.querySelector("#password")');
  await browser.evaluate('document.querySelector("#email").focus()');
  await browser.press(EMAIL, 'Tab', PASSWORD, 'Enter');
  await browser.until('location.pathname !== "/sign-in"');
  browser.errors.length = 0;
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (path: string, language: 'zh' | 'en' = 'zh', width = 1280) =>
  auditor.reads(language, width, `${world.url}/audit/${id}${path}`);

test('the narrative tells who, what, when with zone, under which clause, with which evidence; in both languages', async () => {
  onTestFailed(() => world.tellAll());
  await open('');
  await auditor.sees('需求分析.txt');
  const said = await browser.evaluate<string>('document.querySelector(".narrative").innerText');
  for (const part of ['甲方', 'UTC', 'SHA-256', '录入于', '事件 1', 'Message-ID', '经由网页或接口']) {
    expect(said).toContain(part);
  }
  const clause = await browser.evaluate<string>('document.querySelector(".narrative .clause").getAttribute("href")');
  expect(clause).toMatch(/^\/templates\/service-attachments\/clauses\/S001a-/);
  const numbers = await browser.evaluate<number[]>(
    '[...document.querySelectorAll(".narrative-number")].map((one) => parseInt(one.textContent))',
  );
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(await auditor.violations()).toEqual([]);
  await auditor.look('audit-narrative-zh');
  await open('?notices=only', 'en', 390);
  await auditor.sees('Notice to');
  expect(await auditor.isTooWide()).toBe(false);
  expect(await auditor.violations()).toEqual([]);
  await auditor.look('audit-narrative-en-390');
  await open('?tab=refused');
  await auditor.sees('被拒绝的操作没有产生事件');
  expect(auditor.errors()).toEqual([]);
});

test('on paper there are the parties, the ends of the chains, and no navigation', async () => {
  await open('');
  await auditor.sees('需求分析.txt');
  const paper = await browser.paper();
  if (process.env.ABIDE_SHOTS !== undefined) await writeFile(join(process.env.ABIDE_SHOTS, 'audit.pdf'), paper);
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
});

test('every workflow is replayed from the page, and the verdict stays for whoever comes back', async () => {
  onTestFailed(() => world.tellAll());
  await open('?tab=verify');
  await auditor.sees('尚未核验过');
  await auditor.click('开始核验');
  await auditor.sees('可以离开此页');
  await open('?tab=evidence');
  await auditor.sees('如何核验');
  await open('?tab=verify');
  await auditor.sees('数据库与历史逐行相符');
  await auditor.sees('林审计');
  const checks = await browser.evaluate<string[]>(
    '[...document.querySelectorAll(".audit-check .ant-tag")].map((one) => one.innerText)',
  );
  expect(checks).toEqual(Array(10).fill('相符'));
  expect(await auditor.violations()).toEqual([]);
  await auditor.look('audit-verified-zh');
  await auditor.click('重放协议本身');
  await auditor.sees('一致');
  await open('?tab=verify', 'en', 390);
  await auditor.sees('Identical');
  expect(await auditor.isTooWide()).toBe(false);
  await auditor.look('audit-verified-en-390');
  expect(auditor.errors()).toEqual([]);
});

test('a row that was changed in Postgres is found and named', async () => {
  onTestFailed(() => world.tellAll());
  const change = (sql: string) => world.database.$executeRawUnsafe(sql);
  await change(`UPDATE obligation SET status = 'fulfilled' WHERE agreement_id = '${id}'::uuid AND id = 'process-plan'`);
  await change(`UPDATE ledger_line SET amount_text = '1.00' WHERE agreement_id = '${id}'::uuid`);
  await open('?tab=verify');
  await auditor.click('重新核验');
  await auditor.sees('历史、程序或数据库被改动过');
  await auditor.sees('obligation process-plan status');
  await auditor.sees('amountText');
  await auditor.look('audit-tampered-zh');
  await change(
    `UPDATE event SET body = replace(body, '"via":"api"', '"via":"cli"') WHERE agreement_id = '${id}'::uuid AND sequence = 2`,
  );
  await auditor.click('重新核验');
  await auditor.sees('event agreement/');
  await auditor.sees('未比对');
  await change(
    `UPDATE event SET body = replace(body, '"via":"cli"', '"via":"api"') WHERE agreement_id = '${id}'::uuid AND sequence = 2`,
  );
  expect(auditor.errors()).toEqual([]);
});

test('the evidence is one click, named with its size, and the page says how to check it', async () => {
  await open('?tab=evidence');
  await auditor.sees('Ed25519');
  expect(await auditor.violations()).toEqual([]);
  const { name, bytes } = await auditor.downloads('下载证据包');
  expect(name).toMatch(/^abide-evidence-.*\.zip$/);
  await auditor.sees(`已下载 ${name}`);
  const fingerprint = await browser.evaluate<string>('document.querySelector(".mono.break").innerText.trim()');
  expect(verifyBundle(readBundle(bufferSource(bytes)), fingerprint).key).toMatchObject({ verified: true });
  await auditor.look('audit-evidence-zh');
  await open('?tab=evidence', 'en', 320);
  await auditor.sees('npx abide verify');
  expect(await auditor.isTooWide()).toBe(false);
  expect(auditor.errors()).toEqual([]);
});
