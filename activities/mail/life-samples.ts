import type { CompiledAgreement, CompiledLife, CompiledPayment } from '../../domain/agreement/compiled.ts';
import type {
  CustomerNoticeKind,
  Notice,
  NoticeFacts,
  NoticeKind,
  RenewalPack,
} from '../../domain/agreement/notice.ts';
import type { GoalFigure } from '../../domain/goal/figure.ts';
import type { Language, WrittenWords } from './context.ts';
import type { CaseKind } from './case-samples.ts';
import type { EvaluationKind } from './evaluation-samples.ts';
import type { RiskKind } from './risk-samples.ts';
import type { EngagementKind } from './engagement-samples.ts';
import type { SurveyKind } from './survey-samples.ts';
import type { TrainingKind } from './training-samples.ts';
import type { VisitKind } from './visit-samples.ts';

type LifeDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const due = (localDate: string) => ({ localDate, dueAtMs: at(`${localDate}T00:00`) + 86_400_000 });

/** The kinds of notice that tell of an agreement's whole life. */
export type LifeKind = Exclude<
  NoticeKind,
  | SurveyKind
  | VisitKind
  | RiskKind
  | EvaluationKind
  | CaseKind
  | EngagementKind
  | TrainingKind
  | CustomerNoticeKind
  | 'sign-invitation'
  | 'agreement-in-force'
  | 'reminder'
  | 'review-reminder'
  | 'summary'
  | 'review-request'
  | 'deliverable-submitted'
  | 'deliverable-accepted'
  | 'deliverable-rejected'
  | 'penalty-started'
  | 'penalty-stopped'
  | 'overdue-withdrawn'
  | 'agreement-terminated'
  | 'agreement-expired'
  | 'seat-handed-over'
  | 'seat-vacant'
  | 'seat-relieved'
  | 'delegation-made'
  | 'acknowledgement-request'
  | 'notice-undelivered'
>;

/** CNY 80,000.00, due on 2025-06-10, at 0.5 % a day: the worked example of late fees. */
export const samplePayment: CompiledPayment = {
  id: 'service-fee',
  kind: 'payment',
  rule: 'payment@1',
  clauses: ['S001b-104'],
  responsible: 'B',
  payee: 'A',
  amount: '80000.00',
  currency: 'CNY',
  deadline: {
    anchor: { on: '2025-06-10', term: 'due' },
    offset: { unit: 'days', count: 0 },
    rollover: 'none',
    dayEnd: '24:00',
  },
  reminderLeadDays: [7, 1],
  lateFee: { clauses: ['S001b-104'], rate: '0.005', graceDays: 0, cap: null },
  mayHoldBack: true,
  review: null,
  penalty: null,
};

/** What stands beside the decision on its renewal. */
const pack: RenewalPack = {
  plans: ['process-plan'],
  goals: [{ goal: 'satisfaction', value: '86.5' }],
  surveys: { inTime: 3, late: 1, missing: 0 },
  matters: [{ id: 'request-1', kind: 'request' }],
  breaches: ['breach-1'],
  claims: ['substandard-cleaning'],
};

/** What the agreement of the samples says of its life. */
export const sampleLife: CompiledLife = {
  effect: { seal: true, sealClauses: ['S003-N-12'], review: true, reviewClauses: ['S003-N-13'], policy: false },
  baselines: [
    { goal: 'satisfaction', term: 'baselineScore', clauses: ['S000-05'], value: null, confirmedBy: ['A', 'B'] },
  ],
  amendment: { consent: ['A', 'B'], lapseDays: 15, clauses: ['S001b-77'] },
  override: { by: ['coordinator'], clauses: ['S004-27'] },
  suspension: [{ grounds: ['force-majeure', 'agreed-pause'], clauses: ['S001a-33'] }],
  renewal: { automatic: true, noticeDays: 30, internalDays: 30, months: 12, clauses: ['S001b-75'] },
  terminations: [
    {
      id: 'breach',
      ground: 'breach',
      gates: ['negotiation-failed', 'written-notice', 'innocent-party'],
      noticeDays: 30,
      negotiationDays: 10,
      cureDays: null,
      codes: [],
      clauses: ['S001a-37'],
    },
    {
      id: 'mutual',
      ground: 'mutual',
      gates: ['both-approve'],
      noticeDays: null,
      negotiationDays: null,
      cureDays: null,
      codes: [],
      clauses: ['S001a-36'],
    },
  ],
  afterwards: [
    { id: 'data-return', responsible: 'A', kind: 'data', days: 30, clauses: ['S001a-39'] },
    { id: 'secrecy', responsible: 'A', kind: 'secrecy', days: null, endless: true, clauses: ['S001a-40'] },
    { id: 'service-after-the-end', responsible: 'A', kind: 'service', days: null, clauses: ['S001a-38'] },
  ],
  liabilities: [
    {
      id: 'service-liability',
      liable: 'A',
      cap: { amount: '300000.00', currency: 'CNY' },
      shares: null,
      answerDays: 15,
      clauses: ['S001b-82'],
    },
  ],
  bookings: [],
  disputes: [{ id: 'disputes', clauses: ['S001a-42'], negotiationDays: 30, hasForum: true }],
  requests: [{ id: 'cooperation', from: 'A', to: 'B', replyDays: 5, clauses: ['S000-10'] }],
  confidentiality: [{ id: 'secrecy', clauses: ['S001a-40'], bound: ['A', 'B'] }],
  meetings: [{ id: 'meetings', clauses: ['S000-18'] }],
  penaltyWarning: { base: '1000000.00', currency: 'CNY', percent: '30' },
};

