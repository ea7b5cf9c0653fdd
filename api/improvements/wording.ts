import type { EngagementEvent } from '../../domain/engagement/event.ts';
import type { FindingSource } from '../../domain/improvement/command.ts';
import { ANEW } from '../../domain/improvement/finding.ts';
import type { SurveyEvent } from '../../domain/survey/event.ts';
import type { VisitEvent } from '../../domain/visit/event.ts';
import type { Database } from '../../prisma/database.ts';
import type { CommandText } from '../commands.ts';
import type { ImprovementProcess } from '../process/rows.ts';

/** What was found, in the words of whoever raised it. */
export interface Wording {
  title: string | null;
  details: string | null;
}

/** Raised by an act of another process, beside which the words stand. */
const FROM_ACTS: readonly FindingSource[] = ['survey', 'visit', 'check'];

const NOTHING: Wording = { title: null, details: null };

/**
 * The words of each finding. They stand beside the process where somebody raised it on the board, and beside the act where
 * it was raised in a survey's cycle or after a visit; a low figure has none.
 */
export async function wordingsOf(
  database: Database,
  agreementIds: readonly string[],
  processes: readonly ImprovementProcess[],
): Promise<(workflowId: string) => Wording> {
  const known = new Map<string, Wording>();
  for (const { row } of processes) {
    const text = row.text as CommandText | null;
    if (text) known.set(row.workflowId, { title: text.topic ?? null, details: text.details ?? text.reason ?? null });
  }
  const silent = processes.some(
    ({ row, input }) => !known.has(row.workflowId) && FROM_ACTS.includes(input.finding.source),
  );
  const raised = silent
    ? await database.event.findMany({
        where: {
          agreementId: { in: [...agreementIds] },
          type: { in: ['finding-raised', 'visit-finding-raised', 'engagement-finding-raised'] },
          commandId: { not: null },
        },
      })
    : [];
  const commands = await database.command.findMany({
    where: { id: { in: raised.flatMap(({ commandId }) => commandId ?? []) } },
    select: { id: true, text: true },
  });
  for (const { body, commandId } of raised) {
    const { workflowId } = JSON.parse(body) as Extract<
      SurveyEvent | VisitEvent | EngagementEvent,
      { type: 'finding-raised' | 'visit-finding-raised' | 'engagement-finding-raised' }
    >;
    const text = commands.find(({ id }) => id === commandId)?.text as CommandText | null | undefined;
    if (text && !known.has(workflowId)) {
      known.set(workflowId, { title: text.topic ?? null, details: text.details ?? null });
    }
  }
  // What was to join another finding, and goes on by itself, has the words of the one that it was.
  const before = await database.process.findMany({
    where: { workflowId: { in: processes.flatMap(({ row }) => formerOf(row.workflowId) ?? []) } },
    select: { workflowId: true, text: true },
  });
  for (const { workflowId, text } of before) {
    const { topic = null, details = null } = (text ?? {}) as CommandText;
    if (text && !known.has(workflowId)) known.set(workflowId, { title: topic, details });
  }
  return (workflowId) => known.get(workflowId) ?? known.get(formerOf(workflowId) ?? '') ?? NOTHING;
}

function formerOf(workflowId: string): string | null {
  return workflowId.endsWith(ANEW) ? workflowId.slice(0, -ANEW.length) : null;
}
