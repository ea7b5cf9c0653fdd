import { Big } from 'big.js';
import { COORDINATOR, THIRD } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { LedgerLine } from '../agreement/event.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addMoney, compareMoney, isZeroMoney, shareMoney, subtractMoney } from '../money.ts';
import { processDecision } from '../process/fold.ts';
import type { LocalDate } from '../time.ts';
import { capOn } from './cap.ts';
import { sumOf } from './costs.ts';
import type { EngagementEventBody } from './event.ts';
import { posting } from './posting.ts';
import { type Command, type Decision, byParty, byThird, causeOf, dayOf, refuse, saidBy, unproven } from './standing.ts';
import type { EngagementState, Loss } from './state.ts';
import { asking, everybody, news } from './telling.ts';

/** A cap is warned of as its balance reaches these shares of it (design §5). */
const PERCENTS = [50, 80, 100];

/** What agreed losses have taken of the cap. */
export function usedOf({ losses }: Pick<EngagementState, 'losses'>): string {
  return losses
    .filter(({ cause, status, cap }) => cause === THIRD && status === 'agreed' && cap !== null)
    .reduce((sum, { recoverable }) => addMoney(sum, recoverable ?? '0'), '0');
}

/** How a loss is borne: what can be asked of the third party, and what stays with the parties. */
export type Borne = Pick<Loss, 'cap' | 'recoverable' | 'ownLoss' | 'ownShares'>;

/**
 * The cap of its day prevails over "full responsibility" (ambiguities on S001a-56): 120,000.00 with a cap of 100,000.00 is
 * 100,000.00 to be recovered and 20,000.00 of one's own, shared where a share is agreed. Without a cap the law decides, and
 * nothing is reckoned. Whoever of the parties caused it bears it (S001b-83, S001b-84).
 */
export function borneOf(
  state: EngagementState,
  { amount, cause, category, lossOn }: Pick<Loss, 'amount' | 'cause' | 'category' | 'lossOn'>,
): Borne {
  const { currency, rules } = state.input;
  const { lossShares, leaksUncapped } = rules.liability;
  const nothing = subtractMoney(amount, amount);
  if (cause !== THIRD) return { cap: null, recoverable: nothing, ownLoss: amount, ownShares: { [cause]: amount } };
  const cap = rules.cap === null ? null : capOn(state, lossOn);
  if (category === 'leak' && leaksUncapped) {
    return { cap: null, recoverable: amount, ownLoss: nothing, ownShares: null };
  }
  if (cap === null) return { cap: null, recoverable: null, ownLoss: null, ownShares: null };
  const unused = subtractMoney(cap, usedOf(state));
  const left = compareMoney(unused, '0') < 0 ? nothing : unused;
  const recoverable = compareMoney(amount, left) < 0 ? amount : addMoney(left, nothing);
  const ownLoss = subtractMoney(amount, recoverable);
  const bearers = Object.keys(lossShares ?? {});
  const sums = lossShares === null ? [] : shareMoney(ownLoss, Object.values(lossShares), currency);
  const ownShares =
    lossShares === null || isZeroMoney(ownLoss)
      ? null
      : Object.fromEntries(bearers.map((party, index) => [party, sums[index] ?? '0']));
  return { cap, recoverable, ownLoss, ownShares };
}

/** A loss is reported with its cause, which decides who is liable, and its evidence (S001a-46, S001b-73, S001b-105). */
export function reportLoss(command: Command<'report-loss'>, state: EngagementState): Decision | Rejection {
  const { input, losses, signedOn } = state;
  const { loss, cause, category, documents, actor, receivedAtMs } = command;
  const { clauses } = input.rules.liability;
  const { currency, parties } = input;
  const by = saidBy(input, actor);
  if (!byParty(state, actor)) return refuse('not-responsible', `reported by ${parties.join(' or ')}`, clauses);
  if (signedOn === null) {
    return refuse('gate-closed', `${input.reference} is ${state.status}: no agreement of it was in force`, clauses);
  }
  if (documents.length === 0) return refuse('evidence-missing', 'a loss is shown by a document', clauses);
  if (losses.some((one) => one.loss === loss)) return refuse('name-taken', `there is a loss ${loss}`, clauses);
  if (cause !== THIRD && !parties.includes(cause)) {
    return refuse('unknown-seat', `caused by ${THIRD}, ${parties.join(' or ')}`, clauses);
  }
  const of = command.of ?? by ?? parties.find((party) => party !== cause) ?? '';
  if (!parties.includes(of)) return refuse('unknown-seat', `suffered by ${parties.join(' or ')}`, clauses);
  const amount = sumOf(command.amount, currency, clauses);
  if (typeof amount !== 'string') return amount;
  const today = dayOf(input, command);
  const lossOn: LocalDate = command.lossOn ?? today;
  if (lossOn > today || lossOn < signedOn) {
    return refuse('date-out-of-range', `it occurred between ${signedOn} and ${today}`, clauses);
  }
  const borne = borneOf(state, { amount, cause, category, lossOn });
  const status = cause === THIRD ? 'claimed' : 'own';
  const event: EngagementEventBody = {
    ...causeOf(command, clauses),
    type: 'engagement-loss-reported',
    loss,
    by: by ?? COORDINATOR,
    of,
    amount,
    currency,
    cause,
    category,
    lossOn,
    ...borne,
    status,
    documents,
  };
  const telling = { atMs: receivedAtMs, clauses, facts: { about: loss, amount, currency, by: of } };
  return processDecision<EngagementEventBody>({
    events: [event],
    schedule: [
      ...news(state, event.type, { ...telling, own: actor.seat, seats: parties }),
      ...(status === 'claimed' ? asking(state, 'loss', [input.thirdSeat], telling) : []),
    ],
  });
}

