import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KillPointName } from '../../activities/kill-points.ts';
import { tokenHash } from '../../activities/links.ts';
import { messageIdOf, threadIdOf } from '../../activities/mail/message-id.ts';
import { sampleAgreement, sampleTitles } from '../../activities/mail/samples.ts';
import { type MailTransport, createMailTransport } from '../../activities/mail/transport.ts';
import { createDeliver, createNotify } from '../../activities/notify.ts';
import { createNotifyAll } from '../../activities/notify-all.ts';
import { createStoredCommands } from '../../activities/stored-commands.ts';
import type { Undelivered } from '../../domain/agreement/command.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { type Postgres, startPostgres } from '../../embedded/postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { applyMigrations } from '../../prisma/migrate.ts';

const HOST = 'abide.example.com';
const CANARY = 'canary-7f3a@customer.example';
const NOW = Date.parse('2026-09-30T01:00:00Z');
const MINUTE_MS = 60_000;

let dataDir: string;
let postgres: Postgres;
let database: Database;
let transports: MailTransport[];
let nowMs: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'abide-notify-'));
  postgres = await startPostgres({ dataDir, durable: false, log: () => undefined });
  await applyMigrations(postgres.url);
  database = openDatabase(postgres.url);
});

afterAll(async () => {
  await database.$disconnect();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

beforeEach(() => {
  transports = [];
  nowMs = NOW;
});

afterEach(() => {
  for (const transport of transports) transport.close();
});

/** A mail server on loopback; `refuse` gives its answer to a recipient or to a text, as an SMTP code. */
async function mailServer(refuse: { recipient?: number; sender?: number; text?: number } = {}) {
  const mails: Email[] = [];
  const raw: string[] = [];
  const answer = (code: number | undefined) =>
    code === undefined ? null : Object.assign(new Error(`no such user <${CANARY}> here`), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 50, // the pools of the workers hold their connections
    onMailFrom: (_address, _session, done) => done(answer(refuse.sender)),
    onRcptTo: (_address, _session, done) => done(answer(refuse.recipient)),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1');
        if (refuse.text !== undefined) return done(answer(refuse.text));
        raw.push(text);
        void PostalMime.parse(Buffer.from(text, 'latin1')).then((mail) => {
          mails.push(mail);
          done();
        });
      });
    },
  });
  server.on('error', () => undefined); // connections that tests cut
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    raw,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

