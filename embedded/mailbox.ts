import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import PostalMime, { addressParser } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { isLoopback } from '../config.ts';
import type { Log } from './child.ts';
import { listPage, mailPage, notFoundPage, type Language } from './mailbox-page.ts';

const MAX_MAIL_BYTES = 32 * 1024 * 1024;
const PAGE_LENGTH = 50;
const MAX_API_LENGTH = 1_000;

/** A mail as it arrived. */
export interface Mail {
  id: string;
  receivedAtMs: number;
  from: string;
  /** Addresses of the envelope: who really got it. */
  recipients: string[];
  to: string;
  subject: string;
  messageId: string;
  text: string;
  html?: string;
  headers: { name: string; value: string }[];
  attachments: { fileName: string; type: string; bytes: number }[];
}

export interface Mailbox {
  smtpUrl: string;
  /** Page to read the mails; JSON at `<url>/api/messages`. */
  url: string;
  /** All mails, newest first. */
  messages(): Promise<Mail[]>;
  stop(): Promise<void>;
}

/**
 * A mail server on loopback that delivers nothing: it stores each mail as `dir/<id>.eml` and shows it on a page. Port 0 takes
 * any free one. A second start with the same `dir` has the mails again.
 *
 * `onRecipient` may refuse an address by returning an SMTP code (550). `onData` may `drop` the connection after the mail was
 * stored and before the answer, which leaves the sender in doubt, or `lose` it before it was stored.
 */
export async function startMailbox(options: {
  dir: string;
  smtpPort: number;
  httpPort: number;
  log: Log;
  onRecipient?: (address: string) => number | undefined;
  onData?: (mail: { from: string; recipients: string[] }) => 'accept' | 'drop' | 'lose';
}): Promise<Mailbox> {
  const { dir, log, onRecipient, onData } = options;
  await mkdir(dir, { recursive: true });
  const store = new MailFolder(dir);
  const sockets = new Map<number, Socket>();

  const smtp = new SMTPServer({
    name: 'localhost',
    banner: 'Abide local mailbox',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: 1_000,
    onRcptTo({ address }, _session, done) {
      const code = onRecipient?.(address);
      done(code === undefined ? null : Object.assign(new Error('Mailbox unavailable'), { responseCode: code }));
    },
    onData(stream, { envelope, remotePort }, done) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const recipients = envelope.rcptTo.map(({ address }) => address);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('Message too large'), { responseCode: 552 }));
        const fate = onData?.({ from, recipients }) ?? 'accept';
        const cut = (): void => void sockets.get(remotePort)?.destroy();
        if (fate === 'lose') return cut();
        store.add({ from, recipients }, Buffer.concat(chunks)).then(
          () => (fate === 'drop' ? cut() : done()),
          (error: Error) => {
            log(`The mailbox could not store a mail: ${error.message}`);
            done(Object.assign(new Error('Could not store the mail'), { responseCode: 452 }));
          },
        );
      });
    },
  });
  smtp.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  smtp.on('error', (error: Error) => log(`The mailbox's mail server: ${error.message}`));
  const smtpPort = await listen(smtp.server as unknown as Server, options.smtpPort, 'SMTP_PORT');

  const http = createServer((request, response) => {
    answer(store, request, response).catch((error: Error) => {
      log(`The mailbox's page: ${error.message}`);
      if (!response.headersSent) send(response, 500, 'text/plain', 'The mailbox could not be read.');
      else response.destroy();
    });
  });
  const httpPort = await listen(http, options.httpPort, 'MAILBOX_PORT').catch(async (error: unknown) => {
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
    throw error;
  });

  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${httpPort}`,
    messages: () => store.list(),
    async stop() {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => http.close(() => resolve())),
      ]);
    },
  };
}

async function listen(server: Server, port: number, variable: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} of 127.0.0.1 is taken: end the program that listens there, or choose another (${variable}).`,
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

