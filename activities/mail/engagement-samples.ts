import type { Notice, NoticeKind } from '../../domain/agreement/notice.ts';
import { ENGAGEMENT_REQUESTS } from '../../domain/engagement/telling.ts';

type Draft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** The kinds of notice that tell of a third party's involvement, of an agreement's own handling of one apart. */
export type EngagementKind = Extract<
  NoticeKind,
  'engagement-request' | 'engagement-reminder' | 'engagement-news' | 'engagement-notice'
>;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

const PROCESS = { process: 'market-study' };
const of = { seat: 'B', clauses: ['S001b-71'], atMs: at('2026-09-25T09:00') };
const due = { dueAtMs: at('2026-10-13T00:00'), localDate: '2026-10-12' };
const share = { ...due, about: 'cost-1-B', amount: '500.00', currency: 'CNY' };
const ofThird = { ...of, seat: 'third' };

/** Every kind of notice of an involvement, with the variants that read differently. */
export const ENGAGEMENT_DRAFTS: Record<EngagementKind, Record<string, Draft>> = {
  'engagement-request': Object.fromEntries(
    ENGAGEMENT_REQUESTS.map((what, index) => [
      index === 0 ? '' : what,
      { ...of, facts: { ...PROCESS, what, ...(what === 'reply' ? { ...due, by: 'A' } : what === 'pay' ? share : {}) } },
    ]),
  ),
  'engagement-reminder': {
    '': { ...of, rungs: ['before-1'], facts: { ...PROCESS, what: 'reply', about: 'round-1', ...due } },
    overdue: {
      ...of,
      atMs: at('2026-10-13T09:00'),
      rungs: ['overdue-1'],
      facts: { ...PROCESS, what: 'reply', about: 'round-1', ...due, daysLate: 1 },
    },
  },
  'engagement-news': {
    '': { ...of, facts: { ...PROCESS, status: 'engagement-not-answered' } },
    refused: { ...of, facts: { ...PROCESS, status: 'engagement-refused' } },
    'in-force': {
      ...of,
      facts: { ...PROCESS, status: 'engagement-in-force', signedOn: '2026-10-15', from: '2026-10-20' },
    },
    'in-force-third': {
      ...ofThird,
      facts: { ...PROCESS, status: 'engagement-in-force', signedOn: '2026-10-15', from: '2026-10-20' },
    },
    returned: {
      ...ofThird,
      facts: { ...PROCESS, status: 'engagement-milestone-rejected', about: 'milestone-1' },
    },
    'payment-overdue': {
      ...{ ...of, atMs: at('2026-10-13T09:00') },
      facts: { ...PROCESS, status: 'engagement-payment-overdue', ...share, against: 'B' },
    },
    'cap-reached': {
      ...of,
      facts: {
        ...PROCESS,
        status: 'engagement-cap-reached',
        percent: 80,
        amount: '80000.00',
        cap: '100000.00',
        currency: 'CNY',
      },
    },
    over: {
      ...of,
      facts: { ...PROCESS, status: 'engagement-over', endedOn: '2026-12-31', ground: 'purpose-achieved' },
    },
  },
  'engagement-notice': {
    '': {
      ...ofThird,
      facts: { ...PROCESS, what: 'cap', amount: '150000.00', currency: 'CNY', serves: 'engagement:market-study:cap' },
    },
    end: { ...ofThird, facts: { ...PROCESS, what: 'end', ground: 'breach', serves: 'engagement:market-study:end' } },
    'by-hand': { ...of, facts: { ...PROCESS, what: 'cap', amount: '150000.00', currency: 'CNY', status: 'by-hand' } },
  },
};
