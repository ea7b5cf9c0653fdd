import type { Override } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { Change, EventBody, ObligationOverridden } from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeFacts } from '../agreement/notice.ts';
import { obligationContext, obligationContexts, ruleOf } from '../agreement/obligations.ts';
import { COORDINATOR, hasCoordinator, livingSeats, mailSeat, partyOf } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, ObligationState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { dueFacts, subjectOf } from '../obligations/deliverable-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import { redated } from './clock.ts';
import { creditsOf } from './suspension.ts';

/**
 * For a special case whoever the contract trusts with it changes one date or owner, or lets one step go (S004-27): the
 * reason is in Postgres, who and when in the record. What is owed in money is changed by amendment or waiver alone.
 */
export function override(command: Override, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const rule = agreement.life?.override;
  if (!rule) return notProvided('override');
  if (!rule.by.includes(command.actor.seat)) {
    return {
      rejected: 'not-responsible',
      message: `special cases are for ${rule.by.join(', ')}`,
      clauses: rule.clauses,
    };
  }
  const context = meant(command, state);
  if ('rejected' in context) return context;
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  const change = changeOf(command, context, today);
  if ('rejected' in change) return change;

  const { occurrence } = context.state;
  const overridden: ObligationOverridden = {
    occurredAtMs: command.receivedAtMs,
    actor: command.actor,
    commandId: command.id,
    clauses: rule.clauses,
    type: 'obligation-overridden',
    ...subjectOf(context),
    ...change,
    documents: command.documents,
  };
  const rules = rulesOf(context.rule);
  // Letting the step go lets no sum go that it has cost already.
  const owed = change.skipped ? rules.postAccrued(context, today, command.receivedAtMs, command.actor, command.id) : [];
  const events: EventBody[] = [...owed, overridden];
  const after = events.reduce(evolve, state);
  events.push(...creditsOf(after, context.rule.id, occurrence, today, command));
  return decision({ events, schedule: told(command, context, change, after) });
}

/** The obligation that is meant, without a word the earliest occurrence that is open. */
function meant({ obligation, occurrence }: Override, state: AgreementState): ObligationContext | Rejection {
  const named = obligationContexts(state).filter(
    ({ rule, state: one }) => rule.id === obligation && (occurrence === undefined || one.occurrence === occurrence),
  );
  const context = named.find(({ rule, state: one }) => rulesOf(rule).isOpen(one)) ?? named.at(-1);
  if (!context) return { rejected: 'unknown-obligation', message: `no ${referenceOf({ obligation, occurrence })}` };
  if (context.rule.rule === 'payment@1') return notProvided('override of a payment');
  if (!rulesOf(context.rule).isOpen(context.state)) {
    return { rejected: 'already-fulfilled', message: `${obligation} is ${context.state.status}` };
  }
  return context;
}

type Overriding = Pick<ObligationOverridden, 'due' | 'responsible' | 'skipped'>;

function changeOf(
  { dueOn, responsible, skip }: Override,
  { agreement, rule, state }: ObligationContext,
  today: LocalDate,
): Overriding | Rejection {
  const nothing: Rejection = { rejected: 'nothing-changes', message: `${rule.id} stays as it is` };
  if (responsible !== undefined) {
    const { parties, seats, seatParties } = agreement;
    if (!parties.includes(responsible) && !seats.includes(responsible) && seatParties?.[responsible] === undefined) {
      return { rejected: 'unknown-seat', message: `${responsible} is no seat of the agreement` };
    }
    return responsible === rule.responsible ? nothing : { responsible };
  }
  if (dueOn === undefined && !skip) return nothing;
  if (!state.due) return { rejected: 'not-open-yet', message: `${rule.id} has not begun`, clauses: rule.clauses };
  if (skip) return { skipped: true };
  if (dueOn === undefined || dueOn === state.due.localDate) return nothing;
  if (dueOn < today) return { rejected: 'date-out-of-range', message: `${dueOn} is before ${today}` };
  return { due: { dueAtMs: instantAt(agreement.zone, dueOn, rule.deadline.dayEnd), localDate: dueOn } };
}

/** Whoever owed it, owes it now, and the coordinator; the other parties, too. */
function told(
  command: Override,
  before: ObligationContext,
  change: Overriding,
  after: AgreementState,
): Decision['schedule'] {
  const { agreement, rule, state } = before;
  const now = obligationContext(after, rule.id, state.occurrence);
  const name = { obligation: rule.id, occurrence: state.occurrence };
  const of = state.occurrence === null ? `obligation:${rule.id}` : `occurrence:${referenceOf(name)}`;
  const changes: Change[] =
    change.responsible === undefined
      ? []
      : [{ of, field: 'responsible', before: rule.responsible, after: change.responsible }];
  const facts: NoticeFacts = {
    by: command.actor.seat,
    ...dueFacts(now?.state.due ?? null),
    ...(change.skipped ? { status: 'waived' } : {}),
    ...(changes.length > 0 ? { changes } : {}),
    ...(change.due && state.due
      ? { redated: [{ ...name, before: state.due.localDate, after: change.due.localDate }] }
      : {}),
  };
  const owners = [rule.responsible, now?.rule.responsible ?? rule.responsible].map((seat) => mailSeat(agreement, seat));
  const parties = livingSeats(agreement).filter((seat) => partyOf(agreement, seat) === seat);
  const seats = [...new Set([...owners, ...parties, ...(hasCoordinator(agreement) ? [COORDINATOR] : [])])];
  const tell = teller(agreement, command.receivedAtMs, agreement.life?.override?.clauses ?? [], subjectOf(before));
  return seats.filter((seat) => seat !== command.actor.seat).map((seat) => tell('obligation-overridden', seat, facts));
}

export function evolveOverride(state: AgreementState, event: ObligationOverridden): AgreementState {
  return {
    ...state,
    obligations: state.obligations.map((one) =>
      one.id === event.obligation && one.occurrence === (event.occurrence ?? null)
        ? overridden(state, one, event)
        : one,
    ),
  };
}

function overridden(
  state: AgreementState,
  one: ObligationState,
  { due, responsible, skipped, occurredAtMs, commandId }: ObligationOverridden,
): ObligationState {
  const rule = ruleOf(state, one);
  if (!rule) return one;
  const on = localDateAt(state.agreement.zone, occurredAtMs);
  if (skipped) {
    return { ...one, status: 'waived', settledDaysLate: rulesOf(rule).daysLate(one, on, rule), review: null };
  }
  const owned = responsible === undefined ? one : { ...one, pinned: { ...rule, responsible } };
  if (!due || !one.due) return owned;
  const to = { before: one.due, due, clock: { counted: due, from: on } };
  const dated = redated(owned, { by: 'override', about: commandId ?? '' }, to);
  const reopened = one.round > 1 ? ('rework' as const) : ('pending' as const);
  return {
    ...dated,
    // It has time again: what was late by the old date is not late.
    status: one.status === 'overdue' ? reopened : one.status,
    everOverdue: one.status === 'overdue' ? one.settledDaysLate > one.roundDaysLate : one.everOverdue,
    ladderThroughMs: occurredAtMs,
  };
}
