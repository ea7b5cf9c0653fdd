import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { applyPatch } from 'diff';
import { cacheFolder } from '../config.ts';
import type { Log } from './child.ts';
import { NotInstalled, runCommand } from './command.ts';
import { EngineUnavailable } from './engine-unavailable.ts';
import { waitForLock } from './lock.ts';
import { freePort, reaches } from './ports.ts';

const SOURCE = fileURLToPath(new URL('time-skipping', import.meta.url));
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const MENDED = 'io/temporal/internal/testservice/TestWorkflowMutableStateImpl.java';
/** Our classes. */
const OURS = 'start-at.jar';
const WAYS_OUT =
  'the time-skipping engine needs Java 11 or later (a JDK) and Maven: install both (Debian: "apt-get install default-jdk-headless maven"; macOS: "brew install maven"), let Maven reach Maven Central or a mirror of it once, and run this again';

/**
 * Starts a Temporal server whose clock skips idle time, at `startAtMs` (milliseconds UTC; default: now). The first call on a
 * machine fetches it (about 40 MB) and takes some 15 s; later ones take about one.
 *
 * Use a plain `new Client({ connection: env.connection })` and move time with `env.sleep` alone: results awaited through
 * `env.client` let the one clock run ahead. A fresh environment per test file; `env.teardown()` at the end.
 *
 * @throws EngineUnavailable without Java or Maven, or when the server cannot be fetched.
 */
export async function startTimeSkipping(options: { startAtMs?: number; log: Log }): Promise<TestWorkflowEnvironment> {
  const path = await timeSkippingServer(options.log);
  const extraArgs = options.startAtMs === undefined ? [] : [String(options.startAtMs)];
  for (let attempt = 1; ; attempt++) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path }, extraArgs },
      });
    } catch (error) {
      // The SDK gives up after 5 s, which a busy machine may exceed.
      if (attempt === 3) throw error;
      options.log(
        `The time-skipping engine was not ready in time, trying again: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

/** The program that starts the server, where an earlier use has fetched it. Fetches nothing. */
export async function findTimeSkipping(): Promise<string | undefined> {
  const program = join(await serverFolder(), 'start');
  return (await isFile(program)) ? program : undefined;
}

/** The server's place in the user's cache, named after what it is made from. */
async function serverFolder(): Promise<string> {
  const files = (await readdir(SOURCE)).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(join(SOURCE, file)));
  return join(cacheFolder(), `time-skipping-${hash.update(PLUGIN).digest('hex').slice(0, 12)}`);
}

/** The program that starts the server, fetched on first use. */
export async function timeSkippingServer(log: Log): Promise<string> {
  const folder = await serverFolder();
  const program = join(folder, 'start');
  if (await isFile(program)) {
    await requireJava(log);
    return program;
  }

  const lock = await waitForLock(`${folder}.lock`, (pid) =>
    log(`Process ${pid} is fetching the time-skipping engine: waiting for it.`),
  );
  try {
    if (!(await isFile(program))) {
      await requireJava(log);
      await fetchServer(folder, log);
    }
    return program;
  } finally {
    await lock.release();
  }
}

async function requireJava(log: Log): Promise<void> {
  // That it is 11 or later is seen when it runs the server.
  await runCommand('java', ['-version'], { doing: 'Looking for Java', log, timeoutMs: 30_000 }).catch(
    (error: Error) => {
      throw new EngineUnavailable(`No usable Java here (${error.message}): ${WAYS_OUT}.`, { cause: error });
    },
  );
}

async function fetchServer(folder: string, log: Log): Promise<void> {
  log('Fetching the time-skipping engine from Maven Central (about 40 MB, once).');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(SOURCE, folder, { recursive: true });
  try {
    const copy = [
      '-q',
      '-B',
      `${PLUGIN}:copy-dependencies`,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'lib')}`,
    ];
    await runCommand('mvn', copy, { doing: 'Fetching the time-skipping engine', log, cwd: folder, timeoutMs: 600_000 });
    const compile = [
      '--release',
      '11',
      '-nowarn',
      '-cp',
      join(folder, 'lib', '*'),
      '-d',
      join(folder, 'classes'),
      join(folder, 'StartAt.java'),
      await mendedSource(folder, log),
    ];
    await runCommand('javac', compile, { doing: 'Compiling its start', log, timeoutMs: 120_000 });
    // A folder of classes on the class path would forbid the archive below.
    const pack = ['--create', '--file', join(folder, 'lib', OURS), '-C', join(folder, 'classes'), '.'];
    await runCommand('jar', pack, { doing: 'Packing its start', log, timeoutMs: 120_000 });
  } catch (error) {
    if (error instanceof NotInstalled) throw new EngineUnavailable(`${error.message}: ${WAYS_OUT}.`, { cause: error });
    throw new EngineUnavailable(`${error instanceof Error ? error.message : String(error)}: ${WAYS_OUT}.`, {
      cause: error,
    });
  }

  // Loaded classes kept in an archive bring the start from 4 s to below 1 s; the SDK waits 5 s only.
  const archive = join(folder, 'classes.jsa');
  const draft = join(folder, 'start.new');
  await writeFile(draft, await launcher(folder, `-XX:ArchiveClassesAtExit=${archive}`), { mode: 0o755 });
  await rehearse(draft);
  await writeFile(draft, await launcher(folder, `-XX:SharedArchiveFile=${archive}`), { mode: 0o755 });
  await rename(draft, join(folder, 'start'));
  log('The time-skipping engine is ready.');
}

