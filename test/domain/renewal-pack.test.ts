import { expect, test } from 'vitest';
import type { CompiledLife, CompiledObligation } from '../../domain/agreement/compiled.ts';
import { renewalPack } from '../../domain/life/renewal-pack.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const LIFE: Partial<CompiledLife> = {
  renewal: { automatic: true, noticeDays: 30, internalDays: 15, months: null, clauses: ['S001b-65'] },
  baselines: [
    { goal: 'score', term: 'baselineScore', clauses: ['S000-05'], value: null, confirmedBy: ['A', 'B'] },
    { goal: 'response', term: 'baselineResponse', clauses: ['S000-05'], value: null, confirmedBy: ['A', 'B'] },
  ],
  liabilities: [{ id: 'breach', liable: null, cap: null, shares: null, answerDays: null, clauses: ['S001b-103'] }],
  terminations: [
    {
      id: 'breach-end',
      ground: 'breach',
      gates: ['negotiation-failed'],
      noticeDays: null,
      negotiationDays: 10,
      cureDays: null,
      codes: [],
      clauses: ['S001a-35'],
    },
  ],
  requests: [{ id: 'data', from: 'A', to: 'B', replyDays: 5, clauses: ['S000-10'] }],
};

/** In force from 2026-03-02 for a year. */
function inForce(duties: CompiledObligation[], life: Partial<CompiledLife> = LIFE): Life {
  const agreement = agreementOf(duties, { term: { unit: 'years', count: 1 }, life: lifeOf(life) });
  return new Life(agreement, '2026-03-02 09:00').sign('2026-03-02 10:00');
}

const quarterly = duty('survey', 'effect', '0 days', {
  kind: 'survey',
  recurrence: { by: 'interval', every: { unit: 'months', count: 3 }, edge: 'end' },
});

test('surveys, plans, goals, matters, breaches and claims stand beside the decision, in both announcements (S003-A-02)', () => {
  const plan = duty('plan', 'effect', '500 days', { kind: 'improvement' });
  const handbook = duty('handbook', 'effect', '10 days');
  const life = inForce([quarterly, plan, handbook])
    .act('2026-03-03 10:00', 'A', { type: 'enter-baseline', goal: 'score', value: '86.5', documents: [] })
    .submit('2026-06-01 10:00', 'survey#2026-03-02', 'B')
    .submit('2026-09-10 10:00', 'survey#2026-06-02', 'B') // due 09-02
    .act('2026-09-14 10:00', 'A', {
      type: 'open-matter',
      kind: 'request',
      rule: 'data',
      documents: [],
    })
    .act('2026-10-12 10:00', 'A', {
      type: 'serve',
      notice: 'breach',
      breach: 'handbook',
      servedOn: '2026-10-12',
      documents: [paper()],
    })
    .act('2026-11-02 10:00', 'A', {
      type: 'claim',
      claim: 'lost-sales',
      amount: '12000.00',
      obligation: 'handbook',
      documents: [paper()],
    })
    .until('2027-02-01 12:00');
  expect(life.rejections).toEqual([]);
  const told = life.notices.filter(({ kind }) => kind === 'renewal-outlook' || kind === 'renewal-notice');
  expect(told.map(({ kind, seat }) => `${kind} ${seat}`)).toEqual([
    'renewal-outlook coordinator',
    'renewal-notice A',
    'renewal-notice B',
  ]);
  told.forEach(({ facts }) => {
    expect(facts.open).toEqual(['survey#2026-09-02', 'survey#2026-12-02', 'handbook']);
    expect(facts.pack).toEqual({
      plans: ['plan'],
      goals: [
        { goal: 'score', value: '86.5' },
        { goal: 'response', value: null },
      ],
      surveys: { inTime: 1, late: 1, missing: 1 }, // the one due on 2026-12-02 is missing, that of 2027-03-02 not due
      matters: [{ id: 'request-1', kind: 'request' }],
      breaches: ['breach-1'],
      claims: ['lost-sales'],
    });
  });
});

test('what is settled is not there; no survey is owed: none is counted', () => {
  const life = inForce([duty('handbook', 'effect', '10 days')])
    .act('2026-10-12 10:00', 'A', {
      type: 'claim',
      claim: 'lost-sales',
      amount: '12000.00',
      obligation: 'handbook',
      documents: [paper()],
    })
    .act('2026-10-13 10:00', 'B', {
      type: 'answer',
      claim: 'lost-sales',
      verdict: 'agree',
      amount: '9000.00',
      documents: [],
    });
  expect(renewalPack(life.state).pack.claims).toEqual(['lost-sales']); // agreed, and not paid
  life.submit('2026-10-14 10:00', 'handbook', 'B').act('2026-10-15 10:00', 'B', {
    type: 'pay',
    claim: 'lost-sales',
    amount: '9000.00',
    documents: [],
  });
  expect(life.rejections).toEqual([]);
  expect(renewalPack(life.state)).toMatchObject({ open: [], pack: { surveys: null, claims: [], breaches: [] } });
});

test('a renewed term counts its own surveys', () => {
  const life = inForce([quarterly]).submit('2026-06-01 10:00', 'survey#2026-03-02', 'B').until('2027-07-01 09:00');
  expect(life.state.renewal.terms).toHaveLength(1);
  // Those of 2026 were of the term before; of the renewed term the one due on 2027-06-02 is missing.
  expect(renewalPack(life.state).pack.surveys).toEqual({ inTime: 0, late: 0, missing: 1 });
});
