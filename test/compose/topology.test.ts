import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailbox, type Mailbox } from '../../embedded/mailbox.ts';
import { freePort } from '../../embedded/ports.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { canRunOnPostgres, startTemporalOnPostgres } from '../../embedded/temporal-on-postgres.ts';
import { environmentOf, type Process } from './compose-file.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const log = (line: string): void => console.log(line);

const possible = await canRunOnPostgres();
if (!possible) {
  console.warn(
    '\n*** NOT TRIED: the production topology. It needs Go 1.25 or later to build the Temporal server from its module. ***\n',
  );
}

/** docker-compose.yml with its hosts mapped to loopback; everything else as it stands there. */
describe.skipIf(!possible)('docker-compose.yml without Docker (needs Go to build the Temporal server)', () => {
  const ends: (() => Promise<unknown>)[] = [];
  let folder: string;
  let mailbox: Mailbox;
  let apiPort: number;
  let apiKey: string;
  let environment: (process: Process) => Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'abide-compose-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log });
    ends.push(() => postgres.stop());
    mailbox = await startMailbox({
      dir: join(folder, 'mails'),
      smtpPort: await freePort(),
      httpPort: await freePort(),
      log,
    });
    ends.push(() => mailbox.stop());
    const { TEMPORAL_NAMESPACE: namespace } = environmentOf('temporal-namespace', {});
    const temporal = await startTemporalOnPostgres({
      postgresUrl: postgres.url,
      namespace: namespace!,
      dataDir: join(folder, 'temporal'),
      log,
    });
    ends.push(() => temporal.stop());

    apiPort = await freePort();
    apiKey = randomBytes(18).toString('base64');
    const values = {
      POSTGRES_PASSWORD: new URL(postgres.url).password,
      AUTH_SECRET: randomBytes(48).toString('base64'),
      API_KEY: apiKey,
      PUBLIC_URL: `http://127.0.0.1:${apiPort}`,
      SMTP_URL: 'smtp://mailpit:1025',
      MAIL_FROM: 'Abide <abide@example.com>',
    };
    const mapped: [string, string][] = [
      ['@postgres:5432/', `@127.0.0.1:${new URL(postgres.url).port}/`],
      ['temporal:7233', temporal.address],
      ['//mailpit:1025', `//${new URL(mailbox.smtpUrl).host}`],
      ['/var/lib/abide', join(folder, 'data')],
      ['0.0.0.0', '127.0.0.1'],
    ];
    environment = (process) =>
      Object.fromEntries(
        Object.entries(environmentOf(process, values)).map(([name, value]) => [
          name,
          name === 'API_PORT' ? String(apiPort) : mapped.reduce((text, [from, to]) => text.replace(from, to), value),
        ]),
      );
  });

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  test('migrate, worker and api run on it, and an agreement lives there', async () => {
    expect(await ended(run('migrate'))).toBe(0);
    expect(await ended(run('migrate'))).toBe(0); // as after each restart
    const [worker, api] = [run('worker'), run('api')];
    ends.push(
      () => stop(api),
      () => stop(worker),
    );
    await until('the API is up', async () => {
      expect([api.exitCode, worker.exitCode]).toEqual([null, null]);
      const answer = await fetch(`http://127.0.0.1:${apiPort}/api/health`).catch(() => undefined);
      return answer?.ok ? ((await answer.json()) as { status: string }).status === 'ok' : false;
    });

    const stranger = await fetch(`http://127.0.0.1:${apiPort}/api/agreements`);
    expect(stranger.status).toBe(401);

    const draft = {
      template: 'service-attachments@1',
      terms: {
        contractTotal: '1000000.00',
        penaltyCapPercent: 'not-agreed',
        penaltyGraceDays: 'not-agreed',
        expiresOn: 'not-agreed',
      },
      parties: {
        A: { name: 'Acme', email: 'a@example.com', language: 'en' },
        B: { name: 'Bridge', email: 'b@example.com', language: 'zh' },
      },
      coordinator: { name: 'Co', email: 'co@example.com' },
      start: true,
    };
    await act('/agreements', draft);
    const { items } = (await get('/agreements')) as { items: { id: string }[] };
    const id = items[0]!.id;
    await act(`/agreements/${id}/signatures`, { as: 'A' });
    await act(`/agreements/${id}/signatures`, { as: 'B' });
    const form = new FormData();
    form.append('as', 'A');
    form.append('files', new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), 'analysis.pdf');
    await act(`/agreements/${id}/obligations/needs-analysis-report/submissions`, form);

    const timeline = (await get(`/agreements/${id}/events`)) as { items: { type: string }[] };
    const types = timeline.items.map(({ type }) => type);
    for (const type of ['agreement-started', 'agreement-in-force', 'deliverable-submitted', 'obligation-fulfilled'])
      expect(types).toContain(type);
    expect(types.filter((type) => type === 'agreement-signed')).toHaveLength(2);

    expect(await get(`/agreements/${id}/replay`)).toMatchObject({ verdict: 'identical' });
    const page = await fetch(`http://127.0.0.1:${apiPort}/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  /** What the container would be given, and what its image sets. */
  function run(name: Process): ChildProcess {
    return spawn(process.execPath, ['cli/abide.mjs', name], {
      cwd: ROOT,
      env: { NODE_ENV: 'production', PATH: process.env.PATH, HOME: folder, ...environment(name) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }

  async function get(path: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${apiPort}/api${path}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    expect(answer.status).toBe(200);
    return answer.json();
  }

  /** Does it, and waits for the outcome where the answer is 202. */
  async function act(path: string, body: object | FormData): Promise<void> {
    const isForm = body instanceof FormData;
    const answer = await fetch(`http://127.0.0.1:${apiPort}/api${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': randomUUID(),
        ...(isForm ? {} : { 'content-type': 'application/json' }),
      },
      body: isForm ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    expect({ path, status: answer.status, text }).toMatchObject({ status: expect.toBeOneOf([200, 202]) });
    if (answer.status === 200) return;
    const { location } = JSON.parse(text) as { location: string };
    await until(`${path} is applied`, async () => {
      const { status } = (await get(location.replace(/^\/api/, ''))) as { status: string };
      expect(status).not.toBe('refused');
      return status === 'applied';
    });
  }
});

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 90_000; !(await holds()); await sleep(250)) {
    if (Date.now() > endMs) throw new Error(`${what}: not within 90 s`);
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once('exit', resolve));
}

async function stop(child: ChildProcess): Promise<void> {
  const end = ended(child);
  child.kill('SIGTERM');
  await end;
}
