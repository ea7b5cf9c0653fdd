import type { TerminationGround } from '../../../domain/agreement/compiled.ts';
import type { NoticeContext, Wording } from '../context.ts';
import {
  balanceItems,
  book,
  date,
  deliverable,
  detail,
  dueDetails,
  parties,
  reference,
  role,
  until,
  who,
  written,
} from './phrases.ts';

const GROUNDS: Record<TerminationGround, string> = {
  mutual: '双方协商一致',
  breach: '违约且未获补救',
  'serious-breach': '严重违约',
  'force-majeure': '不可抗力',
  repeal: '制度废止',
  expiry: '期限届满',
  'agreed-list': '约定的终止事由',
};

/** When a notice by mail reaches the other side: Civil Code 137. */
const RECEIPT =
  '本通知发送至贵方在本协议中指定的电子邮箱，自进入该邮箱所在系统时到达贵方（《民法典》第一百三十七条第二款）。';
const BY_HAND = '本通知已另以书面方式送达，送达日期以签收凭证为准；本邮件仅供备查。';
const RESERVED = '通知方保留依照合同和法律享有的其他权利；本通知不构成对任何权利的放弃。';

/** Breach, termination, and what follows the end. Two of them are formal notices to the other side. */
export const endingTexts: Pick<
  Wording['texts'],
  | 'breach-notice'
  | 'breach-cured'
  | 'negotiation-failed'
  | 'termination-notice'
  | 'termination-consent'
  | 'termination-objected'
  | 'service-failed'
  | 'final-statement'
  | 'afterwards-begun'
  | 'afterwards-ending'
  | 'agreement-closed'
