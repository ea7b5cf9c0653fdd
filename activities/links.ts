import { createHash, randomBytes } from 'node:crypto';
import type { NoticeAct } from '../domain/agreement/notice.ts';
import { referenceOf } from '../domain/agreement/reference.ts';
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
  purpose: NoticeAct;
  /** The duty, or what else is answered: `amendment:<id>`, `claim:<id>`, `matter:<id>`, `baseline:<goal>@<value>` … */
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

/** Makes one link: `createLinks`. */
export async function createLink(
  database: Database,
  request: LinkRequest,
  { clock, publicUrl }: { clock: Clock; publicUrl: string },
): Promise<string> {
  const [url] = await createLinks(database, [request], { clock, publicUrl, repeated: [request.noticeId] });
  return url as string;
}

/**
 * Makes links, and revokes earlier ones of the notices that are `repeated`: their token was in a mail that may never
 * have gone out and cannot be read back from its hash.
 * @returns the addresses in the order of the requests; the tokens are there alone
 */
export async function createLinks(
  database: Database,
  requests: readonly LinkRequest[],
  { clock, publicUrl, repeated }: { clock: Clock; publicUrl: string; repeated: readonly string[] },
): Promise<string[]> {
  const now = new Date(clock());
  const tokens = requests.map(() => randomBytes(TOKEN_BYTES).toString('base64url'));
  const rows = requests.map(({ expiresAt, occurrence, obligation, ...request }, index) => ({
    agreement_id: request.agreementId,
    person_id: request.personId,
    seat: request.seat,
    purpose: request.purpose,
    notice_id: request.noticeId,
    obligation: obligation === undefined ? null : referenceOf({ obligation, occurrence }),
    token_hash: tokenHash(tokens[index] as string),
    expires_at: new Date(expiresAt),
  }));
  if (repeated.length > 0) {
    await database.actionLink.updateMany({
      where: { noticeId: { in: [...repeated] }, revokedAt: null },
      data: { revokedAt: now },
    });
  }
  if (rows.length > 0) {
    await database.$executeRaw`
      INSERT INTO action_link (id, token_hash, agreement_id, person_id, seat, purpose, obligation, notice_id, created_at, expires_at)
      SELECT uuidv7(), token_hash, agreement_id, person_id, seat, purpose, obligation, notice_id, ${now}, expires_at
      FROM jsonb_populate_recordset(NULL::action_link, ${JSON.stringify(rows)}::jsonb)`;
  }
  return tokens.map((token) => `${publicUrl}/act/${token}`);
}
