import type { CompiledAgreement, CompiledDeliverable } from '../../domain/agreement/compiled.ts';
import type { CustomerNoticeKind, Notice, NoticeKind } from '../../domain/agreement/notice.ts';
import { type Language, type NoticeInput, type TitleSource, actsOf } from './context.ts';
import { LIFE_DRAFTS, LIFE_WORDS, type LifeKind, lifeTitles, withLife } from './life-samples.ts';
import { RECURRING_DRAFTS, recurringObligations, recurringSeats, recurringTitles } from './recurring-samples.ts';
import { EVALUATION_DRAFTS, type EvaluationKind } from './evaluation-samples.ts';
import { ENGAGEMENT_DRAFTS, type EngagementKind } from './engagement-samples.ts';
import { CASE_DRAFTS, type CaseKind, sampleCase } from './case-samples.ts';
import { RISK_DRAFTS, type RiskKind, sampleRisk } from './risk-samples.ts';
import { SURVEY_DRAFTS, type SurveyKind, sampleDimensions } from './survey-samples.ts';
import { TRAINING_DRAFTS, type TrainingKind, sampleTopics } from './training-samples.ts';
import { VISIT_DRAFTS, type VisitKind, sampleCustomer } from './visit-samples.ts';

/** A mail to look at: for the preview page and the tests. */
export interface Sample {
  name: string;
  input: NoticeInput;
}

const AGREEMENT_ID = '0198f0aa-6c1e-7c55-9b7e-3f7f0f4a1d20';

/** Titles as the library gives them, in the words of the samples. */
export const sampleTitles: TitleSource = () => ({
  title: { zh: '客户服务合同附件', en: 'Attachments to the customer service contract' },
  obligations: [
    { id: 'needs-analysis-report', title: { zh: '客户需求分析报告', en: 'Needs-analysis report' } },
    { id: 'process-plan', title: { zh: '服务流程优化方案', en: 'Process-optimisation plan' } },
    { id: 'training-plan', title: { zh: '服务人员培训计划', en: 'Training plan' } },
  ],
  parties: { A: { zh: '甲方', en: 'Party A' }, B: { zh: '乙方', en: 'Party B' } },
});

/** The agreement of the samples: CNY 1,000,000.00, 0.5 % a day, signed on 2026-09-01. */
export const sampleAgreement: CompiledAgreement = {
  format: 1,
  id: AGREEMENT_ID,
  template: 'service-attachments@1',
  zone: { id: 'Asia/Shanghai', offsets: [{ fromMs: null, offsetMinutes: 480 }] },
  calendar: { id: 'cn', version: '2026.1', hash: '', provisionalFrom: '2027-01-01', names: {}, rest: {}, work: {} },
  noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
  currency: 'CNY',
  parties: ['A', 'B'],
  signatories: ['A', 'B'],
  seats: ['A', 'B', 'coordinator'],
  expiresOn: '2027-08-31',
  clauses: {
    start: ['S001a-01'],
    signing: ['S001a-01'],
    inForce: ['S001a-01'],
    termination: ['S001a-37'],
    expiry: ['S001a-37'],
  },
  obligations: [
    deliverable('needs-analysis-report', 'S001a-60', 30),
    {
      ...deliverable('process-plan', 'S001a-61', 60),
      review: { reviewers: ['A', 'B'], windowDays: 10, reworkDays: 10, clauses: ['S001a-61'] },
    },
    deliverable('training-plan', 'S001a-62', 90),
  ],
};

function deliverable(id: string, clause: string, days: number): CompiledDeliverable {
  return {
    id,
    kind: 'deliverable',
    rule: 'deliverable@1',
    clauses: [clause],
    responsible: 'A',
    deadline: {
      anchor: 'signing',
      offset: { unit: 'days', count: days },
      rollover: 'next-working-day',
      dayEnd: '24:00',
    },
    reminderLeadDays: [7, 3, 1],
    review: null,
    penalty: {
      clauses: ['S001a-69'],
      creditor: 'B',
      base: '1000000.00',
      rate: '0.005',
      currency: 'CNY',
      graceDays: 0,
      cap: null,
    },
  };
}

const at = (local: string) => Date.parse(`${local}:00+08:00`);

