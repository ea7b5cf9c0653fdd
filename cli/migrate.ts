import { applyMigrations } from '../prisma/migrate.ts';
import { print } from './output.ts';
import { configuration, required } from './process.ts';

/** `abide migrate`: applies the pending migrations and ends. */
export async function runMigrate(): Promise<number> {
  const applied = await applyMigrations(required(configuration().databaseUrl, 'DATABASE_URL'));
  print(...(applied.length === 0 ? ['The schema is up to date.'] : applied.map((name) => `Applied ${name}.`)));
  return 0;
}
