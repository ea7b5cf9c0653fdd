import { createRequire } from 'node:module';
import type { Client } from '@temporalio/client';
import { loadWorkflowBundle } from '../activities/bundle.ts';
import { openDocumentStore } from '../activities/documents.ts';
import { replayEach } from '../activities/replay.ts';
import type { Auditing } from '../api/deps.ts';
import type { Config } from '../config.ts';
import { evidenceKey } from '../embedded/evidence-key.ts';
import { compareRecord } from '../evidence/compare.ts';
import { fingerprintOf, publicKeyOf } from '../evidence/signing.ts';
import type { Database } from '../prisma/database.ts';

/** Replays and comparisons on these servers. */
export function openAudit(
  config: Config,
  { database, temporal }: { database: Database; temporal: () => Client },
): Auditing {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const documents = openDocumentStore(config.documentsDir, { maxBytes: config.maxUploadBytes });
  return {
    replay: (id, { workflowId, onProgress }) =>
      replayEach({ database, temporal: temporal(), id, workflowId, onProgress }),
    compare: (id) => compareRecord({ database, temporal, documents }, id),
    async code() {
      const { sha256, sdk } = await loadWorkflowBundle();
      return { version, bundle: sha256, sdk };
    },
    fingerprint: async () => fingerprintOf(publicKeyOf(await evidenceKey(config))),
  };
}
