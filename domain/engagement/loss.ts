import { COORDINATOR, THIRD } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { LedgerLine } from '../agreement/event.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addMoney, compareMoney, isZeroMoney, shareMoney, subtractMoney } from '../money.ts';
import { processDecision } from '../process/fold.ts';
import type { LocalDate } from '../time.ts';
import { capNews, capOn, capReached, usedOf } from './cap.ts';
import { sumOf } from './costs.ts';
import type { EngagementEventBody } from './event.ts';
import { posting } from './posting.ts';
import {
  type Command,
  type Decision,
  byParty,
  causeOf,
  dayOf,
  nextName,
  refuse,
  saidBy,
  unproven,
} from './standing.ts';
import type { EngagementState, Loss } from './state.ts';
import { asking, everybody, news } from './telling.ts';

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
  const { rules } = state.input;
  const { leaksUncapped } = rules.liability;
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
  return { cap, recoverable, ownLoss, ownShares: ownSharesOf(state, ownLoss) };
}

/** How the parties share what is above the cap; null: nothing is, or no share is agreed. */
function ownSharesOf({ input }: EngagementState, ownLoss: string): Record<string, string> | null {
  const { lossShares } = input.rules.liability;
  if (lossShares === null || isZeroMoney(ownLoss)) return null;
  const sums = shareMoney(ownLoss, Object.values(lossShares), input.currency);
  return Object.fromEntries(Object.keys(lossShares).map((party, index) => [party, sums[index] ?? '0']));
}

/** A loss is reported with its cause, which decides who is liable, and its evidence (S001a-46, S001b-73, S001b-105). */
export function reportLoss(command: Command<'report-loss'>, state: EngagementState): Decision | Rejection {
  const { input, losses, signedOn } = state;
  const { cause, category, documents, actor, receivedAtMs } = command;
  const { clauses } = input.rules.liability;
  const { currency, parties } = input;
  const by = saidBy(input, actor);
  if (!byParty(state, actor)) return refuse('not-responsible', `reported by ${parties.join(' or ')}`, clauses);
  if (signedOn === null) {
    return refuse('gate-closed', `${input.reference} is ${state.status}: no agreement of it was in force`, clauses);
  }
  if (documents.length === 0) return refuse('evidence-missing', 'a loss is shown by a document', clauses);
  const names = losses.map((one) => one.loss);
  const loss = command.loss ?? nextName('loss', names);
  if (names.includes(loss)) return refuse('name-taken', `there is a loss ${loss}`, clauses);
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
  // A party says of itself that it bears it; of another one it asks (nobody decides for another party).
  const status = cause === by ? 'own' : 'claimed';
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
  // A leak that is reported suspends the access that rests on the undertaking, until a party gives it again (S001b-75, S001c-76).
  const { undertaking } = input.rules;
  const isLeak = undertaking !== null && category === 'leak' && cause === THIRD && state.access === 'granted';
  const withdrawn: EngagementEventBody[] = isLeak
    ? [{ ...causeOf(command, undertaking.clauses), type: 'engagement-access-withdrawn' }]
    : [];
  const left = { atMs: receivedAtMs, clauses: undertaking?.clauses ?? clauses, seats: everybody(state) };
  return processDecision<EngagementEventBody>({
    events: [event, ...withdrawn],
    schedule: [
      ...withdrawn.flatMap(({ type }) => news(state, type, left)),
      ...news(state, event.type, { ...telling, own: actor.seat, seats: parties }),
      ...(status === 'claimed' ? asking(state, 'loss', [cause], telling) : []),
    ],
  });
}

/**
 * Whoever is said to have caused it agrees to pay, the third party at most what the cap leaves; no money moves before it does, for
 * nobody decides for another party. What it agrees to in part settles that part alone: the rest stays in dispute until it agrees
 * to that, too, or whoever asked drops it.
 */
