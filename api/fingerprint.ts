import { createHash } from 'node:crypto';
import type { Principal } from './policy.ts';

/** SHA-256 of what a request asks for, and who asks: equal requests, equal text, whatever the order of keys. */
export function fingerprint(
  principal: Principal,
  method: string,
  path: string,
  body: unknown,
  files: readonly { sha256: string; fileName: string }[],
): string {
  const who = principal.kind === 'account' ? principal.accountId : principal.kind;
  const content = [who, method, path, sorted(body), files.map(({ sha256, fileName }) => [sha256, fileName])];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, sorted(member)]);
}
