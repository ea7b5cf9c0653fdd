import type { Notice, NoticeKind } from '../../domain/agreement/notice.ts';
import type { WrittenWords } from './context.ts';

type RiskDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** The kinds of notice that tell of risks. */
export type RiskKind = Extract<NoticeKind, `risk-${string}`>;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

const RISK = { process: 'risk-5c1f0a77', status: 'HIGH' };
const of = { seat: 'A', clauses: ['S001b-55'], atMs: at('2026-10-12T09:00') };
const due = { dueAtMs: at('2026-10-24T00:00'), localDate: '2026-10-23' };
const lateAt = { atMs: at('2026-10-26T09:00'), rungs: ['overdue-3'] };
const MEASURE = { about: 'measure-1' };
const CROSSED = { ground: 'overdue-duties', value: '3', goal: '3', kind: 'at-least', what: 'innovation-plan' };

/** Every kind of notice of a risk, with the variants that read differently. */
export const RISK_DRAFTS: Record<RiskKind, Record<string, RiskDraft>> = {
  'risk-registered': {
    '': { ...of, facts: { ...RISK, ...due } },
    'no-date': { ...of, facts: RISK },
  },
  'risk-unguarded': { '': { ...of, facts: RISK } },
  'risk-response-reminder': {
    '': { ...of, rungs: ['before-7'], facts: { ...RISK, ...due } },
    overdue: { ...of, ...lateAt, facts: { ...RISK, ...due, daysLate: 3 } },
  },
  'risk-measure-assigned': {
    '': { ...of, facts: { ...RISK, ...MEASURE, ...due } },
    'no-date': { ...of, facts: { ...RISK, ...MEASURE } },
  },
  'risk-measure-reminder': {
    '': { ...of, rungs: ['before-1'], facts: { ...RISK, ...MEASURE, ...due } },
    overdue: { ...of, ...lateAt, facts: { ...RISK, ...MEASURE, ...due, daysLate: 3 } },
  },
  'risk-level-changed': {
    '': { ...of, facts: { ...RISK, ground: 'MEDIUM', count: 2, localDate: '2026-10-26' } },
    'no-measures': { ...of, facts: { ...RISK, ground: 'MEDIUM', count: 0 } },
  },
  'risk-review-reminder': {
    '': { ...of, rungs: ['before-7'], facts: { ...RISK, ...due } },
    overdue: { ...of, ...lateAt, facts: { ...RISK, ...due, daysLate: 3 } },
  },
  'risk-measure-review-reminder': {
    '': { ...of, rungs: ['before-7'], facts: { ...RISK, ...due } },
    overdue: { ...of, ...lateAt, facts: { ...RISK, ...due, daysLate: 3 } },
  },
  'risk-warning': {
    '': { ...of, facts: { ...RISK, ...CROSSED, dueAtMs: at('2026-10-13T09:00') } },
    'no-time': { ...of, facts: { ...RISK, ...CROSSED } },
  },
  'risk-warning-overdue': { '': { ...of, facts: { ...RISK, ...CROSSED, open: ['B'] } } },
  'risk-occurred': {
    '': { ...of, facts: { ...RISK, count: 2 } },
    'no-steps': { ...of, facts: { ...RISK, count: 0 } },
  },
  'risk-register-empty': { '': { ...of, facts: { localDate: '2026-11-30' } } },
};

/** What was written of the risk of the samples. */
export const sampleRisk: Record<'zh' | 'en', WrittenWords> = {
  zh: {
    topic: '核心客服人员流失',
    details: '关键岗位实行双人备份',
    items: [{ what: '启用备班人员名单' }, { what: '一小时内通知全部重点客户' }],
  },
  en: {
    topic: 'Loss of key service staff',
    details: 'Two people for every key post',
    items: [{ what: 'Call in the people on the stand-by list' }, { what: 'Tell every key customer within the hour' }],
  },
};
