import { z } from 'zod';
import type { Database } from '../../prisma/database.ts';
import { findPresent } from '../directory/persons.ts';
import { Problem } from '../problem.ts';
import { knownId } from '../schemas.ts';

/** More would make the agreement's state and its mails of a moment too many. */
export const MAX_READERS = 500;

/** Who shall read: a seat, somebody of the directory, or everybody in an organisation and those below it. */
export const readerEntry = z.union([
  z.strictObject({ seat: knownId }),
  z.strictObject({ personId: z.uuid() }),
  z.strictObject({ organisationId: z.uuid() }),
]);

/**
 * Readers as the agreement knows them: seats, and `person:<id>` for people who fill none; each once, in the order given.
 *
 * @throws Problem `unknown-person`, `person-left`, `person-erased`, `unknown-organisation`, `invalid-request`
 */
export async function readersMeant(
  database: Database,
  agreementId: string,
  entries: z.output<typeof readerEntry>[],
): Promise<string[]> {
  const seats = await database.seat.findMany({ where: { agreementId }, orderBy: { seat: 'asc' } });
  const readerOf = (id: string): string => seats.find(({ personId }) => personId === id)?.seat ?? `person:${id}`;
  const readers = new Set<string>();
  for (const entry of entries) {
    if ('seat' in entry) readers.add(entry.seat);
    else if ('personId' in entry) readers.add(readerOf((await findPresent(database, entry.personId)).id));
    else for (const id of await everybodyIn(database, entry.organisationId)) readers.add(readerOf(id));
  }
  if (readers.size === 0) throw wrong('所选组织中没有人员', 'are nobody: the organisation has no people');
  if (readers.size > MAX_READERS) {
    throw wrong(
      `共 ${readers.size} 人，每次不超过 ${MAX_READERS} 人`,
      `are ${readers.size} people, at most ${MAX_READERS} at once`,
    );
  }
  return [...readers];
}

async function everybodyIn(database: Database, organisationId: string): Promise<string[]> {
  if (!(await database.organisation.findUnique({ where: { id: organisationId } })))
    throw new Problem('unknown-organisation');
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE below AS (
      SELECT id FROM organisation WHERE id = ${organisationId}::uuid
      UNION SELECT organisation.id FROM organisation JOIN below ON parent_id = below.id)
    SELECT id::text AS id FROM person
    WHERE organisation_id IN (SELECT id FROM below) AND left_on IS NULL AND erased_at IS NULL ORDER BY id`;
  return rows.map(({ id }) => id);
}

function wrong(zh: string, en: string): Problem {
  const cure = { zh: '请调整阅知人范围', en: 'choose other readers' };
  return new Problem('invalid-request', { errors: [{ path: 'readers', message: { zh, en }, cure }] });
}