/** A server that takes the text up to its final dot and drops the line without an answer. */
async function droppingServer(): Promise<{ url: string; texts: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const state = { texts: 0 };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let inText = false;
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    socket.on('data', (data) => {
      const text = data.toString();
      if (inText) {
        if (!text.includes('\r\n.\r\n')) return;
        state.texts++;
        socket.destroy();
      } else if (text.startsWith('DATA')) {
        inText = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 fine\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get texts() {
      return state.texts;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An agreement with its people, and one recorded notice. */
async function recorded(change: Partial<Prisma.NoticeUncheckedCreateInput> = {}, email = CANARY): Promise<string> {
  const agreementId = randomUUID();
  const compiled = { ...sampleAgreement, id: agreementId };
  await database.agreement.create({
    data: {
      id: agreementId,
      template: compiled.template,
      status: 'active',
      zone: compiled.zone.id,
      draft: { parties: { A: { name: '上海华讯客户服务有限公司' }, B: { name: 'Yunfan Technology' } } },
      compiled: compiled as unknown as Prisma.InputJsonObject,
      createdAt: new Date(NOW),
    },
  });
  for (const [seat, language] of [
    ['A', 'zh'],
    ['B', 'en'],
  ] as const) {
    await database.seat.create({
      data: {
        agreement: { connect: { id: agreementId } },
        seat,
        party: seat,
        person: {
          create: {
            organisation: { create: { name: seat === 'A' ? '客服部' : '研发部' } },
            name: seat === 'A' ? '陈晓明' : 'Wenjing Li',
            email: seat === 'A' ? email : 'b@customer.example',
            language,
          },
        },
      },
    });
  }
  const id = `agreement/${agreementId}/n1`;
  await database.notice.create({
    data: {
      id,
      agreementId,
      number: 1,
      kind: 'reminder',
      seat: 'A',
      role: 'A',
      obligation: 'needs-analysis-report',
      rungs: ['before-7'],
      at: new Date(NOW),
      clauses: ['S001a-60'],
      act: 'submit',
      facts: { dueAtMs: Date.parse('2026-10-08T16:00:00Z'), localDate: '2026-10-08' },
      messageId: messageIdOf(id, HOST),
      ...change,
    },
  });
  return id;
}

class Killed extends Error {}

/** `notify` as one worker process has it; `killAt` ends the attempt there, as a kill would, without what comes after. */
function worker(smtpUrl: string, killAt?: KillPointName) {
  const transport = createMailTransport({ smtpUrl });
  transports.push(transport);
  const said: string[] = [];
  const log = (fields: object, message: string) => void said.push(JSON.stringify({ ...fields, message }));
  const deliver = createDeliver({
    database,
    transport,
    clock: () => nowMs,
    publicUrl: 'https://abide.example.com',
    from: `Abide <abide@${HOST}>`,
    titles: sampleTitles,
    killPoint: (name) => {
      if (name === killAt) throw new Killed(name);
    },
    log: { info: log, warn: log, error: log },
  });
  return { notify: createNotify(deliver), deliver, said };
}

const row = (id: string) => database.notice.findUniqueOrThrow({ where: { id } });

/** The failure of an attempt, as it would stand in a history. */
async function failure(attempt: Promise<unknown>): Promise<ApplicationFailure> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApplicationFailure)) throw new Error(`no application failure: ${String(error)}`);
  return error;
}

/** Nothing in a failure may name anybody: it is kept in histories. */
function expectNoWords(error: ApplicationFailure): void {
  const all = JSON.stringify([error.message, error.stack, error.type, error.details, error.cause]);
  expect(all).not.toMatch(/canary|customer\.example|陈晓明|no such user/);
  expect(error.cause).toBeUndefined();
}

test('a notice goes out once, whole, and a second run changes nothing', async () => {
  const server = await mailServer();
  const id = await recorded();
  const { notify, said } = worker(server.url);
  expect(await notify({ noticeId: id })).toBe('sent');
  const first = await row(id);
  nowMs += 10 * MINUTE_MS;
  expect(await notify({ noticeId: id })).toBe('sent');
  expect(await row(id)).toEqual(first);
  expect(first).toMatchObject({
    status: 'sent',
    attempts: 1,
    possibleDuplicate: false,
    address: CANARY,
    language: 'zh',
    subject: '请于北京时间 2026-10-08（周四）24:00 前提交《客户需求分析报告》',
    sentAt: new Date(NOW),
    failure: null,
  });

  expect(server.mails).toHaveLength(1);
  const [mail] = server.mails;
  const header = (key: string) => mail?.headers.find((entry) => entry.key === key)?.value;
  expect(mail?.to).toEqual([{ name: '陈晓明', address: CANARY }]);
  expect(mail?.from).toEqual({ name: 'Abide', address: `abide@${HOST}` });
  expect(mail?.subject).toBe(first.subject);
  expect(mail?.messageId).toBe(messageIdOf(id, HOST));
  const thread = threadIdOf(first, HOST);
  expect([mail?.inReplyTo, mail?.references]).toEqual([thread, thread]);
  expect(header('auto-submitted')).toBe('auto-generated');
  expect(header('list-unsubscribe')).toBeUndefined();
  expect(header('x-abide-redelivery')).toBeUndefined();
  expect(Date.parse(mail?.date ?? '')).toBe(NOW);
  for (const line of (server.raw[0] ?? '').split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);

  const token = /https:\/\/abide\.example\.com\/act\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
  expect(mail?.html).toContain(token);
  const links = await database.actionLink.findMany({ where: { noticeId: id } });
  expect(links).toHaveLength(1);
  expect(links[0]).toMatchObject({
    tokenHash: tokenHash(token),
    purpose: 'submit',
    obligation: 'needs-analysis-report',
    seat: 'A',
    personId: first.personId,
    revokedAt: null,
    expiresAt: new Date(Date.parse('2026-10-08T16:00:00Z') + 90 * 86_400_000),
  });
  expect(said.join('\n')).not.toMatch(/canary|陈晓明/);
  await server.close();
});

test.each(['notify:claimed', 'notify:link-created'] as const)(
  'a worker killed at %s: the next one sends, one link lives',
  async (point) => {
    const server = await mailServer();
    const id = await recorded();
    await expect(worker(server.url, point).notify({ noticeId: id })).rejects.toThrow();
    expect(server.mails).toHaveLength(0);
    const soon = await failure(worker(server.url).notify({ noticeId: id }));
    expect(soon.type).toBe('notice-claimed');
    nowMs += 2 * MINUTE_MS;
    expect(await worker(server.url).notify({ noticeId: id })).toBe('sent');
    expect(server.mails).toHaveLength(1);
    expect(await database.actionLink.count({ where: { noticeId: id, revokedAt: null } })).toBe(1);
    await server.close();
  },
);

test('a worker killed after the hand-over: once more, with the same Message-ID, and marked', async () => {
  const server = await mailServer();
  const id = await recorded();
  await expect(worker(server.url, 'notify:handed-over').notify({ noticeId: id })).rejects.toThrow();
  nowMs += 2 * MINUTE_MS;
  expect(await worker(server.url).notify({ noticeId: id })).toBe('sent');
  expect(await worker(server.url).notify({ noticeId: id })).toBe('sent');
  expect(server.mails.map(({ messageId }) => messageId)).toEqual([messageIdOf(id, HOST), messageIdOf(id, HOST)]);
  expect(server.mails[1]?.headers.find(({ key }) => key === 'x-abide-redelivery')?.value).toBe('2');
  expect(await row(id)).toMatchObject({ status: 'sent', attempts: 2, possibleDuplicate: true });
  const links = await database.actionLink.findMany({ where: { noticeId: id }, orderBy: { id: 'asc' } });
  expect(links.map(({ revokedAt }) => revokedAt !== null)).toEqual([true, false]);
  await server.close();
});

test('a worker killed after marking: nothing more goes out', async () => {
  const server = await mailServer();
  const id = await recorded();
  await expect(worker(server.url, 'notify:marked').notify({ noticeId: id })).rejects.toThrow();
  nowMs += 2 * MINUTE_MS;
  expect(await worker(server.url).notify({ noticeId: id })).toBe('sent');
  expect(server.mails).toHaveLength(1);
  expect((await row(id)).possibleDuplicate).toBe(false);
  await server.close();
});

test('two workers at once: one sends', async () => {
  const server = await mailServer();
  const id = await recorded();
  const results = await Promise.allSettled([
    worker(server.url).notify({ noticeId: id }),
    worker(server.url).notify({ noticeId: id }),
  ]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeLessThanOrEqual(1);
  for (const { reason } of refused) expect((reason as ApplicationFailure).type).toBe('notice-claimed');
  expect(server.mails).toHaveLength(1);
  await server.close();
});

test.each([{ recipient: 550 }, { recipient: 553 }, { text: 554 }])('refused for good: %o', async (refuse) => {
  const server = await mailServer(refuse);
  const id = await recorded();
  const { notify, said } = worker(server.url);
  expect(await notify({ noticeId: id })).toBe('refused');
  expect(await notify({ noticeId: id })).toBe('refused');
  expect(await row(id)).toMatchObject({
    status: 'refused',
    failure: `smtp-${Object.values(refuse)[0]}`,
    address: CANARY,
    sentAt: null,
    attempts: 1,
  });
  expect(await database.actionLink.count({ where: { noticeId: id, revokedAt: null } })).toBe(0);
  expect(said.join('\n')).not.toMatch(/canary/);
  await server.close();
});

test('refused for good is as unserved as a bounce: one task, and a command that the agreement takes', async () => {
  const server = await mailServer({ recipient: 550 });
  const id = await recorded();
  const { notify } = worker(server.url);
  await notify({ noticeId: id });
  nowMs += 10 * MINUTE_MS;
  await notify({ noticeId: id });
  const { agreementId } = await row(id);
  expect(await database.task.findMany({ where: { agreementId } })).toMatchObject([
    {
      kind: 'notice-bounced',
      key: `notice-bounced/${id}`,
      about: { noticeId: id, seat: 'A', noticeKind: 'reminder', code: 'smtp-550' },
      createdAt: new Date(NOW),
      doneAt: null,
    },
  ]);
  const commandId = `refused ${id}`;
  const commands = await database.command.findMany({ where: { agreementId } });
  expect(commands).toMatchObject([
    { id: commandId, type: 'undelivered', status: 'pending', receivedAt: new Date(NOW), outcome: null },
  ]);
  // The workflow may ask for it itself, and the agreement then knows that the notice is not served: also when it has ended.
  const [stored] = await createStoredCommands({ database })({ agreementId, beforeMs: NOW + 1 });
  expect(stored).toEqual(commands[0]?.command);
  const compiled = { ...sampleAgreement, id: agreementId };
  const state = initialState(compiled);
  for (const status of ['active', 'terminated'] as const) {
    expect(decide(stored as Undelivered, { ...state, status })).toMatchObject({
      events: [
        {
          type: 'notice-undelivered',
          noticeId: id,
          seat: 'A',
          kind: 'reminder',
          code: 'smtp-550',
          commandId,
          actor: { personId: 'postmaster', seat: 'postmaster', via: 'mail' },
        },
      ],
    });
  }
  await server.close();
});

test('a digest that is refused for good: a command for each notice, a task for each agreement', async () => {
  const server = await mailServer({ recipient: 550 });
  const id = await recorded();
  const other = await besides(id);
  expect(await together(worker(server.url).deliver, [id, other])).toEqual({ [id]: 'refused', [other]: 'refused' });
  const { agreementId } = await row(id);
  const commands = await database.command.findMany({ where: { agreementId } });
  expect(commands.map(({ command }) => (command as unknown as Undelivered).noticeId).sort()).toEqual(
    [id, other].sort(),
  );
  expect(await database.task.count({ where: { agreementId } })).toBe(1);
  await server.close();
});

test.each([
  [{ recipient: 421 }, 'smtp-421'],
  [{ recipient: 450 }, 'smtp-450'],
  [{ text: 452 }, 'smtp-452'],
  [{ sender: 550 }, 'smtp-550'],
  [{ recipient: 530 }, 'smtp-530'],
] as const)('refused for now: %o', async (refuse, code) => {
  const server = await mailServer(refuse);
  const id = await recorded();
  const error = await failure(worker(server.url).notify({ noticeId: id }));
  expect(error.type).toBe(code);
  expect(error.nonRetryable).toBeFalsy();
  expectNoWords(error);
  expect(await row(id)).toMatchObject({ status: 'queued', possibleDuplicate: false, claimedAt: null });
  await server.close();

  const cured = await mailServer();
  expect(await worker(cured.url).notify({ noticeId: id })).toBe('sent');
  expect(cured.mails).toHaveLength(1);
  expect((await row(id)).possibleDuplicate).toBe(false);
  await cured.close();
});

test('the mail server is away: retried under a code, and sent when it is back', async () => {
  const gone = await mailServer();
  await gone.close();
  const id = await recorded();
  const error = await failure(worker(gone.url).notify({ noticeId: id }));
  expect(error.type).toBe('smtp-unreachable');
  expectNoWords(error);
  const back = await mailServer();
  expect(await worker(back.url).notify({ noticeId: id })).toBe('sent');
  expect(await row(id)).toMatchObject({ attempts: 2, possibleDuplicate: false });
  await back.close();
});

test('the line drops after the final dot: one text an attempt, the next one marked', async () => {
  const dropping = await droppingServer();
  const id = await recorded();
  const error = await failure(worker(dropping.url).notify({ noticeId: id }));
  expect(error.type).toBe('smtp-interrupted');
  expectNoWords(error);
  expect(dropping.texts).toBe(1);
  expect(await row(id)).toMatchObject({ status: 'sending', possibleDuplicate: false });
  await dropping.close();
  const server = await mailServer();
  expect(await worker(server.url).notify({ noticeId: id })).toBe('sent');
  expect(await row(id)).toMatchObject({ status: 'sent', possibleDuplicate: true });
  expect(server.mails[0]?.headers.find(({ key }) => key === 'x-abide-redelivery')?.value).toBe('2');
  await server.close();
});

test.each([`${CANARY}\r\nBcc: all@customer.example`, `a b <${CANARY}>`, `${CANARY},other@customer.example`])(
  'an address that could forge a header or a second recipient is refused: %j',
  async (email) => {
    const server = await mailServer();
    const id = await recorded({}, email);
    expect(await worker(server.url).notify({ noticeId: id })).toBe('refused');
    expect((await row(id)).failure).toBe('recipient-invalid');
    expect(server.mails).toHaveLength(0);
    await server.close();
  },
);

test('nobody fills the seat: refused, and said so', async () => {
  const server = await mailServer();
  const id = await recorded({ seat: 'coordinator', role: 'copy', act: null });
  expect(await worker(server.url).notify({ noticeId: id })).toBe('refused');
  const { failure: code, agreementId } = await row(id);
  expect(code).toBe('seat-empty');
  // No bounce: the vacant seat is a task of its own.
  expect(await database.task.count({ where: { agreementId } })).toBe(0);
  expect(await database.command.count({ where: { agreementId } })).toBe(0);
  await server.close();
});

test('a notice that is not there, and a database that is away, are retried without words', async () => {
  const server = await mailServer();
  const error = await failure(worker(server.url).notify({ noticeId: `agreement/${CANARY}/n1` }));
  expect(error.type).toBe('notice-unknown');
  expectNoWords(error);

  const away = openDatabase('postgresql://nobody:secret@127.0.0.1:1/abide');
  const transport = createMailTransport({ smtpUrl: server.url });
  transports.push(transport);
  const said: string[] = [];
  const log = (fields: object, message: string) => void said.push(JSON.stringify({ ...fields, message }));
  const deliver = createDeliver({
    database: away,
    transport,
    clock: () => nowMs,
    publicUrl: 'https://abide.example.com',
    from: `abide@${HOST}`,
    titles: sampleTitles,
    killPoint: () => undefined,
    log: { info: log, warn: log, error: log },
  });
  const lost = await failure(createNotify(deliver)({ noticeId: 'agreement/x/n1' }));
  expect(lost.message).toBe('the notice could not be prepared or marked');
  expect(JSON.stringify([lost.message, lost.stack, said])).not.toMatch(/secret|nobody/);
  await away.$disconnect();
  await server.close();
});

test('a written notice of the contract: when the server of its address accepted it is told, on every attempt', async () => {
  const server = await mailServer();
  const serves = { kind: 'breach-notice', facts: { serves: 'breach-1', about: 'breach-1', by: 'B', against: 'A' } };
  const id = await recorded({ ...serves, act: null, rungs: [] });
  const reminder = await besides(id);
  const all = createNotifyAll(worker(server.url).deliver, { heartbeat: () => undefined });
  const served = [{ noticeId: id, serves: 'breach-1', seat: 'A', sentAtMs: NOW }];
  expect(await all({ noticeIds: [id, reminder] })).toEqual(served);
  nowMs += 10 * MINUTE_MS;
  expect(await all({ noticeIds: [id] })).toEqual(served); // a retry, or the next run
  expect(await all({ noticeIds: [reminder] })).toBeUndefined();
  expect(server.mails).toHaveLength(2);
  await database.notice.update({ where: { id }, data: { status: 'bounced', bouncedAt: new Date(nowMs) } });
  expect(await all({ noticeIds: [id] })).toBeUndefined();
  await server.close();
});

test('a written notice that the server refuses is not served', async () => {
  const server = await mailServer({ recipient: 550 });
  const id = await recorded({ kind: 'termination-notice', facts: { serves: 'termination-1' }, act: null, rungs: [] });
  const all = createNotifyAll(worker(server.url).deliver, { heartbeat: () => undefined });
  expect(await all({ noticeIds: [id] })).toBeUndefined();
  expect(await row(id)).toMatchObject({ status: 'refused' });
  await server.close();
});

test('a written notice goes to nobody in place of the side that it is served on', async () => {
  const server = await mailServer();
  const id = await recorded({ kind: 'breach-notice', facts: { serves: 'breach-1' }, act: null, rungs: [] });
  const { agreementId } = await row(id);
  const where = { agreementId_seat: { agreementId, seat: 'A' } };
  const { personId } = await database.seat.delete({ where });
  await database.seat.create({ data: { agreementId, seat: 'coordinator', personId } });
  const all = createNotifyAll(worker(server.url).deliver, { heartbeat: () => undefined });
  expect(await all({ noticeIds: [id] })).toBeUndefined();
  expect(await row(id)).toMatchObject({ status: 'refused', failure: 'seat-empty' });
  expect(server.mails).toHaveLength(0);
  await server.close();
});

test('a summary carries a link for everything that it asks for', async () => {
  const server = await mailServer();
  const id = await recorded({
    kind: 'summary',
    obligation: null,
    act: null,
    rungs: [],
    facts: {
      missed: [
        { obligation: 'needs-analysis-report', rungs: ['before-1'], localDate: '2026-10-08', review: false },
        { obligation: 'process-plan', rungs: ['due'], localDate: '2026-11-09', review: true },
      ],
    },
  });
  expect(await worker(server.url).notify({ noticeId: id })).toBe('sent');
  const links = await database.actionLink.findMany({ where: { noticeId: id }, orderBy: { obligation: 'asc' } });
  expect(links.map(({ purpose, obligation }) => [purpose, obligation])).toEqual([
    ['submit', 'needs-analysis-report'],
    ['review', 'process-plan'],
  ]);
  expect(new Set(server.mails[0]?.text?.match(/\/act\/[\w-]{43}/g))).toHaveLength(2);
  await server.close();
});

/** Another notice of the same agreement, for the same morning. */
async function besides(id: string, change: Partial<Prisma.NoticeUncheckedCreateInput> = {}): Promise<string> {
  const first = await row(id);
  const number = (await database.notice.count({ where: { agreementId: first.agreementId } })) + 1;
  const other = `agreement/${first.agreementId}/n${number}`;
  await database.notice.create({
    data: {
      id: other,
      agreementId: first.agreementId,
      number,
      kind: 'reminder',
      seat: 'A',
      role: 'A',
      obligation: 'process-plan',
      rungs: ['before-7'],
      at: new Date(NOW),
      clauses: ['S001a-61'],
      act: 'submit',
      facts: { dueAtMs: Date.parse('2026-10-07T16:00:00Z'), localDate: '2026-10-07' },
      messageId: messageIdOf(other, HOST),
      ...change,
    },
  });
  return other;
}

/** All of them handed over together, as `notifyAll` does. */
async function together(deliver: ReturnType<typeof worker>['deliver'], ids: string[]): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  await deliver(ids, (id, outcome) => {
    outcomes[id] = typeof outcome === 'string' ? outcome : (outcome.type ?? '');
  });
  return outcomes;
}

test('reminders to one person for one morning are one mail, the earliest first, each with its own link and row', async () => {
  const server = await mailServer();
  const id = await recorded();
  const other = await besides(id);
  expect(await together(worker(server.url).deliver, [id, other])).toEqual({ [id]: 'sent', [other]: 'sent' });
  expect(server.mails).toHaveLength(1);
  const [mail] = server.mails;
  expect(mail?.subject).toBe('2 项事项请及时办理，最早一项的期限为北京时间 2026-10-07（周三）24:00');
  const text = mail?.text ?? '';
  expect(text.indexOf('服务流程优化方案')).toBeLessThan(text.indexOf('客户需求分析报告'));
  expect(new Set(text.match(/\/act\/[\w-]{43}/g))).toHaveLength(2);
  expect(mail?.html?.match(/class="link"/g)).toHaveLength(2);
  const rows = [await row(id), await row(other)];
  expect(rows.map(({ subject }) => subject)).toEqual([
    '请于北京时间 2026-10-08（周四）24:00 前提交《客户需求分析报告》',
    '请于北京时间 2026-10-07（周三）24:00 前提交《服务流程优化方案》',
  ]);
  expect(rows.map(({ messageId }) => messageId)).toEqual([mail?.messageId, mail?.messageId]);
  expect(rows.map(({ carriedBy }) => carriedBy)).toEqual([null, id]);
  await server.close();
});

test('a copy is not mixed with what asks for an act, nor another moment with this one', async () => {
  const server = await mailServer();
  const id = await recorded();
  const copy = await besides(id, { role: 'copy', act: null });
  const later = await besides(id, { at: new Date(NOW + MINUTE_MS) });
  await together(worker(server.url).deliver, [id, copy, later]);
  expect(server.mails).toHaveLength(3);
  await server.close();
});

test('the same morning in another agreement joins; its own turn finds it sent', async () => {
  const server = await mailServer();
  const [id, other] = [await recorded(), await recorded()];
  const person = (
    await database.seat.findFirstOrThrow({ where: { agreementId: (await row(id)).agreementId, seat: 'A' } })
  ).personId;
  const where = { agreementId_seat: { agreementId: (await row(other)).agreementId, seat: 'A' } };
  await database.seat.update({ where, data: { personId: person } });
  const { deliver } = worker(server.url);
  expect(await together(deliver, [id])).toEqual({ [id]: 'sent' });
  expect(await together(deliver, [other])).toEqual({ [other]: 'sent' });
  expect(server.mails).toHaveLength(1);
  expect((await row(other)).carriedBy).toBe(id);
  await server.close();
});

test('a deputy’s reminders of another agreement join too, apart from their own', async () => {
  const server = await mailServer();
  const ids = [await recorded(), await recorded(), await recorded()];
  const agreements = await Promise.all(ids.map(async (id) => (await row(id)).agreementId));
  const [absentId, , deputyId] = await Promise.all(
    agreements.map(
      async (agreementId) =>
        (await database.seat.findUniqueOrThrow({ where: { agreementId_seat: { agreementId, seat: 'A' } } })).personId,
    ),
  );
  if (!absentId || !deputyId) throw new Error('seats are filled');
  for (const agreementId of agreements.slice(0, 2)) {
    const where = { agreementId_seat: { agreementId, seat: 'A' } };
    await database.seat.update({ where, data: { personId: absentId } });
    await database.delegation.create({
      data: {
        id: `agreement/${agreementId}/d1`,
        agreementId,
        seat: 'A',
        absentId,
        deputyId,
        from: '2026-09-28',
        until: '2026-10-02',
        obligations: [],
      },
    });
  }
  await together(worker(server.url).deliver, ids.slice(0, 1));
  const rows = await Promise.all(ids.map(row));
  expect(rows.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
  expect(rows.map(({ deputyFor }) => deputyFor)).toEqual([absentId, absentId, null]);
  expect(rows.map(({ carriedBy }) => carriedBy)).toEqual([null, ids[0], null]);
  expect(server.mails).toHaveLength(2);
  expect(server.mails.map(({ text }) => text).join()).toContain('您在本协议中的身份：甲方（代理陈晓明）');
  await server.close();
});

test('a digest that was under way at a kill leaves again whole, with the same Message-ID, whoever asks', async () => {
  const server = await mailServer();
  const id = await recorded();
  const other = await besides(id);
  await together(worker(server.url, 'notify:handed-over').deliver, [id, other]);
  expect(server.mails).toHaveLength(1);
  nowMs += 2 * MINUTE_MS;
  expect(await together(worker(server.url).deliver, [other])).toEqual({ [other]: 'sent' });
  expect(await together(worker(server.url).deliver, [id])).toEqual({ [id]: 'sent' });
  expect(server.mails.map(({ messageId }) => messageId)).toEqual([messageIdOf(id, HOST), messageIdOf(id, HOST)]);
  expect(server.mails[1]?.subject).toBe(server.mails[0]?.subject);
  for (const one of [id, other]) expect(await row(one)).toMatchObject({ status: 'sent', possibleDuplicate: true });
  await server.close();
});

test('a digest that was refused for now is undone, and the next attempt makes it anew', async () => {
  const busy = await mailServer({ recipient: 450 });
  const id = await recorded();
  const other = await besides(id);
  expect(await together(worker(busy.url).deliver, [id, other])).toEqual({ [id]: 'smtp-450', [other]: 'smtp-450' });
  await busy.close();
  expect(await row(other)).toMatchObject({ status: 'queued', carriedBy: null, messageId: messageIdOf(other, HOST) });
  const server = await mailServer();
  await together(worker(server.url).deliver, [id, other]);
  expect(server.mails).toHaveLength(1);
  expect(await database.actionLink.count({ where: { noticeId: { in: [id, other] }, revokedAt: null } })).toBe(2);
  await server.close();
});
