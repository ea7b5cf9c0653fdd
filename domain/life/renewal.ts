import type { ObjectToRenewal } from '../agreement/command.ts';
import type { CompiledRenewal } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import { expiryMs } from '../agreement/ending.ts';
import type {
  AgreementRenewed,
  Due,
  EventBody,
  Redated,
  RenewalAnnounced,
  RenewalObjected,
} from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { obligationContexts, ruleOf } from '../agreement/obligations.ts';
import { callingOf, cycleEnd, firstDue, followedBy, isCountedAnew } from '../agreement/opening.ts';
import { CLOCK, COORDINATOR, boundParty, hasCoordinator, livingSeats, partySeats } from '../agreement/parties.ts';
import { type NextDue, type Part, notProvided } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, ObligationState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays, addMonths, daysBetween } from '../local-date.ts';
import { plannedRungs } from '../notice-time.ts';
import { rulesOf } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import { renewalPack } from './renewal-pack.ts';

/**
 * For so many days after a renewal nobody can tell whether an objection is about the end that has passed or about the next
 * one: it is refused, and may be repeated after them (ADR 17).
 */
export const LATE_OBJECTION_DAYS = 30;

/** A term that ends and may be renewed. */
interface Term {
  rule: CompiledRenewal;
  expiresOn: LocalDate;
  /** First instant after it. */
  endMs: Instant;
}

/** No renewal: one party's objection until the last day is enough (S001b-65). */
export function objectToRenewal(command: ObjectToRenewal, state: AgreementState): Decision | Rejection {
  const term = termOf(state);
  if (!term?.rule.automatic) return notProvided('automatic renewal');
  const { agreement } = state;
  const { actor, documents, receivedAtMs } = command;
  const { clauses } = term.rule;
  const by = boundParty(actor);
  if (by === undefined || !agreement.parties.includes(by)) {
    return { rejected: 'not-responsible', message: `a party objects: ${agreement.parties.join(', ')}`, clauses };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'an objection entered for a party needs its document', clauses };
  }
  const expiresOn = objectedEnd(state, term, receivedAtMs);
  if (expiresOn === null) {
    const from = objectionsCountFrom(state, term);
    const message = `renewed until ${term.expiresOn}; from ${from} an objection counts for that end`;
    return { rejected: 'already-renewed', message, clauses };
  }
  if (isObjected(state)) {
    return { rejected: 'already-objected', message: `${state.renewal.objectedBy ?? ''} has objected`, clauses };
  }
  const tell = teller(agreement, receivedAtMs, clauses);
  const told = [...partySeats(agreement), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
  return decision({
    events: [
      {
        type: 'renewal-objected',
        occurredAtMs: receivedAtMs,
        actor,
        clauses,
        commandId: command.id,
        by,
        expiresOn,
        documents,
      },
    ],
    schedule: told
      .filter((seat) => seat !== by && seat !== actor.seat)
      .map((seat) => tell('renewal-objected', seat, { by, expiresOn })),
  });
}

/**
 * The end that an objection is about; null so soon after a renewal that nobody can tell which. What was received before the
 * end counts, although the renewal was recorded first (design §3).
 */
function objectedEnd(state: AgreementState, term: Term, receivedAtMs: Instant): LocalDate | null {
  const last = state.renewal.terms.at(-1);
  if (!last || last.expiresOn !== term.expiresOn) return term.expiresOn;
  if (receivedAtMs < endOf(state, last.before)) return last.before;
  return localDateAt(state.agreement.zone, receivedAtMs) >= objectionsCountFrom(state, term) ? term.expiresOn : null;
}

/** The first day on which an objection is about the present end: so long after the renewal, or from its announcement. */
function objectionsCountFrom(state: AgreementState, term: Term): LocalDate {
  const last = state.renewal.terms.at(-1);
  const announcedOn = localDateAt(state.agreement.zone, announcements(state, term).opensMs);
  if (!last) return announcedOn;
  const cleared = addDays(last.before, LATE_OBJECTION_DAYS + 1);
  return cleared < announcedOn ? cleared : announcedOn;
}

/** Somebody objected to the end of the present term; it stands where an amendment has moved that end since. */
export function isObjected({ renewal: { objectedTo, terms } }: AgreementState): boolean {
  const last = terms.at(-1);
  return objectedTo !== null && (last === undefined || objectedTo > last.before);
}

