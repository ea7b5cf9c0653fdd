import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../prisma/database.ts';
import type { Clock } from './clock.ts';

/** 256 bits; design §7 asks for 128. */
const TOKEN_BYTES = 32;

const DAY_MS = 86_400_000;

/** A link outlives the weekly overdue reminders of a quarter. */
const LIFETIME_DAYS = 90;

/** A right to act by link: one person, one purpose, one time span (design §7). */
export interface LinkRequest {
  agreementId: string;
  personId: string;
  seat: string;
  purpose: 'sign' | 'submit' | 'review';
  obligation?: string;
  /** Of a recurring obligation; stored with it as `id#occurrence`. */
  occurrence?: string;
  /** The notice that carries it: for each of its obligations it has one live link. */
  noticeId: string;
  expiresAt: number;
}

/**
 * When a link made now ends: 90 days after the due time of what it is for, or 90 days from now when that is later or
 * there is none. So it works as long as reminders for the same thing are likely to be quoted.
 */
export function linkExpiry(nowMs: number, dueAtMs?: number): number {
  return Math.max(nowMs, dueAtMs ?? nowMs) + LIFETIME_DAYS * DAY_MS;
}

/** What is stored of a token: SHA-256 of its text, in hex. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Makes a link and revokes earlier ones of the same notice, purpose and obligation: their token was in a mail that may
 * never have gone out and cannot be read back from its hash. At the first attempt there are none. The token is in the
 * returned URL alone.
 */
export async function createLink(
  database: Database,
  { expiresAt, occurrence, ...request }: LinkRequest,
  { clock, publicUrl, firstAttempt = false }: { clock: Clock; publicUrl: string; firstAttempt?: boolean },
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const now = new Date(clock());
  const { noticeId, purpose } = request;
  const { obligation: id } = request;
  const obligation = id === undefined ? null : occurrence === undefined ? id : `${id}#${occurrence}`;
  const create = database.actionLink.create({
    data: { ...request, obligation, tokenHash: tokenHash(token), createdAt: now, expiresAt: new Date(expiresAt) },
  });
  if (firstAttempt) {
    await create;
  } else {
    const where = { noticeId, purpose, obligation, revokedAt: null };
    await database.$transaction([database.actionLink.updateMany({ where, data: { revokedAt: now } }), create]);
  }
  return `${publicUrl}/act/${token}`;
}
