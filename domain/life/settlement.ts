import type { Settle } from '../agreement/command.ts';
import type { CompiledAgreement } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { AgreementClosed, EventBody, FinalStatementIssued, ItemSettled, LedgerLine } from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { SettlementItem } from '../agreement/matter.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { obligationContext, obligationContexts } from '../agreement/obligations.ts';
import { NOTHING, notProvided } from '../agreement/part.ts';
import { COORDINATOR, actingParty, allSeats, boundParty, partyOf, partySeats } from '../agreement/parties.ts';
import { hasEnded } from '../agreement/phase.ts';
import { readReference, referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { hearsOfSums, withoutSums } from '../agreement/sums.ts';
import type { AgreementState, PaidPart } from '../agreement/state.ts';
import { type Subject, teller } from '../agreement/telling.ts';
import { balancesOf } from '../ledger/balance.ts';
import { isZeroMoney, negateMoney } from '../money.ts';
import { sidesOf, unpaidOf } from '../obligations/payment-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import { localDateAt } from '../zone.ts';
import { clausesOf, endedBy, isOwedAfterwards, mustBeConfirmed, runningAfterwards } from './afterwards.ts';

/** What brings something about: who, when, by which command. */
export type Cause = Pick<EventBody, 'occurredAtMs' | 'actor' | 'commandId'>;

/** What was open at the end: every duty that had begun, and every payment that had fallen due. */
export function itemsAtEnd(state: AgreementState): SettlementItem[] {
  if (!state.agreement.life) return state.settlement;
  return obligationContexts(state)
    .filter(({ rule, state: obligation }) => obligation.due !== null && rulesOf(rule).isOpen(obligation))
    .map(({ rule, state: { occurrence } }) => ({
      item: referenceOf({ obligation: rule.id, occurrence }),
      outcome: null,
    }));
}

/**
 * What becomes of one thing that was open at the end: settled, which the coordinator records with a document; waived by
 * whoever it was owed to; or disputed by either side. A duty of data or hand-over is confirmed with a document.
 */
export function settle(command: Settle, state: AgreementState): Decision | Rejection {
  const { agreement, settlement } = state;
  const { item, outcome } = command;
  if (!agreement.life) return notProvided('settlement after its end');
  if (mustBeConfirmed(agreement, item)) return confirm(command, state);
  const found = settlement.find((one) => one.item === item);
  const { obligation, occurrence = null } = readReference(item);
  const context = obligationContext(state, obligation, occurrence);
  if (!found || !context) return { rejected: 'unknown-item', message: `${item} was not open at the end` };
  const { clauses } = context.rule;
  const isDone = found.outcome === null ? isDischarged(state, item) : found.outcome !== 'disputed';
  if (isDone || found.outcome === outcome) {
    return { rejected: 'item-settled', message: `${item} is ${found.outcome ?? context.state.status}`, clauses };
  }
  const refused = mayNot(command, state, context);
  if (refused) return { ...refused, clauses };
  const line = outcome === 'waived' ? letGo(context, item) : undefined;
  return decision({
    events: [
      {
        type: 'item-settled',
        occurredAtMs: command.receivedAtMs,
        actor: command.actor,
        clauses,
        commandId: command.id,
        item,
        outcome,
        documents: command.documents,
        ...(line ? { line } : {}),
      },
    ],
    schedule: told(command, agreement, clauses, readReference(item)),
  });
}

/** The parties hear what became of it, but for the side whose own act it is. */
function told(
  { actor, item, outcome, receivedAtMs }: Settle,
  agreement: CompiledAgreement,
  clauses: string[],
  subject?: Subject,
): NoticeDraft[] {
  const own = actor.seat === COORDINATOR ? undefined : actingParty(actor);
  const tell = teller(agreement, receivedAtMs, clauses, subject);
  return partySeats(agreement)
    .filter((seat) => seat !== own)
    .map((seat) => tell('item-settled', seat, { about: item, by: actor.seat, status: outcome }));
}

/** Why somebody may not settle this so. */
function mayNot(
  { actor, documents, outcome }: Settle,
  { agreement }: AgreementState,
  context: ObligationContext,
): Rejection | undefined {
  const isEntered = actor.seat === COORDINATOR;
  const party = boundParty(actor);
  const evidence = isEntered && documents.length === 0;
  if (outcome === 'settled') {
    if (!isEntered) return { rejected: 'not-responsible', message: 'the coordinator records what was settled' };
    if (rulesOf(context.rule).isOpen(context.state)) {
      return { rejected: 'gate-closed', message: 'what is owed is paid, waived or disputed' };
    }
  } else if (outcome === 'waived') {
    const creditor = creditorOf(context);
    if (party !== partyOf(agreement, creditor)) {
      return { rejected: 'not-responsible', message: `waived by ${creditor}, to whom it is owed` };
    }
  } else if (party === undefined || !agreement.parties.includes(party)) {
    return { rejected: 'not-responsible', message: 'disputed by a party' };
  }
  return evidence
    ? { rejected: 'evidence-missing', message: 'what is entered after the end needs a document' }
    : undefined;
}

/** To whom a duty is owed: whoever is paid, else the other side. */
function creditorOf({ agreement, rule }: ObligationContext): string {
  const debtor = partyOf(agreement, rule.responsible);
  const other = agreement.parties.find((party) => party !== debtor) ?? debtor;
  return rule.rule === 'payment@1' ? rule.payee : (rule.penalty?.creditor ?? other);
}

/** What is unpaid of a payment is credited when it is let go; a duty that was cancelled bears no money. */
function letGo({ agreement, rule, state }: ObligationContext, item: string): LedgerLine | undefined {
  if (rule.rule !== 'payment@1' || !rulesOf(rule).isOpen(state) || !state.charged) return undefined;
  const amount = negateMoney(unpaidOf(rule, state));
  return { kind: 'credit-note', ...sidesOf({ agreement, rule }), amount, about: `item:${item}` };
}

function confirm(command: Settle, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { item, outcome, documents, actor } = command;
  const clauses = clausesOf(state, item);
  const party = boundParty(actor);
  if (!isOwedAfterwards(state, item)) return { rejected: 'item-settled', message: `${item} is confirmed`, clauses };
  if (actor.seat !== COORDINATOR && (party === undefined || !agreement.parties.includes(party))) {
    return { rejected: 'not-responsible', message: 'confirmed by a party or the coordinator', clauses };
  }
  if (outcome !== 'settled' || documents.length === 0) {
    return { rejected: 'evidence-missing', message: `${item} ends with the document that confirms it`, clauses };
  }
  const base = { occurredAtMs: command.receivedAtMs, actor, clauses, commandId: command.id };
  return decision({
    events: [
      { ...base, type: 'item-settled', item, outcome, documents },
      { ...base, type: 'afterwards-ended', rule: item },
    ],
    schedule: told(command, agreement, clauses),
  });
}

export function evolveSettlement(state: AgreementState, event: ItemSettled | FinalStatementIssued): AgreementState {
  if (event.type === 'final-statement-issued') return { ...state, statedAtMs: event.occurredAtMs };
  const { item, outcome, line, occurredAtMs } = event;
  const settlement = state.settlement.map((one) => (one.item === item ? { item, outcome } : one));
  if (outcome !== 'waived') return { ...state, settlement };
  const { obligation: id, occurrence = null } = readReference(item);
  const on = localDateAt(state.agreement.zone, occurredAtMs);
  const credited: PaidPart[] = line ? [{ on, amount: negateMoney(line.amount), letGo: true }] : [];
  const obligations = state.obligations.map((one) =>
    one.id === id && one.occurrence === occurrence && one.status !== 'cancelled'
      ? { ...one, status: outcome, paid: [...one.paid, ...credited] }
      : one,
  );
  return { ...state, settlement, obligations };
}

/** Paid or let go since: nobody has to settle it any more. */
function isDischarged(state: AgreementState, item: string): boolean {
  const { obligation, occurrence = null } = readReference(item);
  const status = obligationContext(state, obligation, occurrence)?.state.status ?? 'cancelled';
  return status === 'fulfilled' || status === 'fulfilled-late' || status === 'waived';
}

/** Everything that was open at the end is settled, waived, paid or disputed. */
export function isSettled(state: AgreementState): boolean {
  return state.settlement.every(({ item, outcome }) => outcome !== null || isDischarged(state, item));
}

/**
 * Whether anything is to be done after the end: what is owed, claimed, asked or promised for that time. Claims, payments
 * due before the end and incidents of confidentiality do not stop with it.
 */
export function isUnfinished(state: AgreementState): boolean {
  const { agreement, claims, matters, status } = state;
  if (!agreement.life || status === 'closed') return false;
  return (
    !isSettled(state) ||
    runningAfterwards(state).length > 0 ||
    claims.some(({ status: is }) => is !== 'agreed' && is !== 'dropped') ||
    matters.some(({ kind, endedAtMs }) => kind !== 'meeting' && endedAtMs === null)
  );
}

/** What follows of itself from what was done after the end. */
export function concluded(decided: Decision, before: AgreementState, cause: Cause): Decision {
  const rest = conclusion(decided.events.reduce(evolve, before), cause);
  return {
    ...decided,
    events: [...decided.events, ...rest.events],
    schedule: [...decided.schedule, ...rest.schedule],
  };
}

/**
 * What has run out ends, the final statement comes with the last thing that was open, and the agreement closes when
 * nothing is left of what was owed afterwards (S001a-40, S001c-66). Without such duties it stays as it ended.
 */
export function conclusion(ended: AgreementState, cause: Cause): { events: EventBody[]; schedule: NoticeDraft[] } {
  const { agreement } = ended;
  if (!agreement.life || !hasEnded(ended) || ended.status === 'closed') return NOTHING;
  const events: EventBody[] = endedBy(ended, cause);
  const state = events.reduce(evolve, ended);
  const schedule: NoticeDraft[] = [];
  if (state.statedAtMs === null && isSettled(state)) {
    const statement = finalStatement(state, cause);
    const tell = teller(agreement, cause.occurredAtMs, statement.clauses);
    const { balances } = statement;
    const facts = { balances, ...(state.endedOn === null ? {} : { endedOn: state.endedOn }) };
    events.push(statement);
    schedule.push(
      ...allSeats(agreement).map((seat) =>
        tell('final-statement', seat, hearsOfSums(agreement, seat) ? facts : withoutSums(facts)),
      ),
    );
  }
  const wasPromised = state.afterwards.some(({ endedAtMs }) => endedAtMs !== null);
  if (wasPromised && !isUnfinished(state)) {
    const endless = agreement.life.afterwards.flatMap((rule) => (rule.endless ? [rule.id] : []));
    const surviving = state.afterwards
      .filter(({ rule, endedAtMs }) => endedAtMs === null && endless.includes(rule))
      .map(({ rule }) => rule);
    const closed: AgreementClosed = {
      ...cause,
      type: 'agreement-closed',
      clauses: [...new Set(state.afterwards.flatMap(({ rule }) => clausesOf(state, rule)))],
      surviving,
    };
    const tell = teller(agreement, cause.occurredAtMs, closed.clauses);
    events.push(closed);
    schedule.push(...allSeats(agreement).map((seat) => tell('agreement-closed', seat, { open: surviving })));
  }
  return { events, schedule };
}

/**
 * Who owes whom what, by debtor, creditor and currency; nothing is netted. It rests on the rule of closing out, else on what
 * was open: a contract that says nothing of a statement has no clause of it.
 */
function finalStatement(state: AgreementState, cause: Cause): FinalStatementIssued {
  const { agreement, balances, settlement } = state;
  const closeOut = agreement.life?.afterwards.find(({ kind }) => kind === 'close-out');
  const items = settlement.map(({ item }) => readReference(item));
  const settled = items.flatMap(
    ({ obligation, occurrence = null }) => obligationContext(state, obligation, occurrence)?.rule.clauses ?? [],
  );
  return {
    ...cause,
    type: 'final-statement-issued',
    clauses: closeOut?.clauses ?? [...new Set(settled)],
    balances: balancesOf(balances).filter(({ amount }) => !isZeroMoney(amount)),
  };
}
