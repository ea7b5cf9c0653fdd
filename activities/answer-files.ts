import type { Database } from '../prisma/database.ts';
import type { DocumentStore } from './documents.ts';

interface Deps {
  database: Database;
  documents: Pick<DocumentStore, 'apart'>;
}

/** Nobody can hand it in any more, and it was never handed in: its bytes go, then its row. */
const GIVEN_UP = { holder: null, respondent: null };

/**
 * Removes files of answers that were given up, and those that nobody has handed in or named in a draft since `before`.
 *
 * @returns how many
 */
export async function forgetHeldFiles({ database, documents }: Deps, before: Date): Promise<number> {
  await database.answerFile.updateMany({
    where: { respondent: null, heldAt: { lt: before } },
    data: { holder: null },
  });
  return forgetGivenUp({ database, documents });
}

/** Removes files that were given up, of `ids` or all. After a crash on the way the next sweep does. */
export async function forgetGivenUp({ database, documents }: Deps, ids?: readonly string[]): Promise<number> {
  const rows = await database.answerFile.findMany({
    where: { ...GIVEN_UP, ...(ids === undefined ? {} : { id: { in: [...ids] } }) },
    select: { id: true },
  });
  for (const { id } of rows) await documents.apart(id).remove();
  const { count } = await database.answerFile.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  return count;
}
