import { type ContainerFault, type Source, unpacked } from '../container.ts';
import { canonicalJson } from '../../activities/chain.ts';
import { FORMAT, type Manifest, PATHS, type Signature, sha256Of } from '../format.ts';
import { fingerprintOf } from '../signing.ts';
import { type Finding, compare } from './finding.ts';
import { isSignature } from './provenance.ts';

/** One file of a bundle as it was read. */
export interface ReadFile {
  path: string;
  size: number;
  sha256: string;
  /** Undefined: a document, of which the hash says all. */
  bytes: Buffer | undefined;
}

/** A bundle as it was read: nothing in it is believed yet. */
export interface ReadBundle {
  files: Map<string, ReadFile>;
  faults: ContainerFault[];
}

/** The file is nothing that `abide evidence` wrote. */
export class NotABundle extends Error {
  override name = 'NotABundle';
  readonly code = 'not-a-bundle';
}

const OWN_FILES = [PATHS.manifest, PATHS.signature, PATHS.events, PATHS.agreement];

/** Reads a bundle through once. @throws NotABundle */
export function readBundle(source: Source): ReadBundle {
  const files = new Map<string, ReadFile>();
  const entries = unpacked(source);
  for (;;) {
    const next = entries.next();
    if (next.done) {
      if (OWN_FILES.some((path) => files.has(path))) return { files, faults: next.value };
      throw new NotABundle(next.value[0] ? `${next.value[0].message} (byte ${next.value[0].at})` : 'it is empty');
    }
    const { path, bytes } = next.value;
    files.set(path, readFile(path, bytes));
  }
}

export function readFile(path: string, bytes: Buffer): ReadFile {
  const isDocument = path.startsWith('documents/');
  return { path, size: bytes.length, sha256: sha256Of(bytes), bytes: isDocument ? undefined : bytes };
}

export function* checkContainer({ faults }: ReadBundle): Generator<Finding> {
  for (const { at, path, message } of faults) {
    const where = `byte ${at}${path === '' ? '' : `, entry ${path}`}`;
    yield { what: 'container', where, expected: 'as abide evidence writes it', found: message };
  }
}

/** Every file that the manifest names is there with its hash, and none that it does not name. */
export function* checkFiles(manifest: Manifest, { files }: ReadBundle): Generator<Finding> {
  if (manifest.format !== FORMAT) {
    yield { what: 'manifest', where: 'format', expected: FORMAT, found: manifest.format };
  }
  const named = new Set<string>([PATHS.manifest, PATHS.signature]);
  for (const { path, size, sha256 } of manifest.files) {
    named.add(path);
    const file = files.get(path);
    if (!file) yield { what: 'file', where: path, expected: sha256, found: null };
    else if (file.sha256 !== sha256) yield { what: 'file', where: path, expected: sha256, found: file.sha256 };
    else if (file.size !== size) yield { what: 'file', where: `${path} size`, expected: size, found: file.size };
  }
  for (const path of files.keys()) {
    if (!named.has(path)) yield { what: 'file', where: path, expected: null, found: 'not in the manifest' };
  }
  const order = [...named].filter((path) => files.has(path));
  const found = [...files.keys()].filter((path) => named.has(path));
  const moved = found.find((path, place) => path !== order[place]);
  if (moved !== undefined) {
    yield { what: 'container', where: moved, expected: 'in the order of the manifest', found: 'elsewhere' };
  }
  for (const { what, name, why } of manifest.missing) {
    const where = `${what} ${name}`;
    if (why === 'missing') yield { what, where, expected: 'in the bundle', found: null };
    else yield { what, where, expected: 'as it was brought', found: 'altered before the bundle was made' };
  }
}

/**
 * The signature over heads and manifest, and the key that made it.
 *
 * @param pin fingerprint of the key that must have signed; undefined: any
 */
export function* checkSignature(
  signature: Signature,
  { manifest, files }: { manifest: Manifest | undefined; files: ReadBundle['files'] },
  pin: string | undefined,
): Generator<Finding> {
  const written = files.get(PATHS.signature)?.bytes?.toString('utf8');
  if (written !== `${canonicalJson(signature)}\n`) {
    yield { what: 'signature', where: PATHS.signature, expected: 'canonical JSON', found: 'written otherwise' };
  }
  const { algorithm, publicKey, statement } = signature;
  const expected = {
    algorithm: 'Ed25519',
    statement: {
      format: FORMAT,
      agreement: manifest?.agreement ?? null,
      heads: manifest?.heads ?? null,
      manifest: files.get(PATHS.manifest)?.sha256 ?? null,
    },
  };
  yield* compare('signature', PATHS.signature, { expected, found: { algorithm, statement } });
  const others = Object.keys(signature).filter(
    (name) => !['algorithm', 'publicKey', 'signature', 'statement'].includes(name),
  );
  if (others.length > 0) yield { what: 'signature', where: PATHS.signature, expected: null, found: others };
  if (!isSignature(signature)) {
    yield { what: 'signature', where: PATHS.signature, expected: 'signed with its key', found: 'it does not match' };
  }
  if (pin !== undefined && fingerprintOf(publicKey) !== pin) {
    yield { what: 'key', where: PATHS.signature, expected: pin, found: fingerprintOf(publicKey) };
  }
}
