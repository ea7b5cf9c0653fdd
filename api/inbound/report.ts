import PostalMime, { type Attachment, type Email } from 'postal-mime';

/** What a mail that came back says. */
export interface Report {
  kind: 'delivery-failed' | 'delivery-delayed' | 'delivered' | 'complaint' | 'other';
  /** Enhanced status code (RFC 3463) or feedback type (RFC 5965); never the server's words. */
  code: string | null;
  /** Message-IDs of the mail that it is about; those that are none of ours match nothing. */
  messageIds: string[];
}

const DELIVERY_STATUS = ['message/delivery-status', 'message/global-delivery-status'];
const FEEDBACK = 'message/feedback-report';
/** The mail that came back, or its headers alone (RFC 6522, RFC 6533). */
const RETURNED = ['message/rfc822', 'message/global', 'text/rfc822-headers', 'message/global-headers'];

/** A report stands before what it encloses; more is not worth the time. */
const READ_BYTES = 64 * 1024;
const READ_LINES = 2_000;
/** Deeper or longer than any report is; what is more is no report. */
const LIMITS = { maxNestingDepth: 16, maxHeadersSize: 48 * 1024 };
const MAX_MESSAGE_IDS = 20;
const MESSAGE_ID = /<[^<>@\s]{1,200}@[^<>@\s]{1,255}>/g;

/** The worst of several recipients' counts: a mail of ours has one. */
const ACTIONS = [
  { actions: ['failed'], kind: 'delivery-failed', code: '5.0.0' },
  { actions: ['delayed'], kind: 'delivery-delayed', code: '4.0.0' },
  { actions: ['delivered', 'relayed', 'expanded'], kind: 'delivered', code: '2.0.0' },
] as const;

/** What a mail without the parts of a report may name its mail in. */
const TEXTS = ['text/plain', 'text/html'];

/**
 * Leaves every part as the bytes that it is. By itself the library makes one text of all: HTML takes it seconds where
 * somebody means it so (`/^\s+$/gm` over line breaks).
 */
class PartsAlone extends PostalMime {
  isInlineTextNode(): boolean {
    return false;
  }
}

const NOTHING: Report = { kind: 'other', code: null, messageIds: [] };

/**
 * Reads a delivery report (RFC 3464), a complaint (RFC 5965), or whatever else came back. A report inside of a forwarded
 * mail is none: the parts of an enclosed mail are not looked into.
 *
 * @param raw a whole mail (RFC 5322), from anybody: what cannot be read is `other` and names nothing
 */
export async function readReport(raw: Uint8Array): Promise<Report> {
  let mail: Email;
  try {
    mail = await new PartsAlone({ forceRfc822Attachments: true, ...LIMITS }).parse(beginning(raw));
  } catch {
    return NOTHING; // too deep, or headers without end
  }
  const parts = mail.attachments;
  const returned = parts.filter(({ mimeType }) => RETURNED.includes(mimeType)).flatMap(returnedIds);
  const answered = idsIn(`${mail.inReplyTo ?? ''} ${mail.references ?? ''}`);
  const messageIds = (...ids: string[]): string[] => [...new Set(ids)].slice(0, MAX_MESSAGE_IDS);

  const status = parts.find(({ mimeType }) => DELIVERY_STATUS.includes(mimeType));
  if (status) return { ...deliveryOf(textOf(status)), messageIds: messageIds(...returned, ...answered) };
  const feedback = parts.find(({ mimeType }) => mimeType === FEEDBACK);
  if (feedback) {
    const type = fieldsOf(textOf(feedback)).get('feedback-type')?.toLowerCase() ?? '';
    const code = /^[a-z-]{1,30}$/.test(type) ? type : 'other';
    return { kind: 'complaint', code, messageIds: messageIds(...returned, ...answered) };
  }
  // Older servers return a mail as plain text behind words of their own.
  const texts = parts.filter(({ mimeType }) => TEXTS.includes(mimeType)).map(textOf);
  const told = texts.flatMap((text) => idsIn(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>')));
  return { ...NOTHING, messageIds: messageIds(...returned, ...answered, ...told) };
}

/** What is read of a mail: the library takes some 15 µs a line, however short. */
function beginning(raw: Uint8Array): Uint8Array {
  let end = 0;
  for (let line = 0; line < READ_LINES && end < READ_BYTES; line += 1) {
    const next = raw.indexOf(0x0a, end) + 1;
    if (next === 0) return raw.subarray(0, READ_BYTES);
    end = next;
  }
  return raw.subarray(0, Math.min(end, READ_BYTES));
}

/** Blocks of fields: about the mail, then about each recipient (RFC 3464 2.1). */
function deliveryOf(text: string): Pick<Report, 'kind' | 'code'> {
  const recipients = text.split(/\r?\n[ \t]*\r?\n/).map(fieldsOf);
  for (const { actions, kind, code } of ACTIONS) {
    const recipient = recipients.find((fields) => {
      const action = /^[a-z]+/i.exec(fields.get('action') ?? '')?.[0].toLowerCase();
      return actions.some((one) => one === action);
    });
    if (recipient) return { kind, code: /^[245]\.\d{1,3}\.\d{1,3}/.exec(recipient.get('status') ?? '')?.[0] ?? code };
  }
  return NOTHING;
}

/** Fields by lower-case name, unfolded; of a name that comes twice, the first. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/**
 * What names a mail that came back, and none that stands further down in it. Some relays (Amazon SES) put a Message-ID of
 * their own in place of ours, so mails bear it twice.
 */
function returnedIds(part: Attachment): string[] {
  const [headers = ''] = textOf(part)
    .trimStart()
    .split(/\r?\n\r?\n/, 1);
  const fields = fieldsOf(headers);
  return ['message-id', 'x-abide-message-id'].flatMap((name) => idsIn(fields.get(name) ?? '').slice(0, 1));
}

function idsIn(text: string): string[] {
  return text.match(MESSAGE_ID) ?? [];
}

/** Fields are ASCII; what is not is left to look odd. */
function textOf({ content }: Attachment): string {
  if (typeof content === 'string') return content;
  return Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content).toString('latin1');
}
