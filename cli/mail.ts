import { readFileSync } from 'node:fs';
import { systemClock } from '../activities/clock.ts';
import { createPace } from '../activities/mail/pace.ts';
import { type MailTransport, createMailTransport } from '../activities/mail/transport.ts';
import type { Config } from '../config.ts';

/** The way to the mail server, as the environment has it. @throws when the DKIM key cannot be read */
export function openMail({ mailConnections, dkim }: Config, smtpUrl: string): MailTransport {
  return createMailTransport({
    smtpUrl,
    maxConnections: mailConnections,
    ...(dkim
      ? { dkim: { domain: dkim.domain, selector: dkim.selector, privateKey: readFileSync(dkim.keyFile, 'utf8') } }
      : {}),
  });
}

/**
 * The same for mails that are sent one by one, each waiting for its turn under the provider's rate: letters and test
 * sends. What a worker sends waits in its queue instead (activities/notice-queue.ts).
 *
 * @throws when the DKIM key cannot be read
 */
export function openPacedMail(config: Config, smtpUrl: string): MailTransport {
  const transport = openMail(config, smtpUrl);
  const pace = createPace(config.mailRate, systemClock);
  return {
    async send(mail) {
      await pace.take(1);
      await transport.send(mail);
    },
    close: () => transport.close(),
  };
}
