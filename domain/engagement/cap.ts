import { Big } from 'big.js';
import { CLOCK, COORDINATOR, THIRD } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addMoney } from '../money.ts';
import { processDecision } from '../process/fold.ts';
import type { LocalDate } from '../time.ts';
import { sumOf } from './costs.ts';
import type { EngagementEventBody } from './event.ts';
import {
  type Command,
  type Decision,
  causeOf,
  dayOf,
  dueIn,
  endedCode,
  isInForce,
  refuse,
  saidBy,
  unproven,
} from './standing.ts';
import type { CapChange, EngagementState } from './state.ts';
import { asking, everybody, news, partiesOf, written } from './telling.ts';

/** The cap of a day: a loss is judged by the cap of the day on which it occurred; null: as the law provides (S001b-79). */
export function capOn({ caps }: Pick<EngagementState, 'caps'>, on: LocalDate): string | null {
  return (caps.findLast(({ from }) => from <= on) ?? caps[0])?.amount ?? null;
}

/** A cap is warned of as its balance reaches these shares of it (design §5). */
const PERCENTS = [50, 80, 100];

/** What agreed losses have taken of the cap. */
export function usedOf({ losses }: Pick<EngagementState, 'losses'>): string {
  return losses
    .filter(({ cause, cap }) => cause === THIRD && cap !== null)
    .reduce(
      (sum, { status, recovered, recoverable }) =>
        addMoney(sum, recovered ?? (status === 'agreed' ? (recoverable ?? '0') : '0')),
      '0',
    );
}

/** The highest of the percentages that a cap has newly reached. */
export function capReached(
  { input, warned, ...state }: EngagementState,
  { cap, more }: { cap: string; more: string },
  cause: ReturnType<typeof causeOf>,
): Extract<EngagementEventBody, { type: 'engagement-cap-reached' }>[] {
  const { currency } = input;
  const used = addMoney(usedOf(state), more);
  const reached = PERCENTS.filter(
    (percent) => !warned.includes(percent) && new Big(used).times(100).gte(new Big(cap).times(percent)),
  );
  const percent = reached.at(-1);
  return percent === undefined ? [] : [{ ...cause, type: 'engagement-cap-reached', percent, used, cap, currency }];
}

/** The change that is under way. */
export function capChangeOf({ capChanges }: EngagementState): CapChange | undefined {
  return capChanges.find(({ status }) => status === 'proposed' || status === 'agreed' || status === 'notified');
}

/** One party proposes another cap; the old one governs until the third party has consented (S001b-78, S001b-79). */
export function proposeCap(command: Command<'propose-cap'>, state: EngagementState): Decision | Rejection {
  const { input, capChanges } = state;
  const { rationale, actor, receivedAtMs } = command;
  const rule = input.rules.cap;
  if (!rule?.changeable) return notProvided('change of the third party’s cap');
  const { clauses } = rule;
  const by = saidBy(input, actor);
  if (by === undefined || !input.parties.includes(by)) {
    return refuse('not-responsible', `proposed by ${input.parties.join(' or ')}`, clauses);
  }
  if (!isInForce(state)) {
    return refuse(
      endedCode(state) ?? 'gate-closed',
      `${input.reference} is ${state.status}: a cap is changed while the agreement is in force`,
      clauses,
    );
  }
  const running = capChangeOf(state);
  if (running) return refuse('already-notified', `change ${running.number} of the cap is ${running.status}`, clauses);
  const amount = command.amount === null ? null : sumOf(command.amount, input.currency, clauses);
  if (amount !== null && typeof amount !== 'string') return amount;
  if (amount === capOn(state, dayOf(input, command))) {
    return refuse('nothing-changes', `the cap is ${amount ?? 'as the law provides'} already`, clauses);
  }
  const number = capChanges.length + 1;
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-cap-proposed', number, amount, rationale, by }],
    schedule: asking(
      state,
      'cap',
      input.parties.filter((party) => party !== by),
      { atMs: receivedAtMs, clauses, facts: factsOf(amount, input.currency) },
    ),
  });
}

function factsOf(amount: string | null, currency: string): { amount: string; currency: string } | { status: string } {
  return amount === null ? { status: 'by-law' } : { amount, currency };
}

