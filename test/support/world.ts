import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import pino from 'pino';
import { openDocumentStore } from '../../activities/documents.ts';
import { replayAgreement } from '../../activities/replay.ts';
import { openAccounts } from '../../api/accounts/accounts.ts';
import { startApi } from '../../api/server.ts';
import { openAudit } from '../../cli/audit.ts';
import { openEvidence } from '../../cli/evidence.ts';
import { installTemporalRuntime } from '../../cli/temporal-runtime.ts';
import { openTemporal } from '../../cli/temporal.ts';
import { readConfig } from '../../config.ts';
import { type Child, startChild } from '../../embedded/child.ts';
import { type Mail, type Mailbox, startMailbox } from '../../embedded/mailbox.ts';
import { freePort } from '../../embedded/ports.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { type Temporal, startTemporal } from '../../embedded/temporal.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { MACHINE_KEY } from './machine-key.ts';
import { applyMigrations } from '../../prisma/migrate.ts';

const ABIDE = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));
const log = (): void => undefined;

/**
 * The real stack with throw-away data: PostgreSQL, Temporal's dev server, the mailbox, `abide worker` as a process of its
 * own, and the API in this process, because its clock is the test's. Each part can go away and come back. One in a test
 * file, because the SDK's runtime is set up once in a process.
 */
export interface World {
  /** Of API and pages; without a slash at the end. */
  url: string;
  database: Database;
  temporal: Client;
  documentsDir: string;
  /** As a command beside these servers needs it. */
  env: Record<string, string>;
  /** What the API takes for now; undefined: the real time. */
  setClock(ms: number | undefined): void;
  startWorker(options?: { maxCachedWorkflows?: number }): Promise<void>;
  stopWorker(): Promise<void>;
  startMailbox(): Promise<void>;
  stopMailbox(): Promise<void>;
  startEngine(): Promise<void>;
  stopEngine(): Promise<void>;
  /** Oldest first. */
  mails(): Promise<Mail[]>;
  /** Lines that the API and every worker so far have logged, at the most talkative level. */
  logs(): Promise<string>;
  /** Prints what worker and API said last, for a test that failed. */
  tellAll(): Promise<void>;
  close(): Promise<void>;
}

interface WorldOptions {
  refuses?: (address: string) => boolean;
  maxUploadBytes?: number;
  engineDeadlineMs?: number;
  /** Folder of the built page: then people sign in, too. */
  webRoot?: string;
}

/** @param refuses says whether the mailbox refuses an address for good (550) */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'abide-world-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return await bringUp(dir, ends, close, options);
  } catch (error) {
    await close();
    throw error;
  }
}

