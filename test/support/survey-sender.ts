import { Context } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createMailTransport } from '../../activities/mail/transport.ts';
import { createInvite } from '../../activities/survey-invite.ts';
import { openDatabase } from '../../prisma/database.ts';

/**
 * A process that sends the invitations of a cycle, as a worker does. Arguments: database, mail server, workflow id, and by
 * how many milliseconds its clock is ahead (a restart minutes later).
 */
const [databaseUrl = '', smtpUrl = '', workflowId = '', aheadMs = '0'] = process.argv.slice(2);
const database = openDatabase(databaseUrl);
const transport = createMailTransport({ smtpUrl });
const say = (fields: object, message: string): void =>
  void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const invite = createInvite({
  database,
  transport,
  clock: () => Date.now() + Number(aheadMs),
  publicUrl: 'https://abide.example.com',
  from: 'Abide <abide@abide.example.com>',
  heartbeat: () => Context.current().heartbeat(),
  log: { info: () => undefined, warn: say, error: say },
});
const result = await new MockActivityEnvironment().run(invite, {
  workflowId,
  wave: 0,
  closesAtMs: Date.now() + 14 * 86_400_000,
});
process.stdout.write(JSON.stringify(result));
transport.close();
await database.$disconnect();
