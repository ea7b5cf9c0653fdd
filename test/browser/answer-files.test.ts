import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningApi } from '../../api/server.ts';
import { begunCycle, improvementAgreement } from '../api/process-desk.ts';
import { seedCycle } from '../support/survey-cycle.ts';
import { builtPages } from './build.ts';
import { isTooWide, look, tabTo, violations } from './checks.ts';
import { type BrowserPage, openPage } from './page.ts';
import { type Hand, type Pages, openPages } from './pages.ts';

const DAY = 86_400_000;
const PHOTO = {
  type: 'file',
  name: 'photo',
  title: { 'zh-cn': '请上传现场照片或单据', en: 'Photos or papers' },
  role: 'text',
  isRequired: true,
  allowMultiple: true,
  maxFiles: 2,
};

let pages: Pages;
let hand: Hand;
let api: RunningApi;
let folder: string;
let phone: BrowserPage;
let agreementId: string;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  desk.now.ms = Date.now() - 40 * DAY;
  agreementId = await improvementAgreement(desk);
  desk.now.ms = Date.now();
  hand = await pages.open('zh-CN', 1280);
  folder = await mkdtemp(join(tmpdir(), 'abide-answer-files-'));
  const webRoot = await builtPages();
  api = await desk.another({ webRoot, documents: pages.documents });
  phone = await openPage({ profile: join(folder, 'profile'), language: 'zh-CN', width: 320, height: 800 });
});
afterAll(async () => {
  await phone?.close();
  await pages?.close();
  await rm(folder, { recursive: true, force: true });
});

const FIELD = 'document.querySelector("input[type=file]")';
const SEND = '[...document.querySelectorAll("button, input[type=button]")].at(-1)';
const reads = (page: BrowserPage, text: string) =>
  page.until(`document.body.innerText.includes(${JSON.stringify(text)})`);
