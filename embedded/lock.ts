import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isSameProcess, processStart } from './child.ts';

/** The process that has a lock. `start` tells it from a later process that was given the same id. */
interface Holder {
  pid: number;
  start: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** Somebody else holds the lock. */
export class LockHeld extends Error {
  override name = 'LockHeld';
  readonly pid: number;

  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}.`);
    this.pid = pid;
  }
}

/**
 * Takes the lock at `path` for this process, also from a holder that ended without releasing it (kill -9, power cut).
 *
 * Each holder has a file of its own, `<path>.<n>`, made whole by `link`; the highest n counts, and an empty file is a
 * released one. Numbers only grow, so of several who take over from a dead holder exactly one succeeds.
 *
 * @throws LockHeld when a running process holds it.
 */
export async function acquireLock(path: string): Promise<Lock> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}-${randomUUID()}`;
  const self: Holder = { pid: process.pid, start: await processStart(process.pid) };
  await writeFile(draft, JSON.stringify(self));
  try {
    for (;;) {
      const highest = Math.max(0, ...(await generations(path)));
      const holder = highest === 0 ? undefined : await readHolder(`${path}.${highest}`);
      if (holder && (await isSameProcess(holder.pid, holder.start))) throw new LockHeld(path, holder.pid);

      const own = `${path}.${highest + 1}`;
      try {
        await link(draft, own);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue; // another was first: look again
        throw error;
      }
      const present = await generations(path);
      if (Math.max(...present) !== highest + 1) {
        await rm(own, { force: true }); // made below a newer holder, after that one had tidied up
        continue;
      }
      for (const n of present) if (n <= highest) await rm(`${path}.${n}`, { force: true });
      return { release: () => writeFile(own, '') };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** As `acquireLock`, but waits for a running holder, and calls `onWait` once when it has to. */
export async function waitForLock(path: string, onWait: (pid: number) => void): Promise<Lock> {
  for (let told = false; ; told = true) {
    try {
      return await acquireLock(path);
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      if (!told) onWait(error.pid);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** The running process that holds the lock, if any; takes nothing and makes nothing. */
export async function lockHolder(path: string): Promise<number | undefined> {
  const present = await generations(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const holder = present.length === 0 ? undefined : await readHolder(`${path}.${Math.max(...present)}`);
  return holder && (await isSameProcess(holder.pid, holder.start)) ? holder.pid : undefined;
}

async function generations(path: string): Promise<number[]> {
  const prefix = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(prefix) && /^[1-9]\d*$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''; // tidied up by a newer holder meanwhile
    throw error;
  });
  return text === '' ? undefined : (JSON.parse(text) as Holder);
}
