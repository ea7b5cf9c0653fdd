import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { keptSecret } from './kept-secret.ts';

/**
 * The private Ed25519 key (PKCS #8, PEM) that signs this installation's evidence: the one that the environment names, else
 * one that is made once and kept in the data folder. A lost key takes nothing from bundles that it signed; those after it
 * bear another fingerprint.
 */
export function evidenceKey({ evidenceKeyFile, dataDir }: Config): Promise<string> {
  if (evidenceKeyFile !== undefined) return readFile(evidenceKeyFile, 'utf8');
  return keptSecret(dataDir, 'evidence-key.pem', () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
}
