import { networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { reaches } from '../../embedded/ports.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import { go, parent, waiting } from './time-skipping/workflows.ts';

const DAY_MS = 86_400_000;
const log = (line: string): void => void process.stderr.write(`${line}\n`);

test(
  'the clock starts at the given moment, moves as told, and nobody else can reach it',
  { timeout: 300_000 },
  async () => {
    const startAtMs = Date.UTC(2026, 8, 1, 1, 0, 0);
    const env = await startTimeSkipping({ startAtMs, log });
    try {
      const begin = await env.currentTimeMs();
      expect(begin).toBeGreaterThanOrEqual(startAtMs);
      expect(begin - startAtMs).toBeLessThan(10_000);
      await env.sleep(400 * DAY_MS);
      const passed = (await env.currentTimeMs()) - begin;
      expect(passed).toBeGreaterThanOrEqual(400 * DAY_MS);
      expect(passed - 400 * DAY_MS).toBeLessThan(10_000);

      const port = Number(env.address.split(':').at(-1));
      expect(await reaches('127.0.0.1', port)).toBe(true);
      const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
      for (const { address } of outside.filter(({ internal, family }) => !internal && family === 'IPv4')) {
        expect(await reaches(address, port)).toBe(false);
      }
    } finally {
      await env.teardown();
    }
  },
);

test('a child that ends after its parent leaves the clock free to skip', { timeout: 300_000 }, async () => {
  await onClock(async ({ env, client, taskQueue }) => {
    for (let i = 0; i < 3; i++) {
      await client.workflow.execute(parent, { workflowId: `parent-${i}`, taskQueue, args: [`child-${i}`, DAY_MS] });
      await client.workflow.getHandle(`child-${i}`).signal(go);
      expect(await client.workflow.getHandle(`child-${i}`).result()).toBe('go');
    }
    await Promise.race([env.sleep(DAY_MS), pause(30_000).then(() => Promise.reject(new Error('the clock is locked')))]);
  });
});

test('a signal at the very instant at which a timer fires is not lost', { timeout: 300_000 }, async () => {
  await onClock(async ({ client, taskQueue }) => {
    const outcomes = new Set<string>();
    for (let i = 0; i < 60; i++) {
      // The first two are far from the instant, on either side; the others around it, as fast as the machine is.
      const [waitsMs, comesMs] = i === 0 ? [5, 1_000] : i === 1 ? [5_000, 5] : [5 + (i % 30), 30];
      const handle = await client.workflow.start(waiting, { workflowId: `at-${i}`, taskQueue, args: [waitsMs] });
      await pause(comesMs);
      await handle.signal(go).catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error; // it is over already
      });
      const late = pause(20_000).then(() => Promise.reject(new Error(`at-${i} hangs`)));
      outcomes.add(await Promise.race([handle.result() as Promise<string>, late]));
    }
    expect([...outcomes].sort()).toEqual(['go', 'time']);
  });
});

async function onClock(
  use: (at: { env: TestWorkflowEnvironment; client: Client; taskQueue: string }) => Promise<void>,
): Promise<void> {
  const env = await startTimeSkipping({ log });
  const taskQueue = 'waiting';
  const workflowsPath = fileURLToPath(new URL('time-skipping/workflows.ts', import.meta.url));
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue, workflowsPath });
  try {
    await worker.runUntil(use({ env, client: new Client({ connection: env.connection }), taskQueue }));
  } finally {
    await env.teardown();
  }
}
