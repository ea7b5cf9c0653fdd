import type { Notice, NoticeKind } from '../../domain/agreement/notice.ts';

type SurveyDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const due = (localDate: string) => ({ localDate, dueAtMs: at(`${localDate}T00:00`) + 86_400_000 });

/** The kinds of notice that tell of surveys and of what follows from them. */
export type SurveyKind = Extract<
  NoticeKind,
  | `survey-${string}`
  | `plan-${string}`
  | 'finding-assigned'
  | 'measure-reminder'
  | 'cause-reminder'
  | 'check-reminder'
  | 'answer-reminder'
  | 'results-published'
>;

const CYCLE = { obligation: 'quarterly-survey', occurrence: '2027-Q1' };
const PROCESS = 'quarterly-survey#2027-Q1';
const FINDING = { process: 'quarterly-survey#2027-Q1-attitude', dimension: 'attitude' };

/** Their dimensions, as a template calls them. */
export const sampleDimensions = [{ id: 'attitude', title: { zh: '服务态度', en: 'Service attitude' } }];

/** Every kind of notice of surveys and improvements, with the variants that read differently. */
export const SURVEY_DRAFTS: Record<SurveyKind, Record<string, SurveyDraft>> = {
  'survey-approval-request': {
    '': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-03-01T09:00'),
      clauses: ['S000-28'],
      facts: { ...due('2027-03-31'), process: PROCESS, round: 2 },
    },
  },
  'survey-date-proposed': {
    '': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-01-11T10:00'),
      clauses: ['S000-28'],
      facts: { process: PROCESS, by: 'B', localDate: '2027-02-22' },
    },
  },
  'survey-date-reminder': {
    '': {
      ...CYCLE,
      seat: 'A',
      rungs: ['before-3'],
      atMs: at('2027-01-12T09:00'),
      clauses: ['S000-28'],
      facts: { process: PROCESS, ...due('2027-01-15') },
    },
  },
  'survey-published': {
    '': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-02-22T10:00'),
      clauses: ['S000-28'],
      facts: { process: PROCESS, closesOn: '2027-03-08' },
    },
  },
  'survey-missed': {
    '': {
      ...CYCLE,
      seat: 'survey-team',
      atMs: at('2027-04-01T09:00'),
      clauses: ['S000-28'],
      facts: { ...due('2027-03-31'), process: PROCESS },
    },
    other: {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-04-01T09:00'),
      clauses: ['S000-28'],
      facts: { ...due('2027-03-31'), process: PROCESS },
    },
  },
  'survey-report-released': {
    '': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-03-22T10:00'),
      clauses: ['S000-29'],
      facts: { process: PROCESS, by: 'B', verdict: 'missed' },
    },
    'no-verdict': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-03-22T10:00'),
      clauses: ['S000-29'],
      facts: { process: PROCESS, verdict: 'none' },
    },
  },
  'finding-assigned': {
    '': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-03-10T10:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, ...due('2027-03-24') },
    },
    'no-length': {
      seat: 'A',
      atMs: at('2027-03-10T10:00'),
      clauses: ['S000-20'],
      facts: { process: 'feedback-7' },
    },
    raised: {
      ...CYCLE,
      seat: 'B',
      atMs: at('2027-03-09T10:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, status: 'raised' },
    },
  },
  'plan-reminder': {
    before: {
      seat: 'A',
      rungs: ['before-7'],
      atMs: at('2027-03-17T09:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, ...due('2027-03-24') },
    },
    overdue: {
      seat: 'A',
      rungs: ['overdue-3'],
      atMs: at('2027-03-29T09:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, ...due('2027-03-24'), daysLate: 5 },
    },
    'overdue-copy': {
      seat: 'coordinator',
      role: 'copy',
      rungs: ['overdue-1', 'overdue-3'],
      atMs: at('2027-03-29T09:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, ...due('2027-03-24'), daysLate: 5, seat: 'A' },
    },
  },
  'plan-submitted': {
    '': {
      ...CYCLE,
      seat: 'B',
      atMs: at('2027-03-25T10:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, by: 'A', daysLate: 1 },
    },
    copy: {
      seat: 'coordinator',
      role: 'copy',
      atMs: at('2027-03-24T10:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, by: 'A' },
    },
  },
  'plan-decided': {
    approved: {
      seat: 'A',
      atMs: at('2027-03-26T10:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, by: 'B', verdict: 'approved' },
    },
    rejected: {
      seat: 'A',
      atMs: at('2027-03-26T10:00'),
      clauses: ['S000-20'],
      facts: { ...FINDING, ...due('2027-04-06'), by: 'B', verdict: 'rejected' },
    },
  },
  'measure-reminder': {
    before: {
      seat: 'A',
      rungs: ['before-7'],
      atMs: at('2027-04-23T09:00'),
      clauses: ['S000-11'],
      facts: { ...FINDING, ...due('2027-04-30'), about: 'measure-1' },
    },
    'last-day': {
      seat: 'A',
      rungs: ['due'],
      atMs: at('2027-04-30T09:00'),
      clauses: ['S000-11'],
      facts: { ...FINDING, ...due('2027-04-30'), about: 'measure-1' },
    },
    overdue: {
      seat: 'A',
      rungs: ['overdue-1'],
      atMs: at('2027-05-06T09:00'),
      clauses: ['S000-11'],
      facts: { ...FINDING, ...due('2027-04-30'), about: 'measure-1', daysLate: 6 },
    },
    assigned: {
      seat: 'A',
      atMs: at('2027-03-26T10:00'),
      clauses: ['S000-11'],
      facts: { ...FINDING, ...due('2027-04-30'), about: 'measure-1' },
    },
    behind: {
      seat: 'A',
      atMs: at('2027-04-12T10:00'),
      clauses: ['S000-11'],
      facts: { ...FINDING, ...due('2027-04-30'), about: 'measure-1', verdict: 'behind' },
    },
  },
  'cause-reminder': {
    '': {
      seat: 'B',
      rungs: ['before-1'],
      atMs: at('2027-04-15T09:00'),
      clauses: ['S003-C-09'],
      facts: { ...FINDING, ...due('2027-04-16') },
    },
  },
  'check-reminder': {
    '': {
      seat: 'B',
      rungs: ['before-1'],
      atMs: at('2027-04-19T09:00'),
      clauses: ['S003-O-10'],
      facts: { ...FINDING, ...due('2027-04-20') },
    },
  },
  'plan-reopened': {
    '': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-06-22T10:00'),
      clauses: ['S001b-48'],
      facts: { ...FINDING, ...due('2027-07-06'), goal: '4.2', value: '3.9', round: 2 },
    },
    'by-evidence': {
      seat: 'A',
      atMs: at('2027-06-22T10:00'),
      clauses: ['S001b-48'],
      facts: { process: 'feedback-7', round: 3 },
    },
  },
  'answer-reminder': {
    '': {
      seat: 'A',
      rungs: ['before-1'],
      atMs: at('2027-06-24T09:00'),
      clauses: ['S004-23'],
      facts: { ...FINDING, ...due('2027-06-25') },
    },
    overdue: {
      seat: 'A',
      rungs: ['overdue-1'],
      atMs: at('2027-06-28T09:00'),
      clauses: ['S004-23'],
      facts: { ...FINDING, ...due('2027-06-25'), daysLate: 3 },
    },
  },
  'results-published': {
    '': {
      ...CYCLE,
      seat: 'A',
      atMs: at('2027-07-01T10:00'),
      clauses: ['S004-26'],
      facts: { process: PROCESS, by: 'B' },
    },
    improvement: {
      seat: 'A',
      atMs: at('2027-07-01T10:00'),
      clauses: ['S004-26'],
      facts: { process: FINDING.process, dimension: 'attitude' },
    },
  },
};
