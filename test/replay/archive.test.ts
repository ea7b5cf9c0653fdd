import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveClosedRuns } from '../../activities/archive.ts';
import { keepBundle } from '../../activities/bundles.ts';
import { CHAIN_START, canonicalJson, chainHash } from '../../activities/chain.ts';
import { systemClock } from '../../activities/clock.ts';
import { unpackHistory } from '../../activities/histories.ts';
import type { RecordInput } from '../../activities/index.ts';
import { type ReplayVerdict, UnknownAgreement, replayAgreement } from '../../activities/replay.ts';
import { createWorker } from '../../activities/worker.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { TASK_QUEUE, agreementWorkflowId } from '../../workflows/ids.ts';
import { silenceReplayer, toyBundle } from './toy-runs.ts';
import { idleActivities } from '../support/idle-activities.ts';

const log = pino({ level: 'silent' });
const quiet = () => undefined;
const id = randomUUID();
const workflowId = agreementWorkflowId(id);

let database: Database;
let temporal: Client;
const ends: (() => Promise<unknown>)[] = [];

/** Two runs of the toy on the real dev server; its `record` writes the rows that ours would. */
beforeAll(async () => {
  silenceReplayer();
  const folder = await mkdtemp(join(tmpdir(), 'abide-archive-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log: quiet });
  ends.push(() => postgres.stop());
  await applyMigrations(postgres.url);
  database = openDatabase(postgres.url);
  ends.push(() => database.$disconnect());
  const server = await startTemporal({ dataDir: join(folder, 'temporal'), log: quiet });
  ends.push(() => server.stop());
  const connection = await Connection.connect({ address: server.address });
  ends.push(() => connection.close());
  const native = await NativeConnection.connect({ address: server.address });
  ends.push(() => native.close());
  temporal = new Client({ connection });

  const bundle = await toyBundle();
  await keepBundle(database, bundle, systemClock);
  await keepBundle(database, bundle, systemClock);
  const now = new Date();
  const agreement = { template: 'toy@1', status: 'active', zone: 'Asia/Shanghai', draft: {}, compiled: { id } };
  await database.agreement.create({ data: { id, ...agreement, createdAt: now, startedAt: now } });
  let previous = CHAIN_START;
  const record = async ({ events }: RecordInput) => {
    const { runId } = activityInfo().workflowExecution ?? { runId: '' };
    const run = { workflowId, runId, agreementId: id, firstSeenAt: new Date(), bundle: bundle.sha256, sdk: bundle.sdk };
    await database.workflowRun.createMany({ data: [run], skipDuplicates: true });
    for (const event of events) {
      const body = canonicalJson(event);
      const hash = chainHash(previous, body);
      const { sequence, type, clauses } = event;
      const occurredAt = new Date(event.occurredAtMs);
      const row = { workflowId, agreementId: id, sequence, type, clauses, occurredAt, recordedAt: now, actor: {} };
      await database.event.create({ data: { ...row, body, previous, hash } });
      await database.agreement.update({ where: { id }, data: { sequence } });
      previous = hash;
    }
    return undefined;
  };
  const worker = await createWorker({
    connection: native,
    namespace: 'default',
    bundle,
    log,
    activities: { ...idleActivities, record },
  });
  const running = worker.run();
  ends.push(async () => {
    worker.shutdown();
    await running;
  });
  await temporal.workflow.start('toy', { taskQueue: TASK_QUEUE, workflowId, args: [{ agreement: { id } }] });
  while ((await database.event.count({ where: { workflowId } })) < 4) await pause(100);
});

afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const replay = (code?: 'current'): Promise<ReplayVerdict> => replayAgreement({ database, temporal, id, code });
const sweep = () =>
  archiveClosedRuns({ database, temporal: () => temporal, clock: systemClock, killPoint: quiet, log });

test('a run that was continued is archived, the current one is not, and a second sweep changes nothing', async () => {
  expect(await sweep()).toEqual({ archived: 1, missing: 0, unreadable: [] });
  expect(await sweep()).toEqual({ archived: 0, missing: 0, unreadable: [] });
  const [first, second] = await database.workflowRun.findMany({
    where: { workflowId },
    orderBy: { firstSeenAt: 'asc' },
  });
  const kept = first?.history ? unpackHistory(first.history) : undefined;
  const live = await temporal.workflow.getHandle(workflowId, first?.runId).fetchHistory();
  expect(kept?.events?.length).toBe(live.events?.length);
  expect(second).toMatchObject({ archivedAt: null, history: null });
});

test('the archived and the living run are identical, with the bundle that ran them', async () => {
  const { sha256 } = await toyBundle();
  const verdict = await replay();
  expect(verdict).toMatchObject({ verdict: 'identical', runs: [{ bundle: sha256 }, { bundle: sha256 }] });
  expect(verdict.compared).toBeGreaterThanOrEqual(11);
});

test("today's code, which knows no toy, is different", async () => {
  expect((await replay('current')).verdict).not.toBe('identical');
});

test.each([
  ['its body', 'body', (body: string) => body.replace('"p"', '"q"'), 'database event 2 actor.personId'],
  ['its hash', 'hash', () => 'f'.repeat(64), 'database event 2 hash'],
] as const)('an event row that was changed afterwards in %s is named', async (_, column, change, what) => {
  const where = { workflowId_sequence: { workflowId, sequence: 2 } };
  const row = await database.event.findUniqueOrThrow({ where });
  await database.event.update({ where, data: { [column]: change(row[column]) } });
  expect(await replay()).toMatchObject({ verdict: 'different', first: { what } });
  await database.event.update({ where, data: { [column]: row[column] } });
});

test('a row that was moved in time, or taken out, is named', async () => {
  const where = { workflowId_sequence: { workflowId, sequence: 3 } };
  const row = await database.event.findUniqueOrThrow({ where });
  await database.event.update({ where, data: { occurredAt: new Date(0) } });
  expect(await replay()).toMatchObject({ first: { what: 'database event 3 occurredAtMs', now: 0 } });
  await database.event.delete({ where });
  expect(await replay()).toMatchObject({ verdict: 'different', first: { what: 'database event 3', now: null } });
  await database.event.create({ data: { ...row, actor: {} } });
  expect(await replay()).toMatchObject({ verdict: 'identical' });
});

test('a run that is neither archived nor on the server is noted, and leaves the verdict incomplete', async () => {
  const runId = randomUUID();
  const run = { workflowId, runId, agreementId: id, bundle: '', sdk: '1.24.0', firstSeenAt: new Date(0) };
  await database.workflowRun.create({ data: run });
  expect(await sweep()).toEqual({ archived: 0, missing: 1, unreadable: [] });
  const reason = `the history of run ${runId} of ${workflowId} is missing`;
  expect(await replay()).toMatchObject({ verdict: 'incomplete', reason });
  await database.workflowRun.delete({ where: { workflowId_runId: { workflowId, runId } } });
});

test('what is archived is replayed when the server has lost it', async () => {
  const away = new Client({ connection: temporal.connection, namespace: 'default' });
  const [first] = await database.workflowRun.findMany({ where: { workflowId }, orderBy: { firstSeenAt: 'asc' } });
  const fetched: (string | undefined)[] = [];
  const getHandle = away.workflow.getHandle.bind(away.workflow);
  away.workflow.getHandle = (workflow, runId) => {
    fetched.push(runId);
    return getHandle(workflow, runId);
  };
  expect(await replayAgreement({ database, temporal: away, id })).toMatchObject({ verdict: 'identical' });
  expect(fetched).not.toContain(first?.runId);
});

test('an agreement that nobody started is unknown', async () => {
  await expect(replayAgreement({ database, temporal, id: randomUUID() })).rejects.toBeInstanceOf(UnknownAgreement);
});
