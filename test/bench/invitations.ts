import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { systemClock } from '../../activities/clock.ts';
import { type Mail, type MailTransport, createMailTransport, messageOf } from '../../activities/mail/transport.ts';
import { createInvite } from '../../activities/survey-invite.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { HOST } from '../support/queued-reminders.ts';
import { seedCycle } from '../support/survey-cycle.ts';
import { type Beside, perSecond, sideBySide } from './rounds.ts';
import { openSink } from './sink.ts';

export const INVITATIONS = 10_000;
const EFFORT = { rounds: 3, withinMs: 120_000 };
const GOAL = 0.8;
const CONNECTIONS = 5;
/** As many as a bare sender keeps under way. */
const UNDER_WAY = 20;
/** A mail server's usual sync to its disk. */
const SYNC_MS = 20;
const DAY_MS = 86_400_000;
/** After a kill the next attempt comes so much later that what was claimed is free again. */
const LATER_MS = 130_000;

/** What two kills -9 in the middle did to a wave. */
interface Killed {
  kills: number;
  /** Mails that the server took. */
  mails: number;
  /** Readers with two copies, in flight at a kill, and always with one Message-ID. */
  twice: number;
  seconds: number;
}

/**
 * Ten thousand invitations of one cycle, sent by the activity over PostgreSQL. First with two kills -9 on the way: it fails
 * where somebody has none, two Message-IDs, or more have two copies than can have been in flight. Then beside bare
 * nodemailer that sends the same messages, ready made, over as many connections: `answersAtOnce`, `answersAfterSync` as in
 * the reminders' benchmark.
 */
export async function benchInvitations(
  log: (line: string) => void,
  invitations = INVITATIONS,
): Promise<{
  unit: string;
  goal: number;
  invitations: number;
  killed: Killed;
  answersAtOnce: Beside;
  answersAfterSync: Beside;
}> {
  const dir = await mkdtemp(join(tmpdir(), 'abide-bench-invitations-'));
  const ends: (() => unknown)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ dataDir: dir, log });
    ends.push(() => postgres.stop());
    await applyMigrations(postgres.url);
    const database = openDatabase(postgres.url);
    ends.push(() => database.$disconnect());
    log('two kills on the way');
    const killed = await killedTwice(database, postgres.url, invitations);
    log(JSON.stringify(killed));
    log('a server that answers at once');
    const answersAtOnce = await beside(database, log, invitations, 0);
    log(`a server that answers after ${SYNC_MS} ms`);
    const answersAfterSync = await beside(database, log, invitations, SYNC_MS);
    return { unit: 'mails per second', goal: GOAL, invitations, killed, answersAtOnce, answersAfterSync };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** @throws Error where anybody was left out or invited twice beyond what was in flight */
async function killedTwice(database: Database, databaseUrl: string, invitations: number): Promise<Killed> {
  const { workflowId } = await seedCycle(database, { count: invitations, nowMs: Date.now(), drawn: true });
  const copies = new Map<string, string[]>();
  let mails = 0;
  let onMail: () => void = () => undefined;
  const sink = await openSink(0, (to, messageId) => {
    mails += 1;
    copies.set(to, [...(copies.get(to) ?? []), messageId]);
    onMail();
  });
  const began = performance.now();
  const killsAt = [Math.floor(invitations / 3), Math.floor((2 * invitations) / 3)];
  try {
    for (const [attempt, killAt] of [...killsAt, null].entries()) {
      const script = fileURLToPath(new URL('../support/survey-sender.ts', import.meta.url));
      const given = [databaseUrl, sink.url, workflowId, String(attempt * LATER_MS)];
      const sender = spawn(process.execPath, ['--import', 'tsx', script, ...given], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      onMail = () => void (killAt !== null && mails >= killAt && sender.kill('SIGKILL'));
      const [code, signal] = (await once(sender, 'exit')) as [number | null, string | null];
      if (killAt === null ? code !== 0 : signal !== 'SIGKILL') throw new Error('the sender did not end as it should');
    }
  } finally {
    sink.close();
  }
  const ids = [...copies.values()];
  const twice = ids.filter((some) => some.length > 1).length;
  const inFlight = killsAt.length * UNDER_WAY;
  const sent = await database.invitee.count({ where: { workflowId, status: 'sent', wave: 0 } });
  if (copies.size !== invitations || sent !== invitations) throw new Error(`${copies.size} of ${invitations} invited`);
  if (ids.some((some) => new Set(some).size > 1)) throw new Error('somebody has two Message-IDs');
  if (new Set(ids.flat()).size !== invitations) throw new Error('two people share a Message-ID');
  if (mails - invitations > inFlight)
    throw new Error(`${mails - invitations} mails twice, ${inFlight} in flight at most`);
  return { kills: killsAt.length, mails, twice, seconds: Math.round((performance.now() - began) / 1000) };
}

async function beside(
  database: Database,
  log: (line: string) => void,
  invitations: number,
  answersAfterMs: number,
): Promise<Beside> {
  const sink = await openSink(answersAfterMs);
  const transport = createMailTransport({ smtpUrl: sink.url, maxConnections: CONNECTIONS });
  const bare = createTransport({ url: sink.url, pool: true, maxConnections: CONNECTIONS });
  try {
    const written: Mail[] = [];
    const invite = inviteOver(database, log, {
      close: () => undefined,
      async send(mail) {
        if (written.length < 2) written.push(mail);
        await transport.send(mail);
      },
    });
    const wave = async (count: number): Promise<number> => {
      const nowMs = Date.now();
      const { workflowId } = await seedCycle(database, {
        count,
        nowMs,
        drawn: true,
        customer: (index) => (index % 2 === 0 ? {} : { name: 'Yunfan Technology', language: 'en' }),
      });
      return perSecond([workflowId], 1, async () => {
        const { sent } = await invite({ workflowId, wave: 0, closesAtMs: nowMs + 14 * DAY_MS });
        if (sent !== count) throw new Error(`${sent} of ${count} were invited`);
      }).then((waves) => waves * count);
    };
    await wave(50); // warm, and messages for the floor
    return await sideBySide(
      EFFORT,
      async () => {
        const speed = await wave(invitations);
        log(`product: ${Math.round(speed)} mails per second`);
        return speed;
      },
      async () => {
        const numbers = Array.from({ length: invitations }, (_, number) => number);
        const speed = await perSecond(numbers, UNDER_WAY, async (number) => {
          const mail = written[number % written.length] as Mail;
          await bare.sendMail(messageOf({ ...mail, messageId: `<bare.${number}@${HOST}>` }));
        });
        log(`nodemailer: ${Math.round(speed)} mails per second`);
        return speed;
      },
    );
  } finally {
    transport.close();
    bare.close();
    sink.close();
  }
}

function inviteOver(database: Database, log: (line: string) => void, transport: MailTransport) {
  return createInvite({
    database,
    transport,
    clock: systemClock,
    publicUrl: `https://${HOST}`,
    from: `Abide <abide@${HOST}>`,
    heartbeat: () => undefined,
    log: { info: () => undefined, warn: (_fields, message) => log(message), error: (_f, message) => log(message) },
  });
}
