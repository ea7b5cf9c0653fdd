import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Log } from './child.ts';
import { acquireLock, LockHeld } from './lock.ts';
import { startStack } from './stack.ts';

/** Where database and engine are, for one command beside them. */
export interface Reachable {
  databaseUrl: string;
  temporalAddress: string;
  /** Ends what was brought up for this command alone. */
  release(): Promise<void>;
}

/**
 * Database and engine: those of the environment, else those of an `abide start` that runs in `config.dataDir`, else the
 * same brought up for this command. Undefined where nothing has ever run.
 *
 * @throws as `startStack`
 */
export async function reachStack(config: Config, log: Log): Promise<Reachable | undefined> {
  const { databaseUrl, temporalAddress, dataDir } = config;
  if (databaseUrl !== undefined && temporalAddress !== undefined) {
    return { databaseUrl, temporalAddress, release: () => Promise.resolve() };
  }
  if (!(await exists(dataDir))) return undefined;
  if (await isRunning(dataDir)) {
    return {
      databaseUrl: databaseUrl ?? (await runningDatabase(join(dataDir, 'postgres'))),
      temporalAddress: temporalAddress ?? (await runningEngine(join(dataDir, 'temporal'))),
      release: () => Promise.resolve(),
    };
  }
  const stack = await startStack(config, log);
  return { databaseUrl: stack.databaseUrl, temporalAddress: stack.temporalAddress, release: () => stack.stop() };
}

async function isRunning(dataDir: string): Promise<boolean> {
  try {
    const lock = await acquireLock(join(dataDir, 'lock'));
    await lock.release();
    return false;
  } catch (error) {
    if (error instanceof LockHeld) return true;
    throw error;
  }
}

/** The database of an `abide start` that runs, by the folder of its server. */
export async function runningDatabase(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'password'), 'utf8')).trim();
  // The file's fourth line is the port (PostgreSQL, "postmaster.pid").
  const port = (await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[3]?.trim();
  return `postgresql://abide:${password}@127.0.0.1:${port}/abide`;
}

async function runningEngine(dataDir: string): Promise<string> {
  const { port } = JSON.parse(await readFile(join(dataDir, 'ports.json'), 'utf8')) as { port: number };
  return `127.0.0.1:${port}`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return false;
    throw error;
  }
}
