import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answerTokenHash } from '../../activities/answer-token.ts';
import { messageIdOf } from '../../activities/mail/message-id.ts';
import { sampleTitles } from '../../activities/mail/samples.ts';
import { type MailTransport, createMailTransport } from '../../activities/mail/transport.ts';
import { createDeliver, createNotify } from '../../activities/notify.ts';
import { type Postgres, startPostgres } from '../../embedded/postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { seedCycle } from '../support/survey-cycle.ts';

const NOW = Date.parse('2027-07-19T01:00:00Z');
/** 24:00 of 26 July in Shanghai. */
const UNTIL = Date.parse('2027-07-26T16:00:00Z');

let dataDir: string;
let postgres: Postgres;
let database: Database;
let server: SMTPServer;
let transport: MailTransport;
let mails: Email[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'abide-customer-answer-'));
  postgres = await startPostgres({ dataDir, durable: false, log: () => undefined });
  await applyMigrations(postgres.url);
  database = openDatabase(postgres.url);
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          done();
        });
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  transport = createMailTransport({ smtpUrl: `smtp://127.0.0.1:${String(port)}` });
});
afterAll(async () => {
  transport?.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await database.$disconnect();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(() => void (mails = []));

const notify = () =>
  createNotify(
    createDeliver({
      database,
      transport,
      clock: () => NOW,
      publicUrl: 'https://abide.example.com',
      from: 'Abide <abide@abide.example.com>',
      titles: sampleTitles,
      killPoint: () => undefined,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    }),
  );

/** An act that answered so many customers, as it is recorded, and the mail of each as it is queued. */
async function answered(customer: (index: number) => Partial<Prisma.CustomerCreateManyInput>, count: number) {
  const { agreementId, invitees } = await seedCycle(database, { count, nowMs: NOW, customer });
  const workflowId = `improvement/${agreementId}/finding-1`;
  const commandId = `answer-${agreementId}`;
  const at = new Date(NOW);
  const customers = invitees.map(({ customerId }) => customerId);
  await database.command.create({
    data: {
      id: commandId,
      agreementId,
      workflowId,
      type: 'answer-customers',
      command: {},
      text: { details: '已增设坐席，首次响应缩短至 30 秒。\n如仍有问题，请随时告诉我们。' },
      receivedAt: at,
      status: 'applied',
    },
  });
  const event = { type: 'customers-answered', commandId, customers };
  const actor = { personId: 'x', seat: 'B', via: 'account' };
  await database.event.create({
    data: {
      workflowId,
      sequence: 8,
      agreementId,
      type: event.type,
      body: JSON.stringify(event),
      occurredAt: at,
      recordedAt: at,
      actor,
      clauses: [],
      commandId,
      previous: '0'.repeat(64),
      hash: '1'.repeat(64),
    },
  });
  const ids = customers.map((addressee, index) => ({ id: `${workflowId}/n${String(index + 1)}`, addressee, index }));
  await database.notice.createMany({
    data: ids.map(({ id, addressee, index }) => ({
      id,
      agreementId,
      number: index + 1,
      kind: 'customer-answer',
      seat: 'customer',
      role: 'customer',
      addressee,
      rungs: [],
      at,
      clauses: ['S004-23'],
      facts: { process: 'finding-1', about: commandId, by: 'B', dueAtMs: UNTIL, localDate: '2027-07-26' },
      messageId: messageIdOf(id, 'abide.example.com'),
    })),
  });
  return { agreementId, workflowId, notices: ids.map(({ id }) => id), customers };
}

const row = (id = '') => database.notice.findUniqueOrThrow({ where: { id } });
const verdictToken = (mail: Email | undefined): string =>
  /https:\/\/abide\.example\.com\/verdict\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';

test('S004-23: whoever raised it gets the answer in the words that were written, in the operator’s name, once', async () => {
  const { notices, workflowId, customers } = await answered(() => ({}), 1);
  const [noticeId = ''] = notices;
  expect(await notify()({ noticeId })).toBe('sent');
  expect(await notify()({ noticeId })).toBe('sent');
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  expect(mail?.from).toMatchObject({ name: '乙公司', address: 'abide@abide.example.com' });
  expect(mail?.to?.[0]?.name).toBe('客户 0');
  expect(mail?.subject).toBe('乙公司就您反映的问题作出答复');
  expect(mail?.text).toContain('已增设坐席，首次响应缩短至 30 秒。\n\n如仍有问题，请随时告诉我们。');
  expect(mail?.text).toContain('截至北京时间 2027-07-26（周一）24:00');
  expect(mail?.text).toMatch(/退订：https:\/\/abide\.example\.com\/opt-out\/[\w-]{43}/);
  expect(mail?.text).not.toMatch(/协议|甲方|乙方|S004/); // its readers are no party to the contract
  expect(await row(noticeId)).toMatchObject({ status: 'sent', personId: customers[0], language: 'zh', failure: null });
  const tokenHash = answerTokenHash(verdictToken(mail));
  expect(await database.surveyLink.findUniqueOrThrow({ where: { tokenHash } })).toMatchObject({
    workflowId,
    label: `customer/${customers[0] ?? ''}`,
    revokedAt: null,
  });
});

test('in English to whoever reads English, by the contact’s name', async () => {
  const { notices } = await answered(() => ({ language: 'en', contact: 'Ann Lee' }), 1);
  await notify()({ noticeId: notices[0] ?? '' });
  expect(mails[0]?.to?.[0]?.name).toBe('Ann Lee');
  expect(mails[0]?.subject).toBe('乙公司 answers what you raised');
  expect(mails[0]?.text).toContain('Does it satisfy you? Please let us know by Mon 2027-07-26, 24:00 (Asia/Shanghai).');
});

test('whoever opted out of surveys has the answer and is not asked about it; whoever was erased has none', async () => {
  const { notices } = await answered(
    (index) =>
      [
        { optedOutAt: new Date(NOW), promotionConsent: false },
        { email: null, erasedAt: new Date(NOW) },
      ][index] ?? {},
    2,
  );
  const outcomes = [];
  for (const noticeId of notices) outcomes.push(await notify()({ noticeId }));
  expect(outcomes).toEqual(['sent', 'refused']);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain('已增设坐席');
  expect(mails[0]?.text).not.toMatch(/满意|verdict|opt-out/);
  expect(await row(notices[1])).toMatchObject({ status: 'refused', failure: 'no-address', address: null });
});
