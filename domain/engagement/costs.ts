import { THIRD } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { LedgerLine } from '../agreement/event.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addMoney, compareMoney, isZeroMoney, negateMoney, parseMoney, shareMoney, subtractMoney } from '../money.ts';
import { processDecision } from '../process/fold.ts';
import type { EngagementEventBody } from './event.ts';
import { posting } from './posting.ts';
import {
  type Command,
  type Decision,
  byParty,
  byThird,
  causeOf,
  dueIn,
  gate,
  dayOf,
  refuse,
  saidBy,
} from './standing.ts';
import type { EngagementState } from './state.ts';
import { asking, costAbout, news, partiesOf } from './telling.ts';

/** A positive sum in its canonical form. */
export function sumOf(amount: string, currency: string, clauses: string[]): string | Rejection {
  const read = parseMoney(amount, currency);
  if ('error' in read || isZeroMoney(read.amount)) {
    return refuse('amount-invalid', `${JSON.stringify(amount)} is no sum in ${currency}`, clauses);
  }
  return read.amount;
}

/** Costs are settled after the end as well; never before the agreement is signed (S001b-87). */
function settles(state: EngagementState, command: { receivedAtMs: number }): Rejection | undefined {
  return state.status === 'ended' || (state.status === 'closed' && state.startsOn !== null)
    ? undefined
    : gate(state, dayOf(state.input, command));
}

/**
 * A cost of the third party, with its document: each party owes its share, which add up to the cost; 1000.01 at 50 % is
 * 500.01 and 500.00 (S001b-86). Where a party has paid the whole, the others owe it theirs. Within how many days the third party is
 * paid is what is agreed, the day of the charge not counted (S001b-87); nothing is agreed for what parties owe each other.
 */
export function charge(command: Command<'charge'>, state: EngagementState): Decision | Rejection {
  const { input, charges, draft } = state;
  const { paidBy, documents, actor, receivedAtMs } = command;
  const rule = input.rules.fee;
  if (rule === null) return notProvided('fee of the third party');
  const { clauses } = rule;
  const { currency, thirdSeat, parties } = input;
  if (!byThird(state, actor) && !byParty(state, actor)) {
    return refuse('not-responsible', 'charged by the third party or a party', clauses);
  }
  const closed = settles(state, command);
  if (closed) return closed;
  if (documents.length === 0) return refuse('evidence-missing', 'a cost is charged with its document', clauses);
  if (rule.shares === null) return { ...notProvided('ratio in which the parties share the cost'), clauses };
  const amount = sumOf(command.amount, currency, clauses);
  if (typeof amount !== 'string') return amount;
  if (draft?.fee?.basis === 'agreed') {
    const total = charges.reduce((sum, one) => addMoney(sum, one.amount), amount);
    if (compareMoney(total, draft.fee.amount) > 0) {
      return refuse('amount-too-large', `a fee of ${draft.fee.amount} ${currency} is agreed in all`, clauses);
    }
  }
  if (paidBy !== undefined && !parties.includes(paidBy)) {
    return refuse('unknown-seat', `paid by one of ${parties.join(', ')}`, clauses);
  }
  const bearers = Object.keys(rule.shares);
  const sums = shareMoney(amount, Object.values(rule.shares), currency);
  const shares = Object.fromEntries(bearers.map((party, index) => [party, sums[index] ?? '0']));
  const creditor = paidBy ?? thirdSeat;
  const kind = bearers.length > 1 ? 'cost-share' : 'fee';
  const about = `engagement:${input.reference}`;
  const lines = Object.entries(shares).flatMap(([debtor, share]): LedgerLine[] =>
    debtor === creditor || isZeroMoney(share) ? [] : [{ kind, debtor, creditor, amount: share, currency, about }],
  );
  const number = charges.length + 1;
  const due = paidBy === undefined && lines.length > 0 ? dueIn(input, dayOf(input, command), rule.days) : null;
  const event: EngagementEventBody = {
    ...causeOf(command, clauses),
    type: 'engagement-cost-charged',
    number,
    amount,
    currency,
    shares,
    due,
    lines,
    documents,
  };
  const asked = due === null ? [] : lines;
  return processDecision<EngagementEventBody>({
    events: [event],
    schedule: [
      ...news(state, event.type, {
        atMs: receivedAtMs,
        own: actor.seat,
        clauses,
        seats: partiesOf(state).filter((party) => !asked.some(({ debtor }) => debtor === party)),
        facts: { amount, currency },
      }),
      ...asked.flatMap(({ debtor, amount: share }) =>
        asking(state, 'pay', [debtor], {
          atMs: receivedAtMs,
          clauses,
          facts: {
            ...{ about: costAbout(number, debtor), amount: share, currency },
            ...(due && { dueAtMs: due.dueAtMs, localDate: due.localDate }),
          },
        }),
      ),
    ],
    errands: posting(state, lines, command, clauses),
  });
}

/**
 * A party pays the third party what it owes; what it pays above its own share it pays for the others, who owe it to the payer
 * from then on. Of what somebody owes the oldest cost is settled first.
 */
export function pay(command: Command<'pay'>, state: EngagementState): Decision | Rejection {
  const { input, owed } = state;
  const { documents, actor, receivedAtMs } = command;
  const rule = input.rules.fee;
  if (rule === null) return notProvided('fee of the third party');
  const { clauses } = rule;
  const { currency, thirdSeat, parties } = input;
  const by = saidBy(input, actor);
  if (by === undefined || !parties.includes(by) || by === THIRD) {
    return refuse('not-responsible', `paid by ${parties.join(' or ')}`, clauses);
  }
  const closed = settles(state, command);
  if (closed) return closed;
  const amount = sumOf(command.amount, currency, clauses);
  if (typeof amount !== 'string') return amount;
  const open = Object.values(owed).reduce(addMoney, '0');
  if (compareMoney(amount, open) > 0) {
    return refuse(
      'amount-too-large',
      `${open === '0' ? 'nothing' : `${open} ${currency}`} is owed to the third party`,
      clauses,
    );
  }
  const about = `engagement:${input.reference}`;
  let left = amount;
  const settled: Record<string, string> = {};
  const lines: LedgerLine[] = [];
  for (const debtor of [by, ...parties.filter((one) => one !== by)]) {
    const due = owed[debtor] ?? '0';
    const part = compareMoney(due, left) < 0 ? due : left;
    if (isZeroMoney(part)) continue;
    left = subtractMoney(left, part);
    settled[debtor] = part;
    lines.push({ kind: 'payment', debtor, creditor: thirdSeat, amount: negateMoney(part), currency, about });
    if (debtor !== by) lines.push({ kind: 'cost-share', debtor, creditor: by, amount: part, currency, about });
  }
  const event: EngagementEventBody = {
    ...causeOf(command, clauses),
    type: 'engagement-cost-paid',
    by,
    amount,
    currency,
    settled,
    lines,
    documents,
  };
  const seats = [thirdSeat, ...Object.keys(settled)];
  return processDecision<EngagementEventBody>({
    events: [event],
    schedule: news(state, event.type, {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats,
      facts: { amount, currency },
    }),
    errands: posting(state, lines, command, clauses),
  });
}
