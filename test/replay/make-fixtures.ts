/**
 * Lives the scenarios in fixtures/ and keeps their histories beside them: `npx tsx test/replay/make-fixtures.ts [NAME]`.
 * For a new scenario, or a rule that changed on purpose before its first release; never to make a red replay green.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const abide = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));
const [only] = process.argv.slice(2);

for (const file of readdirSync(fixtures).filter((name) => name.endsWith('.yaml'))) {
  const name = file.replace(/\.yaml$/, '');
  if (only !== undefined && only !== name) continue;
  const folder = `${fixtures}${name}`;
  rmSync(folder, { recursive: true, force: true });
  execFileSync(process.execPath, [abide, 'simulate', `${fixtures}${file}`, '--keep', folder, '--json'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // Today's code is the bundle that the gate replays with.
  for (const bundle of readdirSync(folder).filter((one) => one.endsWith('.js'))) rmSync(`${folder}/${bundle}`);
  execFileSync('npx', ['prettier', '--write', '--log-level', 'warn', folder], { stdio: 'inherit' });
}
