import type { CompiledAgreement } from './compiled.ts';
import type { Actor } from './command.ts';

export const COORDINATOR = 'coordinator';

/**
 * A third party that was brought in: to it both may owe, and it may be liable. Its seat is on neither side: it gets what
 * is addressed to it and answers that, and no more of the agreement is its business.
 */
export const THIRD = 'third';

/** Whether a seat is a third party's: the agreement's own, or one that an engagement brought with it. */
export function isThirdSeat(seat: string): boolean {
  return seat === THIRD || seat.startsWith(`${THIRD}-`);
}

/** A customer who is written to or says something: no seat of the agreement, which knows customers by opaque ids. */
export const CUSTOMER = 'customer';

/** Time as an actor. */
export const CLOCK: Actor = { personId: 'clock', seat: 'clock', via: 'clock' };

/** The role key whose act this is: the actor's own side, or the one that a coordinator enters a fact for. */
export function actingParty(actor: Actor): string | undefined {
  return actor.seat === COORDINATOR ? actor.onBehalfOf : actor.party;
}

/**
 * The party that this act binds: the party itself by its own seat, or the one that a coordinator enters it for. A
 * department, a deputy of some duty, does what its duties need, and no more (Civil Code 170): it neither signs nor
 * claims, consents nor gives notice for its party.
 */
export function boundParty(actor: Actor): string | undefined {
  if (actor.seat === COORDINATOR) return actor.onBehalfOf;
  return actor.seat === actor.party ? actor.party : undefined;
}

/** Who sits where, of an agreement and of the cycles and plans that belong to it. */
export type Seating = Pick<CompiledAgreement, 'parties' | 'seats' | 'seatParties'>;

/** The role key that a seat acts for; a role key is its own. */
export function partyOf(agreement: Seating, seat: string): string {
  return agreement.seatParties?.[seat] ?? seat;
}

/**
 * Whether this act counts as that seat's: whoever fills it, the party itself for its seats, or a coordinator who enters
 * it for them. One department does not act for another.
 */
export function answersFor(agreement: Seating, actor: Actor, seat: string): boolean {
  return bindsSeat(agreement, actor, seat) || (agreement.parties.includes(seat) && actor.party === seat);
}

/** Whether this act binds that seat: said by it, by the party it belongs to, or by a coordinator who enters it for either. */
export function bindsSeat(agreement: Seating, actor: Actor, seat: string): boolean {
  const speaker = actor.seat === COORDINATOR ? actor.onBehalfOf : actor.seat;
  return speaker === seat || speaker === partyOf(agreement, seat);
}

/** Where mail for a seat goes: to whoever fills it, else to its party. */
export function mailSeat(agreement: Seating, seat: string): string {
  return agreement.seats.includes(seat) ? seat : partyOf(agreement, seat);
}

/** Seats of the parties that have somebody to write to, in the template's order. */
export function partySeats(agreement: CompiledAgreement): string[] {
  return agreement.parties.filter((party) => agreement.seats.includes(party));
}

/** Everybody who lives the agreement: the parties, then the other seats that are filled; never a third party. */
export function livingSeats(agreement: CompiledAgreement): string[] {
  const parties = partySeats(agreement);
  const others = agreement.seats.filter((seat) => seat !== COORDINATOR && seat !== THIRD && !parties.includes(seat));
  return [...parties, ...others];
}

export function hasCoordinator(agreement: CompiledAgreement): boolean {
  return agreement.seats.includes(COORDINATOR);
}

/** Everybody who lives the agreement, and the coordinator. */
export function allSeats(agreement: CompiledAgreement): string[] {
  return [...livingSeats(agreement), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
}

/** Who approves a policy before it is posted: the seat that it names, or its party while nobody fills that. */
export function approversOf(agreement: CompiledAgreement): string[] {
  const effect = agreement.life?.effect;
  if (!effect?.policy) return [];
  return effect.approver === undefined ? agreement.signatories : [mailSeat(agreement, effect.approver)];
}
