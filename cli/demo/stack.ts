import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { loadWorkflowBundle } from '../../activities/bundle.ts';
import { keepBundle } from '../../activities/bundles.ts';
import { systemClock } from '../../activities/clock.ts';
import { openDocumentStore } from '../../activities/documents.ts';
import { createKillPoint } from '../../activities/kill-points.ts';
import { createMailTransport } from '../../activities/mail/transport.ts';
import { createWorker } from '../../activities/worker.ts';
import { openAccounts } from '../../api/accounts/accounts.ts';
import type { Letter } from '../../api/accounts/letters.ts';
import { createDraft } from '../../api/starting.ts';
import type { Config } from '../../config.ts';
import { keptAuthSecret } from '../../embedded/auth-secret.ts';
import { startMailbox } from '../../embedded/mailbox.ts';
import { freePort } from '../../embedded/ports.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import type { Stack } from '../../embedded/stack.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import { openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { createActivities } from '../activities.ts';
import { type DemoAccount, makeAccounts } from './accounts.ts';
import { type LivedAgreement, liveTogether } from './fill.ts';
import { DRAFT, type DemoScenario, demoScenarios } from './scenarios.ts';

/** The clock starts a little before the first moment, so that the engine is up by then. */
const HEAD_START_MS = 60_000;
const unsaid = (): void => undefined;

/** Asked to end before the agreements were lived. */
export class DemoStopped extends Error {}

/** The configuration of a demo: everything in a folder of its own, whatever else the environment names. */
export async function demoConfig(given: Config): Promise<Config> {
  const dataDir = await mkdtemp(join(tmpdir(), 'abide-demo-'));
  return { ...given, dataDir, documentsDir: join(dataDir, 'documents'), temporalNamespace: 'default' };
}

/** Servers of their own with agreements that were lived on them up to now; nothing of it outlives the process. */
export interface DemoStack extends Stack {
  accounts: DemoAccount[];
  agreements: LivedAgreement[];
  /** Where its first walk leads. */
  demo: { mailboxUrl: string; agreements: Record<string, string> };
}

/**
 * Brings up a database, a mailbox and an engine whose clock skips, in the folder of `demoConfig`, which goes with them, and
 * lives the agreements of the demo from months ago up to now: by the very workflows and activities of production. From then
 * on the engine's clock is the wall's.
 *
 * @param goesOn whether nobody has asked it to end
 * @throws EngineUnavailable without Java; CommandFailed with what is wrong in a scenario; DemoStopped
 */
export async function startDemo(
  config: Config,
  { log, goesOn }: { log: (line: string) => void; goesOn: () => boolean },
): Promise<DemoStack> {
  const folder = config.dataDir;
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const scenarios = demoScenarios(systemClock());
    const firstMs = Math.min(...scenarios.map(({ scenario }) => scenario.firstMs));
    const engine = await startTimeSkipping({ startAtMs: firstMs - HEAD_START_MS, log });
    ends.push(() => engine.teardown());
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log: unsaid });
    ends.push(() => postgres.stop());
    let lose: (name: string) => void = unsaid;
    const lost = new Promise<string>((resolve) => (lose = resolve));
    void postgres.exited.then(() => lose('PostgreSQL'));
    const ports = {
      smtpPort: config.smtpPort ?? (await freePort(1025)),
      httpPort: config.mailboxPort ?? (await freePort(8025)),
    };
    const mailbox = await startMailbox({ dir: join(folder, 'mails'), ...ports, log: unsaid });
    ends.push(() => mailbox.stop());
    await applyMigrations(postgres.url);
    const servers = { databaseUrl: postgres.url, smtpUrl: mailbox.smtpUrl, temporalAddress: engine.address };
    const filled = await fill(config, scenarios, { ...servers, engine, log, goesOn });
    const places = filled.agreements.map(({ name, agreementId }): [string, string] => [name, agreementId]);
    const demo = { mailboxUrl: mailbox.url, agreements: Object.fromEntries(places) };
    return { ...servers, ...filled, demo, mailboxUrl: mailbox.url, lost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Lives the scenarios with a worker whose clock is told, and makes the accounts. */
async function fill(
  config: Config,
  scenarios: readonly DemoScenario[],
  {
    engine,
    databaseUrl,
    smtpUrl,
    log,
    goesOn,
  }: {
    engine: Awaited<ReturnType<typeof startTimeSkipping>>;
    databaseUrl: string;
    smtpUrl: string;
    log: (line: string) => void;
    goesOn: () => boolean;
  },
): Promise<Pick<DemoStack, 'accounts' | 'agreements'>> {
  const quietLog = pino({ level: 'silent' });
  const database = openDatabase(databaseUrl);
  const transport = createMailTransport({ smtpUrl });
  try {
    let nowMs = Math.min(...scenarios.map(({ scenario }) => scenario.firstMs));
    const clock = () => nowMs;
    const bundle = await loadWorkflowBundle();
    await keepBundle(database, bundle, systemClock);
    const worker = await createWorker({
      connection: engine.nativeConnection,
      namespace: config.temporalNamespace,
      activities: createActivities({
        database,
        transport,
        clock,
        publicUrl: config.publicUrl,
        from: config.mailFrom,
        killPoint: createKillPoint(undefined),
        log: quietLog,
        bundle: bundle.sha256,
        sdk: bundle.sdk,
      }),
      bundle,
      log: quietLog,
    });
    const running = worker.run();
    const client = new Client({ connection: engine.connection, namespace: config.temporalNamespace });
    const documents = openDocumentStore(config.documentsDir, { maxBytes: config.maxUploadBytes });
    const world = { engine, worker, database, client, documents, clock, log: quietLog };
    let month = '';
    const agreements = await liveTogether(scenarios, world, (atMs) => {
      if (!goesOn()) throw new DemoStopped('asked to end');
      nowMs = atMs;
      const at = new Date(atMs).toISOString().slice(0, 7);
      if (at === month) return;
      month = at;
      log(`Living the demo's agreements: ${month} …`);
    }).finally(async () => {
      worker.shutdown();
      await running;
    });
    const refused = agreements.flatMap(({ name, refused: some }) =>
      some.map((one) => `${name}: ${JSON.stringify(one)}`),
    );
    if (refused.length > 0)
      throw new Error(`the demo's agreements refuse what they are to live:\n${refused.join('\n')}`);
    await createDraft({ database, clock }, { id: randomUUID(), given: DRAFT });
    const letters: Letter[] = [];
    const desk = openAccounts({
      database,
      secret: await keptAuthSecret(config.dataDir),
      publicUrl: config.publicUrl,
      clock: systemClock,
      log: quietLog,
      sendLetter: async (letter) => void letters.push(letter),
    });
    return { agreements, accounts: await makeAccounts(desk, letters) };
  } finally {
    transport.close();
    await database.$disconnect();
  }
}