/**
 * The server's own source, mended where a life comes out otherwise than on a real server (the patch says why at each place).
 *
 * @returns the path of the mended file
 */
async function mendedSource(folder: string, log: Log): Promise<string> {
  const copy = [
    '-q',
    '-B',
    `${PLUGIN}:copy-dependencies`,
    '-Dclassifier=sources',
    '-DincludeArtifactIds=temporal-test-server',
    `-DoutputDirectory=${join(folder, 'sources')}`,
  ];
  await runCommand('mvn', copy, { doing: "Fetching the engine's source", log, cwd: folder, timeoutMs: 600_000 });
  const jars = await readdir(join(folder, 'sources'));
  const unpack = ['--extract', '--file', ...jars, MENDED];
  await runCommand('jar', unpack, {
    doing: "Unpacking the engine's source",
    log,
    cwd: join(folder, 'sources'),
    timeoutMs: 120_000,
  });
  const path = join(folder, 'sources', MENDED);
  const patch = join(folder, `${basename(MENDED)}.patch`);
  const mended = applyPatch(await readFile(path, 'utf8'), await readFile(patch, 'utf8'), { fuzzFactor: 0 });
  if (mended === false) throw new Error(`${patch} does not fit the server's version in pom.xml`);
  await writeFile(path, mended);
  return path;
}

/** The SDK calls it with a port and the extra arguments, and ends it with SIGKILL: hence `exec`. */
async function launcher(folder: string, archiveFlag: string): Promise<string> {
  const others = (await readdir(join(folder, 'lib'))).filter((jar) => jar !== OURS).sort();
  const jars = [OURS, ...others].map((jar) => join(folder, 'lib', jar)); // ours first: its classes stand above the server's
  const java = [
    'java',
    '-XX:+IgnoreUnrecognizedVMOptions', // Java 11 and 12 have no such archives: slower, but right
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Xmx512m',
    '-Xlog:disable',
    '-Xlog:all=error:stderr',
    archiveFlag,
    '-cp',
    jars.join(':'),
    'StartAt',
  ];
  return `#!/bin/sh\nexec ${java.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')} "$@"\n`;
}

/** Starts the server once, until it listens, and ends it in order, which writes the archive. */
async function rehearse(program: string): Promise<void> {
  const port = await freePort();
  const child = spawn(program, [String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<void>((resolve, reject) => child.once('error', reject).once('close', () => resolve()));
  let listening = false;
  for (
    const endMs = Date.now() + 60_000;
    !listening && Date.now() < endMs && child.exitCode === null;
    await sleep(100)
  ) {
    listening = await reaches('127.0.0.1', port);
  }
  child.kill('SIGTERM');
  await ended;
  if (!listening) {
    const said = complaint.trim().split('\n').slice(0, 3).join(' | ');
    throw new EngineUnavailable(`The time-skipping engine did not start (${said || 'it said nothing'}): ${WAYS_OUT}.`);
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
