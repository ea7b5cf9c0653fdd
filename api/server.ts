import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { createCommandDesk } from './commands.ts';
import type { ApiDeps } from './deps.ts';
import { startRepeater } from './repeater.ts';

export interface RunningApi {
  /** `http://127.0.0.1:8420` */
  url: string;
  /** Takes no more requests, lets those under way end (10 s at most), and ends the repeater. */
  stop(): Promise<void>;
}

const GRACE_MS = 10_000;

/** Listens on `host` and `port` (0: any free one) and begins to repeat what waits. @throws when the port is taken */
export async function startApi(deps: ApiDeps, { host, port }: { host: string; port: number }): Promise<RunningApi> {
  const server = createServer(
    // A slow upload may last; headers may not.
    { requestTimeout: 300_000, headersTimeout: 20_000, keepAliveTimeout: 5_000 },
    createApp(deps),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, port: bound } = server.address() as AddressInfo;
  const repeater = startRepeater({ ...deps, desk: createCommandDesk(deps) });
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${bound}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await Promise.all([closed, repeater.stop()]);
      clearTimeout(cut);
    },
  };
}
