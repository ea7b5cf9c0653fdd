import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { loadWorkflowBundle } from '../activities/bundle.ts';
import { createActivities } from './activities.ts';
import { openDocumentStore } from '../activities/documents.ts';
import { createKillPoint } from '../activities/kill-points.ts';
import { writeKeptRun } from '../activities/kept-runs.ts';
import { createMailTransport } from '../activities/mail/transport.ts';
import { createWorker } from '../activities/worker.ts';
import { isoAt } from '../domain/zone.ts';
import { startMailbox } from '../embedded/mailbox.ts';
import { createDatabase, startPostgres } from '../embedded/postgres.ts';
import { freePort } from '../embedded/ports.ts';
import { startTimeSkipping, timeSkippingServer } from '../embedded/time-skipping.ts';
import { openDatabase } from '../prisma/database.ts';
import { applyMigrations } from '../prisma/migrate.ts';
import { type LivedScenario, inTime } from './life.ts';
import type { LivableScenario } from './livable.ts';
import { readLife } from './lived.ts';
import { scenarioLife } from './scenario-life.ts';
import { readNouns } from './nouns/simulated.ts';
import { reach } from './simulated-time.ts';
import { readInvitations, readProcesses } from './simulated-surveys.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';

/** The clock starts a little before the first moment, so that the engine is up by then. */
const HEAD_START_MS = 60_000;
const NAMESPACE = 'default';
/** What the throw-away parts say is of no use to anybody; what the engine's first fetch says is. */
const unsaid = (): void => undefined;

/** Servers on which scenarios are lived one after the other, each in a database of its own. */
export interface Simulator {
  /**
   * Lives a scenario. After each step it waits until nothing is pending, so that the same scenario gives the same answer.
   *
   * @param keep folder for the histories
   */
  live(scenario: LivableScenario, options?: { keep?: string | undefined }): Promise<SimulatedLife>;
  close(): Promise<void>;
}

/** A life, and the workflow runs that it took. */
export interface SimulatedLife extends LivedScenario {
  runs: { workflowId: string; runId: string; events: number }[];
}

/** Lives one scenario, on servers of its own. @throws EngineUnavailable */
export async function simulate(
  scenario: LivableScenario,
  { keep, log }: { keep?: string | undefined; log: (line: string) => void },
): Promise<SimulatedLife> {
  const simulator = await openSimulator(log);
  return simulator.live(scenario, { keep }).finally(() => simulator.close());
}

/**
 * The very workflows and activities of production, on the engine whose clock skips, against a throw-away database and
 * mailbox.
 *
 * @throws EngineUnavailable
 */
export async function openSimulator(log: (line: string) => void): Promise<Simulator> {
  await timeSkippingServer(log);
  installTemporalRuntime(pino({ level: 'silent' }));
  const folder = await mkdtemp(join(tmpdir(), 'abide-simulate-'));
  const ends: Ends = [() => rm(folder, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log: unsaid });
    ends.push(() => postgres.stop());
    const ports = { smtpPort: await freePort(0), httpPort: await freePort(0) };
    const mailbox = await startMailbox({ dir: join(folder, 'mails'), ...ports, log: unsaid });
    ends.push(() => mailbox.stop());
    const bundle = await loadWorkflowBundle();
    let lives = 0;
    return {
      async live(scenario, { keep } = {}) {
        lives += 1;
        const databaseUrl = await createDatabase(postgres.url, `life-${lives}`);
        const place = { databaseUrl, smtpUrl: mailbox.smtpUrl, documentsDir: join(folder, `documents-${lives}`) };
        return live(scenario, { ...place, bundle, keep, log });
      },
      close: () => endAll(ends),
    };
  } catch (error) {
    await endAll(ends);
    throw error;
  }
}

type Ends = (() => Promise<unknown>)[];

async function endAll(ends: Ends): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

async function live(
  scenario: LivableScenario,
  {
    databaseUrl,
    smtpUrl,
    documentsDir,
    bundle,
    keep,
    log,
  }: {
    databaseUrl: string;
    smtpUrl: string;
    documentsDir: string;
    bundle: Awaited<ReturnType<typeof loadWorkflowBundle>>;
    keep: string | undefined;
    log: (line: string) => void;
  },
): Promise<SimulatedLife> {
  const ends: Ends = [];
  try {
    const quietLog = pino({ level: 'silent' });
    const env = await startTimeSkipping({ startAtMs: scenario.firstMs - HEAD_START_MS, log });
    ends.push(() => env.teardown());
    await applyMigrations(databaseUrl);
    const database = openDatabase(databaseUrl);
    ends.push(() => database.$disconnect());

    let nowMs = scenario.firstMs;
    const clock = () => nowMs;
    const transport = createMailTransport({ smtpUrl });
    ends.push(() => Promise.resolve(transport.close()));
    const worker = await createWorker({
      connection: env.nativeConnection,
      namespace: NAMESPACE,
      activities: createActivities({
        database,
        transport,
        clock,
        publicUrl: 'http://127.0.0.1',
        from: 'Abide <abide@localhost>',
        killPoint: createKillPoint(undefined),
        log: quietLog,
        bundle: bundle.sha256,
        sdk: bundle.sdk,
      }),
      bundle,
      log: quietLog,
    });
    const running = worker.run();
    ends.push(() => {
      worker.shutdown();
      return running;
    });

    const client = new Client({ connection: env.connection, namespace: NAMESPACE });
    const documents = openDocumentStore(documentsDir, { maxBytes: 20 * 1024 * 1024 });
    const life = scenarioLife(scenario, { database, client, clock, documents, log: quietLog });
    await env.sleep(Math.max(0, scenario.firstMs - (await env.currentTimeMs())));
    await life.begin();
    for await (const atMs of life.steps()) await reach(env, life.runs, atMs, (reachedMs) => (nowMs = reachedMs));

    const { agreementId: id, rejections } = life;
    const read = await readLife(database, id, scenario);
    const processes = {
      ...(await readProcesses(database, id, scenario)),
      ...(await readNouns(database, id, scenario)),
    };
    const invitations = await readInvitations(database, id, (ms) => isoAt(scenario.draft.zone, ms));
    const notices = inTime([...read.notices, ...invitations]);
    const rows = await database.workflowRun.findMany({ where: { agreementId: id }, orderBy: { firstSeenAt: 'asc' } });
    const kept = [];
    for (const run of rows) {
      const history = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      if (keep) await writeKeptRun(keep, { workflowId: run.workflowId, runId: run.runId, history, bundle });
      kept.push({ workflowId: run.workflowId, runId: run.runId, events: history.events?.length ?? 0 });
    }
    return { ...read, notices, ...processes, rejections, open: scenario.draft.terms.open, runs: kept };
  } finally {
    await endAll(ends);
  }
}
