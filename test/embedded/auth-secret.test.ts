import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptAuthSecret } from '../../embedded/auth-secret.ts';

test('the secret is made once, for its owner alone to read, and is another in another folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'abide-secret-'));
  try {
    const both = await Promise.all([keptAuthSecret(join(folder, 'a')), keptAuthSecret(join(folder, 'a'))]);
    expect(both[0].length).toBeGreaterThanOrEqual(32);
    expect(await keptAuthSecret(join(folder, 'a'))).toBe(both[0]);
    expect((await stat(join(folder, 'a', 'auth-secret'))).mode & 0o777).toBe(0o600);
    expect(await keptAuthSecret(join(folder, 'b'))).not.toBe(both[0]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