> = {
  'breach-notice': (c) => {
    const { by, against, days } = c.notice.facts;
    const what = `未按约履行${c.notice.obligation === undefined ? book(c.agreementTitle) : deliverable(c)}`;
    const { demand, period } = remedy(c);
    const within = days === undefined || days === 0 ? '' : `，请自收到之日起 ${days} 日内${demand}`;
    return {
      subject: `违约通知：${role(c, against, '贵方')}${what}${within}`,
      heading: '违约通知',
      paragraphs: [
        `致${who(c, against, '违约方')}：`,
        `${who(c, by, '通知方')}依据${book(c.agreementTitle)}的约定，就贵方${what}一事，特此书面通知贵方违约。${c.due ? `该义务的履行期限为${until(c).trim()}。` : ''}`,
        ...written('事实与理由', c.words.reason),
        days === undefined || days === 0
          ? '请贵方立即采取措施予以纠正。'
          : `请贵方自本通知到达之日起 ${days} 日内${demand}（到达当日不计入）。${period}期限届满仍未解决的，${role(c, by, '通知方')}可以依照合同约定通知终止。`,
        ...service(c),
      ],
      details: [
        ['协议', book(c.agreementTitle)],
        ...detail('通知方', by, (seat) => who(c, seat)),
        ...detail('被通知方', against, (seat) => who(c, seat)),
        ...(c.notice.obligation === undefined ? [] : [['所涉义务', deliverable(c)] as [string, string]]),
        ...clauses(c),
      ],
      button: '查看通知及所附文件',
    };
  },

  'breach-cured': (c) => ({
    subject: `违约已获补救：${book(c.agreementTitle)}`,
    heading: '违约已获补救',
    paragraphs: [
      `${c.notice.obligation === undefined ? '所通知的违约' : `就${deliverable(c)}所通知的违约`}已登记为获得补救，以该违约为由的终止程序不再进行。已经产生的违约金和其他权利义务不受影响。`,
    ],
    details: detail('登记方', c.notice.facts.by, (seat) => who(c, seat)),
  }),

  'negotiation-failed': (c) => {
    const what = c.notice.obligation === undefined ? '所通知的违约' : `就${deliverable(c)}所通知的违约`;
    const result = c.due ? '协商或补救期限届满，违约仍未解决' : '违约未获解决';
    return {
      subject: `${result}：${book(c.agreementTitle)}`,
      heading: result,
      paragraphs: [
        c.due ? `${what}在约定的期限内未获解决（期限至${until(c).trim()}）。` : `${what}，通知已经送达，违约尚未解决。`,
        `协议并不因此自动终止。${role(c, c.notice.facts.by, '守约方')}可以依照合同约定另行发出终止通知；各方也可以继续协商。`,
      ],
      details: [
        ...detail('违约方', c.notice.facts.against, (seat) => who(c, seat)),
        ...dueDetails(c, '期限届满'),
        ...clauses(c),
      ],
    };
  },

  'termination-notice': (c) => {
    const { by, against, ground, days, until: endsOn } = c.notice.facts;
    const policy = ground === 'repeal';
    const when =
      days === undefined || days === 0
        ? endsOn === undefined
          ? '自本通知到达时'
          : `于 ${date(endsOn)}届满时`
        : `自本通知到达之次日起满 ${days} 日时`;
    return {
      subject: `终止通知：${role(c, by, '通知方')}通知终止${book(c.agreementTitle)}（${groundOf(c)}）`,
      heading: '终止通知',
      paragraphs: [
        `致${who(c, against, '收件方')}：`,
        `${who(c, by, '通知方')}依据${book(c.agreementTitle)}的约定，以${groundOf(c)}为由，特此书面通知${policy ? '废止本制度' : ground === 'mutual' ? '终止本协议' : '终止（解除）本协议'}。`,
        ...written('事实与理由', c.words.reason),
        `协议${when}终止${days !== undefined && days > 0 && endsOn !== undefined ? `，且不早于 ${date(endsOn)}` : ''}${policy ? '' : basis(ground)}。终止之前，各方仍应按约履行。`,
        '终止不影响合同中结算和清理条款的效力，也不影响终止前已经产生的权利义务。',
        ...(policy ? [] : service(c)),
        ...(c.asked
          ? [
              '通知期内，贵方可以通过下方按钮或者在协议页面提出异议。异议记录在案并告知对方，但异议本身不阻止终止的效力。',
            ]
          : []),
      ],
      details: [
        ['协议', book(c.agreementTitle)],
        ...detail('通知方', by, (seat) => who(c, seat)),
        ...detail('被通知方', against, (seat) => who(c, seat)),
        ['终止事由', groundOf(c)],
        ...(days === undefined || days === 0 ? [] : [['通知期', `${days} 日`] as [string, string]]),
        ...detail('终止日不早于', endsOn, date),
        ...clauses(c),
      ],
      button: c.asked ? '对终止提出异议' : '查看通知及所附文件',
    };
  },

  'service-failed': (c) => {
    const to = toThird(c) ? '第三方' : role(c, c.notice.facts.seat, '对方');
    const named = toThird(c) ? to : who(c, c.notice.facts.seat, to);
    return {
      subject: `向${to}发出的${formalNotice(c)}被退回：${book(c.agreementTitle)}`,
      heading: `${formalNotice(c)}被退回`,
      paragraphs: [
        `向${named}发出的${formalNotice(c)}，其邮件在邮件服务器接收之后被退回。书面通知到达对方时生效（《民法典》第一百三十七条），该邮件并未到达。`,
        whatIsLeft(c),
        ...(c.notice.facts.status === 'taken-back'
          ? ['通知已经作出，但到达对方时才生效：请更正邮箱地址后重新送达，或者书面直接送达并留存签收凭证。']
          : []),
      ],
      details: [
        ['协议', book(c.agreementTitle)],
        ['被通知方', named],
        ...detail('原登记的送达日期', c.notice.facts.from, date),
        ...clauses(c),
      ],
    };
  },

  'termination-objected': (c) => ({
    subject: `${role(c, c.notice.facts.by, '对方')}对终止通知提出异议：${book(c.agreementTitle)}`,
    heading: `${role(c, c.notice.facts.by, '对方')}对终止通知提出异议`,
    paragraphs: [
      `${who(c, c.notice.facts.by, '对方')}对以${groundOf(c)}为由终止${book(c.agreementTitle)}的通知提出异议。`,
      ...written('理由', c.words.reason),
      '异议已记录在案。异议本身不阻止终止的效力；有争议的，任何一方均可请求人民法院或者仲裁机构确认终止（解除）的效力（《民法典》第五百六十五条第一款）。',
    ],
    details: [['终止事由', groundOf(c)], ...detail('通知期至', c.notice.facts.localDate, date), ...clauses(c)],
  }),

  'termination-consent': (c) => ({
    subject: `请答复是否同意终止${book(c.agreementTitle)}（${groundOf(c)}）`,
    heading: `请答复是否同意终止${book(c.agreementTitle)}`,
    paragraphs: [
      `${who(c, c.notice.facts.by, '对方')}提出以${groundOf(c)}为由终止${book(c.agreementTitle)}。依照约定，终止须经贵方同意。`,
      ...written('理由', c.words.reason),
      '贵方同意之前，协议继续有效，各方仍应按约履行；未答复不视为同意。',
    ],
    details: [['终止事由', groundOf(c)], ...detail('拟终止日', c.notice.facts.until, date), ...clauses(c)],
    button: '同意终止',
  }),

  'final-statement': (c) => {
    if (!c.notice.facts.balances) {
      return {
        subject: `最终结算单：${book(c.agreementTitle)}`,
        heading: '最终结算单',
        paragraphs: [
          `${book(c.agreementTitle)}终止后的未了事项均已逐项处理，最终结算单已经出具；金额限有权查阅台账的人员知悉。`,
        ],
      };
    }
    const items = balanceItems(c);
    return {
      subject: `最终结算单：${book(c.agreementTitle)}${items.length === 0 ? '，各方互不相欠' : ''}`,
      heading: '最终结算单',
      paragraphs: [
        `${book(c.agreementTitle)}终止后的未了事项均已逐项处理，结算结果如下，截至本通知之日。`,
        ...(items.length === 0 ? ['各方之间没有未付的款项。'] : []),
      ],
      items,
      notes: ['本结算单由台账逐笔汇总得出；对金额有异议的，请与项目协调人核对台账。'],
    };
  },

  'afterwards-begun': (c) => {
    const length = c.due
      ? `履行至${until(c).trim()}，期满之前将另行提醒`
      : isEndless(c)
        ? '持续有效，不设期限'
        : '期限未约定';
    return {
      subject: `${book(c.agreementTitle)}已终止，${afterwards(c)}仍须履行`,
      heading: `终止后仍须履行${afterwards(c)}`,
      paragraphs: [
        `${book(c.agreementTitle)}已经终止。依照约定，${afterwards(c)}不因终止而免除：${length}。`,
        ...(c.due || isEndless(c) ? [] : ['请各方就该项的期限以书面形式另行约定。']),
      ],
      details: [...detail('责任方', c.notice.facts.by, (seat) => who(c, seat)), ...dueDetails(c, '期满')],
    };
  },

  'afterwards-ending': (c) => {
    const overdue = c.notice.facts.status === 'overdue';
    const { by } = c.notice.facts;
    return {
      subject: overdue
        ? `终止后的${afterwards(c)}已到期，${role(c, by, '责任方')}尚未确认完成，请尽快办理并留存凭证`
        : `终止后的${afterwards(c)}${c.due ? `将于${until(c)}期满` : '即将期满'}，请在此之前办理未了事宜`,
      heading: overdue ? `终止后的${afterwards(c)}尚未确认完成` : `终止后的${afterwards(c)}即将期满`,
      paragraphs: [
        overdue
          ? `${book(c.agreementTitle)}终止后的${afterwards(c)}应由${who(c, by, '责任方')}于${until(c)}前完成，目前尚未凭书面文件确认完成。请尽快办理，并提交签署的书面声明或交接凭证。`
          : `${book(c.agreementTitle)}终止后的${afterwards(c)}即将期满。需要支持、备份、恢复或移交的，请在期满之前提出并办理完毕。`,
      ],
      details: [...dueDetails(c, '期满'), ...detail('责任方', by, (seat) => who(c, seat))],
    };
  },

  'agreement-closed': (c) => {
    const { open = [] } = c.notice.facts;
    return {
      subject: `${book(c.agreementTitle)}已了结`,
      heading: `${book(c.agreementTitle)}已了结`,
      paragraphs: [
        `${book(c.agreementTitle)}终止后的各项义务均已期满，协议了结，不再产生提醒。`,
        ...(open.length > 0 ? [`以下约定不因了结而失效：${open.map((rule) => titleOf(c, rule)).join('、')}。`] : []),
      ],
      details: parties(c),
    };
  },
};

