import type { RenewalPack } from '../agreement/notice.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { AgreementState, Claim } from '../agreement/state.ts';
import { compareMoney } from '../money.ts';
import { rulesOf } from '../obligations/registry.ts';
import type { LocalDate } from '../time.ts';

/**
 * What stands beside the decision on a renewal (S003-A-02): what the goals are measured against, how the surveys of this
 * term were handed in, and what is open. What the surveys said stands in their own records, and is read from there.
 */
export function renewalPack(state: AgreementState): { open: string[]; pack: RenewalPack } {
  const open = obligationContexts(state)
    .filter(({ rule, state: one }) => one.due !== null && rulesOf(rule).isOpen(one))
    .map(({ rule: { id, kind }, state: { occurrence } }) => ({
      kind,
      of: referenceOf({ obligation: id, occurrence }),
    }));
  return {
    open: open.filter(({ kind }) => kind !== 'improvement').map(({ of }) => of),
    pack: {
      plans: open.filter(({ kind }) => kind === 'improvement').map(({ of }) => of),
      goals: goals(state),
      surveys: surveys(state),
      matters: state.matters.filter(({ endedAtMs }) => endedAtMs === null).map(({ id, kind }) => ({ id, kind })),
      breaches: state.breaches.filter(({ status }) => status !== 'cured').map(({ id }) => id),
      claims: state.claims.filter(isUnsettled).map(({ id }) => id),
    },
  };
}

function goals({ agreement, baselines }: AgreementState): RenewalPack['goals'] {
  return (agreement.life?.baselines ?? []).map(({ goal }) => ({
    goal,
    value: baselines.findLast((one) => one.goal === goal)?.value ?? null,
  }));
}

/** Null where the agreement asks for no survey. */
function surveys(state: AgreementState): RenewalPack['surveys'] {
  const { agreement, inForceOn, renewal } = state;
  if (!agreement.obligations.some(({ kind }) => kind === 'survey')) return null;
  const from: LocalDate = renewal.terms.at(-1)?.before ?? inForceOn ?? '';
  const found = obligationContexts(state).filter(
    ({ rule, state: { due } }) => rule.kind === 'survey' && due !== null && due.localDate > from,
  );
  const count = (status: 'fulfilled' | 'fulfilled-late' | 'overdue'): number =>
    found.filter(({ state: one }) => one.status === status).length;
  return { inTime: count('fulfilled'), late: count('fulfilled-late'), missing: count('overdue') };
}

/** Neither dropped nor agreed and paid. */
function isUnsettled({ status, payable, paid = '0' }: Claim): boolean {
  if (status === 'dropped') return false;
  return status !== 'agreed' || compareMoney(payable ?? '0', paid) > 0;
}
