import type { PersonCommand } from '../domain/agreement/command.ts';
import type { Database } from '../prisma/database.ts';
import type { Activities } from './index.ts';

/** Characters of what is handed over at once: an activity's answer is at most 2 MB. */
const MOST_LENGTH = 400_000;

/** Commands that the API had stored before an instant and that nobody has answered, oldest first (design §3), as many as one answer holds. */
export function createStoredCommands({ database }: { database: Database }): Activities['storedCommands'] {
  return async ({ agreementId, workflowId = null, beforeMs }) => {
    const rows = await database.command.findMany({
      where: {
        agreementId,
        workflowId,
        status: 'pending',
        receivedAt: { lt: new Date(beforeMs) },
        type: { not: 'start' },
      },
      orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
      select: { command: true },
      take: 500,
    });
    let length = 0;
    const beyond = rows.findIndex(({ command }, index) => {
      length += JSON.stringify(command).length;
      return index > 0 && length > MOST_LENGTH;
    });
    const taken = beyond < 0 ? rows : rows.slice(0, beyond);
    return taken.map(({ command }) => command as unknown as PersonCommand);
  };
}
