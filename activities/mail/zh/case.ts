import { BREACH_MEANING_WORDS, CASE_CLOCK_WORDS, CASE_TYPE_WORDS } from '../../../domain/case/vocabulary.ts';
import type { CaseClockId, CaseType } from '../../../domain/case/compiled.ts';
import { clocksTold } from '../../../domain/case/telling.ts';
import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { detail, dueDetails, until, who, written } from './phrases.ts';

/** Complaints, requests, enquiries and feedback: what whoever handles them, or a party, is written. */
export const caseTexts: Pick<
  Wording['texts'],
  | 'case-opened'
  | 'case-passed'
  | 'case-warning'
  | 'case-late'
  | 'case-customer-word'
  | 'case-reopened'
  | 'case-negotiation'
  | 'case-decision'
  | 'case-reported'
  | 'case-told'
> = {
  'case-opened': (c) => ({
    subject: `请响应：${isMajor(c) ? '重大' : ''}${what(c)}`,
    heading: `收到新的${noun(c)}`,
    paragraphs: [
      `${of(c)}${noun(c)}已登记，各项时限自受理时起算。请登录系统查看内容，并由您本人作出首次响应；系统自动发出的回执不算响应。`,
      ...(isMajor(c) ? ['本件为重大工单，约定须由双方协商或者另行决定的，系统会另行通知。'] : []),
    ],
    details: details(c),
  }),

  'case-passed': (c) => ({
    subject: `转交您处理：${what(c)}`,
    heading: `${noun(c)}已转交您处理`,
    paragraphs: [`${of(c)}${noun(c)}已转交您处理。已经起算的时限不因转交而重新计算，请登录系统查看内容和剩余时间。`],
    details: details(c),
  }),

  'case-warning': (c) => ({
    subject: `${clock(c)}时限将于${until(c)}届满：${what(c)}`,
    heading: `${clock(c)}时限即将届满`,
    paragraphs: [
      `${of(c)}${noun(c)}的“${clock(c)}”时限将于${until(c)}届满，目前尚未完成。请尽快办理，并在系统中登记。`,
    ],
    details: [...details(c), ...dueDetails(c, '届满时间')],
  }),

  'case-late': (c) => {
    const { count = 1 } = c.notice.facts;
    const isProgress = c.notice.facts.about === 'progress';
    return {
      subject: isProgress ? `已 ${count} 次未按时通报进展：${what(c)}` : `${clock(c)}时限已届满：${what(c)}`,
      heading: isProgress ? '未按时向客户通报进展' : `${clock(c)}时限已届满而未完成`,
      paragraphs: [
        isProgress
          ? `${of(c)}${noun(c)}应于${until(c)}前向客户通报进展，系统中没有登记。请尽快联系客户并登记；下一次通报的间隔自该时间起算。`
          : `${of(c)}${noun(c)}的“${clock(c)}”时限已于${until(c)}届满，系统中没有完成的登记。逾期一经记录不因事后完成而消除。`,
        ...new Set(clocksTold(c.notice).flatMap(({ verdict }) => meaning(verdict))),
      ],
      details: [...details(c), ...dueDetails(c, '届满时间')],
    };
  },

  'case-customer-word': (c) => {
    const { title, text } = SAID[c.notice.facts.verdict ?? 'note'] ?? SAID['note'] ?? { title: '', text: '' };
    return {
      subject: `${title}：${what(c)}`,
      heading: title,
      paragraphs: [`关于${of(c)}${noun(c)}：${text}`, '原话和经过请登录系统查看。'],
      details: details(c),
    };
  },

  'case-reopened': (c) => ({
    subject: `已重新打开（第 ${c.notice.facts.round ?? 2} 轮）：${what(c)}`,
    heading: `${noun(c)}已重新打开`,
    paragraphs: [
      `${of(c)}${noun(c)}已重新打开，进入第 ${c.notice.facts.round ?? 2} 轮处理。此前各轮的记录保留不变，本轮的时限重新起算。`,
    ],
    details: details(c),
  }),

  'case-negotiation': (c) => ({
    subject: `请协商解决方案：重大${what(c)}`,
    heading: '重大问题由双方协商解决',
    paragraphs: [
      `${of(c)}${noun(c)}被认定为重大或者复杂问题，按照约定由双方协商确定解决方案。双方均在系统中确认方案后，方可登记处理结果；任何一方不能代替另一方确认，不答复不视为同意。`,
    ],
    details: details(c),
  }),

  'case-decision': (c) => ({
    subject: `请决定是否开展专项调查：重大${what(c)}`,
    heading: '请决定是否开展满意度专项调查',
    paragraphs: [
      `${of(c)}${noun(c)}属于重大投诉。请登录系统决定是否就此开展满意度专项调查；决定不开展的，请写明理由。作出决定前，本件不能办结。`,
    ],
    details: details(c),
  }),

  'case-reported': (c) => ({
    subject: `请确认上报：${what(c)}`,
    heading: `${noun(c)}已上报，请确认`,
    paragraphs: [`处理部门已将${of(c)}${noun(c)}上报。请登录系统查看并确认；未经确认，本件不能办结。`],
    details: details(c),
  }),

  'case-told': (c) => told(c),
};

