import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { Problem } from '../problem.ts';
import { branchesOf, makesCircle, pathOf } from './tree.ts';

interface Asked {
  limit: number;
  cursor?: string | undefined;
  search?: string | undefined;
  parent?: string | undefined;
  archived: 'false' | 'true' | 'all';
}

/** `%text%` for ILIKE. */
export function likeText(search: string): string {
  return `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
}

/** Names from the root of every organisation, by id. */
export async function organisationPaths(database: Prisma.TransactionClient): Promise<Map<string, string>> {
  const branches = branchesOf(await database.organisation.findMany());
  return new Map([...branches].map(([id, branch]) => [id, pathOf(branch)]));
}

/** By name. */
export async function listOrganisations(database: Database, { limit, cursor, search, parent, archived }: Asked) {
  const conditions = [Prisma.sql`TRUE`];
  if (cursor !== undefined) {
    const [name, id] = readCursor(cursor, ['string', 'string']);
    conditions.push(Prisma.sql`(name, id::text) > (${name}, ${id})`);
  }
  if (search !== undefined && search.trim() !== '') conditions.push(Prisma.sql`name ILIKE ${likeText(search)}`);
  if (parent !== undefined) conditions.push(Prisma.sql`parent_id = ${parent}::uuid`);
  if (archived !== 'all') conditions.push(Prisma.sql`(archived_at IS NOT NULL) = ${archived === 'true'}`);
  const found = await database.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM organisation WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY name, id::text LIMIT ${limit + 1}`;
  const ids = found.slice(0, limit).map(({ id }) => id);
  const items = await organisationViews(database, ids);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? writeCursor([last.name, last.id]) : null };
}

async function organisationViews(database: Prisma.TransactionClient, ids: readonly string[]) {
  const rows = await database.organisation.findMany({
    where: { id: { in: [...ids] } },
    include: {
      _count: {
        select: { children: { where: { archivedAt: null } }, persons: { where: { leftOn: null, erasedAt: null } } },
      },
    },
  });
  const paths = await organisationPaths(database);
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    if (!row) return [];
    const { name, parentId, archivedAt, _count } = row;
    const path = paths.get(id) ?? name;
    const { persons, children: departments } = _count;
    return [{ id, name, path, parentId, archivedAt: archivedAt?.toISOString() ?? null, persons, departments }];
  });
}

/** @throws Problem `unknown-organisation` */
export async function organisationView(database: Prisma.TransactionClient, id: string) {
  const [view] = await organisationViews(database, [id]);
  if (!view) throw new Problem('unknown-organisation');
  return view;
}

/** Founds one; the same id again changes nothing. @throws Problem `unknown-organisation`, `organisation-exists` */
export async function addOrganisation(
  database: Database,
  { id, name, parentId }: { id: string; name: string; parentId: string | null },
): Promise<void> {
  await database.$transaction(async (tx) => {
    await lockTree(tx);
    if (await tx.organisation.findUnique({ where: { id } })) return;
    await mayBe(tx, { id, name, parentId });
    await tx.organisation.create({ data: { id, name, parentId } });
  });
}

/**
 * Changes its name, where it belongs, or whether it is still offered.
 *
 * @throws Problem `unknown-organisation`, `organisation-exists`, `organisation-cycle`
 */
export async function changeOrganisation(
  database: Database,
  id: string,
  {
    name,
    parentId,
    archived,
  }: { name?: string | undefined; parentId?: string | null | undefined; archived?: boolean | undefined },
  at: Date,
): Promise<void> {
  await database.$transaction(async (tx) => {
    await lockTree(tx);
    const row = await tx.organisation.findUnique({ where: { id } });
    if (!row) throw new Problem('unknown-organisation');
    const after = { id, name: name ?? row.name, parentId: parentId === undefined ? row.parentId : parentId };
    if (after.name !== row.name || after.parentId !== row.parentId) await mayBe(tx, after);
    const archivedAt = archived === undefined ? row.archivedAt : archived ? (row.archivedAt ?? at) : null;
    await tx.organisation.update({ where: { id }, data: { ...after, archivedAt } });
  });
}

/** One change of the tree at a time: two could make a circle together. */
async function lockTree(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('abide directory import', 0))::text`;
}

async function mayBe(
  tx: Prisma.TransactionClient,
  { id, name, parentId }: { id: string; name: string; parentId: string | null },
): Promise<void> {
  const twin = await tx.organisation.findFirst({ where: { name, parentId, NOT: { id } } });
  if (twin) throw new Problem('organisation-exists');
  if (parentId === null) return;
  const branches = branchesOf(await tx.organisation.findMany());
  const parent = branches.get(parentId);
  if (!parent) throw new Problem('unknown-organisation');
  const branch = branches.get(id);
  if (branch && makesCircle(branch, parent)) throw new Problem('organisation-cycle');
}
