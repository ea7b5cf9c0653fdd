import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const ABIDE = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));
const UP_WITHIN_MS = 90_000;

/** They end, by their ids, when this process does. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A process of ours that may be killed. */
export interface Victim {
  pid: number;
  /** Settles with how it ended: a signal's name, or an exit code. */
  ended: Promise<NodeJS.Signals | number>;
  hasEnded(): boolean;
  kill(signal: NodeJS.Signals): void;
  log(): Promise<string>;
}

/** `abide worker` or `abide api` as a process of its own. `shell`: a script that ends in `exec "$@"`, to start it under limits. */
export async function spawnAbide(
  command: 'worker' | 'api',
  { env, cwd, logFile, shell }: { env: Record<string, string>; cwd: string; logFile: string; shell?: string },
): Promise<Victim> {
  const output = openSync(logFile, 'a', 0o600);
  const [program, ...args] =
    shell === undefined ? [process.execPath] : ['/bin/sh', '-c', shell, 'sh', process.execPath];
  const child = spawn(program, [...args, ABIDE, command], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  running.add(child);
  let hasEnded = false;
  const ended = new Promise<NodeJS.Signals | number>((resolve) =>
    child.once('exit', (code, signal) => {
      hasEnded = true;
      running.delete(child);
      resolve(signal ?? code ?? 0);
    }),
  );
  return {
    pid: child.pid as number,
    ended,
    hasEnded: () => hasEnded,
    kill: (signal) => void child.kill(signal),
    log: () => readFile(logFile, 'utf8'),
  };
}

/** Until the process says that it is up. @throws with what it said when it ended first, unless `mayEnd` */
export async function untilUp(victim: Victim, { mayEnd = false }: { mayEnd?: boolean } = {}): Promise<void> {
  const endMs = Date.now() + UP_WITHIN_MS;
  for (;;) {
    const said = await victim.log();
    if (/"msg":"(?:worker|api) is up"/.test(said)) return;
    if (victim.hasEnded() && mayEnd) return;
    if (victim.hasEnded()) throw new Error(`the process ended before it was up: ${said}`);
    if (Date.now() > endMs) throw new Error(`the process did not come up: ${said}`);
    await pause(50);
  }
}