/** The mails of a folder. Ids ascend with time, so that names sort as mails came. */
class MailFolder {
  readonly #dir: string;
  readonly #parsed = new Map<string, Mail>();
  #lastMs = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async add(envelope: { from: string; recipients: string[] }, raw: Buffer): Promise<void> {
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    const id = `${String(this.#lastMs).padStart(15, '0')}-${randomUUID().slice(0, 8)}`;
    // As a delivering server does (RFC 5321 4.4): the envelope stands above the mail.
    const trace = [
      `Return-Path: <${envelope.from}>`,
      ...envelope.recipients.map((address) => `Delivered-To: ${address}`),
    ];
    const draft = join(this.#dir, `${id}.draft`);
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(Buffer.concat([Buffer.from(`${trace.join('\r\n')}\r\n`), raw]));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(this.#dir, `${id}.eml`));
  }

  /** Newest first. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.#dir);
    return names
      .filter((name) => name.endsWith('.eml'))
      .map((name) => name.slice(0, -'.eml'.length))
      .sort()
      .reverse();
  }

  async list(from = 0, length = Number.POSITIVE_INFINITY): Promise<Mail[]> {
    const mails: Mail[] = [];
    for (const id of (await this.ids()).slice(from, from + length)) mails.push(await this.mail(id));
    return mails;
  }

  async raw(id: string): Promise<Buffer> {
    return readFile(join(this.#dir, `${id}.eml`));
  }

  async mail(id: string): Promise<Mail> {
    const known = this.#parsed.get(id);
    if (known) return known;
    const email = await PostalMime.parse(await this.raw(id));
    const headers = email.headers.map(({ originalKey, value }) => ({ name: originalKey, value }));
    const header = (name: string): string => headers.find((entry) => entry.name.toLowerCase() === name)?.value ?? '';
    const mail: Mail = {
      id,
      receivedAtMs: Number(id.split('-')[0]),
      from: addresses(header('from')),
      recipients: headers.filter(({ name }) => name.toLowerCase() === 'delivered-to').map(({ value }) => value),
      to: addresses(header('to')),
      subject: email.subject ?? '',
      messageId: email.messageId ?? '',
      text: email.text ?? '',
      ...(email.html === undefined ? {} : { html: email.html }),
      headers,
      attachments: email.attachments.map(({ filename, mimeType, content }) => ({
        fileName: filename ?? '',
        type: mimeType,
        bytes: typeof content === 'string' ? content.length : content.byteLength,
      })),
    };
    if (this.#parsed.size >= MAX_API_LENGTH) this.#parsed.delete(this.#parsed.keys().next().value!);
    this.#parsed.set(id, mail);
    return mail;
  }
}

function addresses(header: string): string {
  return addressParser(header, { flatten: true })
    .map(({ name, address }) => (name ? `${name} <${address}>` : address))
    .join(', ');
}

async function answer(store: MailFolder, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Mails hold links that act: a foreign page that has its name point here must not read them (DNS rebinding).
  const host = request.headers.host ?? '';
  if (!URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, ''))) {
    return send(response, 403, 'text/plain', 'Open this page as http://127.0.0.1');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'Only GET.');
  const url = new URL(request.url ?? '/', `http://${host}`);
  const language = chosenLanguage(url, request);
  const [first, ...rest] = url.pathname.split('/').slice(1);
  const api = first === 'api';
  const [noun, id, part] = api ? rest : [first, ...rest];

  if (!api && noun === '') {
    const from = Math.max(0, Number(url.searchParams.get('from')) || 0);
    const [total, mails] = [(await store.ids()).length, await store.list(from, PAGE_LENGTH)];
    return send(response, 200, 'text/html', listPage(mails, { from, total, length: PAGE_LENGTH, language }));
  }
  if (noun === 'messages' && id === undefined && api) {
    const limit = Math.min(MAX_API_LENGTH, Number(url.searchParams.get('limit')) || MAX_API_LENGTH);
    return send(response, 200, 'application/json', JSON.stringify(await store.list(0, limit)));
  }
  if (noun === 'messages' && id !== undefined && (await store.ids()).includes(id)) {
    const mail = await store.mail(id);
    if (api) return send(response, 200, 'application/json', JSON.stringify(mail));
    if (part === undefined) return send(response, 200, 'text/html', mailPage(mail, language));
    if (part === 'raw') return send(response, 200, 'text/plain', (await store.raw(id)).toString('latin1'), 'latin1');
    if (part === 'html' && mail.html !== undefined) {
      // No script, no form, no request for a picture; a link opens in a window of its own.
      const policy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
      response.setHeader('Content-Security-Policy', policy);
      return send(response, 200, 'text/html', `<base target="_blank">${mail.html}`);
    }
  }
  if (api) return send(response, 404, 'application/json', JSON.stringify({ title: 'No such mail' }));
  send(response, 404, 'text/html', notFoundPage(language));
}

function chosenLanguage(url: URL, request: IncomingMessage): Language {
  const asked = url.searchParams.get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  return /^\s*zh\b/i.test(request.headers['accept-language'] ?? '') ? 'zh' : 'en';
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  encoding: BufferEncoding = 'utf8',
): void {
  response.statusCode = status;
  response.setHeader('Content-Type', `${type}; charset=${encoding === 'latin1' ? 'iso-8859-1' : 'utf-8'}`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  if (!response.hasHeader('Content-Security-Policy')) {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
  }
  response.end(Buffer.from(body, encoding));
}
