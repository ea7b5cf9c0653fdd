import type { ThirdPartyAccess as AccessCommand } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { CompiledLife } from '../agreement/compiled.ts';
import type { EventBody, ThirdAccessChanged } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { COORDINATOR, THIRD, answersFor, boundParty, hasCoordinator, partySeats } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import type { Cause } from '../life/settlement.ts';
import { localDateAt } from '../zone.ts';
import { endedAlready } from './end.ts';

/**
 * A third party's undertaking of secrecy is recorded with its document before it is given access; an incident suspends that
 * until it is lifted, which is to give it again once no incident is open (S001c-76). Where a party is itself the outsider, it
 * acknowledges the other's rules, and the other lets it in (S003-K-17).
 */
export function thirdPartyAccess(command: AccessCommand, state: AgreementState): Decision | Rejection {
  const { agreement, thirdAccess } = state;
  const rule = secrecyOf(state);
  if (!rule) return notProvided('undertaking of a third party');
  const { clauses } = rule;
  const { step, actor, documents } = command;
  const refuse = (rejected: Rejection['rejected'], message: string): Rejection => ({ rejected, message, clauses });
  const party = boundParty(actor);
  const isParty = party !== undefined && agreement.parties.includes(party);
  const holder = holderOf(rule);
  const isHolder = answersFor(agreement, actor, holder);
  const isThird = step === 'undertake' && isHolder;
  const isSaid = holder === THIRD ? isParty || isThird : step === 'undertake' ? isHolder : isParty && party !== holder;
  if (!isSaid) {
    const others = agreement.parties.filter((one) => one !== holder).join(' or ');
    return refuse('not-responsible', `said by ${step === 'undertake' && holder !== THIRD ? holder : others}`);
  }
  if (documents.length === 0 && (step === 'undertake' || actor.seat === COORDINATOR)) {
    return refuse('evidence-missing', 'the undertaking, or what is entered for a party, needs its document');
  }
  const ended = holder === THIRD ? endedAlready(state) : undefined;
  if (ended && step !== 'withdraw') return ended;
  if (step === 'grant') {
    if (thirdAccess.undertakenOn === null && !isUndertakenBy(state, rule)) {
      return refuse('gate-closed', 'no access before the undertaking of secrecy');
    }
    const open = openIncident(state, rule.id);
    if (open) return refuse('gate-closed', `${open} is open: access stays suspended`);
    if (thirdAccess.access === 'granted') return refuse('already-approved', 'it has access');
  }
  if (step === 'withdraw' && thirdAccess.access === 'none') return refuse('gate-closed', 'it has no access');
  const access = step === 'undertake' ? thirdAccess.access : step === 'grant' ? 'granted' : 'none';
  const cause: Cause = { occurredAtMs: command.receivedAtMs, actor, commandId: command.id };
  const event: ThirdAccessChanged = {
    ...cause,
    type: 'third-access-changed',
    clauses,
    step,
    access,
    by: isParty ? party : holder,
    documents,
  };
  return decision({ events: [event], schedule: told(state, event, actor.seat) });
}

/** What follows an incident about the third party: the access that it has is suspended at once, and both parties know. */
export function accessSuspended(
  state: AgreementState,
  events: readonly EventBody[],
  cause: Cause,
): Pick<Decision, 'events' | 'schedule'> {
  const rule = secrecyOf(state);
  const incident = events.find((event) => event.type === 'matter-opened' && event.matter.rule === rule?.id);
  if (!rule || incident?.type !== 'matter-opened' || incident.matter.kind !== 'incident') return NONE;
  if (state.thirdAccess.access !== 'granted') return NONE;
  const event: ThirdAccessChanged = {
    ...cause,
    type: 'third-access-changed',
    clauses: rule.clauses,
    step: 'suspend',
    access: 'suspended',
    by: incident.matter.from,
    about: incident.matter.id,
    documents: [],
  };
  return { events: [event], schedule: told(state, event, cause.actor.seat) };
}

const NONE = { events: [], schedule: [] };

export function evolveThirdAccess(state: AgreementState, event: ThirdAccessChanged): AgreementState {
  const undertakenOn =
    event.step === 'undertake' ? localDateAt(state.agreement.zone, event.occurredAtMs) : state.thirdAccess.undertakenOn;
  return { ...state, thirdAccess: { undertakenOn, access: event.access } };
}

type Secrecy = CompiledLife['confidentiality'][number];

/** The secrecy that is undertaken before access, where the contract has one: a third party's, or that of a party from outside. */
function secrecyOf({ agreement: { life } }: AgreementState): Secrecy | undefined {
  const all = (life?.confidentiality ?? []).filter(({ undertaking }) => undertaking === true);
  return all.find(({ bound }) => bound.includes(THIRD)) ?? all.find(({ bound }) => bound.length === 1);
}

function holderOf({ bound }: Secrecy): string {
  return bound.includes(THIRD) ? THIRD : (bound[0] ?? THIRD);
}

/** Undertaken by fulfilling the duty that the contract has for it. */
function isUndertakenBy({ obligations }: AgreementState, { undertakenBy }: Secrecy): boolean {
  return (
    undertakenBy !== undefined && obligations.some(({ id, status }) => id === undertakenBy && status === 'fulfilled')
  );
}

function openIncident({ matters }: AgreementState, rule: string): string | undefined {
  return matters.find((one) => one.kind === 'incident' && one.rule === rule && one.endedAtMs === null)?.id;
}

/** Both parties and the coordinator, but for whoever did it. */
function told({ agreement }: AgreementState, event: ThirdAccessChanged, own: string): NoticeDraft[] {
  const tell = teller(agreement, event.occurredAtMs, event.clauses);
  const seats = [...partySeats(agreement), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
  const about = event.about === undefined ? {} : { about: event.about };
  return seats
    .filter((seat) => seat !== own)
    .map((seat) => tell('third-access', seat, { by: event.by, status: event.step, ...about }));
}
