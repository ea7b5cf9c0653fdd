import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnsOf, headOf } from '../../api/bulk/columns.ts';
import { findTemplate } from '../../templates/library.ts';
import { DRAFT, ask, awaitingSignatures, inForce } from '../api/desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

let pages: Pages;
let hand: Hand;

/** On a machine that does much else: pages with a hundred fields are held against WCAG. */
const LONG_MS = 300_000;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  await inForce(desk);
  await awaitingSignatures(desk);
  for (const name of ['晨曦食品有限公司', '暮色饮品有限公司']) {
    const parties = { ...DRAFT.parties, A: { ...DRAFT.parties.A, name } };
    await ask(desk.api, 'POST', '/agreements', { ...DRAFT, parties }, { 'Idempotency-Key': randomUUID() });
  }
  const open = { ...DRAFT, terms: { contractTotal: '1000000.00' } };
  await ask(desk.api, 'POST', '/agreements', open, { 'Idempotency-Key': randomUUID() });
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

const clean = async (): Promise<void> => {
  expect(await hand.violations()).toEqual([]);
  expect(hand.errors()).toEqual([]);
};

test(
  'the list is searched and narrowed by the address, and drafts are started and deleted together',
  async () => {
    await hand.page.goto(`${pages.url}/agreements`);
    await hand.sees('晨曦食品有限公司');
    await clean();
    await hand.look('agreements-zh-1280');
    await hand.fill('按当事方', '晨曦');
    await hand.page.press('Enter');
    await hand.seesNo('暮色饮品有限公司');
    expect(await hand.page.evaluate<string>('decodeURIComponent(location.search)')).toBe('?search=晨曦');
    await hand.click('显示全部');
    await hand.sees('暮色饮品有限公司');
    await hand.page.goto(`${pages.url}/agreements?status=draft`);
    await hand.sees('暮色饮品有限公司');
    await hand.click('选择已列出的 3 份');
    await hand.sees('已选 3 份');
    await hand.click('启动草稿');
    await hand.sees('可执行 2 份，不可执行 1 份');
    await hand.sees('尚未约定');
    await clean();
    await hand.look('bulk-preview-zh-1280');
    await hand.click('启动 2 份');
    await hand.sees('已结束：完成 2 份，未执行 1 份');
    await clean();
    await hand.look('bulk-job-zh-1280');
    const job = await hand.page.evaluate<string>('location.href');
    // What was left is found again.
    await hand.page.goto(`${pages.url}/agreements/jobs`);
    await hand.sees('完成 2，未执行 1');
    await clean();

    await hand.page.goto(`${pages.url}/agreements?status=draft`);
    await hand.click('选择已列出的 1 份');
    await hand.click('删除草稿');
    await hand.sees('删除后不可恢复');
    await hand.click('删除 1 份');
    await hand.sees('1 份全部完成');
    await hand.page.goto(`${pages.url}/agreements?status=draft`);
    await hand.sees('没有符合条件的协议');
    await expectToFit(hand, [
      ['agreements', `${pages.url}/agreements`, '选择已列出的', 'Choose all'],
      ['bulk-job', job, '已结束', 'Over:'],
      ['agreements-import', `${pages.url}/agreements/import`, '下载导入表', 'Download the table'],
    ]);
    await hand.reads('zh', 1280, `${pages.url}/agreements`);
    await hand.click('选择已列出的 4 份');
    expect((await hand.downloads('导出所选')).name).toBe('agreements.xlsx');
  },
  LONG_MS,
);

const COLUMNS = ((): ReturnType<typeof columnsOf> => {
  const found = findTemplate('service-attachments@1');
  if ('problem' in found) throw new Error('the template is gone');
  return columnsOf(found.template);
})();

/** The table of the template as somebody saves it: a row an agreement. */
function table(...rows: Record<string, string>[]): string {
  const lines = [
    COLUMNS.map((column) => headOf(column, 'zh')),
    ...rows.map((row) => COLUMNS.map(({ key }) => row[key] ?? '')),
  ];
  return lines.map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\r\n');
}
const row = (reference: string, total: string) => ({
  reference,
  ...{ 'parties.A.name': `客户${reference}`, 'parties.A.email': 'a@a.example' },
  ...{ 'parties.B.name': '服务公司', 'parties.B.email': 'b@b.example' },
  'terms.contractTotal': total,
});

