import { Readable } from 'node:stream';
import { type EvidenceDeps, collectEvidence } from './collect.ts';
import { sealed } from './bundle.ts';
import { packed } from './container.ts';
import type { Head, Missing } from './format.ts';
import { fingerprintOf, publicKeyOf } from './signing.ts';

/** A bundle that is ready to be written. */
export interface IssuedBundle {
  /** What it is called where nobody says otherwise. */
  fileName: string;
  fingerprint: string;
  heads: Head[];
  missing: Missing[];
  /** Its bytes; documents are read one after the other as they leave. */
  stream: Readable;
}

export type IssueEvidence = (agreementId: string) => Promise<IssuedBundle>;

/**
 * Makes bundles, one at a time: each holds the histories of an agreement in memory while it is gathered.
 *
 * @param key the private key that signs, as PEM
 */
export function createEvidence(deps: EvidenceDeps & { key: () => Promise<string> }): IssueEvidence {
  let before: Promise<unknown> = Promise.resolve();
  return (agreementId) => {
    const issued = before.then(() => issue(deps, agreementId));
    before = issued.catch(() => undefined); // its own caller hears of it
    return issued;
  };
}

async function issue(deps: EvidenceDeps & { key: () => Promise<string> }, agreementId: string): Promise<IssuedBundle> {
  const key = await deps.key();
  const fingerprint = fingerprintOf(publicKeyOf(key));
  const content = await collectEvidence(deps, agreementId);
  const { entries } = sealed(content, key);
  const open = async (sha256: string): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of deps.documents.open(sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const day = content.createdAt.slice(0, 19).replace(/[-:]/g, '');
  return {
    fileName: `abide-evidence-${agreementId}-${day}Z.zip`,
    fingerprint,
    heads: content.heads,
    missing: content.missing,
    stream: Readable.from(packed(entries(open)), { objectMode: false }),
  };
}
