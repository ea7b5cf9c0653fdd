import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startPostgres } from '../../embedded/postgres.ts';
import { startTimeSkipping } from '../../embedded/time-skipping.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { ABIDE } from './product.ts';
import { type Beside, sideBySide } from './rounds.ts';

const SCENARIO = fileURLToPath(new URL('one-year.yaml', import.meta.url));
const EFFORT = { rounds: 2, withinMs: 25_000 };

interface Life {
  events: unknown[];
  notices: unknown[];
  runs: { events: number }[];
}

/** Seconds of `abide simulate` over a year, beside the bare start and end of the servers that it needs; and what that life leaves. */
export async function benchLife(log: (line: string) => void): Promise<{
  simulate: Beside & { unit: string };
  eventsPerAgreement: { history: number; record: number; notices: number; runs: number };
}> {
  let life: Life | undefined;
  const seconds = async (work: () => Promise<void>): Promise<number> => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };
  const simulate = await sideBySide(
    EFFORT,
    () =>
      seconds(async () => {
        const { stdout } = await promisify(execFile)(process.execPath, [ABIDE, 'simulate', SCENARIO, '--json'], {
          maxBuffer: 64 * 1024 * 1024,
        });
        life = JSON.parse(stdout) as Life;
      }),
    () =>
      seconds(async () => {
        const folder = await mkdtemp(join(tmpdir(), 'abide-bench-life-'));
        const env = await startTimeSkipping({ log });
        const postgres = await startPostgres({
          dataDir: join(folder, 'postgres'),
          durable: false,
          log: () => undefined,
        });
        await applyMigrations(postgres.url);
        await postgres.stop();
        await env.teardown();
        await rm(folder, { recursive: true });
      }),
  );
  if (!life) throw new Error('nothing was simulated');
  return {
    simulate: { ...simulate, unit: 'seconds' },
    eventsPerAgreement: {
      history: life.runs.reduce((sum, { events }) => sum + events, 0),
      record: life.events.length,
      notices: life.notices.length,
      runs: life.runs.length,
    },
  };
}
