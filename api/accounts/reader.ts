import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Reader } from './letters.ts';

/** Whom to write to about an account: the person of the directory, where there is one. */
export async function readerOf(
  database: Pick<Database, 'user'>,
  where: Prisma.UserWhereInput,
): Promise<(Reader & { accountId: string }) | null> {
  const user = await database.user.findFirst({ where, include: { person: true } });
  if (!user) return null;
  const language = user.person?.language === 'en' ? 'en' : 'zh';
  return { accountId: user.id, name: user.person?.name ?? user.name, email: user.email, language };
}
