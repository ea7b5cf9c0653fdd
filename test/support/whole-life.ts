import type {
  CompiledAgreement,
  CompiledDeliverable,
  CompiledLife,
  CompiledPatch,
  CompiledPayment,
} from '../../domain/agreement/compiled.ts';
import { duty, lifeOf, serviceAttachments } from './life.ts';

/** 80,000.00 that B owes A so many days after the effect, at 0.5 % a day when it is late (S001a-71). */
export function fee(days: number, change: Partial<CompiledPayment> = {}): CompiledPayment {
  const { deadline } = duty('fee', 'effect', `${days} days`);
  return {
    id: 'fee',
    kind: 'payment',
    rule: 'payment@1',
    clauses: ['S001a-71'],
    responsible: 'B',
    payee: 'A',
    amount: '80000.00',
    currency: 'CNY',
    deadline,
    reminderLeadDays: [3],
    lateFee: { clauses: ['S001a-71'], rate: '0.005', graceDays: 0, cap: null },
    mayHoldBack: true,
    review: null,
    penalty: null,
    ...change,
  };
}

/** A report of A due so many days after the effect, at 5,000.00 a day when it is late, at most 200,000.00. */
export function report(days: number): CompiledDeliverable {
  const penalty = {
    clauses: ['S001a-69'],
    creditor: 'B',
    base: '1000000.00',
    rate: '0.005',
    currency: 'CNY',
    graceDays: 0,
    cap: '200000.00',
  };
  return duty('report', 'effect', `${days} days`, { responsible: 'A', penalty, clauses: ['S001a-60'] });
}

/** A contract that provides for everything that can happen in a life. */
export const WHOLE_LIFE: CompiledLife = lifeOf({
  baselines: [{ goal: 'score', term: 'scoreBaseline', clauses: ['S004-11'], value: null, confirmedBy: ['A', 'B'] }],
  amendment: { consent: ['A', 'B'], lapseDays: 10, clauses: ['S001a-33'] },
  override: { by: ['desk', 'coordinator'], clauses: ['S004-27'] },
  suspension: [{ grounds: ['force-majeure', 'agreed-pause'], clauses: ['S001a-36'] }],
  renewal: { automatic: true, noticeDays: 30, internalDays: 14, months: 6, clauses: ['S001b-64'] },
  terminations: [
    ending('by-agreement', { ground: 'mutual', gates: ['both-approve'] }),
    ending('for-breach', {
      ground: 'breach',
      gates: ['negotiation-failed', 'innocent-party'],
      negotiationDays: 10,
      noticeDays: 15,
    }),
    ending('for-serious-breach', { ground: 'serious-breach', gates: ['innocent-party'] }),
    ending('for-force-majeure', { ground: 'force-majeure', gates: ['written-notice'], noticeDays: 5 }),
    ending('on-a-listed-ground', { ground: 'agreed-list', gates: ['written-notice'], codes: ['moved'], noticeDays: 7 }),
  ],
  afterwards: [
    { id: 'answers', responsible: 'A', kind: 'service', days: 20, clauses: ['S001a-40'] },
    { id: 'close-out', responsible: 'A', kind: 'close-out', days: 10, clauses: ['S001c-66'] },
    { id: 'secrecy', responsible: 'B', kind: 'secrecy', days: null, clauses: ['S003-K-12'] },
  ],
  liabilities: [
    {
      id: 'loss',
      liable: null,
      cap: { amount: '100000.00', currency: 'CNY' },
      shares: { A: '0.5', B: '0.5' },
      answerDays: 10,
      clauses: ['S001b-103'],
    },
  ],
  bookings: [
    { id: 'deposit', kind: 'deposit', clauses: ['S003-C-04'], shares: null },
    { id: 'outside-cost', kind: 'cost-share', clauses: ['S001b-86'], shares: { A: '0.3', B: '0.7' } },
  ],
  disputes: [{ id: 'disputes', clauses: ['S001a-76'], negotiationDays: 30, hasForum: true }],
  requests: [{ id: 'data', from: 'A', to: 'B', replyDays: 5, clauses: ['S003-K-06'] }],
  confidentiality: [{ id: 'secrets', clauses: ['S001a-45'], bound: ['A', 'B'] }],
  meetings: [{ id: 'meetings', clauses: ['S004-20'] }],
  penaltyWarning: { base: '1000000.00', currency: 'CNY', percent: '30' },
});

function ending(
  id: string,
  change: Pick<CompiledLife['terminations'][number], 'ground'> & Partial<CompiledLife['terminations'][number]>,
): CompiledLife['terminations'][number] {
  return {
    id,
    gates: [],
    noticeDays: null,
    negotiationDays: null,
    cureDays: null,
    codes: [],
    clauses: [id],
    ...change,
  };
}

/** Report, plan with review, monthly duty and fee between A and B, from the effect to 2027-03-31, renewed by itself. */
export function wholeLife(change: Partial<CompiledAgreement> = {}): CompiledAgreement {
  return serviceAttachments({
    seats: ['A', 'B', 'desk', 'coordinator'],
    seatParties: { desk: 'B' },
    expiresOn: '2027-03-31',
    obligations: [
      report(30),
      duty('plan', 'effect', '60 days', {
        responsible: 'A',
        review: { reviewers: ['A', 'B'], windowDays: 10, reworkDays: 10, clauses: ['S001a-61'] },
      }),
      duty('survey', 'effect', '0 days', {
        recurrence: { by: 'period', period: 'month', edge: 'end', partialFirst: true },
      }),
      fee(45),
    ],
    life: WHOLE_LIFE,
    ...change,
  });
}

/** A change that makes the report due so many days after the effect. */
export function reportDueAfter(days: number): CompiledPatch {
  return { obligations: [report(days)], removed: [], terms: ['reportDays'] };
}
