import type { CompiledAgreement } from './compiled.ts';
import type { Actor } from './command.ts';

export const COORDINATOR = 'coordinator';

/** Time as an actor. */
export const CLOCK: Actor = { personId: 'clock', seat: 'clock', via: 'clock' };

/** The role key whose act this is: the actor's own side, or the one that a coordinator enters a fact for. */
export function actingParty(actor: Actor): string | undefined {
  return actor.seat === COORDINATOR ? actor.onBehalfOf : actor.party;
}

/** The role key that a seat acts for; a role key is its own. */
export function partyOf(agreement: CompiledAgreement, seat: string): string {
  return agreement.seatParties?.[seat] ?? seat;
}

/**
 * Whether this act counts as that seat's: whoever fills it, the party itself for its seats, or a coordinator who enters
 * it for them. One department does not act for another.
 */
export function answersFor(agreement: CompiledAgreement, actor: Actor, seat: string): boolean {
  const party = partyOf(agreement, seat);
  if (actor.seat === COORDINATOR) return actor.onBehalfOf === seat || actor.onBehalfOf === party;
  return actor.seat === seat || (actor.party === party && (actor.seat === party || agreement.parties.includes(seat)));
}

/** Where mail for a seat goes: to whoever fills it, else to its party. */
export function mailSeat(agreement: CompiledAgreement, seat: string): string {
  return agreement.seats.includes(seat) ? seat : partyOf(agreement, seat);
}

/** Seats of the parties that have somebody to write to, in the template's order. */
export function partySeats(agreement: CompiledAgreement): string[] {
  return agreement.parties.filter((party) => agreement.seats.includes(party));
}

/** Everybody who lives the agreement: the parties, then the other seats that are filled. */
export function livingSeats(agreement: CompiledAgreement): string[] {
  const parties = partySeats(agreement);
  return [...parties, ...agreement.seats.filter((seat) => seat !== COORDINATOR && !parties.includes(seat))];
}

export function hasCoordinator(agreement: CompiledAgreement): boolean {
  return agreement.seats.includes(COORDINATOR);
}
