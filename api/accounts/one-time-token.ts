import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';

/**
 * What a token is for: `setup` makes the first administrator; `invitation` and `password` set an account's password. An
 * administrator sends the one, anybody may ask for the other, so that neither voids the other.
 */
type Purpose = 'setup' | 'invitation' | 'password';

/** Purposes of tokens that set an account's password. */
export const PASSWORD_PURPOSES = ['invitation', 'password'] as const satisfies Purpose[];

type Tables = Pick<Prisma.TransactionClient, 'verification'>;

const identifierOf = (purpose: Purpose, token: string): string =>
  `${purpose}:${createHash('sha256').update(token).digest('hex')}`;

/**
 * A new token of 256 random bits, of which the table holds the hash alone; of those given before for the same purpose
 * and subject the newest hold on, so that there are `standing` at most.
 */
export async function issueToken(
  tables: Tables,
  {
    purpose,
    subject,
    nowMs,
    lastsMs,
    standing = 1,
  }: { purpose: Purpose; subject: string; nowMs: number; lastsMs: number; standing?: number },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const held = await tables.verification.findMany({
    where: { identifier: { startsWith: `${purpose}:` }, value: subject },
    orderBy: [{ createdAt: 'desc' }, { expiresAt: 'desc' }],
    skip: standing - 1,
    select: { id: true },
  });
  await tables.verification.deleteMany({ where: { id: { in: held.map(({ id }) => id) } } });
  const now = new Date(nowMs);
  await tables.verification.create({
    data: {
      id: randomUUID(),
      identifier: identifierOf(purpose, token),
      value: subject,
      expiresAt: new Date(nowMs + lastsMs),
      createdAt: now,
      updatedAt: now,
    },
  });
  return token;
}

export async function withdrawTokens(tables: Tables, purposes: readonly Purpose[], subject: string): Promise<void> {
  const OR = purposes.map((purpose) => ({ identifier: { startsWith: `${purpose}:` } }));
  await tables.verification.deleteMany({ where: { OR, value: subject } });
}

/** Whose token it is, while it holds. */
export async function subjectOf(
  tables: Tables,
  { purpose, token, nowMs }: { purpose: Purpose; token: string; nowMs: number },
): Promise<string | null> {
  const where = { identifier: identifierOf(purpose, token), expiresAt: { gt: new Date(nowMs) } };
  return (await tables.verification.findFirst({ where, select: { value: true } }))?.value ?? null;
}

/** Uses a token up: of two at once one gets its subject, the other null. */
export async function redeemToken(
  tables: Tables,
  { purpose, token, nowMs }: { purpose: Purpose; token: string; nowMs: number },
): Promise<string | null> {
  const subject = await subjectOf(tables, { purpose, token, nowMs });
  if (subject === null) return null;
  const { count } = await tables.verification.deleteMany({ where: { identifier: identifierOf(purpose, token) } });
  return count === 1 ? subject : null;
}
