import type { CompiledAgreement, CompiledDeliverable, ObligationKind } from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import type { TemplateTitles } from './context.ts';

/** An agreement whose duties recur, wait for one another, and belong to seats. */
export const recurringTitles: TemplateTitles = {
  title: { zh: '客户满意度提升协议', en: 'Customer-satisfaction improvement agreement' },
  obligations: [
    {
      id: 'quarterly-survey',
      title: { zh: '季度满意度调查', en: 'Quarterly satisfaction survey' },
      summary: {
        zh: '以问卷或访谈调查客户满意度，并提交问卷和结果。',
        en: 'Customers are surveyed by questionnaire or interview; questionnaire and result are handed in.',
      },
    },
    { id: 'improvement-plan', title: { zh: '改进计划', en: 'Improvement plan' } },
    { id: 'half-yearly-report', title: { zh: '满意度研究报告', en: 'Satisfaction report' } },
    { id: 'monthly-fee', title: { zh: '服务费', en: 'Service fee' } },
    { id: 'annual-training', title: { zh: '年度培训', en: 'Annual training' } },
    { id: 'policy-reading', title: { zh: '服务规范', en: 'Service rules' } },
    { id: 'follow-up-visit', title: { zh: '回访', en: 'Follow-up visit' } },
  ],
  parties: { A: { zh: '甲方', en: 'Party A' }, B: { zh: '乙方', en: 'Party B' } },
  seats: [
    { id: 'survey-team', title: { zh: '调查小组', en: 'Survey team' } },
    { id: 'management', title: { zh: '管理层', en: 'Management' } },
  ],
  wording: [
    {
      notice: 'reminder',
      obligation: 'quarterly-survey',
      text: { zh: '问卷样式可向项目协调人索取。', en: 'The coordinator has the questionnaire form.' },
    },
  ],
};

function duty(
  id: string,
  kind: ObligationKind,
  more: Partial<Omit<CompiledDeliverable, 'deadline'>> & { deadline?: Partial<CompiledDeliverable['deadline']> } = {},
): CompiledDeliverable {
  const { deadline, ...rest } = more;
  return {
    id,
    kind,
    rule: 'deliverable@1',
    clauses: ['S000-07'],
    responsible: 'B',
    deadline: {
      anchor: 'effect',
      offset: { unit: 'days', count: 0 },
      rollover: 'none',
      dayEnd: '24:00',
      ...deadline,
    },
    reminderLeadDays: [7, 3, 1],
    review: null,
    penalty: null,
    ...rest,
  };
}

const byPeriod = (period: 'month' | 'quarter' | 'half-year'): Partial<CompiledDeliverable> => ({
  recurrence: { by: 'period', period, edge: 'end', partialFirst: false },
});

export const recurringObligations: CompiledDeliverable[] = [
  duty('quarterly-survey', 'survey', { ...byPeriod('quarter'), responsible: 'survey-team' }),
  duty('improvement-plan', 'improvement', {
    deadline: {
      anchor: { obligation: 'quarterly-survey', at: 'fulfilled' },
      offset: { unit: 'working-days', count: 10 },
    },
  }),
  duty('half-yearly-report', 'report', byPeriod('half-year')),
  duty('monthly-fee', 'payment', { ...byPeriod('month'), responsible: 'A' }),
  duty('annual-training', 'training', { recurrence: { by: 'month-day', monthDay: '03-15' } }),
  duty('policy-reading', 'acknowledgement', { responsible: 'A' }),
  duty('follow-up-visit', 'visit', {
    deadline: { anchor: { event: 'deliverable-rejected' }, offset: { unit: 'days', count: 5 } },
  }),
];

export const recurringSeats: Pick<CompiledAgreement, 'seats' | 'seatParties'> = {
  seats: ['A', 'B', 'survey-team', 'management', 'coordinator'],
  seatParties: { 'survey-team': 'B', management: 'A' },
};

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

type RecurringDraft = Omit<Notice, 'id' | 'role'> & { role?: string };

