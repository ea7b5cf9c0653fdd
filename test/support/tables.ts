import type { Database } from '../../prisma/database.ts';

/** Rows of every table by its name: what has changed shows in the difference of two of these. */
export async function tableCounts(database: Database): Promise<Record<string, number>> {
  const tables = await database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1`;
  const counts = await database.$queryRawUnsafe<{ name: string; count: number }[]>(
    tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS count FROM "${name}"`).join(' UNION ALL '),
  );
  return Object.fromEntries(counts.map(({ name, count }) => [name, count]));
}
