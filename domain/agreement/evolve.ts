import { lineOf, posted } from '../ledger/balance.ts';
import { evolveCaps } from '../ledger/cap.ts';
import { evolveClaims } from '../ledger/claim.ts';
import { withBooking } from '../ledger/booking.ts';
import { withPayment } from '../ledger/paying.ts';
import { evolveWaivers } from '../ledger/waiver.ts';
import { evolveAfterwards } from '../life/afterwards.ts';
import { evolveAmendments } from '../life/amendment.ts';
import { evolveBaselines } from '../life/baseline.ts';
import { evolveBreaches } from '../life/breach.ts';
import { evolveEffect } from '../life/effect.ts';
import { evolveOverride } from '../life/override.ts';
import { evolveRedating } from '../redating/redate.ts';
import { evolveRenewal } from '../life/renewal.ts';
import { evolveSettlement, itemsAtEnd } from '../life/settlement.ts';
import { evolveSuspensions, pausesAtOpening } from '../life/suspension.ts';
import { evolveFailedService, evolveReceipts } from '../life/failed-service.ts';
import { evolveEndObjection } from '../life/end-objection.ts';
import { evolveTerminations } from '../life/termination.ts';
import { evolveCapNotice } from '../life/cap-change.ts';
import { evolveThirdAccess } from '../engagement/access.ts';
import { evolveEngagementEnds } from '../engagement/end.ts';
import { evolveEvaluations, withAward } from '../evaluation/keeping.ts';
import { evolveGoals, evolveNewGoals } from '../goal/goals.ts';
import { evolveMatters } from '../matters/matters.ts';
import { rulesOf } from '../obligations/registry.ts';
import { evolveVisitChecks } from '../visit/checks.ts';
import { instantAt } from '../zone.ts';
import type { Acknowledged, EventBody, ObligationOpened } from './event.ts';
import { ruleOf } from './obligations.ts';
import type { Reading } from './reading.ts';
import type { AgreementState, ObligationState } from './state.ts';

/** What is true after an event. The database folds the same events to the same state, `delivery` apart. */
export function evolve(state: AgreementState, event: EventBody): AgreementState {
  const line = lineOf(event);
  return evolved(line ? posted(state, line) : state, event);
}

