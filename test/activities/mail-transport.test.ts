import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { renderNotice } from '../../activities/mail/notice-mail.ts';
import { createPace } from '../../activities/mail/pace.ts';
import { samples } from '../../activities/mail/samples.ts';
import { type Mail, createMailTransport } from '../../activities/mail/transport.ts';

const MAIL: Mail = {
  from: { name: 'Abide', address: 'abide@abide.example.com' },
  to: { name: '陈晓明', address: 'a@customer.example' },
  subject: '请于北京时间 2026-10-08（周四）24:00 前提交《客户需求分析报告》',
  text: '您好\n',
  html: '<p>您好</p>',
  language: 'zh',
  messageId: '<one@abide.example.com>',
  thread: '<thread@abide.example.com>',
  atMs: Date.parse('2026-09-30T01:00:00Z'),
  headers: {},
};

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A mail server that keeps what it was given, byte by byte. */
async function sink(): Promise<{ url: string; raw: string[]; connections: () => number }> {
  const raw: string[] = [];
  let open = 0;
  let most = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 50,
    onConnect(_session, done) {
      open += 1;
      most = Math.max(most, open);
      done();
    },
    onClose: () => void (open -= 1),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        raw.push(Buffer.concat(chunks).toString('latin1'));
        setTimeout(done, 5);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, raw, connections: () => most };
}

/** DKIM's relaxed canonical form of a header (RFC 6376 3.4.2). */
function relaxed(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${header.slice(0, colon).toLowerCase().trim()}:${value}`;
}

test('DKIM: the signature is over these headers and this body, by the key that was given', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const server = await sink();
  const dkim = { domain: 'abide.example.com', selector: 'notices', privateKey };
  const transport = createMailTransport({ smtpUrl: server.url, dkim });
  ends.push(() => transport.close());
  await transport.send(MAIL);

  const [raw = ''] = server.raw;
  const split = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, split).split(/\r\n(?![ \t])/);
  const body = raw.slice(split + 4);
  const signature = headers.find((header) => /^dkim-signature:/i.test(header)) ?? '';
  const tags = Object.fromEntries(
    relaxed(signature)
      .slice('dkim-signature:'.length)
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')]),
  );
  expect(tags).toMatchObject({ d: 'abide.example.com', s: 'notices', a: 'rsa-sha256', c: 'relaxed/relaxed' });

  const relaxedBody = body
    .replace(/[ \t]+(?=\r\n)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '\r\n');
  expect(createHash('sha256').update(relaxedBody, 'latin1').digest('base64')).toBe(tags['bh']);

  const signed = (tags['h'] ?? '').split(':').map((name) => {
    const found = headers.findLast((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return found === undefined ? undefined : relaxed(found);
  });
  for (const name of ['from', 'to', 'subject', 'date', 'message-id']) {
    expect(signed.some((header) => header?.startsWith(`${name}:`))).toBe(true);
  }
  const unsigned = relaxed(signature).replace(/(;\s*b=)[^;]*/, '$1');
  const text = [...signed.filter((header) => header !== undefined), unsigned].join('\r\n');
  const verifier = createVerify('RSA-SHA256').update(Buffer.from(text, 'latin1'));
  expect(verifier.verify(publicKey, tags['b'] ?? '', 'base64')).toBe(true);
});

test('no kind of notice offers to unsubscribe: a contract is no newsletter', async () => {
  const server = await sink();
  const transport = createMailTransport({ smtpUrl: server.url });
  ends.push(() => transport.close());
  const all = samples('en');
  await Promise.all(
    all.map(({ name, input }) => transport.send({ ...MAIL, ...renderNotice(input), messageId: `<${name}@x.example>` })),
  );
  expect(server.raw).toHaveLength(all.length);
  for (const raw of server.raw) {
    expect(raw).not.toMatch(/^list-unsubscribe/im);
    expect(raw).toMatch(/^in-reply-to: <thread@abide\.example\.com>/im);
    expect(raw).toMatch(/^references: <thread@abide\.example\.com>/im);
  }
});

test('without a key nothing is signed; the pool opens no more connections than it may', async () => {
  const server = await sink();
  const transport = createMailTransport({ smtpUrl: server.url, maxConnections: 2 });
  ends.push(() => transport.close());
  await Promise.all(Array.from({ length: 8 }, (_, n) => transport.send({ ...MAIL, messageId: `<${n}@x.example>` })));
  expect(server.raw).toHaveLength(8);
  expect(server.raw.join('')).not.toMatch(/dkim-signature/i);
  expect(server.connections()).toBe(2);
});

describe("a provider's rate", () => {
  /** Takes what it may until `mails` have left. @returns the minute's millisecond of each */
  async function leave(perMinute: number | undefined, mails: number, wanted: number): Promise<number[]> {
    let nowMs = 0;
    const pace = createPace(
      perMinute,
      () => nowMs,
      (ms) => Promise.resolve(void (nowMs += ms)),
    );
    const left: number[] = [];
    while (left.length < mails) {
      const places = await pace.take(Math.min(wanted, mails - left.length));
      expect(places).toBeGreaterThan(0);
      left.push(...Array.from({ length: places }, () => nowMs));
    }
    return left;
  }

  test('without one, everything leaves at once', async () => {
    expect(await leave(undefined, 40, 20)).toEqual(Array.from({ length: 40 }, () => 0));
  });

  test('30 a minute: one every two seconds, however many wait', async () => {
    expect(await leave(30, 5, 20)).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
  });

  test('no minute ever sees more than the rate and one second of it', async () => {
    const left = await leave(600, 2_000, 20);
    for (const [index, ms] of left.entries()) {
      const within = left.filter((other, at) => at <= index && other > ms - 60_000).length;
      expect(within).toBeLessThanOrEqual(610);
    }
    expect(left.at(-1)).toBeLessThanOrEqual(200_000);
  });
});
