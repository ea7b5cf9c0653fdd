import { createMailTransport } from '../../activities/mail/transport.ts';
import { createActivities } from '../../cli/activities.ts';
import { openDatabase } from '../../prisma/database.ts';
import { HOST } from './queued-reminders.ts';

/**
 * A process that sends what is recorded and not sent yet, as a worker does: `notifyAll` for each agreement, twenty at
 * once. Arguments: database, mail server, and by how many milliseconds its clock is ahead (a restart minutes later).
 */
const [databaseUrl = '', smtpUrl = '', aheadMs = '0'] = process.argv.slice(2);
const database = openDatabase(databaseUrl);
const transport = createMailTransport({ smtpUrl });
const say = (fields: object, message: string): void =>
  void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const { notifyAll } = createActivities({
  database,
  transport,
  clock: () => Date.now() + Number(aheadMs),
  publicUrl: `https://${HOST}`,
  from: `Abide <abide@${HOST}>`,
  killPoint: () => undefined,
  log: { info: () => undefined, warn: say, error: say },
  bundle: '0'.repeat(64),
  sdk: 'test',
});

const rows = await database.notice.findMany({ where: { status: { not: 'sent' } }, orderBy: { id: 'asc' } });
const agreements = [...new Set(rows.map(({ agreementId }) => agreementId))].values();
await Promise.all(
  Array.from({ length: 20 }, async () => {
    for (const agreement of agreements) {
      const noticeIds = rows.filter(({ agreementId }) => agreementId === agreement).map(({ id }) => id);
      await notifyAll({ noticeIds });
    }
  }),
);
transport.close();
await database.$disconnect();
