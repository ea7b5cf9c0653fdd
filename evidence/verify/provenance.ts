import { canonicalJson } from '../../activities/chain.ts';
import { FORMAT, type Manifest, PATHS, type Signature } from '../format.ts';
import { fingerprintOf, isSignedBy } from '../signing.ts';
import type { ReadBundle } from './files.ts';

/**
 * Who made a bundle: facts that were each computed and found true, never concluded from findings that are absent. Whoever
 * leaves something out proves nothing.
 */
export interface Provenance {
  /** Of the key under which the signature is valid; null: there is no valid signature. */
  fingerprint: string | null;
  /** The signature is valid, and its key was compared with the one that was asked for and is that one. */
  pinned: boolean;
  /** `pinned`, and what was signed is the manifest, which covers exactly the files that are there. */
  verified: boolean;
}

const SIGNATURE = /^[0-9a-f]{128}$/;
const KEY = /^[0-9a-f]{64}$/;

/** @param pin fingerprint of the key that must have signed; undefined: nobody said which */
export function provenanceOf(
  { signature, manifest, bundle }: { signature: unknown; manifest: unknown; bundle: ReadBundle },
  pin: string | undefined,
): Provenance {
  if (!isSignature(signature)) return { fingerprint: null, pinned: false, verified: false };
  const fingerprint = fingerprintOf(signature.publicKey);
  const pinned = pin !== undefined && fingerprint === pin;
  return { fingerprint, pinned, verified: pinned && isTrue(() => isCovered(signature, manifest as Manifest, bundle)) };
}

/** Whether it is an Ed25519 signature by its own key over its own statement. */
export function isSignature(value: unknown): value is Signature {
  return isTrue(() => {
    const { publicKey, signature, statement } = value as Signature;
    return KEY.test(publicKey) && SIGNATURE.test(signature) && isSignedBy(statement, signature, publicKey);
  });
}

/** Whether the statement is about this manifest, and the manifest names each file with its hash, and no other. */
function isCovered({ statement }: Signature, manifest: Manifest, { files, faults }: ReadBundle): boolean {
  const { format, agreement, heads } = manifest;
  const signed = { format: FORMAT, agreement, heads, manifest: files.get(PATHS.manifest)?.sha256 };
  if (faults.length > 0 || format !== FORMAT || canonicalJson(statement) !== canonicalJson(signed)) return false;
  const named = new Map(manifest.files.map((file) => [file.path, file]));
  const own: string[] = [PATHS.manifest, PATHS.signature];
  const covered = [...files.values()].filter(({ path, size, sha256 }) => {
    const file = named.get(path);
    return file !== undefined && file.size === size && file.sha256 === sha256;
  });
  return (
    own.every((path) => files.has(path) && !named.has(path)) &&
    covered.length === manifest.files.length &&
    covered.length === files.size - own.length
  );
}

/** What cannot even be looked at is not true. */
function isTrue(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}
