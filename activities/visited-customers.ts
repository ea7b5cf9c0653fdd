import type { NoticeFacts } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import type { ClaimedNotice } from './notice-claims.ts';

/** Names of the customers whom notices are about, by id; an erased one is a dash. */
export async function visitedCustomers(
  database: Database,
  notices: readonly ClaimedNotice[],
): Promise<Map<string, string>> {
  const ids = [...new Set(notices.flatMap(({ facts }) => (facts as NoticeFacts).customer ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await database.customer.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