/**
 * The third party agrees to pay, at most what the cap leaves; no money moves before it does, for nobody decides for another
 * party. It may dispute; whoever asked may drop it.
 */
export function answerLoss(command: Command<'answer-loss'>, state: EngagementState): Decision | Rejection {
  const { input, losses } = state;
  const { loss, verdict, documents, actor, receivedAtMs } = command;
  const { clauses } = input.rules.liability;
  const { currency, thirdSeat } = input;
  const known = losses.find((one) => one.loss === loss);
  if (!known) return refuse('unknown-claim', `no loss ${loss} was reported`, clauses);
  const isOwn = verdict === 'drop' ? saidBy(input, actor) === known.of : byThird(state, actor);
  if (!isOwn)
    return refuse(
      'not-responsible',
      verdict === 'drop' ? `dropped by ${known.of}` : 'answered by the third party',
      clauses,
    );
  const entered = unproven(actor, documents);
  if (entered) return entered;
  if (known.status !== 'claimed' && known.status !== 'disputed') {
    return refuse('claim-closed', `${loss} is ${known.status}`, clauses);
  }
  const cause = causeOf(command, clauses);
  const telling = { atMs: receivedAtMs, own: actor.seat, clauses, seats: everybody(state), facts: { about: loss } };
  if (verdict !== 'agree') {
    const type = verdict === 'drop' ? 'engagement-loss-dropped' : 'engagement-loss-disputed';
    return processDecision<EngagementEventBody>({
      events: [{ ...cause, type, loss }],
      schedule: news(state, type, telling),
    });
  }
  const amount = command.amount === undefined ? known.amount : sumOf(command.amount, currency, clauses);
  if (typeof amount !== 'string') return amount;
  if (compareMoney(amount, known.amount) > 0) {
    return refuse('amount-too-large', `${known.amount} ${currency} was reported`, clauses);
  }
  const borne = borneOf(state, { ...known, amount });
  // Where the law decides, the sum is what both sides agree on.
  const recoverable = borne.recoverable ?? amount;
  const ownLoss = borne.ownLoss ?? subtractMoney(amount, amount);
  const lines: LedgerLine[] = isZeroMoney(recoverable)
    ? []
    : [
        {
          kind: 'claim',
          debtor: thirdSeat,
          creditor: known.of,
          amount: recoverable,
          currency,
          about: `engagement:${input.reference}`,
        },
      ];
  const agreed: EngagementEventBody = {
    ...cause,
    type: 'engagement-loss-agreed',
    loss,
    amount,
    recoverable,
    ownLoss,
    ownShares: borne.ownShares,
    lines,
  };
  const warned = borne.cap === null ? [] : capReached(state, { cap: borne.cap, more: recoverable }, cause);
  return processDecision<EngagementEventBody>({
    events: [agreed, ...warned],
    schedule: [
      ...news(state, agreed.type, { ...telling, facts: { about: loss, amount: recoverable, currency } }),
      ...warned.flatMap((one) =>
        one.type === 'engagement-cap-reached'
          ? news(state, one.type, {
              atMs: receivedAtMs,
              clauses,
              seats: [...everybody(state), COORDINATOR],
              facts: { percent: one.percent, amount: one.used, cap: one.cap, currency },
            })
          : [],
      ),
    ],
    errands: posting(state, lines, command, clauses),
  });
}

/** The highest of the percentages that the cap has newly reached. */
function capReached(
  state: EngagementState,
  { cap, more }: { cap: string; more: string },
  cause: ReturnType<typeof causeOf>,
): EngagementEventBody[] {
  const { currency } = state.input;
  const used = addMoney(usedOf(state), more);
  const reached = PERCENTS.filter(
    (percent) => !state.warned.includes(percent) && new Big(used).times(100).gte(new Big(cap).times(percent)),
  );
  const percent = reached.at(-1);
  return percent === undefined ? [] : [{ ...cause, type: 'engagement-cap-reached', percent, used, cap, currency }];
}

/** What a party has paid to the other for the third party's doing, and asks of it (S001b-82). */
export function recordRecourse(command: Command<'record-recourse'>, state: EngagementState): Decision | Rejection {
  const { input, losses } = state;
  const { loss, documents, actor } = command;
  const { clauses } = input.rules.liability;
  const by = saidBy(input, actor);
  if (input.rules.liability.clauses.length === 0) return notProvided('recourse against the third party');
  if (by === undefined || !input.parties.includes(by)) {
    return refuse('not-responsible', `recorded by ${input.parties.join(' or ')}`, clauses);
  }
  if (documents.length === 0) return refuse('evidence-missing', 'what was paid is shown by a document', clauses);
  const known = losses.find((one) => one.loss === loss);
  if (!known) return refuse('unknown-claim', `no loss ${loss} was reported`, clauses);
  if (known.cause !== THIRD) {
    return refuse('not-responsible', `${loss} was caused by ${known.cause}, not by the third party`, clauses);
  }
  const amount = sumOf(command.amount, input.currency, clauses);
  if (typeof amount !== 'string') return amount;
  if (compareMoney(addMoney(known.recourse, amount), known.amount) > 0) {
    return refuse('amount-too-large', `${known.amount} ${input.currency} was lost`, clauses);
  }
  const { currency } = input;
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-recourse-recorded', loss, by, amount, currency }],
  });
}
