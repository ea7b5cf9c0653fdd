import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from '../../config.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** @throws Error that says how to get one, where there is none */
export function chromium(): string {
  const found = NAMES.flatMap((name) => onPath(name)).find((path) => existsSync(path));
  if (!found) {
    throw new Error(
      'No Chromium on the PATH: install Debian’s package chromium (apt-get install chromium), or Chrome.',
    );
  }
  return found;
}

/** Opens an address as somebody's browser would, JavaScript and all; the page as it stands in the end, as HTML. */
export function visited(url: string, profile: string): Promise<string> {
  const options = [
    '--headless',
    '--no-sandbox', // tests run as root in containers
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    `--user-data-dir=${profile}`,
    '--virtual-time-budget=5000',
    '--dump-dom',
    url,
  ];
  return new Promise((resolve, reject) => {
    execFile(chromium(), options, { timeout: 60_000, maxBuffer: 8 * 1024 * 1024 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}
