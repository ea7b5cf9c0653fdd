import type { Actor, HoldBack, Pay } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { notPaidBefore } from '../agreement/own-word.ts';
import { CLOCK, COORDINATOR, actingParty, answersFor, bindsSeat, mailSeat, partyOf } from '../agreement/parties.ts';
import { type NextDue, notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { teller } from '../agreement/telling.ts';
import { addDays } from '../local-date.ts';
import { addMoney, compareMoney, isZeroMoney, negateMoney, parseMoney } from '../money.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import { dueFacts, eventBase, isOpen, isPaused, subjectOf } from './deliverable-state.ts';
import { nextLadderRungs } from './payment-ladder.ts';
import { feeOwedOn, lateFeeStarts, lateFeeStopped, nextMonthPosting, postAccrued } from './payment-late-fee.ts';
import {
  type PaymentContext,
  countDays,
  coveredOn,
  demandedOf,
  heldOf,
  lateOn,
  lateSpells,
  principalOf,
  sidesOf,
  staysOwed,
  unpaidOf,
} from './payment-state.ts';

/**
 * What was paid on a day, entered by whoever pays, acknowledged by whoever receives it, or entered by a coordinator with
 * a document; of an earlier day not on the payer's own word. It goes to the sum first, then to the late fee.
 */
export function pay(context: PaymentContext, command: Pay): Decision | Rejection {
  const { agreement, rule, state, inForceOn } = context;
  const refused = entryRefused(context, command, [rule.responsible, rule.payee]);
  if (refused) return refused;
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  const owesNothing = !isOpen(state) && compareMoney(feeOwedOn(context, today), '0') <= 0;
  if (owesNothing || state.status === 'cancelled') {
    return { rejected: 'already-fulfilled', message: `${rule.id} is ${state.status}`, clauses: rule.clauses };
  }
  const parsed = parseMoney(command.amount, rule.currency);
  if ('error' in parsed || isZeroMoney(parsed.amount)) return invalidAmount(rule.currency);
  const { amount } = parsed;
  const on = command.paidOn ?? today;
  if (on > today || (inForceOn !== null && on < inForceOn)) {
    return { rejected: 'paid-on-out-of-range', message: `${on} is not from ${inForceOn ?? 'the effect'} to ${today}` };
  }
  const ownWord = notPaidBefore(agreement, command.actor, rule.payee, { day: on, today, clauses: rule.clauses });
  if (ownWord) return ownWord;
  const after: PaymentContext = { ...context, state: { ...state, paid: [...state.paid, { on, amount }] } };
  const left = feeOwedOn(after, today);
  if (compareMoney(left, '0') < 0) {
    const most = `${addMoney(amount, left)} ${rule.currency}`;
    return { rejected: 'amount-too-large', message: `${most} is owed as of ${on}`, clauses: rule.clauses };
  }

  const { zone } = agreement;
  const base = eventBase(context, command.actor, command.receivedAtMs, command.id);
  const events: EventBody[] = state.charged ? [] : [{ ...base, type: 'fee-posted', line: feeLine(context) }];
  const days = countDays(lateSpells(rule, after.state, today));
  // By the end of its day nothing was wanting; a late day that is suspended makes no payment one in time.
  const inTime = state.due !== null && isZeroMoney(lateOn(rule, after.state, addDays(state.due.localDate, 1)));
  if (state.status === 'overdue' && inTime && isZeroMoney(demandedOf(rule, after.state))) {
    const occurredAtMs = Math.max(command.receivedAtMs, state.due?.dueAtMs ?? 0);
    events.push({ ...base, occurredAtMs, type: 'overdue-withdrawn' });
  }
  const unpaid = unpaidOf(rule, after.state);
  const line: LedgerLine = { kind: 'payment', ...sidesOf(context), amount: negateMoney(amount) };
  events.push({ ...base, type: 'payment-recorded', paidOn: on, unpaid, documents: command.documents, line });
  events.push(...postAccrued(after, today, command.receivedAtMs, command.actor, command.id));
  const schedule = received(context, command, { amount, unpaid, on });
  const covered = coveredOn(rule, after.state);
  if (isOpen(state) && covered !== null) {
    const late = days > 0 || (state.everOverdue && !inTime);
    const fulfilledAtMs = covered === today ? command.receivedAtMs : instantAt(zone, covered, '00:00');
    events.push({ ...base, type: 'obligation-fulfilled', fulfilledAtMs, daysLate: days, late });
    // What the agreement's end has stopped was told then.
    if (state.status === 'overdue' && state.accruesUntil === null)
      schedule.push(...lateFeeStopped(after, today, command.receivedAtMs));
  }
  return decision({ events, schedule });
}

/** Whoever enters a fact answers for one of these seats, or is a coordinator with a document. */
function entryRefused(
  { agreement, rule }: PaymentContext,
  { actor, documents }: Pay | HoldBack,
  seats: string[],
  speaks = answersFor,
): Rejection | undefined {
  if (actor.seat === COORDINATOR) {
    if (documents.length > 0) return undefined;
    return { rejected: 'evidence-missing', message: 'an entry for a party needs its document', clauses: rule.clauses };
  }
  if (seats.some((seat) => speaks(agreement, actor, seat))) return undefined;
  return { rejected: 'not-responsible', message: `${rule.id} is owed by ${rule.responsible}`, clauses: rule.clauses };
}

function invalidAmount(currency: string): Rejection {
  return { rejected: 'amount-invalid', message: `no amount in ${currency}` };
}

/** The sum as it falls due, or is first paid. */
function feeLine(context: PaymentContext): LedgerLine {
  return { kind: 'fee', ...sidesOf(context), amount: principalOf(context.rule) };
}

/** The other side hears of a payment; of one that a coordinator entered, both. */
function received(
  context: PaymentContext,
  { actor, receivedAtMs }: Pay,
  { amount, unpaid, on }: { amount: string; unpaid: string; on: LocalDate },
): NoticeDraft[] {
  const { agreement, rule } = context;
  const tell = teller(agreement, receivedAtMs, rule.clauses, subjectOf(context));
  const facts = { amount, currency: rule.currency, unpaid, localDate: on };
  return others(context, actor).map((seat) => tell('payment-received', seat, facts));
}

/** Payer and payee, without the one whose own act it is. */
function others({ agreement, rule }: PaymentContext, actor: Actor): string[] {
  const own = actor.seat === COORDINATOR ? undefined : actingParty(actor);
  return [...new Set([rule.responsible, rule.payee])]
    .filter((seat) => partyOf(agreement, seat) !== own)
    .map((seat) => mailSeat(agreement, seat))
    .filter((seat) => agreement.seats.includes(seat));
}

/** So much is held back from now on, or with 0 no longer; it costs no late fee as long as it is (where that is agreed). */
export function holdBack(context: PaymentContext, command: HoldBack): Decision | Rejection {
  const { agreement, rule, state } = context;
  if (!rule.mayHoldBack) return { ...notProvided('holding back'), clauses: rule.clauses };
  const refused = entryRefused(context, command, [rule.responsible], bindsSeat);
  if (refused) return refused;
  if (!isOpen(state)) {
    return { rejected: 'already-fulfilled', message: `${rule.id} is ${state.status}`, clauses: rule.clauses };
  }
  const parsed = parseMoney(command.amount, rule.currency);
  if ('error' in parsed) return invalidAmount(rule.currency);
  const { amount } = parsed;
  const unpaid = unpaidOf(rule, state);
  if (compareMoney(amount, unpaid) > 0) {
    return { rejected: 'amount-too-large', message: `${unpaid} ${rule.currency} is unpaid`, clauses: rule.clauses };
  }
  if (compareMoney(amount, heldOf(rule, state)) === 0) {
    return { rejected: 'nothing-changes', message: `${amount} ${rule.currency} is held back already` };
  }
  const atMs = command.receivedAtMs;
  const on = localDateAt(agreement.zone, atMs);
  const base = eventBase(context, command.actor, atMs, command.id);
  const tell = teller(agreement, atMs, rule.clauses, subjectOf(context));
  const events: EventBody[] = [
    ...postAccrued(context, on, atMs, command.actor, command.id),
    { ...base, type: 'payment-held-back', amount, on, documents: command.documents },
  ];
  const facts = { amount, currency: rule.currency, unpaid, ...dueFacts(state.due) };
  const schedule = others(context, command.actor).map((seat) => tell('payment-held-back', seat, facts));
  const after: PaymentContext = { ...context, state: { ...state, held: [...state.held, { on, amount }] } };
  if (isNowLate(after, atMs)) {
    const overdue = wentOverdue(after, addDays(on, 1));
    events.push(...overdue.events.map((event) => ({ ...event, ...base })));
    schedule.push(...overdue.schedule);
  }
  return decision({ events, schedule });
}

/** Past its due moment, not called overdue so far, and wanted. */
function isNowLate({ rule, state }: PaymentContext, atMs: Instant): boolean {
  return (
    state.status === 'pending' &&
    state.due !== null &&
    state.due.dueAtMs <= atMs &&
    !isPaused(state) &&
    !isZeroMoney(demandedOf(rule, state))
  );
}

/** @param firstDay the first that counts as late */
function wentOverdue(context: PaymentContext, firstDay: LocalDate): { events: EventBody[]; schedule: NoticeDraft[] } {
  const { rule, state } = context;
  if (!state.due) return { events: [], schedule: [] };
  const base = eventBase(context, CLOCK, state.due.dueAtMs);
  return {
    events: [{ ...base, type: 'obligation-overdue', responsible: rule.responsible, due: state.due }],
    schedule: lateFeeStarts(context, state.due, addDays(firstDay, rule.lateFee?.graceDays ?? 0)),
  };
}

/** The next instant at which time alone changes something here, and whether it has consequences beyond a mail. */
export function nextDue(context: PaymentContext): NextDue | undefined {
  const { rule, state } = context;
  if (isPaused(state)) return undefined;
  const moments: NextDue[] = [];
  if (state.status === 'pending' && state.due && (!state.charged || !isZeroMoney(demandedOf(rule, state)))) {
    moments.push({ atMs: state.due.dueAtMs, consequence: true });
  }
  const posting = nextMonthPosting(context);
  if (posting) moments.push({ atMs: posting.atMs, consequence: true });
  const rungs = nextLadderRungs(context);
  if (rungs) moments.push({ atMs: rungs.atMs, consequence: false });
  const atMs = Math.min(...moments.map((moment) => moment.atMs));
  if (moments.length === 0) return undefined;
  return { atMs, consequence: moments.some((moment) => moment.atMs === atMs && moment.consequence) };
}

/** What falls due here at exactly `atMs`, before any mail. */
export function dueEvents(context: PaymentContext, atMs: Instant): { events: EventBody[]; schedule: NoticeDraft[] } {
  const { state } = context;
  const events: EventBody[] = [];
  const schedule: NoticeDraft[] = [];
  if (isPaused(state)) return { events, schedule };
  const { due } = state;
  if (state.status === 'pending' && due && due.dueAtMs <= atMs) {
    const base = eventBase(context, CLOCK, due.dueAtMs);
    if (!state.charged) events.push({ ...base, type: 'fee-posted', line: feeLine(context) });
    if (isNowLate(context, atMs)) {
      const overdue = wentOverdue(context, addDays(due.localDate, 1));
      events.push(...overdue.events);
      schedule.push(...overdue.schedule);
    }
  }
  const posting = nextMonthPosting(context);
  if (posting && posting.atMs <= atMs) events.push(...postAccrued(context, posting.on, posting.atMs, CLOCK));
  return { events, schedule };
}

/**
 * The agreement ended: the late fee stops on that day, inclusive. What had fallen due stays owed; of what had not, the
 * part that is unpaid is taken back where the sum stands in the ledger already.
 */
export function endObligation(
  context: PaymentContext,
  endedOn: LocalDate,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): { events: EventBody[]; schedule: NoticeDraft[] } {
  const { rule, state } = context;
  if (!isOpen(state)) return { events: [], schedule: [] };
  const stopped: PaymentContext = { ...context, state: { ...state, accruesUntil: endedOn } };
  const events = postAccrued(stopped, endedOn, atMs, actor, commandId);
  const unpaid = unpaidOf(rule, state);
  if (state.charged && !staysOwed(state, endedOn) && !isZeroMoney(unpaid)) {
    const line: LedgerLine = { kind: 'credit-note', ...sidesOf(context), amount: negateMoney(unpaid) };
    events.push({ ...eventBase(context, actor, atMs, commandId), type: 'fee-posted', line });
  }
  return { events, schedule: state.status === 'overdue' ? lateFeeStopped(stopped, endedOn, atMs) : [] };
}
