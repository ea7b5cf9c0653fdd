import type { Logger } from 'pino';
import type { Database } from '../prisma/database.ts';

const EVERY_MS = 60_000;
/** So many rows more than there are statuses are summed in no time. */
const MANY = 500;

/**
 * Sums up what changed of the totals: many rows become one a status, in one statement, so that whoever reads meanwhile sees
 * the same sums. Rows of transactions that are under way are left for the next time; two folds at once take different rows.
 */
export async function foldTallies(database: Database): Promise<void> {
  await database.$executeRaw`
    WITH taken AS (
      DELETE FROM tally WHERE id IN (SELECT id FROM tally FOR UPDATE SKIP LOCKED) RETURNING what, status, count)
    INSERT INTO tally (what, status, count)
    SELECT what, status, sum(count) FROM taken GROUP BY what, status HAVING sum(count) <> 0`;
}

/** Folds whenever many rows have come, until it is stopped. */
export function startTallyFold({ database, log }: { database: Database; log: Pick<Logger, 'warn'> }): {
  stop(): Promise<void>;
} {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let fold = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      if ((await database.tally.count({ take: MANY })) >= MANY) await foldTallies(database);
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'totals were not folded');
    }
    if (!stopped) timer = setTimeout(start, EVERY_MS);
  };
  const start = (): void => {
    fold = run();
  };
  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await fold;
    },
  };
}
