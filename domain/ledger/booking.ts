import type { Book, Pay } from '../agreement/command.ts';
import type { CompiledAgreement, CompiledBooking } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { LedgerLine, SumBooked } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { notProvided } from '../agreement/part.ts';
import { COORDINATOR, THIRD, actingParty, boundParty, mailSeat, partyOf } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, Booked } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addMoney, compareMoney, isZeroMoney, parseMoney, shareMoney } from '../money.ts';
import { isBetween, payDebt, unpaidOfBooking } from './paying.ts';

/**
 * Books a sum that the contract provides for, with its document: a deposit and its refund, a reward, a deduction, a
 * shared cost. The coordinator books; a side books what it owes itself. The amount is what the debtor owes the creditor.
 */
export function book(command: Book, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const rule = agreement.life?.bookings.find(({ id, kind }) => id === command.booking && kind === command.kind);
  if (!rule) return notProvided(`${command.kind} ${command.booking}`);
  if (command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a sum is booked with its document', clauses: rule.clauses };
  }
  const { currency } = agreement;
  const read = parseMoney(command.amount, currency);
  if ('error' in read || isZeroMoney(read.amount)) {
    return { rejected: 'amount-invalid', message: `${JSON.stringify(command.amount)} is no sum in ${currency}` };
  }
  const owed =
    rule.kind === 'cost-share' ? sharesOf(command, state, rule, read.amount) : wholeOf(command, state, read.amount);
  if ('rejected' in owed) return owed;
  const payer = boundParty(command.actor);
  if (command.actor.seat !== COORDINATOR && owed.some(({ debtor }) => debtor !== payer)) {
    return {
      rejected: 'not-responsible',
      message: 'the coordinator books what others owe; a side what it owes itself',
      clauses: rule.clauses,
    };
  }
  const lines: LedgerLine[] = owed.map((share) => ({
    kind: rule.kind,
    ...share,
    currency,
    about: `booking:${rule.id}`,
  }));
  return decision({
    events: lines.map((line) => ({
      type: 'sum-booked',
      occurredAtMs: command.receivedAtMs,
      actor: command.actor,
      clauses: rule.clauses,
      commandId: command.id,
      booking: rule.id,
      kind: rule.kind,
      documents: command.documents,
      line,
    })),
    schedule: lines.flatMap((line) => told(command, agreement, rule, line)),
  });
}

/**
 * What was booked is paid, in one or several payments. Where one rule stands for several sums (a deposit and its refund,
 * each bearer's share) the two sides say which; else it is the sum that the actor's side owes, then the one that it is owed.
 */
export function payBooking(command: Pay, state: AgreementState): Decision | Rejection {
  const { agreement, inForceOn } = state;
  const { booking = '', debtor, creditor, actor } = command;
  const side = actingParty(actor);
  const meant = state.booked.filter(
    (one) =>
      one.booking === booking &&
      (debtor === undefined || one.debtor === debtor) &&
      (creditor === undefined || one.creditor === creditor),
  );
  const owed = meant.filter((one) => compareMoney(unpaidOfBooking(one), '0') > 0);
  const known =
    owed.find((one) => one.debtor === side) ?? owed.find((one) => one.creditor === side) ?? owed[0] ?? meant[0];
  if (!known) return { rejected: 'unknown-item', message: `nothing is booked as ${booking}` };
  const rules = agreement.life?.bookings.filter(({ id }) => id === booking) ?? [];
  const paid = payDebt(
    {
      agreement,
      inForceOn,
      about: `booking:${booking}`,
      debtor: known.debtor,
      creditor: known.creditor,
      currency: known.currency,
      owed: unpaidOfBooking(known),
      clauses: [...new Set(rules.flatMap(({ clauses }) => clauses))],
      subject: undefined,
    },
    command,
  );
  return 'rejected' in paid ? paid : decision(paid);
}

/** Booked sums with one more: what one rule stands for between two sides is one sum. */
export function withBooking(booked: Booked[], { booking, line }: SumBooked): Booked[] {
  const { debtor, creditor, currency, amount } = line;
  const isSame = (one: Booked): boolean => one.booking === booking && isBetween(one, line);
  if (!booked.some(isSame)) return [...booked, { booking, debtor, creditor, currency, amount, paid: '0' }];
  return booked.map((one) => (isSame(one) ? { ...one, amount: addMoney(one.amount, amount) } : one));
}

/** Debtor and creditor hear of it, but for the side whose own act it is. */
function told(
  { actor, receivedAtMs }: Book,
  agreement: CompiledAgreement,
  { id, clauses }: CompiledBooking,
  { kind, debtor, creditor, amount, currency }: LedgerLine,
): NoticeDraft[] {
  const own = actor.seat === COORDINATOR ? undefined : actingParty(actor);
  const seats = [debtor, creditor]
    .filter((side) => partyOf(agreement, side) !== own)
    .map((side) => mailSeat(agreement, side))
    .filter((seat) => agreement.seats.includes(seat));
  const tell = teller(agreement, receivedAtMs, clauses);
  const facts = { about: id, kind, by: debtor, against: creditor, amount, currency };
  return seats.map((seat) => tell('sum-booked', seat, facts));
}

type Owed = Pick<LedgerLine, 'debtor' | 'creditor' | 'amount'>;

/** One debtor, one creditor; of two parties the one that is not named is the other. */
function wholeOf({ debtor, creditor }: Book, { agreement }: AgreementState, amount: string): Owed[] | Rejection {
  const other = (side: string | undefined): string | undefined =>
    side !== undefined && agreement.parties.length === 2
      ? agreement.parties.find((party) => party !== side)
      : undefined;
  const [from, to] = [debtor ?? other(creditor), creditor ?? other(debtor)];
  if (from === undefined || to === undefined || from === to || !isParty(agreement.parties, from, to)) {
    return { rejected: 'unknown-seat', message: `who owes whom: two of ${agreement.parties.join(', ')}` };
  }
  return [{ debtor: from, creditor: to, amount }];
}

/**
 * A cost that is shared by the ratio agreed on: each share is owed to whoever paid it (S001b-86); the shares add up to the
 * cost, and the payer's own is no debt.
 */
function sharesOf(
  { creditor, debtor }: Book,
  { agreement }: AgreementState,
  { shares, clauses }: CompiledBooking,
  amount: string,
): Owed[] | Rejection {
  if (!shares) return { ...notProvided('ratio of this cost'), clauses };
  if (creditor === undefined || debtor !== undefined) {
    return { rejected: 'unknown-seat', message: 'of a shared cost the creditor is named, who paid it' };
  }
  const bearers = Object.keys(shares);
  if (!isParty([...agreement.parties, ...agreement.seats, THIRD], creditor)) {
    return { rejected: 'unknown-seat', message: `nobody is ${creditor} here` };
  }
  const amounts = shareMoney(amount, Object.values(shares), agreement.currency);
  return bearers.flatMap((bearer, index) => {
    const share = amounts[index] ?? '0';
    return bearer === creditor || isZeroMoney(share) ? [] : [{ debtor: bearer, creditor, amount: share }];
  });
}

function isParty(known: string[], ...named: string[]): boolean {
  return named.every((one) => known.includes(one));
}
