import type { Database } from '../prisma/database.ts';
import type { ClaimedNotice } from './notice-claims.ts';

/** Kinds of notices that share a mail when several fall on one moment. */
const REMINDERS = ['reminder', 'review-reminder'];
/** So many at most: longer lists are read by nobody. */
const DIGEST_AT_MOST = 20;

export function isReminder({ kind }: Pick<ClaimedNotice, 'kind'>): boolean {
  return REMINDERS.includes(kind);
}

/** Queued reminders of other agreements for the same people at the same moments. */
export async function companions(
  database: Database,
  { people, moments, except }: { people: string[]; moments: Date[]; except: readonly string[] },
): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT n.id FROM (
      SELECT agreement_id, seat FROM seat WHERE person_id = ANY(${people}::uuid[])
      UNION SELECT agreement_id, seat FROM delegation WHERE deputy_id = ANY(${people}::uuid[]) AND ended_at IS NULL
    ) s CROSS JOIN LATERAL (
      SELECT id FROM notice
      WHERE agreement_id = s.agreement_id AND seat = s.seat AND at = ANY(${moments}::timestamptz[])
        AND status = 'queued' AND kind = ANY(${REMINDERS}::text[]) AND addressee IS NULL AND id <> ALL(${[...except]}::text[])
      OFFSET 0) n -- from the seats on: the planner would begin with all that is queued, however much that is
    ORDER BY n.id LIMIT ${DIGEST_AT_MOST}`;
  return rows.map(({ id }) => id);
}

/** One mail will carry these: kept before it leaves, so that it leaves again the same, whatever happens. */
export async function bind(database: Database, [carrier, ...carried]: ClaimedNotice[]): Promise<void> {
  if (!carrier) return;
  for (const row of carried) Object.assign(row, { carriedBy: carrier.id, messageId: carrier.messageId });
  await database.notice.updateMany({
    where: { id: { in: carried.map(({ id }) => id) } },
    data: { carriedBy: carrier.id, messageId: carrier.messageId },
  });
}

/** Which of these notices were in mails of others: by carrier, everything that its mail carried, for another attempt. */
export async function carriedWith(database: Database, carriers: string[], nowMs: number): Promise<ClaimedNotice[]> {
  if (carriers.length === 0) return [];
  return database.notice.updateManyAndReturn({
    where: { carriedBy: { in: carriers }, status: 'sending' },
    data: { attempts: { increment: 1 }, claimedAt: new Date(nowMs), possibleDuplicate: true },
  });
}

/** Lets notices go for the next attempt; `certain`: nothing of their mail can have arrived, so it is undone. */
export async function release(
  database: Database,
  rows: readonly ClaimedNotice[],
  certain: boolean,
  messageIdOf: (noticeId: string) => string,
): Promise<void> {
  await database.$transaction(
    rows.map(({ id, attempts }) =>
      database.notice.updateMany({
        where: { id, attempts, status: 'sending' },
        data: {
          claimedAt: null,
          ...(certain ? { status: 'queued', carriedBy: null, messageId: messageIdOf(id) } : {}),
        },
      }),
    ),
  );
}

/**
 * What shares a mail: reminders to one person at one moment, those that ask for an act apart from copies, and one's own
 * apart from those of each person whom one stands in for. What may have
 * left already goes as it was.
 */
export function digestsOf<
  T extends { row: ClaimedNotice; to: { id: string; deputyFor: string | null; vacant: boolean } },
>(letters: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const letter of letters) {
    const { row, to } = letter;
    const mayJoin = isReminder(row) && !row.possibleDuplicate && !to.vacant;
    const key = mayJoin
      ? `${to.id} ${to.deputyFor ?? ''} ${row.at.getTime()} ${row.act === null}`
      : (row.carriedBy ?? row.id);
    const group = groups.get(key) ?? [];
    groups.set(key, [...group, letter]);
  }
  const carrierFirst = (a: T, b: T): number => Number(a.row.carriedBy !== null) - Number(b.row.carriedBy !== null);
  return [...groups.values()].flatMap((group) => {
    group.sort(carrierFirst);
    return Array.from({ length: Math.ceil(group.length / DIGEST_AT_MOST) }, (_, index) =>
      group.slice(index * DIGEST_AT_MOST, (index + 1) * DIGEST_AT_MOST),
    );
  });
}
