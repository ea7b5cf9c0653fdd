import type { Notice, NoticeKind } from '../../domain/agreement/notice.ts';
import type { TierCount } from '../../domain/visit/quarters.ts';

type VisitDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** The kinds of notice that tell of visits and call-backs. */
export type VisitKind = Extract<NoticeKind, `visit-${string}`>;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

const VISIT = { process: 'visit-1f3a9c2e', customer: 'customer', kind: 'visit', localDate: '2027-03-10' };
const CALL_BACK = { ...VISIT, process: 'call-back-7bd20c11', kind: 'call-back' };
const of = { seat: 'A', clauses: ['S003-S-10'] };
const reportDue = { dueAtMs: at('2027-03-16T00:00'), until: '2027-03-15' };

const KEY: TierCount = {
  ...{ tier: 'key', customers: 12, short: 5 },
  visits: { needed: 12, held: 9, short: 3 },
  surveys: { needed: 24, held: 18, short: 6 },
};
const ORDINARY: TierCount = {
  ...{ tier: 'ordinary', customers: 40, short: 1 },
  visits: { needed: 0, held: 0, short: 0 },
  surveys: { needed: 40, held: 39, short: 1 },
};
const COUNTED = { quarter: '2027-Q3', stage: 'end' as const, until: '2027-09-30', tiers: [KEY] };

/** Every kind of notice of a visit, with the variants that read differently. */
export const VISIT_DRAFTS: Record<VisitKind, Record<string, VisitDraft>> = {
  'visit-plan-warning': {
    '': {
      ...of,
      atMs: at('2027-09-01T09:00'),
      facts: { localDate: '2027-09-30', counted: { ...COUNTED, stage: 'ahead', until: '2027-08-31' } },
    },
    end: { ...of, atMs: at('2027-10-08T09:00'), facts: { localDate: '2027-09-30', counted: COUNTED } },
    year: {
      ...of,
      atMs: at('2028-01-03T09:00'),
      facts: {
        localDate: '2027-12-31',
        counted: { ...COUNTED, quarter: '2027-Q4', until: '2027-12-31', tiers: [KEY, ORDINARY] },
      },
    },
  },
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
