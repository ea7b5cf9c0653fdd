import type { Undelivered } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { NoticeServed, ServiceFailed } from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeFacts } from '../agreement/notice.ts';
import { NOTHING } from '../agreement/part.ts';
import { partySeats } from '../agreement/parties.ts';
import { hasEnded, isInForce } from '../agreement/phase.ts';
import { readReference } from '../agreement/reference.ts';
import { cameBack } from '../agreement/service.ts';
import type { AgreementState, Receipt } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import type { Cause } from './settlement.ts';
import { broughtByMail } from './termination.ts';

/** What is left of a notice whose mail came back: its period is taken back, or what it led to stands. */
type Outcome = 'taken-back' | 'stands';

/**
 * A notice came back. Where it was a written notice of the contract that counted as received, the other side never had it
 * (Civil Code 137): the period that ran from it is taken back, and the notice may be served again. What it has led to by
 * then is not undone by itself. Where another mail brought it to the same side, it was received with that one.
 */
export function undelivered(command: Undelivered, state: AgreementState): Decision {
  const noted = cameBack(command, state);
  const { serves, noticeId, seat } = command;
  const receipt = state.receipts.find(({ mail, notice }) => mail === noticeId && notice === serves);
  const outcome = receipt && outcomeOf(receipt.notice, receipt.to, state);
  if (!receipt || outcome === undefined || noted.events.length === 0) return noted;
  const cause: Cause = { occurredAtMs: command.receivedAtMs, actor: command.actor, commandId: command.id };
  const duty = dutyOf(receipt.notice, state);
  const failed: ServiceFailed = {
    ...cause,
    type: 'service-failed',
    clauses: receipt.clauses,
    notice: receipt.notice,
    ...duty,
    mail: receipt.mail,
    seat,
    ...(receipt.to === null ? {} : { to: receipt.to }),
    servedOn: receipt.servedOn,
    ...(outcome === 'stands' ? { stands: true } : {}),
  };
  const after = [...noted.events, failed].reduce(evolve, state);
  const other = outcome === 'stands' ? undefined : after.receipts.find((one) => isSameService(one, receipt));
  const again = other ? broughtByMail(after, { ...other, to: other.to ?? seat }, cause) : NOTHING;
  const facts: NoticeFacts = {
    about: receipt.notice,
    from: receipt.servedOn,
    status: other ? 'still-served' : outcome,
  };
  const tell = teller(state.agreement, command.receivedAtMs, receipt.clauses, duty);
  return decision({
    events: [...noted.events, failed, ...again.events],
    schedule: [
      ...noted.schedule.map((draft) => ({ ...draft, facts: { ...draft.facts, ...facts } })),
      ...toldOf(receipt, state).map((one) => tell('service-failed', one, { ...facts, seat })),
      ...again.schedule,
    ],
  });
}

/** Two mails of one notice to one side. */
function isSameService(one: Receipt, other: Receipt): boolean {
  return one.notice === other.notice && one.to === other.to;
}

/** Undefined where nothing ran from it: the breach was put right, the third party has answered, the contract ended otherwise. */
function outcomeOf(notice: string, to: string | null, state: AgreementState): Outcome | undefined {
  const breach = state.breaches.find(({ id }) => id === notice);
  if (breach) {
    // An end that rests on it was received: the failure was acted on.
    const isActedOn = state.terminations.some((one) => one.breach === notice && one.due !== null);
    if (breach.status === 'failed' && isActedOn) return 'stands';
    const isOpen = breach.status === 'failed' || breach.status === 'negotiating';
    return isOpen && isInForce(state) ? 'taken-back' : undefined;
  }
  const termination = state.terminations.find(({ id }) => id === notice);
  if (termination) {
    const { due, received } = termination;
    if (isInForce(state)) return due !== null || (to !== null && received[to] !== undefined) ? 'taken-back' : undefined;
    return hasEnded(state) && due !== null && due.localDate === state.endedOn ? 'stands' : undefined;
  }
  const amendment = state.amendments.find(({ id }) => notice === `amendment:${id}`);
  if (amendment) {
    if (amendment.third?.stage !== 'notified') return undefined;
    if (amendment.status === 'lapsed') return 'stands';
    return amendment.status === 'proposed' && isInForce(state) ? 'taken-back' : undefined;
  }
  const end = state.engagementEnds.find(({ id }) => notice === `engagement-end:${id}`);
  return end?.status === 'ended' ? 'stands' : undefined;
}

/** The duty that a notice of breach names. */
function dutyOf(notice: string, { breaches }: AgreementState) {
  const reference = breaches.find(({ id }) => id === notice)?.obligation ?? null;
  return reference === null ? undefined : readReference(reference);
}

/** Whoever gave the notice, and of several other parties those that have it; of a notice to a third party, both parties. */
function toldOf({ notice, to }: Receipt, { agreement, breaches, terminations }: AgreementState): string[] {
  const by = [...breaches, ...terminations].find(({ id }) => id === notice)?.by;
  const received = terminations.find(({ id }) => id === notice)?.received ?? {};
  return partySeats(agreement).filter(
    (party) => party !== to && (by === undefined || party === by || received[party] !== undefined),
  );
}

/** Keeps which mail brought which written notice. */
export function evolveReceipts(state: AgreementState, event: NoticeServed): AgreementState {
  const { notice, mail, to = null, servedOn, clauses } = event;
  if (mail === undefined) return state;
  const others = state.receipts.filter((one) => one.mail !== mail);
  return { ...state, receipts: [...others, { notice, mail, to, servedOn, clauses }] };
}

/** The notice stands as given, and not as received. */
export function evolveFailedService(state: AgreementState, event: ServiceFailed): AgreementState {
  const { notice, mail, to } = event;
  if (event.stands) return state;
  const open = { servedOn: null, due: null };
  return {
    ...state,
    receipts: state.receipts.filter((one) => one.mail !== mail),
    breaches: state.breaches.map((one) => (one.id === notice ? { ...one, ...open, status: 'notified' as const } : one)),
    terminations: state.terminations.map((one) => {
      if (one.id !== notice) return one;
      const others = Object.entries(one.received).filter(([party]) => to !== undefined && party !== to);
      return { ...one, ...open, received: Object.fromEntries(others) };
    }),
    amendments: state.amendments.map((one) =>
      notice === `amendment:${one.id}`
        ? { ...one, third: { stage: 'agreed-by-parties' as const, notifiedOn: null, due: null }, lapsesAtMs: null }
        : one,
    ),
  };
}
