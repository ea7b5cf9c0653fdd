import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../../embedded/postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { queueReminders } from '../support/queued-reminders.ts';

const MAILS = 600;
const KILLED_AFTER = 200;
/** Past the time that an attempt is given (activities/notice-claims.ts). */
const LATER_MS = 180_000;

let dataDir: string;
let postgres: Postgres;
let database: Database;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'abide-mails-'));
  postgres = await startPostgres({ dataDir, durable: false, log: () => undefined });
  await applyMigrations(postgres.url);
  database = openDatabase(postgres.url);
});

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await database.$disconnect();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** A mail server that notes the Message-ID of every mail that it took, and then answers. */
async function sink(onMail: (taken: number) => void) {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [, id = ''] = /^Message-ID:\s*(<[^>]+>)/im.exec(Buffer.concat(chunks).toString('latin1')) ?? [];
        taken.push(id);
        onMail(taken.length);
        done();
      });
    },
  });
  server.on('error', () => undefined); // lines that the kill cuts
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Sends all that is queued in a process of its own. @returns how it ended */
function sender(smtpUrl: string, aheadMs = 0): Promise<string> {
  const script = fileURLToPath(new URL('../support/mail-sender.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, postgres.url, smtpUrl, String(aheadMs)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(signal ?? `${code}${code === 0 ? '' : `: ${said}`}`);
    }),
  );
}

test('kill -9 amid hundreds of mails: none is lost, none comes twice but those on their way, with the same Message-ID', async () => {
  await queueReminders(database, MAILS / 2);
  const server = await sink((taken) => {
    if (taken === KILLED_AFTER) for (const child of running) child.kill('SIGKILL');
  });
  expect(await sender(server.url)).toBe('SIGKILL');
  expect(server.taken.length).toBeLessThan(MAILS);

  const open = await database.notice.findMany({ where: { status: { not: 'sent' } } });
  const onTheirWay = open.filter(({ status }) => status === 'sending').map(({ messageId }) => messageId);
  const sent = MAILS - open.length;
  expect(sent).toBeGreaterThan(0);

  expect(await sender(server.url, LATER_MS)).toBe('0');
  await server.close();

  const rows = await database.notice.findMany();
  expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: MAILS }, () => 'sent'));
  expect(new Set(server.taken)).toEqual(new Set(rows.map(({ messageId }) => messageId)));

  const twice = server.taken.filter((id, index) => server.taken.indexOf(id) !== index);
  expect(new Set(twice).size).toBe(twice.length); // twice, never three times
  for (const id of twice) expect(onTheirWay).toContain(id);
  const marked = rows.filter(({ possibleDuplicate }) => possibleDuplicate).map(({ messageId }) => messageId);
  expect(new Set(marked)).toEqual(new Set(onTheirWay));
});
