import { z } from 'zod';
import type { Database } from '../../prisma/database.ts';
import { personSchema } from '../../templates/parties.ts';
import { findPresent } from '../directory/persons.ts';
import { Problem } from '../problem.ts';
import { personForSeat } from './person-for-seat.ts';

/** Who shall fill a seat or stand in: somebody of the directory, or a name and an address. */
export const personEntry = z.union([
  z.strictObject({ personId: z.uuid() }),
  z.strictObject({
    name: personSchema.shape.name.trim(),
    email: z.email().max(254),
    language: z.enum(['zh', 'en']).optional(),
  }),
]);

/**
 * The id of whoever is meant; somebody new is added to the organisation that the seat belongs to. Who may see their own
 * agreements alone (`ownOf`) chooses among their own organisation's people: others are unknown to them.
 *
 * @throws Problem `unknown-person`, `person-left`, `person-erased`
 */
export async function personMeant(
  database: Database,
  place: { agreementId: string; seat: string },
  entry: z.output<typeof personEntry>,
  ownOf: string | null,
): Promise<string> {
  if ('personId' in entry) {
    const chosen = await findPresent(database, entry.personId);
    const own = ownOf === null ? undefined : await findPresent(database, ownOf);
    if (own && own.organisationId !== chosen.organisationId) throw new Problem('unknown-person');
    return chosen.id;
  }
  return personForSeat(database, place, entry);
}