const REPORT = {
  obligation: 'needs-analysis-report',
  clauses: ['S001a-60'],
  facts: { dueAtMs: at('2026-10-09T00:00'), localDate: '2026-10-08' },
};
const PENALTY = { currency: 'CNY', rate: '0.005' };
const REVIEW = {
  obligation: 'process-plan',
  clauses: ['S001a-61'],
  facts: { dueAtMs: at('2026-11-10T00:00'), localDate: '2026-11-09', round: 1 },
};
const MISSED = [
  {
    obligation: 'needs-analysis-report',
    rungs: ['before-3', 'before-1', 'due', 'overdue-1'],
    localDate: '2026-10-08',
    review: false,
  },
  { obligation: 'process-plan', rungs: ['before-7'], localDate: '2026-11-09', review: true },
];

const HANDED_OVER = {
  seat: 'A',
  before: 'before',
  after: 'A',
  duties: ['needs-analysis-report', 'process-plan', 'training-plan'],
  dutyDates: { 'needs-analysis-report': '2026-10-08', 'process-plan': '2026-11-02' },
};
const DELEGATED = {
  seat: 'A',
  from: '2026-10-19',
  until: '2026-10-30',
  absent: 'A',
  deputy: 'deputy',
  duties: ['process-plan'],
  dutyDates: { 'process-plan': '2026-11-02' },
};

type Draft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** Every kind of notice, with the variants that read differently. */
const DRAFTS: Record<
  Exclude<
    NoticeKind,
    | LifeKind
    | SurveyKind
    | VisitKind
    | TrainingKind
    | RiskKind
    | EvaluationKind
    | CaseKind
    | EngagementKind
    | CustomerNoticeKind
  >,
  Record<string, Draft>
