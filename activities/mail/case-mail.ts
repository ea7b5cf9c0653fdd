import type { CaseType } from '../../domain/case/compiled.ts';
import type { CustomerNoticeKind } from '../../domain/agreement/notice.ts';
import { CASE_TYPE_WORDS } from '../../domain/case/vocabulary.ts';
import { caseUrl } from '../case-link.ts';
import type { NoticeText, WrittenWords } from './context.ts';
import { type Frame, html, plainText } from './layout.ts';

/** What whoever brought a case in is written; the answer to a finding has a mail of its own. */
export type CaseLetterKind = Exclude<CustomerNoticeKind, 'customer-answer'>;

export interface CaseLetter {
  kind: CaseLetterKind;
  language: 'zh' | 'en';
  /** How the reader is addressed. */
  name: string;
  /** The organisation that owes the service. */
  operator: string;
  caseType: CaseType;
  reference: string;
  /** What of several things it tells: `responded`, `progress`, `opinion`. */
  verdict: string | null;
  /** So many days are waited for an answer; null: no length is agreed. */
  days: number | null;
  /** What was written with the act; gone where it was erased. */
  words: WrittenWords;
  publicUrl: string;
  /** Of the page of this case, for this reader alone. */
  token: string;
  noticeId: string;
}

/** A mail to a customer about its own case. It says nothing of the contract, to which the customer is no party. */
export function caseMail(letter: CaseLetter): { subject: string; text: string; html: string } {
  const { text, frame } = letter.language === 'zh' ? chinese(letter) : english(letter);
  return { subject: text.subject, text: plainText(text, frame), html: html(text, frame) };
}

interface Said {
  subject: string;
  before: string[];
  /** After the words of whoever handles it. */
  after: string[];
  button: string;
}

function chinese(letter: CaseLetter): { text: NoticeText; frame: Frame } {
  const { operator, name, reference, publicUrl, token, noticeId } = letter;
  const { subject, before, after, button } = chineseWords(letter);
  return {
    text: {
      subject: `${subject}（编号 ${reference}）`,
      heading: subject,
      paragraphs: [...before, ...wordsOf(letter), ...after],
      details: [['编号', reference]],
      notes: ['链接仅供您本人使用，请勿转发。'],
    },
    frame: {
      lang: 'zh-Hans',
      greeting: `${name}，您好：`,
      colon: '：',
      agreement: [operator],
      button: { label: button, url: caseUrl(publicUrl, token) },
      buttonHint: '如按钮无法打开，请将以下链接复制到浏览器：',
      itemLinks: {},
      smallPrint: [`本邮件由 Abide 代${operator}自动发送。`, `编号：${noticeId}`],
    },
  };
}

function chineseWords({ kind, operator, caseType, verdict, days }: CaseLetter): Said {
  const noun = CASE_TYPE_WORDS[caseType].zh;
  const look = '查看进展';
  const term = days === null ? '' : `${days} 日内`;
  switch (kind) {
    case 'case-receipt':
      return {
        subject: `${operator}已收到您的${noun}`,
        before: [`您的${noun}已登记受理。处理人员会与您联系；这是系统自动发出的回执。`],
        after: ['您可随时打开以下页面查看进展，或者补充说明。'],
        button: look,
      };
    case 'case-progress':
      return verdict === 'responded'
        ? { subject: `${operator}已响应您的${noun}`, before: ['处理人员答复如下：'], after: [], button: look }
        : { subject: `您的${noun}的处理进展`, before: ['处理进展如下：'], after: [], button: look };
    case 'case-plan':
      return {
        subject: `请确认${operator}拟定的服务方案`,
        before: ['针对您的需求，服务方案如下：'],
        after: ['确认后我们即开始执行；需要修改的，请在页面上说明。'],
        button: '确认或要求修改',
      };
    case 'case-information':
      return {
        subject: `请补充或者核对您的${noun}的信息`,
        before: ['由于信息不全或者与实际不符，您的请求暂时无法继续处理：'],
        after: [`请${term === '' ? '' : `于 ${term}`}补正；如信息无误，也请告诉我们。`],
        button: '补正信息',
      };
    case 'case-result':
      return {
        subject: `您的${noun}的处理结果`,
        before: ['您的问题已处理，结果如下：'],
        after: [
          verdict === null
            ? '如问题未真正解决，请在页面上要求重新处理。'
            : `您对处理结果是否满意？请告诉我们${term === '' ? '' : `（${term}）`}。不答复不视为满意。`,
        ],
        button: verdict === null ? look : '告诉我们您是否满意',
      };
    case 'case-follow-up':
      return {
        subject: `您的${noun}是否真正解决了？`,
        before: ['不久前我们处理了您反映的问题，想了解是否真正解决。'],
        after: ['如未解决，我们会重新处理。'],
        button: '告诉我们是否已解决',
      };
  }
}

