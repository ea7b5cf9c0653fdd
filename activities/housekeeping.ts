import type { Database } from '../prisma/database.ts';
import type { Clock } from './clock.ts';

/** What a worker does by the hour beside agreements. */
export type Chore = 'archive';

/**
 * Does a chore and writes down when it began, when it ended and what it came to, so that an administrator sees that it is
 * done at all. One that fails leaves its code.
 */
export async function keepHouse<T extends object>(
  { database, clock }: { database: Database; clock: Clock },
  name: Chore,
  work: () => Promise<T>,
): Promise<T> {
  const note = async (endedAt: Date | null, outcome: object): Promise<void> => {
    const data = { endedAt, outcome };
    await database.housekeeping.upsert({
      where: { name },
      create: { name, beganAt, ...data },
      update: { beganAt, ...data },
    });
  };
  const beganAt = new Date(clock());
  try {
    const outcome = await work();
    await note(new Date(clock()), outcome);
    return outcome;
  } catch (error) {
    await note(null, { failed: error instanceof Error ? error.name : 'Error' });
    throw error;
  }
}
