import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { type WorkflowBundle, loadWorkflowBundle } from '../../activities/bundle.ts';
import { type History, runFacts } from '../../activities/histories.ts';
import { type KeptRun, readKeptRuns, writeKeptRun } from '../../activities/kept-runs.ts';
import { replayRuns } from '../../activities/replay.ts';
import { createWorker } from '../../activities/worker.ts';
import { instantAt } from '../../domain/zone.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import type { agreement } from '../../workflows/agreement.ts';
import { TASK_QUEUE, agreementWorkflowId } from '../../workflows/ids.ts';
import { agreementCommand, agreementQuiet } from '../../workflows/messages.ts';
import { actor, serviceAttachments } from '../support/life.ts';
import { altered, editPayload, nth } from './altered.ts';
import { silenceReplayer } from './toy-runs.ts';
import { idleActivities } from '../support/idle-activities.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ACTIVITY = 'activityTaskScheduledEventAttributes';
const noBundle = () => Promise.resolve(undefined);
const fixture = async (name: string): Promise<KeptRun[]> =>
  (await readKeptRuns(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)))).runs;

beforeAll(silenceReplayer);

/** The release gate: what agreements have lived replays with today's code. A red one means that running agreements would break. */
describe.each(['ended', 'unfinished'])('the %s agreement', (name) => {
  const change = async (edit: Parameters<typeof altered>[1]) =>
    (await fixture(name)).map((run) => ({ ...run, history: run.history && altered(run.history, edit) }));
  const gate = async (runs: KeptRun[]) => replayRuns(runs, { bundle: noBundle, code: 'current' });

  test("replays with today's code", async () => {
    const verdict = await gate(await fixture(name));
    expect(verdict).toEqual({ ...verdict, verdict: 'identical' });
    expect(verdict.compared).toBeGreaterThan(20);
  });

  test('goes red when an activity is renamed', async () => {
    const runs = await change((events) =>
      Object.assign(nth(events, ACTIVITY, 3), { activityType: { name: 'renamed' } }),
    );
    expect(await gate(runs)).toMatchObject({ verdict: 'different', first: { recorded: 'activity renamed' } });
  });

  test('is different when a due date is moved', async () => {
    const runs = await change((events) => {
      const inForce = events.findIndex((event) => payloadOf(event[ACTIVITY]).includes('"agreement-in-force"'));
      editPayload(events[inForce]?.[ACTIVITY] as Record<string, unknown>, (text) =>
        text.replace('"localDate":"2026-10-08"', '"localDate":"2026-10-09"'),
      );
    });
    const first = {
      recorded: '2026-10-09',
      now: '2026-10-08',
      what: expect.stringMatching(/^activity record input .*localDate$/) as string,
    };
    expect(await gate(runs)).toMatchObject({ verdict: 'different', first });
  });

  test('is incomplete when its end is cut off', async () => {
    expect(await gate(await change((events) => events.splice(-7)))).toMatchObject({ verdict: 'incomplete' });
  });
});

function payloadOf(attributes: unknown): string {
  const { payloads } = (attributes as { input?: { payloads: { data: string }[] } } | undefined)?.input ?? {
    payloads: [],
  };
  return Buffer.from(payloads[0]?.data ?? '', 'base64').toString('utf8');
}

/** The workflows as another release had them: they looked again after 7 days instead of 30. */
async function otherRelease(): Promise<WorkflowBundle> {
  const root = await mkdtemp(join(tmpdir(), 'abide-release-'));
  try {
    for (const room of ['workflows', 'domain', 'activities'])
      await cp(join(ROOT, room), join(root, room), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    const shell = join(root, 'workflows', 'shell.ts');
    const text = await readFile(shell, 'utf8');
    const changed = text.replace('LONGEST_SLEEP_MS = 30 *', 'LONGEST_SLEEP_MS = 7 *');
    expect(changed).not.toBe(text);
    await writeFile(shell, changed);
    const bundle = await loadWorkflowBundle({ root });
    const codePath = join(tmpdir(), `abide-${bundle.sha256}.js`);
    await writeFile(codePath, bundle.code);
    return { ...bundle, codePath };
  } finally {
    await rm(root, { recursive: true });
  }
}

/** An agreement that is signed and waits for its first reminder, run by `bundle`. */
async function live(
  bundle: WorkflowBundle,
  id: string,
): Promise<{ workflowId: string; runId: string; history: History }> {
  const compiled = serviceAttachments({ id });
  const atMs = instantAt(compiled.zone, '2026-09-01', '09:00');
  const env = await startTimeSkipping({ startAtMs: atMs, log: () => undefined });
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
      const workflowId = agreementWorkflowId(id);
      const start = { type: 'start' as const, id: 'start', receivedAtMs: atMs, actor: actor('coordinator') };
      await workflow.start<typeof agreement>('agreement', {
        taskQueue: TASK_QUEUE,
        workflowId,
        args: [{ agreement: compiled, start }],
      });
      const handle = workflow.getHandle(workflowId);
      for (const seat of ['A', 'B']) {
        const command = { type: 'sign' as const, id: seat, receivedAtMs: atMs, actor: actor(seat), documents: [] };
        await handle.executeUpdate(agreementCommand, { args: [command], updateId: seat });
      }
      while (!(await handle.query(agreementQuiet, atMs))) await new Promise((resolve) => setTimeout(resolve, 20));
      await env.sleep(1_000);
      const history = await handle.fetchHistory();
      return { workflowId, runId: runFacts(history).runId ?? '', history };
    });
  } finally {
    await env.teardown();
  }
}

test('runs of two releases replay each with its own bundle; today’s code tells the other one apart', async () => {
  const [here, there] = [await loadWorkflowBundle(), await otherRelease()];
  const folder = await mkdtemp(join(tmpdir(), 'abide-kept-'));
  try {
    const ids = { here: '00000000-0000-7000-8000-00000000000a', there: '00000000-0000-7000-8000-00000000000b' };
    await writeKeptRun(folder, { ...(await live(here, ids.here)), bundle: here });
    await writeKeptRun(folder, { ...(await live(there, ids.there)), bundle: there });
    const { runs, bundle } = await readKeptRuns(folder);
    const verdict = await replayRuns(runs, { bundle });
    expect(verdict).toMatchObject({ verdict: 'identical', runs: [{ bundle: here.sha256 }, { bundle: there.sha256 }] });
    const today = await replayRuns(runs, { bundle, code: 'current' });
    expect(today).toMatchObject({ verdict: 'different', first: { run: runs[1]?.runId, what: 'timer length' } });
    expect(today.first).toMatchObject({ recorded: 7 * 86_400_000 });
  } finally {
    await rm(folder, { recursive: true });
    await rm(there.codePath);
  }
});
