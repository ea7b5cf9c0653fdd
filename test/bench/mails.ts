import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { systemClock } from '../../activities/clock.ts';
import { type Mail, type MailTransport, createMailTransport, messageOf } from '../../activities/mail/transport.ts';
import { createActivities } from '../../cli/activities.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { HOST, queueReminders } from '../support/queued-reminders.ts';
import { type Beside, median, perSecond, sideBySide } from './rounds.ts';
import { openSink } from './sink.ts';

export const MAILS = 10_000;
const EFFORT = { rounds: 3, withinMs: 120_000 };
const GOAL = 0.8;
const CONNECTIONS = 5;
/** As many as a worker runs at once (activities/worker.ts). */
const ACTIVITIES = 20;
/** What a server takes to sync a mail to its queue; a usual disk's. */
const SYNC_MS = 20;

/** One server's figures: mails per second, and what a mail costs this process, in milliseconds of processor time. */
type Figures = Beside & { cpuMsPerMail: { product: number; floor: number } };

/**
 * Ten thousand reminders queued, sent by the activities over the record in PostgreSQL, beside bare nodemailer that sends
 * the very same messages, ready made, over as many connections to the same server. Twice:
 * - `answersAtOnce`: a server that stores nothing. All that is measured is work, ours and nodemailer's, on one machine
 *   with PostgreSQL and that server.
 * - `answersAfterSync`: a server that answers the final dot 20 ms late. Its 250 says that it is responsible from now on
 *   (RFC 5321 4.2.5, 6.1), so a real one writes its queue file to disk first, and the sender waits.
 */
export async function benchMails(
  log: (line: string) => void,
  mails = MAILS,
): Promise<{ unit: string; goal: number; mails: number; answersAtOnce: Figures; answersAfterSync: Figures }> {
  const dir = await mkdtemp(join(tmpdir(), 'abide-bench-mails-'));
  const ends: (() => unknown)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ dataDir: dir, log });
    ends.push(() => postgres.stop());
    await applyMigrations(postgres.url);
    const database = openDatabase(postgres.url);
    ends.push(() => database.$disconnect());
    log('a server that answers at once');
    const answersAtOnce = await beside(database, log, mails, 0);
    log(`a server that answers after ${SYNC_MS} ms`);
    const answersAfterSync = await beside(database, log, mails, SYNC_MS);
    return { unit: 'mails per second', goal: GOAL, mails, answersAtOnce, answersAfterSync };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function beside(
  database: Database,
  log: (line: string) => void,
  mails: number,
  answersAfterMs: number,
): Promise<Figures> {
  const sink = await openSink(answersAfterMs);
  const transport = createMailTransport({ smtpUrl: sink.url, maxConnections: CONNECTIONS });
  const bare = createTransport({ url: sink.url, pool: true, maxConnections: CONNECTIONS });
  try {
    const written: Mail[] = [];
    const notifyAll = activitiesOver(database, log, {
      close: () => undefined,
      async send(mail) {
        if (written.length < 2) written.push(mail);
        await transport.send(mail);
      },
    });
    for (const batch of await queueReminders(database, 1)) await notifyAll({ noticeIds: batch });

    const cpuMs: { product: number[]; floor: number[] } = { product: [], floor: [] };
    const timed = async <T>(arm: keyof typeof cpuMs, items: T[], work: (item: T) => Promise<void>): Promise<number> => {
      const began = process.cpuUsage();
      const speed = await perSecond(items, ACTIVITIES, work);
      const { user, system } = process.cpuUsage(began);
      cpuMs[arm].push((user + system) / 1000 / mails);
      return (speed * mails) / items.length;
    };
    const figures = await sideBySide(
      EFFORT,
      async () => {
        const batches = await queueReminders(database, mails / 2);
        const speed = await timed('product', batches, async (noticeIds) => void (await notifyAll({ noticeIds })));
        const left = await database.notice.count({ where: { status: { not: 'sent' } } });
        if (left > 0) throw new Error(`${left} notices were not sent`);
        log(`product: ${Math.round(speed)} mails per second`);
        return speed;
      },
      async () => {
        const numbers = Array.from({ length: mails }, (_, number) => number);
        const speed = await timed('floor', numbers, async (number) => {
          const mail = written[number % written.length] as Mail;
          await bare.sendMail(messageOf({ ...mail, messageId: `<bare.${number}@${HOST}>` }));
        });
        log(`nodemailer: ${Math.round(speed)} mails per second`);
        return speed;
      },
    );
    return { ...figures, cpuMsPerMail: { product: median(cpuMs.product), floor: median(cpuMs.floor) } };
  } finally {
    transport.close();
    bare.close();
    sink.close();
  }
}

function activitiesOver(database: Database, log: (line: string) => void, transport: MailTransport) {
  return createActivities({
    database,
    transport,
    clock: systemClock,
    publicUrl: `https://${HOST}`,
    from: `Abide <abide@${HOST}>`,
    killPoint: () => undefined,
    log: { info: () => undefined, warn: (_fields, message) => log(message), error: (_f, message) => log(message) },
    bundle: '0'.repeat(64),
    sdk: 'bench',
  }).notifyAll;
}
