import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;

/** Sessions a process may hold: PostgreSQL's default of 100 serves worker, API and several tools beside them. */
const MAX_SESSIONS = 10;

/**
 * A client for the database at `url` (`postgresql://user:password@host:port/name`). Connects on first use; the caller
 * ends it with `$disconnect()`.
 */
export function openDatabase(url: string): Database {
  const pool = new Pool({
    connectionString: url,
    max: MAX_SESSIONS,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000, // a new session costs a password check (SCRAM) of some 20 ms on either side
    keepAlive: true,
    application_name: 'abide',
  });
  pool.on('error', () => undefined); // a session that was cut while nobody used it: the next one is opened anew
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  // Plans are kept by the query's shape; lists of varying length would let an unbounded cache grow for ever.
  const database = new PrismaClient({ adapter, queryPlanCacheMaxSize: 500 });
  POOLS.set(database, pool);
  return database;
}

/** The sessions of each client, in which it stays and which it ends. */
const POOLS = new WeakMap<Database, Pool>();

/** The sessions of a client, for a statement that costs less than its way through Prisma. */
export function sessionsOf(database: Database): Pool {
  const pool = POOLS.get(database);
  if (!pool) throw new Error('a database that openDatabase did not open');
  return pool;
}
