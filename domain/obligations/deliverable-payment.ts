import type { Pay } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { partyOf } from '../agreement/parties.ts';
import { payDebt } from '../ledger/paying.ts';
import { subtractMoney } from '../money.ts';
import { localDateAt } from '../zone.ts';
import { postAccrued } from './deliverable-penalty.ts';
import { type DeliverableContext, evolveObligation, subjectOf } from './deliverable-state.ts';

/** What is paid of its penalty: what has accrued to that day is posted first, and no more than that is owed. */
export function pay(context: DeliverableContext, command: Pay): Decision | Rejection {
  const { agreement, rule, state, inForceOn } = context;
  const { penalty } = rule;
  if (!penalty) return { rejected: 'unknown-obligation', message: `${rule.id} is no payment and bears no penalty` };
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  const accrued = postAccrued(context, today, command.receivedAtMs, command.actor, command.id);
  const after = accrued.reduce(evolveObligation, state);
  const reference = referenceOf({ obligation: rule.id, occurrence: state.occurrence });
  const paid = payDebt(
    {
      agreement,
      inForceOn,
      about: `penalty:${reference}`,
      debtor: partyOf(agreement, rule.responsible),
      creditor: penalty.creditor,
      currency: penalty.currency,
      owed: after.paid.reduce((left, { amount }) => subtractMoney(left, amount), after.posted.amount),
      clauses: penalty.clauses,
      subject: subjectOf(context),
    },
    command,
  );
  return 'rejected' in paid ? paid : decision({ ...paid, events: [...accrued, ...paid.events] });
}
