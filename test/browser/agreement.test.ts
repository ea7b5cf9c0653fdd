import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, form, inForce } from '../api/desk.ts';
import { serviceInForce } from '../api/life-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

const REPORT = '/obligations/needs-analysis-report';
const PLAN = '/obligations/process-plan';

let pages: Pages;
let hand: Hand;
let id: string;
/** Stands still since a flood. */
let paused: string;
const at = (search: string): string => `${pages.url}/agreements/${id}${search}`;

function goTo(local: string): void {
  pages.world.desk.now.ms = Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
}

/** An act of somebody, recorded as the worker would; its files lie where the pages look for them. */
async function act(path: string, body: unknown, of = id): Promise<void> {
  const { desk } = pages.world;
  const key = randomUUID();
  const api = { ...desk.api, url: pages.url };
  const { status, body: answer } = await ask(api, 'POST', `/agreements/${of}${path}`, body, { 'Idempotency-Key': key });
  if (status !== 202) throw new Error(JSON.stringify(answer));
  await desk.record(key);
}

async function pdf(words: string): Promise<Uint8Array> {
  const paper = new PDFDocument({ size: 'A4' });
  const chunks: Buffer[] = [];
  paper.on('data', (chunk: Buffer) => chunks.push(chunk));
  paper.fontSize(24).text(words);
  paper.end();
  await once(paper, 'end');
  return Buffer.concat(chunks);
}

/** A report 28 days late, a plan sent back and handed in anew; an amendment in effect and one that is open; another that stands still. */
async function lived(): Promise<void> {
  const { desk } = pages.world;
  const tick = async (local: string): Promise<void> => {
    goTo(local);
    await desk.tick(id);
  };
  goTo('2026-09-01 09:00');
  id = await inForce(desk);
  await tick('2026-10-09 00:00');
  goTo('2026-10-12 10:00');
  await act('/amendments', {
    as: 'B',
    effectiveOn: '2026-10-20',
    changes: { dates: { 'training-plan': 100 }, terms: { penaltyCapPercent: '10' } },
    reason: '年底前培训场地紧张',
  });
  goTo('2026-10-13 10:00');
  await act('/amendments/amendment-1/acceptance', { as: 'A' });
  await tick('2026-10-20 00:00');
  goTo('2026-10-30 10:00');
  await act(`${PLAN}/submissions`, form({ as: 'A' }, { '流程优化方案.pdf': await pdf('Process plan, first version') }));
  await tick('2026-11-01 00:00');
  goTo('2026-11-03 10:00');
  await act(`${PLAN}/reviews`, { as: 'B', verdict: 'reject', points: ['缺少客户访谈记录'] });
  goTo('2026-11-05 15:20');
  await act(`${REPORT}/submissions`, form({ as: 'A' }, { '需求分析报告.txt': '需求分析报告' }));
  goTo('2026-11-10 10:00');
  const again = {
    '流程优化方案-修订.pdf': await pdf('Process plan, second version'),
    '访谈记录.txt': '客户访谈记录：共 12 份',
  };
  await act(`${PLAN}/submissions`, form({ as: 'A' }, again));
  goTo('2026-11-20 10:00');
  await act('/amendments', {
    as: 'A',
    effectiveOn: '2026-12-01',
    changes: { dates: { 'training-plan': 120 } },
    reason: '重排培训',
  });
  goTo('2026-09-10 10:00');
  paused = await serviceInForce(desk);
  goTo('2026-10-20 10:00');
  const flood = { as: 'A', ground: 'force-majeure', reason: '洪水' };
  await act('/suspensions', form(flood, { '气象证明.txt': '红色预警' }), paused);
  desk.now.ms = Date.now();
  const mail = { agreementId: id, role: 'responsible', seat: 'A', clauses: ['S001a-60'], facts: {}, rungs: [] };
  const sent = { address: 'li.hua@a.example', sentAt: new Date('2026-10-09T01:00:00Z') };
  const subject = '客户需求分析报告已逾期';
  const mails = [
    { number: 901, kind: 'reminder', obligation: 'needs-analysis-report', status: 'sent', subject, ...sent },
    { number: 902, kind: 'penalty-started', status: 'sent', carriedBy: `agreement/${id}/n901`, ...sent },
    { number: 903, kind: 'agreement-in-force', status: 'bounced', bouncedAt: new Date(), ...sent },
  ];
  await desk.database.notice.createMany({
    data: mails.map((one) => ({
      ...{ ...mail, ...one, id: `agreement/${id}/n${String(one.number)}`, at: sent.sentAt },
      messageId: `<${String(one.number)}@abide.example>`,
    })),
  });
}

