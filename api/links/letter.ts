import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Letter } from '../accounts/letters.ts';
import type { LiveLink } from '../act/link.ts';
import { ANSWER_WORDS } from '../act/answer-words.ts';
import { isAnswer } from '../act/asked.ts';
import { type Matter, isPaper, kindOf, matterFacts, when } from '../act/pages.ts';
import type { Language } from '../problem.ts';
import { obligationTitle, templateOf } from '../views.ts';

/** What the letter about a link says of it. */
type Mailed = Matter & Pick<LiveLink, 'person' | 'deputyFor'>;

/** The mail that brings somebody a fresh link for what they were asked to do. @param expiresAt when the link ends, ms */
export function linkLetter(
  link: Mailed,
  {
    email,
    url,
    expiresAt,
    view,
  }: { email: string; url: string; expiresAt: number; view: Parameters<typeof matterFacts>[2] },
): Letter {
  const { language, name } = link.person;
  const title = templateOf(link.compiled.template)?.title[language] ?? link.compiled.template;
  const { parties, due, clauses } = matterFacts(link, language, view);
  const ends = when(link, expiresAt, language);
  const to = { name, address: email };
  const ask = asked(link, language);
  if (language === 'zh') {
    const agreement = quoted(title);
    return {
      to,
      language,
      subject: `${ask}（新链接）：${agreement}`,
      heading: ask,
      paragraphs: [
        `${agreement}中的该事项仍待您办理，请使用下方的新链接；原链接已失效。`,
        ...(link.deputyFor ? [`您系代理${link.deputyFor.name}办理。`] : []),
      ],
      details: [
        ['各方', parties.join('　')],
        ...(due === undefined ? [] : [['期限', due] as [string, string]]),
        ...(clauses.length === 0 ? [] : [['依据', clauses.join('、')] as [string, string]]),
      ],
      button: { label: '打开办理页面', url },
      notes: [`链接有效至${ends}，仅供您本人使用，请勿转发。`],
      smallPrint: ['本邮件由 Abide 根据新链接申请自动发送。'],
    };
  }
  return {
    to,
    language,
    subject: `${ask} (new link): “${title}”`,
    heading: ask,
    paragraphs: [
      `This is still yours to do in “${title}”. Please use the new link below; the earlier one does not work any more.`,
      ...(link.deputyFor ? [`You stand in for ${link.deputyFor.name}.`] : []),
    ],
    details: [
      ['Parties', parties.join(' · ')],
      ...(due === undefined ? [] : [['Due', due] as [string, string]]),
      ...(clauses.length === 0 ? [] : [['Under', clauses.join(', ')] as [string, string]]),
    ],
    button: { label: 'Open the page', url },
    notes: [`The link works until ${ends}. It is for you alone; please do not pass it on.`],
    smallPrint: ['Abide sent this mail because a new link was asked for.'],
  };
}

/** What is asked for, as a sentence: 请审核《…》. */
function asked(link: Mailed, language: Language): string {
  const { purpose } = link.holder;
  const kind = kindOf(link);
  const template = templateOf(link.compiled.template);
  const zh = language === 'zh';
  const what = (): string => {
    if (!link.about) return quoted(template?.title.zh ?? link.compiled.template);
    const { obligation, occurrence } = link.about;
    const period = occurrence === undefined ? '' : occurrenceTitle(occurrence)[language];
    const title = obligationTitle(template, obligation)[language];
    if (zh) return `${quoted(title)}${period && `（${period}）`}`;
    return `“${title}”${period && ` for ${period}`}`;
  };
  if (isAnswer(purpose)) {
    const { en, zh: words } = ANSWER_WORDS[purpose];
    const title = link.asked && !['seal', 'object'].includes(purpose) ? link.asked.title : undefined;
    if (zh) return `请${words}${title ? `：${title.zh}` : ''}`;
    return title ? `${en}: ${title.en}` : en;
  }
  if (purpose === 'sign') return zh ? '请登记签署' : 'Record your signature';
  if (purpose === 'acknowledge') {
    if (zh) return `请阅读并确认${what()}`;
    return link.about ? `Read ${what()} and confirm it` : 'Read the agreement and confirm it';
  }
  if (purpose === 'review') return zh ? `请审核${what()}` : `Review ${what()}`;
  if (kind === 'payment') return zh ? `请登记${what()}已支付` : `Record ${what()} as settled`;
  if (kind === 'acknowledgement') return zh ? `请确认${what()}` : `Acknowledge ${what()}`;
  if (isPaper(kind)) return zh ? `请提交${what()}` : `Hand in ${what()}`;
  return zh ? `请登记${what()}已完成` : `Record ${what()} as completed`;
}

/** 《…》, unless the title bears the marks already. */
function quoted(title: string): string {
  return title.startsWith('《') ? title : `《${title}》`;
}
