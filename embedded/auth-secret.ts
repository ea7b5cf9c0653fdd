import { randomBytes } from 'node:crypto';
import { keptSecret } from './kept-secret.ts';

/**
 * The secret of sessions where the environment names none. Whoever deletes it signs everybody out, and two-factor
 * sign-in has to be set up anew.
 */
export function keptAuthSecret(dataDir: string): Promise<string> {
  return keptSecret(dataDir, 'auth-secret', () => randomBytes(48).toString('base64url'));
}
