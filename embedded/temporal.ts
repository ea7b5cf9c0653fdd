import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';
import { cacheFolder, onPath } from '../config.ts';
import { commandLine, endOrphan, startChild, tail, type Child, type Log } from './child.ts';
import { NotInstalled, runCommand } from './command.ts';
import { EngineUnavailable } from './engine-unavailable.ts';
import { acquireLock, LockHeld, waitForLock } from './lock.ts';
import { freePort, isFree, reaches } from './ports.ts';

/** The last release of the CLI that Go can install as a module: later ones carry a `replace`. Its server is 1.29.1. */
const VERSION = '1.5.1';
const MODULE = `github.com/temporalio/cli/cmd/temporal@v${VERSION}`;
/** Where the SDK's own download looks. */
const DOWNLOAD_HOST = 'temporal.download';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_WITHIN_MS = 60_000;
/** Closed runs stay readable for ten years; the archive of histories is the longer memory. */
const RETENTION_MS = 3_650 * 86_400_000;

export interface Temporal {
  /** `host:port` */
  address: string;
  uiUrl: string;
  pid: number;
  /** Settles when the server has ended, wanted or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts Temporal's dev server on loopback with its data in `dataDir/temporal.db`, so that agreements survive a restart.
 * Ports that are not given are 7233 and 8233 at first, or any free ones, and stay the same while they are free. Returns when
 * `namespace` is there and keeps closed runs for 3,650 days.
 *
 * @throws EngineUnavailable when there is no server to be had; an error that names cause and cure when it does not start.
 */
export async function startTemporal(options: {
  dataDir: string;
  port?: number;
  uiPort?: number;
  namespace?: string;
  log: Log;
}): Promise<Temporal> {
  const program = await temporalProgram(options.log);
  const dataDir = resolve(options.dataDir);
  const namespace = options.namespace ?? 'default';
  await mkdir(dataDir, { recursive: true });
  const lock = await acquireLock(join(dataDir, 'lock')).catch((error: unknown) => {
    if (error instanceof LockHeld)
      throw new Error(`Temporal in ${dataDir} is in use by process ${error.pid}: end that one first.`);
    throw error;
  });
  try {
    await endLeftover(dataDir, options.log);
    const { child, port, uiPort } = await launch(program, dataDir, namespace, options);
    try {
      await keepClosedRuns(`127.0.0.1:${port}`, namespace);
    } catch (error) {
      await child.stop('SIGTERM', 10_000, 'SIGKILL');
      throw error;
    }
    return {
      address: `127.0.0.1:${port}`,
      uiUrl: `http://127.0.0.1:${uiPort}`,
      pid: child.pid,
      exited: child.exited,
      async stop() {
        await child.stop('SIGTERM', 15_000, 'SIGKILL');
        await rm(join(dataDir, 'pid'), { force: true });
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Where the server comes from on first use, in the order in which they are tried. */
export const TEMPORAL_SOURCES = { download: DOWNLOAD_HOST, module: MODULE };

function cachedTemporal(): string {
  return join(cacheFolder(), `temporal-cli-${VERSION}`);
}

/** The `temporal` program that is here: on the PATH, or in the cache. Fetches nothing. */
export async function findTemporal(): Promise<string | undefined> {
  for (const program of [...onPath('temporal'), join(cachedTemporal(), 'temporal')]) {
    if (await isProgram(program)) return program;
  }
  return undefined;
}

/**
 * The `temporal` program: one on the PATH; one that an earlier run cached; the SDK's own download; a build of the official
 * CLI from its Go module, which takes some six minutes on two cores, once.
 *
 * @throws EngineUnavailable with the three ways out.
 */
export async function temporalProgram(log: Log): Promise<string> {
  const found = await findTemporal();
  if (found !== undefined) return found;
  const folder = cachedTemporal();
  const program = join(folder, 'temporal');

  const lock = await waitForLock(`${folder}.lock`, (pid) =>
    log(`Process ${pid} is fetching the Temporal server: waiting for it.`),
  );
  try {
    if (await isProgram(program)) return program;
    const reasons: string[] = [];
    for (const source of [download, build]) {
      // Made beside its place and moved there whole: a kill leaves no half program.
      const draft = join(folder, `draft-${randomUUID()}`);
      await rm(folder, { recursive: true, force: true });
      await mkdir(draft, { recursive: true });
      const reason = await source(draft, log);
      if (reason === undefined) {
        const [made] = await readdir(draft);
        await chmod(join(draft, made!), 0o755);
        await rename(join(draft, made!), program);
        await rm(draft, { recursive: true });
        log('The Temporal server is ready.');
        return program;
      }
      reasons.push(reason);
    }
    throw new EngineUnavailable(
      `There is no Temporal server here (${reasons.join('; ')}): set TEMPORAL_ADDRESS to a server of yours, or install the Temporal CLI so that "temporal" is on the PATH, or install Go 1.25 or later, with which it is built once.`,
    );
  } finally {
    await lock.release();
  }
}

/** The SDK's own download, in a process of its own because it cannot be cut short. Returns why it failed. */
async function download(folder: string, log: Log): Promise<string | undefined> {
  if (!(await reaches(DOWNLOAD_HOST, 443))) return `${DOWNLOAD_HOST} cannot be reached`;
  log('Downloading the Temporal server (about 60 MB, once).');
  const script = `
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', version: 'v${VERSION}', downloadDir: process.argv[1] };
    const env = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await env.teardown();`;
  return runCommand(process.execPath, ['--input-type=module', '--eval', script, folder], {
    doing: 'Downloading the Temporal server',
    log,
    cwd: ROOT,
    timeoutMs: 600_000,
  }).then(
    () => undefined,
    (error: Error) => `the download failed: ${error.message}`,
  );
}

/** Builds the CLI from its Go module. Returns why it failed. */
async function build(folder: string, log: Log): Promise<string | undefined> {
  try {
    const version = await runCommand('go', ['version'], { doing: 'Looking for Go', log, timeoutMs: 30_000 });
    const [, major, minor] = /go(\d+)\.(\d+)/.exec(version) ?? [];
    if (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 25))
      return `${version.trim()} is older than Go 1.25`;
    log(`Building the Temporal server ${MODULE} with Go: some six minutes on two cores, once.`);
    await runCommand('env', [`GOBIN=${folder}`, 'go', 'install', '-v', '-ldflags', '-s -w', MODULE], {
      doing: 'Building the Temporal server',
      log,
      timeoutMs: 3_600_000,
    });
    return undefined;
  } catch (error) {
    if (error instanceof NotInstalled) return 'Go is not installed';
    return `the build with Go failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function launch(
  program: string,
  dataDir: string,
  namespace: string,
  fixed: { port?: number; uiPort?: number },
): Promise<{ child: Child; port: number; uiPort: number }> {
  const portsFile = join(dataDir, 'ports.json');
  const logFile = join(dataDir, 'temporal.log');
  const remembered = JSON.parse(await readOr(portsFile, '{"port":7233,"uiPort":8233}')) as {
    port: number;
    uiPort: number;
  };
  for (const port of [fixed.port, fixed.uiPort]) {
    if (port !== undefined && !(await isFree(port))) {
      throw new Error(
        `Port ${port} of 127.0.0.1 is taken: end the program that listens there, or choose another (TEMPORAL_PORT, UI_PORT).`,
      );
    }
  }
  for (let attempt = 1; ; attempt++) {
    const port = fixed.port ?? (await freePort(attempt === 1 ? remembered.port : undefined));
    const uiPort = fixed.uiPort ?? (await freePort(attempt === 1 ? remembered.uiPort : undefined));
    await rm(logFile, { force: true });
    const flags: [string, string][] = [
      ['--db-filename', join(dataDir, 'temporal.db')],
      ['--ip', '127.0.0.1'],
      ['--port', String(port)],
      ['--ui-port', String(uiPort)],
      ['--namespace', namespace],
      ['--log-level', 'warn'],
      // One sync a commit instead of three, and no less durable: what the engine has answered survives a power cut.
      ['--sqlite-pragma', 'journal_mode=wal'],
      ['--sqlite-pragma', 'synchronous=full'],
      // Else timers are rounded up to about a second.
      ['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="1ms"'],
    ];
    const child = await startChild(program, ['server', 'start-dev', ...flags.flat()], {
      logFile,
      cwd: dataDir,
      env: { HOME: dataDir }, // no settings of the user's own CLI
      exitSignal: 'SIGTERM',
    });
    await writeFile(join(dataDir, 'pid'), String(child.pid));
    if (await isServing(child, port)) {
      await writeFile(portsFile, JSON.stringify({ port, uiPort }));
      return { child, port, uiPort };
    }
    await child.stop('SIGTERM', 5_000, 'SIGKILL');
    const complaint = await tail(logFile);
    if (attempt < 5 && /address already in use/.test(complaint)) continue; // taken between choice and use
    const reason = /no space left|database or disk is full/.test(complaint)
      ? `the disk that holds ${dataDir} is full: make room, then start again.`
      : `${complaint.trim().split('\n').slice(-3).join(' | ') || 'it said nothing.'} (log: ${logFile})`;
    throw new Error(`The embedded Temporal server did not start: ${reason}`);
  }
}

/** Whether the server answers; false when it ended or takes too long. */
async function isServing(child: Child, port: number): Promise<boolean> {
  for (const endMs = Date.now() + READY_WITHIN_MS; Date.now() < endMs && !child.hasExited(); await sleep(50)) {
    if (!(await reaches('127.0.0.1', port))) continue;
    const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: 2_000 }).catch(
      () => undefined,
    );
    if (connection === undefined) continue; // it listens before it serves
    await connection.close();
    return true;
  }
  return false;
}

/** Waits until `namespace` is there, and has it keep closed runs. */
async function keepClosedRuns(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 10_000 });
  try {
    for (const endMs = Date.now() + READY_WITHIN_MS; ; await sleep(100)) {
      try {
        const { config } = await connection.workflowService.describeNamespace({ namespace });
        if (tsToMs(config?.workflowExecutionRetentionTtl) === RETENTION_MS) return;
        await connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: msToTs(RETENTION_MS) },
        });
        await sleep(2_000); // the server reads its namespaces anew every 2 s; a run closed before would go after a day
        return;
      } catch (error) {
        if (Date.now() > endMs) throw error; // until then: not registered yet
      }
    }
  } finally {
    await connection.close();
  }
}

/** Ends a server that outlived its run (kill -9). */
async function endLeftover(dataDir: string, log: Log): Promise<void> {
  const pid = Number(await readOr(join(dataDir, 'pid'), '0'));
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = await commandLine(pid);
  if (!command.includes('start-dev') || !command.includes(join(dataDir, 'temporal.db'))) return;
  log(`Temporal of an earlier run is still there (process ${pid}): ending it.`);
  await endOrphan(pid, 'SIGTERM', 15_000, 'SIGKILL');
}

async function readOr(file: string, otherwise: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return otherwise;
    throw error;
  });
}

async function isProgram(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile() && (entry.mode & 0o111) !== 0,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return false;
      throw error;
    },
  );
}
