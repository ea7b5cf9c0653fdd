import type { Actor, DocumentRef, Pay } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { notPaidBefore } from '../agreement/own-word.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { COORDINATOR, actingParty, answersFor, mailSeat, partyOf } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, Booked, Claim } from '../agreement/state.ts';
import { type Subject, teller } from '../agreement/telling.ts';
import type { CompiledAgreement } from '../agreement/compiled.ts';
import { addMoney, compareMoney, isZeroMoney, negateMoney, parseMoney, subtractMoney } from '../money.ts';
import type { ObligationContext } from '../obligations/registry.ts';
import { localDateAt } from '../zone.ts';
import type { LocalDate } from '../time.ts';

/** A sum that stands in the ledger and is paid: a penalty, or what was agreed of a claim. */
export interface PostedDebt {
  agreement: CompiledAgreement;
  inForceOn: LocalDate | null;
  /** What the line of the payment is about: `penalty:<id>`, `claim:<id>`. */
  about: string;
  debtor: string;
  creditor: string;
  currency: string;
  /** What is posted and not paid. */
  owed: string;
  clauses: string[];
  subject: Subject | undefined;
}

/**
 * What was paid of a posted sum on a day: entered by whoever pays, acknowledged by whoever receives it, or entered by a
 * coordinator with a document; never more than is owed.
 */
export function payDebt(debt: PostedDebt, command: Pay): { events: EventBody[]; schedule: NoticeDraft[] } | Rejection {
  const { agreement, inForceOn, about, debtor, creditor, currency, owed, clauses, subject } = debt;
  const { actor, receivedAtMs, documents } = command;
  const refused = mayNotEnter(agreement, actor, documents, [debtor, creditor]);
  if (refused) return { ...refused, clauses };
  const today = localDateAt(agreement.zone, receivedAtMs);
  const paidOn = command.paidOn ?? today;
  if (paidOn > today || (inForceOn !== null && paidOn < inForceOn)) {
    const message = `${paidOn} is not from ${inForceOn ?? 'the effect'} to ${today}`;
    return { rejected: 'paid-on-out-of-range', message };
  }
  const ownWord = notPaidBefore(agreement, actor, creditor, { day: paidOn, today, clauses });
  if (ownWord) return ownWord;
  const parsed = parseMoney(command.amount, currency);
  if ('error' in parsed || isZeroMoney(parsed.amount)) {
    return { rejected: 'amount-invalid', message: `no amount in ${currency}` };
  }
  const { amount } = parsed;
  if (compareMoney(owed, '0') <= 0) {
    return { rejected: 'already-fulfilled', message: `nothing is owed of ${about}`, clauses };
  }
  if (compareMoney(amount, owed) > 0) {
    return { rejected: 'amount-too-large', message: `${owed} ${currency} is owed as of ${today}`, clauses };
  }
  const unpaid = subtractMoney(owed, amount);
  const line: LedgerLine = { kind: 'payment', debtor, creditor, amount: negateMoney(amount), currency, about };
  const event: EventBody = {
    type: 'payment-recorded',
    occurredAtMs: receivedAtMs,
    actor,
    clauses,
    commandId: command.id,
    ...subject,
    paidOn,
    unpaid,
    documents,
    line,
  };
  const own = actor.seat === COORDINATOR ? undefined : actingParty(actor);
  const tell = teller(agreement, receivedAtMs, clauses, subject);
  const seats = [debtor, creditor]
    .filter((party) => partyOf(agreement, party) !== own)
    .map((party) => mailSeat(agreement, party))
    .filter((seat) => agreement.seats.includes(seat));
  const facts = { about, by: debtor, amount, currency, unpaid, localDate: paidOn };
  return { events: [event], schedule: [...new Set(seats)].map((seat) => tell('payment-received', seat, facts)) };
}

function mayNotEnter(
  agreement: CompiledAgreement,
  actor: Actor,
  documents: DocumentRef[],
  sides: string[],
): Rejection | undefined {
  if (actor.seat === COORDINATOR) {
    if (documents.length > 0) return undefined;
    return { rejected: 'evidence-missing', message: 'an entry for a party needs its document' };
  }
  if (sides.some((side) => answersFor(agreement, actor, side))) return undefined;
  return { rejected: 'not-responsible', message: `this is between ${sides.join(' and ')}` };
}

/** What is payable of a claim that was agreed, and not paid. */
export function unpaidOfClaim({ payable, paid }: Claim): string {
  return payable === null ? '0' : subtractMoney(payable, paid ?? '0');
}

/** What was agreed of a claim is paid, in one or several payments. */
export function payClaim(
  command: Pay,
  state: AgreementState,
  clausesOf: (known: Claim) => string[],
): Decision | Rejection {
  const known = state.claims.find(({ id }) => id === command.claim);
  if (!known) return { rejected: 'unknown-claim', message: `no claim ${command.claim ?? ''}` };
  const clauses = clausesOf(known);
  if (known.payable === null) {
    return { rejected: 'gate-closed', message: `${known.id} is ${known.status}, not agreed`, clauses };
  }
  const { agreement, inForceOn } = state;
  const { against: debtor, by: creditor, currency } = known;
  const owed = unpaidOfClaim(known);
  const debt = { agreement, inForceOn, about: `claim:${known.id}`, debtor, creditor, currency, owed, clauses };
  const paid = payDebt({ ...debt, subject: undefined }, command);
  return 'rejected' in paid ? paid : decision(paid);
}

/** Claims and booked sums with what a payment of one of them adds. */
export function withPayment(
  { claims, booked }: Pick<AgreementState, 'claims' | 'booked'>,
  line: LedgerLine,
): Pick<AgreementState, 'claims' | 'booked'> {
  const { about } = line;
  const paid = negateMoney(line.amount);
  return {
    claims: claims.map((one) =>
      about === `claim:${one.id}` ? { ...one, paid: addMoney(one.paid ?? '0', paid) } : one,
    ),
    booked: booked.map((one) =>
      about === `booking:${one.booking}` && isBetween(one, line) ? { ...one, paid: addMoney(one.paid, paid) } : one,
    ),
  };
}

/** Whether a line is between these two, in this direction and currency. */
export function isBetween(
  one: Pick<LedgerLine, 'debtor' | 'creditor' | 'currency'>,
  { debtor, creditor, currency }: LedgerLine,
): boolean {
  return one.debtor === debtor && one.creditor === creditor && one.currency === currency;
}

/** What of a booked sum is not paid. */
export function unpaidOfBooking({ amount, paid }: Booked): string {
  return subtractMoney(amount, paid);
}

/** Whether a sum that can be paid stands unpaid: a penalty, a late fee, a payment, a booking, what was agreed of a claim. */
export function isMoneyOwed(state: AgreementState): boolean {
  const isOwed = (amount: string): boolean => compareMoney(amount, '0') > 0;
  return (
    obligationContexts(state).some((context) => isOwed(owedOf(context))) ||
    state.claims.some((known) => isOwed(unpaidOfClaim(known))) ||
    state.booked.some((one) => isOwed(unpaidOfBooking(one)))
  );
}

function owedOf({ rule, state: { status, charged, posted, paid } }: ObligationContext): string {
  if (rule.rule === 'payment@1' && (!charged || status === 'cancelled')) return '0';
  const sum = rule.rule === 'payment@1' ? addMoney(rule.amount, posted.amount) : posted.amount;
  return paid.reduce((left, { amount }) => subtractMoney(left, amount), sum);
}
