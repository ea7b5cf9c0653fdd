import { rulesOf } from '../obligations/registry.ts';
import { instantAt } from '../zone.ts';
import type { EventBody, ObligationOpened } from './event.ts';
import type { AgreementState, ObligationState } from './state.ts';

/** What is true after an event. The database folds the same events to the same state, `delivery` apart. */
export function evolve(state: AgreementState, event: EventBody): AgreementState {
  switch (event.type) {
    case 'agreement-started':
      return { ...state, status: 'awaiting-signatures', startedAtMs: event.occurredAtMs };
    case 'agreement-signed':
      return { ...state, signatures: { ...state.signatures, [event.party]: event.signedOn } };
    case 'agreement-in-force':
      return {
        ...state,
        status: 'active',
        inForceOn: event.signedOn,
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
      };
    case 'deliverable-submitted':
    case 'deliverable-accepted':
    case 'deliverable-rejected':
    case 'obligation-overdue':
    case 'overdue-withdrawn':
    case 'obligation-fulfilled':
    case 'review-overdue':
    case 'penalty-posted':
    case 'penalty-credited':
      return {
        ...state,
        obligations: state.obligations.map((obligation) => {
          const same = obligation.id === event.obligation && obligation.occurrence === (event.occurrence ?? null);
          if (!same) return obligation;
          const rule = state.agreement.obligations.find(({ id }) => id === obligation.id);
          return rule ? rulesOf(rule).evolveDeliverable(obligation, event) : obligation;
        }),
      };
  }
}

/** A clock began: an occurrence comes into being, or what waited gets its due time. */
function opened(state: AgreementState, event: ObligationOpened): AgreementState {
  const { obligation: id, due, anchoredOn, opensAtMs } = event;
  const rule = state.agreement.obligations.find((one) => one.id === id);
  if (!rule) return state;
  const occurrence = event.occurrence ?? null;
  const begun = { due, anchoredOn, originalDue: due, roundFromMs: opensAtMs, ladderThroughMs: opensAtMs - 1 };
  if (occurrence === null) {
    const obligations = state.obligations.map((one) => (one.id === id ? { ...one, ...begun } : one));
    return { ...state, obligations };
  }
  const added = { ...rulesOf(rule).initialDeliverable(rule, occurrence), ...begun };
  return { ...state, obligations: [...state.obligations, added] };
}

/** Accrual stops on the day of the end, inclusive; what is open is cancelled. */
function cancelled(state: AgreementState, obligation: ObligationState, endedOn: string): ObligationState {
  const rule = state.agreement.obligations.find(({ id }) => id === obligation.id);
  if (!rule) return obligation;
  const rules = rulesOf(rule);
  if (!rules.isOpen(obligation)) return obligation;
  return { ...obligation, status: 'cancelled', settledDaysLate: rules.daysLate(obligation, endedOn), review: null };
}
