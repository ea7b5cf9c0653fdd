import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOf } from '../../web/features/surveys/questionnaire.ts';
import { begunCycle, customers, improvementAgreement } from '../api/process-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';
import { expectToFit } from './small-screen.ts';

const DAY = 86_400_000;

let pages: Pages;
let agreementId: string;
let cycle: string;
let hand: Hand;

beforeAll(async () => {
  pages = await openPages();
  const { desk } = pages.world;
  desk.now.ms = Date.now() - 40 * DAY;
  agreementId = await improvementAgreement(desk);
  desk.now.ms = Date.now();
  await customers(desk, 12, (index) => ({
    ...(index < 3 ? { tier: 'key' } : {}),
    ...(index === 10 ? { optedOutAt: new Date() } : {}),
    ...(index === 11 ? { surveyConsent: false } : {}),
  }));
  await desk.database.seat.updateMany({ where: { seat: 'A' }, data: { personId: pages.person } });
  ({ id: cycle } = await begunCycle(desk, agreementId, {
    occurrence: on(-10),
    approvers: { seats: ['A'], clauses: ['S000-18'] },
    dateAgreedBy: { seats: [], clauses: [] },
    minimumSample: 5,
  }));
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

/** A day of the agreement's zone, so many days from today. */
function on(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + days * DAY).toISOString().slice(0, 10);
}
const at = (page: string): string => `${pages.url}/agreements/${agreementId}${page}`;
const order = (): Promise<string[]> =>
  hand.page.evaluate<string[]>(
    `[...document.querySelectorAll('.card-toggle')].map((one) => one.innerText.replace(/^\\d+\\.\\s*/, ''))`,
  );

test('the list of cycles leads to the designer, which shows what customers will see', async () => {
  await hand.page.goto(`${pages.url}/surveys`);
  await hand.sees('待乙方（服务方）设计问卷');
  expect(await hand.violations()).toEqual([]);
  await hand.look('surveys-zh-1280');
  await hand.choose('办理情况', '已结束');
  await hand.sees('没有符合条件的调查');
  expect(await hand.page.evaluate<string>('location.search')).toBe('?standing=over');
  await hand.click('清除筛选');
  await hand.sees('待乙方（服务方）设计问卷');
  await hand.click('季度客户满意度调查');
  await hand.click('设计问卷');
  await hand.sees('尚无提交的版本');
  await hand.sees('总体而言，您对我们的满意程度如何？');
  await hand.page.until(`document.querySelector('.preview .sd-root-modern, .preview form')`);
  expect(await hand.violations()).toEqual([]);
  await hand.look('design-zh-1280');
});

test('questions are reworded, moved by keyboard and by hand, asked under a condition, taken from the bank; each step can be taken back', async () => {
  const before = await order();
  await hand.click('上移“' + (before[1] ?? '') + '”');
  expect((await order()).slice(0, 2)).toEqual([before[1], before[0]]);
  await hand.sees(`“${before[1] ?? ''}”已移至第 1 题`);
  await hand.click('撤销');
  expect(await order()).toEqual(before);
  await hand.page.evaluate(`document.querySelectorAll('.card-toggle')[2].focus()`);
  await hand.page.evaluate(
    `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true }))`,
  );
  expect((await order())[1]).toBe(before[2]);
  await hand.page.evaluate(`(() => {
    const data = new DataTransfer();
    const at = (index) => document.querySelectorAll('.outline-item')[index];
    const send = (target, type) => target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    send(at(1).querySelector('.grip'), 'dragstart');
    return new Promise((done) => setTimeout(() => { send(at(2), 'dragover'); send(at(2), 'drop'); send(at(1), 'dragend'); done(); }, 50));
  })()`);
  await hand.page.until(
    `document.querySelectorAll('.card-toggle')[2].innerText.includes(${JSON.stringify(before[2])})`,
  );
  expect(await order()).toEqual(before);

  await hand.click('新增题目');
  await hand.choose('题型', '选择');
  await hand.type('#new-zh', '您希望增加哪项服务？');
  await hand.type('#new-en', 'Which service should be added?');
  await hand.type('#new-choices', '上门检修 | On-site service\n夜间热线 | Night hotline');
  await hand.click('加入问卷');
  await hand.page.evaluate(
    `[...document.querySelectorAll('.card-toggle')].find((one) => one.innerText.includes('您希望增加哪项服务')).click()`,
  );
  await hand.click('设定提问条件');
  await hand.sees('仅当');
  expect(await hand.violations()).toEqual([]);
  await hand.click('从题库选题');
  await hand.sees('题库（客户服务指引中的参考题）');
  expect(await hand.violations()).toEqual([]);
  await hand.look('design-bank-zh-1280');
});

test('what is missing is said before anybody approves it, what is not handed in is kept, and what is handed in is what was shown', async () => {
  await hand.click('必答');
  await hand.fill('英文题目', '');
  await hand.page.evaluate(`(() => {
    const field = document.activeElement;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, '');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  })()`);
  await hand.click('检查（');
  await hand.sees('缺少英文');
  await hand.click('提交问卷');
  await hand.sees('处须先改正');
  await hand.click('前往');
  await hand.fill('英文题目', 'Which service shall we add?');
  await hand.seesNo('缺少英文');
  await hand.sees('保存在本设备');

  await hand.page.goto(at(`/surveys/${cycle}/design`));
  await hand.sees('已恢复上次在本设备上未提交的修改');
  expect((await order()).some((one) => one.includes('您希望增加哪项服务'))).toBe(true);
  await hand.click('提交问卷');
  await hand.look('design-hand-in-zh-1280');
  expect(await hand.violations()).toEqual([]);
  await hand.page.evaluate(
    `[...document.querySelectorAll('.ant-modal-wrap')].at(-1).querySelector('.ant-modal-footer .ant-btn-primary').click()`,
  );
  await hand.page.until(`location.pathname.endsWith(${JSON.stringify(cycle)})`);
  await hand.sees('待甲方（委托方）批准问卷');
  const stored = await pages.world.desk.database.questionnaire.findFirstOrThrow();
  expect(linesOf(stored.json).find(({ name }) => name === 'choice')).toMatchObject({
    title: { zh: '您希望增加哪项服务？', en: 'Which service shall we add?' },
    required: true,
    condition: expect.stringContaining('<') as string,
  });
  await hand.sees(stored.sha256);
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
});

test('who would be asked is seen before anybody is drawn; the same seed draws the same', async () => {
  await hand.does('批准问卷', { sees: '待乙方（服务方）抽取样本' });
  await hand.click('抽取样本');
  await hand.choose('抽样方法', '随机抽样');
  await hand.fill('样本量', '6');
  await hand.click('预览名单');
  await hand.sees('将抽取 6 位，客户共 12 位');
  await hand.sees('已拒绝 1 位、未同意 1 位');
  expect(await hand.violations()).toEqual([]);
  await hand.look('audience-zh-1280');
  const listed = await hand.page.evaluate<string[]>(
    `[...document.querySelectorAll('.ant-modal details')][0].innerText.match(/C-\\d{4}/g) ?? [...document.querySelectorAll('.ant-modal details li')].map((one) => one.textContent.match(/C-\\d{4}/)?.[0])`,
  );
  await hand.sends();
  await hand.sees('12 位客户中抽取 6 位');
  const { database } = pages.world.desk;
  const invited = await database.invitee.findMany();
  const drawn = await database.customer.findMany({ where: { id: { in: invited.map((one) => one.customerId) } } });
  const left = ['C-0010', 'C-0011'];
  expect([...new Set(listed.filter((key) => !left.includes(key)))].sort().slice(0, 6)).toEqual(
    drawn.map(({ key }) => key).sort(),
  );
  await hand.click('发布调查');
  await hand.click('在线问卷');
  await hand.sends();
  await hand.sees('调查进行中');
  await hand.page.goto(at(`/surveys/${cycle}/design`));
  await hand.sees('问卷已定稿');
  await hand.page.goto(at(`/surveys/${cycle}`));
  await hand.sees('最低样本量 5');
  await hand.sees('还剩');
  expect(await hand.violations()).toEqual([]);
  await hand.look('response-zh-1280');
});

test('at 320 px, in both languages, the list and the designer fit and are clean', async () => {
  const { id } = await begunCycle(pages.world.desk, agreementId, { occurrence: on(-9) });
  await expectToFit(hand, [
    ['surveys-all', `${pages.url}/surveys`, '满意度调查', 'Surveys'],
    ['survey-design', at(`/surveys/${id}/design`), '提交问卷', 'Hand in'],
    ['survey-open', at(`/surveys/${cycle}`), '办理记录', 'What happened'],
  ]);
});