/** How it reaches the other side: by this very mail, or it was handed over; a copy does not know. */
function service(c: NoticeContext): string[] {
  if (c.notice.role === 'copy') return [RESERVED];
  return [c.notice.facts.serves === undefined ? BY_HAND : RECEIPT, RESERVED];
}

/** What the contract gives for a breach: negotiation, a cure, or both. */
function remedy(c: NoticeContext): { demand: string; period: string } {
  const rules = (c.agreement.life?.terminations ?? []).filter(
    ({ ground }) => ground === 'breach' || ground === 'serious-breach',
  );
  const negotiates = rules.some(({ negotiationDays }) => negotiationDays !== null);
  const cures = rules.some(({ cureDays }) => cureDays !== null);
  if (negotiates && !cures) return { demand: '与通知方协商解决', period: '协商' };
  if (cures && !negotiates) return { demand: '予以补救', period: '补救' };
  return { demand: '协商解决或予以补救', period: '' };
}

export function groundOf(c: NoticeContext): string {
  const { ground, kind } = c.notice.facts;
  const words = GROUNDS[ground as TerminationGround] ?? '约定的事由';
  return ground === 'agreed-list' && kind !== undefined ? `${words}“${kind}”` : words;
}

/** What the Civil Code says of this end: by agreement 562, by one side's notice 565. */
function basis(ground: string | undefined): string {
  return ground === 'mutual' ? '（《民法典》第五百六十二条第一款）' : '（《民法典》第五百六十五条第一款）';
}

