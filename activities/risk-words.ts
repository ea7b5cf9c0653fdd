import type { NoticeFacts } from '../domain/agreement/notice.ts';
import type { RiskEvent } from '../domain/risk/event.ts';
import type { Database } from '../prisma/database.ts';
import type { WrittenWords } from './mail/context.ts';
import type { ClaimedNotice } from './notice-claims.ts';

/** What was written when a risk was registered or equipped, and when a measure was planned. */
interface RiskText {
  topic?: string;
  items?: { what: string }[];
  measures?: Record<string, { what: string }>;
}

/** How risks are called that notices are about, with the steps of their emergency plans and the words of a measure, by notice. */
export async function riskWords(
  database: Database,
  notices: readonly ClaimedNotice[],
): Promise<Map<string, WrittenWords>> {
  const asked = notices.flatMap((notice) => {
    const { process, about } = notice.facts as NoticeFacts;
    return notice.kind.startsWith('risk-') && process !== undefined
      ? [{ notice, about, workflowId: `risk/${notice.agreementId}/${process}` }]
      : [];
  });
  if (asked.length === 0) return new Map();
  const workflowIds = [...new Set(asked.map(({ workflowId }) => workflowId))];
  const [rows, events] = await Promise.all([
    database.process.findMany({
      where: { workflowId: { in: workflowIds } },
      select: { workflowId: true, text: true },
    }),
    database.event.findMany({
      where: {
        workflowId: { in: workflowIds },
        type: { in: ['risk-equipped', 'risk-measure-planned'] satisfies RiskEvent['type'][] },
        commandId: { not: null },
      },
      select: { workflowId: true, type: true, commandId: true },
      orderBy: { sequence: 'asc' },
    }),
  ]);
  const commands = await database.command.findMany({
    where: { id: { in: events.flatMap(({ commandId }) => commandId ?? []) } },
    select: { id: true, text: true },
  });
  const textOf = (commandId: string | null): RiskText =>
    (commands.find(({ id }) => id === commandId)?.text as RiskText | null | undefined) ?? {};
  return new Map(
    asked.map(({ notice, about, workflowId }): [string, WrittenWords] => {
      const own = (rows.find((row) => row.workflowId === workflowId)?.text as RiskText | null | undefined) ?? {};
      const later = events.filter((event) => event.workflowId === workflowId).map(({ commandId }) => textOf(commandId));
      const items = later.findLast((text) => text.items !== undefined)?.items ?? own.items;
      const what = later.findLast(({ measures }) => measures?.[about ?? ''] !== undefined)?.measures?.[about ?? '']
        ?.what;
      return [
        notice.id,
        {
          ...(own.topic === undefined ? {} : { topic: own.topic }),
          ...(items === undefined ? {} : { items }),
          ...(what === undefined ? {} : { details: what }),
        },
      ];
    }),
  );
}