/** What a party that is itself the customer is told (S003-C). */
function told(c: NoticeContext): NoticeText {
  const { ground = 'progress', verdict, days } = c.notice.facts;
  const said = written('内容', c.words.details ?? c.words.note ?? c.words.reason);
  const term = days === undefined ? '' : `请于 ${days} 日内`;
  const texts: Record<string, [heading: string, text: string]> = {
    receipt: ['您的请求已受理', `${noun(c)}已登记，编号见下。处理人员将与您联系；进展可随时登录系统查看。`],
    progress:
      verdict === 'responded'
        ? ['处理人员已响应', `处理人员已就您的${noun(c)}作出响应。`]
        : ['处理进展', `您的${noun(c)}正在处理，进展如下。`],
    plan: ['请确认服务方案', '服务方案已拟定，请登录系统确认，或者要求修改。'],
    information: [
      '请补正信息',
      `因您提供的信息不全或者不实，处理暂停计时。${term === '' ? '请' : term}登录系统补正；认为信息无误的，请提出异议，异议后恢复计时。`,
    ],
    result: [
      '处理结果',
      verdict === 'accept'
        ? `您的${noun(c)}已处理完毕，请登录系统验收并评分；不通过的，将重新处理。`
        : `您的${noun(c)}已处理完毕。如未真正解决，可要求重新打开。`,
    ],
    'follow-up': ['回访', `请告诉我们，您的${noun(c)}是否已经真正解决。`],
  };
  const [heading, text] = texts[ground] ?? ['处理进展', ''];
  return { subject: `${heading}：${what(c)}`, heading, paragraphs: [text, ...said], details: details(c) };
}

const SAID: Record<string, { title: string; text: string }> = {
  satisfied: { title: '客户表示满意', text: '客户对处理结果表示满意。' },
  'not-satisfied': {
    title: '客户不满意，工单重新打开',
    text: '客户对处理结果不满意，工单已重新打开，新一轮时限开始计算。',
  },
  'plan-confirmed': { title: '客户已确认服务方案', text: '客户已确认服务方案，可以执行。' },
  'plan-changed': {
    title: '客户要求修改服务方案',
    text: '客户要求修改服务方案，请重新拟定并提交确认；解决时限继续计算。',
  },
  corrected: { title: '客户已补正信息', text: '客户已补正信息，时限恢复计算。' },
  contested: { title: '客户提出异议', text: '客户认为其信息无误，时限恢复计算；此前暂停的时间不变。' },
  note: { title: '客户补充说明', text: '客户补充了说明。' },
  'follow-up': { title: '请回访客户', text: '回访期限已到，请询问客户问题是否真正解决，并登记其意见。' },
  'solution-half': { title: '一方已确认解决方案', text: '一方已确认协商的解决方案，另一方尚未确认。' },
  'solution-agreed': { title: '双方已确认解决方案', text: '双方均已确认协商的解决方案，可以据此处理。' },
};

function meaning(verdict: string | undefined): string[] {
  switch (verdict) {
    case 'breach':
      return ['按照约定，逾期未解决即由服务方承担全部责任；客户可就其损失提出赔偿，金额由其证明，系统不作推定。'];
    case 'breach-candidate':
      return ['这可能构成违约。是否追究违约责任由客户决定，系统不自动扣款。'];
    case 'accountability':
      return ['响应逾期将记入责任人问责名单，待其说明情况后由人工决定如何处理。'];
    case 'contested-not':
      return ['客户在期限内既未补正，也未提出异议，现记为客户一方的违约情形。'];
    case 'target-missed':
      return [`${BREACH_MEANING_WORDS['target-missed'].zh}，计入统计，不构成违约。`];
    default:
      return [];
  }
}

function noun(c: NoticeContext): string {
  return CASE_TYPE_WORDS[(c.notice.facts.kind ?? 'complaint') as CaseType].zh;
}

function clock(c: NoticeContext): string {
  const clocks = clocksTold(c.notice).map(({ about }) => CASE_CLOCK_WORDS[about as CaseClockId].zh);
  return clocks.length === 0 ? CASE_CLOCK_WORDS.resolution.zh : clocks.join('、');
}

/** 投诉 T-1 */
function what(c: NoticeContext): string {
  return `${noun(c)} ${c.notice.facts.process ?? ''}`;
}

/** 客户某公司的 */
function of(c: NoticeContext): string {
  return c.customer === undefined ? '' : `${c.customer}的`;
}

function isMajor(c: NoticeContext): boolean {
  return c.notice.facts.status === 'major';
}

function details(c: NoticeContext): [string, string][] {
  const { process, round, seat } = c.notice.facts;
  return [
    ...detail('编号', process, String),
    ...detail('客户', c.customer, String),
    ...(isMajor(c) ? [['严重程度', '重大'] as [string, string]] : []),
    ...(round !== undefined && round > 1 ? [['轮次', `第 ${round} 轮`] as [string, string]] : []),
    ...detail('处理人', seat, (one) => who(c, one)),
  ];
}
