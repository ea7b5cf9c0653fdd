import type { Database } from '../../prisma/database.ts';

/** What engine and record hold of an agreement and its processes: words of people stand elsewhere, where they can be erased. */
export async function heldRecord(database: Database, agreementId: string): Promise<string> {
  const where = { agreementId };
  const [commands, events, notices, processes] = await Promise.all([
    database.command.findMany({ where, select: { id: true, command: true } }),
    database.event.findMany({ where, select: { body: true } }),
    database.notice.findMany({ where, select: { facts: true } }),
    database.process.findMany({ where, select: { input: true, snapshot: true } }),
  ]);
  return JSON.stringify([commands, events, notices, processes]);
}