test('agreements come from a table: what is wrong is shown by row and column, nothing is half made, then all of it', async () => {
  await hand.page.goto(`${pages.url}/agreements/import`);
  await hand.choose('选择模板', '按附件履行');
  const taken = await hand.downloads('下载导入表');
  expect(taken.name).toBe('service-attachments.xlsx');
  const before = await pages.world.desk.database.agreement.count();
  await hand.brings('contracts.csv', table(row('HT-1', '1000000.00'), row('HT-2', '若干')));
  await hand.sees('有 1 处错误');
  await hand.sees('合同总金额');
  await clean();
  await hand.look('import-wrong-zh-1280');
  await hand.brings('contracts-2.csv', table(row('HT-1', '1000000.00'), row('HT-2', '2000000.00')));
  await hand.sees('试运行通过：2 行中 2 行可以新建');
  expect(await pages.world.desk.database.agreement.count()).toBe(before);
  await clean();
  await hand.look('import-right-zh-1280');
  await hand.click('新建 2 份草稿');
  await hand.sees('2 份全部完成');
  expect(await pages.world.desk.database.agreement.count()).toBe(before + 2);
  await hand.page.goto(`${pages.url}/agreements/import?template=service-attachments@1`);
  await hand.brings('contracts-2.csv', table(row('HT-1', '1000000.00'), row('HT-2', '2000000.00')));
  await hand.sees('2 行此前已导入过');
  await clean();
});

test(
  'from the template to the start: every step in the address, errors lead to their field, nothing typed is lost',
  async () => {
    await hand.page.goto(`${pages.url}/start`);
    await hand.sees('售后服务承诺书');
    await clean();
    await hand.look('start-template-zh-1280');
    await hand.click('客户服务协议（按附件履行）');
    await hand.click('下一步');
    await hand.page.until('location.search === "?step=parties"');
    await hand.sees('由我担任');
    await hand.click('下一步');
    await hand.sees('处需要修改');
    await hand.page.until('document.activeElement.id === "parties.A.name"');
    await hand.type('[id="parties.A.name"]', '华东制造有限公司');
    await hand.type('[id="parties.A.email"]', 'a@huadong.example');
    await hand.type('[id="parties.B.name"]', '优服科技有限公司');
    await hand.click('由我担任');
    await hand.click('保存草稿');
    await hand.sees('草稿已保存');
    await hand.page.until('location.pathname.endsWith("/draft")');
    await hand.sees('编辑草稿');
    await hand.type('[id="parties.B.email"]', 'b@youfu.example');
    await hand.reads('zh', 1280); // loaded anew: what was typed is there
    await hand.sees('已恢复上次未完成的内容');
    expect(await hand.page.evaluate<string>(`document.querySelector('[id="parties.B.email"]').value`)).toBe(
      'b@youfu.example',
    );
    await clean();
    await hand.look('start-parties-zh-1280');
    await hand.click('下一步');
    await hand.page.until('location.search === "?step=terms"');
    await hand.type('#term-contractTotal', '1000000.00');
    await clean();
    await hand.look('start-terms-zh-1280');
    await hand.click('下一步');
    await hand.sees('时间轴');
    await hand.sees('每逾期一日 5000.00 CNY');
    await clean();
    await hand.look('start-preview-zh-1280');
    const draft = await hand.page.evaluate<string>('location.pathname');
    await hand.click('启动协议');
    await hand.sees('处需要修改');
    await hand.click('未填的全部标为');
    await hand.click('下一步');
    await hand.sees('时间轴');
    for (const [step, zh, en] of [
      ['parties', '由我担任', 'Contact'],
      ['terms', '待定', 'Open ('],
      ['preview', '逐项日程', 'Date by date'],
    ] as const) {
      await hand.reads('en', 390, `${pages.url}${draft}?step=${step}`);
      await hand.sees(en);
      expect([step, await hand.isTooWide(), await hand.violations()]).toEqual([step, false, []]);
      await hand.look(`start-${step}-en-390`);
      expect(zh).not.toBe('');
    }
    await hand.click('Start the agreement');
    await hand.page.until('!location.pathname.endsWith("/draft")');
    await hand.sees('华东制造有限公司');
    expect(hand.errors()).toEqual([]);
  },
  LONG_MS,
);
