import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadWorkflowBundle } from '../../activities/bundle.ts';
import { replayHistory } from '../../activities/strict-replay.ts';
import type { RecordInput } from '../../activities/index.ts';
import { createWorker } from '../../activities/worker.ts';
import type { PersonCommand } from '../../domain/agreement/command.ts';
import { localDateAt } from '../../domain/zone.ts';
import { type Temporal, startTemporal } from '../../embedded/temporal.ts';
import type { agreement } from '../../workflows/agreement.ts';
import { TASK_QUEUE, agreementWorkflowId } from '../../workflows/ids.ts';
import { agreementCommand, agreementQuiet, agreementState } from '../../workflows/messages.ts';
import { actor, lifeOf, serviceAttachments } from '../support/life.ts';
import { idleActivities } from '../support/idle-activities.ts';

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

/** A record takes a database so long. */
const RECORD_MS = 10;
/** People who each act again as soon as they are answered: no moment is without an act under way. */
const SENDERS = 8;
/** The amendments of a day are limited, and each holds up the others for a timer of the engine: one or two seconds. */
const BETWEEN_AMENDMENTS_MS = 1_500;
/** The engine takes ten acts of a run at once; what is more waits there a second or two (test/journeys/bursts.test.ts). */
const BURST = 9;

test('a long life continues as new under pressure and between bursts: each act answered once, none lost, none twice', async () => {
  const life = lifeOf({ amendment: { consent: ['A', 'B'], lapseDays: null, clauses: [] } });
  const obligations = serviceAttachments().obligations.slice(1, 2);
  // At any time of day each act tells somebody at once, so that the next acts wait behind what is due.
  const noticeHours = { days: 'every-day', from: '00:00', to: '24:00' } as const;
  const compiled = { ...serviceAttachments({ obligations, life }), noticeHours };
  /** The plan is due so many days after the effect, from today on. */
  const amended = (days: number) => ({
    obligations: obligations.map(({ deadline, ...rest }) => ({
      ...rest,
      deadline: { ...deadline, offset: { ...deadline.offset, count: days } },
    })),
    removed: [],
    terms: [],
  });
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
      ...idleActivities,
      record: (input) => pause(RECORD_MS).then(() => void recorded.push(input)),
      notify: ({ noticeId }) => {
        sent.push(noticeId);
        return Promise.resolve('sent' as const);
      },
      notifyAll: ({ noticeIds }) => {
        sent.push(...noticeIds);
        return Promise.resolve(undefined);
      },
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
    const answers = new Map<string, number>();
    /** As the API's repeater does: an answer that was lost at a seam is asked for again, under the same id. */
    const act = async (seat: string, id: string, body: object): Promise<void> => {
      const command = { ...body, id, receivedAtMs: Date.now(), actor: actor(seat) } as PersonCommand;
      for (let tries = 0; ; tries++) {
        try {
          const { sequence } = await client.withAbortSignal(AbortSignal.timeout(10_000), () =>
            handle.executeUpdate(agreementCommand, { args: [command], updateId: id }),
          );
          answers.set(id, sequence);
          return;
        } catch (error) {
          if (tries === 5) throw error;
        }
      }
    };
    let acts = 0;
    const submit = () => act('A', `c${(acts += 1)}`, { type: 'submit', obligation: 'process-plan', documents: [] });
    let amendments = 0;
    const amend = async (): Promise<void> => {
      const amendment = `a${(amendments += 1)}`;
      const effectiveOn = localDateAt(compiled.zone, Date.now());
      const patch = amended(60 + amendments);
      await act('A', `${amendment}-made`, { type: 'propose', amendment, effectiveOn, patch, documents: [] });
      await act('B', `${amendment}-accepted`, { type: 'accept', amendment });
    };
    const runs: string[] = [];
    const look = async (): Promise<number> => {
      const { runId } = await handle.describe();
      if (!runs.includes(runId)) runs.push(runId);
      return runs.length;
    };
    const until = async (count: number, work: () => Promise<unknown>): Promise<void> => {
      while ((await look()) < count && acts < 4_000) await work();
    };

    await act('A', 'sign-a', { type: 'sign', documents: [] });
    await act('B', 'sign-b', { type: 'sign', documents: [] });
    // Two seams without any pause between the acts.
    await Promise.all([
      ...Array.from({ length: SENDERS }, () => until(3, submit)),
      until(3, () => Promise.all([amend(), pause(BETWEEN_AMENDMENTS_MS)])),
    ]);
    // And one between bursts.
    await until(4, () => Promise.all(Array.from({ length: BURST }, submit)));
    expect(runs).toHaveLength(4);
    await expect.poll(() => handle.query(agreementQuiet, Date.now()), { timeout: 20_000 }).toBe(true);
    const { sequence } = await handle.query(agreementState);
    // What is quiet may still be on its way to the record.
    await expect.poll(() => recorded.at(-1)?.events.at(-1)?.sequence).toBe(sequence);

    const events = recorded.flatMap((input) => input.events);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, n) => n + 1));
    const versions = events.flatMap((event) => (event.type === 'deliverable-submitted' ? [event] : []));
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: acts }, (_, n) => n + 1));
    // The answer that each act had is the event that it caused.
    const caused = Object.fromEntries(versions.map(({ commandId, sequence }) => [commandId ?? '', sequence]));
    const asked = Array.from({ length: acts }, (_, n) => `c${n + 1}`);
    expect(caused).toEqual(Object.fromEntries(asked.map((id) => [id, answers.get(id)])));
    expect(amendments).toBeGreaterThan(1);
    const effective = events.flatMap((event) => (event.type === 'amendment-effective' ? [event.amendment] : []));
    expect(effective).toEqual(Array.from({ length: amendments }, (_, n) => `a${n + 1}`));
    const issued = recorded.flatMap((input) => input.notices.map(({ id }) => id));
    expect(new Set(issued).size).toBe(issued.length);
    expect([...new Set(sent)].sort()).toEqual([...issued].sort());

    for (const runId of runs) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      expect(history.events?.length).toBeLessThan(2_000);
      expect(await replayHistory({ history, workflowId, bundle: bundle.code })).toMatchObject({ verdict: 'identical' });
    }
  } finally {
    worker.shutdown();
    await running;
    await client.connection.close();
    await connection.close();
  }
}, 150_000);