export function evolveRenewal(
  state: AgreementState,
  event: RenewalAnnounced | RenewalObjected | AgreementRenewed,
): AgreementState {
  const { renewal } = state;
  switch (event.type) {
    case 'renewal-announced': {
      const announced = { ...renewal.announced, [event.stage]: event.expiresOn };
      return { ...state, renewal: { ...renewal, announced } };
    }
    case 'renewal-objected': {
      const objected = { ...renewal, objectedTo: event.expiresOn, objectedBy: event.by };
      // It had been received before the renewal that it prevents: the term is the one before again.
      const last = renewal.terms.at(-1);
      const undone = last?.before === event.expiresOn && state.expiresOn !== event.expiresOn;
      if (!undone) return { ...state, renewal: objected };
      const { cut = [] } = last;
      return {
        ...state,
        expiresOn: event.expiresOn,
        renewal: { ...objected, terms: renewal.terms.slice(0, -1) },
        obligations: state.obligations.map((one) => (isAmong(cut, one) ? { ...one, status: 'pending' } : one)),
      };
    }
    case 'agreement-renewed': {
      const { before, expiresOn, redated = [], afresh, cut } = event;
      const term = { before, expiresOn, ...(afresh ? { afresh } : {}), ...(cut ? { cut } : {}) };
      return {
        ...state,
        expiresOn,
        renewal: { ...renewal, terms: [...renewal.terms, term] },
        obligations: state.obligations.map((obligation) => {
          if (cut && isAmong(cut, obligation)) return { ...obligation, status: 'cancelled' as const };
          const moved = redated.find(
            (one) => one.obligation === obligation.id && one.occurrence === obligation.occurrence,
          );
          if (moved) return { ...obligation, due: moved.due, originalDue: moved.due };
          // What was counted from the end of the term before still is.
          const { due, anchoredOn } = obligation;
          const kept = due !== null && anchoredOn === null && ruleOf(state, obligation)?.deadline.anchor === 'expiry';
          return kept ? { ...obligation, anchoredOn: before } : obligation;
        }),
      };
    }
  }
}

function isAmong(references: string[], { id, occurrence }: ObligationState): boolean {
  return references.includes(referenceOf({ obligation: id, occurrence }));
}

/**
 * The end of the term is told to the coordinator, then to the parties; unless somebody objects, what renews by itself
 * begins its next term at the very instant at which it would expire (S001b-65).
 */
export const RENEWAL: Part = {
  moments(state) {
    const term = termOf(state);
    if (!term) return [];
    const { internalMs, partiesMs } = pending(state, term);
    const told = [internalMs, partiesMs].flatMap((atMs): NextDue[] =>
      atMs === null ? [] : [{ atMs, consequence: false }],
    );
    return renews(state, term) ? [...told, { atMs: term.endMs, consequence: true }] : told;
  },
  dueEvents(state, atMs) {
    const term = termOf(state);
    if (!term) return { events: [], schedule: [] };
    const events: EventBody[] = [];
    const schedule: NoticeDraft[] = [];
    const { internalMs, partiesMs } = pending(state, term);
    if (internalMs !== null && internalMs <= atMs) {
      events.push(announcement(term, 'internal', internalMs));
      if (hasCoordinator(state.agreement)) schedule.push(outlook(state, term, internalMs));
    }
    if (partiesMs !== null && partiesMs <= atMs) {
      events.push(announcement(term, 'parties', partiesMs));
      schedule.push(...noticesToParties(state, term, partiesMs));
    }
    if (renews(state, term) && term.endMs <= atMs) {
      const renewed = renewal(state, term);
      const tell = teller(state.agreement, term.endMs, term.rule.clauses);
      const { number, before, expiresOn, afresh, cut } = renewed;
      const fresh = afresh ? { from: addDays(before, 1), ...(cut ? { cut } : {}) } : {};
      const facts = { round: number, endedOn: before, expiresOn, ...fresh };
      events.push(renewed);
      const told = [...livingSeats(state.agreement), ...(hasCoordinator(state.agreement) ? [COORDINATOR] : [])];
      schedule.push(...told.map((seat) => tell('agreement-renewed', seat, facts)));
    }
    return { events, schedule };
  },
};

