import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database } from '../prisma/database.ts';
import { type WorkflowBundle, bundleHash, findBundleCode } from './bundle.ts';
import type { Clock } from './clock.ts';

/** Keeps the code that this worker runs, so that an auditor can replay with it years later. Again, it changes nothing. */
export async function keepBundle(database: Database, bundle: WorkflowBundle, clock: Clock): Promise<void> {
  const { sha256, sdk } = bundle;
  const code = gzipSync(bundle.code);
  await database.workflowBundle.createMany({
    data: [{ sha256, sdk, code, createdAt: new Date(clock()) }],
    skipDuplicates: true,
  });
}

/** Kept code by its SHA-256, from the database or from this checkout's builds; undefined when neither has it whole. */
export async function readBundle(database: Database, sha256: string): Promise<string | undefined> {
  const row = await database.workflowBundle.findUnique({ where: { sha256 } });
  const kept = row ? gunzipSync(row.code).toString('utf8') : undefined;
  const code = kept !== undefined && bundleHash(kept) === sha256 ? kept : await findBundleCode(sha256);
  return code !== undefined && bundleHash(code) === sha256 ? code : undefined;
}
