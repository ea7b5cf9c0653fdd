import { CUSTOMER_NOTICE_KINDS, type CustomerNoticeKind, type NoticeKind } from '../../domain/agreement/notice.ts';
import { localDateAt, localTimeAt } from '../../domain/zone.ts';
import { weekday } from '../../domain/local-date.ts';
import {
  type NoticeInput,
  type NoticeLink,
  type NoticeText,
  type Wording,
  isOfProcess,
  linkKey,
  noticeContext,
} from './context.ts';
import { sessionTold } from './session-event.ts';
import { type CalendarPart, calendarPart, toldEvents } from './due-events.ts';
import { doingOf } from './duty.ts';
import { en } from './en.ts';
import { type Frame, html, plainText } from './layout.ts';
import type { Mailbox } from './transport.ts';
import { zh } from './zh.ts';

const WORDINGS: Record<'zh' | 'en', Wording> = { zh, en };

/** Where a mail is only looked at. */
const NOBODY: Mailbox = { name: 'Abide', address: 'abide@localhost' };

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
  language: string;
  /** For mails about dated duties of their reader. */
  calendar?: CalendarPart;
}

/**
 * The text of a notice in its recipient's language: who must do what by when in the subject, one button where an act is
 * asked for, every time with its zone. Pure: the same input gives the same mail.
 */
export function renderNotice(input: NoticeInput, sender: Mailbox = NOBODY): RenderedMail {
  const { notice, links, publicUrl, agreement } = input;
  const { context, wording, text, copy, labelOf } = write(input);
  const only = links.length === 1 ? links[0] : undefined;
  const several = links.length > 1 ? links : [];
  const forCoordinator = (notice.seat === 'coordinator' || input.vacant === true) && links.length === 0;
  const page = { url: `${publicUrl}/agreements/${agreement.id}` };
  const frame: Frame = {
    lang: wording.lang,
    greeting: wording.greeting(input.recipient.name),
    colon: wording.colon,
    agreement: wording.agreement(context),
    ...(input.vacant
      ? { banner: wording.vacantBanner(context.roleOf(notice.seat)) }
      : copy
        ? { banner: wording.copyBanner(context) }
        : {}),
    ...(only
      ? {
          button: { label: text.button ?? labelOf(only), url: only.url },
          buttonHint: wording.buttonHint,
        }
      : forCoordinator
        ? { button: { ...page, label: wording.showAgreement }, buttonHint: wording.showAgreementHint }
        : isOfProcess(notice) && !copy && notice.seat !== 'trainee'
          ? { button: { ...page, label: wording.showProcess }, buttonHint: wording.showProcessHint }
          : {}),
    itemLinks: Object.fromEntries(several.map((link) => [linkKey(link), { label: labelOf(link), url: link.url }])),
    smallPrint: wording.smallPrint(context, links[0] && expiry(links[0].expiresAtMs, input)),
  };
  const told = sessionTold(input, text.heading, sender) ?? toldEvents(input, context, wording.entry, sender);
  return laidOut(text, frame, context.language, calendarPart(told, notice.atMs, context.language));
}

/**
 * Several reminders to one person that fall on the same moment as one mail: each an item with its own link, the earliest
 * due time first.
 * @param inputs at least two, all of them asking for an act or all of them copies
 * @returns the mail, and the subject that each notice would have had alone, in the order of the inputs
 */
export function renderDigest(inputs: NoticeInput[], sender: Mailbox = NOBODY): RenderedMail & { subjects: string[] } {
  const notices = inputs.map((input) => ({ input, ...write(input) }));
  const byDue = notices.toSorted((a, b) => dueMs(a.input) - dueMs(b.input));
  const [first] = byDue;
  if (!first?.context.due) throw new Error('a digest is made of reminders');
  const { wording, context, copy, input } = first;
  const { subject, heading, paragraph } = wording.digest(notices.length, first.context.due, !copy);
  const titles = [...new Set(byDue.map((one) => one.context.agreementTitle))];
  const one = new Set(inputs.map(({ agreement }) => agreement.id)).size === 1;
  const space = context.language === 'zh' ? '' : ' ';
  const links = byDue.map(
    ({
      input: {
        links: [link],
        agreement,
        publicUrl,
      },
      labelOf,
    }) =>
      link
        ? { label: labelOf(link), url: link.url }
        : { label: wording.showAgreement, url: `${publicUrl}/agreements/${agreement.id}` },
  );
  const frame: Frame = {
    lang: wording.lang,
    greeting: wording.greeting(input.recipient.name),
    colon: wording.colon,
    agreement: one ? wording.agreement(context) : titles,
    ...(copy ? { banner: wording.copyBanner({ ...context, addressedTo: [] }) } : {}),
    itemLinks: Object.fromEntries(links.map((link, index) => [String(index), link])),
    smallPrint: wording.smallPrint(
      {
        ...context,
        notice: {
          ...context.notice,
          clauses: [...new Set(byDue.flatMap(({ input: { notice } }) => notice.clauses))],
          id: byDue.map(({ input: { notice } }) => notice.id).join(', '),
        },
      },
      input.links[0] && expiry(input.links[0].expiresAtMs, input),
    ),
  };
  const text = {
    subject: copy ? wording.copySubject(subject) : subject,
    heading,
    paragraphs: [paragraph],
    items: byDue.map((item, index) => ({
      title: item.text.heading,
      text: [...(one ? [] : [`${item.context.agreementTitle}${wording.colon}`]), ...item.text.paragraphs].join(space),
      link: String(index),
    })),
  };
  const events = byDue.flatMap((item) => toldEvents(item.input, item.context, wording.entry, sender).events);
  const calendar = calendarPart({ method: 'PUBLISH', events }, input.notice.atMs, context.language);
  return {
    ...laidOut(text, frame, context.language, calendar),
    subjects: notices.map((notice) => notice.text.subject),
  };
}

const dueMs = ({ notice: { facts } }: NoticeInput): number => facts.dueAtMs ?? Date.parse(facts.localDate ?? '');

function isOfCustomer(kind: NoticeKind): kind is CustomerNoticeKind {
  return (CUSTOMER_NOTICE_KINDS as readonly string[]).includes(kind);
}

/** What one notice says, in its reader's language. */
function write(input: NoticeInput) {
  const { notice, agreement } = input;
  const context = noticeContext(input);
  const wording = WORDINGS[context.language];
  if (isOfCustomer(notice.kind)) throw new Error('customers have a mail of their own'); // a bug
  const written = wording.texts[notice.kind](context);
  const copy = notice.role === 'copy';
  const text = {
    ...written,
    subject: copy ? wording.copySubject(written.subject) : written.subject,
    paragraphs: [...written.paragraphs, ...context.ownWords],
  };
  const labelOf = ({ purpose, obligation }: NoticeLink): string => {
    const kind = agreement.compiled.obligations.find(({ id }) => id === obligation)?.kind;
    return wording.itemLink(purpose, doingOf(kind));
  };
  return { context, wording, text, copy, labelOf };
}

function laidOut(text: NoticeText, frame: Frame, language: string, calendar: CalendarPart | undefined): RenderedMail {
  return {
    subject: text.subject,
    html: html(text, frame),
    text: plainText(text, frame),
    language,
    ...(calendar ? { calendar } : {}),
  };
}

function expiry(ms: number, { agreement: { compiled } }: NoticeInput) {
  const date = localDateAt(compiled.zone, ms);
  return { date, weekday: weekday(date), time: localTimeAt(compiled.zone, ms).slice(0, 5), zone: compiled.zone.id };
}
