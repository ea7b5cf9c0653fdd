import { randomInt, randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cacheFolder, onPath } from '../config.ts';
import { startChild, tail, type Log } from './child.ts';
import { NotInstalled, runCommand } from './command.ts';
import { EngineUnavailable } from './engine-unavailable.ts';
import { waitForLock } from './lock.ts';
import { freePort, reaches } from './ports.ts';
import { temporalProgram, type Temporal } from './temporal.ts';

/** The release that docker-compose.yml pins. */
export const SERVER_VERSION = '1.29.1';
const MODULES = {
  server: { module: 'go.temporal.io/server/cmd/server', program: 'temporal-server' },
  sql: { module: 'go.temporal.io/server/cmd/tools/sql', program: 'temporal-sql-tool' },
} as const;
const DEPLOY = fileURLToPath(new URL('../deploy/temporal', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** Whether there is, or can be, a production server here: it comes from its Go module alone. */
export async function canRunOnPostgres(): Promise<boolean> {
  return (await isBuilt()) || (await Promise.all(onPath('go').map(exists))).includes(true);
}

/**
 * The folder with `temporal-server` and `temporal-sql-tool`, the programs of the images that docker-compose.yml names, built
 * from their Go modules into the user's cache, once: some three minutes on two cores.
 *
 * @throws EngineUnavailable without Go.
 */
export async function productionPrograms(log: Log): Promise<string> {
  const folder = serverFolder();
  if (await isBuilt()) return folder;
  const lock = await waitForLock(`${folder}.lock`, (pid) =>
    log(`Process ${pid} is building the production Temporal server: waiting for it.`),
  );
  try {
    if (await isBuilt()) return folder;
    // Made beside its place and moved there whole: a kill leaves no half program.
    const draft = `${folder}-${randomUUID()}`;
    await mkdir(draft, { recursive: true });
    try {
      const modules = Object.values(MODULES).map(({ module }) => `${module}@v${SERVER_VERSION}`);
      log(`Building the production Temporal server ${SERVER_VERSION} with Go: some three minutes on two cores, once.`);
      await runCommand('go', ['install', '-v', '-ldflags', '-s -w', ...modules], {
        doing: 'Building the production Temporal server',
        log,
        env: { ...process.env, GOBIN: draft },
        timeoutMs: 3_600_000,
      });
      for (const [built, { program }] of Object.entries(MODULES))
        await rename(join(draft, built), join(draft, program));
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return folder;
  } catch (error) {
    if (error instanceof NotInstalled)
      throw new EngineUnavailable(
        'The production Temporal server is built with Go, which is not installed: install Go 1.25 or later, or run docker compose.',
      );
    throw error;
  } finally {
    await lock.release();
  }
}

/**
 * Starts Temporal as production runs it: the server on PostgreSQL, set up by the very scripts and configuration that
 * docker-compose.yml mounts (`deploy/temporal`). Makes the databases `temporal` and `temporal_visibility` beside the one
 * of `postgresUrl`, whose user must be allowed to.
 *
 * @throws EngineUnavailable without Go; an error with the server's last lines when it does not start.
 */
export async function startTemporalOnPostgres(options: {
  postgresUrl: string;
  namespace: string;
  /** For the log. */
  dataDir: string;
  log: Log;
}): Promise<Pick<Temporal, 'address' | 'pid' | 'exited' | 'stop'>> {
  const { namespace, dataDir, log } = options;
  const programs = await productionPrograms(log);
  const cli = dirname(await temporalProgram(log));
  const postgres = new URL(options.postgresUrl);
  const path = [programs, cli, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  const env = {
    PATH: path,
    HOME: dataDir, // no settings of the user's own CLI
    POSTGRES_HOST: postgres.hostname,
    POSTGRES_PORT: postgres.port || '5432',
    POSTGRES_USER: decodeURIComponent(postgres.username),
    POSTGRES_PASSWORD: decodeURIComponent(postgres.password),
  };
  await mkdir(dataDir, { recursive: true });
  await script('schema.sh', 'Setting up the databases of Temporal', env, log);

  const ports = await serverPorts();
  const logFile = join(dataDir, 'temporal-server.log');
  const child = await startChild(
    join(programs, 'temporal-server'),
    ['--root', dirname(DEPLOY), '--config', 'temporal', '--env', 'server', 'start'],
    { logFile, cwd: dataDir, env: { ...env, ...ports, BIND_ON_IP: '127.0.0.1' }, exitSignal: 'SIGTERM' },
  );
  const address = `127.0.0.1:${ports.FRONTEND_PORT}`;
  try {
    for (const endMs = Date.now() + READY_WITHIN_MS; !(await reaches('127.0.0.1', Number(ports.FRONTEND_PORT)));) {
      if (child.hasExited() || Date.now() > endMs) throw await doesNotStart(logFile);
      await sleep(100);
    }
    const target = { ...env, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
    const ended = child.exited.then(async () => Promise.reject(await doesNotStart(logFile)));
    await Promise.race([script('namespace.sh', 'Making the namespace', target, log), ended]);
  } catch (error) {
    await child.stop('SIGTERM', 10_000, 'SIGKILL');
    throw error;
  }
  return { address, pid: child.pid, exited: child.exited, stop: () => child.stop('SIGTERM', 15_000, 'SIGKILL') };
}

/** What `deploy/temporal/server.yaml` reads, each with a free port. */
async function serverPorts(): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  for (const service of ['FRONTEND', 'MATCHING', 'HISTORY', 'WORKER']) {
    for (const name of [`${service}_PORT`, `${service}_MEMBERSHIP_PORT`]) {
      // PostgreSQL keeps a membership port in a smallint, so nothing above 32,767 will do.
      do ports[name] = String(await freePort(randomInt(10_000, 32_000)));
      while (Number(ports[name]) > 32_767 || new Set(Object.values(ports)).size < Object.keys(ports).length);
    }
  }
  return ports;
}

async function doesNotStart(logFile: string): Promise<Error> {
  const last = (await tail(logFile)).trim().split('\n').slice(-2).join(' | ').slice(0, 800);
  return new Error(`The production Temporal server did not start: ${last} (log: ${logFile})`);
}

async function script(name: string, doing: string, env: NodeJS.ProcessEnv, log: Log): Promise<void> {
  await runCommand('/bin/sh', [join(DEPLOY, name)], { doing, log, env, timeoutMs: 180_000 });
}

function serverFolder(): string {
  return join(cacheFolder(), `temporal-server-${SERVER_VERSION}`);
}

async function isBuilt(): Promise<boolean> {
  const programs = Object.values(MODULES).map(({ program }) => exists(join(serverFolder(), program)));
  return !(await Promise.all(programs)).includes(false);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return false;
      throw error;
    },
  );
}
