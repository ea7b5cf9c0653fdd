import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { reaches } from '../../embedded/ports.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';

const DAY_MS = 86_400_000;

test(
  'the clock starts at the given moment, moves as told, and nobody else can reach it',
  { timeout: 300_000 },
  async () => {
    const startAtMs = Date.UTC(2026, 8, 1, 1, 0, 0);
    const env = await startTimeSkipping({ startAtMs, log: (line) => process.stderr.write(`${line}\n`) });
    try {
      const begin = await env.currentTimeMs();
      expect(begin).toBeGreaterThanOrEqual(startAtMs);
      expect(begin - startAtMs).toBeLessThan(10_000);
      await env.sleep(400 * DAY_MS);
      const passed = (await env.currentTimeMs()) - begin;
      expect(passed).toBeGreaterThanOrEqual(400 * DAY_MS);
      expect(passed - 400 * DAY_MS).toBeLessThan(10_000);

      const port = Number(env.address.split(':').at(-1));
      expect(await reaches('127.0.0.1', port)).toBe(true);
      const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
      for (const { address } of outside.filter(({ internal, family }) => !internal && family === 'IPv4')) {
        expect(await reaches(address, port)).toBe(false);
      }
    } finally {
      await env.teardown();
    }
  },
);
