import { useRef } from 'react';
import { ApiProblem } from '../api.ts';

function newKey(): string {
  // `randomUUID` is missing where the page is served over plain HTTP from another host than this one.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Runs one intent of a person under one Idempotency-Key. As long as the outcome is unknown (no answer, 5xx) and what is
 * asked stays the same, sending it again has the same key, so that nothing happens twice; a changed or answered
 * intent gets a new one.
 */
export function useIntent(): <T>(asked: unknown, send: (key: string) => Promise<T>) => Promise<T> {
  const open = useRef<{ asked: string; key: string } | null>(null);
  return async (asked, send) => {
    const fingerprint = JSON.stringify(asked);
    if (open.current?.asked !== fingerprint) open.current = { asked: fingerprint, key: newKey() };
    try {
      const answer = await send(open.current.key);
      open.current = null;
      return answer;
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isTransient)) open.current = null;
      throw error;
    }
  };
}

/** What makes a chosen file the same one again. */
export function fileFingerprint(file: File): unknown {
  return [file.name, file.size, file.lastModified];
}
