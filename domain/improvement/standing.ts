import type { Actor } from '../agreement/command.ts';
import { CLOCK, COORDINATOR, answersFor } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { ImprovementPersonCommand } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import type { ImprovementState, ImprovementStatus } from './state.ts';

const ENDED: readonly ImprovementStatus[] = ['closed', 'merged', 'dismissed', 'cancelled'];

export function hasEnded({ status }: Pick<ImprovementState, 'status'>): boolean {
  return ENDED.includes(status);
}

/** Only the end of the agreement cancels an improvement. */
export function endedWithAgreement({ input }: ImprovementState): Rejection {
  return { rejected: 'agreement-ended', message: `${input.reference} ended with its agreement` };
}

/** Why it does not close where it stands; undefined once its effect is proven. */
export function unprovenAt(state: ImprovementState): Rejection | undefined {
  const { status } = state;
  switch (status) {
    case 'raised':
      return { rejected: 'not-classified', message: 'it is to be classified first: category, severity, department' };
    case 'classified':
      return { rejected: 'plan-missing', message: 'there is no plan yet: measures with owners and dates' };
    case 'planned':
      return { rejected: 'plan-not-approved', message: 'the plan waits for its approval' };
    case 'approved':
      return { rejected: 'not-implemented', message: 'not all measures of the plan are done' };
    case 'implemented':
      return { rejected: 'effect-unproven', message: 'the effect of the measures has not been shown' };
    case 'effective':
      return undefined;
    case 'closed':
    case 'merged':
    case 'dismissed':
      return { rejected: 'finding-closed', message: `the finding is ${status}` };
    case 'cancelled':
      return endedWithAgreement(state);
  }
}

/** Whether this act is that of one of these seats; a coordinator counts as itself where it is named. */
export function actsAs({ input }: ImprovementState, actor: Actor, seats: string[]): boolean {
  return seats.some((seat) => (seat === COORDINATOR ? actor.seat === COORDINATOR : answersFor(input, actor, seat)));
}

/** Who sorts it out by the contract: whoever classifies and whoever plans here; the coordinator always. */
export function sorters({ input: { rules } }: ImprovementState): string[] {
  return [...(rules.classifier === undefined ? [] : [rules.classifier]), rules.planner, COORDINATOR];
}

/** Whether this act is that of somebody who sorts it out, or of whoever raised it. */
export function sortsOut(state: ImprovementState, actor: Actor): boolean {
  const { actor: raiser } = state.input;
  const isRaiser = raiser.via !== 'clock' && raiser.via !== 'workflow' && raiser.seat !== CLOCK.seat;
  return actsAs(state, actor, [...sorters(state), ...(isRaiser ? [raiser.seat] : [])]);
}

/** Whether whoever acts answers for a measure of this plan, by seat or by having done it: they do not judge it. */
export function isOwner({ measures }: ImprovementState, { seat, personId, onBehalfOf }: Actor): boolean {
  const speaker = seat === COORDINATOR ? (onBehalfOf ?? seat) : seat;
  return measures.some(({ owner, completedBy }) => owner === speaker || completedBy === personId);
}

export function notResponsible(seats: string[], clauses: string[]): Rejection {
  return { rejected: 'not-responsible', message: `this is for ${[...new Set(seats)].join(' or ')}`, clauses };
}

/** What every event of a command bears. */
export function causeOf(
  command: ImprovementPersonCommand | { receivedAtMs: number; actor: Actor; id: string },
  clauses: string[],
): Pick<ImprovementEventBody, 'occurredAtMs' | 'actor' | 'clauses' | 'commandId'> {
  return { occurredAtMs: command.receivedAtMs, actor: command.actor, clauses, commandId: command.id };
}

/** The clauses that a finding is about, and those that say what becomes of it. */
export function findingClauses({ input }: ImprovementState): string[] {
  return [...new Set([...input.clauses, ...input.rules.clauses])];
}