const due = (obligation: string, occurrence: string, localDate: string, dueAt: string) => ({
  obligation,
  occurrence,
  clauses: ['S000-07'],
  facts: { localDate, dueAtMs: at(dueAt) },
});

const SURVEY = due('quarterly-survey', '2027-Q1', '2027-03-31', '2027-04-01T00:00');

/** What reads differently where duties recur; by the name of the sample. */
export const RECURRING_DRAFTS: Record<string, RecurringDraft> = {
  'agreement-in-force.recurring': {
    kind: 'agreement-in-force',
    seat: 'A',
    atMs: at('2026-09-01T09:05'),
    clauses: ['S000-01'],
    facts: {
      signedOn: '2026-09-01',
      dues: [{ obligation: 'policy-reading', localDate: '2026-10-08', responsible: 'A' }],
    },
  },
  'reminder.quarter': {
    ...SURVEY,
    kind: 'reminder',
    seat: 'survey-team',
    act: 'submit',
    rungs: ['before-7'],
    atMs: at('2027-03-24T09:00'),
    facts: { ...SURVEY.facts, daysLate: 0 },
  },
  'reminder.quarter-overdue': {
    ...SURVEY,
    kind: 'reminder',
    seat: 'survey-team',
    act: 'submit',
    rungs: ['overdue-3'],
    atMs: at('2027-04-05T09:00'),
    facts: { ...SURVEY.facts, daysLate: 5 },
  },
  'reminder.escalated': {
    ...SURVEY,
    kind: 'reminder',
    seat: 'management',
    role: 'copy',
    rungs: ['overdue-3'],
    atMs: at('2027-04-05T09:00'),
    facts: { ...SURVEY.facts, daysLate: 5 },
  },
  'reminder.half-year': {
    ...due('half-yearly-report', '2027-H1', '2027-06-30', '2027-07-01T00:00'),
    kind: 'reminder',
    seat: 'B',
    act: 'submit',
    rungs: ['due'],
    atMs: at('2027-06-30T09:00'),
  },
  'reminder.month': {
    ...due('monthly-fee', '2027-03', '2027-03-31', '2027-04-01T00:00'),
    kind: 'reminder',
    seat: 'A',
    act: 'submit',
    rungs: ['before-3'],
    atMs: at('2027-03-26T09:00'),
  },
  'reminder.year': {
    ...due('annual-training', '2027', '2027-03-15', '2027-03-16T00:00'),
    kind: 'reminder',
    seat: 'B',
    act: 'submit',
    rungs: ['before-7'],
    atMs: at('2027-03-08T09:00'),
  },
  'reminder.interval': {
    ...due('quarterly-survey', '2027-03-15', '2027-06-15', '2027-06-16T00:00'),
    kind: 'reminder',
    seat: 'survey-team',
    act: 'submit',
    rungs: ['before-7'],
    atMs: at('2027-06-08T09:00'),
  },
  'reminder.acknowledgement': {
    kind: 'reminder',
    obligation: 'policy-reading',
    clauses: ['S000-09'],
    seat: 'A',
    act: 'submit',
    rungs: ['before-1'],
    atMs: at('2026-10-07T09:00'),
    facts: { localDate: '2026-10-08', dueAtMs: at('2026-10-09T00:00') },
  },
  'deliverable-submitted.quarter': {
    ...SURVEY,
    kind: 'deliverable-submitted',
    seat: 'A',
    atMs: at('2027-03-30T15:20'),
    facts: { ...SURVEY.facts, daysLate: 0 },
  },
  'summary.occurrences': {
    kind: 'summary',
    seat: 'survey-team',
    atMs: at('2027-07-02T09:00'),
    clauses: ['S000-07'],
    facts: {
      missed: [
        {
          obligation: 'quarterly-survey',
          occurrence: '2027-Q1',
          rungs: ['overdue-14'],
          localDate: '2027-03-31',
          review: false,
        },
        {
          obligation: 'quarterly-survey',
          occurrence: '2027-Q2',
          rungs: ['due', 'overdue-1'],
          localDate: '2027-06-30',
          review: false,
        },
      ],
    },
  },
};
