import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../../embedded/postgres.ts';

let folder: string;
const lines: string[] = [];
const log = (line: string): void => void lines.push(line);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-postgres-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the server ends under it
  await client.connect();
  return (await client.query({ text: sql, rowMode: 'array' }).finally(() => client.end())).rows.flat() as unknown[];
}

test('a second start finds data, port and password again', { timeout: 60_000 }, async () => {
  const first = await startPostgres({ dataDir: folder, log });
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
  await expect(startPostgres({ dataDir: folder, log })).rejects.toThrow(/in use by process \d+/);
  await first.stop();

  const second = await startPostgres({ dataDir: folder, log });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([42]);
  expect(await query(second.url, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
  await second.stop();
});

test('after kill -9 of the server, committed rows are there at the next start', { timeout: 60_000 }, async () => {
  const first = await startPostgres({ dataDir: folder, log });
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  await first.stop();
  expect(await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).toContain(String(first.pid));

  const second = await startPostgres({ dataDir: folder, log });
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([42]);
  await second.stop();

  // The number in a stale postmaster.pid may by now belong to anybody.
  await writeFile(join(folder, 'cluster', 'postmaster.pid'), `${process.pid}\n${join(folder, 'cluster')}\n`);
  const third = await startPostgres({ dataDir: folder, log });
  expect(await query(third.url, 'SELECT answer FROM kept')).toEqual([42]);
  await third.stop();
});

test('a taken port is avoided when chosen by us, and named when asked for', { timeout: 60_000 }, async () => {
  const other = createServer();
  const taken = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
  });
  await writeFile(join(folder, 'port'), String(taken));
  await expect(startPostgres({ dataDir: folder, port: taken, log })).rejects.toThrow(
    `Port ${taken} of 127.0.0.1 is taken`,
  );
  const postgres = await startPostgres({ dataDir: folder, log });
  expect(new URL(postgres.url).port).not.toBe(String(taken));
  await postgres.stop();
  other.close();
});

test('it starts in a folder below one that is closed to all others', { timeout: 60_000 }, async () => {
  const closed = await mkdtemp(join(homedir(), '.abide-test-'));
  const postgres = await startPostgres({ dataDir: join(closed, 'postgres'), durable: false, log });
  expect(await query(postgres.url, 'SELECT 42')).toEqual([42]);
  await postgres.stop();
  await rm(closed, { recursive: true });
});
