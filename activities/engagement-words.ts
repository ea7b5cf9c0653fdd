import type { NoticeFacts } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import type { WrittenWords } from './mail/context.ts';
import type { ClaimedNotice } from './notice-claims.ts';

/** What was written when an engagement was applied for: who its third party is. */
interface EngagementText {
  identity?: { name: string };
}

const KINDS = ['engagement-request', 'engagement-reminder', 'engagement-news', 'engagement-notice'];

/** What the third parties of engagements are called that notices are about, by notice; gone where it was erased. */
export async function engagementWords(
  database: Database,
  notices: readonly ClaimedNotice[],
): Promise<Map<string, WrittenWords>> {
  const asked = notices.flatMap((notice) => {
    const { process } = notice.facts as NoticeFacts;
    return KINDS.includes(notice.kind) && process !== undefined
      ? [{ id: notice.id, workflowId: `engagement/${notice.agreementId}/${process}` }]
      : [];
  });
  if (asked.length === 0) return new Map();
  const rows = await database.process.findMany({
    where: { workflowId: { in: [...new Set(asked.map(({ workflowId }) => workflowId))] } },
    select: { workflowId: true, text: true },
  });
  const names = new Map(
    rows.map(({ workflowId, text }) => [workflowId, (text as EngagementText | null)?.identity?.name]),
  );
  return new Map(
    asked.flatMap(({ id, workflowId }): [string, WrittenWords][] => {
      const topic = names.get(workflowId);
      return topic === undefined ? [] : [[id, { topic }]];
    }),
  );
}
