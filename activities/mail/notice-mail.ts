import { localDateAt, localTimeAt } from '../../domain/zone.ts';
import { weekday } from '../../domain/local-date.ts';
import { type NoticeInput, type NoticeLink, type Wording, linkKey, noticeContext } from './context.ts';
import { doingOf } from './duty.ts';
import { en } from './en.ts';
import { type Frame, html, plainText } from './layout.ts';
import { zh } from './zh.ts';

const WORDINGS: Record<'zh' | 'en', Wording> = { zh, en };

/**
 * The text of a notice in its recipient's language: who must do what by when in the subject, one button where an act is
 * asked for, every time with its zone. Pure: the same input gives the same mail.
 */
export function renderNotice(input: NoticeInput): { subject: string; html: string; text: string; language: string } {
  const { notice, links, publicUrl, agreement } = input;
  const context = noticeContext(input);
  const wording = WORDINGS[context.language];
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

  const only = links.length === 1 ? links[0] : undefined;
  const several = links.length > 1 ? links : [];
  const forCoordinator = notice.seat === 'coordinator' && links.length === 0;
  const frame: Frame = {
    lang: wording.lang,
    greeting: wording.greeting(input.recipient.name),
    colon: wording.colon,
    agreement: wording.agreement(context),
    ...(copy ? { banner: wording.copyBanner(context) } : {}),
    ...(only
      ? {
          button: { label: text.button ?? labelOf(only), url: only.url },
          buttonHint: wording.buttonHint,
        }
      : forCoordinator
        ? {
            button: { label: wording.showAgreement, url: `${publicUrl}/agreements/${agreement.id}` },
            buttonHint: wording.showAgreementHint,
          }
        : {}),
    itemLinks: Object.fromEntries(several.map((link) => [linkKey(link), { label: labelOf(link), url: link.url }])),
    smallPrint: wording.smallPrint(context, links[0] && expiry(links[0].expiresAtMs, input)),
  };
  return {
    subject: text.subject,
    html: html(text, frame),
    text: plainText(text, frame),
    language: context.language,
  };
}

function expiry(ms: number, { agreement: { compiled } }: NoticeInput) {
  const date = localDateAt(compiled.zone, ms);
  return { date, weekday: weekday(date), time: localTimeAt(compiled.zone, ms).slice(0, 5), zone: compiled.zone.id };
}