beforeAll(async () => {
  pages = await openPages();
  await lived();
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const clean = async (): Promise<void> => {
  expect(await hand.violations()).toEqual([]);
  expect(hand.errors()).toEqual([]);
};

test('the overview says what is next, who is waited for, and what is owed', async () => {
  await hand.page.goto(at(''));
  await hand.sees('近期日期');
  await hand.sees('等待谁做什么');
  await hand.sees('最近记录');
  await clean();
  await hand.look('agreement-overview-zh-1280');
});

test('obligations lie in time: late parts, suspensions, marks; by keyboard, and as a table', async () => {
  await hand.click('义务');
  await hand.click('时间轴');
  await hand.sees('违约金入账');
  await clean();
  await hand.look('agreement-gantt-zh-1280');
  await hand.page.evaluate(`document.querySelector('[data-bar][tabindex="0"]').focus()`);
  await hand.page.press('Enter');
  await hand.sees('查看该项义务');
  await hand.click('以表格查看同样内容');
  await hand.sees('履行日');
  await hand.click('季度');
  await hand.sees('回到今天');
  await clean();
  await hand.look('agreement-gantt-open-zh-1280');
});

test('what stands still says since when, why, and who lets it go on', async () => {
  await hand.page.goto(`${pages.url}/agreements/${paused}?tab=gantt`);
  await hand.sees('自2026年10月20日起因不可抗力中止履行');
  await hand.sees('违约金入账');
  await clean();
  await hand.look('agreement-paused-zh-1280');
});

test('a penalty says why: its days one by one, its clause, and back from the clause to the duty', async () => {
  await hand.click('款项');
  await hand.page.goto(at('?tab=ledger'));
  await hand.sees('115,000.00');
  await hand.click('计算过程');
  await hand.sees('首尾均计，共 23 天');
  await hand.look('agreement-ledger-zh-1280');
  await clean();
  await hand.page.goto(at('?clause=S001a-69'));
  await hand.sees('依据条款 S001a-69 的内容');
  await clean();
  await hand.look('agreement-clause-zh-1280');
  await hand.page.goto(at('?tab=clauses'));
  await hand.click('查看依据此条的内容');
  await hand.sees('全部条款');
});

test('a document is looked at on the page, with the versions of its hand-in; each look is logged', async () => {
  await hand.page.goto(at('?tab=documents'));
  await hand.sees('第 2 版');
  await hand.sees('已退回');
  await clean();
  await hand.look('agreement-documents-zh-1280');
  await hand.click('预览 流程优化方案-修订.pdf');
  await hand.page.until(
    `document.querySelector('.pdf-page canvas')?.width > 0 && document.querySelector('figcaption')?.innerText !== ''`,
  );
  await hand.sees('各版本');
  await clean();
  await hand.look('agreement-preview-zh-1280');
  await hand.click('关闭预览');
  await hand.click('预览 访谈记录.txt');
  await hand.sees('客户访谈记录：共 12 份');
  await hand.click('关闭预览');
  const logged = await pages.world.desk.database.accessLog.count({ where: { agreementId: id, action: 'download' } });
  expect(logged).toBe(2);
});

test('an amendment stands as it was beside as it will be, proposed or in effect', async () => {
  await hand.page.goto(at('?tab=life'));
  await hand.sees('变更前');
  await hand.sees('变更后');
  await clean();
  await hand.look('agreement-amendments-zh-1280');
});

test('mails say whether they arrived; the history is narrowed', async () => {
  await hand.page.goto(at('?tab=notices&delivery=undelivered'));
  await hand.sees('被退回');
  await clean();
  await hand.page.goto(at('?tab=notices'));
  await hand.sees('并入邮件“客户需求分析报告已逾期”一并发出');
  await clean();
  await hand.look('agreement-notices-zh-1280');
  await hand.page.goto(at('?tab=timeline'));
  await hand.choose('类别', '变更、中止与续签');
  await hand.sees('年底前培训场地紧张');
  await hand.seesNo('缺少客户访谈记录');
  await clean();
  await hand.look('agreement-history-zh-1280');
});

test('every part fits a phone, in both languages', async () => {
  await expectToFit(hand, [
    ['overview', at(''), '近期日期', 'Next dates'],
    ['obligations', at('?tab=obligations'), '责任方', 'Responsible'],
    ['gantt', at('?tab=gantt'), '违约金入账', 'Penalty posted'],
    ['ledger', at('?tab=ledger'), '115,000.00', '115,000.00'],
    ['documents', at('?tab=documents'), '第 2 版', 'Version 2'],
    ['amendments', at('?tab=amendments'), '变更后', 'After'],
    ['notices', at('?tab=notices'), '收件人', 'To'],
    ['history', at('?tab=history'), '缺少客户访谈记录', '缺少客户访谈记录'],
    ['clause', at('?clause=S001a-69'), 'S001a-69', 'S001a-69'],
  ]);
});
