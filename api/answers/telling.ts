import { WorkflowNotFoundError } from '@temporalio/common';
import { CLOCK } from '../../domain/agreement/parties.ts';
import type { AnswersArrived } from '../../domain/survey/command.ts';
import { tell } from '../../workflows/messages.ts';
import { ENGINE_DEADLINE_MS, withinDeadline } from '../engine.ts';
import type { ApiDeps } from '../deps.ts';

/** A cycle hears of its answers at most once in this time. */
const AT_MOST_EVERY_MS = 1_000;

export interface Telling {
  /** These cycles have new answers. */
  mark(workflowIds: readonly string[]): void;
  /** Tells what is still to be told, once, and ends. */
  stop(): Promise<void>;
}

/**
 * Tells cycles up to where Postgres has answers: how many count, how many came late. At the beginning it tells those that
 * an API which ended suddenly left behind; what could not be told is told again.
 */
export function startTelling(
  deps: Pick<ApiDeps, 'database' | 'temporal' | 'clock' | 'log' | 'engineDeadlineMs'>,
): Telling {
  const { database, temporal, clock, log, engineDeadlineMs = ENGINE_DEADLINE_MS } = deps;
  const marked = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let stopped = false;

  const mark = (workflowIds: readonly string[]): void => {
    for (const id of workflowIds) marked.add(id);
    if (marked.size > 0 && !stopped) timer ??= setTimeout(next, AT_MOST_EVERY_MS).unref();
  };
  const next = (): void => {
    timer = undefined;
    round = round.then(tellMarked);
  };

  async function tellMarked(): Promise<void> {
    const ids = [...marked];
    marked.clear();
    try {
      const arrived = await database.$queryRaw<
        { workflowId: string; cursor: string; answered: bigint; late: bigint }[]
      >`
        SELECT workflow_id AS "workflowId", max(cursor)::text AS cursor, count(*) FILTER (WHERE NOT late) AS answered,
          count(*) FILTER (WHERE late) AS late
        FROM answer WHERE workflow_id = ANY(${ids}::text[]) GROUP BY workflow_id`;
      for (const { workflowId, cursor, ...counts } of arrived) {
        const nowMs = clock();
        const command: AnswersArrived = {
          type: 'answers',
          id: `answers ${workflowId} ${cursor}`,
          receivedAtMs: nowMs,
          actor: CLOCK,
          cursor,
          answered: Number(counts.answered),
          late: Number(counts.late),
        };
        const client = temporal();
        await withinDeadline(client, engineDeadlineMs, () =>
          client.workflow.getHandle(workflowId).signal(tell, command),
        ).catch((error: unknown) => {
          if (error instanceof WorkflowNotFoundError) return; // it is over, or not there yet: then its start tells it
          log.warn({ workflowId, error: (error as Error).name }, 'a cycle could not be told of its answers yet');
          mark([workflowId]);
        });
      }
    } catch (error) {
      log.warn({ error: (error as Error).name }, 'cycles could not be told of their answers yet');
      mark(ids);
    }
  }

  async function markLagging(): Promise<void> {
    const lagging = await database.$queryRaw<{ workflowId: string }[]>`
      SELECT p.workflow_id AS "workflowId" FROM process p
      WHERE p.type = 'survey' AND p.status IN ('open', 'closed', 'analysed') AND EXISTS (
        SELECT FROM answer a WHERE a.workflow_id = p.workflow_id
          AND a.cursor > coalesce(nullif(p.snapshot ->> 'cursor', ''), '0')::bigint)`;
    mark(lagging.map(({ workflowId }) => workflowId));
  }
  round = markLagging().catch((error: unknown) =>
    log.warn({ error: (error as Error).name }, 'cycles that lag behind their answers could not be found'),
  );

  return {
    mark,
    stop: async () => {
      clearTimeout(timer);
      stopped = true;
      await round;
      if (marked.size > 0) await tellMarked();
    },
  };
}
