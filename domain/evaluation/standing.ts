import type { Actor } from '../agreement/command.ts';
import { COORDINATOR, answersFor, partyOf } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { EvaluationInput } from './command.ts';
import type { CompiledIndicator, CompiledScheme, ConsequenceKind } from './compiled.ts';
import type { EvaluationEventBody } from './event.ts';
import { schemeFaults } from './scheme.ts';
import type { Evaluated, EvaluationState } from './state.ts';

type Cause = { receivedAtMs: number; actor: Actor; id: string };

/** The duty that it fulfils. */
export function subjectOf({ rules, occurrence }: EvaluationInput): { obligation?: string; occurrence?: string } {
  if (rules.obligation === null) return {};
  return { obligation: rules.obligation, ...(occurrence === null ? {} : { occurrence }) };
}

/** What every event bears. */
export function causeOf(
  { input }: EvaluationState,
  { receivedAtMs, actor, id }: Cause,
  clauses: string[] = input.rules.clauses,
): Pick<EvaluationEventBody, 'occurredAtMs' | 'actor' | 'clauses' | 'commandId' | 'obligation' | 'occurrence'> {
  return { ...subjectOf(input), occurredAtMs: receivedAtMs, actor, clauses, commandId: id };
}

/** What gives a consequence: the clauses that the contract says it by, else the rule's. */
export function clausesOfConsequence({ rules }: EvaluationInput, kind: ConsequenceKind): string[] {
  const said = [...rules.proposes, ...rules.followUps, ...rules.consequences]
    .filter(({ consequence }) => consequence === kind)
    .flatMap(({ clauses }) => clauses);
  return said.length > 0 ? [...new Set(said)] : rules.clauses;
}

/** Nothing changes any more. */
export function isOver({ status }: EvaluationState): boolean {
  return status === 'ended' || status === 'complete';
}

export function notAlive(state: EvaluationState): Rejection | undefined {
  const { status, input } = state;
  if (status === 'ended') {
    return { rejected: 'agreement-ended', message: `${input.reference} ended with its agreement` };
  }
  if (status === 'complete') return { rejected: 'evaluation-over', message: `${input.reference} is complete` };
  return undefined;
}

/** Why this act is not theirs. */
export function notBy({ input }: EvaluationState, actor: Actor, seats: readonly string[]): Rejection | undefined {
  if (seats.some((seat) => answersFor(input, actor, seat))) return undefined;
  return {
    rejected: 'not-responsible',
    message: `${input.reference}: this is for ${[...new Set(seats)].join(' or ')} to do`,
    clauses: input.rules.clauses,
  };
}

/** Why it is not for them to keep it going: whoever organises does, or the coordinator. */
export function notOrganising(state: EvaluationState, actor: Actor): Rejection | undefined {
  return actor.seat === COORDINATOR ? undefined : notBy(state, actor, [state.input.rules.organiser]);
}

/** The scheme, once it is agreed and sound (S003-S-05, S003-E). */
export function schemeOf({ scheme, input }: EvaluationState): CompiledScheme | Rejection {
  const { clauses } = input.rules;
  if (scheme === null) {
    return { rejected: 'scheme-missing', message: `${input.reference} has no scheme: agree on one first`, clauses };
  }
  const [fault] = schemeFaults(scheme);
  if (fault === undefined) return scheme;
  const message =
    fault.fault === 'weights-sum'
      ? `the weights add up to 100, these to ${fault.sum}`
      : `the scheme is not sound: ${fault.fault}`;
  return { rejected: 'weights-invalid', message, clauses };
}

/** Seats that have not acknowledged the version in force. */
export function unacknowledged({ input, scheme, acknowledgedBy }: EvaluationState): string[] {
  return input.rules.acknowledgers.filter(
    (seat) => !acknowledgedBy.some((one) => one.seat === seat && one.version === scheme?.version),
  );
}

/** Why nothing can be scored yet: no scheme, or not all have acknowledged it (S003-E-11). */
export function notReady(state: EvaluationState): Rejection | undefined {
  const scheme = schemeOf(state);
  if ('rejected' in scheme) return scheme;
  const waiting = unacknowledged(state);
  if (waiting.length === 0) return undefined;
  return {
    rejected: 'scheme-not-acknowledged',
    message: `${waiting.join(', ')} has not acknowledged scheme ${scheme.version}: nothing is scored before`,
    clauses: state.input.rules.acknowledgeClauses,
  };
}