/** A published cycle that asks for files, of the agreement that the pages show. */
async function asking(change: Partial<Parameters<typeof seedCycle>[1]> = {}): ReturnType<typeof seedCycle> {
  const { database, now } = pages.world.desk;
  const cycle = await seedCycle(database, { count: 1, nowMs: now.ms, agreementId, asks: [PHOTO], ...change });
  const { workflowId } = cycle;
  const { snapshot } = await database.process.findUniqueOrThrow({ where: { workflowId } });
  await database.process.update({
    where: { workflowId },
    data: { snapshot: { ...(snapshot as object), publishedAtMs: now.ms } },
  });
  return cycle;
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

// First, while there is no questionnaire of an earlier cycle to begin from.
test('a question for files is put into a questionnaire, and its preview shows it and takes nothing', async () => {
  const on = new Date(Date.now() - 10 * DAY).toISOString().slice(0, 10);
  const { id, workflowId } = await begunCycle(pages.world.desk, agreementId, { occurrence: on });
  await hand.page.goto(`${pages.url}/agreements/${agreementId}/surveys/${id}`);
  await hand.click('设计问卷');
  await hand.click('新增题目');
  await hand.choose('题型', '附件');
  await hand.type('#new-files', '2');
  await hand.type('#new-zh', '请上传现场照片');
  await hand.type('#new-en', 'Photos of the place');
  expect(await hand.violations()).toEqual([]);
  await hand.click('加入问卷');
  await hand.look('answer-files-editor');
  await hand.click('预览（中文）');
  await hand.click('下一页');
  await hand.sees('请上传现场照片');
  await hand.sees('预览中不能上传。');
  await hand.look('answer-files-preview');
  expect(await hand.violations()).toEqual([]);
  await hand.click('提交问卷');
  await hand.sends();
  await hand.sees('第 1 版');
  const { snapshot } = await pages.world.desk.database.process.findUniqueOrThrow({ where: { workflowId } });
  const { sha256 } = (snapshot as { questionnaire: { sha256: string } }).questionnaire;
  const { json } = await pages.world.desk.database.questionnaire.findUniqueOrThrow({ where: { sha256 } });
  expect(JSON.stringify(json)).toContain('"allowMultiple":true');
  expect(hand.errors()).toEqual([]);
});

test('on 320 px and by keyboard a file is attached, shown with its size, taken back, there again later, and handed in', async () => {
  const { desk } = pages.world;
  const cycle = await asking();
  const token = cycle.invitees[0]?.token ?? '';
  await phone.goto(`${api.url}/answer#${token}`);
  await phone.until(FIELD);
  await reads(phone, '至多 2 个文件，每个不超过 10 MB');
  expect(await violations(phone)).toEqual([]);
  expect(await isTooWide(phone)).toBe(false);

  // Required: without a file nothing is sent, and the field is told about.
  await phone.evaluate('document.querySelector("input[type=radio]").click()');
  await phone.evaluate(`${SEND}.click()`);
  await phone.until(`${FIELD}.getAttribute("aria-invalid") === "true"`);
  expect(await violations(phone)).toEqual([]);
  await tabTo(phone, `document.activeElement === ${FIELD}`);

  const receipt = await file(
    '一张名字很长很长很长很长很长很长很长很长很长很长的单据.pdf',
    Buffer.from('%PDF-1.7 a receipt'),
  );
  await phone.bring(FIELD, await file('假.png', 'no picture'), receipt);
  await reads(phone, '一张名字很长');
  await reads(phone, '18 B');
  await phone.until('document.querySelector("[role=alert]")?.innerText.includes("假.png")');
  await look(phone, 'answer-files-320');
  expect(await violations(phone)).toEqual([]);
  expect(await isTooWide(phone)).toBe(false);
  await phone.bring(FIELD, await file('说明.txt', '现场情况说明'));
  await reads(phone, '已上传：说明.txt');
  expect(await phone.evaluate(`${FIELD}.disabled`)).toBe(true); // two are the most

  await tabTo(phone, 'document.activeElement.getAttribute("aria-label") === "移除 说明.txt"');
  await phone.press('Enter');
  await reads(phone, '已移除：说明.txt');
  expect(await phone.evaluate(`document.activeElement === ${FIELD}`)).toBe(true);
  await phone.until('document.querySelector(".status").innerText.includes("已保存")');
  expect(await desk.database.answerFile.count()).toBe(1);

  await phone.goto(`${api.url}/answer#${token}`);
  await reads(phone, '一张名字很长');
  expect(await phone.evaluate('document.querySelectorAll(".files li").length')).toBe(1);
  await phone.evaluate('document.querySelector("button.language").click()');
  await reads(phone, 'Up to 2 files, 10 MB each at most');
  expect(await violations(phone)).toEqual([]);
  await tabTo(phone, `document.activeElement === ${SEND}`);
  await phone.press('Enter');
  await reads(phone, 'Thank you, your answer was sent');
  const [row] = await desk.database.answerFile.findMany();
  expect(row).toMatchObject({ question: 'photo', holder: null, respondent: cycle.invitees[0]?.id });

  // Whoever reads the record finds it on the page of the cycle, and takes it along.
  await hand.page.goto(`${pages.url}/agreements/${agreementId}/surveys/${cycle.id}`);
  await hand.sees('答卷附件');
  await hand.sees('客户 0');
  await hand.look('answer-files-survey');
  expect(await hand.violations()).toEqual([]);
  const { bytes } = await hand.downloads(row?.fileName ?? '');
  expect(bytes.toString()).toBe('%PDF-1.7 a receipt');
  expect(hand.errors()).toEqual([]);
  await hand.reads('en', 320);
  await hand.sees('Files attached to answers');
  await hand.sees('一张名字很长');
  await hand.look('answer-files-survey-320');
  expect(await hand.isTooWide()).toBe(false);
  expect(await hand.violations()).toEqual([]);
  await hand.reads('zh', 1280);
});

test('an anonymous survey says beside the field that what is in a file may tell who sent it, and keeps no name', async () => {
  const { desk } = pages.world;
  const [customer] = await desk.database.customer.findMany();
  const cycle = await asking({
    ...{ customers: [customer?.id ?? ''], anonymous: true, reference: 'quarterly-survey#2027-Q2' },
  });
  await phone.goto(`${api.url}/answer#${cycle.invitees[0]?.token ?? ''}`);
  await reads(phone, '文件名不予保留，但文件内容（如姓名、签名、照片信息）可能透露您的身份。');
  await phone.bring(FIELD, await file('李华.txt', '很满意'));
  await reads(phone, 'attachment.txt');
  expect(await phone.evaluate<string>('document.querySelector(".files").innerText')).not.toContain('李华.txt');
  await look(phone, 'answer-files-anonymous-320');
  expect(await violations(phone)).toEqual([]);
  await hand.page.goto(`${pages.url}/agreements/${agreementId}/surveys/${cycle.id}`);
  await hand.sees('匿名调查的附件在不再接收答卷后显示');
});
