import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { openTemporal } from '../../cli/temporal.ts';
import { readConfig } from '../../config.ts';
import { startChild } from '../../embedded/child.ts';
import { freePort } from '../../embedded/ports.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { startStack } from '../../embedded/stack.ts';
import { startTemporalOnPostgres } from '../../embedded/temporal-on-postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { MACHINE, MACHINE_KEY } from '../support/machine-key.ts';

export const ABIDE = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));

/** The product on throw-away data: its own servers, worker and API as processes of their own, as in production. */
export interface Product {
  dataDir: string;
  databaseUrl: string;
  database: Database;
  temporal: Client;
  /** Sends JSON to the API, again with the same key while the answer is "pending". @throws when the answer is neither */
  post(path: string, body: object): Promise<Record<string, unknown>>;
  /** Waits until nothing is on its way: every agreement has begun, every notice is sent. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param engine `dev`: the dev server that `npm start` brings up; `production`: the server of docker-compose.yml, on a
 *   PostgreSQL of its own
 */
export async function openProduct(log: (line: string) => void, engine: 'dev' | 'production'): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'abide-bench-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const given: Record<string, string> = { DATA_DIR: dataDir };
    for (const name of ['TEMPORAL_PORT', 'UI_PORT', 'MAILBOX_PORT', 'SMTP_PORT', 'API_PORT']) {
      given[name] = String(await freePort());
    }
    if (engine === 'production') {
      const postgres = await startPostgres({ dataDir: join(dataDir, 'engine-postgres'), log });
      ends.push(() => postgres.stop());
      const options = { postgresUrl: postgres.url, namespace: 'default', dataDir: join(dataDir, 'engine'), log };
      const server = await startTemporalOnPostgres(options);
      ends.push(() => server.stop());
      given['TEMPORAL_ADDRESS'] = server.address;
    }
    const stack = await startStack(readConfig(given), log);
    ends.push(() => stack.stop());
    const env = {
      ...given,
      API_KEY: MACHINE_KEY,
      AUTH_SECRET: 'a secret of the benchmark, of 32 characters or more',
      HOME: dataDir,
      LOG_LEVEL: 'info',
      DATABASE_URL: stack.databaseUrl,
      TEMPORAL_ADDRESS: stack.temporalAddress,
      SMTP_URL: stack.smtpUrl,
    };
    for (const name of ['worker', 'api']) {
      const logFile = join(dataDir, `${name}.log`);
      const child = await startChild(process.execPath, [ABIDE, name], {
        logFile,
        cwd: dataDir,
        exitSignal: 'SIGTERM',
        env,
      });
      ends.push(() => child.stop('SIGTERM', 20_000, 'SIGKILL'));
      for (const endMs = Date.now() + 60_000; ; await pause(100)) {
        const said = await readFile(logFile, 'utf8');
        if (said.includes(`${name} is up`)) break;
        if (child.hasExited() || Date.now() > endMs) throw new Error(`${name} did not come up: ${said}`);
      }
    }
    const database = openDatabase(stack.databaseUrl);
    ends.push(() => database.$disconnect());
    const temporal = openTemporal(stack.temporalAddress, 'default');
    ends.push(() => temporal.connection.close());
    const url = `http://127.0.0.1:${given['API_PORT']}/api`;
    return {
      dataDir,
      databaseUrl: stack.databaseUrl,
      database,
      temporal,
      async post(path, body) {
        const request = {
          method: 'POST',
          headers: { ...MACHINE, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
          body: JSON.stringify(body),
        };
        for (; ; await pause(100)) {
          const response = await fetch(url + path, request);
          const answer = (await response.json()) as Record<string, unknown>;
          if (response.status === 200) return answer;
          if (response.status !== 202) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
        }
      },
      async rest() {
        const busy = async (): Promise<number> =>
          (await database.notice.count({ where: { status: { in: ['queued', 'sending'] } } })) +
          (await database.agreement.count({ where: { status: 'starting' } }));
        for (const endMs = Date.now() + 60_000; (await busy()) > 0; await pause(100)) {
          if (Date.now() > endMs) throw new Error('the product did not come to rest within 60 s');
        }
        await pause(300); // the engine still writes what its workflows answered
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
