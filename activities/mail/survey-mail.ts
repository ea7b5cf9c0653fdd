import { addDays, weekday } from '../../domain/local-date.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { SurveyInput } from '../../domain/survey/compiled.ts';
import type { Instant } from '../../domain/time.ts';
import { localDateAt, localTimeAt } from '../../domain/zone.ts';
import { optOutUrl, answerUrl } from '../answer-token.ts';
import type { Moment, NoticeText } from './context.ts';
import { date as englishDate, moment as englishMoment } from './en/phrases.ts';
import { type Frame, html, plainText } from './layout.ts';
import { date as chineseDate, moment as chineseMoment } from './zh/phrases.ts';

/** What an invitation to a survey is made of. */
export interface SurveyMail {
  language: 'zh' | 'en';
  /** How the reader is addressed: a contact, or the customer itself. */
  name: string;
  /** The organisation that asks. */
  operator: string;
  /** Whoever had somebody else ask; null: the operator asks for itself. */
  client: string | null;
  occurrence: string | null;
  anonymous: boolean;
  /** 0 invites, 1 … reminds. */
  wave: number;
  closesAtMs: Instant;
  zone: SurveyInput['zone'];
  publicUrl: string;
  token: string;
  /** Somebody who makes the survey looks at it: subject and text say that it is a test. */
  isTest?: boolean;
}

/** The mail that asks somebody to answer. It says nothing of the contract: its readers are no party to it. */
export function surveyMail(mail: SurveyMail): { subject: string; text: string; html: string; optOut: string } {
  const optOut = optOutUrl(mail.publicUrl, mail.token);
  const made = mail.language === 'zh' ? chinese(mail, optOut) : english(mail, optOut);
  const { frame } = made;
  const text = mail.isTest === true ? asTest(made.text, mail.language) : made.text;
  return { subject: text.subject, text: plainText(text, frame), html: html(text, frame), optOut };
}

/** The same mail, saying first of all what becomes of an answer by it. */
function asTest(text: NoticeText, language: SurveyMail['language']): NoticeText {
  const [prefix, said] =
    language === 'zh'
      ? [
          '【测试】',
          '这是一封测试邮件，以下内容与客户收到的邀请相同。通过其中的链接可以试填问卷：试填的内容不作为答卷保存，不计入结果；退订链接也不生效。链接三日内有效。',
        ]
      : [
          '[Test] ',
          'This is a test: what follows is the invitation as customers get it. You can try the questionnaire out by its link: what you fill in is not kept as an answer and does not count, and its opt-out link changes nothing. The link works for three days.',
        ];
  return { ...text, subject: `${prefix}${text.subject}`, paragraphs: [said, ...text.paragraphs] };
}

function chinese(mail: SurveyMail, optOut: string): { text: NoticeText; frame: Frame } {
  const { operator, client, anonymous, wave, publicUrl, token } = mail;
  const closes = closing(mail);
  const period = mail.occurrence === null ? '' : `（${occurrenceTitle(mail.occurrence).zh}）`;
  const what = `客户满意度调查${period}`;
  const asks =
    client === null ? `${operator}正在开展${what}` : `${operator}受${client}委托，独立开展${client}的${what}`;
  const heading = wave === 0 ? '诚邀您参加客户满意度调查' : '提醒：客户满意度调查即将截止';
  return {
    text: {
      subject:
        wave === 0
          ? `${operator}邀请您参加客户满意度调查，${chineseDate(closes.date)}截止`
          : `提醒：客户满意度调查将于${chineseDate(closes.date)}截止（${operator}）`,
      heading,
      paragraphs: [
        `${asks}，${wave === 0 ? '诚邀您填写问卷' : '目前尚未收到您的答卷，诚邀您在截止前填写'}。调查旨在了解客户对产品和服务的评价。`,
        `问卷填写截至${chineseMoment(closes)}。填写中途会自动保存，换一台设备打开同一链接即可接着填写。`,
        anonymous
          ? '本次调查为匿名调查：答卷不记录您的姓名、联系方式和提交时间，不能由答卷查到填写人。系统只记录您是否已经作答，以免重复提醒。'
          : `本次调查不匿名：${operator}可以看到您的答卷，并可就您反映的问题与您联系。`,
      ],
      notes: [
        ...(wave === 0 ? [] : ['如您刚刚提交，请忽略本邮件。']),
        '链接仅供您本人使用，请勿转发。',
        `如不愿再收到满意度调查邮件，请打开此页退订：${optOut}`,
      ],
    },
    frame: {
      lang: 'zh-Hans',
      greeting: `${mail.name}，您好：`,
      colon: '：',
      agreement: [what, operator],
      button: { label: '填写问卷', url: answerUrl(publicUrl, token) },
      buttonHint: '如按钮无法打开，请将以下链接复制到浏览器：',
      itemLinks: {},
      smallPrint: [`本邮件由 Abide 代${operator}自动发送，请勿直接回复。`],
    },
  };
}

function english(mail: SurveyMail, optOut: string): { text: NoticeText; frame: Frame } {
  const { operator, client, anonymous, wave, publicUrl, token } = mail;
  const closes = closing(mail);
  const period = mail.occurrence === null ? '' : ` (${occurrenceTitle(mail.occurrence).en})`;
  const asks =
    client === null
      ? `${operator} is asking its customers how satisfied they are${period}`
      : `${operator}, commissioned by ${client}, is asking customers of ${client} independently how satisfied they are${period}`;
  return {
    text: {
      subject:
        wave === 0
          ? `${operator} asks for your opinion, by ${englishDate(closes.date)}`
          : `Reminder: customer satisfaction survey closes on ${englishDate(closes.date)} (${operator})`,
      heading: wave === 0 ? 'How satisfied are you?' : 'The satisfaction survey is about to close',
      paragraphs: [
        `${asks}. ${wave === 0 ? 'Please fill in the questionnaire.' : 'We do not have your answer yet; please fill in the questionnaire before it closes.'} It is to find out what customers think of products and services.`,
        `It can be answered until ${englishMoment(closes)}. What you fill in is saved as you go: open the same link on another device and continue there.`,
        anonymous
          ? 'This survey is anonymous: your answer bears neither your name nor your address nor the time at which you sent it, and it cannot be traced to you. We note only that you have answered, so that you are not reminded again.'
          : `This survey is not anonymous: ${operator} sees your answer and may contact you about what you say.`,
      ],
      notes: [
        ...(wave === 0 ? [] : ['If you have just answered, please ignore this mail.']),
        'The link is for you alone, please do not pass it on.',
        `If you do not want any more mails about surveys, opt out here: ${optOut}`,
      ],
    },
    frame: {
      lang: 'en',
      greeting: `Dear ${mail.name},`,
      colon: ': ',
      agreement: [`Customer satisfaction survey${period}`, operator],
      button: { label: 'Answer the questionnaire', url: answerUrl(publicUrl, token) },
      buttonHint: 'If the button does not work, copy this link into your browser:',
      itemLinks: {},
      smallPrint: [`Abide sent this mail for ${operator}. Please do not reply.`],
    },
  };
}

/** The close as people say it: 24:00 of the last day, not 00:00 of the next. */
export function closing({ closesAtMs, zone }: Pick<SurveyMail, 'closesAtMs' | 'zone'>): Moment {
  const day = localDateAt(zone, closesAtMs);
  const time = localTimeAt(zone, closesAtMs).slice(0, 5);
  const midnight = time === '00:00';
  const date = midnight ? addDays(day, -1) : day;
  return { date, weekday: weekday(date), time: midnight ? '24:00' : time, zone: zone.id };
}
