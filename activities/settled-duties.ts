import type { NoticeKind } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import type { SettledDuty } from './mail/due-events.ts';
import type { ClaimedNotice } from './notice-claims.ts';

const SETTLED = ['fulfilled', 'fulfilled-late', 'waived', 'cancelled'];

/** After these something may be done or gone that stands in its reader's calendar. */
const ENDING: readonly string[] = [
  'deliverable-accepted',
  'penalty-stopped',
  'overdue-withdrawn',
  'payment-received',
  'late-fee-stopped',
  'agreement-terminated',
  'agreement-expired',
] satisfies NoticeKind[];

/** After these, and those, dates may stand elsewhere, or nowhere while the clocks stand still. */
const MOVING: readonly string[] = [
  'amendment-effective',
  'calendar-repinned',
  'obligation-overridden',
  'agreement-suspended',
  'agreement-resumed',
  'agreement-renewed',
] satisfies NoticeKind[];

/**
 * By agreement, what has or had a date: what is done or gone, for the notices that may withdraw it from a calendar, and
 * what is open as well, for those that move it.
 */
export async function settledDuties(
  database: Database,
  notices: readonly ClaimedNotice[],
): Promise<Map<string, SettledDuty[]>> {
  const of = (kinds: readonly string[]): string[] => [
    ...new Set(notices.filter(({ kind }) => kinds.includes(kind)).map(({ agreementId }) => agreementId)),
  ];
  const moving = of(MOVING);
  const ids = [...new Set([...of(ENDING), ...moving])];
  const duties = new Map(ids.map((id): [string, SettledDuty[]] => [id, []]));
  if (ids.length === 0) return duties;
  const rows = await database.obligation.findMany({
    where: {
      OR: [{ agreementId: { in: ids }, status: { in: SETTLED } }, { agreementId: { in: moving } }],
      dueAt: { not: null },
      localDate: { not: null },
    },
    select: { agreementId: true, id: true, occurrence: true, status: true, dueAt: true, localDate: true },
  });
  for (const { agreementId, id, occurrence, status, dueAt, localDate } of rows) {
    if (dueAt === null || localDate === null) continue;
    duties.get(agreementId)?.push({
      obligation: id,
      ...(occurrence === '' ? {} : { occurrence }),
      dueAtMs: dueAt.getTime(),
      localDate,
      cancelled: status === 'cancelled',
      ...(SETTLED.includes(status) ? {} : { open: true as const }),
    });
  }
  return duties;
}
