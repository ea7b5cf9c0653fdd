import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import type { Activities, ProcessRecordInput, RecordInput } from '../../activities/index.ts';
import { loadWorkflowBundle } from '../../activities/bundle.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { PersonCommand } from '../../domain/agreement/command.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { instantAt, isoAt } from '../../domain/zone.ts';
import { installTemporalRuntime } from '../../cli/temporal-runtime.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import type { agreement } from '../../workflows/agreement.ts';
import { agreementWorkflowId, processWorkflowId } from '../../workflows/ids.ts';
import {
  type AnyCommand,
  agreementCommand,
  agreementQuiet,
  command as processCommand,
} from '../../workflows/messages.ts';
import { actor } from './life.ts';
import { idleActivities } from './idle-activities.ts';

const QUEUE = 'shell-test';

/** What the workflow did, as its activities saw it; the real shell and decider on the time-skipping server. */
export interface Shell {
  recorded: RecordInput[];
  events(): Event[];
  notified: string[];
  stored: PersonCommand[];
  /** Activities as a test wants them; replaces the default ones. */
  activities: Activities;
  env: TestWorkflowEnvironment;
  client: Client;
  start(compiled: CompiledAgreement, at: string): Promise<void>;
  /** The clock moves to a local moment, and everything due by then is recorded and sent. */
  until(local: string): Promise<void>;
  act(local: string, seat: string, act: object, id?: string): Promise<{ sequence: number; events: string[] }>;
  /** The same, of a process of the agreement. */
  actOn(workflowId: string, local: string, seat: string, act: object): Promise<{ sequence: number; events: string[] }>;
  /** Steps that processes recorded, in their order. */
  steps: (ProcessRecordInput & { workflowId: string })[];
  /** Types of the events of one process. */
  typesOf(workflowId: string): string[];
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  ms(local: string): number;
  iso(ms: number): string;
  close(): Promise<void>;
}