async function bringUp(
  dir: string,
  ends: (() => Promise<unknown>)[],
  close: () => Promise<void>,
  options: WorldOptions,
): Promise<World> {
  const { refuses, maxUploadBytes = 20 * 1024 * 1024, engineDeadlineMs, webRoot } = options;
  const ports = { engine: await freePort(), ui: await freePort(), smtp: await freePort(), page: await freePort() };
  let engine: Temporal | undefined;
  const startEngine = async (): Promise<void> => {
    engine = await startTemporal({ dataDir: join(dir, 'temporal'), port: ports.engine, uiPort: ports.ui, log });
  };
  const stopEngine = async (): Promise<void> => {
    await engine?.stop();
    engine = undefined;
  };
  let mailbox: Mailbox | undefined;
  const startMails = async (): Promise<void> => {
    mailbox = await startMailbox({
      dir: join(dir, 'mails'),
      smtpPort: ports.smtp,
      httpPort: ports.page,
      log,
      onRecipient: (address) => (refuses?.(address) ? 550 : undefined),
    });
  };
  const stopMails = async (): Promise<void> => {
    await mailbox?.stop();
    mailbox = undefined;
  };

  const postgres = startPostgres({ dataDir: join(dir, 'postgres'), durable: false, log });
  ends.push(async () => (await postgres).stop());
  ends.push(stopEngine, stopMails);
  const [{ url: databaseUrl }] = await Promise.all([postgres, startEngine(), startMails()]);
  await applyMigrations(databaseUrl);
  const database = openDatabase(databaseUrl);
  ends.push(() => database.$disconnect());
  installTemporalRuntime(pino({ level: 'silent' })); // replays run in this process
  const temporal = openTemporal(`127.0.0.1:${ports.engine}`, 'default');
  ends.push(() => temporal.connection.close());

  const apiLines: string[] = [];
  const apiLog = pino({ level: 'trace' }, { write: (line: string) => void apiLines.push(line.trimEnd()) });
  const apiPort = await freePort();
  const url = `http://127.0.0.1:${apiPort}`;
  const documentsDir = join(dir, 'documents');
  let nowMs: number | undefined;
  const env = { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: `127.0.0.1:${ports.engine}`, DATA_DIR: dir };
  const api = await startApi(
    {
      database,
      temporal: () => temporal,
      documents: openDocumentStore(documentsDir, { maxBytes: maxUploadBytes }),
      clock: () => nowMs ?? Date.now(),
      config: { publicUrl: url, apiKey: MACHINE_KEY, documentsDir, temporalUiUrl: `http://127.0.0.1:${ports.ui}` },
      replayAgreement: (id) => replayAgreement({ database, temporal, id }),
      audit: openAudit(readConfig(env), { database, temporal: () => temporal }),
      evidence: await openEvidence(readConfig(env), { database, temporal: () => temporal }),
      log: apiLog,
      version: 'test',
      ...(engineDeadlineMs === undefined ? {} : { engineDeadlineMs }),
      ...(webRoot === undefined
        ? {}
        : {
            webRoot,
            accounts: openAccounts({
              ...{ database, publicUrl: url, clock: Date.now, log: apiLog },
              secret: 'a secret of the tests, long enough for anything',
              sendLetter: () => Promise.resolve(),
            }),
          }),
    },
    { host: '127.0.0.1', port: apiPort },
  );
  ends.push(() => api.stop());

  let worker: Child | undefined;
  const workerLogs: string[] = [];
  const stopWorker = async (): Promise<void> => {
    await worker?.stop('SIGTERM', 30_000, 'SIGKILL');
    worker = undefined;
  };
  ends.push(stopWorker);

  const logs = async (): Promise<string> =>
    [...apiLines, ...(await Promise.all(workerLogs.map((file) => readFile(file, 'utf8'))))].join('\n');
  return {
    url,
    database,
    temporal,
    documentsDir,
    env,
    setClock: (ms) => void (nowMs = ms),
    async startWorker({ maxCachedWorkflows } = {}) {
      await stopWorker();
      const logFile = join(dir, `worker-${workerLogs.length + 1}.log`);
      workerLogs.push(logFile);
      worker = await startChild(process.execPath, [ABIDE, 'worker'], {
        logFile,
        cwd: dir,
        exitSignal: 'SIGTERM',
        env: {
          HOME: dir,
          ...env,
          SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
          PUBLIC_URL: url,
          LOG_LEVEL: 'trace',
          ...(maxCachedWorkflows === undefined ? {} : { MAX_CACHED_WORKFLOWS: String(maxCachedWorkflows) }),
        },
      });
      await eventually(
        async () => {
          const said = await readFile(logFile, 'utf8');
          if (worker?.hasExited()) throw new Error(`the worker ended: ${said}`);
          return said.includes('worker is up');
        },
        { withinMs: 60_000 },
      );
    },
    stopWorker,
    startMailbox: startMails,
    stopMailbox: stopMails,
    startEngine,
    stopEngine,
    mails: async () => (await (mailbox?.messages() ?? Promise.resolve([]))).reverse(),
    logs,
    async tellAll() {
      const lines = (await logs()).split('\n').filter((line) => line !== '' && !line.includes('"msg":"request"'));
      console.log(lines.slice(-40).join('\n'));
    },
    close,
  };
}

/** Asks until the answer is neither `undefined` nor `false`. @throws when that takes too long */
export async function eventually<T>(
  ask: () => Promise<T | undefined | false>,
  { withinMs = 20_000, what = 'it' }: { withinMs?: number; what?: string } = {},
): Promise<T> {
  for (const endMs = Date.now() + withinMs; ; await pause(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > endMs) throw new Error(`${what} did not happen within ${withinMs / 1000} s`);
  }
}
