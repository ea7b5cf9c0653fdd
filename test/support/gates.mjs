// `npm test`: the gates one after the other, cheap ones first; arguments go to vitest. All static gates run even if one
// fails; the tests run when all of them hold. The last line is `<N> passed, <M> failed`.
import { spawnSync } from 'node:child_process';

const TESTS = ['--project', 'unit', '--project', 'engine', '--project', 'lived'];

const GATES = [
  ['types', 'tsc', ['--noEmit', '-p', '.']],
  ['types of the page', 'tsc', ['--noEmit', '-p', 'web']],
  ['lint', 'eslint', ['.']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['dead code', 'knip', []],
];

function holds(name, program, args) {
  console.log(`\n== ${name}`);
  const startedMs = Date.now();
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) console.error(String(error));
  if (name !== 'tests') console.log(`== ${name}: ${status === 0 ? 'holds' : 'FAILS'} (${seconds(startedMs)} s)`);
  return status === 0;
}

const seconds = (sinceMs) => Math.round((Date.now() - sinceMs) / 1000);

const failed = GATES.filter(([name, program, args]) => !holds(name, program, args));
if (failed.length > 0) {
  console.error(`\nMend first: ${failed.map(([name]) => name).join(', ')}. The tests were not run.`);
  console.log(`${GATES.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = 1;
} else {
  process.exitCode = holds('tests', 'vitest', ['run', ...TESTS, ...process.argv.slice(2)]) ? 0 : 1;
}
