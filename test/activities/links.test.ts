import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { KILL_POINTS, createKillPoint } from '../../activities/kill-points.ts';
import { linkExpiry, tokenHash } from '../../activities/links.ts';

const DAY_MS = 86_400_000;

test('a link lives 90 days, and 90 days past its due time when that is later', () => {
  const now = Date.parse('2026-09-01T00:00:00Z');
  expect(linkExpiry(now)).toBe(now + 90 * DAY_MS);
  expect(linkExpiry(now, now + 30 * DAY_MS)).toBe(now + 120 * DAY_MS);
  expect(linkExpiry(now, now - 30 * DAY_MS)).toBe(now + 90 * DAY_MS);
});

test('what is stored of a token does not open anything', () => {
  expect(tokenHash('token')).toBe('3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0');
});

const KILLER = `
  import { createKillPoint } from ${JSON.stringify(fileURLToPath(new URL('../../activities/kill-points.ts', import.meta.url)))};
  const killPoint = createKillPoint(process.argv[1]);
  killPoint('record:committed');
  console.log('between');
  killPoint('notify:handed-over');
  console.log('alive');
`;

test('a kill point ends its process where it is named, and nowhere else', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', KILLER, ...args], {
      encoding: 'utf8',
    });
  expect(run('notify:handed-over')).toMatchObject({ signal: 'SIGKILL', stdout: 'between\n' });
  expect(run('archive:stored')).toMatchObject({ status: 0, stdout: 'between\nalive\n' });
  expect(run()).toMatchObject({ status: 0, stdout: 'between\nalive\n' });
});

test('a misspelled kill point is an error, and the list names none twice', () => {
  expect(() => createKillPoint('notify:handed')).toThrow('no kill point');
  expect(new Set(KILL_POINTS).size).toBe(KILL_POINTS.length);
});
