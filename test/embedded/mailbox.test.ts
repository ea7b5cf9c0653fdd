import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMailbox, type Mail } from '../../embedded/mailbox.ts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-mailbox-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function mail(smtpUrl: string, options: SendMailOptions): Promise<{ response: string }> {
  const transport = createTransport(smtpUrl);
  return transport
    .sendMail({ from: 'Abide <abide@localhost>', ...options })
    .finally(() => transport.close()) as Promise<{ response: string }>;
}

test(
  'a mail is taken, kept over a restart, and shown in both languages without running anything',
  { timeout: 30_000 },
  async () => {
    const first = await startMailbox({ dir: folder, smtpPort: 0, httpPort: 0, log });
    await mail(first.smtpUrl, {
      to: 'Li Wei <li.wei@example.com>',
      bcc: 'coordinator@example.com',
      subject: '提醒：需求分析报告 <b>明天</b>到期',
      text: '请打开 https://abide.example.com/act/abc?x=1&y=2 提交。',
      html: '<p>请<a href="https://abide.example.com/act/abc">提交</a></p><script>alert(1)</script>',
      messageId: '<agreement.1.n1@abide>',
    });
    await first.stop();

    const second = await startMailbox({ dir: folder, smtpPort: 0, httpPort: 0, log });
    await mail(second.smtpUrl, { to: 'b@example.com', subject: 'Second', text: 'later' });
    const mails = await second.messages();
    expect(mails.map(({ subject }) => subject)).toEqual(['Second', '提醒：需求分析报告 <b>明天</b>到期']);
    expect(mails[1]).toMatchObject({
      from: 'Abide <abide@localhost>',
      to: 'Li Wei <li.wei@example.com>',
      recipients: ['li.wei@example.com', 'coordinator@example.com'],
      messageId: '<agreement.1.n1@abide>',
    });
    expect((await (await fetch(`${second.url}/api/messages`)).json()) as Mail[]).toEqual(mails);

    const list = await (await fetch(`${second.url}/?lang=zh`)).text();
    expect(list).toContain('本地邮箱');
    expect(list).toContain('需求分析报告 &lt;b&gt;明天&lt;/b&gt;到期');
    const { id } = mails[1]!;
    const shown = await (await fetch(`${second.url}/messages/${id}?lang=en`)).text();
    expect(shown).toContain('Plain text');
    expect(shown).toContain('<a href="https://abide.example.com/act/abc?x=1&amp;y=2"');
    expect(shown).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(shown).not.toContain('<script');
    const framed = await fetch(`${second.url}/messages/${id}/html`);
    expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/);
    expect((await fetch(`${second.url}/messages/none`)).status).toBe(404);
    expect((await fetch(`${second.url}/messages/..%2f..%2fetc`)).status).toBe(404);
    await second.stop();
  },
);

test('a page of another name that points here reads nothing', { timeout: 30_000 }, async () => {
  const mailbox = await startMailbox({ dir: folder, smtpPort: 0, httpPort: 0, log });
  const status = await new Promise((resolve, reject) =>
    request(`${mailbox.url}/api/messages`, { headers: { host: 'evil.example.com' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(),
  );
  expect(status).toBe(403);
  await mailbox.stop();
});

test(
  'it refuses an address, cuts the line before its answer, and loses a mail, when told',
  { timeout: 30_000 },
  async () => {
    let fate: 'accept' | 'drop' | 'lose' = 'accept';
    const mailbox = await startMailbox({
      dir: folder,
      smtpPort: 0,
      httpPort: 0,
      log,
      onRecipient: (address) => (address === 'gone@example.com' ? 550 : undefined),
      onData: () => fate,
    });
    await expect(mail(mailbox.smtpUrl, { to: 'gone@example.com', text: '.' })).rejects.toMatchObject({
      responseCode: 550,
    });
    fate = 'drop';
    await expect(mail(mailbox.smtpUrl, { to: 'a@example.com', subject: 'dropped', text: '.' })).rejects.toThrow();
    fate = 'lose';
    await expect(mail(mailbox.smtpUrl, { to: 'a@example.com', subject: 'lost', text: '.' })).rejects.toThrow();
    expect((await mailbox.messages()).map(({ subject }) => subject)).toEqual(['dropped']);
    await mailbox.stop();
  },
);
