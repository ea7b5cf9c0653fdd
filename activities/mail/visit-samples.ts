import type { Notice, NoticeKind } from '../../domain/agreement/notice.ts';

type VisitDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** The kinds of notice that tell of visits and call-backs. */
export type VisitKind = Extract<NoticeKind, `visit-${string}`>;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

const VISIT = { process: 'visit-1f3a9c2e', customer: 'customer', kind: 'visit', localDate: '2027-03-10' };
const CALL_BACK = { ...VISIT, process: 'call-back-7bd20c11', kind: 'call-back' };
const of = { seat: 'A', clauses: ['S003-S-10'] };
const reportDue = { dueAtMs: at('2027-03-16T00:00'), until: '2027-03-15' };

/** Every kind of notice of a visit, with the variants that read differently. */
export const VISIT_DRAFTS: Record<VisitKind, Record<string, VisitDraft>> = {
  'visit-announced': {
    '': { ...of, atMs: at('2027-03-01T09:00'), facts: { ...VISIT, status: 'planned' } },
    rescheduled: { ...of, atMs: at('2027-03-01T09:00'), facts: { ...VISIT, status: 'rescheduled' } },
    cancelled: { ...of, atMs: at('2027-03-01T09:00'), facts: { ...CALL_BACK, status: 'cancelled' } },
  },
  'visit-reminder': {
    '': {
      ...of,
      rungs: ['before-7'],
      atMs: at('2027-03-03T09:00'),
      facts: { ...VISIT, dueAtMs: at('2027-03-11T00:00') },
    },
    'call-back': {
      ...of,
      role: 'copy',
      rungs: ['before-1'],
      atMs: at('2027-03-09T09:00'),
      facts: { ...CALL_BACK, dueAtMs: at('2027-03-11T00:00') },
    },
  },
  'visit-missed': {
    '': { ...of, atMs: at('2027-03-11T09:00'), facts: VISIT },
    'call-back': { ...of, atMs: at('2027-03-11T09:00'), facts: CALL_BACK },
  },
  'visit-report-reminder': {
    '': { ...of, rungs: ['before-1'], atMs: at('2027-03-12T09:00'), facts: { ...VISIT, ...reportDue, daysLate: 0 } },
    overdue: {
      ...of,
      rungs: ['overdue-1'],
      atMs: at('2027-03-16T09:00'),
      facts: { ...CALL_BACK, ...reportDue, daysLate: 1 },
    },
  },
};

/** The customer of the samples, by language. */
export const sampleCustomer = { zh: '江南信息科技有限公司', en: 'Jiangnan Information Technology' };
