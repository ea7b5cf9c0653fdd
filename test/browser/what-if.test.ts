import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, form } from '../api/desk.ts';
import { act, draftOf, started } from '../api/life-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

const DAY_MS = 86_400_000;
const people = (name: string, email: string) => ({ name, email: `${email}@x.example` });

let pages: Pages;
let hand: Hand;
let id: string;
let draftId: string;

/** A day so many days after the signing, as the page names it. */
const dayOf = (days: number): string => new Date(signedMs + days * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10);
let signedMs: number;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  signedMs = desk.now.ms;
  const draft = {
    ...draftOf('service-attachments@2', { contractTotal: '777777.77' }),
    parties: { A: people('甲方服务有限公司', 'a'), B: people('乙方客户有限公司', 'b') },
    coordinator: people('王协调', 'c'),
  };
  id = await started(desk, draft);
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  const { body } = await ask(desk.api, 'GET', `/agreements/${id}`);
  const duty = body.duties.find((one: { id: string }) => one.id === 'needs-analysis-report');
  const file = form({ as: 'A' }, { 'report.txt': 'a report' });
  for (const { id: part } of duty.checklist as { id: string }[]) file.append('parts', part);
  await act(desk, id, '/obligations/needs-analysis-report/submissions', file);
  const kept = await ask(desk.api, 'POST', '/agreements', draft, { 'Idempotency-Key': 'what-if-draft' });
  draftId = String(kept.body.id);
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

/** The button is let go of once the template is known, and changes its colours. */
const canAdd = (): Promise<void> =>
  hand.page.until('!document.querySelector(".what-if-assume .ant-btn-primary").disabled');
const url = (agreement: string, query = ''): string => `${pages.url}/agreements/${agreement}/what-if${query}`;

test('a hand-in is assumed not to have been, a rate to be another: money and dates stand beside those of today', async () => {
  await hand.page.goto(url(id));
  await hand.sees('试算，不产生任何效力');
  await hand.sees('与现状没有差别');
  await canAdd();
  expect(await hand.violations()).toEqual([]);
  await hand.look('what-if-empty-zh-1280');

  await hand.click('添加假设');
  await hand.choose('假设什么', '已登记的行为');
  await hand.choose('哪一行为', '提交');
  await hand.click('未曾发生');
  expect(await hand.violations()).toEqual([]);
  await hand.look('what-if-act-zh-1280');
  await hand.sends();
  await hand.sees('未曾发生');
  await hand.click('无人再作任何行为');
  await hand.sees('迟延');
  await hand.sees('违约金');
  await hand.look('what-if-never-zh-1280');
  expect(await hand.violations()).toEqual([]);

  await hand.click('添加假设');
  await hand.choose('假设什么', '另有约定');
  await hand.choose('条款参数', '违约金（每日');
  await hand.type('#term-lateDeliverablePenaltyPercentPerDay', '0.3');
  await hand.click('以变更约定');
  await hand.look('what-if-term-zh-1280');
  await hand.sends();
  await hand.sees('0.3%');
  await hand.click('时间轴');
  await hand.page.until('document.querySelector(".what-if-lane")');
  expect(await hand.violations()).toEqual([]);
  await hand.look('what-if-timeline-zh-1280');

  // Whoever is sent the address sees the same.
  await hand.reads('en', 1280);
  await hand.sees('did not take place');
  await hand.sees('0.3%');
  await hand.look('what-if-en-1280');
  expect(hand.errors()).toEqual([]);
});

test('from another term the proposal of an amendment begins, with what was assumed', async () => {
  await hand.reads('zh', 1280);
  await hand.sees('据此提出变更');
  await hand.click('据此提出变更');
  await hand.sees('提出变更');
  await hand.page.until('document.querySelector("#term-lateDeliverablePenaltyPercentPerDay")?.value === "0.3"');
  await hand.look('what-if-propose-zh-1280');
  await hand.click('预览差异');
  await hand.sees('变更前后的差异');
  await hand.click('取消');
});

test('a draft is tried on another day of signing', async () => {
  const query = `?if=${encodeURIComponent(JSON.stringify([{ kind: 'signing', on: dayOf(8) }]))}`;
  await hand.page.goto(url(draftId, query));
  await hand.sees('尚未签署的各方均于');
  await hand.sees('推后');
  await hand.look('what-if-draft-zh-1280');
  await canAdd();
  expect(await hand.violations()).toEqual([]);
});

test('what the contract does not take is told with its reason; all of it fits a phone, in both languages', async () => {
  const step = { kind: 'step', step: 'accept', obligation: 'process-plan', on: dayOf(3) };
  const query = `?if=${encodeURIComponent(JSON.stringify([step, { kind: 'termination', on: dayOf(40) }]))}`;
  await hand.page.resize(390, 900);
  await hand.page.goto(url(id, query));
  await hand.sees('合同不允许的行为');
  await hand.look('what-if-refused-zh-390');
  expect(await hand.isTooWide()).toBe(false);
  await expectToFit(hand, [['what-if', url(id, query), '合同不允许的行为', 'What the contract does not allow']]);
  // An address that was cut says nothing, rather than half of it.
  await hand.reads('zh', 390, url(id, '?if=%5B%7B'));
  await hand.sees('与现状没有差别');
});
