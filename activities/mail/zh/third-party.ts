import { ENGAGEMENT_EVENT_WORDS } from '../../../domain/engagement/vocabulary.ts';
import type { EngagementEventType } from '../../../domain/engagement/event.ts';
import type { EngagementRequest } from '../../../domain/engagement/telling.ts';
import { type EngagementStep, stepAsked } from '../../../domain/engagement/steps.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { book, date, detail, dueDetails, list, parties, until, who } from './phrases.ts';

type ThirdPartyNotice = 'engagement-request' | 'engagement-reminder' | 'engagement-news' | 'engagement-notice';

/** 请求办理的事项，以及不办理的后果。 */
const ASKED: Record<EngagementRequest, { what: string; more: string }> = {
  reply: {
    what: '答复引入第三方的申请',
    more: '可以同意、说明理由后拒绝，或要求补充资料；要求补充资料的，答复期限中止。逾期未答复不视为同意。',
  },
  provide: { what: '补充对方要求的申请资料', more: '补充之前，答复期限中止计算。' },
  review: { what: '审核第三方介入协议草案', more: '双方均通过后方可签署；退回的，请写明修改意见。' },
  sign: { what: '签署第三方介入协议并登记签署日期', more: '全部签署人签署之前，不得开始工作、授予权限或付款。' },
  milestone: { what: '提交本交付节点的成果', more: '请连同资料一并提交。' },
  accept: { what: '验收或退回第三方提交的成果', more: '各验收方分别作出决定；退回的，请写明需要改正之处。' },
  effect: { what: '评估成果的使用效果', more: '效果不佳的，由第三方改进，并可作为索赔依据。' },
  support: { what: '答复第三方的支持请求', more: '逾期未答复造成的延误，不归于第三方。' },
  pay: {
    what: '向第三方支付贵方应承担的费用',
    more: '付款后，请在本系统该项介入的“费用”栏登记付款；有多笔费用的，先结清较早的一笔。合同对逾期付款未另行约定后果。',
  },
  cap: { what: '就变更第三方责任限额作出答复', more: '双方同意且第三方同意之前，原限额继续有效。' },
  'cap-consent': { what: '就变更贵方责任限额作出答复', more: '未答复不视为同意，原限额继续有效。' },
  loss: { what: '答复损失赔偿请求', more: '可以全部或部分认可，也可以提出异议；贵方认可之前不产生应付款项。' },
  end: { what: '决定是否终止第三方介入', more: '由双方决定；书面通知送达第三方之日终止。' },
  purpose: { what: '确认介入目的是否已实现', more: '约定的介入期限已届满。双方确认并书面通知第三方后，介入终止。' },
  settle: { what: '确认一项善后事项已办结', more: '对方已确认；贵方确认后即为办结。' },
};

/** 按钮文字。 */
const BUTTONS: Record<EngagementStep, string> = {
  reply: '前往答复',
  provide: '前往补充资料',
  review: '前往审核',
  sign: '前往签署',
  milestone: '前往提交成果',
  accept: '前往验收',
  effect: '前往评估',
  support: '前往答复',
  cap: '前往答复',
  'cap-consent': '前往答复',
  loss: '前往答复',
  end: '前往决定',
  purpose: '前往确认',
  settle: '前往确认',
  work: '前往办理',
};

