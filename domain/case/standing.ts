import type { Actor } from '../agreement/command.ts';
import { COORDINATOR, CUSTOMER, answersFor } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { CaseClockId, CaseStep } from './compiled.ts';
import type { CaseEventBody } from './event.ts';
import type { CaseState } from './state.ts';

/** Nothing changes any more: it goes on in another one, or its agreement is over as well. */
export function isOver({ status, outcome, ended }: CaseState): boolean {
  return status === 'closed' && (outcome === 'duplicate' || ended);
}

/** What the contract has beside response and result. */
export function has({ input: { rules } }: CaseState, step: CaseStep): boolean {
  return rules.steps.includes(step);
}

/** Why there is no such step here. */
export function notAStep(state: CaseState, step: CaseStep, what: string): Rejection | undefined {
  return has(state, step) ? undefined : notProvided(what);
}

/** Why nothing of it is handled any more. */
export function notOpen({ input, status, outcome, duplicateOf }: CaseState): Rejection | undefined {
  if (status !== 'closed') return undefined;
  const where = outcome === 'duplicate' ? `: it goes on in ${duplicateOf ?? ''}` : ': reopen it first';
  return { rejected: 'case-closed', message: `${input.reference} is closed${where}`, clauses: input.rules.clauses };
}

/** Why nothing is done about the problem itself any more: its result is there. */
export function notUnresolved(state: CaseState): Rejection | undefined {
  const closed = notOpen(state);
  if (closed || (state.status !== 'resolved' && state.status !== 'awaiting-opinion')) return closed;
  const message = `${state.input.reference} has its result: reopen it to go on`;
  return { rejected: 'already-resolved', message, clauses: state.input.rules.clauses };
}

/** Whether whoever handles the case says it: by its seat, its deputy, whoever it was given to, or entered for them. */
export function isHandler({ input, handler, assignee }: CaseState, actor: Actor): boolean {
  if (actor.seat === COORDINATOR && actor.onBehalfOf === undefined) return true;
  if (assignee === `person:${actor.personId}`) return true;
  const seats = [handler, ...input.rules.deputies, ...(assignee === null ? [] : [assignee])];
  return seats.some((seat) => answersFor(input, actor, seat));
}

export function notHandling(state: CaseState, actor: Actor): Rejection | undefined {
  if (isHandler(state, actor)) return undefined;
  const { reference, rules } = state.input;
  const message = `${reference}: this is for ${state.handler} to do`;
  return { rejected: 'not-responsible', message, clauses: rules.clauses };
}

/**
 * Whether the customer says it: itself, the party that is the customer, or a coordinator who enters it for them. A customer
 * who is known speaks for itself alone. Where a party is the customer, nobody else is: no bearer of a link, no sender of a mail.
 */
export function isCustomer({ input }: CaseState, actor: Actor): boolean {
  const { customer } = input.rules;
  if (actor.seat === CUSTOMER) {
    const known = input.customerId ?? input.contactId;
    return customer === null && (known === undefined || known === actor.personId);
  }
  if (actor.seat === COORDINATOR && actor.onBehalfOf === CUSTOMER) return customer === null;
  return customer !== null && answersFor(input, actor, customer);
}

/** Why the customer's word is not theirs to enter: that of a party never is (nobody decides for another one). */
export function notOfCustomer(state: CaseState, actor: Actor, mayEnter: boolean): Rejection | undefined {
  if (isCustomer(state, actor)) return undefined;
  const { reference, rules } = state.input;
  if (mayEnter && rules.customer === null && isHandler(state, actor)) return undefined;
  const who = rules.customer ?? 'the customer';
  return { rejected: 'not-responsible', message: `${reference}: this is for ${who} to say`, clauses: rules.clauses };
}

/** Whether somebody of a party, or the coordinator, says it. */
export function isOfParty({ input }: CaseState, { seat, party }: Actor): boolean {
  return seat === COORDINATOR || (party !== undefined && input.parties.includes(party));
}

/** What in the contract a step is by: the clauses of the clock that it stops, where there is one. */
export function clausesOf({ input: { rules } }: CaseState, ...clocks: CaseClockId[]): string[] {
  return rules.clocks.find(({ id }) => clocks.includes(id))?.clauses ?? rules.clauses;
}

/** What every event bears. */
export function causeOf(
  { input }: CaseState,
  { receivedAtMs, actor, id }: { receivedAtMs: number; actor: Actor; id: string },
  clauses: string[] = input.rules.clauses,
): Pick<CaseEventBody, 'occurredAtMs' | 'actor' | 'clauses' | 'commandId'> {
  return { occurredAtMs: receivedAtMs, actor, clauses, commandId: id };
}
