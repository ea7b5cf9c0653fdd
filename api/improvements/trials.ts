import type { ImprovementState } from '../../domain/improvement/state.ts';
import type { Instant } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { ImprovementAct } from './schema.ts';

type Trial = { type: string } & Record<string, unknown>;

const FILES = [{ sha256: '0'.repeat(64), size: 1 }];

/** For each act, commands that are right in everything that whoever acts can still choose. */
export function improvementTrials(state: ImprovementState, atMs: Instant): Record<ImprovementAct, Trial[]> {
  const { input, version, measures, finding, answeredCustomers } = state;
  const { rules, seats, parties } = input;
  const owners = [...seats, ...parties].filter((seat) => seat !== rules.checks?.by).slice(0, 1);
  const measure = { id: 'measure-1', kind: 'other', dueOn: localDateAt(input.zone, atMs) };
  return {
    classify: [{ type: 'classify', category: rules.categories[0] ?? null }],
    merge: [{ type: 'merge', into: 'another' }],
    dismiss: [{ type: 'dismiss' }],
    investigate: [{ type: 'investigate', documents: [] }],
    plan: owners.map((owner) => ({
      type: 'plan',
      hasCause: true,
      goal: null,
      measures: [{ ...measure, owner }],
      documents: [],
    })),
    approve: [{ type: 'approve-plan', version }],
    reject: [{ type: 'reject-plan', version, pointCount: 1 }],
    complete: measures
      .filter(({ completedAtMs }) => completedAtMs === null)
      .map(({ id }) => ({ type: 'complete', measure: id, documents: FILES })),
    check: [{ type: 'check', verdict: 'on-track', documents: FILES }],
    verify: [
      { type: 'verify', verdict: 'effective', documents: FILES },
      { type: 'verify', verdict: 'ineffective', documents: FILES },
    ],
    'answer-customers': [
      { type: 'answer-customers', customers: finding.raisedBy.filter((one) => !answeredCustomers.includes(one)) },
    ],
    'customer-verdict': answeredCustomers.slice(0, 1).map((customer) => {
      return { type: 'customer-verdict', customer, satisfied: true };
    }),
    publish: [{ type: 'publish-results', documents: [] }],
    close: [{ type: 'close' }],
  };
}
