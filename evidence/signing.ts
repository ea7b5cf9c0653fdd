import { type KeyObject, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { canonicalJson } from '../activities/chain.ts';
import { type Signature, type Statement, sha256Of } from './format.ts';

/** An Ed25519 key (RFC 8032) as DER has it: this much, then its 32 bytes (RFC 8410). */
const PUBLIC_PREFIX = '302a300506032b6570032100';

/** No key that evidence can be signed or checked with. */
export class UnusableKey extends Error {
  override name = 'UnusableKey';
  readonly code = 'unusable-key';
}

/** How people compare keys: SHA-256 of its 32 bytes, in hex. */
export function fingerprintOf(publicKeyHex: string): string {
  return sha256Of(Buffer.from(publicKeyHex, 'hex'));
}

/** The public half of a PEM file, private or public, as 32 bytes in hex. @throws UnusableKey */
export function publicKeyOf(pem: string): string {
  try {
    const key = createPublicKey(pem);
    const der = key.export({ type: 'spki', format: 'der' }).toString('hex');
    if (key.asymmetricKeyType === 'ed25519' && der.startsWith(PUBLIC_PREFIX)) return der.slice(PUBLIC_PREFIX.length);
  } catch (error) {
    throw new UnusableKey('the file holds no key in PEM', { cause: error });
  }
  throw new UnusableKey('the file holds a key that is not Ed25519');
}

/** @param privateKeyPem PKCS #8. @throws UnusableKey */
export function signStatement(statement: Statement, privateKeyPem: string): Signature {
  const publicKey = publicKeyOf(privateKeyPem);
  let key: KeyObject;
  try {
    key = createPrivateKey(privateKeyPem);
  } catch (error) {
    throw new UnusableKey('the file holds no private key', { cause: error });
  }
  const signature = sign(null, Buffer.from(canonicalJson(statement)), key).toString('hex');
  return { algorithm: 'Ed25519', publicKey, signature, statement };
}

export function isSignedBy(statement: Statement, signatureHex: string, publicKeyHex: string): boolean {
  const key = Buffer.from(PUBLIC_PREFIX + publicKeyHex, 'hex');
  const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(canonicalJson(statement)), publicKey, Buffer.from(signatureHex, 'hex'));
}
