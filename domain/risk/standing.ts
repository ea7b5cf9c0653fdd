import type { Actor } from '../agreement/command.ts';
import { COORDINATOR, answersFor, partyOf } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { EmergencyPlan, Rating, RiskInput } from './command.ts';
import { type CompiledRisks, SCALE_MAX, isReversed } from './compiled.ts';
import type { RiskEventBody } from './event.ts';
import { isAtLeast, isOnScale, levelOf } from './level.ts';
import type { RiskState } from './state.ts';

/** Nothing changes any more. */
export function isOver({ status, ended }: RiskState): boolean {
  return ended || status === 'closed';
}

/** Why nothing of it changes any more. */
export function notAlive({ input, status, ended }: RiskState): Rejection | undefined {
  if (ended) return { rejected: 'agreement-ended', message: `${input.reference} ended with its agreement` };
  if (status !== 'closed') return undefined;
  return { rejected: 'risk-closed', message: `${input.reference} was closed` };
}

/** Why somebody does not keep the register: it is for whoever keeps it, for another seat of that side, or the coordinator. */
export function notKeeper(
  input: Pick<RiskInput, 'rules' | 'parties' | 'seats' | 'seatParties'>,
  actor: Actor,
): Rejection | undefined {
  const { keeper, clauses } = input.rules;
  const side = partyOf(input, keeper);
  const own = actor.party === side && input.parties.includes(side);
  if (actor.seat === COORDINATOR || own || answersFor(input, actor, keeper)) return undefined;
  return { rejected: 'not-responsible', message: `the register of risks is kept by ${keeper}`, clauses };
}

/** Why this act is not theirs: whoever owns the risk, or keeps the register, does it. */
export function notOwner({ input }: RiskState, actor: Actor): Rejection | undefined {
  return answersFor(input, actor, input.owner) ? undefined : notKeeper(input, actor);
}

/** Why somebody may not say that a risk occurred: nobody but the parties and their seats can. */
export function notOfParties({ input }: RiskState, actor: Actor): Rejection | undefined {
  if (actor.seat === COORDINATOR || (actor.party !== undefined && input.parties.includes(actor.party)))
    return undefined;
  return { rejected: 'not-responsible', message: 'it is for the parties to say that a risk came true' };
}

/** Why a rating cannot stand: it is off the scale, or a risk of its level needs an emergency plan (S001a-33, S001c-57). */
export function notRated(rules: CompiledRisks, rating: Rating, emergency: EmergencyPlan | null): Rejection | undefined {
  if (!isOnScale(rating)) {
    return {
      rejected: 'rating-out-of-range',
      message: `probability and impact are whole numbers from 1 to ${String(SCALE_MAX)}`,
      clauses: rules.clauses,
    };
  }
  const level = levelOf(rules, rating);
  const { planLevel } = rules;
  if (planLevel === null || !isAtLeast(level, planLevel) || (emergency !== null && emergency.steps.length > 0)) {
    return undefined;
  }
  return {
    rejected: 'emergency-plan-missing',
    message: `a ${level} risk is not kept without an emergency plan: bring its steps`,
    clauses: rules.emergency?.clauses ?? rules.clauses,
  };
}

/** Why it cannot be equipped so: the contract knows no such thing, or seats are named that it does not have. */
export function notEquippable(
  input: Pick<RiskInput, 'rules' | 'parties' | 'seats' | 'seatParties'>,
  { threshold, emergency, departments = [], owners = [] }: Equipment,
): Rejection | undefined {
  if (threshold && input.rules.warning === null) return notProvided('early warning of risks: leave the indicator out');
  if (emergency && input.rules.emergency === null) return notProvided('emergency plan of risks: leave it out');
  const named = [...departments, ...owners, ...(emergency?.steps ?? []).map(({ seat }) => seat)];
  const strange = [...named, ...(emergency?.listed ?? [])].find((seat) => !isSeat(input, seat));
  if (strange !== undefined) return { rejected: 'unknown-seat', message: `the agreement has no seat ${strange}` };
  if (threshold?.indicator === 'case-spike' && threshold.windowDays === undefined) {
    return {
      rejected: 'threshold-missing',
      message: 'a spike of cases is counted within so many days: say windowDays',
    };
  }
  if (threshold && isReversed(threshold)) {
    const { indicator, operator } = threshold;
    const usual = indicator === 'clock-near-breach' ? 'at-most or below' : 'at-least or above';
    return {
      rejected: 'threshold-reversed',
      message: `${indicator} warns with ${usual}, not ${operator}; a figure that warns the other way is observed`,
    };
  }
  return undefined;
}

interface Equipment {
  threshold?: RiskInput['threshold'] | undefined;
  emergency?: RiskInput['emergency'] | undefined;
  departments?: string[] | undefined;
  owners?: string[] | undefined;
}

/** A seat of one of the parties, or the coordinator's; a third party has no part in the register. */
function isSeat(input: Pick<RiskInput, 'parties' | 'seats' | 'seatParties'>, seat: string): boolean {
  return seat === COORDINATOR ? input.seats.includes(seat) : input.parties.includes(partyOf(input, seat));
}

/** Why a risk cannot be registered, before it is begun. */
export function notRegistrable(input: Omit<RiskInput, 'workflowId' | 'reference'>): Rejection | undefined {
  const { rules, owner, departments, threshold, emergency, actor } = input;
  return (
    notKeeper(input, actor) ??
    notRated(rules, input, emergency) ??
    notEquippable(input, { threshold, emergency, departments, owners: [owner] })
  );
}

/** What every event bears. */
export function causeOf(
  { input }: RiskState,
  { receivedAtMs, actor, id }: { receivedAtMs: number; actor: Actor; id: string },
  clauses: string[] = input.rules.clauses,
): Pick<RiskEventBody, 'occurredAtMs' | 'actor' | 'clauses' | 'commandId'> {
  return { occurredAtMs: receivedAtMs, actor, clauses, commandId: id };
}