/** Whether a notice about the end of a term, or its renewal, still tells something when it leaves. */
export function isRenewalAhead({ kind, facts }: NoticeDraft, state: AgreementState, leavesMs: Instant): boolean {
  const { expiresOn } = facts;
  if (!isInForce(state) || expiresOn === undefined || expiresOn !== state.expiresOn) return false;
  if (kind === 'renewal-notice' && facts.until !== undefined && isObjected(state)) return false;
  return localDateAt(state.agreement.zone, leavesMs) <= expiresOn;
}

/** Whether another term begins by itself when this one ends, as things stand. */
export function isRenewing(state: AgreementState): boolean {
  const term = termOf(state);
  return term !== null && renews(state, term);
}

function termOf(state: AgreementState): Term | null {
  const rule = state.agreement.life?.renewal;
  const endMs = expiryMs(state);
  if (!rule || !isInForce(state) || state.expiresOn === null || endMs === undefined) return null;
  return { rule, expiresOn: state.expiresOn, endMs };
}

function endOf({ agreement }: AgreementState, expiresOn: LocalDate): Instant {
  return instantAt(agreement.zone, expiresOn, '24:00');
}

/** It renews by itself, nobody objected, and no notice ends it at that very instant. */
function renews(state: AgreementState, { rule, endMs }: Term): boolean {
  const ends = state.terminations.some(({ needs, due }) => needs.length === 0 && due !== null && due.dueAtMs <= endMs);
  return rule.automatic && !isObjected(state) && !ends;
}

/**
 * When the end is announced: so many days before the last day, on the working day before where that is a day of rest, so
 * that the lead is never shorter than agreed; not before the term has begun.
 */
function announcements(state: AgreementState, { rule, expiresOn, endMs }: Term) {
  const { calendar, zone, noticeHours: hours } = state.agreement;
  const due: Due = { dueAtMs: endMs, localDate: expiresOn };
  const termFromMs = beginOf(state);
  const ahead = (days: number): Instant => {
    const [rung] = plannedRungs(due, [days], { calendar, zone, hours });
    return Math.max(rung?.atMs ?? termFromMs, termFromMs);
  };
  const internalMs = ahead((rule.noticeDays ?? 0) + rule.internalDays);
  const partiesMs = rule.noticeDays === null ? null : ahead(rule.noticeDays);
  return { internalMs, partiesMs, opensMs: partiesMs ?? internalMs };
}

/** First instant of the present term. */
function beginOf(state: AgreementState): Instant {
  const last = state.renewal.terms.at(-1);
  return last ? endOf(state, last.before) : instantAt(state.agreement.zone, state.inForceOn ?? '', '00:00');
}

/** What has not been announced yet of this end. */
function pending(state: AgreementState, term: Term): { internalMs: Instant | null; partiesMs: Instant | null } {
  const { internalMs, partiesMs } = announcements(state, term);
  const { announced } = state.renewal;
  return {
    internalMs: announced.internal === term.expiresOn ? null : internalMs,
    partiesMs: announced.parties === term.expiresOn ? null : partiesMs,
  };
}

function announcement({ rule, expiresOn }: Term, stage: 'internal' | 'parties', atMs: Instant): RenewalAnnounced {
  return { type: 'renewal-announced', occurredAtMs: atMs, actor: CLOCK, clauses: rule.clauses, stage, expiresOn };
}

/** `until` is the end of the next term, where it renews by itself; what is open stands beside the decision. */
function factsOf(state: AgreementState, term: Term): NoticeFacts {
  const { rule, expiresOn } = term;
  return {
    expiresOn,
    localDate: expiresOn,
    ...renewalPack(state),
    ...(rule.automatic ? { until: nextEnd(state, term) } : {}),
  };
}

function outlook(state: AgreementState, term: Term, atMs: Instant): NoticeDraft {
  const tell = teller(state.agreement, atMs, term.rule.clauses);
  const { objectedBy } = state.renewal;
  const objected = isObjected(state) && objectedBy !== null ? { by: objectedBy } : {};
  return tell('renewal-outlook', COORDINATOR, { ...factsOf(state, term), ...objected });
}

function noticesToParties(state: AgreementState, term: Term, atMs: Instant): NoticeDraft[] {
  const tell = teller(state.agreement, atMs, term.rule.clauses);
  const facts = factsOf(state, term);
  return partySeats(state.agreement).map((seat) => ({
    ...tell('renewal-notice', seat, facts),
    ...(term.rule.automatic ? { act: 'object' as const } : {}),
  }));
}