> = {
  'sign-invitation': {
    '': { seat: 'B', act: 'sign', atMs: at('2026-08-28T09:00'), clauses: ['S001a-01'], facts: {} },
    sealed: {
      seat: 'B',
      act: 'sign',
      atMs: at('2026-08-28T09:00'),
      clauses: ['S001b-64'],
      facts: { kind: 'signature-and-seal' },
    },
  },
  'agreement-in-force': {
    '': {
      seat: 'B',
      atMs: at('2026-09-01T09:05'),
      clauses: ['S001a-01'],
      facts: {
        signedOn: '2026-09-01',
        dues: [
          { obligation: 'needs-analysis-report', localDate: '2026-10-08', responsible: 'A' },
          { obligation: 'process-plan', localDate: '2026-11-02', responsible: 'A' },
          { obligation: 'training-plan', localDate: '2026-11-30', responsible: 'A' },
        ],
      },
    },
  },
  reminder: {
    before: {
      ...REPORT,
      seat: 'A',
      act: 'submit',
      rungs: ['before-7', 'before-3'],
      atMs: at('2026-09-30T09:00'),
      facts: { ...REPORT.facts, ...PENALTY, daysLate: 0, amount: '0.00' },
    },
    'last-day': {
      ...REPORT,
      seat: 'A',
      act: 'submit',
      rungs: ['due'],
      atMs: at('2026-10-08T09:00'),
      facts: { ...REPORT.facts, ...PENALTY, daysLate: 0, amount: '0.00' },
    },
    overdue: {
      ...REPORT,
      seat: 'A',
      act: 'submit',
      rungs: ['overdue-3'],
      atMs: at('2026-10-12T09:00'),
      facts: { ...REPORT.facts, ...PENALTY, daysLate: 4, amount: '20000.00' },
    },
    'overdue-copy': {
      ...REPORT,
      seat: 'coordinator',
      role: 'copy',
      rungs: ['overdue-3'],
      atMs: at('2026-10-12T09:00'),
      facts: { ...REPORT.facts, ...PENALTY, daysLate: 4, amount: '20000.00' },
    },
  },
  'review-request': {
    '': { ...REVIEW, seat: 'B', act: 'review', atMs: at('2026-10-30T10:12') },
    'round-2': {
      ...REVIEW,
      seat: 'B',
      act: 'review',
      atMs: at('2026-10-30T10:12'),
      facts: { ...REVIEW.facts, round: 2 },
    },
  },
  'review-reminder': {
    before: {
      ...REVIEW,
      seat: 'B',
      act: 'review',
      rungs: ['before-3'],
      atMs: at('2026-11-06T09:00'),
      facts: { ...REVIEW.facts, daysLate: 0 },
    },
    'last-day': {
      ...REVIEW,
      seat: 'B',
      act: 'review',
      rungs: ['due'],
      atMs: at('2026-11-09T09:00'),
      facts: { ...REVIEW.facts, daysLate: 0 },
    },
    overdue: {
      ...REVIEW,
      seat: 'B',
      act: 'review',
      rungs: ['overdue-1'],
      atMs: at('2026-11-10T09:00'),
      facts: { ...REVIEW.facts, daysLate: 1 },
    },
    'overdue-copy': {
      ...REVIEW,
      seat: 'coordinator',
      role: 'copy',
      rungs: ['overdue-1'],
      atMs: at('2026-11-10T09:00'),
      facts: { ...REVIEW.facts, daysLate: 1 },
    },
  },
  'seat-handed-over': {
    '': {
      seat: 'A',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001a-01'],
      facts: HANDED_OVER,
    },
    copy: {
      seat: 'coordinator',
      role: 'copy',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001a-01'],
      facts: HANDED_OVER,
    },
  },
  'seat-vacant': {
    '': {
      seat: 'coordinator',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001a-01'],
      facts: HANDED_OVER,
    },
  },
  'seat-relieved': {
    '': {
      seat: 'A',
      addressee: 'before',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001a-01'],
      facts: { seat: 'A', before: 'before', after: 'A' },
    },
    deputy: {
      seat: 'A',
      addressee: 'deputy',
      atMs: at('2026-10-21T10:00'),
      clauses: ['S001a-01'],
      facts: { seat: 'A', from: '2026-10-19', until: '2026-10-30', absent: 'A', deputy: 'deputy' },
    },
  },
  'delegation-made': {
    '': {
      seat: 'A',
      addressee: 'deputy',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001a-01'],
      facts: DELEGATED,
    },
    copy: {
      seat: 'coordinator',
      role: 'copy',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001a-01'],
      facts: DELEGATED,
    },
  },
  'acknowledgement-request': {
    '': {
      seat: 'B',
      act: 'acknowledge',
      obligation: 'process-plan',
      atMs: at('2026-11-12T10:00'),
      clauses: ['S001a-61'],
      facts: { what: 'process-plan' },
    },
    whole: {
      seat: 'reader',
      addressee: 'reader',
      act: 'acknowledge',
      atMs: at('2026-09-02T10:00'),
      clauses: ['S001a-01'],
      facts: { what: 'agreement' },
    },
  },
  'notice-undelivered': {
    '': {
      seat: 'coordinator',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001a-01'],
      facts: { seat: 'B', undelivered: 'review-request', returned: 'n9' },
    },
    'taken-back': {
      seat: 'coordinator',
      atMs: at('2026-10-14T10:00'),
      clauses: ['S001a-01'],
      facts: {
        ...{ seat: 'A', undelivered: 'breach-notice', returned: 'n9' },
        ...{ about: 'breach-1', from: '2026-10-12', status: 'taken-back' },
      },
    },
    stands: {
      seat: 'coordinator',
      atMs: at('2026-11-05T10:00'),
      clauses: ['S001a-01'],
      facts: {
        ...{ seat: 'A', undelivered: 'termination-notice', returned: 'n9' },
        ...{ about: 'termination-1', from: '2026-11-03', status: 'stands' },
      },
    },
  },
  summary: {
    '': {
      seat: 'A',
      atMs: at('2026-10-09T09:00'),
      clauses: ['S001a-60', 'S001a-61'],
      facts: { missed: MISSED },
    },
    one: { seat: 'A', atMs: at('2026-10-08T10:00'), clauses: ['S001a-60'], facts: { missed: MISSED.slice(0, 1) } },
    copy: {
      seat: 'coordinator',
      role: 'copy',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S001a-60'],
      facts: { missed: MISSED.slice(0, 1) },
    },
  },
  'deliverable-submitted': {
    '': { ...REPORT, seat: 'B', atMs: at('2026-10-08T15:20'), facts: { ...REPORT.facts, daysLate: 0 } },
    late: { ...REPORT, seat: 'B', atMs: at('2026-11-05T15:20'), facts: { ...REPORT.facts, daysLate: 28 } },
  },
  'deliverable-accepted': {
    '': { ...REVIEW, seat: 'A', atMs: at('2026-11-04T11:00'), facts: { round: 1, daysLate: 0 } },
    late: { ...REVIEW, seat: 'A', atMs: at('2026-11-24T11:00'), facts: { round: 2, daysLate: 3 } },
  },
  'deliverable-rejected': {
    '': {
      ...REVIEW,
      seat: 'A',
      act: 'submit',
      atMs: at('2026-11-04T11:00'),
      facts: { dueAtMs: at('2026-11-17T00:00'), localDate: '2026-11-16', round: 1 },
    },
  },
  'penalty-started': {
    debtor: {
      ...REPORT,
      seat: 'A',
      clauses: ['S001a-69'],
      atMs: at('2026-10-09T09:00'),
      facts: { ...REPORT.facts, ...PENALTY, daysLate: 1, amount: '5000.00' },
    },
    creditor: {
      ...REPORT,
      seat: 'B',
      clauses: ['S001a-69'],
      atMs: at('2026-10-09T09:00'),
      facts: { ...REPORT.facts, ...PENALTY, daysLate: 1, amount: '5000.00' },
    },
  },
  'penalty-stopped': {
    '': {
      ...REPORT,
      seat: 'B',
      clauses: ['S001a-69'],
      atMs: at('2026-11-05T15:20'),
      facts: { ...PENALTY, daysLate: 28, amount: '140000.00' },
    },
  },
  'overdue-withdrawn': { '': { ...REPORT, seat: 'B', atMs: at('2026-10-09T10:00') } },
  'agreement-terminated': {
    '': { seat: 'A', atMs: at('2026-11-05T16:00'), clauses: ['S001a-37'], facts: { endedOn: '2026-11-05' } },
    breach: {
      seat: 'A',
      atMs: at('2026-12-07T00:00'),
      clauses: ['S001a-37'],
      facts: { endedOn: '2026-12-06', ground: 'breach' },
    },
  },
  'agreement-expired': {
    '': { seat: 'B', atMs: at('2027-09-01T09:00'), clauses: ['S001a-37'], facts: { endedOn: '2027-08-31' } },
  },
};

