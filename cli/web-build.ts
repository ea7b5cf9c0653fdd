import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const WEB_ROOT = join(ROOT, 'dist', 'web');

/**
 * The built page's folder; built first when its sources have changed since (some 20 s), or left as it is where the
 * tools to build it are not installed, as in the production image.
 */
export async function ensureWebBuild(log: (line: string) => void): Promise<string | undefined> {
  const require = createRequire(import.meta.url);
  const stamp = join(WEB_ROOT, '.sources');
  let vite: string;
  try {
    vite = join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return existsSync(WEB_ROOT) ? WEB_ROOT : undefined;
  }
  const sources = await sourcesHash(join(ROOT, 'web'));
  const built = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
  if (built !== sources) {
    log('Building the page (some 20 s, once) …');
    // The answer page lies in the other one's folder, which that one empties.
    for (const config of ['web/vite.config.ts', 'web/answer/vite.config.ts']) {
      await run(vite, ['build', '--config', config, '--logLevel', 'warn']);
    }
    await writeFile(stamp, sources);
  }
  return WEB_ROOT;
}

async function sourcesHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    hash
      .update(file.slice(folder.length))
      .update('\0')
      .update(await readFile(file));
  }
  return hash.update(await readFile(join(ROOT, 'package-lock.json'))).digest('hex');
}

async function run(script: string, args: string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) throw new Error(`the page could not be built (vite ended with ${String(code)})`);
}
