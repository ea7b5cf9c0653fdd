import { spawn } from 'node:child_process';
import type { Log } from './child.ts';

/** How often a long command says that it is still at it. */
const PROGRESS_MS = 10_000;

/** The program is not installed. */
export class NotInstalled extends Error {
  override name = 'NotInstalled';
}

/**
 * Runs a command to its end and returns what it printed on stdout. While it runs, `log` gets `doing`, the seconds gone and
 * the last line that it printed, every ten seconds.
 *
 * @throws NotInstalled when there is no such program; an error with the last lines on stderr when it fails.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: { doing: string; log: Log; cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<string> {
  const { doing, log, ...spawnOptions } = options;
  const child = spawn(program, args, {
    ...(spawnOptions.cwd === undefined ? {} : { cwd: spawnOptions.cwd }),
    ...(spawnOptions.env === undefined ? {} : { env: spawnOptions.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const startedMs = Date.now();
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-8_192)));
  const limit = setTimeout(() => child.kill(), options.timeoutMs);
  const progress = setInterval(() => {
    const last = stderr.trimEnd().split('\n').at(-1)!.slice(0, 100);
    log(`${doing}: ${Math.round((Date.now() - startedMs) / 1000)} s${last === '' ? '' : ` (${last})`}`);
  }, PROGRESS_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ENOENT' ? new NotInstalled(`${program} is not installed`) : error),
      );
      child.once('close', (code, signal) => {
        if (code === 0) return resolve();
        const said = (stderr.trim() || stdout.trim()).split('\n').slice(-5).join(' | ');
        const how = child.killed ? `took longer than ${options.timeoutMs / 1000} s` : `ended with ${code ?? signal}`;
        reject(new Error(`${program} ${how}${said === '' ? '' : `: ${said}`}`));
      });
    });
    return stdout;
  } finally {
    clearInterval(progress);
    clearTimeout(limit);
  }
}
