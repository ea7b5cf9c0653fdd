import { randomUUID } from 'node:crypto';
import { systemClock } from '../activities/clock.ts';
import { type Frame, html, plainText } from '../activities/mail/layout.ts';
import { messageIdOf } from '../activities/mail/message-id.ts';
import type { MailTransport } from '../activities/mail/transport.ts';
import { mailbox } from '../activities/notify.ts';
import type { Letter } from '../api/accounts/letters.ts';

const FRAMES = {
  zh: {
    lang: 'zh-Hans',
    greeting: (name: string) => `${name}，您好：`,
    colon: '：',
    hint: '如按钮无法点击，请将以下链接复制到浏览器打开：',
    smallPrint: ['本邮件由 Abide 自动发送，与您的登录账号有关。'],
  },
  en: {
    lang: 'en',
    greeting: (name: string) => `Dear ${name},`,
    colon: ': ',
    hint: 'If the button does not work, copy this address into your browser:',
    smallPrint: ['Abide sent this mail by itself; it is about your own account.'],
  },
};

/** The letters about accounts, in the layout of all mails: text, and HTML beside it. */
export function frameLetter({
  to,
  language,
  subject,
  heading,
  paragraphs,
  details,
  button,
  notes,
  ...letter
}: Letter): {
  text: string;
  html: string;
} {
  const { lang, greeting, colon, hint, smallPrint } = FRAMES[language];
  const frame: Frame = {
    lang,
    greeting: greeting(to.name),
    colon,
    agreement: ['Abide'],
    ...(button ? { button, buttonHint: hint } : {}),
    itemLinks: {},
    smallPrint: letter.smallPrint ?? smallPrint,
  };
  const words = { subject, heading, paragraphs, ...(details ? { details } : {}), notes };
  return { text: plainText(words, frame), html: html(words, frame) };
}

/** Sends letters about accounts; one mail each, not repeated: whoever misses one asks again. */
export function openLetters(
  transport: Pick<MailTransport, 'send'>,
  { mailFrom }: { mailFrom: string },
): (letter: Letter) => Promise<void> {
  const from = mailbox(mailFrom);
  const host = from.address.slice(from.address.indexOf('@') + 1);
  return (letter) =>
    transport.send({
      from,
      to: letter.to,
      language: letter.language,
      subject: letter.subject,
      ...frameLetter(letter),
      messageId: letter.messageId ?? messageIdOf(`letter/${randomUUID()}`, host),
      thread: messageIdOf(`account/${letter.to.address}`, host),
      atMs: systemClock(),
      headers: {},
    });
}