function english(letter: CaseLetter): { text: NoticeText; frame: Frame } {
  const { operator, name, reference, publicUrl, token, noticeId } = letter;
  const { subject, before, after, button } = englishWords(letter);
  return {
    text: {
      subject: `${subject} (${reference})`,
      heading: subject,
      paragraphs: [...before, ...wordsOf(letter), ...after],
      details: [['Number', reference]],
      notes: ['The link is for you alone, please do not pass it on.'],
    },
    frame: {
      lang: 'en',
      greeting: `Dear ${name},`,
      colon: ': ',
      agreement: [operator],
      button: { label: button, url: caseUrl(publicUrl, token) },
      buttonHint: 'If the button does not work, copy this link into your browser:',
      itemLinks: {},
      smallPrint: [`Abide sent this mail for ${operator}.`, `Number: ${noticeId}`],
    },
  };
}

function englishWords({ kind, operator, caseType, verdict, days }: CaseLetter): Said {
  const noun = CASE_TYPE_WORDS[caseType].en;
  const look = 'See how it stands';
  const term = days === null ? '' : ` within ${days} days`;
  switch (kind) {
    case 'case-receipt':
      return {
        subject: `${operator} has your ${noun}`,
        before: [`Your ${noun} was registered. Somebody will get in touch with you; this is an automatic receipt.`],
        after: ['You can see how it stands at any time, and add to it.'],
        button: look,
      };
    case 'case-progress':
      return verdict === 'responded'
        ? {
            subject: `${operator} has responded to your ${noun}`,
            before: ['This is the response:'],
            after: [],
            button: look,
          }
        : { subject: `How your ${noun} stands`, before: ['This is how it stands:'], after: [], button: look };
    case 'case-plan':
      return {
        subject: `Please confirm the service plan of ${operator}`,
        before: ['This is what we plan to do:'],
        after: ['We begin once you have confirmed it; if something is to be changed, please say so on the page.'],
        button: 'Confirm or ask for a change',
      };
    case 'case-information':
      return {
        subject: `Please complete or check what you told us in your ${noun}`,
        before: ['We cannot go on, because something is missing or does not agree with the facts:'],
        after: [`Please correct it${term}; if it is right, please tell us that, too.`],
        button: 'Correct it',
      };
    case 'case-result':
      return {
        subject: `The result of your ${noun}`,
        before: ['Your problem was handled, and this is the result:'],
        after: [
          verdict === null
            ? 'If it is not really solved, please ask for it to be handled again.'
            : `Does it satisfy you? Please let us know${term}. No answer is not taken for a yes.`,
        ],
        button: verdict === null ? look : 'Say whether you are satisfied',
      };
    case 'case-follow-up':
      return {
        subject: `Is what you told us in your ${noun} really solved?`,
        before: ['We handled your problem some time ago and would like to know whether it is really solved.'],
        after: ['If it is not, we handle it again.'],
        button: 'Say whether it is solved',
      };
  }
}

/** The words of whoever wrote it, paragraph by paragraph. */
function wordsOf({ words: { details, note, reason } }: CaseLetter): string[] {
  return (details ?? note ?? reason ?? '').split(/\n+/).filter((line) => line.trim() !== '');
}
