import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';

const DAY_MS = 86_400_000;

async function listens(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
}

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
      expect(await listens(port, '127.0.0.1')).toBe(true);
      const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
      for (const { address } of outside.filter(({ internal, family }) => !internal && family === 'IPv4')) {
        expect(await listens(port, address)).toBe(false);
      }
    } finally {
      await env.teardown();
    }
  },
);