export async function openShell(
  startAt: string,
  zone: CompiledAgreement['zone'],
  maxCachedWorkflows?: number,
): Promise<Shell> {
  const ms = (local: string) => instantAt(zone, local.slice(0, 10), local.slice(11) || '09:00');
  installTemporalRuntime(pino({ level: 'silent' }));
  const env = await startTimeSkipping({ startAtMs: ms(startAt) - 60_000, log: () => undefined });
  const client = new Client({ connection: env.connection });
  const bundle = await loadWorkflowBundle();
  const shell = {} as Shell;
  let worker: Worker | undefined;
  let running: Promise<void> | undefined;
  let workflowId = '';
  let commands = 0;

  Object.assign(shell, {
    recorded: [],
    steps: [],
    typesOf: (id: string) =>
      shell.steps.filter((step) => step.workflowId === id).flatMap(({ events }) => events.map(({ type }) => type)),
    notified: [],
    stored: [],
    env,
    client,
    ms,
    iso: (at: number) => isoAt(zone, at),
    events: () => {
      const seen = new Map<number, Event>();
      for (const input of shell.recorded) for (const event of input.events) seen.set(event.sequence, event);
      return [...seen.values()].sort((a, b) => a.sequence - b.sequence);
    },
    activities: {
      ...idleActivities,
      record: (input) => {
        shell.recorded.push(input);
        return Promise.resolve(undefined);
      },
      recordProcess: (input) => {
        shell.steps.push({ ...input, workflowId: processWorkflowId(input.type, input.agreementId, input.reference) });
        return Promise.resolve(undefined);
      },
      notify: ({ noticeId }) => {
        shell.notified.push(noticeId);
        return Promise.resolve('sent');
      },
      notifyAll: ({ noticeIds }) => {
        shell.notified.push(...noticeIds);
        const issued = shell.recorded.flatMap(({ notices }) => notices).filter(({ id }) => noticeIds.includes(id));
        return Promise.resolve(
          issued.flatMap(({ id, seat, atMs, facts: { serves } }) =>
            serves === undefined ? [] : [{ noticeId: id, serves, seat, sentAtMs: atMs }],
          ),
        );
      },
      storedCommands: ({ beforeMs }) => Promise.resolve(shell.stored.filter((c) => c.receivedAtMs < beforeMs)),
    } satisfies Activities,
    async startWorker() {
      worker = await Worker.create({
        connection: env.nativeConnection,
        taskQueue: QUEUE,
        workflowBundle: { codePath: bundle.codePath },
        ...(maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows }),
        activities: {
          ...idleActivities,
          record: (input: RecordInput) => shell.activities.record(input),
          recordProcess: (input: ProcessRecordInput) => shell.activities.recordProcess(input),
          invite: (input: Parameters<Activities['invite']>[0]) => shell.activities.invite(input),
          analyse: (input: Parameters<Activities['analyse']>[0]) => shell.activities.analyse(input),
          effectTargets: (input: Parameters<Activities['effectTargets']>[0]) => shell.activities.effectTargets(input),
          openProcesses: (input: Parameters<Activities['openProcesses']>[0]) => shell.activities.openProcesses(input),
          notify: (input: { noticeId: string }) => shell.activities.notify(input),
          notifyAll: (input: { noticeIds: string[] }) => shell.activities.notifyAll(input),
          storedCommands: (input: { agreementId: string; beforeMs: number }) => shell.activities.storedCommands(input),
        },
        sinks: { recorder: { command: { fn: () => undefined, callDuringReplay: false } } },
      });
      running = worker.run();
    },
    async stopWorker() {
      worker?.shutdown();
      await running;
      worker = undefined;
    },
    async start(compiled: CompiledAgreement, at: string) {
      workflowId = agreementWorkflowId(compiled.id);
      await skipTo(ms(at));
      const start = { type: 'start' as const, id: 'start', receivedAtMs: ms(at), actor: actor('coordinator') };
      await client.workflow.start<typeof agreement>('agreement', {
        taskQueue: QUEUE,
        workflowId,
        args: [{ agreement: compiled, start }],
      });
      if (worker) await quiet(ms(at));
    },
    async until(local: string) {
      await skipTo(ms(local));
      await quiet(ms(local));
    },
    async act(local: string, seat: string, act: object, id = `c${(commands += 1)}`) {
      await shell.until(local);
      const command = { ...act, id, receivedAtMs: ms(local), actor: actor(seat) } as PersonCommand;
      const answer = await client.workflow
        .getHandle(workflowId)
        .executeUpdate(agreementCommand, { args: [command], updateId: id });
      await quiet(ms(local));
      return answer;
    },
    async actOn(id: string, local: string, seat: string, act: object) {
      await shell.until(local);
      const command = { ...act, id: `c${(commands += 1)}`, receivedAtMs: ms(local), actor: actor(seat) };
      const given = command as AnyCommand;
      const answer = await client.workflow
        .getHandle(id)
        .executeUpdate(processCommand, { args: [given], updateId: given.id });
      await quiet(ms(local));
      return answer;
    },
    async close() {
      if (worker) await shell.stopWorker();
      await env.teardown();
    },
  } satisfies Partial<Shell>);
  return shell;

  async function skipTo(atMs: number): Promise<void> {
    // One call skips a month at most: one that lasts long is repeated by the client, and time would pass twice.
    for (let ahead = atMs - (await env.currentTimeMs()); ahead > 0; ahead = atMs - (await env.currentTimeMs())) {
      await env.sleep(Math.min(ahead, 31 * 86_400_000));
    }
  }

  /** The agreement and its processes have come to rest: what one tells another is done, too. */
  async function quiet(asOfMs: number): Promise<void> {
    for (let still = 0; still < 2;) {
      const ids = [workflowId, ...new Set(shell.steps.map((step) => step.workflowId))];
      const before = shell.recorded.length + shell.steps.length;
      for (const id of ids) await quietOne(id, asOfMs);
      const started = new Set(shell.steps.map((step) => step.workflowId)).size;
      still = shell.recorded.length + shell.steps.length === before && started === ids.length - 1 ? still + 1 : 0;
    }
  }

  async function quietOne(id: string, asOfMs: number): Promise<void> {
    const handle = client.workflow.getHandle(id);
    for (let tries = 0; tries < 2_000; tries++) {
      if ((await handle.describe()).status.name !== 'RUNNING') return;
      if (await handle.query(agreementQuiet, asOfMs)) return;
      await pause(10);
    }
    throw new Error(`${id} is not quiet as of ${asOfMs}`);
  }
}