/** The other party agrees, then the third party consents to the written notice; or one of them does not. */
export function answerCap(command: Command<'answer-cap'>, state: EngagementState): Decision | Rejection {
  const { input } = state;
  const { verdict, documents, actor, receivedAtMs } = command;
  const rule = input.rules.cap;
  if (!rule?.changeable) return notProvided('change of the third party’s cap');
  const { clauses } = rule;
  const change = capChangeOf(state);
  if (!change) return refuse('nothing-to-approve', 'no change of the cap waits', clauses);
  if (!isInForce(state)) {
    const code = endedCode(state) ?? 'engagement-ended';
    return refuse(code, `${input.reference} is ${state.status}: its cap stays as it was`, clauses);
  }
  const by = saidBy(input, actor);
  const entered = unproven(actor, documents);
  if (entered) return entered;
  const cause = causeOf(command, clauses);
  const { number, amount } = change;
  if (by === THIRD) {
    if (change.status !== 'notified') {
      return refuse(
        'gate-closed',
        'the third party answers the written notice of both parties, which it has not had',
        clauses,
      );
    }
    const event: EngagementEventBody =
      verdict === 'consent'
        ? { ...cause, type: 'engagement-cap-changed', number, amount, from: dayOf(input, command) }
        : { ...cause, type: 'engagement-cap-declined', number };
    const facts = factsOf(amount, input.currency);
    const telling = { atMs: receivedAtMs, own: actor.seat, clauses, seats: partiesOf(state), facts };
    // What was used of the old cap is used of the new one.
    const warned =
      verdict === 'consent' && amount !== null
        ? capReached({ ...state, warned: [] }, { cap: amount, more: '0' }, cause)
        : [];
    return processDecision<EngagementEventBody>({
      events: [event, ...warned],
      schedule: [...news(state, event.type, telling), ...warned.flatMap((one) => capNews(state, one))],
    });
  }
  if (by === undefined || !input.parties.includes(by)) {
    return refuse('not-responsible', 'answered by the other party, then by the third party', clauses);
  }
  if (change.status !== 'proposed') return refuse('already-approved', 'both parties have agreed on it', clauses);
  if (change.agreedBy.includes(by)) return refuse('own-proposal', `${by} has proposed it`, clauses);
  if (verdict === 'decline') {
    return processDecision<EngagementEventBody>({
      events: [{ ...cause, type: 'engagement-cap-rejected', number, by }],
      schedule: news(state, 'engagement-cap-rejected', {
        atMs: receivedAtMs,
        own: actor.seat,
        clauses,
        seats: partiesOf(state),
      }),
    });
  }
  const complete = input.parties.every((party) => party === by || change.agreedBy.includes(party));
  return processDecision<EngagementEventBody>({
    events: [{ ...cause, type: 'engagement-cap-agreed', number, by, complete }],
    schedule: complete
      ? written(state, 'cap', { atMs: receivedAtMs, clauses, facts: factsOf(amount, input.currency) }, number)
      : [],
  });
}

/** The cap is used so far: all of them hear of it. */
export function capNews(
  state: EngagementState,
  {
    occurredAtMs: atMs,
    clauses,
    percent,
    used,
    cap,
    currency,
  }: Extract<EngagementEventBody, { type: 'engagement-cap-reached' }>,
): Decision['schedule'] {
  const facts = { percent, amount: used, cap, currency };
  return news(state, 'engagement-cap-reached', { atMs, clauses, seats: [...everybody(state), COORDINATOR], facts });
}

/**
 * The notice has reached the third party: its days to consent run from then, where a number of them is agreed.
 *
 * @param number of the change that the notice was of; missing: it was given by hand, or by an earlier release
 */
export function capNotified(
  state: EngagementState,
  notifiedOn: LocalDate,
  cause: ReturnType<typeof causeOf>,
  number?: number,
): Decision | Rejection {
  const { input } = state;
  const { clauses = [], consentDays = null } = input.rules.cap ?? {};
  const change = capChangeOf(state);
  if (change?.status !== 'agreed' || !isInForce(state) || (number !== undefined && number !== change.number)) {
    return refuse('gate-closed', 'both parties agree on a cap before the third party is notified', clauses);
  }
  const counted = dueIn(input, notifiedOn, consentDays);
  // What comes to light when its days are over already is silence from now on.
  const due = counted && { ...counted, dueAtMs: Math.max(counted.dueAtMs, cause.occurredAtMs) };
  return processDecision<EngagementEventBody>({
    events: [{ ...cause, clauses, type: 'engagement-cap-notified', number: change.number, notifiedOn, due }],
  });
}

/** Silence is no consent: the old cap stays (S001b-79). */
export function capLapsed(state: EngagementState, change: CapChange): Decision {
  const { clauses = [] } = state.input.rules.cap ?? {};
  const { number, due } = change;
  if (due === null) return processDecision<EngagementEventBody>({});
  const cause = { occurredAtMs: due.dueAtMs, actor: CLOCK, clauses };
  return processDecision<EngagementEventBody>({
    events: [{ ...cause, type: 'engagement-cap-lapsed', number, due }],
    schedule: news(state, 'engagement-cap-lapsed', { atMs: due.dueAtMs, clauses, seats: everybody(state) }),
  });
}