function renewal(state: AgreementState, term: Term): AgreementRenewed {
  const { rule, expiresOn: before, endMs } = term;
  const expiresOn = nextEnd(state, term);
  const redated = movedByRenewal(state, before, expiresOn, endMs);
  return {
    type: 'agreement-renewed',
    occurredAtMs: endMs,
    actor: CLOCK,
    clauses: rule.clauses,
    before,
    expiresOn,
    number: state.renewal.terms.length + 1,
    ...(redated.length > 0 ? { redated } : {}),
    ...(rule.cycles === 'afresh' ? { afresh: true, ...cutBy(state, before) } : {}),
  };
}

/**
 * Cycles counted from the effect that run beyond the last day and are not due by then end with it, and so does what
 * follows their due time: the renewed term counts anew (S001b-65). What is handed in stays; what was due stays owed.
 */
function cutBy(state: AgreementState, before: LocalDate): { cut?: string[] } {
  const { agreement } = state;
  const calling = callingOf(state);
  const runs = (one: ObligationState): boolean =>
    one.status === 'pending' && one.due !== null && one.due.localDate > before;
  const contexts = obligationContexts(state).filter(({ state: one }) => runs(one));
  const ended = contexts.filter(({ rule, state: { occurrence } }) => {
    const end = calling && isCountedAnew(rule) ? cycleEnd(agreement, rule, calling, occurrence) : null;
    return end !== null && end > before;
  });
  for (let found = ended; found.length > 0;) {
    const last = found;
    found = contexts.filter(
      ({ rule, state: one }) =>
        !ended.some(({ state: other }) => other === one) &&
        last.some(
          ({ rule: { id }, state: { occurrence } }) => id === followedBy(rule) && occurrence === one.occurrence,
        ),
    );
    ended.push(...found);
  }
  const cut = ended.map(({ rule: { id }, state: { occurrence } }) => referenceOf({ obligation: id, occurrence }));
  return cut.length > 0 ? { cut } : {};
}

/**
 * The last day of the next term: the corresponding day, k terms after the original end, so that a short month does not
 * pull the later ones along (2026-08-31 and 6 months: 2027-02-28, 2027-08-31).
 */
function nextEnd(state: AgreementState, { rule, expiresOn }: Term): LocalDate {
  const { agreement, inForceOn, renewal } = state;
  // Terms that follow one another without an amendment of the end between them count from the same original end.
  let first = renewal.terms.length;
  for (let end = expiresOn; first > 0 && renewal.terms[first - 1]?.expiresOn === end; first -= 1) {
    end = renewal.terms[first - 1]?.before ?? end;
  }
  const original = renewal.terms[first]?.before ?? expiresOn;
  const k = renewal.terms.length - first + 1;
  if (rule.months !== null) return addMonths(original, rule.months * k);
  const { term } = agreement;
  if (agreement.expiresOn === null && term && first === 0) {
    return addMonths(original, (term.unit === 'years' ? 12 : 1) * term.count * k);
  }
  const before = renewal.terms[first - 1]?.before ?? inForceOn ?? original;
  const months = wholeMonths(before, original);
  return months === null ? addDays(original, daysBetween(before, original) * k) : addMonths(original, months * k);
}

/** A term from its day 0, or its first day, to its last in months; null where it is no number of whole months. */
function wholeMonths(from: LocalDate, to: LocalDate): number | null {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  const found = [months, months + 1].find(
    (count) => count > 0 && [to, addDays(to, 1)].includes(addMonths(from, count)),
  );
  return found ?? null;
}

/** Open one-off duties whose clock hangs on the end of the term, and has not run out with it. */
function movedByRenewal(state: AgreementState, before: LocalDate, expiresOn: LocalDate, atMs: Instant): Redated[] {
  const { agreement, inForceOn } = state;
  if (inForceOn === null) return [];
  return obligationContexts(state).flatMap(({ rule, state: { id, occurrence, due, ...progress } }) => {
    if (due === null || due.dueAtMs <= atMs || !rulesOf(rule).isOpen({ id, occurrence, due, ...progress })) return [];
    const was = firstDue(agreement, rule, { inForceOn, expiresOn: before });
    const will = firstDue(agreement, rule, { inForceOn, expiresOn });
    if (was?.dueAtMs !== due.dueAtMs || !will || will.dueAtMs === due.dueAtMs) return [];
    const { dueAtMs, localDate } = will;
    return [{ obligation: id, occurrence, before: due, due: { dueAtMs, localDate } }];
  });
}
