import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../embedded/ports.ts';
import { startTemporal, type Temporal } from '../../embedded/temporal.ts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-temporal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function withClient<T>(temporal: Temporal, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: temporal.address });
  return work(new Client({ connection })).finally(() => connection.close());
}

// The server may have to be built first: some six minutes, once on a machine.
test('a workflow outlives stop and kill -9 of the server', { timeout: 1_800_000 }, async () => {
  const port = await freePort();
  const first = await startTemporal({ dataDir: folder, port, uiPort: await freePort(), log });
  await withClient(first, async (client) => {
    await client.workflow.start('waits', { workflowId: 'kept', taskQueue: 'nobody' });
    const { config } = await client.connection.workflowService.describeNamespace({ namespace: 'default' });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(3_650 * 86_400);
  });
  expect((await fetch(first.uiUrl)).status).toBe(200);
  await first.stop();

  const second = await startTemporal({ dataDir: folder, log });
  expect(second.address).toBe(`127.0.0.1:${port}`);
  await expect(startTemporal({ dataDir: folder, log })).rejects.toThrow(/in use by process \d+/);
  process.kill(second.pid, 'SIGKILL');
  await second.exited;
  await second.stop();

  const third = await startTemporal({ dataDir: folder, log });
  const { status } = await withClient(third, (client) => client.workflow.getHandle('kept').describe());
  expect(status.name).toBe('RUNNING');
  await third.stop();
});
