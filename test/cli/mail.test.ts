import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letterOf } from '../../api/accounts/letters.ts';
import { openLetters } from '../../cli/letters.ts';
import { openPacedMail } from '../../cli/mail.ts';
import { readConfig } from '../../config.ts';

const raw: string[] = [];
let connections = 0;
let server: SMTPServer;
let smtpUrl: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-mail-'));
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 50,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      stream.on('end', () => {
        raw.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

test('letters about accounts are signed, paced and connected as the environment says for all mails', async () => {
  const keyFile = join(folder, 'dkim.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const config = readConfig({
    MAIL_FROM: 'Abide <abide@abide.example.com>',
    MAIL_CONNECTIONS: '1',
    MAIL_RATE: '120', // two a second
    DKIM_DOMAIN: 'abide.example.com',
    DKIM_SELECTOR: 's2026',
    DKIM_KEY_FILE: keyFile,
  });
  const mail = openPacedMail(config, smtpUrl);
  const send = openLetters(mail, config);
  const reader = { name: '王莉', email: 'wang@x.example', language: 'zh' as const };
  const letter = letterOf('invitation', reader, 'https://abide.example/set-password#token=abc');
  const began = performance.now();
  await Promise.all(Array.from({ length: 4 }, () => send(letter)));
  mail.close();
  // Two at once, then one each half second.
  expect(performance.now() - began).toBeGreaterThan(900);
  expect(raw).toHaveLength(4);
  expect(connections).toBe(1);
  for (const one of raw) expect(one).toMatch(/^DKIM-Signature: v=1;[^]*?d=abide\.example\.com;[^]*?s=s2026;/m);
});
