import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pendingChanges } from '../../embedded/migration.ts';
import { createDatabase, dropDatabase, startPostgres, type Postgres } from '../../embedded/postgres.ts';
import { openDatabase } from '../../prisma/database.ts';
import { applyMigrations, MIGRATIONS } from '../../prisma/migrate.ts';

let folder: string;
let postgres: Postgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-migrations-'));
  postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log: () => undefined });
}, 60_000);

afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function inDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await work(await createDatabase(postgres.url, name)).finally(() => dropDatabase(postgres.url, name));
}

async function rows(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows as Record<string, unknown>[];
}

test('of five processes that migrate at once, each migration is applied by one', { timeout: 60_000 }, () =>
  inDatabase(async (url) => {
    const applied = (await Promise.all(Array.from({ length: 5 }, () => applyMigrations(url)))).flat();
    expect(applied.length).toBeGreaterThan(0);
    expect(new Set(applied).size).toBe(applied.length);
    const recorded = await rows(url, 'SELECT migration_name, finished_at, applied_steps_count FROM _prisma_migrations');
    expect(recorded.map((row) => row.migration_name).sort()).toEqual([...applied].sort());
    expect(recorded.every((row) => row.finished_at !== null && row.applied_steps_count === 1)).toBe(true);
    expect(await applyMigrations(url)).toEqual([]);

    const database = openDatabase(url);
    expect(await database.agreement.count().finally(() => database.$disconnect())).toBe(0);
  }),
);

test('a migration that fails leaves nothing behind, is recorded, and stops the next start', { timeout: 60_000 }, () =>
  inDatabase(async (url) => {
    const copy = join(folder, 'failing');
    await cp(MIGRATIONS, copy, { recursive: true });
    const last = join(copy, '99990101000000_half');
    await cp(join(copy, (await applyMigrations(url))[0]!), last, { recursive: true });
    await writeFile(join(last, 'migration.sql'), 'CREATE TABLE half (id int); SELECT 1/0;');
    await expect(applyMigrations(url, copy)).rejects.toThrow(/99990101000000_half failed: division by zero/);
    expect(await rows(url, "SELECT 1 FROM pg_tables WHERE tablename = 'half'")).toEqual([]);
    await expect(applyMigrations(url, copy)).rejects.toThrow(/failed earlier/);
  }),
);

test('a migration that was changed after it had been applied is refused', { timeout: 60_000 }, () =>
  inDatabase(async (url) => {
    const copy = join(folder, 'changed');
    await cp(MIGRATIONS, copy, { recursive: true });
    const [first] = await applyMigrations(url, copy);
    const file = join(copy, first!, 'migration.sql');
    await writeFile(file, `${await readFile(file, 'utf8')}\n-- later\n`);
    await expect(applyMigrations(url, copy)).rejects.toThrow(/was changed after/);
  }),
);

test('the migrations lead to exactly what schema.prisma says', { timeout: 60_000 }, async () => {
  expect(await pendingChanges(postgres.url)).toBe('');
});

test('a column that only schema.prisma knows is called drift', { timeout: 60_000 }, async () => {
  const schema = join(folder, 'schema.prisma');
  const text = await readFile(join(MIGRATIONS, '..', 'schema.prisma'), 'utf8');
  await writeFile(schema, text.replace('model Organisation {', 'model Organisation {\n  drifted String?'));
  expect(await pendingChanges(postgres.url, schema)).toContain('ADD COLUMN     "drifted" TEXT');
});
