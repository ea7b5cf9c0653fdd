import type { Approve, Waive } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { EventBody, LedgerLine, PenaltyWaived, WaiverProposed } from '../agreement/event.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { COORDINATOR, actingParty, partyOf, partySeats } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import { readReference, referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, Waiver } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addMoney, compareMoney, isZeroMoney, negateMoney, parseMoney } from '../money.ts';
import { subjectOf } from '../obligations/deliverable-state.ts';
import { type Credit, type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { Waived } from '../penalty.ts';
import type { LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';

/**
 * The creditor lets late days, or a sum, go. From the creditor's own seat it takes effect at once; whatever another seat
 * of that side, or a coordinator with a document, for the creditor or for nobody yet, enters waits for the one who fills
 * that seat.
 */
export function waive(command: Waive, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { actor, receivedAtMs } = command;
  const on = localDateAt(agreement.zone, receivedAtMs);
  const context = meantBy(command, state, on);
  if ('rejected' in context) return context;
  const standing = rulesOf(context.rule).creditOf(context, on, { days: 0, amount: '0' });
  const reference = referenceOf({ obligation: context.rule.id, occurrence: context.state.occurrence });
  if (!standing) return { ...notProvided(`penalty for ${reference}`), clauses: context.rule.clauses };
  const isEntry = actor.seat === COORDINATOR && actor.onBehalfOf === undefined;
  if (!isEntry && actingParty(actor) !== partyOf(agreement, standing.creditor)) {
    return { rejected: 'not-responsible', message: `waived by ${standing.creditor}`, clauses: standing.clauses };
  }
  if (actor.seat === COORDINATOR && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a waiver that the coordinator enters needs its document' };
  }
  const asked = askedFor(command, standing);
  if ('rejected' in asked) return asked;
  const credit = creditFor(context, on, asked, standing);
  if ('rejected' in credit) return credit;

  const number = state.waivers.length + 1;
  if (actor.seat === standing.creditor) return letGo(command, state, context, { number, credit, asked });
  const tell = teller(agreement, receivedAtMs, standing.clauses, subjectOf(context));
  const facts = { about: `waiver:${number}`, by: actor.seat, currency: standing.currency, ...factsOf(asked) };
  return decision({
    events: [
      {
        type: 'waiver-proposed',
        occurredAtMs: receivedAtMs,
        actor,
        clauses: standing.clauses,
        commandId: command.id,
        ...subjectOf(context),
        number,
        ...asked,
        by: actor.seat,
        documents: command.documents,
      },
    ],
    schedule: agreement.seats.includes(standing.creditor)
      ? [{ ...tell('waiver-proposed', standing.creditor, facts), act: 'approve' }]
      : [],
  });
}

/** The second mind: whoever fills the creditor's own seat, and is not the one who asked for it. */
export function approveWaiver(command: Approve, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { actor, receivedAtMs } = command;
  const waiver = state.waivers.find(({ number }) => command.what === `waiver:${number}`);
  const reference = waiver && readReference(waiver.obligation);
  const context = obligationContexts(state).find(
    ({ rule, state: { occurrence } }) =>
      rule.id === reference?.obligation && occurrence === (reference.occurrence ?? null),
  );
  const on = localDateAt(agreement.zone, receivedAtMs);
  const standing = context && rulesOf(context.rule).creditOf(context, on, { days: 0, amount: '0' });
  if (!waiver || !context || !standing) {
    return { rejected: 'nothing-to-approve', message: `${command.what} waits for nobody` };
  }
  if (actor.seat !== standing.creditor || actor.personId === waiver.personId) {
    const message = `approved by ${standing.creditor}, by another person than the one who asked for it`;
    return { rejected: 'not-responsible', message, clauses: standing.clauses };
  }
  if (waiver.approved) return { rejected: 'already-approved', message: `${command.what} has been approved` };
  const asked = { days: waiver.days, amount: waiver.amount };
  const credit = creditFor(context, on, asked, standing);
  if ('rejected' in credit) return credit;
  const approval: EventBody = {
    type: 'approval-given',
    occurredAtMs: receivedAtMs,
    actor,
    clauses: standing.clauses,
    commandId: command.id,
    what: command.what,
    by: actor.seat,
    documents: command.documents,
  };
  const { events, ...told } = letGo(command, state, context, { number: waiver.number, credit, asked });
  return { ...told, events: [approval, ...events] };
}

/** The obligation; of a recurring one without an occurrence the earliest that owes something. */
function meantBy(
  { obligation, occurrence }: Waive,
  state: AgreementState,
  on: LocalDate,
): ObligationContext | Rejection {
  const contexts = obligationContexts(state).filter(({ rule }) => rule.id === obligation);
  const owes = (context: ObligationContext): boolean => {
    const standing = rulesOf(context.rule).creditOf(context, on, { days: 0, amount: '0' });
    return standing !== null && compareMoney(standing.owed, '0') > 0;
  };
  const found =
    occurrence === undefined
      ? (contexts.find(owes) ?? contexts[0])
      : contexts.find((context) => context.state.occurrence === occurrence);
  return (
    found ?? { rejected: 'unknown-obligation', message: `no obligation ${referenceOf({ obligation, occurrence })}` }
  );
}

/** Days, or a sum; never both, never nothing. */
function askedFor({ days = 0, amount }: Waive, { currency }: Credit): Waived | Rejection {
  const parsed = parseMoney(amount ?? '0', currency);
  const isOne = days > 0 !== (amount !== undefined);
  if ('error' in parsed || !isOne || !Number.isInteger(days) || (days === 0 && isZeroMoney(parsed.amount))) {
    return { rejected: 'amount-invalid', message: `a number of days, or an amount in ${currency}, is let go` };
  }
  return { days, amount: parsed.amount };
}

/** What it takes from what is owed as of a day; never more than that. */
function creditFor(
  context: ObligationContext,
  on: LocalDate,
  asked: Waived,
  { owed, days, currency, clauses }: Credit,
): Credit | Rejection {
  if (compareMoney(owed, '0') <= 0) {
    return { rejected: 'nothing-to-waive', message: `nothing is owed as of ${on}`, clauses };
  }
  const credit = rulesOf(context.rule).creditOf(context, on, asked);
  const isTooMuch = asked.days > days || compareMoney(asked.amount, owed) > 0;
  if (isTooMuch || !credit || compareMoney(credit.amount, owed) > 0) {
    return { rejected: 'amount-too-large', message: `${owed} ${currency} for ${days} days is owed`, clauses };
  }
  if (isZeroMoney(credit.amount)) {
    return { rejected: 'nothing-to-waive', message: 'so many days less cost the same: it is at its cap', clauses };
  }
  return credit;
}

/** What has accrued to that day is posted first; then a credit note for what goes. */
function letGo(
  command: Waive | Approve,
  state: AgreementState,
  context: ObligationContext,
  { number, credit, asked }: { number: number; credit: Credit; asked: Waived },
): Decision {
  const { agreement } = state;
  const { actor, receivedAtMs, id } = command;
  const on = localDateAt(agreement.zone, receivedAtMs);
  const { debtor, creditor, currency, clauses, noted, amount, base, rate } = credit;
  const accrued = rulesOf(context.rule).postAccrued(context, on, receivedAtMs, actor, id);
  // A credit note comes after the lines that it takes from.
  const atMs = Math.max(receivedAtMs, context.state.posted.atMs ?? receivedAtMs);
  const about = `waiver:${number}`;
  const common = { occurredAtMs: atMs, actor, clauses, commandId: id, ...subjectOf(context) };
  const line: LedgerLine = {
    kind: 'credit-note',
    debtor,
    creditor,
    currency,
    amount: negateMoney(amount),
    ...(asked.days > 0 ? { days: -asked.days } : {}),
    ...(base === undefined ? {} : { base }),
    ...(rate === undefined ? {} : { rate }),
    about,
  };
  const tell = teller(agreement, receivedAtMs, clauses, subjectOf(context));
  const facts = { about, by: actor.seat, currency, amount, ...(asked.days > 0 ? { days: asked.days } : {}) };
  return decision({
    events: [
      ...accrued,
      { ...common, type: 'penalty-waived', number, ...noted },
      { ...common, type: 'penalty-credited', line },
    ],
    schedule: partySeats(agreement).map((seat) => tell('penalty-waived', seat, facts)),
  });
}

function factsOf({ days, amount }: Waived): { days: number } | { amount: string } {
  return days > 0 ? { days } : { amount };
}

export function evolveWaivers(state: AgreementState, event: WaiverProposed | PenaltyWaived): AgreementState {
  const { number, days, amount, actor } = event;
  const waiver: Waiver = {
    number,
    obligation: referenceOf(event),
    days,
    amount,
    by: event.type === 'waiver-proposed' ? event.by : actor.seat,
    personId: actor.personId,
    approved: event.type === 'penalty-waived',
  };
  if (event.type === 'waiver-proposed') return { ...state, waivers: [...state.waivers, waiver] };
  const isKnown = state.waivers.some((one) => one.number === number);
  return {
    ...state,
    waivers: isKnown
      ? state.waivers.map((one) => (one.number === number ? { ...one, approved: true } : one))
      : [...state.waivers, waiver],
    obligations: state.obligations.map((one) =>
      one.id === event.obligation && one.occurrence === (event.occurrence ?? null)
        ? { ...one, waived: { days: one.waived.days + days, amount: addMoney(one.waived.amount, amount) } }
        : one,
    ),
  };
}
