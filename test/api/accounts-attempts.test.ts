import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Attempts, type Limit, openAttempts } from '../../api/attempts.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let attempts: Attempts;

beforeAll(async () => {
  desk = await openDesk();
  attempts = openAttempts(desk.database);
});
afterAll(() => desk?.close());

const limit = (name: string, change: Partial<Limit> = {}): Limit => ({
  name,
  attempts: 3,
  windowSeconds: 60,
  lockSeconds: 1,
  longestLockSeconds: 3,
  ...change,
});

test('a lock begins once, grows with every further one, and ends when it was right', async () => {
  const three = limit('growing');
  const lock = async () => {
    for (let n = 1; n <= 3; n++) expect(await attempts.count(three, 'a')).toEqual({ allowed: true });
    return attempts.count(three, 'a');
  };
  expect(await lock()).toEqual({ allowed: false, retryAfterSeconds: 1, isNew: true });
  expect(await attempts.count(three, 'a')).toEqual({ allowed: false, retryAfterSeconds: 1, isNew: false });
  expect(await attempts.count(three, 'b')).toEqual({ allowed: true });
  await sleep(1_100);
  expect(await lock()).toMatchObject({ retryAfterSeconds: 2, isNew: true });
  await sleep(2_100);
  expect(await lock()).toMatchObject({ retryAfterSeconds: 3, isNew: true }); // not 4
  await attempts.forgive(three, 'a');
  expect(await lock()).toMatchObject({ retryAfterSeconds: 1, isNew: true });
});

test('a hundred at once are a hundred, and one of them begins the lock', async () => {
  const five = limit('at-once', { attempts: 5, lockSeconds: 30, longestLockSeconds: 30 });
  const counted = await Promise.all(Array.from({ length: 100 }, () => attempts.count(five, 'a')));
  expect(counted.filter(({ allowed }) => allowed)).toHaveLength(5);
  expect(counted.filter((one) => !one.allowed && one.isNew)).toHaveLength(1);
});

test('another process counts on, and the table shows no address', async () => {
  const three = limit('shared', { lockSeconds: 30 });
  for (let n = 1; n <= 3; n++) await attempts.demand(three, 'li@a.example', '192.0.2.1');
  const refused = openAttempts(desk.database).demand(three, 'li@a.example', '192.0.2.1');
  await expect(refused).rejects.toMatchObject({ code: 'too-many-attempts', status: 429, retryAfterSeconds: 3 });
  const rows = JSON.stringify(await desk.database.rateLimiterFlexible.findMany());
  expect(rows).not.toMatch(/example|192\.0/);
});
