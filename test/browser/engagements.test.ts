import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../api/desk.ts';
import { APPLICATION, WHOLE, knowingThirds } from '../api/engagement-desk.ts';
import { type Hand, type Pages, openPages } from './pages.ts';

let pages: Pages;
let hand: Hand;
let agreementId: string;
let invited: string;
let url: string;

beforeAll(async () => {
  pages = await openPages();
  agreementId = await knowingThirds(pages.world.desk);
  invited = await knowingThirds(pages.world.desk, [
    {
      ...WHOLE,
      ...{ application: null, reply: null, jointReview: null },
      advanceNotice: { days: 3, clauses: ['S001c-71'] },
      negotiation: { between: ['A', 'B', 'third'], clauses: ['S001c-71'] },
      agreement: { ...WHOLE.agreement, sections: [] },
    },
  ]);
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

/** What the coordinator enters for somebody has its document. */
const ASKS_FOR_PAPER = `[...document.querySelectorAll('.ant-modal .ant-form-item-required')]
  .some((label) => label.closest('.ant-form-item').querySelector('input[type=file]'))`;

interface Doing {
  /** For whom the coordinator enters it, where there is a choice. */
  as?: string;
  choose?: Record<string, string>;
  fill?: Record<string, string>;
  brings?: string;
  sees?: string;
}

/** Presses an act, fills its dialog in, with some paper where one is asked for, and sends it. */
async function does(name: string, { as, choose = {}, fill = {}, brings, sees }: Doing = {}): Promise<void> {
  await hand.click(name);
  await hand.page.until(`document.querySelector('.ant-modal')`);
  if (as && (await hand.page.evaluate<boolean>(`Boolean(document.querySelector('#act-capacity'))`))) {
    await hand.choose('办理身份', `代${as}`);
  }
  for (const [label, option] of Object.entries(choose)) await hand.choose(label, option);
  for (const [label, text] of Object.entries(fill)) await hand.fill(label, text);
  const paper = brings ?? ((await hand.page.evaluate<boolean>(ASKS_FOR_PAPER)) ? name : undefined);
  if (paper) await hand.brings(`${paper}.txt`, `${paper} ${String(Math.random())}`);
  await hand.sends();
  if (sees) await hand.sees(sees);
}

const clean = async (): Promise<void> => {
  expect(await hand.violations()).toEqual([]);
  expect(pages.refused).toEqual([]);
  expect(hand.errors()).toEqual([]);
};

const A = '甲方（服务方）';
const B = '乙方（付费方）';
const THIRD = '衡信检测有限公司';

test('a third party is applied for; more is asked for, given, refused, applied for again and agreed to (S001b-70, S001b-71)', async () => {
  await hand.page.goto(`${pages.url}/agreements/${agreementId}?tab=engagements`);
  await hand.sees('另一方在 5 个工作日内书面答复，不答复不视为同意');
  await clean();
  await hand.click('申请引入第三方');
  await hand.click('申请引入第三方');
  await hand.sees('请填写');
  expect(await hand.violations()).toEqual([]);
  await hand.look('engagement-apply-zh-1280');
  await hand.choose('办理身份', `代${B}`);
  await hand.fill('第三方名称', THIRD);
  await hand.choose('组织类型', '法人');
  await hand.fill('联系人', '高健');
  await hand.fill('联系人邮箱', 'gao.jian@hengxin.example');
  await hand.fill('介入目的', '查明客户端故障的原因');
  await hand.fill('介入范围', '现场检测服务器和网络');
  await hand.fill('预期效果', '两个月内故障率下降一半');
  await hand.choose('利益关系声明', '与第三方无利益关系');
  await hand.brings('申请书.txt', '申请书');
  await hand.sends();
  await hand.sees(`已申请引入${THIRD}，待答复`);
  url = await hand.page.evaluate<string>('location.href');
  await clean();
  await hand.look('engagement-applied-zh-1280');
  await does('答复申请', {
    as: A,
    choose: { 意见: '要求补充资料' },
    fill: { 理由: '请提供资质证书' },
    brings: '函',
  });
  await hand.sees(`待${B}补充资料`);
  await does('补充资料', { as: B, fill: { 答复: '附上资质证书' }, brings: '资质证书', sees: '已补充：' });
  await does('答复申请', {
    as: A,
    choose: { 意见: '不同意' },
    fill: { 理由: '资质不足' },
    brings: '复函',
    sees: '未获同意',
  });
  await does('再次申请', {
    as: B,
    choose: { 利益关系声明: '与第三方无利益关系' },
    fill: { 介入目的: '换用有资质的团队', 介入范围: '现场检测', 预期效果: '故障率下降' },
    brings: '新申请书',
    sees: '第 2 次申请',
  });
  await does('撤回申请', { as: B, fill: { 理由: '补正后重报' }, sees: '已撤回或未成立' });
  await does('再次申请', {
    as: B,
    choose: { 利益关系声明: '与第三方无利益关系' },
    fill: { 介入目的: '换用有资质的团队', 介入范围: '现场检测', 预期效果: '故障率下降' },
    brings: '第三次申请书',
    sees: '第 3 次申请',
  });
  await does('答复申请', { as: A, choose: { 意见: '同意' }, brings: '同意函', sees: '介入协议尚未订立' });
  await clean();
});

test('its agreement is drafted with a cap by law, returned, drafted with a sum, reviewed and signed by all three (S001a-66, S001b-76)', async () => {
  await hand.page.goto(url);
  await does('登记未签先入', {
    fill: { 发现的情况: '已有人员进场' },
    brings: '照片',
    sees: '未签协议即介入，记为违约',
  });
  const drafts = async (rest: () => Promise<void>): Promise<void> => {
    await hand.click('起草介入协议');
    await hand.sees('修改后须重新审核');
    await rest();
    await hand.sends();
  };
  await drafts(async () => {
    await hand.fill('责任', '对自身造成的损失负责');
    await hand.type('#act-section\\.costs', '双方各半');
    await hand.fill('期限', '两个月');
    await hand.choose('费用约定方式', '约定金额');
    await hand.fill('约定金额（CNY）', '60000.00');
    await hand.choose('责任限额', '依法承担');
    await hand.fill('介入期限届满日', '2026-12-31');
    await hand.click('增加交付节点');
    await hand.fill('节点 1 的交付内容', '检测报告');
    await hand.fill('节点 1 的验收标准', '附原始数据');
    await hand.fill('节点 1 的交付日期', '2026-10-30');
    expect(await hand.violations()).toEqual([]);
    await hand.look('engagement-draft-zh-1280');
  });
  await hand.sees('依法承担（不约定金额）');
  await does('审核草案', { as: A, choose: { 意见: '退回' }, fill: { '须改正之处 1': '限额应写明金额' } });
  await hand.sees('上一稿被退回的理由');
  await drafts(async () => {
    await hand.choose('责任限额', '约定金额');
    await hand.fill('限额金额（CNY）', '100000.00');
    await hand.fill('限额依据：第三方的专业能力', '同类项目经验丰富');
  });
  await hand.sees('100,000.00');
  for (const as of [A, B]) {
    await does('审核草案', { as, choose: { 意见: '通过' } });
    await hand.sees(as === A ? `待${B}审核草案` : '介入协议待签署');
  }
  await clean();
  await hand.look('engagement-signing-zh-1280');
  for (const as of [A, B, THIRD]) {
    await does('登记签署', { as, brings: `签字页${as}` });
    await hand.sees(as === A ? `待${B}、${THIRD}签署` : as === B ? `待${THIRD}签署` : '介入协议有效');
  }
  await clean();
});

test('it undertakes, has access, works within its scope, hands in, is supervised and supported', async () => {
  await hand.page.goto(url);
  await does('提交承诺', { choose: { 承诺事项: '保密承诺' }, brings: '保密承诺书' });
  await hand.seesNo('提交：保密承诺');
  await does('提交承诺', { brings: '现场守则' });
  await does('访问权限', { as: A, sees: '已授予' });
  await does('登记开始工作', { sees: '开始工作' });
  await does('分派任务', { fill: { 任务: '检测机房', 说明: '含备用机房' }, sees: '检测机房' });
  await does('请求支持', {
    fill: { 请求事项: '近三个月日志', 说明: '含网络设备' },
    sees: '答复支持请求：近三个月日志',
  });
  for (const as of [A, B]) {
    await does('答复支持请求', { as, fill: { 答复: `${as}已开放` }, brings: `${as}复函`, sees: `${as}已开放` });
  }
  await does('填写监督记录', {
    as: A,
    fill: { 时段或事由: '九月监督', 监督情况: '进度正常' },
    sees: `待${B}填写`,
  });
  await does('填写监督记录', {
    as: B,
    choose: { 加入已有记录: '九月监督' },
    fill: { 监督情况: '无异议' },
    sees: '各方已填写',
  });
  await does('提交成果', { fill: { 说明: '报告一份' }, brings: '检测报告', sees: '验收：检测报告' });
  expect(await hand.violations()).toEqual([]);
  await hand.look('engagement-work-zh-1280');
  await does('验收成果', {
    as: A,
    choose: { 意见: '退回改正' },
    fill: { '须改正之处 1': '缺原始数据' },
    sees: '缺原始数据',
  });
  await does('提交成果', { brings: '检测报告二' });
  await hand.sees('检测报告二.txt');
  for (const as of [A, B]) {
    await does('验收成果', { as, choose: { 意见: '验收通过' } });
    await hand.sees(as === A ? `待${B}验收` : '评估使用效果：检测报告');
  }
  for (const as of [A, B]) await does('评估使用效果', { as, choose: { 意见: '效果良好' }, sees: `${as}: 效果良好` });
  const file = await hand.downloads('检测报告二.txt');
  expect(file.bytes.toString()).toContain('检测报告二');
  await clean();
});

test('costs are shared, a loss stands in its two parts, another cap waits for the third party; it ends and is settled', async () => {
  await hand.page.goto(url);
  await does('登记费用', { fill: { 金额: '1000.01', 说明: '差旅' }, brings: '发票', sees: '500.01' });
  await does('登记付款', { as: A, fill: { 金额: '500.01', 银行回单号: 'BK-1' }, brings: '回单', sees: 'BK-1' });
  await does('登记损失', {
    as: B,
    choose: { 损失类别: '延误费用', 受损方: B },
    fill: { 金额: '120000.00', 损失情况: '上线延误' },
    brings: '损失清单',
    sees: '20,000.00',
  });
  await does('提议变更限额', {
    as: A,
    choose: { 责任限额: '约定金额' },
    fill: { 金额: '150000.00', 理由: '范围扩大' },
    sees: '待另一方同意',
  });
  await does('答复限额变更', { as: B, choose: { 意见: '同意' }, brings: '同意函', sees: '待通知第三方' });
  await does('登记通知送达', { as: A, brings: '签收单', sees: '待第三方同意' });
  expect(await hand.violations()).toEqual([]);
  await hand.look('engagement-money-zh-1280');
  await does('答复限额变更', {
    as: THIRD,
    choose: { 意见: '不同意' },
    fill: { 理由: '保险不足' },
    brings: '复函二',
    sees: '第三方不同意',
  });
  await does('答复损失', { as: THIRD, choose: { 意见: '认可' }, brings: '认可函', sees: '第三方已认可' });
  await does('登记追偿', {
    as: B,
    fill: { 金额: '5000.00', 说明: '已赔付甲方' },
    brings: '付款凭证',
    sees: '5,000.00',
  });
  await does('访问权限', { as: A, sees: '已收回' });
  await does('确认终止介入', {
    as: A,
    choose: { 终止事由: '介入目的已实现' },
    fill: { 理由: '已查明' },
    brings: '终止函',
    sees: `待${B}确认终止介入`,
  });
  await does('确认终止介入', { as: B, brings: '终止函二', sees: '待书面通知第三方：介入终止' });
  await does('登记通知送达', { as: A, brings: '签收单二', sees: '待双方确认善后事项' });
  await clean();
  await hand.look('engagement-ended-zh-1280');
  for (const as of [A, B, A, B]) {
    const before = await hand.page.evaluate<number>(`document.querySelectorAll('.ant-timeline-item').length`);
    await hand.click('确认善后事项');
    await hand.page.until(`document.querySelector('.ant-modal')`);
    if (await hand.page.evaluate<boolean>(`Boolean(document.querySelector('#act-capacity'))`)) {
      await hand.choose('办理身份', `代${as}`);
    }
    if (!(await hand.page.evaluate<string>(`document.querySelector('#act-item').closest('.ant-select').innerText`))) {
      await hand.page.evaluate(
        `document.querySelector('#act-item').closest('.ant-select').dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))`,
      );
      await hand.page.until(`document.querySelector('.ant-select-item-option')`);
      await hand.page.evaluate(
        `[...document.querySelectorAll('.ant-select-item-option')].filter((one) => one.checkVisibility())[0].click()`,
      );
    }
    await hand.brings(`善后${String(before)}.txt`, `善后 ${String(before)}`);
    await hand.sends();
    await hand.page.until(`document.querySelectorAll('.ant-timeline-item').length > ${String(before)}`);
  }
  await hand.sees('已办结');
  await clean();
});

test('where notice is given ahead all three negotiate; a signatory that refuses ends it (S001c-71, S001c-72)', async () => {
  const { desk } = pages.world;
  const at = `/agreements/${invited}/engagements`;
  const { purpose, otherScope, thirdParty, interest } = APPLICATION;
  const reply = await ask(desk.api, 'POST', at, { as: 'A', purpose, otherScope, thirdParty, interest });
  await hand.reads('zh', 1280, `${pages.url}${at}/${(reply.body as { id: string }).id}`);
  await hand.sees('与第三方共同协商');
  await does('登记三方协商', { as: A, fill: { 协商纪要: '三方已商定细节' }, brings: '纪要', sees: '三方已商定细节' });
  await hand.click('起草介入协议');
  await hand.sees('修改后须重新审核');
  await hand.choose('费用约定方式', '不收费');
  await hand.choose('责任限额', '依法承担');
  await hand.sends();
  await hand.sees('待签署');
  await does('拒绝签署', { as: THIRD, fill: { 理由: '报价未谈妥' }, sees: '有一方拒绝签署' });
  await clean();
  await hand.look('engagement-refused-zh-1280');
});

test('at 320 px, in both languages, list and page fit and are clean', async () => {
  for (const [name, address, zh, en] of [
    ['engagements', `${pages.url}/agreements/${agreementId}?tab=engagements`, THIRD, THIRD],
    ['engagement', url, '办理记录', 'What happened'],
    ['own-engagements', `${pages.url}/engagements`, '第三方介入', 'Third parties'],
  ] as const) {
    for (const [language, what] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      await hand.reads(language, 320, address);
      await hand.sees(what);
      expect([name, language, await hand.violations(), await hand.isTooWide()]).toEqual([name, language, [], false]);
      await hand.look(`${name}-${language}-320`);
    }
  }
  expect(hand.errors()).toEqual([]);
});
