import { mkdtemp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import pino from 'pino';
import { openApi } from '../../cli/api-process.ts';
import { installTemporalRuntime } from '../../cli/temporal-runtime.ts';
import { openTemporal } from '../../cli/temporal.ts';
import { readConfig } from '../../config.ts';
import { type Mail, type Mailbox, startMailbox } from '../../embedded/mailbox.ts';
import { freePort } from '../../embedded/ports.ts';
import { createDatabase, type Postgres, startPostgres } from '../../embedded/postgres.ts';
import { type Temporal, startTemporal } from '../../embedded/temporal.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { MACHINE_KEY } from '../support/machine-key.ts';
import { Desk } from '../support/people.ts';
import { type Victim, spawnAbide, untilUp } from './process.ts';

const log = (): void => undefined;
installTemporalRuntime(pino({ level: 'silent' }));
const RETENTION_MS = 30 * 86_400_000;

/** PostgreSQL, Temporal's dev server and the mailbox with throw-away data; each can be killed and come back. */
export interface Servers {
  dir: string;
  databaseUrl: string;
  temporalAddress: string;
  smtpUrl: string;
  mails(): Promise<Mail[]>;
  /** kill -9; settles when the process is gone. */
  kill(server: 'engine' | 'postgres'): Promise<void>;
  /** On the same data and port. */
  restart(server: 'engine' | 'postgres'): Promise<void>;
  /** Whatever is given here ends before the servers do. */
  atClose(end: () => Promise<unknown>): void;
  close(): Promise<void>;
}

/** @param durable what the database said is done outlives a kill of the database */
export async function openServers({ durable = false }: { durable?: boolean } = {}): Promise<Servers> {
  const dir = await mkdtemp(join(tmpdir(), 'abide-faults-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true, maxRetries: 5 })];
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const end of ends.splice(0).reverse()) await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  };
  const ports = { engine: await freePort(), ui: await freePort(), smtp: await freePort(), page: await freePort() };
  let postgresPort: number | undefined;
  const startDatabase = () =>
    startPostgres({
      dataDir: join(dir, 'postgres'),
      durable,
      log,
      ...(postgresPort === undefined ? {} : { port: postgresPort }),
    });
  const startEngine = () =>
    startTemporal({ dataDir: join(dir, 'temporal'), port: ports.engine, uiPort: ports.ui, log });
  let postgres: Postgres;
  let engine: Temporal;
  let mailbox: Mailbox;
  try {
    postgres = await startDatabase();
    ends.push(() => postgres.stop());
    postgresPort = Number(new URL(postgres.url).port);
    engine = await startEngine();
    ends.push(() => engine.stop());
    mailbox = await startMailbox({ dir: join(dir, 'mails'), smtpPort: ports.smtp, httpPort: ports.page, log });
    ends.push(() => mailbox.stop());
  } catch (error) {
    await close();
    throw error;
  }
  return {
    dir,
    databaseUrl: postgres.url,
    temporalAddress: engine.address,
    smtpUrl: mailbox.smtpUrl,
    mails: async () => (await mailbox.messages()).reverse(),
    async kill(server) {
      const { pid, exited } = server === 'engine' ? engine : postgres;
      process.kill(pid, 'SIGKILL');
      await exited;
    },
    async restart(server) {
      // Lets go of the lock that this process still holds for the one that was killed.
      if (server === 'engine') {
        await engine.stop();
        engine = await startEngine();
      } else {
        await postgres.stop();
        postgres = await startDatabase();
      }
    },
    atClose: (end) => void ends.push(end),
    close,
  };
}

/** Worker and API as processes, over a database and a namespace of their own. */
export class Installation {
  readonly url: string;
  readonly database: Database;
  readonly temporal: Client;
  readonly desk: Desk;
  readonly #env: Record<string, string>;
  readonly #dir: string;
  readonly #running = new Map<'worker' | 'api', Victim>();
  #stopHere: (() => Promise<void>) | undefined;
  #spawned = 0;

  private constructor(parts: {
    url: string;
    database: Database;
    temporal: Client;
    env: Record<string, string>;
    dir: string;
  }) {
    this.url = parts.url;
    this.database = parts.database;
    this.temporal = parts.temporal;
    this.desk = new Desk(parts);
    this.#env = parts.env;
    this.#dir = parts.dir;
  }

  /** @param name of database and namespace: letters, digits, hyphens */
  static async open(servers: Servers, name: string): Promise<Installation> {
    const dir = join(servers.dir, name);
    await mkdir(dir);
    const databaseUrl = await createDatabase(servers.databaseUrl, name);
    await applyMigrations(databaseUrl);
    const database = openDatabase(databaseUrl);
    servers.atClose(() => database.$disconnect());
    const temporal = openTemporal(servers.temporalAddress, name);
    servers.atClose(() => temporal.connection.close());
    await temporal.workflowService.registerNamespace({
      namespace: name,
      workflowExecutionRetentionPeriod: msToTs(RETENTION_MS),
    });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = {
      HOME: dir,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: servers.temporalAddress,
      TEMPORAL_NAMESPACE: name,
      SMTP_URL: servers.smtpUrl,
      PUBLIC_URL: url,
      API_PORT: String(port),
      DATA_DIR: dir,
      API_KEY: MACHINE_KEY,
      AUTH_SECRET: 'a secret of the fault tests, of 32 characters or more',
    };
    const installation = new Installation({ url, database, temporal, env, dir });
    servers.atClose(() => installation.close());
    return installation;
  }

  get documentsDir(): string {
    return join(this.#dir, 'documents');
  }

  /** Starts worker or API and waits until it is up, or, with `killAt`, until it ended on the way. */
  async start(
    command: 'worker' | 'api',
    { killAt, shell, env }: { killAt?: string; shell?: string; env?: Record<string, string> } = {},
  ): Promise<Victim> {
    const victim = await spawnAbide(command, {
      env: { ...this.#env, ...env, ...(killAt === undefined ? {} : { ABIDE_KILL_AT: killAt }) },
      cwd: this.#dir,
      logFile: join(this.#dir, `${command}-${(this.#spawned += 1)}.log`),
      ...(shell === undefined ? {} : { shell }),
    });
    this.#running.set(command, victim);
    await untilUp(victim, { mayEnd: killAt !== undefined });
    return victim;
  }

  /** The API in this process, where nobody kills it: that is quicker. */
  async serveHere(): Promise<void> {
    const config = readConfig(this.#env);
    const { databaseUrl = '', temporalAddress = '', smtpUrl = '', authSecret = '' } = config;
    const log = pino(pino.destination({ dest: join(this.#dir, 'api-here.log'), sync: true }));
    const api = await openApi(config, { databaseUrl, temporalAddress, smtpUrl, authSecret }, log);
    this.#stopHere = () => api.stop();
  }

  /** What went wrong in its processes, for the error of a test. */
  async complaints(): Promise<string> {
    const files = (await readdir(this.#dir)).filter((name) => name.endsWith('.log'));
    const texts = await Promise.all(
      files.map(async (name) => `${name}\n${await readFile(join(this.#dir, name), 'utf8')}`),
    );
    const notices = await this.database.notice.groupBy({ by: ['status'], _count: true }).catch(() => 'no database');
    const lines = texts.flatMap((text) =>
      text
        .split('\n')
        .filter((line) => !/^\{"level":30/.test(line))
        .slice(0, 30),
    );
    return `${JSON.stringify(notices)}\n${lines.join('\n')}`;
  }

  /** Ends worker or API as an operator would, or as a power cut. */
  async end(command: 'worker' | 'api', signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const victim = this.#running.get(command);
    victim?.kill(signal);
    await victim?.ended;
    this.#running.delete(command);
  }

  async close(): Promise<void> {
    await this.#stopHere?.();
    this.#stopHere = undefined;
    for (const command of [...this.#running.keys()]) await this.end(command, 'SIGKILL');
  }
}
