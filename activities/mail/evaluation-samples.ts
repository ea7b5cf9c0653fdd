import type { Notice, NoticeKind } from '../../domain/agreement/notice.ts';

type EvaluationDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** The kinds of notice that tell of evaluations. */
export type EvaluationKind = Extract<NoticeKind, `evaluation-${string}`>;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

const RUN = { process: 'service-evaluation-2027' };
const RESULT = { ...RUN, about: 'B', value: '82.50', kind: 'band-3' };
const WINDOW = { ...RESULT, localDate: '2027-01-20', dueAtMs: at('2027-01-21T00:00') };
const of = { seat: 'B', clauses: ['S003-E-11'] };
const moment = { atMs: at('2027-01-13T09:00') };

/** Every kind of notice of an evaluation, with the variants that read differently. */
export const EVALUATION_DRAFTS: Record<EvaluationKind, Record<string, EvaluationDraft>> = {
  'evaluation-scheme-missing': { '': { ...of, ...moment, seat: 'A', clauses: ['S003-S-05'], facts: RUN } },
  'evaluation-scheme-request': { '': { ...of, ...moment, facts: { ...RUN, what: 'a1b2c3d4' } } },
  'evaluation-result': {
    '': { ...of, ...moment, facts: WINDOW },
    'not-performed': {
      ...of,
      ...moment,
      facts: { ...WINDOW, about: 'agreement', value: '98.00', verdict: 'not-performed' },
    },
    staff: { ...of, ...moment, seat: 'A', facts: { ...RUN, about: 'e7d1', value: '71.25' } },
  },
  'evaluation-confirm-request': {
    '': { ...of, ...moment, seat: 'A', facts: { ...RUN, about: 'e7d1', value: '71.25' } },
  },
  'evaluation-objection-reminder': { '': { ...of, ...moment, rungs: ['before-1'], facts: WINDOW } },
  'evaluation-objected': {
    '': { ...of, ...moment, seat: 'A', facts: WINDOW },
    indicator: { ...of, ...moment, seat: 'A', facts: { ...WINDOW, dimension: 'attitude' } },
  },
  'evaluation-objection-answered': {
    '': { ...of, ...moment, facts: { ...WINDOW, status: 'uphold' } },
    reject: { ...of, ...moment, facts: { ...WINDOW, status: 'reject' } },
  },
  'evaluation-corrected': { '': { ...of, ...moment, facts: { ...WINDOW, dimension: 'attitude' } } },
  'evaluation-final': {
    '': { ...of, ...moment, facts: RESULT },
    performed: { ...of, ...moment, facts: { ...RESULT, verdict: 'performed' } },
  },
  'evaluation-published': { '': { ...of, ...moment, seat: 'A', facts: RUN } },
  'evaluation-decision-request': {
    '': { ...of, ...moment, seat: 'A', facts: RESULT },
    proposed: { ...of, ...moment, seat: 'A', facts: { ...RESULT, kind: 'promotion' } },
  },
  'evaluation-decided': {
    '': {
      ...of,
      ...moment,
      facts: { ...RESULT, kind: 'reward', status: 'approve', amount: '2000.00', currency: 'CNY' },
    },
    decline: { ...of, ...moment, facts: { ...RESULT, kind: 'deduction', status: 'decline' } },
  },
  'evaluation-explanation-request': { '': { ...of, ...moment, facts: { ...RUN, about: 'e7d1/case-12' } } },
};
