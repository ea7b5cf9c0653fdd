import { Readable } from 'node:stream';
import { type SendMailOptions, createTransport } from 'nodemailer';
import DKIM from 'nodemailer/lib/dkim';
import type { CalendarPart } from './due-events.ts';
import { mimeText } from './mime.ts';

/** Somebody to write from or to. */
export interface Mailbox {
  name: string;
  address: string;
}

/** A file that a mail brings along. */
export interface Attachment {
  filename: string;
  content: Buffer;
  contentType: string;
}

/** One mail to one person, texts ready. */
export interface Mail {
  from: Mailbox;
  to: Mailbox;
  subject: string;
  text: string;
  html: string;
  /** `zh` or `en` */
  language: string;
  calendar?: CalendarPart | undefined;
  attachments?: Attachment[];
  messageId: string;
  /** Message-ID of the thread's root. */
  thread: string;
  atMs: number;
  headers: Record<string, string>;
}

/**
 * Why a mail did not go out, as a code: the server's words may hold addresses, and this error may end in a history.
 * `permanent`: this address will never work. `textLeft`: the text was under way, so it may have arrived all the same.
 */
export class MailFailure extends Error {
  readonly code: string;
  readonly permanent: boolean;
  readonly textLeft: boolean;

  constructor(code: string, { permanent = false, textLeft = false } = {}) {
    super(code);
    this.name = 'MailFailure';
    this.code = code;
    this.permanent = permanent;
    this.textLeft = textLeft;
  }
}

export interface MailTransport {
  /** Returns once the server has taken the mail. @throws MailFailure */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Below the activity's two minutes, so that no attempt outlives its own end. */
const SEND_WITHIN_MS = 100_000;

/**
 * Sends by SMTP over a pool of connections.
 *
 * @param smtpUrl `smtp://user:password@host:port`, `smtps:` for TLS from the start
 * @param dkim signs every mail (RFC 6376); `privateKey` is PEM
 */
export function createMailTransport({
  smtpUrl,
  maxConnections = 5,
  dkim,
}: {
  smtpUrl: string;
  maxConnections?: number;
  dkim?: { domain: string; selector: string; privateKey: string } | undefined;
}): MailTransport {
  const transporter = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections,
    maxRequeues: 1, // nodemailer requeues only what not a byte was sent of; Temporal does the rest
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 90_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const signer = dkim && new DKIM({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey });
  // Whether the server was given any of the text: between its go-ahead and its answer a failure is ambiguous (RFC 5321 6.1).
  const texts = new WeakMap<object, Readable>();
  transporter.use('stream', (mail, done) => {
    const { message } = mail;
    const { envelope } = mail.data;
    message.createReadStream = () => {
      const text = mimeText(message);
      const stream = signer ? signer.sign(text) : Readable.from(Buffer.from(text), { objectMode: false });
      if (envelope) texts.set(envelope, stream);
      return stream;
    };
    done();
  });

  return {
    async send(mail) {
      assertOneLine(mail);
      const envelope = { from: mail.from.address, to: [mail.to.address] };
      try {
        await transporter.sendMail({ ...messageOf(mail), envelope, signal: AbortSignal.timeout(SEND_WITHIN_MS) });
      } catch (error) {
        throw failureOf(error, texts.get(envelope)?.readableDidRead ?? false);
      }
    },
    close: () => transporter.close(),
  };
}

/** The mail as nodemailer takes it. */
export function messageOf(mail: Mail) {
  return {
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // What writes Chinese writes base64; for English it would look like something to hide.
    textEncoding: mail.language === 'zh' ? 'base64' : 'quoted-printable',
    ...(mail.calendar
      ? { icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'abide.ics' } }
      : {}),
    ...(mail.attachments?.length ? { attachments: mail.attachments } : {}),
    messageId: mail.messageId,
    inReplyTo: mail.thread,
    references: mail.thread,
    date: new Date(mail.atMs),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Abide-Message-ID': mail.messageId, ...mail.headers },
  } satisfies SendMailOptions;
}

/** A line break in a name or an address could forge headers: such a mailbox can never be written to. */
function assertOneLine({ from, to, subject, headers }: Mail): void {
  for (const { name, address } of [from, to]) {
    if (/[\r\n\0]/.test(name) || !/^[^\s@<>()[\],;:"\\\0]+@[^\s@<>()[\],;:"\\\0]+$/.test(address)) {
      throw new MailFailure('recipient-invalid', { permanent: true });
    }
  }
  if ([subject, ...Object.values(headers)].some((value) => /[\r\n\0]/.test(value))) {
    throw new Error('a header of a mail holds a line break');
  }
}

/** Replies that blame us or the moment, not the address: no or wrong credentials, no TLS. */
const OUR_FAULT = [530, 534, 535, 538];

function failureOf(error: unknown, textRead: boolean): MailFailure {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number };
  if (responseCode) {
    // The server gave its answer, so nothing is ambiguous. A sender of ours that it refuses may be cured by the operator.
    const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
    const permanent = responseCode >= 500 && aboutThisMail && !OUR_FAULT.includes(responseCode);
    return new MailFailure(`smtp-${responseCode}`, { permanent });
  }
  if (textRead) return new MailFailure('smtp-interrupted', { textLeft: true });
  switch (code) {
    case 'EENVELOPE':
      return new MailFailure('recipient-invalid', { permanent: true });
    case 'EAUTH':
      return new MailFailure('smtp-credentials');
    case 'ETLS':
      return new MailFailure('smtp-tls');
    case 'ESOCKET':
    case 'EDNS':
    case 'ECONNECTION':
    case 'ETIMEDOUT':
    case 'EABORT':
      return new MailFailure('smtp-unreachable');
    default:
      return new MailFailure('smtp-failed');
  }
}
