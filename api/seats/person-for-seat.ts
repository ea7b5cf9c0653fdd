import { personOf } from '../../domain/agreement/reading.ts';
import { THIRD } from '../../domain/agreement/parties.ts';
import type { Database } from '../../prisma/database.ts';
import { isUniqueViolation } from '../commands.ts';
import { COORDINATOR_SEAT } from '../policy.ts';
import { Problem } from '../problem.ts';

/** Somebody who shall sit in a seat or stand in for whoever does, as people write it. */
export interface PersonEntry {
  name: string;
  email: string;
  language?: 'zh' | 'en' | undefined;
}

/** Organisation of the coordinators: the one that runs this installation (design §3). */
export const OPERATOR = 'operator';

/**
 * The person that an entry means: whoever is in the agreement already under that address, in a seat, as a deputy or as a
 * reader, so that nobody comes in twice, once for each side; else whoever has it in the organisation that the seat
 * belongs to, where they are added if they are new.
 *
 * @returns the person's id
 * @throws Problem `person-left`
 */
export async function personForSeat(
  database: Database,
  { agreementId, seat }: { agreementId: string; seat: string },
  { name, email, language = 'zh' }: PersonEntry,
): Promise<string> {
  const address = email.toLowerCase();
  const known = await personInAgreement(database, agreementId, address);
  if (known && known.leftOn !== null) throw new Problem('person-left');
  if (known) return known.id;
  const [own, agreement] = await Promise.all([
    database.seat.findUnique({ where: { agreementId_seat: { agreementId, seat } }, include: { person: true } }),
    database.agreement.findUniqueOrThrow({ where: { id: agreementId }, select: { zone: true } }),
  ]);
  const organisationId = own?.person.organisationId ?? (await organisationOf(database, agreementId, { seat, name }));
  const key = { organisationId_email: { organisationId, email: address } };
  const found = await database.person.findUnique({ where: key, select: { id: true, leftOn: true } });
  if (found && found.leftOn !== null) throw new Problem('person-left');
  if (found) return found.id;
  try {
    const data = { organisationId, email: address, name, language, zone: agreement.zone };
    return (await database.person.create({ data, select: { id: true } })).id;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error; // somebody else added them meanwhile
    return (await database.person.findUniqueOrThrow({ where: key, select: { id: true } })).id;
  }
}

/** Whoever has that address among those who fill a seat, else who stand in, else who were asked to read. */
async function personInAgreement(database: Database, agreementId: string, email: string) {
  const [seats, delegations, readings] = await Promise.all([
    database.seat.findMany({ where: { agreementId, person: { email } }, orderBy: { seat: 'asc' } }),
    database.delegation.findMany({
      where: { agreementId, endedAt: null, deputy: { email } },
      orderBy: { id: 'asc' },
    }),
    database.reading.findMany({
      where: { agreementId, reader: { startsWith: 'person:' } },
      orderBy: [{ what: 'asc' }, { version: 'asc' }, { reader: 'asc' }],
    }),
  ]);
  const ids = [
    ...seats.map(({ personId }) => personId),
    ...delegations.map(({ deputyId }) => deputyId),
    ...readings.flatMap(({ reader }) => personOf(reader) ?? []),
  ];
  if (ids.length === 0) return null;
  const people = await database.person.findMany({
    where: { id: { in: ids }, email },
    select: { id: true, leftOn: true },
  });
  return ids.flatMap((id) => people.find((one) => one.id === id) ?? [])[0];
}

/** Of a seat that nobody fills: its party's organisation as the draft names it; a third party is one of its own. */
async function organisationOf(
  database: Database,
  agreementId: string,
  { seat, name: entered }: { seat: string; name: string },
): Promise<string> {
  const { draft, compiled } = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const { seatParties = {} } = (compiled ?? {}) as { seatParties?: Record<string, string> };
  const { parties = {} } = draft as { parties?: Record<string, { name?: string }> };
  const own = seat === THIRD ? entered : OPERATOR;
  const name = seat === COORDINATOR_SEAT ? OPERATOR : (parties[seatParties[seat] ?? seat]?.name ?? own);
  const found = await database.organisation.findFirst({ where: { name }, orderBy: { id: 'asc' } });
  return (found ?? (await database.organisation.create({ data: { name } }))).id;
}
