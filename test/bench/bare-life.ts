import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import type { bare } from './bare-workflow.ts';

const QUEUE = 'bare';
/** As `abide simulate`: a longer call would be repeated. */
const LONGEST_SKIP_MS = 31 * 86_400_000;
/** So many activities in one run, then another: a run of the product hands over as well. */
const A_RUN = 300;

/** Seconds that the engine itself takes for a timer and an activity at each of these moments, server and worker included. */
export async function benchBare(moments: number[], log: (line: string) => void): Promise<number> {
  const ascending = [...moments].sort((a, b) => a - b);
  const began = performance.now();
  const env = await startTimeSkipping({ startAtMs: (ascending[0] ?? 0) - 60_000, log });
  try {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: QUEUE,
      workflowsPath: fileURLToPath(new URL('bare-workflow.ts', import.meta.url)),
      activities: { nothing: () => Promise.resolve() },
    });
    const running = worker.run();
    const client = new Client({ connection: env.connection });
    for (let from = 0; from < ascending.length; from += A_RUN) {
      const some = ascending.slice(from, from + A_RUN);
      const handle = await client.workflow.start<typeof bare>('bare', {
        taskQueue: QUEUE,
        workflowId: `bare-${from}`,
        args: [some],
      });
      const endMs = some.at(-1) ?? 0;
      for (let nowMs = await env.currentTimeMs(); nowMs < endMs; nowMs = await env.currentTimeMs()) {
        await env.sleep(Math.min(endMs - nowMs, LONGEST_SKIP_MS));
      }
      while ((await handle.describe()).status.name === 'RUNNING') await pause(5);
    }
    worker.shutdown();
    await running;
  } finally {
    await env.teardown();
  }
  return (performance.now() - began) / 1000;
}