/** 第三方介入：请求办理的事项、进展，以及致第三方的书面通知。 */
export const thirdPartyTexts: Pick<Wording['texts'], ThirdPartyNotice> = {
  'engagement-request': (c) => ({
    subject: `${c.due ? `请于${until(c)}前` : '请'}${asked(c).what}（${name(c)}）`,
    heading: `请${asked(c).what}`,
    paragraphs: [`本通知涉及${book(c.agreementTitle)}项下的第三方介入“${name(c)}”。`, asked(c).more],
    details: [...details(c), ...dueDetails(c, '期限')],
    ...button(c),
  }),

  'engagement-reminder': (c) => ({
    subject: isLate(c)
      ? `已逾期 ${c.notice.facts.daysLate ?? 0} 日：${asked(c).what}（${name(c)}）`
      : `请于${until(c)}前${asked(c).what}（${name(c)}）`,
    heading: isLate(c) ? `已逾期：${asked(c).what}` : `请${asked(c).what}`,
    paragraphs: [
      isLate(c) ? `本事项应于${until(c)}前办理；现在仍可办理，将记录为逾期。` : `本事项应于${until(c)}前办理。`,
      asked(c).more,
    ],
    details: [...details(c), ...dueDetails(c, '期限')],
    ...button(c),
  }),

  'engagement-news': (c) => ({
    subject: `${name(c)}：${news(c)}`,
    heading: news(c),
    paragraphs: [`本通知涉及${book(c.agreementTitle)}项下的第三方介入“${name(c)}”。`, ...consequence(c)],
    details: details(c),
    ...button(c),
  }),

  'engagement-notice': (c) => {
    const { what, status } = c.notice.facts;
    const both = list(parties(c).map(([title]) => title));
    const isCap = what === 'cap';
    if (status === 'by-hand' || (status === 'by-law' && c.notice.facts.serves === undefined)) {
      return {
        subject: `请书面通知第三方：${isCap ? '责任限额变更' : '介入终止'}（${name(c)}）`,
        heading: '请以纸质方式书面通知第三方',
        paragraphs: [
          `双方已就${isCap ? '变更第三方责任限额' : '终止第三方介入'}达成一致。系统中没有第三方的电子邮箱，请以纸质方式送达，并凭其签收登记送达日期。`,
          isCap ? '第三方同意之前，原限额继续有效。' : '通知送达之日，介入终止。',
        ],
        details: details(c),
      };
    }
    return {
      subject: `书面通知：${isCap ? '贵方责任限额拟变更' : '贵方的介入终止'}（${name(c)}）`,
      heading: `书面通知：${isCap ? '贵方责任限额拟变更' : '贵方的介入终止'}`,
      paragraphs: [
        '致第三方：',
        isCap
          ? `${both}已就变更贵方在${book(c.agreementTitle)}项下“${name(c)}”中的责任限额达成一致，现以双方名义书面通知贵方。新限额自贵方同意之日起生效；在此之前或贵方不同意的，原限额继续有效。`
          : `${both}已决定终止贵方在${book(c.agreementTitle)}项下“${name(c)}”的介入，现以双方名义书面通知贵方。介入自本通知送达之日终止，工作交接、费用、数据和权限与贵方办理善后。`,
      ],
      details: details(c),
      ...button(c),
    };
  },
};

/** 第三方的名称；没有的，用介入的编号。 */
function name(c: NoticeContext): string {
  return c.words.topic ?? c.notice.facts.process ?? '';
}

function asked(c: NoticeContext): { what: string; more: string } {
  return ASKED[c.notice.facts.what as EngagementRequest];
}

function news(c: NoticeContext): string {
  return ENGAGEMENT_EVENT_WORDS[c.notice.facts.status as EngagementEventType].zh;
}

function consequence(c: NoticeContext): string[] {
  switch (c.notice.facts.status as EngagementEventType) {
    case 'engagement-not-answered':
      return ['不得引入该第三方。申请仍可逾期答复，也可以重新提出。'];
    case 'engagement-refused':
      return ['可以以原名称或新的名称重新申请。'];
    case 'engagement-in-force':
      return ['自介入首日起，可以开始工作、授予权限和支付费用。'];
    case 'engagement-over':
      return ['主合同继续履行，双方义务不变。'];
    default:
      return [];
  }
}

function button(c: NoticeContext): { button?: string } {
  const step = stepAsked(c.notice)?.step;
  return step === undefined ? {} : { button: BUTTONS[step] };
}

function isLate(c: NoticeContext): boolean {
  return (c.notice.facts.daysLate ?? 0) > 0;
}

function details(c: NoticeContext): [string, string][] {
  const {
    process,
    about,
    by,
    against,
    status,
    amount,
    cap,
    currency,
    percent,
    on,
    from,
    signedOn,
    endedOn,
    until: through,
  } = c.notice.facts;
  const isNumbered = about !== undefined && /^(round-\d+|cap-\d+|cost-\d+-.+|draft)$/.test(about);
  return [
    ...detail('介入', process, String),
    ...detail('事项', isNumbered ? undefined : about, String),
    ...detail('提出方', by, (seat) => who(c, seat)),
    ...detail('未付款方', against, (seat) => who(c, seat)),
    ...detail('金额', amount, (sum) => `${currency ?? ''} ${sum}`.trim()),
    ...detail('责任限额', cap, (sum) => `${currency ?? ''} ${sum}`.trim()),
    ...detail('已用比例', percent, (share) => `${share}%`),
    ...detail('签署日', signedOn, date),
    ...detail('介入首日', from, date),
    ...detail('日期', on, date),
    ...detail('提前通知期至', through, date),
    ...detail('终止日', endedOn, date),
    ...(status === 'engagement-payment-overdue' ? dueDetails(c, '期限') : []),
  ];
}
