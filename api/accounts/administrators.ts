import type { Prisma } from '../../prisma/generated/client.ts';
import type { Role } from '../policy.ts';
import { Problem } from '../problem.ts';

const ADMINISTRATOR: Role = 'administrator';

export function isAdministrator({ roles, disabledAt }: { roles: readonly string[]; disabledAt: Date | null }): boolean {
  return roles.includes(ADMINISTRATOR) && disabledAt === null;
}

/**
 * Does what may take an administrator away, unless nobody would be left who can sign in as one: an invited account
 * without a password does not count. Of two at once the second waits for the first, so `act` belongs to the same
 * transaction.
 *
 * @throws Problem `last-administrator`
 */
export async function keepingAdministrator<T>(tables: Prisma.TransactionClient, act: () => Promise<T>): Promise<T> {
  await tables.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('abide administrators', 0))::text`;
  const before = await countAdministrators(tables);
  const done = await act();
  if (before > 0 && (await countAdministrators(tables)) === 0) throw new Problem('last-administrator');
  return done;
}

function countAdministrators(tables: Prisma.TransactionClient): Promise<number> {
  return tables.user.count({ where: { roles: { has: ADMINISTRATOR }, disabledAt: null, accounts: { some: {} } } });
}
