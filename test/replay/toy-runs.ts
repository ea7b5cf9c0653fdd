import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { type WorkflowBundle, loadWorkflowBundle } from '../../activities/bundle.ts';
import { type History, historyText, parseHistory } from '../../activities/histories.ts';
import { createWorker } from '../../activities/worker.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import { TASK_QUEUE, agreementWorkflowId } from '../../workflows/ids.ts';
import { idleActivities } from '../support/idle-activities.ts';

/** What a replay that must fail says on stderr is no news. */
export function silenceReplayer(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
}

export const toyBundle = (): Promise<WorkflowBundle> => loadWorkflowBundle({ entry: 'test/replay/fixtures/toy.ts' });

/** The toy workflow's histories: both runs of a finished life, and the second one while it still waited. */
export async function liveToy(): Promise<{
  id: string;
  bundle: WorkflowBundle;
  first: History;
  second: History;
  unfinished: History;
}> {
  const bundle = await toyBundle();
  const id = randomUUID();
  const workflowId = agreementWorkflowId(id);
  const env = await startTimeSkipping({ log: () => undefined });
  try {
    const worker = await createWorker({
      connection: env.nativeConnection,
      namespace: 'default',
      bundle,
      log: pino({ level: 'silent' }),
      activities: idleActivities,
    });
    return await worker.runUntil(async () => {
      const { workflow } = new Client({ connection: env.connection });
      const begun = await workflow.start('toy', { taskQueue: TASK_QUEUE, workflowId, args: [{ agreement: { id } }] });
      const handle = workflow.getHandle(workflowId);
      const fetch = async (runId?: string) =>
        parseHistory(historyText(await workflow.getHandle(workflowId, runId).fetchHistory()));
      let unfinished = await fetch();
      while (
        !unfinished.events?.some(
          (event) => Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds) > 3_600,
        )
      ) {
        await env.sleep(500);
        await pause(50);
        unfinished = await fetch();
      }
      await handle.executeUpdate('add', { args: [2] });
      await handle.executeUpdate('add', { args: [3] });
      await handle.signal('stop');
      while ((await handle.describe()).status.name === 'RUNNING') await pause(20);
      return { id, bundle, first: await fetch(begun.firstExecutionRunId), second: await fetch(), unfinished };
    });
  } finally {
    await env.teardown();
  }
}
