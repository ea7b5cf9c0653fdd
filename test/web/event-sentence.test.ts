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
    hash: '',
  };
  return eventSentence(event, {
    t: (key, values) => t(key, values ?? {}),
    role: (role) => t(`role.${role}`),
    roles: (roles) => roles.map((role) => t(`role.${role}`)).join(', '),
    obligation: () => (language === 'zh' ? '客户需求分析报告' : 'Needs-analysis report'),
    date: (localDate) => dateText(localDate, language),
    money: moneyText,
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
  line: { debtor: 'A', creditor: 'B', amount: '115000.00', currency: 'CNY', days: 23 },
};

test.each(EVENT_TYPES)('%s is a whole sentence in both languages', (type) => {
  for (const language of ['zh', 'en'] as const) {
    const text = sentence(language, type, DATA);
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

test('a type from a newer release is named, not hidden', () => {
  expect(sentence('en', 'survey-opened', {})).toBe('Event: survey-opened');
});