/** Whom an act is about; without a word, the only one who is evaluated. */
export function evaluatedOf({ subjects, input }: EvaluationState, subject: string | undefined): Evaluated | Rejection {
  const [only] = subjects;
  const known = subjects.map((one) => one.subject).join(', ');
  if (!only) {
    return { rejected: 'unknown-subject', message: `${input.reference} evaluates nobody yet: enrol who is evaluated` };
  }
  if (subject === undefined && subjects.length === 1) return only;
  const found = subjects.find((one) => one.subject === subject);
  if (found) return found;
  const message =
    subject === undefined
      ? `${input.reference} evaluates several: say of whom (${known})`
      : `${input.reference} does not evaluate ${subject}: ${known} it does`;
  return { rejected: 'unknown-subject', message };
}

export function indicatorOf(scheme: CompiledScheme, id: string): CompiledIndicator | Rejection {
  const found = scheme.indicators.find((one) => one.id === id);
  if (found && found.weight !== null) return found;
  const known = scheme.indicators.filter(({ weight }) => weight !== null).map((one) => one.id);
  return { rejected: 'unknown-indicator', message: `the scheme scores no ${id}: it has ${known.join(', ')}` };
}

/** Whom a result is of: a late response is called `person/case`. */
export function whoOf(subject: string): string {
  return subject.split('/')[0] ?? subject;
}

/**
 * Whether this is said by those who are evaluated: by themselves, by the party they belong to, or by a coordinator who enters it
 * for them. What a member of staff says nobody says in their place, whoever they work for.
 */
function speaksFor({ input }: EvaluationState, actor: Actor, { subject, personId }: Evaluated): boolean {
  const who = whoOf(subject);
  if (actor.personId === who || actor.personId === personId) return true;
  const side = sideOf(actor);
  if (who === 'agreement') return side !== undefined && input.parties.includes(partyOf(input, side));
  if (isSeat(input, who)) return answersFor(input, actor, who);
  // Staff belongs to whoever organises its appraisal.
  const home = partyOf(input, input.rules.organiser);
  return actor.seat === COORDINATOR && (side === undefined || partyOf(input, side) === home);
}

/** Why it is not for them to say: only those evaluated do, or a coordinator enters it for them. */
export function notOwn(state: EvaluationState, actor: Actor, one: Evaluated): Rejection | undefined {
  if (speaksFor(state, actor, one)) return undefined;
  const { input } = state;
  const who = whoOf(one.subject);
  return {
    rejected: 'not-responsible',
    message: `${input.reference}: this is for ${who} to say, or for the coordinator to enter for them`,
    clauses: input.rules.clauses,
  };
}

/** Whether the actor is one of those evaluated: its seat, or its person; of a party, its whole side. */
function isOfSubject({ input }: EvaluationState, actor: Actor, { subject, personId }: Evaluated): boolean {
  const who = whoOf(subject);
  if (actor.personId === who || actor.personId === personId) return true;
  if (!isSeat(input, who)) return false;
  const side = sideOf(actor);
  const isItsParty = input.parties.includes(who) && side !== undefined && partyOf(input, side) === who;
  return actor.seat === who || actor.onBehalfOf === who || isItsParty;
}

/** Nobody judges their own result. */
export function ownResult(state: EvaluationState, actor: Actor, one: Evaluated, act: string): Rejection | undefined {
  if (!isOfSubject(state, actor, one)) return undefined;
  return {
    rejected: 'second-person',
    message: `${one.subject} is evaluated: somebody else ${act}`,
    clauses: state.input.rules.clauses,
  };
}

function sideOf({ party, onBehalfOf }: Actor): string | undefined {
  return onBehalfOf ?? party;
}

/** Whether it is a party or a seat of the agreement, and no person. */
export function isSeat({ parties, seats, seatParties }: EvaluationInput, subject: string): boolean {
  return parties.includes(subject) || seats.includes(subject) || Object.hasOwn(seatParties, subject);
}
