import type { Cure, DocumentRef, Serve } from '../agreement/command.ts';
import type { CompiledTermination } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { BreachCured, BreachNotified, EventBody, NegotiationFailed, NoticeServed } from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import { obligationContext, obligationContexts } from '../agreement/obligations.ts';
import { NOTHING, type Part, notProvided } from '../agreement/part.ts';
import { CLOCK, COORDINATOR, actingParty, allSeats, boundParty, partyOf, partySeats } from '../agreement/parties.ts';
import { isInForce } from '../agreement/phase.ts';
import { readReference, referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { endOfDay, servedTooEarly, writtenNotice } from '../agreement/service.ts';
import type { AgreementState, Breach } from '../agreement/state.ts';
import { type Subject, teller } from '../agreement/telling.ts';
import { dueAfterDays } from '../deadline.ts';
import { addDays } from '../local-date.ts';
import type { ObligationContext } from '../obligations/registry.ts';
import type { LocalDate } from '../time.ts';
import type { Cause } from './settlement.ts';

/** What came of something that reached the other side. */
export type Brought = Pick<Decision, 'events' | 'schedule'>;

/** The rule that a notice of breach opens a period of: the one that needs it, else any end for a breach. */
export function breachRuleOf({ agreement }: AgreementState): CompiledTermination | undefined {
  const rules = agreement.life?.terminations ?? [];
  return rules.find(isNegotiated) ?? rules.find(({ ground }) => ground === 'breach' || ground === 'serious-breach');
}

/** Days to negotiate or put it right, the longer of them where both are agreed; null where neither is. */
function periodOf({ negotiationDays, cureDays }: CompiledTermination): number | null {
  if (negotiationDays === null || cureDays === null) return negotiationDays ?? cureDays;
  return Math.max(negotiationDays, cureDays);
}

/** `periodOf` the rule that a breach of this agreement is under. */
export function breachPeriod(state: AgreementState): number | null {
  const rule = breachRuleOf(state);
  return rule ? periodOf(rule) : null;
}

/** Whether the contract gives it time, so that it fails by the end of that, or because the innocent side says so. */
export function isNegotiated({ gates }: CompiledTermination): boolean {
  return gates.includes('negotiation-failed') || gates.includes('cure-period');
}

/** Whether the notice says in which agreed way the breach is serious, or where nothing is agreed, why (S001b-67). */
export function isReasoned({ codes }: CompiledTermination, { code, reasoned }: Serve): boolean {
  return codes.length > 0 ? codes.includes(code ?? '') : reasoned === true;
}

/**
 * The innocent side notifies a breach in writing; its period runs from the receipt (S001a-35, S001b-67). It is about the duty
 * that it names; where it names none, about the one of the other side that is late now, of several the one due first of those
 * that were not notified yet. What makes a breach serious (S001b-67) is always said: a duty, an agreed ground, or reasons.
 */
export function serveBreach(command: Serve, by: string, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const rule = breachRuleOf(state);
  if (!rule) return notProvided('notice of breach');
  const { clauses } = rule;
  if (command.code !== undefined && !rule.codes.includes(command.code)) {
    return rule.codes.length > 0 ? groundMissing(rule) : { ...notProvided('list of grounds'), clauses };
  }
  const isSerious = rule.ground === 'serious-breach';
  const unnamed = isSerious ? undefined : lateDuty(by, command.against, state);
  const missed = command.breach === undefined ? unnamed : missedDuty(command.breach, state);
  if (missed && 'rejected' in missed) return missed;
  if (!missed && !isSerious) {
    return { rejected: 'not-breached', message: 'no duty of the other side is late now', clauses };
  }
  if (!missed && !isReasoned(rule, command)) return groundMissing(rule);
  const against = missed
    ? partyOf(agreement, missed.rule.responsible)
    : (command.against ?? agreement.parties.find((party) => party !== by));
  if (against === undefined || !agreement.parties.includes(against)) {
    return { rejected: 'unknown-seat', message: 'a breach is notified to the side in breach' };
  }
  if (against === by) return { rejected: 'not-responsible', message: `${by} is in breach itself`, clauses };
  if (missed && isDone(missed)) {
    return { rejected: 'breach-closed', message: `${missed.rule.id} has been done since`, clauses };
  }
  if (command.against !== undefined && partyOf(agreement, command.against) !== against) {
    return { rejected: 'not-breached', message: `the duty is ${against}'s`, clauses };
  }
  const early = missed && servedTooEarly(command, firstDayLate(missed), clauses);
  if (early) return early;
  const duty = missed && subjectOf(missed);
  const known = duty && state.breaches.find((one) => one.by === by && isAbout(one, duty) && isStanding(one));
  if (known) return { rejected: 'already-notified', message: `${known.id} is about it`, clauses };

  const breach = `breach-${state.breaches.length + 1}`;
  const days = periodOf(rule);
  const due = missed?.state.originalDue;
  const facts = { by, against, ...(days === null ? {} : { days }), ...due };
  const mail = writtenNotice(state, command, {
    kind: 'breach-notice',
    id: breach,
    to: [against],
    clauses,
    facts,
    ...(duty ? { subject: duty } : {}),
  });
  if ('rejected' in mail) return mail;
  const cause: Cause = { occurredAtMs: command.receivedAtMs, actor: command.actor, commandId: command.id };
  const notified: BreachNotified = {
    ...cause,
    type: 'breach-notified',
    clauses,
    breach,
    by,
    against,
    ...duty,
    documents: command.documents,
  };
  const byHand =
    command.servedOn === undefined
      ? NOTHING
      : breachServed(evolveBreaches(state, notified), breach, command.servedOn, cause);
  return decision({
    events: [notified, ...byHand.events],
    schedule: [...mail.schedule, ...byHand.schedule],
    issue: mail.issue,
  });
}

/** Says what a notice of serious breach must cite. */
export function groundMissing({ codes, clauses }: CompiledTermination): Rejection {
  const message =
    codes.length > 0 ? `cites one of: ${codes.join(', ')}` : 'a serious breach is notified with its reasons';
  return { rejected: 'ground-missing', message, clauses };
}

/** The duty that was missed: it is late, or was. */
export function missedDuty(reference: string, state: AgreementState): ObligationContext | Rejection {
  const { obligation, occurrence } = readReference(reference);
  const meant = obligationContexts(state).filter(
    ({ rule, state: one }) => rule.id === obligation && (occurrence === undefined || one.occurrence === occurrence),
  );
  if (meant.length === 0) return { rejected: 'unknown-obligation', message: `no duty ${reference} is run here` };
  const missed = meant.filter(({ state: one }) => one.everOverdue || one.status === 'fulfilled-late');
  const late = missed.findLast((context) => !isDone(context)) ?? missed.at(-1);
  return (
    late ?? { rejected: 'not-breached', message: `${reference} is not late`, clauses: meant[0]?.rule.clauses ?? [] }
  );
}

/** What another side, or this one of them, is late with now: due first, and first what was not notified yet. */
function lateDuty(by: string, against: string | undefined, state: AgreementState): ObligationContext | undefined {
  const { agreement, breaches } = state;
  const late = obligationContexts(state).filter(({ rule, state: { status } }) => {
    const owing = partyOf(agreement, rule.responsible);
    const isMeant = against === undefined ? owing !== by : owing === partyOf(agreement, against);
    return status === 'overdue' && isMeant && agreement.parties.includes(owing);
  });
  late.sort((a, b) => (a.state.due?.dueAtMs ?? 0) - (b.state.due?.dueAtMs ?? 0));
  const isNotified = (context: ObligationContext): boolean =>
    breaches.some((one) => one.by === by && one.status !== 'cured' && isAbout(one, subjectOf(context)));
  return late.find((context) => !isNotified(context)) ?? late[0];
}

/** The day on which the miss came about: the first after the due date, of a rework where only that was late. */
export function firstDayLate({
  state: { due, originalDue, round, settledDaysLate },
}: ObligationContext): LocalDate | null {
  const isLateRework = round > 1 && settledDaysLate === 0;
  const last = isLateRework ? due : (originalDue ?? due);
  return last && addDays(last.localDate, 1);
}

function subjectOf({ rule, state: { occurrence } }: ObligationContext): Subject {
  return { obligation: rule.id, ...(occurrence === null ? {} : { occurrence }) };
}

function isAbout({ obligation }: Breach, duty: Subject): boolean {
  return obligation !== null && obligation === referenceOf(duty);
}

/** Its notice has reached the other side, and it stands; one whose mail came back may be given again. */
function isStanding({ status, servedOn }: Breach): boolean {
  return status !== 'cured' && servedOn !== null;
}

/**
 * The notice reached the other side: its period runs. Where the contract asks for negotiation and says no length of it,
 * it goes on until the innocent side records that it failed; where it asks for none, there is nothing to wait for.
 */
export function breachServed(state: AgreementState, id: string, servedOn: LocalDate, cause: Cause): Brought {
  const { agreement, breaches } = state;
  const breach = breaches.find((one) => one.id === id);
  const rule = breachRuleOf(state);
  if (!breach || !rule || breach.status !== 'notified' || breach.servedOn !== null) return NOTHING;
  const duty = aboutDuty(breach);
  if (duty && breaches.some((one) => one.by === breach.by && isAbout(one, duty) && isStanding(one))) return NOTHING;
  const days = periodOf(rule);
  // What is to be done within it is an act: its last day rolls over (Civil Code 203).
  const last =
    days === null
      ? null
      : dueAfterDays(
          servedOn,
          days,
          { rollover: 'next-working-day', dayEnd: '24:00' },
          agreement.calendar,
          agreement.zone,
        );
  const due = last && endOfDay(state, last.localDate, cause.occurredAtMs);
  const served: NoticeServed = {
    ...cause,
    type: 'notice-served',
    clauses: rule.clauses,
    notice: id,
    ...duty,
    servedOn,
    due,
  };
  const failed = due || isNegotiated(rule) ? NOTHING : failure(state, { ...breach, due }, cause);
  return { events: [served, ...failed.events], schedule: failed.schedule };
}

function failure(state: AgreementState, breach: Breach, cause: Cause, documents?: DocumentRef[]): Brought {
  const { agreement } = state;
  const clauses = breachRuleOf(state)?.clauses ?? [];
  const tell = teller(agreement, cause.occurredAtMs, clauses, aboutDuty(breach));
  const facts = { about: breach.id, by: breach.by, against: breach.against, ...breach.due };
  return {
    events: [
      {
        ...cause,
        type: 'negotiation-failed',
        clauses,
        breach: breach.id,
        ...aboutDuty(breach),
        ...(documents ? { documents } : {}),
      },
    ],
    schedule: allSeats(agreement)
      .filter((seat) => seat === COORDINATOR || partySeats(agreement).includes(seat))
      .map((seat) => tell('negotiation-failed', seat, facts)),
  };
}

function aboutDuty({ obligation }: Breach): Subject | undefined {
  return obligation === null ? undefined : readReference(obligation);
}

/** The breach has been put right, or negotiation of it has failed where no length of it is agreed. */
export function cure(command: Cure, state: AgreementState): Decision | Rejection {
  const { breaches } = state;
  const { actor, documents, failed } = command;
  const rule = breachRuleOf(state);
  if (!rule) return notProvided('notice of breach');
  const { clauses } = rule;
  const named = breaches.filter(({ id, obligation }) => id === command.breach || obligation === command.breach);
  const breach = named.findLast(isOpen) ?? named.at(-1);
  if (!breach) return { rejected: 'unknown-breach', message: `no breach ${command.breach} was notified` };
  if (!isOpen(breach)) return { rejected: 'breach-closed', message: `${breach.id} is ${breach.status}` };
  const by = boundParty(actor);
  if (by === undefined || ![breach.by, ...(failed ? [] : [breach.against])].includes(by)) {
    const message = failed
      ? `its failure is recorded by ${breach.by}`
      : `cured by ${breach.against}, or acknowledged by ${breach.by}`;
    return { rejected: 'not-responsible', message };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'what is entered for a side needs its document' };
  }
  const cause: Cause = { occurredAtMs: command.receivedAtMs, actor, commandId: command.id };
  if (failed) {
    if (breach.servedOn === null || breach.due !== null) {
      const until = breach.due ? `it is negotiated until ${breach.due.localDate}` : 'its notice has not been received';
      return { rejected: 'gate-closed', message: until, clauses };
    }
    return decision(failure(state, breach, cause, documents));
  }
  // The side in breach alone cannot shut the way to the end (S001a-35).
  if (by !== breach.by && breach.obligation !== null) {
    return { rejected: 'gate-closed', message: `${breach.obligation} is still open`, clauses };
  }
  return decision(cured(state, breach, by, cause, documents));
}

