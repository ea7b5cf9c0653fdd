import type { Database } from '../../prisma/database.ts';

/** Those of these customers who can be written to. */
export async function reachable(database: Database, customers: readonly string[]): Promise<string[]> {
  const rows = await database.customer.findMany({
    where: { id: { in: [...customers] }, email: { not: null }, erasedAt: null },
    select: { id: true },
  });
  return customers.filter((id) => rows.some((row) => row.id === id));
}
