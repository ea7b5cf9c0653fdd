import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, LockHeld, waitForLock } from '../../embedded/lock.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-lock-'));
  path = join(folder, 'build.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Another process takes the lock, keeps it, and is killed with -9 when told. */
async function holderElsewhere(): Promise<{ pid: number; kill(): Promise<void> }> {
  const code = `
    const { acquireLock } = await import(${JSON.stringify(new URL('../../embedded/lock.ts', import.meta.url).href)});
    await acquireLock(${JSON.stringify(path)});
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return {
    pid: child.pid!,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('a lock of a running process is respected, one of a dead process is taken over', { timeout: 30_000 }, async () => {
  const holder = await holderElsewhere();
  await expect(acquireLock(path)).rejects.toThrow(LockHeld);
  await expect(acquireLock(path)).rejects.toMatchObject({ pid: holder.pid });

  let waited = 0;
  const waiting = waitForLock(path, () => waited++);
  await holder.kill();
  const lock = await waiting;
  expect(waited).toBeLessThanOrEqual(1);
  await expect(acquireLock(path)).rejects.toMatchObject({ pid: process.pid });
  await lock.release();
  await (await acquireLock(path)).release();
  expect(await readdir(folder)).toHaveLength(1); // no litter
});

test('of many that want a dead holder’s lock, one gets it at a time', { timeout: 60_000 }, async () => {
  const holder = await holderElsewhere();
  await holder.kill();
  for (let round = 0; round < 20; round++) {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(path)));
    const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(locks).toHaveLength(1);
    await locks[0]!.release();
  }
});
