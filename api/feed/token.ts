import { createHash, randomBytes } from 'node:crypto';

/** 256 bits; design §7 asks for 128. */
const TOKEN_BYTES = 32;

/** A token that nobody can guess; its hash alone is stored. */
export function newFeedToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** SHA-256, in hex. */
export function feedTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
