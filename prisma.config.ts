import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// The schema engine comes from npm as WebAssembly instead of as a binary from binaries.prisma.sh.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('prisma/schema-engine.mjs', import.meta.url))

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://abide:abide@127.0.0.1:5541/abide' },
})
