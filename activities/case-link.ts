import { hash, randomBytes } from 'node:crypto';

/** 256 bits; design §7 asks for 128. */
const TOKEN_BYTES = 32;

/**
 * A word by which somebody brings a case in, or follows the one that they brought. It is in a mail, on a page or in a QR
 * code alone: Postgres has its hash.
 */
export function newCaseToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function caseTokenHash(token: string): string {
  return hash('sha256', `case/${token}`, 'hex');
}

/** The page of an agreement's form, or of a case, whichever the token is of. */
export function caseUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/case/${token}`;
}
