import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Takes one line for the person at the terminal. */
export type Log = (line: string) => void;

export interface Child {
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  hasExited(): boolean;
  /** Sends `signal`, and after `graceMs` a `lastResort`; returns when the process has ended. */
  stop(signal: NodeJS.Signals, graceMs: number, lastResort: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches only us and we decide the order of the
 * end. What it prints goes to `logFile`. It is told to end when this process exits by itself; after a kill -9 it lives on.
 *
 * @throws when the program cannot be started.
 */
export async function startChild(
  program: string,
  args: readonly string[],
  options: {
    logFile: string;
    env: NodeJS.ProcessEnv;
    cwd?: string;
    uid?: number;
    gid?: number;
    exitSignal: NodeJS.Signals;
  },
): Promise<Child> {
  const { logFile, exitSignal, ...spawnOptions } = options;
  const output = openSync(logFile, 'a', 0o600);
  const child = spawn(program, args, { ...spawnOptions, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));

  const pid = child.pid!;
  const endWithUs = (): void => void child.kill(exitSignal);
  process.once('exit', endWithUs);
  let ended = false;
  const exited = new Promise<void>((resolve) =>
    child.once('exit', () => {
      ended = true;
      process.removeListener('exit', endWithUs);
      resolve();
    }),
  );
  return {
    pid,
    exited,
    hasExited: () => ended,
    async stop(signal, graceMs, lastResort) {
      if (ended) return;
      child.kill(signal);
      const timer = setTimeout(() => child.kill(lastResort), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** The last `bytes` of a file, for an error that says what a process complained about. */
export async function tail(file: string, bytes = 4096): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}

const run = promisify(execFile);

/** The command line of a running process, or '' when there is none of that id. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readIfThere(`/proc/${pid}/cmdline`)).replaceAll('\0', ' ').trim();
  }
  return psColumn(pid, 'command');
}

/** Something that differs between two processes that were given the same id one after the other; '' when none runs. */
export async function processStart(pid: number): Promise<string> {
  if (process.platform !== 'linux') return psColumn(pid, 'lstart');
  const stat = await readIfThere(`/proc/${pid}/stat`);
  if (stat === '') return '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold spaces
  if (fields[0] === 'Z' || fields[0] === 'X') return ''; // ended, not yet waited for
  const boot = (await readIfThere('/proc/sys/kernel/random/boot_id')).trim();
  return `${boot}/${fields[19]}`; // starttime, in ticks since boot
}

export async function isSameProcess(pid: number, start: string): Promise<boolean> {
  return start !== '' && (await processStart(pid)) === start;
}

/** Ends a process that an earlier run of ours left behind: `signal`, and `lastResort` after `graceMs`. */
export async function endOrphan(
  pid: number,
  signal: NodeJS.Signals,
  graceMs: number,
  lastResort: NodeJS.Signals,
): Promise<void> {
  const start = await processStart(pid);
  for (const [sent, waitMs] of [
    [signal, graceMs],
    [lastResort, 10_000],
  ] as const) {
    if (!(await isSameProcess(pid, start))) return;
    process.kill(pid, sent);
    for (const endMs = Date.now() + waitMs; Date.now() < endMs && (await isSameProcess(pid, start));) await sleep(50);
  }
  if (await isSameProcess(pid, start))
    throw new Error(`Process ${pid} of an earlier run does not end: end it by hand.`);
}

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return '';
    throw error;
  });
}

async function psColumn(pid: number, column: string): Promise<string> {
  const { stdout } = await run('ps', ['-p', String(pid), '-o', `${column}=`]).catch((error: { code?: unknown }) => {
    if (error.code === 1) return { stdout: '' }; // no such process
    throw error;
  });
  return stdout.trim();
}
