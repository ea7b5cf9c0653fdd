import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const ABIDE = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command as a process of its own, from a foreign folder unless told otherwise. */
export function abide(args: string[], { cwd = tmpdir(), lang = 'C' }: { cwd?: string; lang?: string } = {}): Ran {
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    LC_ALL: lang,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [ABIDE, ...args], { cwd, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}