function evolved(state: AgreementState, event: EventBody): AgreementState {
  switch (event.type) {
    case 'agreement-started':
      return {
        ...state,
        status: 'awaiting-signatures',
        startedAtMs: event.occurredAtMs,
        seated: event.seated ?? {},
      };
    case 'agreement-signed':
      return { ...state, signatures: { ...state.signatures, [event.party]: event.signedOn } };
    case 'agreement-in-force':
      return {
        ...state,
        status: 'active',
        inForceOn: event.signedOn,
        inForceAtMs: event.occurredAtMs,
        expiresOn: event.expiresOn ?? state.expiresOn,
        obligations: state.obligations.map((obligation) => {
          const found = event.dues.find((due) => due.obligation === obligation.id);
          if (!found) return obligation;
          const due = { dueAtMs: found.dueAtMs, localDate: found.localDate };
          const roundFromMs = instantAt(state.agreement.zone, event.signedOn, '00:00');
          return { ...obligation, due, originalDue: due, roundFromMs };
        }),
      };
    case 'obligation-opened':
      return opened(state, event);
    case 'agreement-terminated':
    case 'agreement-expired':
      return {
        ...state,
        status: event.type === 'agreement-terminated' ? 'terminated' : 'expired',
        endedOn: event.endedOn,
        obligations: state.obligations.map((obligation) => cancelled(state, obligation, event.endedOn)),
        settlement: itemsAtEnd(state),
      };
    case 'seat-replaced':
    case 'seat-vacated':
      return {
        ...state,
        seated: { ...state.seated, [event.seat]: event.type === 'seat-replaced' ? event.after : null },
        // Who has left is no longer absent.
        standIns: state.standIns.filter(({ seat }) => seat !== event.seat),
      };
    case 'delegation-made': {
      const { number, seat, absent, deputy, from, until, obligations } = event;
      const standIn = { number, seat, absent, deputy, from, until, obligations };
      return { ...state, delegations: number, standIns: [...state.standIns, standIn] };
    }
    case 'delegation-ended':
      return { ...state, standIns: state.standIns.filter(({ number }) => !event.ended.includes(number)) };
    case 'circulated': {
      const askedAtMs = event.occurredAtMs;
      const readers = event.readers.map((reader) => ({ reader, askedAtMs, readAtMs: null, by: null }));
      return { ...state, readings: [...state.readings, { what: event.what, version: event.version, readers }] };
    }
    case 'acknowledged':
      return { ...state, readings: acknowledged(state.readings, event) };
    case 'notice-undelivered':
      return { ...state, unserved: [...state.unserved, event.noticeId] };
    case 'deliverable-submitted':
    case 'deliverable-accepted':
    case 'deliverable-rejected':
    case 'obligation-overdue':
    case 'overdue-withdrawn':
    case 'obligation-fulfilled':
    case 'review-overdue':
    case 'penalty-posted':
    case 'penalty-credited':
    case 'fee-posted':
    case 'payment-recorded':
    case 'payment-held-back':
    case 'late-fee-posted':
      return {
        ...state,
        ...(event.type === 'payment-recorded' ? withPayment(state, event.line) : {}),
        obligations: state.obligations.map((obligation) => {
          const same = obligation.id === event.obligation && obligation.occurrence === (event.occurrence ?? null);
          if (!same) return obligation;
          const rule = ruleOf(state, obligation);
          return rule ? rulesOf(rule).evolveObligation(obligation, event) : obligation;
        }),
      };
    case 'agreement-sealed':
    case 'approval-given':
    case 'agreement-withdrawn':
      return evolveEffect(state, event);
    case 'baseline-entered':
    case 'baseline-locked':
      return evolveBaselines(state, event);
    case 'waiver-proposed':
    case 'penalty-waived':
      return evolveWaivers(state, event);
    case 'amendment-proposed':
    case 'amendment-accepted':
    case 'amendment-declined':
    case 'amendment-lapsed':
    case 'amendment-effective':
      return evolveNewGoals(state, evolveAmendments(state, event), event.occurredAtMs);
    case 'obligation-overridden':
      return evolveOverride(state, event);
    case 'calendar-repinned':
    case 'redating-declined':
      return evolveRedating(state, event);
    case 'suspension-proposed':
    case 'agreement-suspended':
    case 'agreement-resumed':
      return evolveSuspensions(state, event);
    case 'renewal-announced':
    case 'renewal-objected':
    case 'agreement-renewed':
      return evolveRenewal(state, event);
    case 'breach-notified':
    case 'breach-cured':
    case 'negotiation-failed':
      return evolveBreaches(state, event);
    case 'notice-served': {
      const received = evolveReceipts(state, event);
      return event.again ? received : evolveCapNotice(evolveTerminations(received, event), event);
    }
    case 'service-failed':
      return evolveFailedService(state, event);
    case 'engagement-end-proposed':
    case 'engagement-end-agreed':
    case 'engagement-ended':
    case 'engagement-item-agreed':
      return evolveEngagementEnds(state, event);
    case 'third-access-changed':
      return evolveThirdAccess(state, event);
    case 'termination-notified':
      return evolveTerminations(state, event);
    case 'termination-objected':
      return evolveEndObjection(state, event);
    case 'item-settled':
    case 'final-statement-issued':
      return evolveSettlement(state, event);
    case 'afterwards-begun':
    case 'afterwards-ended':
    case 'agreement-closed':
      return evolveAfterwards(state, event);
    case 'claim-made':
    case 'claim-answered':
    case 'claim-overdue':
    case 'claim-dropped':
    case 'recourse-recorded':
    case 'claim-posted':
      return evolveClaims(state, event);
    case 'sum-booked':
      return withAward({ ...state, booked: withBooking(state.booked, event) }, event.award);
    case 'engagement-posted':
      return state;
    case 'evaluation-recorded':
      return evolveEvaluations(state, event);
    case 'cap-reached':
      return evolveCaps(state, event);
    case 'matter-opened':
    case 'matter-carried':
    case 'matter-overdue':
      return evolveMatters(state, event);
    case 'visit-count-due':
    case 'visits-counted':
      return evolveVisitChecks(state, event);
    case 'risk-register-begun':
      return { ...state, riskRegister: 'begun' };
    case 'risk-register-empty':
      return { ...state, riskRegister: 'empty' };
    case 'goal-measured':
    case 'goal-judged':
      return evolveGoals(state, event);
  }
}

/** A clock began: an occurrence comes into being, or what waited gets its due time. */
function opened(state: AgreementState, event: ObligationOpened): AgreementState {
  const { obligation: id, due, anchoredOn, opensAtMs } = event;
  const rule = state.agreement.obligations.find((one) => one.id === id);
  if (!rule) return state;
  const occurrence = event.occurrence ?? null;
  const begun = {
    due,
    anchoredOn,
    originalDue: due,
    roundFromMs: opensAtMs,
    ladderThroughMs: opensAtMs - 1,
    pauses: pausesAtOpening(state, id, opensAtMs),
  };
  if (occurrence === null) {
    const obligations = state.obligations.map((one) => (one.id === id ? { ...one, ...begun } : one));
    return { ...state, obligations };
  }
  const added = { ...rulesOf(rule).initialObligation(rule, occurrence), ...begun };
  return { ...state, obligations: [...state.obligations, added] };
}

/** Who reads without having been asked stands beside those who were. */
function acknowledged(readings: Reading[], { what, version, reader, occurredAtMs, actor }: Acknowledged): Reading[] {
  const reading = readings.find((one) => one.what === what && one.version === version);
  const asked = reading?.readers.find((one) => one.reader === reader);
  const read = { reader, askedAtMs: asked?.askedAtMs ?? null, readAtMs: occurredAtMs, by: actor.personId };
  if (!reading) return [...readings, { what, version, readers: [read] }];
  return readings.map((one) =>
    one === reading ? { ...one, readers: [...one.readers.filter((other) => other.reader !== reader), read] } : one,
  );
}

/** Accrual stops on the day of the end, inclusive; what is open is cancelled, but for money that had fallen due. */
function cancelled(state: AgreementState, obligation: ObligationState, endedOn: string): ObligationState {
  const rule = ruleOf(state, obligation);
  if (!rule) return obligation;
  const rules = rulesOf(rule);
  if (!rules.isOpen(obligation)) return obligation;
  if (rules.staysOwed(obligation, endedOn)) return { ...obligation, accruesUntil: endedOn };
  const settledDaysLate = rules.daysLate(obligation, endedOn, rule);
  return { ...obligation, status: 'cancelled', settledDaysLate, review: null };
}
