import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { applyMigrations } from '../prisma/migrate.ts';
import type { Log } from './child.ts';
import { acquireLock, LockHeld } from './lock.ts';
import { startMailbox } from './mailbox.ts';
import { freePort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { startTemporal } from './temporal.ts';

/** What the stack ended up with: given by the environment, or brought up here. */
export interface Stack {
  databaseUrl: string;
  smtpUrl: string;
  temporalAddress: string;
  /** Absent when mail goes to a server of the environment. */
  mailboxUrl?: string;
  /** Absent when Temporal is a server of the environment. */
  temporalUiUrl?: string;
  /** Settles with a server's name when that one ended without being told to. */
  lost: Promise<string>;
  /** Ends what was brought up here, in reverse order. */
  stop(): Promise<void>;
}

/**
 * Brings up PostgreSQL, mailbox and Temporal, each unless the environment names one, with all data below `config.dataDir`,
 * and applies the migrations. What was brought up ends again when a later part does not start.
 *
 * @throws when another run uses the folder, and when a part does not start; EngineUnavailable without a Temporal server.
 */
export async function startStack(config: Config, log: Log): Promise<Stack> {
  const { dataDir } = config;
  await mkdir(dataDir, { recursive: true });
  const lock = await acquireLock(join(dataDir, 'lock')).catch((error: unknown) => {
    if (!(error instanceof LockHeld)) throw error;
    throw new Error(
      `Abide already runs in ${dataDir} (process ${error.pid}): use that one, end it first, or set DATA_DIR to another folder.`,
    );
  });
  const ends: (() => Promise<void>)[] = [() => lock.release()];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      const failures: unknown[] = [];
      for (const end of ends.reverse()) await end().catch((error: unknown) => failures.push(error));
      if (failures.length > 0)
        throw new AggregateError(failures, `Not all servers ended: ${failures.map(String).join('; ')}`);
    })());
  let lose: (name: string) => void;
  const lost = new Promise<string>((resolve) => (lose = resolve));
  const watch = (name: string, exited: Promise<void>): void =>
    void exited.then(() => {
      if (stopping === undefined) lose(name);
    });

  const database = async (): Promise<string> => {
    if (config.databaseUrl !== undefined) return config.databaseUrl;
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), log });
    ends.push(() => postgres.stop());
    watch('PostgreSQL', postgres.exited);
    return postgres.url;
  };
  const mail = async (): Promise<Pick<Stack, 'smtpUrl' | 'mailboxUrl'>> => {
    if (config.smtpUrl !== undefined) return { smtpUrl: config.smtpUrl };
    const ports = await mailboxPorts(config);
    const mailbox = await startMailbox({ dir: join(dataDir, 'mailbox', 'mails'), ...ports, log });
    ends.push(() => mailbox.stop());
    return { smtpUrl: mailbox.smtpUrl, mailboxUrl: mailbox.url };
  };
  const engine = async (): Promise<Pick<Stack, 'temporalAddress' | 'temporalUiUrl'>> => {
    if (config.temporalAddress !== undefined) return { temporalAddress: config.temporalAddress };
    const temporal = await startTemporal({
      dataDir: join(dataDir, 'temporal'),
      ...(config.temporalPort === undefined ? {} : { port: config.temporalPort }),
      ...(config.uiPort === undefined ? {} : { uiPort: config.uiPort }),
      namespace: config.temporalNamespace,
      log,
    });
    ends.push(() => temporal.stop());
    watch('Temporal', temporal.exited);
    return { temporalAddress: temporal.address, temporalUiUrl: temporal.uiUrl };
  };

  try {
    const databaseUrl = await database();
    const applied = await applyMigrations(databaseUrl);
    if (applied.length > 0) log(`Migrations applied: ${applied.join(', ')}.`);
    return { databaseUrl, ...(await mail()), ...(await engine()), lost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As configured, else as last time while they are free, so that a mail server's address stays the same over restarts. */
async function mailboxPorts(config: Config): Promise<{ smtpPort: number; httpPort: number }> {
  const folder = join(config.dataDir, 'mailbox');
  const file = join(folder, 'ports.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{"smtpPort":1025,"httpPort":8025}';
    throw error;
  });
  const remembered = JSON.parse(text) as { smtpPort: number; httpPort: number };
  const ports = {
    smtpPort: config.smtpPort ?? (await freePort(remembered.smtpPort)),
    httpPort: config.mailboxPort ?? (await freePort(remembered.httpPort)),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(ports));
  return ports;
}
