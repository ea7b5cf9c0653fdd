import type { AccountPrincipal } from '../policy.ts';
import { Problem } from '../problem.ts';
import type { AccountDesk } from './accounts.ts';
import { SESSION_IDLES_MS } from './auth.ts';

export interface OpenSession {
  id: string;
  /** The one that asks. */
  current: boolean;
  createdAt: Date;
  /** To some five minutes. */
  usedAt: Date;
  address: string;
  browser: string;
}

/** One's own sessions that are still open, the newest first. */
export async function listSessions(
  { database, clock }: AccountDesk,
  { accountId, sessionId }: AccountPrincipal,
): Promise<OpenSession[]> {
  const nowMs = clock();
  const rows = await database.session.findMany({
    where: {
      userId: accountId,
      expiresAt: { gt: new Date(nowMs) },
      updatedAt: { gt: new Date(nowMs - SESSION_IDLES_MS) },
    },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map(({ id, createdAt, updatedAt, ipAddress, userAgent }) => ({
    id,
    current: id === sessionId,
    createdAt,
    usedAt: updatedAt,
    address: ipAddress ?? '',
    browser: userAgent ?? '',
  }));
}

/**
 * Ends one of one's own sessions, or `others`: all but the one that asks.
 *
 * @throws Problem `unknown-session` where it is none of one's own
 */
export async function endSession(
  { database }: AccountDesk,
  { accountId, sessionId }: AccountPrincipal,
  which: string,
): Promise<number> {
  const mine = { userId: accountId };
  const where = which === 'others' ? { ...mine, NOT: { id: sessionId ?? '' } } : { ...mine, id: which };
  const { count } = await database.session.deleteMany({ where });
  if (count === 0 && which !== 'others') throw new Problem('unknown-session');
  return count;
}
