import { createHash } from 'node:crypto';
import { type NoticeTask, noticeTasks } from '../../activities/notice-tasks.ts';
import { returned } from '../../domain/agreement/service.ts';
import type { Notice } from '../../prisma/generated/client.ts';
import type { RouteDeps } from '../route.ts';
import { type Report, readReport } from './report.ts';

/** What becomes a coordinator's task; a delay or a delivery is noted alone. */
const TASKS: Partial<Record<Report['kind'], NoticeTask>> = {
  'delivery-failed': 'notice-bounced',
  complaint: 'complaint',
  other: 'mail-returned',
};

/** A notice that is out, or that is known to have come back. */
const OUT = ['sent', 'sending', 'bounced'];

/**
 * Takes in a raw mail that came back. One that names no notice of ours is noted alone. A failure makes the notices that
 * it carried not served: their rows say so, their agreements are told (`undelivered`), and the coordinator has a task.
 * The same mail again changes nothing and finishes what was left half-way.
 *
 * @returns its id (SHA-256 of the mail), what it was, and how many notices it is about
 */
export async function takeIn(
  deps: Pick<RouteDeps, 'database' | 'clock' | 'desk' | 'log'>,
  raw: Uint8Array,
): Promise<{ id: string; kind: Report['kind']; code: string | null; notices: number }> {
  const { database, clock, log } = deps;
  const id = createHash('sha256').update(raw).digest('hex');
  const report = await readReport(raw);
  const { kind, code } = report;
  const notices = await noticesOf(deps, report.messageIds);
  const now = new Date(clock());
  const task = TASKS[kind];
  const bounced = kind === 'delivery-failed' ? notices : [];
  await database.$transaction([
    database.inboundMail.createMany({
      data: [{ id, receivedAt: now, kind, code, noticeId: notices[0]?.id ?? null }],
      skipDuplicates: true,
    }),
    database.notice.updateMany({
      where: { id: { in: bounced.map((notice) => notice.id) }, status: { not: 'bounced' } },
      data: { status: 'bounced', bouncedAt: now, failure: code },
    }),
    database.task.createMany({
      data: task === undefined ? [] : noticeTasks(task, notices, { code, at: now }),
      skipDuplicates: true,
    }),
  ]);
  if (notices.length === 0) await invitationsBack(deps, report, now);
  await Promise.all(bounced.map((notice) => tell(deps, { mail: id, notice, code: code ?? '5.0.0' })));
  log.info({ mail: id, kind, code, notices: notices.length }, 'mail came back');
  return { id, kind, code, notices: notices.length };
}

/** Of an invitation to a survey: whoever it did not reach is not reached; whoever complains of it is not asked again. */
async function invitationsBack(
  { database }: Pick<RouteDeps, 'database'>,
  { kind, messageIds }: Report,
  now: Date,
): Promise<void> {
  if (messageIds.length === 0 || (kind !== 'delivery-failed' && kind !== 'complaint')) return;
  const where = { messageId: { in: [...messageIds] } };
  if (kind === 'delivery-failed') {
    await database.invitee.updateMany({ where: { ...where, answered: false }, data: { status: 'bounced' } });
    return;
  }
  const asked = await database.invitee.findMany({ where, select: { customerId: true } });
  const ids = asked.map(({ customerId }) => customerId);
  await database.customer.updateMany({ where: { id: { in: ids }, optedOutAt: null }, data: { optedOutAt: now } });
}

/** The notices of the mails with these Message-IDs, the first that carried others (a digest) before them. */
async function noticesOf({ database }: Pick<RouteDeps, 'database'>, messageIds: readonly string[]): Promise<Notice[]> {
  if (messageIds.length === 0) return [];
  const carriers = await database.notice.findMany({
    where: { messageId: { in: [...messageIds] }, status: { in: OUT } },
    orderBy: { id: 'asc' },
  });
  const ids = carriers.map(({ id }) => id);
  const carried = await database.notice.findMany({
    where: { carriedBy: { in: ids }, id: { notIn: ids }, status: { in: OUT } },
    orderBy: { id: 'asc' },
  });
  return [...carriers, ...carried];
}

/** An agreement that has ended refuses it, and the refusal stands on the command; the notice bounced all the same. */
async function tell(
  { desk }: Pick<RouteDeps, 'desk'>,
  { mail, notice, code }: { mail: string; notice: Notice; code: string },
): Promise<void> {
  const id = createHash('sha256').update(`${mail}/${notice.id}`).digest('hex');
  await desk.submit({ agreementId: notice.agreementId, command: { id, ...returned(notice, code) } });
}