const PEOPLE: Record<Language, Record<string, { name: string; organisation: string }>> = {
  zh: {
    A: { name: '陈晓明', organisation: '上海华讯客户服务有限公司' },
    B: { name: '李文静', organisation: '杭州云帆科技有限公司' },
    'survey-team': { name: '赵敏', organisation: '杭州云帆科技有限公司' },
    management: { name: '周建国', organisation: '上海华讯客户服务有限公司' },
    third: { name: '高健', organisation: '衡信检测有限公司' },
    coordinator: { name: '王莉', organisation: '' },
    before: { name: '吴刚', organisation: '' },
    deputy: { name: '孙妍', organisation: '' },
    reader: { name: '孙丽', organisation: '云帆科技有限公司' },
  },
  en: {
    A: { name: 'Xiaoming Chen', organisation: 'Huaxun Customer Care' },
    B: { name: 'Wenjing Li', organisation: 'Yunfan Technology' },
    'survey-team': { name: 'Min Zhao', organisation: 'Yunfan Technology' },
    management: { name: 'Jianguo Zhou', organisation: 'Huaxun Customer Care' },
    third: { name: 'Jian Gao', organisation: 'Hengxin Testing' },
    coordinator: { name: 'Li Wang', organisation: '' },
    before: { name: 'Gang Wu', organisation: '' },
    deputy: { name: 'Yan Sun', organisation: '' },
    reader: { name: 'Li Sun', organisation: 'Yunfan Technology' },
  },
};

const RETURNED: Record<Language, string> = {
  zh: '请于北京时间 2026-11-09（周一）24:00 前审核《服务流程优化方案》',
  en: 'Review the process-optimisation plan by Mon 2026-11-09, 24:00 (Asia/Shanghai)',
};

