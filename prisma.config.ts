import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// The schema engine comes from npm as WebAssembly instead of as a binary from Prisma's download host.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('prisma/schema-engine.mjs', import.meta.url));

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // `prisma generate` needs no database, so it must not fail without one.
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
