import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { startArchiveSweep } from '../activities/archive.ts';
import { startAwaitedFill } from '../activities/awaited-fill.ts';
import { loadWorkflowBundle } from '../activities/bundle.ts';
import { keepBundle } from '../activities/bundles.ts';
import { systemClock } from '../activities/clock.ts';
import { createActivities } from './activities.ts';
import { createKillPoint } from '../activities/kill-points.ts';
import { createPace } from '../activities/mail/pace.ts';
import { startDispatcher } from '../activities/webhooks/dispatcher.ts';
import { openDocumentStore } from '../activities/documents.ts';
import { startRetentionSweep } from '../activities/retention.ts';
import { startTallyFold } from '../activities/tally.ts';
import { createWorker } from '../activities/worker.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../prisma/database.ts';
import { openMail } from './mail.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';
import { openTemporal } from './temporal.ts';

/** Where the worker's servers are. */
export interface Servers {
  databaseUrl: string;
  smtpUrl: string;
  temporalAddress: string;
}

/** A worker that runs in this process. */
export interface WorkerProcess {
  /** Settles when the worker has ended, by `stop` or by itself; rejects when it failed. */
  ended: Promise<void>;
  /** Finishes what is under way and ends. */
  stop(): Promise<void>;
}

/** Runs a worker, the archive sweep and the webhooks. Waits for an engine that is not there yet. */
export async function openWorker(config: Config, servers: Servers, log: Logger): Promise<WorkerProcess> {
  installTemporalRuntime(log);
  const killPoint = createKillPoint(config.killAt);
  const database = openDatabase(servers.databaseUrl);
  const transport = openMail(config, servers.smtpUrl);
  const bundle = await loadWorkflowBundle();
  await keepBundle(database, bundle, systemClock);
  const connection = await connectWhenThere(servers.temporalAddress, log);
  const worker = await createWorker({
    connection,
    namespace: config.temporalNamespace,
    activities: createActivities({
      database,
      transport,
      clock: systemClock,
      publicUrl: config.publicUrl,
      from: config.mailFrom,
      pace: createPace(config.mailRate, systemClock),
      killPoint,
      log,
      bundle: bundle.sha256,
      sdk: bundle.sdk,
    }),
    bundle,
    ...(config.maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows: config.maxCachedWorkflows }),
    log,
  });
  const client: Client = openTemporal(servers.temporalAddress, config.temporalNamespace);
  const sweep = startArchiveSweep({ database, temporal: () => client, clock: systemClock, killPoint, log });
  const rules = { allowPrivate: config.webhookAllowPrivate };
  const webhooks = startDispatcher({ database, clock: systemClock, log, rules });
  const documents = openDocumentStore(config.documentsDir, { maxBytes: config.maxUploadBytes });
  const retention = startRetentionSweep({ database, documents, clock: systemClock, log });
  const awaited = startAwaitedFill({ database, log });
  const tallies = startTallyFold({ database, log });
  const ended = worker.run().finally(async () => {
    await sweep.stop();
    await retention.stop();
    await awaited.stop();
    await tallies.stop();
    await webhooks.stop();
    transport.close();
    await client.connection.close();
    await connection.close();
    await database.$disconnect();
  });
  return {
    ended,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

/** The engine may come up after the worker: ask again, patiently. */
async function connectWhenThere(address: string, log: Logger): Promise<NativeConnection> {
  for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      log.warn({ address, error: (error as Error).message }, 'the engine is not there yet, asking again');
      await pause(waitMs);
    }
  }
}