/** The rules that these notices name. */
export const lifeTitles = {
  terms: [{ name: 'baselineScore', label: { zh: '满意度基线分', en: 'Baseline score' } }],
  rules: [
    { id: 'satisfaction', title: { zh: '客户满意度', en: 'Customer satisfaction' } },
    { id: 'complaints', title: { zh: '客户投诉率', en: 'Complaint rate' } },
    { id: 'service-liability', title: { zh: '服务违约责任', en: 'Liability for service' } },
    { id: 'data-return', title: { zh: '客户数据返还与删除', en: 'Return and deletion of customer data' } },
    { id: 'secrecy', title: { zh: '保密', en: 'Secrecy' } },
    { id: 'service-after-the-end', title: { zh: '终止后的服务支持', en: 'Support after the end' } },
    { id: 'service-fee', title: { zh: '服务费', en: 'Service fee' } },
    { id: 'third-party-liability', title: { zh: '第三方的责任', en: 'Liability of the third party' } },
    {
      id: 'third-party-end',
      title: { zh: '第三方介入的结束', en: 'End of a third party’s involvement' },
      items: [
        { id: 'hand-over', title: { zh: '工作和资料交接', en: 'hand-over of work and papers' } },
        { id: 'fees', title: { zh: '费用结算', en: 'settlement of fees' } },
        { id: 'data', title: { zh: '数据返还和删除', en: 'return and deletion of data' } },
        { id: 'access', title: { zh: '收回权限', en: 'removal of access' } },
      ],
    },
  ],
};

/** The agreement of the samples with a life and a payment. */
export function withLife(agreement: CompiledAgreement): CompiledAgreement {
  return { ...agreement, obligations: [...agreement.obligations, samplePayment], life: sampleLife };
}

const PAYMENT = { obligation: 'service-fee', clauses: ['S001b-104'] };
const REPORT = { obligation: 'needs-analysis-report', clauses: ['S001a-37'] };
const CHANGES = [
  { of: 'obligation:process-plan', field: 'due', before: '2026-11-02', after: '2026-11-16' },
  {
    of: 'obligation:needs-analysis-report',
    field: 'due',
    before: 'effect + 30 days',
    after: 'effect + 20 working-days',
  },
  { of: 'term:baselineScore', field: 'other', before: null, after: null },
  { of: 'obligation:training-plan', field: 'responsible', before: 'A', after: 'B' },
  { of: 'payment:service-fee', field: 'amount', before: '80000.00', after: '90000.00' },
  { of: 'cap:service-liability', field: 'cap', before: '300000.00', after: '200000.00' },
  { of: 'expiry', field: 'expiry', before: '2027-08-31', after: '2027-12-31' },
] as const;
const REDATED = [
  { obligation: 'process-plan', occurrence: null, before: '2026-11-02', after: '2026-11-16' },
  { obligation: 'training-plan', occurrence: null, before: '2026-11-30', after: '2026-12-14' },
];
const CLAIM = { by: 'B', against: 'A', about: 'claim-1', amount: '120000.00', currency: 'CNY' };
const TERMINATION = { by: 'B', against: 'A', ground: 'breach', days: 30, serves: 'termination-1' };

/** What goals of the samples rest on. */
const LAST_SURVEY: GoalFigure = {
  ...{ measure: 'satisfaction-score', source: 'satisfaction-survey#2027-Q3', value: '4.3300', n: 214 },
  ...{ interval: { low: '4.2210', high: '4.4390' }, scale: { min: 1, max: 5 }, minimum: null },
  atMs: at('2027-08-21T00:00'),
};

