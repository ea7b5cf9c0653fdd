import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The advisory lock that `prisma migrate deploy` takes, so that neither runs beside the other. */
const MIGRATION_LOCK = 72707369;

/** The migrations that belong to this code. */
export const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));

/** The table as `prisma migrate deploy` makes it. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface Recorded {
  name: string;
  checksum: string;
  finished: boolean;
}

/**
 * Applies the migrations of `folder` that the database at `url` lacks, and records them as `prisma migrate deploy` does,
 * so that the two agree. Waits while another process migrates. Returns the names of those applied, in order.
 *
 * @throws when a migration fails, failed earlier, or was changed after it had been applied.
 */
export async function applyMigrations(url: string, folder: string = MIGRATIONS): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'abide migrate' });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`); // held until the session ends
    await client.query(CREATE_TABLE);
    const { rows } = await client.query<Recorded>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    const recorded = new Map(rows.map((row) => [row.name, row]));

    const applied: string[] = [];
    for (const name of await migrationNames(folder)) {
      const script = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      const checksum = createHash('sha256').update(script).digest('hex');
      const record = recorded.get(name);
      if (record && !record.finished) {
        throw new Error(
          `Migration ${name} failed earlier: see its logs in _prisma_migrations, repair the database, then "npx prisma migrate resolve".`,
        );
      }
      if (record && record.checksum !== checksum) {
        throw new Error(
          `Migration ${name} was changed after it had been applied: restore it, and make a new one with "npm run migration -- <name>".`,
        );
      }
      if (!record) {
        await applyMigration(client, name, checksum, script);
        applied.push(name);
      }
    }
    return applied;
  } finally {
    await client.end();
  }
}

/** In the order in which they are applied. */
export async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function applyMigration(client: pg.Client, name: string, checksum: string, script: string): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(script); // one simple query: PostgreSQL runs it as a single transaction
  } catch (error) {
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)]);
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id]);
}
