import { randomUUID } from 'node:crypto';
import { systemClock } from '../activities/clock.ts';
import { messageIdOf } from '../activities/mail/message-id.ts';
import { surveyMail } from '../activities/mail/survey-mail.ts';
import type { MailTransport } from '../activities/mail/transport.ts';
import { mailbox } from '../activities/notify.ts';
import type { TestInvitation } from '../api/deps.ts';

/** Sends the invitation to a survey as customers get it, marked as a test; each is a mail of its own. */
export function openTestInvitations(
  transport: Pick<MailTransport, 'send'>,
  { mailFrom, publicUrl }: { mailFrom: string; publicUrl: string },
): (mail: TestInvitation) => Promise<void> {
  const { address } = mailbox(mailFrom);
  const host = address.slice(address.indexOf('@') + 1);
  return async ({ to, ...mail }) => {
    const { operator, language } = mail;
    const { optOut, ...written } = surveyMail({ ...mail, name: to.name, wave: 0, publicUrl, isTest: true });
    const id = messageIdOf(`survey-test/${randomUUID()}`, host);
    await transport.send({
      from: { name: operator, address },
      to,
      ...written,
      language,
      messageId: id,
      thread: id,
      atMs: systemClock(),
      headers: { 'List-Unsubscribe': `<${optOut}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    });
  };
}