export function answerLoss(command: Command<'answer-loss'>, state: EngagementState): Decision | Rejection {
  const { input, losses } = state;
  const { loss, verdict, documents, actor, receivedAtMs } = command;
  const { clauses } = input.rules.liability;
  const { currency, thirdSeat } = input;
  const said = saidBy(input, actor);
  const known = losses.find((one) => one.loss === loss);
  if (!known) return refuse('unknown-claim', `no loss ${loss} was reported`, clauses);
  if (said === undefined || said !== (verdict === 'drop' ? known.of : known.cause)) {
    const message = verdict === 'drop' ? `dropped by ${known.of}` : `answered by ${known.cause}`;
    return refuse('not-responsible', message, clauses);
  }
  const entered = unproven(actor, documents);
  if (entered) return entered;
  if (known.status !== 'claimed' && known.status !== 'disputed') {
    return refuse('claim-closed', `${loss} is ${known.status}`, clauses);
  }
  const cause = causeOf(command, clauses);
  const telling = { atMs: receivedAtMs, own: actor.seat, clauses, seats: everybody(state), facts: { about: loss } };
  const { agreedAmount, recovered = '0' } = known;
  if (verdict === 'dispute') {
    return processDecision<EngagementEventBody>({
      events: [{ ...cause, type: 'engagement-loss-disputed', loss }],
      schedule: news(state, 'engagement-loss-disputed', telling),
    });
  }
  if (verdict === 'drop') {
    const agreed = agreedAmount === null ? {} : { agreed: ownPart(state, known, agreedAmount, recovered) };
    return processDecision<EngagementEventBody>({
      events: [{ ...cause, type: 'engagement-loss-dropped', loss, ...agreed }],
      schedule: news(state, 'engagement-loss-dropped', telling),
    });
  }
  const open = agreedAmount === null ? known.amount : subtractMoney(known.amount, agreedAmount);
  const amount = command.amount === undefined ? open : sumOf(command.amount, currency, clauses);
  if (typeof amount !== 'string') return amount;
  if (compareMoney(amount, open) > 0) {
    return refuse('amount-too-large', `${open} ${currency} is asked for`, clauses);
  }
  const borne = borneOf(state, { ...known, amount });
  // Where the law decides, the sum is what is agreed to.
  const recoverable = borne.recoverable ?? amount;
  const own = ownPart(state, known, addMoney(agreedAmount ?? '0', amount), addMoney(recovered, recoverable));
  const [debtor, owed] = known.cause === THIRD ? [thirdSeat, recoverable] : [known.cause, amount];
  const about = `engagement:${input.reference}`;
  const lines: LedgerLine[] =
    isZeroMoney(owed) || debtor === known.of
      ? []
      : [{ kind: 'claim', debtor, creditor: known.of, amount: owed, currency, about }];
  const agreed: EngagementEventBody = {
    ...cause,
    type: 'engagement-loss-agreed',
    loss,
    amount,
    rest: subtractMoney(open, amount),
    recoverable,
    ...own,
    lines,
  };
  const warned = borne.cap === null ? [] : capReached(state, { cap: borne.cap, more: recoverable }, cause);
  return processDecision<EngagementEventBody>({
    events: [agreed, ...warned],
    schedule: [
      ...news(state, agreed.type, { ...telling, facts: { about: loss, amount: owed, currency } }),
      ...warned.flatMap((one) => capNews(state, one)),
    ],
    errands: posting(state, lines, command, clauses),
  });
}

/** What of the part that was agreed to stays with the parties, and how they share it. */
function ownPart(
  state: EngagementState,
  { cause }: Loss,
  agreed: string,
  recovered: string,
): { ownLoss: string; ownShares: Record<string, string> | null } {
  if (cause !== THIRD) return { ownLoss: agreed, ownShares: { [cause]: agreed } };
  const ownLoss = subtractMoney(agreed, recovered);
  return { ownLoss, ownShares: ownSharesOf(state, ownLoss) };
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
