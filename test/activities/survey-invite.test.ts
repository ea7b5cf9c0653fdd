import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { answerTokenHash } from '../../activities/answer-token.ts';
import { messageIdOf } from '../../activities/mail/message-id.ts';
import { type MailTransport, createMailTransport } from '../../activities/mail/transport.ts';
import { createAnalyse } from '../../activities/survey-analyse.ts';
import { createInvite } from '../../activities/survey-invite.ts';
import { channelNumbers, liveNumbers } from '../../api/surveys/numbers.ts';
import { type Postgres, startPostgres } from '../../embedded/postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { seedCycle } from '../support/survey-cycle.ts';

const NOW = Date.parse('2027-03-01T01:00:00Z');
/** 24:00 of 15 March in Shanghai. */
const CLOSES = Date.parse('2027-03-15T16:00:00Z');
const DAY_MS = 86_400_000;

let dataDir: string;
let postgres: Postgres;
let database: Database;
let server: SMTPServer;
let smtpUrl: string;
let transport: MailTransport;
let mails: Email[];
let nowMs: number;
/** Recipients whom the server refuses for good, and mails after which something happens. */
let refused: string[];
let onMail: (count: number) => void;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'abide-invite-'));
  postgres = await startPostgres({ dataDir, durable: false, log: () => undefined });
  await applyMigrations(postgres.url);
  database = openDatabase(postgres.url);
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onRcptTo: ({ address }, _session, done) =>
      done(refused.includes(address) ? Object.assign(new Error('unknown'), { responseCode: 550 }) : null),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          onMail(mails.length);
          done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  smtpUrl = `smtp://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`;
});

afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await database.$disconnect();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

beforeEach(() => {
  [mails, refused, nowMs, onMail] = [[], [], NOW, () => undefined];
  transport = createMailTransport({ smtpUrl });
});

afterEach(() => transport.close());

const inviteDeps = () => ({
  database,
  transport,
  clock: () => nowMs,
  publicUrl: 'https://abide.example.com',
  from: 'Abide <abide@abide.example.com>',
  heartbeat: () => undefined,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
});
const inviter = () => createInvite(inviteDeps());

const tokenIn = (mail: Email | undefined): string => /\/answer#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
const header = (mail: Email | undefined, key: string) => mail?.headers.find((one) => one.key === key)?.value;

