import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('without Java the time-skipping engine says what to install', { timeout: 60_000 }, async () => {
  const cache = await mkdtemp(join(tmpdir(), 'abide-cache-'));
  const code = `
    const { timeSkippingServer } = await import('./embedded/time-skipping.ts');
    await timeSkippingServer(() => undefined).catch(({ code, message }) => console.log(JSON.stringify({ code, message })));`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    cwd: ROOT,
    env: { PATH: cache, XDG_CACHE_HOME: cache },
  });
  expect(JSON.parse(stdout)).toEqual({
    code: 'engine-unavailable',
    message: expect.stringMatching(/^No usable Java here \(java is not installed\): .*install both/) as string,
  });
  expect(await readdir(cache)).toEqual(['abide']);
  await rm(cache, { recursive: true });
});
