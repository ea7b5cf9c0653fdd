import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { loadWorkflowBundle } from '../../activities/bundle.ts';
import { installTemporalRuntime } from '../../cli/temporal-runtime.ts';
import { createActivities } from '../../cli/activities.ts';
import { openDocumentStore } from '../../activities/documents.ts';
import type { Activities } from '../../activities/index.ts';
import { createMailTransport } from '../../activities/mail/transport.ts';
import { replayAgreement } from '../../activities/replay.ts';
import { createWorker } from '../../activities/worker.ts';
import { startApi } from '../../api/server.ts';
import { openAudit } from '../../cli/audit.ts';
import { readConfig } from '../../config.ts';
import { type Mail, startMailbox } from '../../embedded/mailbox.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { agreementQuiet } from '../../workflows/messages.ts';
import { MACHINE_KEY } from '../support/machine-key.ts';
import { Desk } from '../support/people.ts';

const NAMESPACE = 'default';
installTemporalRuntime(pino({ level: 'silent' }));

const unsaid = (): void => undefined;

/** Real activities, API, PostgreSQL and mailbox on the engine whose clock skips. */
export interface SkippingWorld {
  database: Database;
  temporal: Client;
  desk: Desk;
  /** As the worker has them, before `change`. */
  activities: Activities;
  mails(): Promise<Mail[]>;
  /** Moves the engine's clock to an instant, and waits until all that is due by then is folded, recorded and sent. */
  reach(atMs: number, agreementId?: string): Promise<void>;
  /** Waits until nothing is pending as of now. */
  settle(agreementId: string): Promise<void>;
  /** How far the API's clock is ahead of the engine's. */
  setSkew(ms: number): void;
  close(): Promise<void>;
}

/** @param change what the worker runs instead of the activities */
export async function openSkippingWorld(
  startAtMs: number,
  change: (activities: Activities) => Activities = (activities) => activities,
): Promise<SkippingWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'abide-faults-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return await bringUp();
  } catch (error) {
    await close();
    throw error;
  }

  async function bringUp(): Promise<SkippingWorld> {
    const env = await startTimeSkipping({ startAtMs: startAtMs - 60_000, log: unsaid });
    ends.push(() => env.teardown());
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log: unsaid });
    ends.push(() => postgres.stop());
    await applyMigrations(postgres.url);
    const database = openDatabase(postgres.url);
    ends.push(() => database.$disconnect());
    const mailbox = await startMailbox({ dir: join(folder, 'mails'), smtpPort: 0, httpPort: 0, log: unsaid });
    ends.push(() => mailbox.stop());
    const transport = createMailTransport({ smtpUrl: mailbox.smtpUrl });
    ends.push(() => Promise.resolve(transport.close()));

    let nowMs = startAtMs;
    let skewMs = 0;
    const log = pino({ level: 'silent' });
    const bundle = await loadWorkflowBundle();
    const activities = createActivities({
      database,
      transport,
      clock: () => nowMs,
      publicUrl: 'http://127.0.0.1',
      from: 'Abide <abide@localhost>',
      killPoint: () => undefined,
      log,
      bundle: bundle.sha256,
      sdk: bundle.sdk,
    });
    const worker = await createWorker({
      connection: env.nativeConnection,
      namespace: NAMESPACE,
      activities: change(activities),
      bundle,
      log,
    });
    const running = worker.run();
    ends.push(() => {
      worker.shutdown();
      return running;
    });
    const temporal = new Client({ connection: env.connection, namespace: NAMESPACE });
    const api = await startApi(
      {
        database,
        temporal: () => temporal,
        documents: openDocumentStore(join(folder, 'documents'), { maxBytes: 1_000_000 }),
        clock: () => nowMs + skewMs,
        config: { publicUrl: 'http://127.0.0.1', apiKey: MACHINE_KEY },
        audit: openAudit(readConfig({ DATA_DIR: folder }), { database, temporal: () => temporal }),
        evidence: () => Promise.reject(new Error('no evidence is asked for here')),
        replayAgreement: (id) => replayAgreement({ database, temporal, id }),
        log,
        version: 'test',
        engineDeadlineMs: 1_500,
      },
      { host: '127.0.0.1', port: 0 },
    );
    ends.push(() => api.stop());

    const settle = async (agreementId: string, asOfMs = nowMs): Promise<void> => {
      const handle = temporal.workflow.getHandle(agreementWorkflowId(agreementId));
      for (const endMs = Date.now() + 60_000; Date.now() < endMs; await pause(20)) {
        if ((await handle.describe()).status.name !== 'RUNNING') return;
        if (await handle.query(agreementQuiet, asOfMs)) return;
      }
      throw new Error('the agreement did not come to rest within a minute');
    };
    const reach = async (atMs: number, agreementId?: string): Promise<void> => {
      const aheadMs = atMs - (await env.currentTimeMs());
      if (aheadMs > 0) await env.sleep(aheadMs);
      nowMs = atMs;
      if (agreementId !== undefined) await settle(agreementId);
    };
    await reach(startAtMs);
    return {
      database,
      temporal,
      desk: new Desk(api),
      activities,
      mails: async () => (await mailbox.messages()).reverse(),
      reach,
      settle: (agreementId) => settle(agreementId),
      setSkew: (ms) => void (skewMs = ms),
      close,
    };
  }
}
