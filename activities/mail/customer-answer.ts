import type { Instant } from '../../domain/time.ts';
import { optOutUrl, verdictUrl } from '../answer-token.ts';
import type { Moment, NoticeText, WrittenWords } from './context.ts';
import { moment as englishMoment } from './en/phrases.ts';
import { type Frame, html, plainText } from './layout.ts';
import { closing } from './survey-mail.ts';
import { moment as chineseMoment } from './zh/phrases.ts';
import type { SurveyInput } from '../../domain/survey/compiled.ts';

/** What the answer to a customer is made of. */
export interface CustomerAnswer {
  language: 'zh' | 'en';
  /** How the reader is addressed: a contact, or the customer itself. */
  name: string;
  /** The organisation that answers. */
  operator: string;
  /** What was written with the act; gone where it was erased. */
  words: WrittenWords;
  /** Until when they may say whether it satisfies them. */
  untilMs: Instant | null;
  zone: SurveyInput['zone'];
  publicUrl: string;
  /** Of the link by which they say so; null: whoever wants to hear nothing of surveys is not asked. */
  token: string | null;
  noticeId: string;
}

/** The mail that brings the result to whoever raised it (S004-23). It says nothing of the contract, to which they are no party. */
export function customerAnswerMail(mail: CustomerAnswer): { subject: string; text: string; html: string } {
  const { text, frame } = mail.language === 'zh' ? chinese(mail) : english(mail);
  return { subject: text.subject, text: plainText(text, frame), html: html(text, frame) };
}

function chinese(mail: CustomerAnswer): { text: NoticeText; frame: Frame } {
  const { operator, name, publicUrl, token, noticeId } = mail;
  const until = untilOf(mail);
  return {
    text: {
      subject: `${operator}就您反映的问题作出答复`,
      heading: '您反映的问题，处理结果如下',
      paragraphs: [
        `感谢您的意见。${operator}已就您反映的问题采取改进措施，现将结果答复如下：`,
        ...wordsOf(mail),
        ...(token === null
          ? []
          : [`您对这一结果是否满意？请告诉我们${until ? `（截至${chineseMoment(until)}）` : ''}。`]),
      ],
      notes:
        token === null
          ? []
          : [
              '链接仅供您本人使用，请勿转发。',
              `如不愿再收到满意度调查邮件，请打开此页退订：${optOutUrl(publicUrl, token)}`,
            ],
    },
    frame: {
      lang: 'zh-Hans',
      greeting: `${name}，您好：`,
      colon: '：',
      agreement: [operator],
      ...(token === null
        ? {}
        : {
            button: { label: '告诉我们您是否满意', url: verdictUrl(publicUrl, token) },
            buttonHint: '如按钮无法打开，请将以下链接复制到浏览器：',
          }),
      itemLinks: {},
      smallPrint: [`本邮件由 Abide 代${operator}自动发送，请勿直接回复。`, `编号：${noticeId}`],
    },
  };
}

function english(mail: CustomerAnswer): { text: NoticeText; frame: Frame } {
  const { operator, name, publicUrl, token, noticeId } = mail;
  const until = untilOf(mail);
  return {
    text: {
      subject: `${operator} answers what you raised`,
      heading: 'What has become of what you raised',
      paragraphs: [
        `Thank you for telling us. ${operator} has acted on what you raised, and this is the result:`,
        ...wordsOf(mail),
        ...(token === null
          ? []
          : [`Does it satisfy you? Please let us know${until ? ` by ${englishMoment(until)}` : ''}.`]),
      ],
      notes:
        token === null
          ? []
          : [
              'The link is for you alone, please do not pass it on.',
              `If you do not want any mails about surveys, opt out here: ${optOutUrl(publicUrl, token)}`,
            ],
    },
    frame: {
      lang: 'en',
      greeting: `Dear ${name},`,
      colon: ': ',
      agreement: [operator],
      ...(token === null
        ? {}
        : {
            button: { label: 'Say whether you are satisfied', url: verdictUrl(publicUrl, token) },
            buttonHint: 'If the button does not work, copy this link into your browser:',
          }),
      itemLinks: {},
      smallPrint: [`Abide sent this mail for ${operator}. Please do not reply.`, `Number: ${noticeId}`],
    },
  };
}

/** The answer in the words of whoever gave it, paragraph by paragraph. */
function wordsOf({ words: { details, note, reason } }: CustomerAnswer): string[] {
  return (details ?? note ?? reason ?? '').split(/\n+/).filter((line) => line.trim() !== '');
}

function untilOf({ untilMs, zone }: CustomerAnswer): Moment | undefined {
  return untilMs === null ? undefined : closing({ closesAtMs: untilMs, zone });
}