function clauses(c: NoticeContext): [string, string][] {
  return c.notice.clauses.length > 0 ? [['依据条款', c.notice.clauses.join('、')]] : [];
}

function isEndless(c: NoticeContext): boolean {
  return (c.agreement.life?.afterwards ?? []).some(
    ({ id, endless }) => id === c.notice.facts.about && endless === true,
  );
}

function afterwards(c: NoticeContext): string {
  return `“${c.ruleTitle(c.notice.facts.about ?? '')}”`;
}

function titleOf(c: NoticeContext, id: string): string {
  const rule = c.ruleTitle(id);
  return rule === id ? reference(c, id) : `“${rule}”`;
}

/** A written notice of the contract by its id: `breach-1`, `termination-1`, `amendment:<id>`, `engagement-end:<id>`. */
function formalNotice({ notice }: NoticeContext): string {
  const { about = '' } = notice.facts;
  if (about.startsWith('breach-')) return '违约通知';
  if (about.startsWith('termination-')) return '终止通知';
  return about.startsWith('amendment:') ? '责任限额变更通知' : '第三方介入结束通知';
}

/** It goes to a third party, whose seat not every agreement has. */
function toThird({ notice }: NoticeContext): boolean {
  return notice.facts.about?.includes(':') === true;
}

/** What a written notice has come to whose mail came back. */
export function whatIsLeft(c: NoticeContext): string {
  const { status } = c.notice.facts;
  const what = `${c.notice.obligation === undefined ? '' : `就${deliverable(c)}发出的`}${formalNotice(c)}`;
  if (status === 'still-served') return `${what}的另一封邮件已被接收且未被退回，以该邮件到达之日为送达日期。`;
  if (status === 'taken-back')
    return `${what}视为未送达：自原登记的送达日期起算的期间不再计算；通知到达之前，不产生后续效力。`;
  return `${what}的后果此前已经发生，系统不作自动撤销：该通知是否已经到达、未到达时如何处理，请交法务人员判断。`;
}
