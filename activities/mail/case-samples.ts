import type { CustomerNoticeKind, Notice, NoticeKind } from '../../domain/agreement/notice.ts';

type CaseDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** The kinds of notice of cases that go to seats. */
export type CaseKind = Exclude<Extract<NoticeKind, `case-${string}`>, CustomerNoticeKind>;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

const CASE = { process: 'T-1009', kind: 'complaint', status: 'normal', round: 1, customer: 'customer' };
const of = { seat: 'A', clauses: ['S001a-65'], atMs: at('2026-10-09T17:50') };
const due = { dueAtMs: at('2026-10-10T17:50') };
const late = { atMs: at('2026-10-10T17:50') };
const told = (ground: string, more: object = {}): CaseDraft => ({
  ...of,
  clauses: ['S003-C-07'],
  facts: { ...CASE, kind: 'service-request', ground, by: 'B', ...more },
});

/** Every kind of notice of a case, with the variants that read differently. */
export const CASE_DRAFTS: Record<CaseKind, Record<string, CaseDraft>> = {
  'case-opened': {
    '': { ...of, facts: CASE },
    major: { ...of, facts: { ...CASE, status: 'major' } },
  },
  'case-passed': { '': { ...of, facts: { ...CASE, seat: 'A' } } },
  'case-warning': {
    '': {
      ...of,
      atMs: at('2026-10-10T13:50'),
      rungs: ['before-4h'],
      facts: { ...CASE, about: 'resolution', ...due, value: '1' },
    },
    record: {
      ...of,
      atMs: at('2026-10-10T16:50'),
      rungs: ['before-1h'],
      facts: { ...CASE, about: 'record', ...due, value: '1' },
    },
    both: {
      ...of,
      atMs: at('2026-10-10T16:50'),
      rungs: ['before-1h'],
      facts: {
        ...{ ...CASE, about: 'record', ...due, value: '1' },
        clocks: [{ about: 'record' }, { about: 'resolution' }],
      },
    },
  },
  'case-late': {
    both: {
      ...of,
      ...late,
      facts: {
        ...{ ...CASE, about: 'record', ...due, verdict: 'late', count: 1 },
        clocks: [
          { about: 'record', verdict: 'late' },
          { about: 'resolution', verdict: 'breach' },
        ],
      },
    },
    '': { ...of, ...late, facts: { ...CASE, about: 'resolution', ...due, verdict: 'breach', count: 1 } },
    late: { ...of, ...late, facts: { ...CASE, about: 'record', ...due, verdict: 'late', count: 1 } },
    target: { ...of, ...late, facts: { ...CASE, about: 'response', ...due, verdict: 'target-missed', count: 1 } },
    candidate: {
      ...of,
      ...late,
      facts: { ...CASE, about: 'assignment', ...due, verdict: 'breach-candidate', count: 1 },
    },
    accountability: {
      ...of,
      ...late,
      facts: { ...CASE, about: 'response', ...due, verdict: 'accountability', count: 1 },
    },
    contest: { ...of, ...late, facts: { ...CASE, about: 'contest', ...due, verdict: 'contested-not', count: 1 } },
    progress: { ...of, ...late, facts: { ...CASE, about: 'progress', ...due, verdict: 'late', count: 2 } },
  },
  'case-customer-word': {
    '': { ...of, facts: { ...CASE, verdict: 'satisfied' } },
    'not-satisfied': { ...of, facts: { ...CASE, verdict: 'not-satisfied', round: 2 } },
    'plan-confirmed': { ...of, facts: { ...CASE, verdict: 'plan-confirmed' } },
    'plan-changed': { ...of, facts: { ...CASE, verdict: 'plan-changed' } },
    corrected: { ...of, facts: { ...CASE, verdict: 'corrected' } },
    contested: { ...of, facts: { ...CASE, verdict: 'contested' } },
    note: { ...of, facts: { ...CASE, verdict: 'note' } },
    'follow-up': { ...of, facts: { ...CASE, verdict: 'follow-up' } },
    half: { ...of, facts: { ...CASE, status: 'major', verdict: 'solution-half', against: 'B' } },
    agreed: { ...of, facts: { ...CASE, status: 'major', verdict: 'solution-agreed', against: 'A' } },
  },
  'case-reopened': { '': { ...of, facts: { ...CASE, round: 3 } } },
  'case-negotiation': { '': { ...of, facts: { ...CASE, status: 'major' } } },
  'case-decision': { '': { ...of, facts: { ...CASE, status: 'major' } } },
  'case-reported': { '': { ...of, facts: CASE } },
  'case-told': {
    '': told('receipt'),
    responded: told('progress', { verdict: 'responded' }),
    progress: told('progress', { verdict: 'progress' }),
    plan: told('plan'),
    information: told('information', { verdict: 'wrong-information', days: 5 }),
    'no-days': told('information', { verdict: 'wrong-information' }),
    result: told('result'),
    accept: told('result', { verdict: 'accept' }),
    'follow-up': told('follow-up'),
  },
};

/** What whoever handles the case of the samples has written, by language. */
export const sampleCase = {
  zh: { details: '已联系您核实情况，配件明日送达，预计当日完成更换。' },
  en: { details: 'We have looked into it; the part arrives tomorrow and is exchanged that day.' },
};
