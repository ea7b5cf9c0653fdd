import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;

/** Sessions a process may hold: PostgreSQL's default of 100 serves worker, API and several tools beside them. */
const MAX_SESSIONS = 10;

/**
 * A client for the database at `url` (`postgresql://user:password@host:port/name`). Connects on first use; the caller
 * ends it with `$disconnect()`.
 */
export function openDatabase(url: string): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: MAX_SESSIONS,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000, // a new session costs a password check (SCRAM) of some 20 ms on either side
    keepAlive: true,
    application_name: 'abide',
  });
  // Plans are kept by the query's shape; lists of varying length would let an unbounded cache grow for ever.
  return new PrismaClient({ adapter, queryPlanCacheMaxSize: 500 });
}
