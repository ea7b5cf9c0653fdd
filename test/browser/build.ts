import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { WEB_ROOT } from '../../cli/web-build.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTES_MS = 300_000;

/**
 * The built pages, as `npm run build` makes them: in a process that is no test, and once for all tests as long as their
 * sources are the same.
 *
 * @returns their folder
 */
export async function builtPages(): Promise<string> {
  const { PATH, HOME, XDG_CACHE_HOME } = process.env;
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'cli/build.ts'], {
    cwd: ROOT,
    env: { PATH, HOME, XDG_CACHE_HOME },
    timeout: MINUTES_MS,
  });
  return WEB_ROOT;
}
