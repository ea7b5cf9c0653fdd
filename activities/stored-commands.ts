import type { PersonCommand } from '../domain/agreement/command.ts';
import type { Database } from '../prisma/database.ts';
import type { Activities } from './index.ts';

/** Commands that the API had stored before an instant and that nobody has answered, oldest first (design §3). */
export function createStoredCommands({ database }: { database: Database }): Activities['storedCommands'] {
  return async ({ agreementId, beforeMs }) => {
    const rows = await database.command.findMany({
      where: { agreementId, status: 'pending', receivedAt: { lt: new Date(beforeMs) }, type: { not: 'start' } },
      orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
      select: { command: true },
      take: 500,
    });
    return rows.map(({ command }) => command as unknown as PersonCommand);
  };
}