/** Two goals whose date comes at once: one mail. */
const SEVERAL_GOALS: NonNullable<NoticeFacts['goals']> = [
  {
    about: 'satisfaction',
    localDate: '2027-08-31',
    verdict: 'reached',
    judged: {
      ...{ of: '2027-08-31', measure: 'satisfaction-score', how: 'raise', by: 'percent', scale: 'percentage' },
      ...{ verdict: 'reached', target: '5', baseline: '78', needed: '81.9', measured: '83.25', data: LAST_SURVEY },
    },
  },
  {
    about: 'complaints',
    localDate: '2027-08-31',
    verdict: 'no-verdict',
    judged: {
      ...{ of: '2027-08-31', measure: 'complaint-rate', how: 'at-most', by: 'value', scale: 'questionnaire' },
      ...{
        verdict: 'no-verdict',
        why: 'no-data',
        target: '2',
        baseline: null,
        needed: '2',
        measured: null,
        data: null,
      },
    },
  },
];

/** Every kind of notice of the whole life, with the variants that read differently. */
export const LIFE_DRAFTS: Record<LifeKind, Record<string, LifeDraft>> = {
  'seal-invitation': {
    '': { seat: 'B', act: 'seal', atMs: at('2026-08-28T09:00'), clauses: ['S003-N-12'], facts: {} },
  },
  'approval-request': {
    review: {
      seat: 'B',
      act: 'approve',
      atMs: at('2026-08-27T09:00'),
      clauses: ['S003-N-13'],
      facts: { about: 'review' },
    },
    policy: {
      seat: 'A',
      act: 'approve',
      atMs: at('2026-08-27T09:00'),
      clauses: ['S004-30'],
      facts: { about: 'policy' },
    },
    'repeal-posting': {
      seat: 'A',
      act: 'approve',
      atMs: at('2027-09-14T10:00'),
      clauses: ['S004-30'],
      facts: { about: 'posting:termination-1' },
    },
    posting: {
      seat: 'A',
      act: 'approve',
      atMs: at('2026-08-28T09:00'),
      clauses: ['S004-30'],
      facts: { about: 'posting' },
    },
    suspension: {
      seat: 'B',
      act: 'approve',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S001a-33'],
      facts: { about: 'suspension:1', from: '2026-10-12', by: 'A', duties: ['process-plan'] },
    },
  },
  'agreement-withdrawn': { '': { seat: 'B', atMs: at('2026-08-28T09:00'), clauses: ['S001a-01'], facts: {} } },
  'baseline-entered': {
    '': {
      seat: 'B',
      act: 'approve',
      atMs: at('2026-09-02T09:00'),
      clauses: ['S000-05'],
      facts: { about: 'satisfaction', value: '82.5', by: 'A' },
    },
    locked: {
      seat: 'A',
      atMs: at('2026-09-03T09:00'),
      clauses: ['S000-05'],
      facts: { about: 'satisfaction', value: '82.5', by: 'B', status: 'locked' },
    },
  },
  'goal-judged': {
    several: {
      seat: 'A',
      atMs: at('2027-09-01T09:00'),
      clauses: ['S000-04', 'S000-08'],
      facts: { ...SEVERAL_GOALS[0], goals: SEVERAL_GOALS },
    },
    reached: {
      seat: 'A',
      atMs: at('2027-09-01T09:00'),
      clauses: ['S000-04'],
      facts: {
        about: 'satisfaction',
        localDate: '2027-08-31',
        verdict: 'reached',
        judged: {
          ...{ of: '2027-08-31', measure: 'satisfaction-score', how: 'raise', by: 'percent', scale: 'percentage' },
          ...{ verdict: 'reached', target: '5', baseline: '78', needed: '81.9', measured: '83.25', data: LAST_SURVEY },
        },
      },
    },
    'not-reached': {
      seat: 'B',
      atMs: at('2027-09-01T09:00'),
      clauses: ['S000-08'],
      facts: {
        about: 'satisfaction',
        localDate: '2027-08-31',
        verdict: 'not-reached',
        judged: {
          ...{ of: '2027-08-31', measure: 'satisfaction-score', how: 'reach', by: 'value', scale: 'questionnaire' },
          ...{
            verdict: 'not-reached',
            target: '4.5',
            baseline: null,
            needed: '4.5',
            measured: '4.33',
            data: LAST_SURVEY,
          },
        },
      },
    },
    'no-verdict': {
      seat: 'coordinator',
      atMs: at('2027-09-01T09:00'),
      clauses: ['S000-04'],
      facts: {
        about: 'satisfaction',
        localDate: '2027-08-31',
        verdict: 'no-verdict',
        judged: {
          ...{ of: '2027-08-31', measure: 'complaint-rate', how: 'reduce', by: 'percent', scale: 'questionnaire' },
          ...{ verdict: 'no-verdict', why: 'no-baseline', target: '25', baseline: null, needed: null },
          ...{ measured: null, data: null },
        },
      },
    },
  },
  'payment-received': {
    'in-part': {
      ...PAYMENT,
      seat: 'A',
      atMs: at('2025-06-12T10:00'),
      facts: { amount: '30000.00', unpaid: '50000.00', currency: 'CNY', localDate: '2025-06-12', by: 'B' },
    },
    'in-full': {
      ...PAYMENT,
      seat: 'A',
      atMs: at('2025-06-14T10:00'),
      facts: { amount: '50000.00', unpaid: '0.00', currency: 'CNY', localDate: '2025-06-14', by: 'B' },
    },
    penalty: {
      ...REPORT,
      seat: 'B',
      atMs: at('2026-11-05T10:00'),
      facts: {
        about: `penalty:${REPORT.obligation}`,
        by: 'A',
        amount: '60000.00',
        unpaid: '0.00',
        currency: 'CNY',
        localDate: '2026-11-05',
      },
    },
    claim: {
      seat: 'B',
      clauses: ['S001b-82'],
      atMs: at('2026-12-05T10:00'),
      facts: {
        about: 'claim:k1',
        by: 'A',
        amount: '20000.00',
        unpaid: '10000.00',
        currency: 'CNY',
        localDate: '2026-12-05',
      },
    },
    booking: {
      seat: 'B',
      clauses: ['S003-N-09'],
      atMs: at('2026-10-20T10:00'),
      facts: {
        about: 'booking:reward',
        by: 'A',
        amount: '5000.00',
        unpaid: '0.00',
        currency: 'CNY',
        localDate: '2026-10-20',
      },
    },
  },
  'payment-held-back': {
    '': {
      ...PAYMENT,
      seat: 'A',
      atMs: at('2025-06-09T10:00'),
      facts: { amount: '20000.00', unpaid: '80000.00', currency: 'CNY', by: 'B' },
    },
    released: {
      ...PAYMENT,
      seat: 'A',
      atMs: at('2025-06-11T10:00'),
      facts: { amount: '0.00', unpaid: '80000.00', currency: 'CNY', by: 'B' },
    },
  },
  'late-fee-started': {
    '': {
      ...PAYMENT,
      seat: 'B',
      atMs: at('2025-06-11T09:00'),
      facts: { ...due('2025-06-10'), daysLate: 1, amount: '400.00', currency: 'CNY', rate: '0.005' },
    },
  },
  'late-fee-stopped': {
    '': {
      ...PAYMENT,
      seat: 'A',
      atMs: at('2025-06-14T10:00'),
      facts: { ...due('2025-06-10'), daysLate: 4, amount: '1300.00', currency: 'CNY', rate: '0.005' },
    },
  },
  'waiver-proposed': {
    days: {
      ...REPORT,
      seat: 'B',
      act: 'approve',
      atMs: at('2026-10-14T10:00'),
      facts: { about: 'waiver:1', days: 3, by: 'coordinator' },
    },
  },
  'penalty-waived': {
    days: { ...REPORT, seat: 'A', atMs: at('2026-10-14T10:00'), facts: { about: 'waiver:1', days: 3, by: 'B' } },
    amount: {
      ...REPORT,
      seat: 'A',
      atMs: at('2026-10-14T10:00'),
      facts: { about: 'waiver:2', amount: '5000.00', currency: 'CNY', by: 'B' },
    },
  },
  'cap-reached': {
    '': {
      seat: 'A',
      atMs: at('2026-12-14T10:00'),
      clauses: ['S001b-82'],
      facts: { about: 'service-liability', percent: 80, cap: '300000.00', amount: '240000.00', currency: 'CNY' },
    },
    warning: {
      seat: 'coordinator',
      atMs: at('2026-12-14T10:00'),
      clauses: ['S001a-69'],
      facts: { about: 'penalties', percent: 30, amount: '300000.00', currency: 'CNY' },
    },
  },
  'amendment-proposed': {
    '': {
      seat: 'B',
      act: 'accept',
      atMs: at('2026-10-12T10:00'),
      clauses: ['S001b-77'],
      facts: { ...due('2026-10-27'), about: 'amendment-1', by: 'A', from: '2026-11-01', changes: [...CHANGES] },
    },
  },
  'cap-notice': {
    '': {
      seat: 'third',
      act: 'accept',
      atMs: at('2026-10-14T10:00'),
      clauses: ['S001b-78', 'S001b-79'],
      facts: {
        ...{ about: 'cap-1', by: 'A', against: 'third', from: '2026-11-01', serves: 'amendment:cap-1' },
        changes: [{ of: 'cap:third-party-liability', field: 'cap', before: '100000.00', after: '150000.00' }],
      },
    },
    'by-hand': {
      seat: 'A',
      atMs: at('2026-10-14T10:00'),
      clauses: ['S001b-78', 'S001b-79'],
      facts: {
        ...{ about: 'cap-1', by: 'A', against: 'third', from: '2026-11-01', status: 'by-hand' },
        changes: [{ of: 'cap:third-party-liability', field: 'cap', before: '100000.00', after: '150000.00' }],
      },
    },
  },
  'amendment-settled': {
    accepted: {
      seat: 'A',
      atMs: at('2026-10-14T10:00'),
      clauses: ['S001b-77'],
      facts: { about: 'amendment-1', by: 'B', status: 'accepted', from: '2026-11-01', changes: [...CHANGES] },
    },
    declined: {
      seat: 'A',
      atMs: at('2026-10-14T10:00'),
      clauses: ['S001b-77'],
      facts: { about: 'amendment-1', by: 'B', status: 'declined' },
    },
    lapsed: {
      seat: 'A',
      atMs: at('2026-10-28T09:00'),
      clauses: ['S001b-77'],
      facts: { about: 'amendment-1', by: 'A', status: 'lapsed' },
    },
    superseded: {
      seat: 'A',
      atMs: at('2026-10-16T10:00'),
      clauses: ['S001b-77'],
      facts: { about: 'amendment-2', by: 'A', status: 'superseded' },
    },
  },
  'amendment-effective': {
    '': {
      seat: 'A',
      atMs: at('2026-11-02T09:00'),
      clauses: ['S001b-77'],
      facts: { about: 'amendment-1', redated: [...REDATED] },
    },
  },
  'calendar-repinned': {
    '': {
      seat: 'A',
      atMs: at('2026-11-20T09:00'),
      clauses: [],
      facts: { about: 'cn@2027.1', redated: [...REDATED] },
    },
  },
  'obligation-overridden': {
    '': {
      ...REPORT,
      seat: 'A',
      clauses: ['S004-27'],
      atMs: at('2026-10-05T09:00'),
      facts: { ...due('2026-10-15'), by: 'coordinator' },
    },
  },
  'agreement-suspended': {
    '': {
      seat: 'A',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S001a-33'],
      facts: { by: 'B', ground: 'force-majeure', from: '2026-10-10' },
    },
    partial: {
      seat: 'B',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S001a-33'],
      facts: { by: 'A', ground: 'agreed-pause', from: '2026-10-12', duties: ['process-plan'] },
    },
  },
  'agreement-resumed': {
    '': {
      seat: 'A',
      atMs: at('2026-10-24T09:00'),
      clauses: ['S001a-33'],
      facts: { from: '2026-10-24', redated: [...REDATED] },
    },
  },
  'renewal-outlook': {
    '': {
      seat: 'coordinator',
      atMs: at('2027-07-02T09:00'),
      clauses: ['S001b-75'],
      facts: { expiresOn: '2027-08-31', localDate: '2027-08-31', until: '2028-08-31', open: ['training-plan'], pack },
    },
  },
  'renewal-notice': {
    '': {
      seat: 'A',
      act: 'object',
      atMs: at('2027-08-02T09:00'),
      clauses: ['S001b-75'],
      facts: { expiresOn: '2027-08-31', localDate: '2027-08-31', until: '2028-08-31', open: ['training-plan'], pack },
    },
  },
  'renewal-objected': {
    '': {
      seat: 'A',
      atMs: at('2027-08-10T10:00'),
      clauses: ['S001b-75'],
      facts: { by: 'B', expiresOn: '2027-08-31' },
    },
  },
  'agreement-renewed': {
    '': {
      seat: 'A',
      atMs: at('2027-09-01T09:00'),
      clauses: ['S001b-75'],
      facts: { round: 1, endedOn: '2027-08-31', expiresOn: '2028-08-31' },
    },
    afresh: {
      seat: 'A',
      atMs: at('2027-09-01T09:00'),
      clauses: ['S001b-65'],
      facts: {
        round: 1,
        endedOn: '2027-08-31',
        expiresOn: '2028-08-31',
        from: '2027-09-01',
        cut: ['training-plan#2027-06-01'],
      },
    },
  },
  'breach-notice': {
    '': {
      ...REPORT,
      seat: 'A',
      atMs: at('2026-10-20T09:00'),
      facts: { ...due('2026-10-08'), by: 'B', against: 'A', about: 'breach-1', days: 10, serves: 'breach-1' },
    },
  },
  'breach-cured': {
    '': { ...REPORT, seat: 'A', atMs: at('2026-10-25T09:00'), facts: { about: 'breach-1', by: 'B' } },
  },
  'negotiation-failed': {
    '': {
      ...REPORT,
      seat: 'A',
      atMs: at('2026-11-02T09:00'),
      facts: { ...due('2026-10-30'), about: 'breach-1', by: 'B', against: 'A' },
    },
  },
  'termination-notice': {
    breach: { seat: 'A', atMs: at('2026-11-03T09:00'), clauses: ['S001a-37'], facts: TERMINATION },
    'at-once': {
      seat: 'A',
      atMs: at('2026-11-03T09:00'),
      clauses: ['S001b-70'],
      facts: { by: 'B', against: 'A', ground: 'serious-breach', days: 0, about: 'termination-1' },
    },
    objectable: {
      seat: 'A',
      act: 'object',
      atMs: at('2026-11-03T09:00'),
      clauses: ['S001c-62', 'S001c-63'],
      facts: { by: 'B', against: 'A', ground: 'agreed-list', days: 30, about: 'termination-1' },
    },
  },
  'engagement-end-consent': {
    '': {
      seat: 'B',
      act: 'approve',
      atMs: at('2026-11-03T09:00'),
      clauses: ['S001b-91', 'S001b-92'],
      facts: { about: 'end-1', by: 'A', ground: 'purpose-achieved' },
    },
    item: {
      seat: 'B',
      act: 'approve',
      atMs: at('2026-11-10T09:00'),
      clauses: ['S001b-92'],
      facts: { about: 'end-1:hand-over', by: 'A', ground: 'purpose-achieved', what: 'hand-over' },
    },
  },
  'engagement-end-notice': {
    '': {
      seat: 'third',
      atMs: at('2026-11-04T10:00'),
      clauses: ['S001b-91', 'S001b-92'],
      facts: { about: 'end-1', against: 'third', ground: 'purpose-achieved', serves: 'engagement-end:end-1' },
    },
    'by-hand': {
      seat: 'A',
      atMs: at('2026-11-04T10:00'),
      clauses: ['S001b-91', 'S001b-92'],
      facts: { about: 'end-1', against: 'third', ground: 'purpose-achieved', status: 'by-hand' },
    },
  },
  'engagement-ended': {
    '': {
      seat: 'A',
      atMs: at('2026-11-04T10:00'),
      clauses: ['S001b-91', 'S001b-92'],
      facts: {
        ...{ about: 'end-1', ground: 'purpose-achieved', endedOn: '2026-11-04' },
        open: ['hand-over', 'fees', 'data', 'access'],
      },
    },
  },
  'service-failed': {
    'taken-back': {
      seat: 'B',
      obligation: 'needs-analysis-report',
      atMs: at('2026-10-14T10:00'),
      clauses: ['S001a-35'],
      facts: { about: 'breach-1', seat: 'A', from: '2026-10-12', status: 'taken-back' },
    },
    stands: {
      seat: 'B',
      atMs: at('2026-11-05T10:00'),
      clauses: ['S001a-35'],
      facts: { about: 'termination-1', seat: 'A', from: '2026-11-03', status: 'stands' },
    },
    'still-served': {
      seat: 'B',
      atMs: at('2026-10-14T10:00'),
      clauses: ['S001b-79'],
      facts: { about: 'amendment:amendment-1', seat: 'third', from: '2026-10-12', status: 'still-served' },
    },
  },
  'termination-objected': {
    '': {
      seat: 'A',
      atMs: at('2026-11-06T09:00'),
      clauses: ['S001c-63'],
      facts: { about: 'termination-1', by: 'B', against: 'A', ground: 'agreed-list', localDate: '2026-12-03' },
    },
  },
  'third-access': {
    grant: {
      seat: 'B',
      atMs: at('2026-11-03T09:00'),
      clauses: ['S001c-76'],
      facts: { by: 'A', status: 'grant' },
    },
    suspended: {
      seat: 'B',
      atMs: at('2026-11-10T09:00'),
      clauses: ['S001c-76'],
      facts: { by: 'A', status: 'suspend', about: 'incident-1' },
    },
  },
  'termination-consent': {
    '': {
      seat: 'B',
      act: 'approve',
      atMs: at('2026-11-03T09:00'),
      clauses: ['S001a-36'],
      facts: { about: 'termination-1', by: 'A', ground: 'mutual', until: '2026-12-31' },
    },
  },
  'final-statement': {
    '': {
      seat: 'A',
      atMs: at('2026-12-31T09:00'),
      clauses: ['S001a-38'],
      facts: {
        endedOn: '2026-12-03',
        balances: [{ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '115000.00' }],
      },
    },
    none: {
      seat: 'A',
      atMs: at('2026-12-31T09:00'),
      clauses: ['S001a-38'],
      facts: { endedOn: '2026-12-03', balances: [] },
    },
    'without-sums': {
      seat: 'A',
      atMs: at('2026-12-31T09:00'),
      clauses: ['S001a-38'],
      facts: { endedOn: '2026-12-03' },
    },
  },
  'afterwards-begun': {
    '': {
      seat: 'B',
      atMs: at('2026-12-04T09:00'),
      clauses: ['S001a-39'],
      facts: { about: 'data-return', by: 'A', ...due('2027-01-02') },
    },
    endless: {
      seat: 'A',
      atMs: at('2026-12-04T09:00'),
      clauses: ['S001a-40'],
      facts: { about: 'secrecy', by: 'A' },
    },
    open: {
      seat: 'A',
      atMs: at('2026-12-04T09:00'),
      clauses: ['S001a-38'],
      facts: { about: 'service-after-the-end', by: 'A' },
    },
  },
  'afterwards-ending': {
    '': {
      seat: 'B',
      atMs: at('2026-12-19T09:00'),
      clauses: ['S001a-39'],
      facts: { about: 'data-return', by: 'A', localDate: '2027-01-02' },
    },
    overdue: {
      seat: 'A',
      atMs: at('2027-01-04T09:00'),
      clauses: ['S001a-39'],
      facts: { about: 'data-return', by: 'A', localDate: '2027-01-02', status: 'overdue' },
    },
  },
  'agreement-closed': {
    '': { seat: 'A', atMs: at('2027-01-05T09:00'), clauses: ['S001a-39'], facts: { open: ['secrecy'] } },
  },
  'sum-booked': {
    '': {
      seat: 'A',
      clauses: ['S003-N-09'],
      atMs: at('2026-10-12T10:00'),
      facts: { about: 'reward', kind: 'reward', by: 'A', against: 'B', amount: '5000.00', currency: 'CNY' },
    },
  },
  'item-settled': {
    '': {
      ...REPORT,
      seat: 'A',
      atMs: at('2026-12-07T10:00'),
      facts: { about: REPORT.obligation, by: 'coordinator', status: 'settled' },
    },
    disputed: {
      ...REPORT,
      seat: 'A',
      atMs: at('2026-12-07T10:00'),
      facts: { about: REPORT.obligation, by: 'B', status: 'disputed' },
    },
  },
  'claim-made': {
    '': {
      ...REPORT,
      seat: 'A',
      act: 'answer',
      clauses: ['S001b-82'],
      atMs: at('2026-11-20T09:00'),
      facts: { ...CLAIM, ...due('2026-12-07'), cap: '300000.00', status: 'made' },
    },
  },
  'claim-answered': {
    agree: {
      ...REPORT,
      seat: 'B',
      clauses: ['S001b-82'],
      atMs: at('2026-12-01T09:00'),
      facts: { ...CLAIM, amount: '100000.00', verdict: 'agree', status: 'agreed' },
    },
    dispute: {
      ...REPORT,
      seat: 'B',
      clauses: ['S001b-82'],
      atMs: at('2026-12-01T09:00'),
      facts: { ...CLAIM, verdict: 'dispute', status: 'disputed' },
    },
    drop: {
      ...REPORT,
      seat: 'A',
      clauses: ['S001b-82'],
      atMs: at('2026-12-01T09:00'),
      facts: { ...CLAIM, verdict: 'drop', status: 'dropped' },
    },
  },
  'claim-overdue': {
    '': {
      ...REPORT,
      seat: 'A',
      act: 'answer',
      clauses: ['S001b-82'],
      atMs: at('2026-12-08T09:00'),
      facts: { ...CLAIM, ...due('2026-12-07'), status: 'overdue' },
    },
  },
  'matter-opened': {
    request: {
      seat: 'B',
      act: 'reply',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S000-10'],
      facts: { ...due('2026-10-19'), kind: 'request', about: 'request-1', by: 'A' },
    },
    incident: {
      seat: 'A',
      act: 'reply',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S001a-40'],
      facts: { kind: 'incident', about: 'incident-1', by: 'B' },
    },
    dispute: {
      seat: 'A',
      act: 'reply',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S001a-42'],
      facts: { ...due('2026-11-11'), kind: 'dispute', about: 'dispute-1', by: 'B' },
    },
    meeting: {
      seat: 'B',
      atMs: at('2026-10-12T09:00'),
      clauses: ['S000-18'],
      facts: { kind: 'meeting', about: 'meeting-1', by: 'A', localDate: '2026-10-20' },
    },
  },
  'matter-reminder': {
    '': {
      seat: 'A',
      act: 'reply',
      atMs: at('2026-10-19T09:00'),
      clauses: ['S003-K-16'],
      facts: { kind: 'request', about: 'request-1', by: 'B', against: 'A', verdict: 'refused', days: 5 },
    },
  },
  'matter-carried': {
    answered: {
      seat: 'A',
      atMs: at('2026-10-14T09:00'),
      clauses: ['S000-10'],
      facts: { kind: 'request', about: 'request-1', by: 'B', verdict: 'answer', status: 'answered' },
    },
    decided: {
      seat: 'B',
      atMs: at('2026-10-20T09:00'),
      clauses: ['S000-18'],
      facts: { kind: 'meeting', about: 'meeting-1', by: 'A', verdict: 'decide', seat: 'B', until: '2026-11-20' },
    },
    forum: {
      seat: 'A',
      atMs: at('2026-11-12T09:00'),
      clauses: ['S001a-42'],
      facts: { kind: 'dispute', about: 'dispute-1', by: 'B', verdict: 'escalate', status: 'escalated' },
    },
  },
  'matter-overdue': {
    request: {
      seat: 'B',
      act: 'reply',
      atMs: at('2026-10-20T09:00'),
      clauses: ['S000-10'],
      facts: { ...due('2026-10-19'), kind: 'request', about: 'request-1', by: 'A' },
    },
    dispute: {
      seat: 'A',
      atMs: at('2026-11-12T09:00'),
      clauses: ['S001a-42'],
      facts: { ...due('2026-11-11'), kind: 'dispute', about: 'dispute-1', by: 'B' },
    },
  },
};