function cured(
  state: AgreementState,
  breach: Breach,
  by: string | undefined,
  cause: Cause,
  documents: DocumentRef[],
): Brought {
  const { agreement } = state;
  const clauses = breachRuleOf(state)?.clauses ?? [];
  const tell = teller(agreement, cause.occurredAtMs, clauses, aboutDuty(breach));
  const facts = { about: breach.id, ...(by === undefined ? {} : { by }), against: breach.against };
  return {
    events: [{ ...cause, type: 'breach-cured', clauses, breach: breach.id, ...aboutDuty(breach), documents }],
    schedule: partySeats(agreement)
      .filter((seat) => seat !== by)
      .map((seat) => tell('breach-cured', seat, facts)),
  };
}

/**
 * A breach is put right by what it was about: the duty is fulfilled, let go, or turns out not to have been late. Once
 * a notice of the end that rests on it has been received, that comes too late.
 */
export function curesOf(state: AgreementState, cause: Cause): Brought {
  if (!isInForce(state)) return NOTHING;
  const all = state.breaches
    .filter((breach) => breach.status !== 'cured' && isPutRight(state, breach))
    .filter(({ id }) => !state.terminations.some((notice) => notice.breach === id && notice.due !== null))
    .map((breach) => cured(state, breach, actingParty(cause.actor), cause, []));
  return {
    events: all.flatMap(({ events }): EventBody[] => events),
    schedule: all.flatMap(({ schedule }) => schedule),
  };
}