/** One mail per kind and variant, made without clock or database. */
export function samples(language: Language): Sample[] {
  const titled: TitleSource = (ref) => ({ ...sampleTitles(ref), ...lifeTitles });
  const plain = [
    ...drawn(DRAFTS, language),
    ...drawn(ENGAGEMENT_DRAFTS, language),
    ...drawn(LIFE_DRAFTS, language, withLife(sampleAgreement), titled),
  ];
  const compiled = { ...sampleAgreement, ...recurringSeats, obligations: recurringObligations };
  const recurring = Object.entries(RECURRING_DRAFTS).map(([name, draft], index) =>
    sample(name, noticeOf(draft, index), language, compiled, () => recurringTitles),
  );
  const surveys = drawn(SURVEY_DRAFTS, language, compiled, () => ({
    ...recurringTitles,
    dimensions: sampleDimensions,
  }));
  const visits = drawn(VISIT_DRAFTS, language, compiled, () => recurringTitles).map(({ name, input }): Sample => ({
    name,
    input: { ...input, customer: sampleCustomer[language] },
  }));
  const risks = drawn(RISK_DRAFTS, language).map(({ name, input }): Sample => ({
    name,
    input: { ...input, words: sampleRisk[language] },
  }));
  const evaluations = drawn(EVALUATION_DRAFTS, language, compiled, () => ({
    ...recurringTitles,
    dimensions: sampleDimensions,
  }));
  const trainings = drawn(TRAINING_DRAFTS, language, compiled, () => ({ ...recurringTitles, topics: sampleTopics }));
  const cases = drawn(CASE_DRAFTS, language).map(({ name, input }): Sample => ({
    name,
    input: { ...input, customer: sampleCustomer[language], words: sampleCase[language] },
  }));
  return [...plain, ...recurring, ...surveys, ...visits, ...trainings, ...risks, ...cases, ...evaluations];
}

function drawn(
  drafts: Partial<Record<NoticeKind, Record<string, Draft>>>,
  language: Language,
  compiled?: CompiledAgreement,
  titles?: TitleSource,
): Sample[] {
  return (Object.entries(drafts) as [NoticeKind, Record<string, Draft>][]).flatMap(([kind, variants]) =>
    Object.entries(variants).map(([variant, draft], index) =>
      sample(
        variant === '' ? kind : `${kind}.${variant}`,
        noticeOf({ ...draft, kind }, index),
        language,
        compiled,
        titles,
      ),
    ),
  );
}

function noticeOf(draft: Draft & { kind: NoticeKind }, index: number): Notice {
  return { role: draft.seat, ...draft, id: `agreement/${AGREEMENT_ID}/n${index + 1}` };
}

function sample(
  name: string,
  notice: Notice,
  language: Language,
  compiled: CompiledAgreement = sampleAgreement,
  titles: TitleSource = sampleTitles,
): Sample {
  const people = PEOPLE[language];
  const links = actsOf(notice).map((act, number) => ({
    ...act,
    url: `https://abide.example.com/act/sampleTokenThatOpensNothing${number}`,
    expiresAtMs: at('2027-01-07T00:00'),
  }));
  return {
    name,
    input: {
      notice,
      agreement: { id: AGREEMENT_ID, template: compiled.template, compiled },
      recipient: {
        name: people[notice.addressee ?? notice.seat]?.name ?? '',
        language,
        zone: language === 'zh' ? 'Asia/Shanghai' : 'Europe/Berlin',
      },
      titles,
      people: Object.fromEntries(
        (['before', 'after', 'absent', 'deputy', 'trainee'] as const).flatMap((part) => {
          const person = people[notice.facts[part] ?? ''];
          return person ? [[part, person.name]] : [];
        }),
      ),
      ...(notice.facts.returned === undefined
        ? {}
        : { returned: { name: people['B']?.name ?? '', address: 'li@yunfan.example', subject: RETURNED[language] } }),
      words: LIFE_WORDS[notice.kind]?.[language] ?? {},
      organisations: { A: people['A']?.organisation ?? '', B: people['B']?.organisation ?? '' },
      links,
      publicUrl: 'https://abide.example.com',
    },
  };
}
