import PostalMime, { type Email } from 'postal-mime';

/** What somebody wrote by mail. */
export interface Written {
  /** Lower case; null: the mail names no sender. */
  from: string | null;
  name: string | null;
  subject: string;
  /** Their own words, without what they quote, at most `MOST_TEXT` characters; '' where there are none. */
  text: string;
  messageId: string | null;
  /** Message-IDs of the mails that it answers. */
  answers: string[];
  /** A machine wrote it (RFC 3834): nobody waits for an answer, and an answer could go round in circles. */
  isAutomatic: boolean;
}

/** A description of a problem; what is longer is cut off. */
export const MOST_TEXT = 10_000;
const MOST_SUBJECT = 200;
const MOST_NAME = 100;
/** As for reports: the library takes some 15 µs a line, however short. */
const READ_BYTES = 512 * 1024;
const READ_LINES = 10_000;
const LIMITS = { maxNestingDepth: 16, maxHeadersSize: 48 * 1024 };
const MESSAGE_ID = /<[^<>@\s]{1,200}@[^<>@\s]{1,255}>/g;
const ADDRESS = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/;

/** A part as the library sees it, with its text in its own character set. */
interface Part {
  contentType: { parsed: { value: string } };
  contentDisposition: { parsed: { value: string | false } };
  getTextContent(): string;
}

/** Reads texts part by part and leaves out the library's own joining of them, which takes seconds where somebody means it so. */
class TextsAlone extends PostalMime {
  readonly texts: { type: string; text: string }[] = [];

  isInlineTextNode(node: Part): boolean {
    const type = node.contentType.parsed.value;
    const isText = type === 'text/plain' || type === 'text/html';
    if (isText && node.contentDisposition.parsed.value !== 'attachment') {
      this.texts.push({ type, text: node.getTextContent() });
    }
    return false;
  }
}

/** @param raw a whole mail (RFC 5322), from anybody; undefined: it cannot be read */
export async function readWritten(raw: Uint8Array): Promise<Written | undefined> {
  const reader = new TextsAlone({ forceRfc822Attachments: true, ...LIMITS });
  let mail: Email;
  try {
    mail = await reader.parse(beginning(raw));
  } catch {
    return undefined; // too deep, or headers without end
  }
  const of = (name: string): string => mail.headers.find(({ key }) => key === name)?.value.trim() ?? '';
  const sender = mail.replyTo?.[0] ?? mail.from;
  const address = sender?.address?.trim().toLowerCase() ?? '';
  const plain = reader.texts.find(({ type, text }) => type === 'text/plain' && text.trim() !== '');
  const page = reader.texts.find(({ type }) => type === 'text/html');
  const said = plain ? plain.text : page ? withoutTags(page.text) : '';
  const auto = of('auto-submitted').toLowerCase();
  return {
    from: ADDRESS.test(address) ? address : null,
    name: line(sender?.name ?? '', MOST_NAME) || null,
    subject: line(mail.subject ?? '', MOST_SUBJECT),
    text: ownWords(said),
    messageId: (mail.messageId ?? '').match(MESSAGE_ID)?.[0] ?? null,
    answers: [...new Set(`${mail.inReplyTo ?? ''} ${mail.references ?? ''}`.match(MESSAGE_ID) ?? [])].slice(-20),
    isAutomatic:
      (auto !== '' && auto !== 'no') ||
      /^(?:bulk|list|junk|auto_reply)$/i.test(of('precedence')) ||
      of('list-id') !== '' ||
      of('x-auto-response-suppress').toLowerCase() === 'all' ||
      of('return-path') === '<>',
  };
}

function beginning(raw: Uint8Array): Uint8Array {
  let end = 0;
  for (let count = 0; count < READ_LINES && end < READ_BYTES; count += 1) {
    const next = raw.indexOf(0x0a, end) + 1;
    if (next === 0) return raw.subarray(0, READ_BYTES);
    end = next;
  }
  return raw.subarray(0, Math.min(end, READ_BYTES));
}

/** What begins the mail that is answered, as mail programs write it. */
const QUOTED = [
  /^-{2,} ?(?:original message|forwarded message|原始邮件|原邮件|转发邮件)/i,
  /^_{10,}$/,
  /^(?:on .{5,200} wrote|.{1,200}(?:写道|寫道)) ?[:：]$/i,
  /^(?:from|发件人|寄件者) ?[:：] ?.{3,}/i,
];

/** Words of whoever writes: up to what they quote, and without the lines that begin with `>`. */
function ownWords(text: string): string {
  const own: string[] = [];
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
    const one = clean(raw).trimEnd();
    const head = one.trim().slice(0, 300);
    if (own.some((line) => line !== '') && QUOTED.some((mark) => mark.test(head))) break;
    if (head.startsWith('>')) continue;
    if (one === '' && (own.length === 0 || own.at(-1) === '')) continue;
    own.push(one);
    if (own.length > 2_000) break;
  }
  return own.join('\n').trim().slice(0, MOST_TEXT).trim();
}

/** Text of a page, tag by tag; nothing of it is ever shown as HTML. */
function withoutTags(page: string): string {
  const text: string[] = [];
  const lower = page.toLowerCase();
  let at = 0;
  while (at < page.length && text.length < 50_000) {
    const open = page.indexOf('<', at);
    if (open < 0) {
      text.push(page.slice(at));
      break;
    }
    text.push(page.slice(at, open));
    const close = page.indexOf('>', open);
    if (close < 0) break;
    const name = /^<\/?([a-z0-9]{1,12})/i.exec(page.slice(open, open + 14))?.[1]?.toLowerCase() ?? '';
    at = close + 1;
    if (['br', 'p', 'div', 'tr', 'li', 'h1', 'h2', 'h3'].includes(name)) text.push('\n');
    if ((name === 'style' || name === 'script') && page[open + 1] !== '/') {
      const end = lower.indexOf(`</${name}`, at);
      at = end < 0 ? page.length : end;
    }
  }
  return text.join('').replace(/&(nbsp|lt|gt|quot|amp|#39);/g, (_all, name: string) => ENTITIES[name] ?? ' ');
}

const ENTITIES: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };

function line(text: string, most: number): string {
  return clean(text).replace(/\s+/g, ' ').trim().slice(0, most);
}

/** Without what Postgres cannot keep and screens cannot show. */
function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]|\p{Cs}/gu, '');
}