function isPutRight(state: AgreementState, breach: Breach): boolean {
  const duty = aboutDuty(breach);
  const context = duty && obligationContext(state, duty.obligation, duty.occurrence ?? null);
  if (!context) return false;
  const { status, everOverdue, settledDaysLate } = context.state;
  return isDone(context) || (status !== 'overdue' && !everOverdue && settledDaysLate === 0);
}

/** Nothing of it is to be done any more. */
export function isDone({ state: { status } }: ObligationContext): boolean {
  return status === 'fulfilled' || status === 'fulfilled-late' || status === 'waived';
}

function isOpen({ status }: Breach): boolean {
  return status === 'notified' || status === 'negotiating';
}

export function evolveBreaches(
  state: AgreementState,
  event: BreachNotified | BreachCured | NegotiationFailed,
): AgreementState {
  if (event.type === 'breach-notified') {
    const { breach: id, by, against, obligation, occurrence } = event;
    const missed = obligation === undefined ? null : referenceOf({ obligation, occurrence });
    const breach: Breach = { id, by, against, obligation: missed, status: 'notified', servedOn: null, due: null };
    return { ...state, breaches: [...state.breaches, breach] };
  }
  const status = event.type === 'breach-cured' ? 'cured' : 'failed';
  return {
    ...state,
    breaches: state.breaches.map((one) => (one.id === event.breach ? { ...one, status } : one)),
  };
}

/** Negotiation and cure have their time; then the gate to termination is open (S001a-35). */
export const BREACHES: Part = {
  moments: (state) => negotiated(state).map(({ due }) => ({ atMs: due.dueAtMs, consequence: true })),
  dueEvents(state, atMs) {
    const fulfilled = curesOf(state, { occurredAtMs: atMs, actor: CLOCK });
    const failed = negotiated(fulfilled.events.reduce(evolve, state))
      .filter(({ due }) => due.dueAtMs <= atMs)
      .map((breach) => failure(state, breach, { occurredAtMs: breach.due.dueAtMs, actor: CLOCK }));
    return {
      events: [...fulfilled.events, ...failed.flatMap(({ events }): EventBody[] => events)],
      schedule: [...fulfilled.schedule, ...failed.flatMap(({ schedule }) => schedule)],
    };
  },
};

function negotiated(state: AgreementState) {
  if (!isInForce(state)) return [];
  return state.breaches.flatMap(({ due, ...breach }) =>
    due !== null && breach.status === 'negotiating' ? [{ ...breach, due }] : [],
  );
}
