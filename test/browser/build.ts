import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const { resolve } = createRequire(import.meta.url);

/** Builds pages as `npm run build` does, in a process that is no test. */
export async function buildPages(config: string, outDir: string): Promise<void> {
  const vite = join(dirname(resolve('vite/package.json')), 'bin', 'vite.js');
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--config', config, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    { env: { PATH: process.env.PATH } },
  );
}

/** The pages on which customers answer. */
export const buildAnswerPages = (webRoot: string): Promise<void> =>
  buildPages('web/answer/vite.config.ts', join(webRoot, 'answer'));