test('a wave goes to everybody who can be reached, each in their language, and says who asks, until when, and how to opt out', async () => {
  const { workflowId, invitees } = await seedCycle(database, {
    count: 5,
    nowMs,
    drawn: true,
    customer: (index) =>
      [{}, { language: 'en', contact: 'Ann Lee' }, { email: null }, { optedOutAt: new Date(NOW) }, {}][index] ?? {},
  });
  const { email } = await database.customer.findUniqueOrThrow({ where: { id: invitees[4]?.customerId ?? '' } });
  refused = [email ?? ''];

  const counted = await inviter()({ workflowId, wave: 0, closesAtMs: CLOSES });

  expect(counted).toEqual({ sent: 2, unreachable: 2 });
  const rows = await database.invitee.findMany({ where: { workflowId } });
  expect(invitees.map(({ id }) => rows.find((row) => row.id === id)?.status)).toEqual([
    'sent',
    'sent',
    'unreachable',
    'opted-out',
    'unreachable',
  ]);
  const [zh, en] = ['客户 0', 'Ann Lee'].map((name) => mails.find((mail) => mail.to?.[0]?.name === name));
  expect(zh?.from?.name).toBe('乙公司');
  expect(zh?.subject).toBe('乙公司邀请您参加客户满意度调查，2027-03-15（周一）截止');
  expect(zh?.text).toContain('问卷填写截至北京时间 2027-03-15（周一）24:00');
  expect(zh?.text).toContain('本次调查不匿名');
  expect(en?.subject).toBe('乙公司 asks for your opinion, by Mon 2027-03-15');
  expect(en?.text).toContain('This survey is not anonymous');
  expect(header(en, 'list-unsubscribe')).toMatch(/^<https:\/\/abide\.example\.com\/opt-out\/[\w-]{43}>$/);
  expect(header(en, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const row = rows.find(({ id }) => id === invitees[0]?.id);
  expect(row?.tokenHash).toBe(answerTokenHash(tokenIn(zh)));
  expect(header(en, 'list-unsubscribe')).not.toContain(tokenIn(en));
});

test('S003-K-01: whoever surveys for a client names both, and promises what an anonymous survey keeps', async () => {
  const template = 'evaluation-commission@1';
  const { workflowId } = await seedCycle(database, { count: 1, nowMs, drawn: true, anonymous: true, template });
  await inviter()({ workflowId, wave: 0, closesAtMs: CLOSES });
  expect(mails[0]?.text).toContain('乙公司受甲公司委托，独立开展甲公司的客户满意度调查');
  expect(mails[0]?.text).toContain('本次调查为匿名调查');
  expect(mails[0]?.from?.name).toBe('乙公司');
});

test('a reminder goes to those alone who have neither answered nor opted out by then; the link of the invitation still holds', async () => {
  const { workflowId, invitees } = await seedCycle(database, { count: 3, nowMs, drawn: true });
  const invite = inviter();
  await invite({ workflowId, wave: 0, closesAtMs: CLOSES });
  const first = mails.find((mail) => mail.to?.[0]?.name === '客户 2');
  const [answered, gone, waiting] = invitees;
  await database.invitee.update({ where: { id: answered?.id ?? '' }, data: { answered: true } });
  await database.customer.update({ where: { id: gone?.customerId ?? '' }, data: { optedOutAt: new Date(nowMs) } });
  nowMs += 11 * DAY_MS;

  expect(await invite({ workflowId, wave: 1, closesAtMs: CLOSES })).toEqual({ sent: 1, unreachable: 0 });

  expect(mails).toHaveLength(4);
  const reminder = mails[3];
  expect(reminder?.subject).toBe('提醒：客户满意度调查将于2027-03-15（周一）截止（乙公司）');
  expect(reminder?.references).toBe(first?.references);
  expect(reminder?.messageId).not.toBe(first?.messageId);
  const row = await database.invitee.findUniqueOrThrow({ where: { id: waiting?.id ?? '' } });
  expect(row.tokenHash).toBe(answerTokenHash(tokenIn(reminder)));
  expect(await database.surveyLink.findUnique({ where: { tokenHash: answerTokenHash(tokenIn(first)) } })).toMatchObject(
    {
      label: `invitee/${waiting?.id ?? ''}`,
    },
  );
  // The same wave again sends nothing.
  expect(await invite({ workflowId, wave: 1, closesAtMs: CLOSES })).toEqual({ sent: 1, unreachable: 0 });
  expect(mails).toHaveLength(4);
});

test('a bounce that comes before the mail is marked as sent is kept, and nobody is reminded there', async () => {
  const { workflowId, invitees } = await seedCycle(database, { count: 1, nowMs, drawn: true });
  let back = 0;
  const impatient: MailTransport = {
    ...transport,
    send: async (mail) => {
      await transport.send(mail);
      const where = { messageId: mail.messageId, answered: false };
      back = (await database.invitee.updateMany({ where, data: { status: 'bounced' } })).count; // as api/inbound does
    },
  };
  const invite = createInvite({ ...inviteDeps(), transport: impatient });
  await invite({ workflowId, wave: 0, closesAtMs: CLOSES });
  expect(back).toBe(1);
  const row = await database.invitee.findUniqueOrThrow({ where: { id: invitees[0]?.id ?? '' } });
  expect(row).toMatchObject({ status: 'bounced', wave: 0, claimedAt: null });
  expect(row.messageId).toBe(messageIdOf(`${row.id}/0`, 'abide.example.com'));
  await invite({ workflowId, wave: 1, closesAtMs: CLOSES });
  expect(mails).toHaveLength(1);
});

test('S001c-08: one invitation reaches in both cycles, 2 of 2, and in neither if it comes back, 1 of 2', async () => {
  const monthly = await seedCycle(database, { count: 2, nowMs, drawn: true, reference: 'monthly-sample#2027-03' });
  const { agreementId } = monthly;
  const customers = monthly.invitees.map(({ customerId }) => customerId);
  const invite = inviter();
  const reached = async (workflowId: string) => {
    const live = (await liveNumbers(database, [workflowId]))(workflowId).reached;
    const channels = await channelNumbers(database, workflowId);
    expect(channels).toMatchObject([{ channel: 'email', drawn: 2, reached: live, answered: 0 }]);
    const { figures } = await createAnalyse({ database })({ workflowId, closedAtMs: nowMs });
    expect(figures).toMatchObject({ drawn: 2, reached: live });
    return live;
  };
  await invite({ workflowId: monthly.workflowId, wave: 0, closesAtMs: CLOSES });
  const quarterly = await seedCycle(database, { count: 2, nowMs, drawn: true, agreementId, customers });
  expect(await reached(quarterly.workflowId)).toBe(0);
  await invite({ workflowId: quarterly.workflowId, wave: 0, closesAtMs: CLOSES });
  expect([await reached(monthly.workflowId), await reached(quarterly.workflowId)]).toEqual([2, 2]);

  const [first] = monthly.invitees;
  const { messageId } = await database.invitee.findUniqueOrThrow({ where: { id: first?.id ?? '' } });
  await database.invitee.updateMany({ where: { messageId, answered: false }, data: { status: 'bounced' } }); // as api/inbound does
  expect([await reached(monthly.workflowId), await reached(quarterly.workflowId)]).toEqual([1, 1]);

  // What has come back reaches nobody: the next cycle asks that customer itself.
  const reference = 'other-sample#2027-03';
  const other = await seedCycle(database, { count: 2, nowMs, drawn: true, agreementId, customers, reference });
  const sent = await invite({ workflowId: other.workflowId, wave: 0, closesAtMs: CLOSES });
  expect(sent).toEqual({ sent: 1, unreachable: 0, merged: 1 });
});

test('S001c-08: whoever was invited by another cycle of the agreement within its open days is not asked twice', async () => {
  const monthly = await seedCycle(database, { count: 2, nowMs, drawn: true, reference: 'monthly-sample#2027-03' });
  const invite = inviter();
  await invite({ workflowId: monthly.workflowId, wave: 0, closesAtMs: CLOSES });
  const { agreementId } = monthly;
  const customers = monthly.invitees.map(({ customerId }) => customerId);
  nowMs += 5 * DAY_MS;
  const quarterly = await seedCycle(database, { count: 2, nowMs, drawn: true, agreementId, customers });
  expect(await invite({ workflowId: quarterly.workflowId, wave: 0, closesAtMs: CLOSES })).toEqual({
    sent: 0,
    unreachable: 0,
    merged: 2,
  });
  expect(await database.invitee.count({ where: { workflowId: quarterly.workflowId, status: 'merged' } })).toBe(2);
  nowMs += 10 * DAY_MS;
  const next = await seedCycle(database, {
    count: 2,
    nowMs,
    drawn: true,
    agreementId,
    customers,
    reference: 'monthly-sample#2027-04',
  });
  expect(await invite({ workflowId: next.workflowId, wave: 0, closesAtMs: CLOSES })).toEqual({
    sent: 2,
    unreachable: 0,
  });
});

test('a mail server that is away fails the attempt with a code; the next one sends what is left, once each', async () => {
  const { workflowId } = await seedCycle(database, { count: 30, nowMs, drawn: true });
  transport.close();
  transport = createMailTransport({ smtpUrl: 'smtp://127.0.0.1:1' });
  const failure: unknown = await inviter()({ workflowId, wave: 0, closesAtMs: CLOSES }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect((failure as ApplicationFailure).type).toBe('smtp-unreachable');
  transport = createMailTransport({ smtpUrl });
  expect(await inviter()({ workflowId, wave: 0, closesAtMs: CLOSES })).toEqual({ sent: 30, unreachable: 0 });
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(30);
  expect(mails).toHaveLength(30);
});

test('a worker that is killed in the middle goes on: nobody is left out, and what was in flight alone comes twice, with the same Message-ID', async () => {
  const { workflowId } = await seedCycle(database, { count: 400, nowMs, drawn: true });
  const sender = (aheadMs: number) =>
    spawn(
      process.execPath,
      ['--import', 'tsx', 'test/support/survey-sender.ts', postgres.url, smtpUrl, workflowId, String(aheadMs)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
  const first = sender(0);
  onMail = (count) => count === 150 && first.kill('SIGKILL');
  const [, signal] = (await once(first, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  const atKill = mails.length;
  expect(atKill).toBeLessThan(400);

  const second = sender(130_000);
  let printed = '';
  second.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await once(second, 'exit');

  expect(JSON.parse(printed)).toEqual({ sent: 400, unreachable: 0 });
  const copies = new Map<string, Set<string>>();
  for (const { to, messageId = '' } of mails) {
    const address = to?.[0]?.address ?? '';
    copies.set(address, (copies.get(address) ?? new Set()).add(messageId));
  }
  expect(copies.size).toBe(400);
  for (const ids of copies.values()) expect(ids.size).toBe(1);
  expect(mails.length - 400).toBeLessThanOrEqual(20);
});
