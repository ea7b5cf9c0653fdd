import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { isUniqueViolation } from '../commands.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { logAccess, personSubject } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import { addressLetter } from './address-letter.ts';
import { likeText, organisationPaths } from './organisations.ts';

type Language = 'zh' | 'en';

/** Statuses of agreements that are being lived. */
export const LIVING = ['starting', 'awaiting-signatures', 'active', 'suspended'];

interface Asked {
  limit: number;
  cursor?: string | undefined;
  search?: string | undefined;
  organisation?: string | undefined;
  status: 'present' | 'left' | 'all';
}

/** By name. */
export async function listPersons(database: Database, { limit, cursor, search, organisation, status }: Asked) {
  const conditions = [Prisma.sql`TRUE`];
  if (cursor !== undefined) {
    const [name, id] = readCursor(cursor, ['string', 'string']);
    conditions.push(Prisma.sql`(person.name, person.id::text) > (${name}, ${id})`);
  }
  if (search !== undefined && search.trim() !== '') {
    const like = likeText(search);
    conditions.push(Prisma.sql`(person.name ILIKE ${like} OR email ILIKE ${like} OR organisation.name ILIKE ${like})`);
  }
  if (organisation !== undefined) {
    conditions.push(Prisma.sql`organisation_id IN (
      WITH RECURSIVE below AS (
        SELECT id FROM organisation WHERE id = ${organisation}::uuid
        UNION SELECT organisation.id FROM organisation JOIN below ON parent_id = below.id)
      SELECT id FROM below)`);
  }
  if (status === 'present') conditions.push(Prisma.sql`left_on IS NULL AND erased_at IS NULL`);
  if (status === 'left') conditions.push(Prisma.sql`(left_on IS NOT NULL OR erased_at IS NOT NULL)`);
  const found = await database.$queryRaw<{ id: string }[]>`
    SELECT person.id::text AS id FROM person JOIN organisation ON organisation.id = organisation_id
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY person.name, person.id::text LIMIT ${limit + 1}`;
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await database.person.findMany({
    where: { id: { in: ids } },
    include: {
      organisation: true,
      _count: { select: { seats: { where: { agreement: { status: { in: LIVING } } } } } },
    },
  });
  const paths = await organisationPaths(database);
  const items = ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    return row ? [{ ...personView(row, paths), seats: row._count.seats }] : [];
  });
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? writeCursor([last.name, last.id]) : null };
}

/** What lists and pages show of a person. */
export function personView(
  row: Prisma.PersonGetPayload<{ include: { organisation: true } }>,
  paths: ReadonlyMap<string, string>,
) {
  const { id, name, email, language, zone, organisation, leftOn, erasedAt } = row;
  return {
    id,
    name,
    email,
    language: language as Language,
    zone,
    organisation: {
      id: organisation.id,
      name: organisation.name,
      path: paths.get(organisation.id) ?? organisation.name,
    },
    leftOn,
    erasedAt: erasedAt?.toISOString() ?? null,
  };
}

/** @throws Problem `unknown-person` */
export async function findPerson(database: Prisma.TransactionClient, id: string) {
  const row = await database.person.findUnique({ where: { id }, include: { organisation: true, user: true } });
  if (!row) throw new Problem('unknown-person');
  return row;
}

/** Somebody who can fill a seat or stand in. @throws Problem `unknown-person`, `person-left`, `person-erased` */
export async function findPresent(database: Prisma.TransactionClient, id: string) {
  const row = await findPerson(database, id);
  if (row.erasedAt) throw new Problem('person-erased');
  if (row.leftOn !== null) throw new Problem('person-left');
  return row;
}

interface PersonData {
  organisationId: string;
  name: string;
  email: string;
  language: Language;
  zone: string;
}

/** Adds somebody; the same id again changes nothing. @throws Problem `unknown-organisation`, `person-exists` */
export async function addPerson(database: Database, id: string, data: PersonData): Promise<void> {
  await assertOffered(database, data.organisationId);
  try {
    await database.person.create({ data: { id, ...data } });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    if (!(await database.person.findUnique({ where: { id } }))) throw new Problem('person-exists');
  }
}

/**
 * Changes a person's entry. Who gives them another name or address is logged. Another address ends their live links,
 * which were mailed to the former one, and whoever reads there is told.
 *
 * @throws Problem `unknown-person`, `person-erased`, `unknown-organisation`, `person-exists`
 */
export async function changePerson(
  { database, clock, log, sendLetter }: Pick<ApiDeps, 'database' | 'clock' | 'log' | 'sendLetter'>,
  by: Principal,
  id: string,
  changes: { [Field in keyof PersonData]?: PersonData[Field] | undefined } & { leftOn?: null | undefined },
): Promise<void> {
  const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const changed = database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM person WHERE id = ${id}::uuid FOR UPDATE`;
    const before = await findPerson(tx, id);
    if (before.erasedAt) throw new Problem('person-erased');
    const { organisationId } = changes;
    if (organisationId !== undefined && organisationId !== before.organisationId) {
      await assertOffered(tx, organisationId);
    }
    const after = await tx.person.update({ where: { id }, data });
    const logged = { database: tx, clock };
    const subject = personSubject(id);
    if (after.name !== before.name) await logAccess(logged, by, { action: 'change-name', subject });
    if (after.email === before.email) return undefined;
    await logAccess(logged, by, { action: 'change-address', subject, address: before.email });
    await tx.actionLink.updateMany({
      where: { personId: id, revokedAt: null },
      data: { revokedAt: new Date(clock()), revokedBy: 'address' },
    });
    return before;
  });
  const former = await changed.catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Problem('person-exists') : error;
  });
  if (!former) return;
  sendLetter?.(addressLetter(former)).catch((error: unknown) => {
    const { name, code } = error as { name?: string; code?: string };
    log.error({ personId: id, error: name, code }, 'nobody was told at the former address');
  });
}

async function assertOffered(database: Prisma.TransactionClient, organisationId: string): Promise<void> {
  const row = await database.organisation.findUnique({ where: { id: organisationId } });
  if (!row || row.archivedAt) throw new Problem('unknown-organisation');
}

/** Who is present in the organisation that a person belongs to, all above and below it; themselves left out. */
export async function colleaguesOf(database: Database, personId: string) {
  return database.$queryRaw<{ id: string; name: string; organisation: string }[]>`
    WITH RECURSIVE
      above AS (
        SELECT organisation.id, parent_id FROM organisation JOIN person ON person.organisation_id = organisation.id
        WHERE person.id = ${personId}::uuid
        UNION SELECT organisation.id, organisation.parent_id FROM organisation JOIN above ON above.parent_id = organisation.id),
      house AS (
        SELECT id FROM above WHERE parent_id IS NULL
        UNION SELECT organisation.id FROM organisation JOIN house ON organisation.parent_id = house.id)
    SELECT person.id::text AS id, person.name, organisation.name AS organisation
    FROM person JOIN organisation ON organisation.id = person.organisation_id
    WHERE person.organisation_id IN (SELECT id FROM house) AND person.id <> ${personId}::uuid
      AND left_on IS NULL AND erased_at IS NULL
    ORDER BY person.name, person.id::text LIMIT 1000`;
}