/** What somebody wrote with the act that such a notice tells of. */
export const LIFE_WORDS: Partial<Record<NoticeKind, Record<Language, WrittenWords>>> = {
  'breach-notice': {
    zh: { reason: '报告至今未提交，贵方亦未说明原因。' },
    en: { reason: 'The report has not arrived, and no reason was given.' },
  },
  'termination-notice': {
    zh: { reason: '协商期内未就补交日期达成一致。' },
    en: { reason: 'No date for the report was agreed within the days of negotiation.' },
  },
  'termination-objected': {
    zh: { reason: '通知所述事由并不存在。' },
    en: { reason: 'What the notice rests on has not happened.' },
  },
  'amendment-proposed': { zh: { reason: '新增渠道上线。' }, en: { reason: 'A new channel goes live.' } },
  'cap-notice': {
    zh: { reason: '新增上门服务，原限额不足以覆盖风险。' },
    en: { reason: 'Home visits are new, and the old cap does not cover their risk.' },
  },
  'claim-made': {
    zh: {
      cause: '漏单导致客户索赔。',
      items: [
        { what: '赔付客户', amount: '100000.00' },
        { what: '返工', amount: '20000.00' },
      ],
    },
    en: {
      cause: 'Orders were missed and customers had to be paid.',
      items: [
        { what: 'Paid to customers', amount: '100000.00' },
        { what: 'Rework', amount: '20000.00' },
      ],
    },
  },
  'matter-opened': {
    zh: { topic: '提供历史工单', details: '请提供 2026 年 1 月以来的工单数据。' },
    en: { topic: 'Past tickets', details: 'Please hand over the tickets since January 2026.' },
  },
  'matter-reminder': {
    zh: { topic: '在行业论坛引用测评结论' },
    en: { topic: 'Quoting the findings at a trade forum' },
  },
};
