import type { CompiledAgreement } from './compiled.ts';
import type { Actor } from './command.ts';

export const COORDINATOR = 'coordinator';

/** Time as an actor. */
export const CLOCK: Actor = { personId: 'clock', seat: 'clock', via: 'clock' };

/** The role key whose act this is: the actor's own side, or the one that a coordinator enters a fact for. */
export function actingParty(actor: Actor): string | undefined {
  return actor.seat === COORDINATOR ? actor.onBehalfOf : actor.party;
}

/** Seats of the parties that have somebody to write to, in the template's order. */
export function partySeats(agreement: CompiledAgreement): string[] {
  return agreement.parties.filter((party) => agreement.seats.includes(party));
}

export function hasCoordinator(agreement: CompiledAgreement): boolean {
  return agreement.seats.includes(COORDINATOR);
}
