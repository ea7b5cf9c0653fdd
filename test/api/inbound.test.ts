import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMarker } from '../../activities/notice-claims.ts';
import { messageIdOf } from '../../activities/mail/message-id.ts';
import { arrived } from '../../domain/agreement/service.ts';
import { readReport } from '../../api/inbound/report.ts';
import { receipt } from '../../api/routes/inbound.ts';
import type { RunningApi } from '../../api/server.ts';
import { DRAFT, type Desk, ask, inForce, openDesk } from './desk.ts';
import { act, draftOf, lifeOf, started } from './life-desk.ts';

const KEY = 'the-mail-server-knocks';
const CANARY = 'canary-lihua@a.example';

let desk: Desk;
let api: RunningApi;

beforeAll(async () => {
  desk = await openDesk();
  api = await desk.another({ config: { ...desk.deps.config, inboundKey: KEY } });
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const crlf = (...lines: string[]): string => lines.join('\r\n');

/** A delivery report as Postfix writes it (RFC 3464), with the returned headers. */
function dsn({
  action = 'failed',
  status = '5.1.1',
  messageId,
  returned = 'text/rfc822-headers',
}: {
  action?: string;
  status?: string;
  messageId: string;
  returned?: string;
}): string {
  return crlf(
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'Subject: =?unknown-8bit?q?=FF=FE?= Undelivered Mail',
    'To: abide@example.com',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=no-such-charset',
    '',
    `<${CANARY}>: host mx.a.example said: 550 no such user`,
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${CANARY}`,
    `Action: ${action}`,
    `Status: ${status} (bad`,
    '  destination)',
    `Diagnostic-Code: smtp; 550 ${CANARY} unknown`,
    '',
    '--b1',
    `Content-Type: ${returned}`,
    '',
    'From: Abide <abide@example.com>',
    `Message-Id: ${messageId}`,
    'Subject: hand in',
    '',
    '--b1--',
    '',
  );
}

/** A complaint of a mailbox provider (RFC 5965). */
function arf(messageId: string): string {
  return crlf(
    'From: feedback@isp.example',
    'Subject: FW: complaint',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b2"',
    '',
    '--b2',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '--b2',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: SomeGenerator/1.0',
    'Version: 1',
    '',
    '--b2',
    'Content-Type: message/rfc822',
    'Content-Disposition: inline',
    '',
    `Message-ID: ${messageId}`,
    'Subject: hand in',
    '',
    'Message-ID: <not@this.one>',
    '--b2--',
    '',
  );
}

async function handIn(raw: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/api/inbound/mail`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'message/rfc822', ...headers },
    body: raw as string,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A notice that went out. */
async function sentNotice({ agreementId: known, ...change }: Record<string, unknown> & { agreementId?: string } = {}) {
  const agreementId = known ?? (await inForce(desk));
  const id = `agreement/${agreementId}/n900`;
  const data = {
    id,
    agreementId,
    number: 900,
    kind: 'reminder',
    seat: 'A',
    role: 'responsible',
    facts: {},
    clauses: [],
  };
  const at = new Date(desk.now.ms);
  const messageId = messageIdOf(id, 'example.com');
  return desk.database.notice.create({ data: { ...data, at, sentAt: at, messageId, status: 'sent', ...change } });
}

test('a failure makes the notice not served: row, history, task; the same mail again is one', async () => {
  const notice = await sentNotice();
  const raw = dsn({ messageId: notice.messageId });
  const id = createHash('sha256').update(raw).digest('hex');
  const first = await handIn(raw);
  expect(receipt.parse(first.body)).toEqual({ id, kind: 'delivery-failed', code: '5.1.1', notices: 1 });

  const bounced = { status: 'bounced', bouncedAt: new Date(desk.now.ms), failure: '5.1.1' };
  expect(await desk.database.notice.findUniqueOrThrow({ where: { id: notice.id } })).toMatchObject(bounced);
  const [command] = await desk.database.command.findMany({
    where: { agreementId: notice.agreementId, type: 'undelivered' },
  });
  await desk.record(command!.id);
  const events = await desk.database.event.findMany({
    where: { agreementId: notice.agreementId, type: 'notice-undelivered' },
  });
  expect(events.map(({ actor, body }) => [actor, JSON.parse(body)])).toMatchObject([
    [
      { personId: 'postmaster', seat: 'postmaster', via: 'mail' },
      { noticeId: notice.id, seat: 'A', kind: notice.kind, code: '5.1.1' },
    ],
  ]);
  desk.now.ms += 60_000;
  expect((await handIn(raw)).status).toBe(200);
  expect((await handIn(dsn({ messageId: notice.messageId, status: '5.7.1' }))).status).toBe(200);
  expect(await desk.database.notice.findUniqueOrThrow({ where: { id: notice.id } })).toMatchObject(bounced);
  expect(await desk.database.inboundMail.count({ where: { noticeId: notice.id } })).toBe(2);
  const tasks = await desk.database.task.findMany({ where: { agreementId: notice.agreementId } });
  expect(tasks).toMatchObject([
    { kind: 'notice-bounced', about: { noticeId: notice.id, seat: 'A', noticeKind: notice.kind, code: '5.1.1' } },
  ]);
});

/** A contract whose analysis is late, and the mail by which B gave notice of that on 2026-10-09: the server took it at 10:01. */
async function breachServed() {
  const terms = { contractTotal: '1000000.00', negotiationDays: 15 };
  const { parties, coordinator } = DRAFT;
  const agreementId = await started(desk, { ...draftOf('service-attachments@2', terms), parties, coordinator });
  for (const as of ['A', 'B']) await act(desk, agreementId, '/signatures', { as });
  desk.now.ms = Date.parse('2026-10-09T00:00:00+08:00');
  await desk.tick(agreementId);
  desk.now.ms = Date.parse('2026-10-09T10:00:00+08:00');
  const given = { as: 'B', notice: 'breach', breach: 'needs-analysis-report', reason: '报告逾期' };
  await act(desk, agreementId, '/formal-notices', given);
  desk.now.ms += 60_000;
  const mail = await sentNotice({ agreementId, kind: 'breach-notice', facts: { serves: 'breach-1' } });
  const served = arrived({ noticeId: mail.id, serves: 'breach-1', seat: 'A', sentAtMs: desk.now.ms });
  const row = { id: served.id, agreementId, type: served.type, receivedAt: new Date(desk.now.ms) };
  await desk.database.command.create({ data: { ...row, command: { ...served, actor: { ...served.actor } } } });
  await desk.record(served.id);
  return mail;
}

test('a written notice that bounces was not received: its period is taken back, one task more, also while the engine is away', async () => {
  const mail = await breachServed();
  const { agreementId } = mail;
  expect((await lifeOf(desk, agreementId)).breaches).toMatchObject([
    { status: 'negotiating', servedOn: '2026-10-09', due: { localDate: '2026-10-26' } }, // 10-24 is a Saturday
  ]);
  desk.now.ms = Date.parse('2026-10-12T10:00:00+08:00');
  const raw = dsn({ messageId: mail.messageId });
  await handIn(raw);
  await handIn(raw);
  const stored = await desk.database.command.findMany({ where: { agreementId, type: 'undelivered' } });
  expect(stored).toMatchObject([{ status: 'pending', command: { noticeId: mail.id, serves: 'breach-1' } }]);
  await desk.record(stored[0]!.id);

  expect((await lifeOf(desk, agreementId)).breaches).toMatchObject([{ status: 'notified', servedOn: null, due: null }]);
  const tasks = await desk.database.task.findMany({ where: { agreementId }, orderBy: { kind: 'asc' } });
  expect(tasks.map(({ kind, key }) => [kind, key])).toEqual([
    ['notice-bounced', `notice-bounced/${mail.id}`],
    ['service-failed', `service-failed/${mail.id}`],
  ]);
  const about = { noticeId: mail.id, seat: 'A', serves: 'breach-1', noticeKind: 'breach-notice', code: '5.1.1' };
  expect(tasks.map((task) => task.about)).toEqual([about, about]);
  // Told again of the same mail by another report, nothing more happens.
  await handIn(dsn({ messageId: mail.messageId, status: '5.7.1' }));
  const again = await desk.database.command.findMany({
    where: { agreementId, type: 'undelivered', status: 'pending' },
  });
  for (const { id } of again) await desk.record(id);
  expect(again).toHaveLength(1);
  expect(await desk.database.event.count({ where: { agreementId, type: 'service-failed' } })).toBe(1);
  expect(await desk.database.task.count({ where: { agreementId } })).toBe(2);
});

test('what a process left half-way is finished by the same mail', async () => {
  const notice = await sentNotice();
  const raw = dsn({ messageId: notice.messageId });
  // As if it had died between the transaction and the command.
  await handIn(raw);
  await desk.database.command.deleteMany({ where: { agreementId: notice.agreementId, type: 'undelivered' } });
  await handIn(raw);
  expect(await desk.database.command.count({ where: { agreementId: notice.agreementId, type: 'undelivered' } })).toBe(
    1,
  );
});

test('a relay that gave the mail a Message-ID of its own is understood', async () => {
  const notice = await sentNotice();
  const raw = dsn({ messageId: `<0100018@email.amazonses.com>\r\nX-Abide-Message-ID: ${notice.messageId}` });
  expect((await handIn(raw)).body).toMatchObject({ kind: 'delivery-failed', notices: 1 });
});

test('a bounce that comes before its notice was marked as sent stays one', async () => {
  const notice = await sentNotice({ status: 'sending', sentAt: null });
  await handIn(dsn({ messageId: notice.messageId }));
  const { personId } = await desk.database.seat.findFirstOrThrow({
    where: { agreementId: notice.agreementId, seat: 'A' },
  });
  const { id } = notice;
  const sent = {
    id,
    sentAtMs: desk.now.ms,
    personId,
    deputyFor: null,
    address: 'a@a.example',
    language: 'zh',
    subject: 's',
  };
  await createMarker(desk.database, desk.deps.log)([sent]);
  expect(await desk.database.notice.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'bounced',
    failure: '5.1.1',
    address: 'a@a.example',
    sentAt: new Date(desk.now.ms),
  });
});

test('a digest that bounces takes along all notices that it carried', async () => {
  const carrier = await sentNotice();
  const other = await sentNotice({ carriedBy: carrier.id });
  const { body } = await handIn(dsn({ messageId: carrier.messageId, returned: 'message/rfc822' }));
  expect(body).toMatchObject({ kind: 'delivery-failed', notices: 2 });
  const rows = await desk.database.notice.findMany({ where: { id: { in: [carrier.id, other.id] } } });
  expect(rows.map(({ status }) => status)).toEqual(['bounced', 'bounced']);
  expect(await desk.database.task.count({ where: { agreementId: other.agreementId } })).toBe(1);
});

test.each([
  ['a delay is noted', 'delayed', '4.4.1', { kind: 'delivery-delayed', code: '4.4.1' }],
  ['a delivery is noted', 'delivered', '2.0.0', { kind: 'delivered', code: '2.0.0' }],
])('%s, and the notice counts as served', async (_name, action, status, read) => {
  const notice = await sentNotice();
  const { body } = await handIn(dsn({ messageId: notice.messageId, action, status }));
  expect(body).toMatchObject({ ...read, notices: 1 });
  expect(await desk.database.notice.findUniqueOrThrow({ where: { id: notice.id } })).toMatchObject({ status: 'sent' });
  expect(await desk.database.task.count({ where: { agreementId: notice.agreementId } })).toBe(0);
});

test('a complaint is a task and no bounce', async () => {
  const notice = await sentNotice();
  expect((await handIn(arf(notice.messageId))).body).toMatchObject({ kind: 'complaint', code: 'abuse', notices: 1 });
  expect(await desk.database.notice.findUniqueOrThrow({ where: { id: notice.id } })).toMatchObject({ status: 'sent' });
  expect(await desk.database.task.findMany({ where: { agreementId: notice.agreementId } })).toMatchObject([
    { kind: 'complaint', about: { noticeId: notice.id, code: 'abuse' } },
  ]);
});

test('a mail of no known form is a task only where it names one of ours', async () => {
  const notice = await sentNotice();
  const before = await desk.database.task.count();
  const text = (...lines: string[]) => crlf('From: x@y.example', 'Subject: failure notice', '', ...lines, '');
  expect((await handIn(text('Buy now', '<someone@else.example>'))).body).toMatchObject({ kind: 'other', notices: 0 });
  expect(await desk.database.task.count()).toBe(before);
  const qmail = text(
    'Hi. This is the qmail-send program.',
    '',
    '--- Below this line is a copy',
    `Message-ID: ${notice.messageId}`,
  );
  expect((await handIn(qmail)).body).toMatchObject({ kind: 'other', notices: 1 });
  expect(await desk.database.task.findMany({ where: { agreementId: notice.agreementId } })).toMatchObject([
    { kind: 'mail-returned' },
  ]);
  expect(await desk.database.notice.findUniqueOrThrow({ where: { id: notice.id } })).toMatchObject({ status: 'sent' });
});

test('only the mail server hands in, only mails, none too large; nothing of a mail is logged', async () => {
  const raw = dsn({ messageId: '<nobody@example.com>' });
  expect((await handIn(raw, { Authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await handIn(raw, { 'Content-Type': 'text/plain' })).body.type).toBe('urn:abide:unsupported-media-type');
  expect((await handIn(new Uint8Array(1024 * 1024 + 1))).body.type).toBe('urn:abide:upload-too-large');
  // The key opens nothing else.
  expect((await ask(api, 'GET', '/agreements', undefined, { Authorization: `Bearer ${KEY}` })).status).toBe(403);
  expect((await handIn(raw)).status).toBe(200);
  expect(desk.log.join('')).not.toMatch(/canary|MAILER|550 /);
  expect(JSON.stringify(await desk.database.inboundMail.findMany())).not.toMatch(/canary/);
});

test('a flood waits', async () => {
  const key = await desk.database.rateLimiterFlexible.findFirstOrThrow({ where: { key: { startsWith: 'inbound' } } });
  await desk.database.rateLimiterFlexible.update({ where: { key: key.key }, data: { points: 600 } });
  expect(await handIn('Subject: one more\r\n\r\n')).toMatchObject({
    status: 429,
    body: { type: 'urn:abide:too-many-attempts' },
  });
});

test.each<[string, () => string | Uint8Array]>([
  ['nothing', () => ''],
  ['noise', () => new Uint8Array(100_000).map((_, at) => (at * 7919) % 256)],
  ['a header of a megabyte', () => `Subject: ${'x'.repeat(1_000_000)}\r\n\r\n`],
  ['headers folded without end', () => `Subject: a\r\n${' b\r\n'.repeat(200_000)}\r\n`],
  [
    'parts in parts',
    () =>
      Array.from({ length: 2000 }, (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`).join(
        '',
      ),
  ],
  ['mails in mails', () => 'Content-Type: message/rfc822\r\n\r\n'.repeat(20_000)],
  ['brackets', () => `Subject: x\r\n\r\n${'<a@'.repeat(300_000)}`],
  ['flowed lines', () => `Content-Type: text/plain; format=flowed\r\n\r\n${'a \r\n'.repeat(200_000)}`],
  ['line breaks in HTML', () => `Content-Type: text/html\r\n\r\n${'\n'.repeat(65_000)}x`],
  ['the same, its type in disguise', () => `Content-Type: text/(a)"h"tml\r\n\r\n${' \n'.repeat(32_000)}x`],
  ['tags in HTML', () => `Content-Type: text/html\r\n\r\n${'<'.repeat(65_000)}`],
  ['fields without end', () => crlf('Content-Type: message/delivery-status', '', 'Action: failed\r\n'.repeat(60_000))],
])('hostile input is read in no time: %s', async (_name, make) => {
  const made = make();
  const raw = typeof made === 'string' ? Buffer.from(made) : made;
  const began = performance.now();
  const report = await readReport(raw);
  expect(report.messageIds).toEqual([]);
  expect(performance.now() - began).toBeLessThan(500);
});

test.each([
  ['plain', 'text/plain', (id: string) => id],
  ['HTML', 'text/html; charset=utf-8', (id: string) => `<p>${id.replace('<', '&lt;').replace('>', '&gt;')}</p>`],
])('a mail returned as %s words names its notice', async (_name, type, write) => {
  const raw = crlf(`Content-Type: ${type}`, '', 'Below is a copy.', write('<n1@example.com>'), '');
  expect(await readReport(Buffer.from(raw))).toEqual({ kind: 'other', code: null, messageIds: ['<n1@example.com>'] });
});

test('a report inside of a forwarded mail is none, and a list of names is cut', async () => {
  const inner = dsn({ messageId: '<inner@example.com>' });
  const forwarded = crlf(
    'Subject: Fwd',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="f"',
    '',
    '--f',
    'Content-Type: message/rfc822',
    '',
    inner,
    '--f--',
    '',
  );
  expect(await readReport(Buffer.from(forwarded))).toMatchObject({ kind: 'other' });
  const many = Array.from({ length: 500 }, () => `<${randomUUID()}@example.com>`).join(' ');
  const { messageIds } = await readReport(Buffer.from(crlf('Subject: x', `References: ${many}`, '', '')));
  expect(messageIds.length).toBe(20);
});
