import { createInstance } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { dateText, moneyText } from '../../web/app/moment.ts';
import { EVENT_TYPES, eventSentence } from '../../web/features/agreement/event-sentence.ts';
import type { AgreementEvent } from '../../web/wire.ts';
import en from '../../web/locales/en.json';
import zh from '../../web/locales/zh.json';

const i18n = createInstance();
beforeAll(async () => {
  await i18n.init({
    lng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

function sentence(language: 'zh' | 'en', type: string, data: Record<string, unknown>): string {
  const t = i18n.getFixedT(language);
  const event: AgreementEvent = {
    sequence: 1,
    type,
    at: '2026-11-05T15:20:00+08:00',
    recordedAt: '2026-11-05T15:20:00+08:00',
    obligation: 'needs-analysis-report',
    actor: { seat: 'coordinator', onBehalfOf: 'A', via: 'api' },
    clauses: [],
    data,
    people: { p1: '李华', p2: '赵敏' },
    hash: '',
  };
  return eventSentence(event, {
    t: (key, values) => t(key, values ?? {}),
    role: (role) => t(`role.${role}`),
    roles: (roles) => roles.map((role) => t(`role.${role}`)).join(', '),
    obligation: () => (language === 'zh' ? '客户需求分析报告' : 'Needs-analysis report'),
    date: (localDate) => dateText(localDate, language),
    money: (amount, currency) => moneyText(amount, currency ?? 'CNY'),
    rule: () => (language === 'zh' ? '客户满意度' : 'Customer satisfaction'),
    list: (names) => names.join(t('common.listSeparator')),
  });
}

const DATA: Record<string, unknown> = {
  party: 'B',
  signedOn: '2026-09-01',
  endedOn: '2026-11-20',
  responsible: 'A',
  round: 1,
  version: 1,
  daysLate: 28,
  late: true,
  pointCount: 2,
  waitingFor: ['B'],
  due: { localDate: '2026-10-08' },
  review: { localDate: '2026-11-09' },
  seat: 'A',
  before: 'p1',
  after: 'p2',
  absent: 'p1',
  deputy: 'p2',
  from: '2026-11-09',
  until: '2026-11-20',
  obligations: [],
  readers: ['B', 'person:p2'],
  reader: 'person:p2',
  kind: 'reminder',
  line: { debtor: 'A', creditor: 'B', amount: '115000.00', currency: 'CNY', days: 23, base: '1000000.00' },
  sealedOn: '2026-09-01',
  what: 'review',
  by: 'A',
  against: 'B',
  goal: 'satisfaction',
  value: '82.5',
  paidOn: '2025-06-12',
  unpaid: '50000.00',
  amount: '30000.00',
  days: 3,
  changes: [{}, {}],
  redated: [{}],
  expiresOn: '2027-08-31',
  number: 1,
  breach: 'breach-1',
  notice: 'termination-1',
  item: 'training-plan',
  outcome: 'settled',
  rule: 'secrecy',
  claim: 'claim-1',
  verdict: 'agree',
  payable: '100000.00',
  booking: 'deposit',
  cap: 'penalties',
  percent: 30,
  balance: '300000.00',
  step: 'answer',
};

/** What one event has under a name that others use for something else. */
const OWN_DATA: Record<string, Record<string, unknown>> = {
  'risk-register-begun': { reference: 'risk-1f3a9c2e' },
  'risk-register-empty': { due: { localDate: '2026-11-30', dueAtMs: 0 } },
  'visit-count-due': { quarter: '2027-Q1' },
  'visits-counted': { quarter: '2027-Q1', tiers: [{ tier: 'key', short: 2 }] },
  'agreement-suspended': { ground: 'force-majeure' },
  'agreement-terminated': { ground: 'breach' },
  'termination-notified': { ground: 'serious-breach' },
  'third-access-changed': { step: 'suspend' },
  'engagement-end-proposed': { ground: 'unable-to-perform' },
  'engagement-ended': { ground: 'purpose-achieved', endedOn: '2026-11-04' },
  'matter-opened': { matter: { id: 'request-1', kind: 'request', from: 'A' } },
  'matter-carried': { matter: 'request-1' },
  'matter-overdue': { matter: 'request-1' },
  'afterwards-begun': { until: { localDate: '2027-01-02' } },
};

test.each(EVENT_TYPES)('%s is a whole sentence in both languages', (type) => {
  for (const language of ['zh', 'en'] as const) {
    const text = sentence(language, type, { ...DATA, ...OWN_DATA[type] });
    expect(text).toMatch(language === 'zh' ? /。$/ : /\.$/);
    expect(text).not.toMatch(/\{\{|undefined|role\.|event\.|《》|“”|\s{2}/);
  }
});

test('who, what, when and how much', () => {
  expect(sentence('zh', 'deliverable-submitted', { ...DATA, party: undefined })).toBe(
    '甲方提交了《客户需求分析报告》，逾期 28 天；审核截止 2026年11月9日。',
  );
  expect(sentence('en', 'deliverable-submitted', { version: 2, daysLate: 1 })).toBe(
    'Party A replaced “Needs-analysis report” (version 2), 1 day late.',
  );
  expect(sentence('zh', 'penalty-posted', DATA)).toBe(
    '《客户需求分析报告》逾期 23 天，甲方应付乙方违约金 CNY 115,000.00。',
  );
  expect(sentence('en', 'deliverable-rejected', { ...DATA, pointCount: 1 })).toBe(
    'Party B rejected “Needs-analysis report” with 1 point; due again on 8 Oct 2026.',
  );
});

test('people are named, whoever they are to each other', () => {
  expect(sentence('zh', 'seat-replaced', DATA)).toBe('甲方岗位由李华更换为赵敏。');
  expect(sentence('zh', 'seat-replaced', { ...DATA, before: null })).toBe('甲方岗位由赵敏担任。');
  expect(sentence('en', 'delegation-made', DATA)).toBe(
    'From 9 Nov 2026 to 20 Nov 2026, 赵敏 stands in for 李华 as Party A.',
  );
  expect(sentence('zh', 'delegation-made', { ...DATA, obligations: ['training-plan'] })).toBe(
    '2026年11月9日至 2026年11月20日，甲方岗位由赵敏代理李华办理，仅限《客户需求分析报告》。',
  );
  expect(sentence('zh', 'circulated', { ...DATA, version: 2 })).toBe(
    '请乙方、赵敏阅知《客户需求分析报告》（第 2 次传阅）。',
  );
  const nine = Array.from({ length: 9 }, () => 'B');
  expect(sentence('en', 'circulated', { ...DATA, readers: nine })).toMatch(
    /^To be read by (Party B, ){5}Party B and 3 more: /,
  );
  expect(sentence('en', 'acknowledged', { ...DATA, reader: 'person:gone' })).toBe(
    '(name erased) confirmed having read “Needs-analysis report”.',
  );
});

test('money, changes and ends are told by what they come to', () => {
  const line = { debtor: 'B', creditor: 'A', amount: '-30000.00', currency: 'CNY' };
  expect(sentence('zh', 'payment-recorded', { line, paidOn: '2025-06-12', unpaid: '50000.00' })).toBe(
    '乙方于 2025年6月12日支付《客户需求分析报告》CNY 30,000.00，尚欠 CNY 50,000.00。',
  );
  expect(sentence('en', 'payment-recorded', { line, paidOn: '2025-06-14', unpaid: '0.00' })).toBe(
    'Party B paid CNY 30,000.00 of “Needs-analysis report” on 14 Jun 2025: paid in full.',
  );
  expect(sentence('zh', 'agreement-suspended', { ground: 'force-majeure', from: '2026-10-10', obligations: [] })).toBe(
    '自 2026年10月10日起中止全部义务（不可抗力）。',
  );
  expect(sentence('zh', 'agreement-terminated', { endedOn: '2026-12-03', ground: 'breach' })).toBe(
    '协议于 2026年12月3日终止（违约且未获补救）。',
  );
  expect(sentence('en', 'claim-answered', { by: 'A', claim: 'claim-1', verdict: 'agree', payable: '100000.00' })).toBe(
    'Party A agreed to claim claim-1: CNY 100,000.00 is payable.',
  );
  expect(
    sentence('zh', 'cap-reached', { cap: 'penalties', percent: 30, balance: '300000.00', currency: 'CNY' }),
  ).toContain('并非法定或约定的上限');
});

test('a type from a newer release is named, not hidden', () => {
  expect(sentence('en', 'survey-opened', {})).toBe('Event: survey-opened');
});

test('whoever may not read the ledger learns that something was paid, claimed or booked, and no sum of it', () => {
  expect(sentence('zh', 'payment-recorded', { paidOn: '2025-06-12', withheld: true })).toBe(
    '《客户需求分析报告》：付款，金额限有权查阅台账的人员知悉。',
  );
  expect(sentence('en', 'penalty-posted', { withheld: true })).toBe(
    '“Needs-analysis report”: a penalty is posted. Its figures are for those who may read the ledger.',
  );
  expect(sentence('en', 'final-statement-issued', { withheld: true })).toBe('The final statement was issued.');
});
