import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAnswerDesk } from './answers/desk.ts';
import { openAuditDesk } from './audit/desk.ts';
import { createApp } from './app.ts';
import { startBulkRunner } from './bulk/runner.ts';
import { createCommandDesk } from './commands.ts';
import type { ApiDeps } from './deps.ts';
import { startRepeater } from './repeater.ts';

export interface RunningApi {
  /** `http://127.0.0.1:8420` */
  url: string;
  /** Takes no more requests, lets those under way end (10 s at most), and ends repeater and runner. */
  stop(): Promise<void>;
}

const GRACE_MS = 10_000;

/** How long a client may take, in milliseconds, and how much of it may be headers, in bytes. */
export interface LineLimits {
  /** From the first byte to the end of the headers. */
  headersMs: number;
  /** From the first byte to the last: a slow upload may last. */
  requestMs: number;
  /** Without a byte in either direction. */
  silentMs: number;
  keepAliveMs: number;
  /** How often the first two are looked after. */
  checkedEveryMs: number;
  headerBytes: number;
}

const LINE_LIMITS: LineLimits = {
  headersMs: 20_000,
  requestMs: 300_000,
  silentMs: 120_000,
  keepAliveMs: 5_000,
  checkedEveryMs: 5_000,
  headerBytes: 16 * 1024,
};

/**
 * Listens on `host` and `port` (0: any free one) and begins to repeat what waits and to carry out bulk jobs.
 *
 * @throws when the port is taken
 */
export async function startApi(
  deps: ApiDeps,
  { host, port, limits }: { host: string; port: number; limits?: Partial<LineLimits> },
): Promise<RunningApi> {
  const line = { ...LINE_LIMITS, ...limits };
  const answers = openAnswerDesk(deps);
  const audits = openAuditDesk(deps);
  const server = createServer(
    {
      headersTimeout: line.headersMs,
      requestTimeout: line.requestMs,
      keepAliveTimeout: line.keepAliveMs,
      connectionsCheckingInterval: line.checkedEveryMs,
      maxHeaderSize: line.headerBytes,
    },
    createApp(deps, { answers, audits }),
  );
  server.setTimeout(line.silentMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, port: bound } = server.address() as AddressInfo;
  audits.wake(); // what waited when the API ended
  const desk = createCommandDesk(deps);
  const repeater = startRepeater({ ...deps, desk });
  const runner = startBulkRunner({ ...deps, desk });
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${bound}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await Promise.all([closed, repeater.stop(), runner.stop()]);
      clearTimeout(cut);
      await Promise.all([answers.stop(), audits.stop()]);
    },
  };
}
