import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../prisma/database.ts';
import type { Notice as NoticeRow } from '../prisma/generated/client.ts';
import type { NotifyLog } from './notify.ts';

/** An attempt that is older than the activity's own time limit is over, whatever became of it. */
export const CLAIM_MS = 120_000;
/** How long an attempt goes on saying that its mail is out; with the sending itself well below CLAIM_MS. */
const MARK_WITHIN_MS = 45_000;

/** How long another attempt may still be at work on this notice; not above 0 when it is free. */
export function claimedForMs({ claimedAt }: Pick<NoticeRow, 'claimedAt'>, nowMs: number): number {
  return (claimedAt?.getTime() ?? -Infinity) + CLAIM_MS - nowMs;
}

/** What a mail is made of. */
export type ClaimedNotice = Omit<NoticeRow, 'number' | 'personId' | 'address' | 'language' | 'subject' | 'bouncedAt'>;

/**
 * Takes those of the notices for this attempt that are free: not sent, and not taken by another attempt now or lately. A
 * row found in `sending` was under way once, so it is marked as a possible duplicate.
 * @returns the rows as they are from now on, in the order of the ids
 */
export async function claim(database: Database, ids: readonly string[], nowMs: number): Promise<ClaimedNotice[]> {
  const rows = await database.$queryRaw<ClaimedNotice[]>`
    WITH free AS (
      SELECT id, status FROM notice
      WHERE id = ANY(${[...ids]}::text[]) AND status IN ('queued', 'sending')
        AND (claimed_at IS NULL OR claimed_at <= ${new Date(nowMs - CLAIM_MS)})
      ORDER BY id FOR UPDATE SKIP LOCKED)
    UPDATE notice n SET status = 'sending', attempts = attempts + 1, claimed_at = ${new Date(nowMs)},
      possible_duplicate = possible_duplicate OR free.status = 'sending'
    FROM free WHERE n.id = free.id
    RETURNING n.id, n.agreement_id AS "agreementId", n.kind, n.seat, n.role, n.obligation, n.occurrence, n.rungs, n.at,
      n.clauses, n.act, n.facts, n.addressee, n.status, n.attempts, n.claimed_at AS "claimedAt",
      n.possible_duplicate AS "possibleDuplicate", n.message_id AS "messageId", n.sent_at AS "sentAt", n.failure,
      n.deputy_for AS "deputyFor", n.carried_by AS "carriedBy"`;
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** A notice that is out, and what its mail said. */
export interface Sent {
  id: string;
  sentAtMs: number;
  personId: string;
  /** The absent person, where it went to a deputy. */
  deputyFor: string | null;
  address: string;
  language: string;
  subject: string;
}

/** So long a mark waits for others: little beside what a mail takes, and as much longer may a kill -9 find it unmarked. */
const MARK_AFTER_MS = 20;

/** Marks notices as sent. */
export function createMarker(database: Database, log: NotifyLog): (notices: Sent[]) => Promise<void> {
  return markTogether((together: Sent[]) => markSent(database, together), { afterMs: MARK_AFTER_MS, log });
}

/** Marks what is out: what comes within `afterMs`, and while another statement is under way, shares one. */
export function markTogether<T>(
  mark: (together: T[]) => Promise<unknown>,
  { afterMs, log }: { afterMs: number; log: NotifyLog },
): (items: T[]) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (items) => {
    waiting.push(...items);
    next ??= Promise.all([last, pause(afterMs)]).then(() => {
      const together = waiting;
      [waiting, next] = [[], undefined];
      const marked = untilMarked(() => mark(together), log);
      last = marked.catch(() => undefined); // those who wait are told; who comes next begins anew
      return marked;
    });
    return next;
  };
}

async function markSent(database: Database, sent: Sent[]): Promise<void> {
  const column = <K extends keyof Sent>(name: K): Sent[K][] => sent.map((notice) => notice[name]);
  await database.$executeRaw`
    UPDATE notice n SET status = CASE WHEN n.bounced_at IS NULL THEN 'sent' ELSE 'bounced' END, sent_at = m.sent_at, claimed_at = NULL, person_id = m.person_id,
      deputy_for = m.deputy_for, address = m.address, language = m.language, subject = m.subject, failure = CASE WHEN n.bounced_at IS NULL THEN NULL ELSE n.failure END
    FROM unnest(${column('id')}::text[], ${column('sentAtMs').map((ms) => new Date(ms))}::timestamptz[],
      ${column('personId')}::uuid[], ${column('deputyFor')}::uuid[], ${column('address')}::text[],
      ${column('language')}::text[], ${column('subject')}::text[])
      AS m (id, sent_at, person_id, deputy_for, address, language, subject)
    WHERE n.id = m.id`;
}

/** The mail is out: that the database is away for a moment must not make it go out again. */
async function untilMarked(mark: () => Promise<unknown>, log: NotifyLog): Promise<void> {
  for (let waitMs = 250, waitedMs = 0; ; waitedMs += waitMs, waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      await mark();
      return;
    } catch (error) {
      if (waitedMs >= MARK_WITHIN_MS) throw error;
      log.warn({ error: (error as Error).name }, 'a mail that was sent could not be marked yet');
      await pause(waitMs);
    }
  }
}
