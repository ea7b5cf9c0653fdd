import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadWorkflowBundle } from '../../activities/bundle.ts';
import { replayHistory } from '../../activities/strict-replay.ts';
import type { RecordInput } from '../../activities/index.ts';
import { createWorker } from '../../activities/worker.ts';
import type { PersonCommand } from '../../domain/agreement/command.ts';
import { type Temporal, startTemporal } from '../../embedded/temporal.ts';
import type { agreement } from '../../workflows/agreement.ts';
import { TASK_QUEUE, agreementWorkflowId } from '../../workflows/ids.ts';
import { agreementCommand, agreementQuiet } from '../../workflows/messages.ts';
import { actor, serviceAttachments } from '../support/life.ts';

/** On the real server, because the skipping one loses a task at the seam and stands still. */
let folder: string;
let temporal: Temporal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-seam-'));
  temporal = await startTemporal({ dataDir: folder, log: () => undefined });
}, 60_000);

afterAll(async () => {
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a long life continues as new: nothing lost, nothing twice, acts in bursts at the seam included', async () => {
  const compiled = serviceAttachments({ obligations: serviceAttachments().obligations.slice(1, 2) });
  const recorded: RecordInput[] = [];
  const sent: string[] = [];
  const bundle = await loadWorkflowBundle();
  const connection = await NativeConnection.connect({ address: temporal.address });
  const worker = await createWorker({
    connection,
    namespace: 'default',
    bundle,
    log: pino({ level: 'silent' }),
    activities: {
      record: (input) => Promise.resolve(void recorded.push(input)),
      storedCommands: () => Promise.resolve([]),
      notify: ({ noticeId }) => {
        sent.push(noticeId);
        return Promise.resolve('sent' as const);
      },
      notifyAll: ({ noticeIds }) => Promise.resolve(void sent.push(...noticeIds)),
    },
  });
  const running = worker.run();
  const client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
  try {
    const workflowId = agreementWorkflowId(compiled.id);
    const start = { type: 'start' as const, id: 'start', receivedAtMs: Date.now(), actor: actor('coordinator') };
    const args: Parameters<typeof agreement> = [{ agreement: compiled, start }];
    await client.workflow.start('agreement', { taskQueue: TASK_QUEUE, workflowId, args });
    const handle = client.workflow.getHandle(workflowId);
    /** As the API's repeater does: an answer that was lost at a seam is asked for again, under the same id. */
    const act = async (seat: string, id: string, body: object): Promise<{ sequence: number }> => {
      const command = { ...body, id, receivedAtMs: Date.now(), actor: actor(seat) } as PersonCommand;
      for (let tries = 0; ; tries++) {
        try {
          return await client.withAbortSignal(AbortSignal.timeout(5_000), () =>
            handle.executeUpdate(agreementCommand, { args: [command], updateId: id }),
          );
        } catch (error) {
          if (tries === 5) throw error;
        }
      }
    };
    await act('A', 'sign-a', { type: 'sign', documents: [] });
    await act('B', 'sign-b', { type: 'sign', documents: [] });

    const runs = new Set([(await handle.describe()).runId]);
    let acts = 0;
    while (runs.size < 2 && acts < 1_200) {
      const ids = Array.from({ length: 12 }, () => `c${(acts += 1)}`);
      const submit = { type: 'submit', obligation: 'process-plan', documents: [] };
      const answers = await Promise.all(ids.map((id) => act('A', id, submit)));
      expect(new Set(answers.map(({ sequence }) => sequence)).size).toBe(12);
      runs.add((await handle.describe()).runId);
    }
    expect(runs.size).toBe(2);
    await expect.poll(() => handle.query(agreementQuiet, Date.now()), { timeout: 20_000 }).toBe(true);

    const events = recorded.flatMap((input) => input.events);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, n) => n + 1));
    const versions = events.flatMap((event) => (event.type === 'deliverable-submitted' ? [event] : []));
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: acts }, (_, n) => n + 1));
    expect(new Set(versions.map(({ commandId }) => commandId)).size).toBe(acts);
    const issued = recorded.flatMap((input) => input.notices.map(({ id }) => id));
    expect(new Set(issued).size).toBe(issued.length);
    expect(new Set(sent)).toEqual(new Set(issued.slice(0, sent.length)));

    for (const runId of runs) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      expect(history.events?.length).toBeLessThan(3_000);
      expect(await replayHistory({ history, workflowId, bundle: bundle.code })).toMatchObject({ verdict: 'identical' });
    }
  } finally {
    worker.shutdown();
    await running;
    await client.connection.close();
    await connection.close();
  }
}, 150_000);
