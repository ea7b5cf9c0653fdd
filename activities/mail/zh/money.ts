import { isZeroMoney } from '../../../domain/money.ts';
import type { NoticeContext, Wording } from '../context.ts';
import {
  BOTH_SIDES,
  accrued,
  book,
  date,
  deliverable,
  detail,
  dueDetails,
  moment,
  owner,
  ownerRole,
  penaltyDetails,
  role,
  sum,
  until,
  who,
  written,
} from './phrases.ts';

/** Payments, what lateness of them costs, what is let go, caps, and claims. */
export const moneyTexts: Pick<
  Wording['texts'],
  | 'payment-received'
  | 'payment-held-back'
  | 'late-fee-started'
  | 'late-fee-stopped'
  | 'waiver-proposed'
  | 'penalty-waived'
  | 'cap-reached'
  | 'sum-booked'
  | 'item-settled'
  | 'claim-made'
  | 'claim-answered'
  | 'claim-overdue'
> = {
  'payment-received': (c) => {
    const { amount = '0', unpaid, localDate, about = '', by } = c.notice.facts;
    const whole = unpaid !== undefined && isZeroMoney(unpaid);
    const isDuty = c.notice.obligation !== undefined;
    const of = about.startsWith('claim:')
      ? `索赔 ${claimId(c) ?? ''} 的赔偿款`
      : about.startsWith('booking:')
        ? `“${c.ruleTitle(about.slice('booking:'.length))}”入账款项`
        : about.startsWith('penalty:')
          ? `${deliverable(c)}的违约金`
          : deliverable(c);
    const payer = isDuty ? ownerRole(c) : role(c, by);
    return {
      subject: `${payer}已支付${of}${sum(c, amount)}${whole ? '，已付清' : ''}`,
      heading: `${payer}已支付${of}${sum(c, amount)}`,
      paragraphs: [
        `已登记${isDuty ? owner(c) : who(c, by)}支付${of}${sum(c, amount)}${whole ? '，该款项已付清' : unpaid === undefined ? '' : `，尚欠${sum(c, unpaid)}`}。`,
        '如与贵方实际收款不符，请尽快与项目协调人核对。',
      ],
      details: [
        ['付款金额', sum(c, amount)],
        ...detail('付款日', localDate, date),
        ...detail('未付金额', unpaid, (left) => sum(c, left)),
      ],
    };
  },

  'payment-held-back': (c) => {
    const { amount = '0', unpaid } = c.notice.facts;
    const released = isZeroMoney(amount);
    return {
      subject: released
        ? `${ownerRole(c)}不再暂扣${deliverable(c)}的款项`
        : `${ownerRole(c)}依约暂扣${deliverable(c)}${sum(c, amount)}`,
      heading: released ? '款项不再暂扣' : '款项被暂扣',
      paragraphs: [
        released
          ? `${owner(c)}不再暂扣${deliverable(c)}的款项，该款项恢复按约支付。`
          : `${owner(c)}依照约定暂扣${deliverable(c)}中的${sum(c, amount)}，理由见协议页面。暂扣部分在暂扣期间不计迟延付款违约金。`,
        ...(released ? [] : ['贵方对暂扣的理由或金额有异议的，可以依照约定提出。']),
      ],
      details: [
        ...(released ? [] : [['暂扣金额', sum(c, amount)] as [string, string]]),
        ...detail('未付金额', unpaid, (left) => sum(c, left)),
      ],
    };
  },

  'late-fee-started': (c) => ({
    subject: `${deliverable(c)}逾期未付${unpaid(c)}${c.penalty ? '，开始计算迟延付款违约金' : ''}`,
    heading: `${deliverable(c)}逾期未付`,
    paragraphs: [
      `${deliverable(c)}应由${owner(c)}于${until(c)}前支付，期限届满时${unpaid(c) === '' ? '尚未付清' : `尚有${unpaid(c)}未付`}。`,
      c.penalty
        ? '按照约定，就未付部分按日计算迟延付款违约金，直至付清之日（含当日）。'
        : '合同未约定迟延付款违约金的比率，仅记录逾期天数和未付金额，不计算违约金。',
    ],
    details: [...dueDetails(c, '支付期限'), ...unpaidDetail(c), ...penaltyDetails(c), ...accrued(c, '起算日违约金')],
    notes: [BOTH_SIDES],
  }),

  'late-fee-stopped': (c) => {
    const { amount, daysLate } = c.notice.facts;
    const total = amount === undefined || isZeroMoney(amount) ? '' : `，累计${sum(c, amount)}`;
    return {
      subject: `${deliverable(c)}迟延付款违约金停止计算${total}`,
      heading: `${deliverable(c)}迟延付款违约金停止计算`,
      paragraphs: [`${deliverable(c)}的迟延付款违约金已停止计算${total}。`],
      details: [
        ...detail('逾期天数', daysLate, (days) => `${days} 天`),
        ...detail('违约金比率', c.penalty, ({ rate }) => `每日 ${rate}，以未付金额为基数`),
        ...accrued(c, '累计迟延付款违约金'),
      ],
      notes: [BOTH_SIDES],
    };
  },

  'waiver-proposed': (c) => ({
    subject: `请同意减免${aboutDuty(c)}违约金${waived(c)}：${book(c.agreementTitle)}`,
    heading: `请同意减免${aboutDuty(c)}违约金`,
    paragraphs: [
      `${who(c, c.notice.facts.by)}提议减免${aboutDuty(c)}违约金${waived(c)}，理由见协议页面。须经您同意后方可生效；同意之前，违约金照常计算。`,
      '减免以冲销方式入账，原有记录不作更改，且不影响其他权利。',
    ],
    details: waiverDetails(c),
    button: '前往同意减免',
  }),

  'penalty-waived': (c) => ({
    subject: `${aboutDuty(c)}违约金已减免${waived(c)}`,
    heading: `${aboutDuty(c)}违约金已减免`,
    paragraphs: [
      `债权方已同意减免${aboutDuty(c)}违约金${waived(c)}，以冲销方式入账。`,
      '减免仅限于上述范围，不影响其他已经产生或将要产生的权利义务。',
    ],
    details: waiverDetails(c),
    notes: [BOTH_SIDES],
  }),

  'cap-reached': (c) => {
    const { about = '', percent = 0, amount, cap } = c.notice.facts;
    if (about === 'penalties') {
      return {
        subject: `违约金累计已达合同总额的 ${percent}%，请留意：${book(c.agreementTitle)}`,
        heading: `违约金累计已达合同总额的 ${percent}%`,
        paragraphs: [
          `${book(c.agreementTitle)}项下违约金累计${amount === undefined ? '' : `${sum(c, amount)}，`}已达到本系统设定的提示线。`,
          '该提示线由本系统设定，既非合同约定的上限，也非法律规定的限额；违约金继续按约计算。',
        ],
        details: detail('累计违约金', amount, (total) => sum(c, total)),
      };
    }
    const title = about.startsWith('penalty:')
      ? `${book(c.titleOf(about.slice(8)))}违约金`
      : `“${c.ruleTitle(about)}”项下的赔偿金额`;
    return {
      subject: `${title}已达约定上限的 ${percent}%：${book(c.agreementTitle)}`,
      heading: `${title}已达约定上限的 ${percent}%`,
      paragraphs: [
        percent >= 100
          ? `${title}已达到约定的上限，超出部分不再计入。`
          : `${title}已达到约定上限的 ${percent}%，请各方留意余额。`,
      ],
      details: [
        ...detail('累计金额', amount, (total) => sum(c, total)),
        ...detail('约定上限', cap, (limit) => sum(c, limit)),
      ],
    };
  },

  'sum-booked': (c) => {
    const { about = '', by, against, amount = '0' } = c.notice.facts;
    const title = c.ruleTitle(about);
    return {
      subject: `“${title}”入账：${role(c, by)}应付${role(c, against)}${sum(c, amount)}`,
      heading: `“${title}”入账${sum(c, amount)}`,
      paragraphs: [
        `依据${book(c.agreementTitle)}，“${title}”已凭单据记入台账：${who(c, by)}应付${who(c, against)}${sum(c, amount)}。`,
        '如有异议，请尽快与项目协调人核对。',
      ],
      details: [
        ['应付方', who(c, by)],
        ['应收方', who(c, against)],
        ['金额', sum(c, amount)],
      ],
    };
  },

  'item-settled': (c) => {
    const { about = '', status = '', by } = c.notice.facts;
    const item = c.notice.obligation === undefined ? `“${c.ruleTitle(about)}”` : deliverable(c);
    const outcomes: Record<string, string> = { settled: '已了结', waived: '已免除', disputed: '有争议' };
    const outcome = outcomes[status] ?? '已有处理结果';
    return {
      subject: `终止后的未了事项${item}${outcome}`,
      heading: `${item}${outcome}`,
      paragraphs: [
        `${book(c.agreementTitle)}终止后的未了事项${item}，由${who(c, by)}登记为“${outcome}”。`,
        '如有异议，请尽快与项目协调人核对。',
      ],
      details: [['登记人', who(c, by)]],
    };
  },

  'claim-made': (c) => {
    const { by, amount = '0' } = c.notice.facts;
    const when = c.due ? `于${until(c)}前` : '';
    return {
      subject: c.asked
        ? `请${when}答复${role(c, by, '对方')}的索赔${sum(c, amount)}：${book(c.agreementTitle)}`
        : `${role(c, by)}提出索赔${sum(c, amount)}：${book(c.agreementTitle)}`,
      heading: c.asked ? `请${when}答复索赔` : `${role(c, by)}提出索赔`,
      paragraphs: [
        `${who(c, by, '对方')}就${c.notice.obligation === undefined ? book(c.agreementTitle) : deliverable(c)}向${who(c, c.notice.facts.against, '贵方')}提出索赔，金额${sum(c, amount)}。`,
        ...written('索赔原因', c.words.cause),
        c.asked
          ? '贵方可以同意全部或部分金额，也可以提出异议。未答复不视为同意。'
          : '对方可以同意全部或部分金额，也可以提出异议。未答复不视为同意。',
      ],
      items: (c.words.items ?? []).map(({ what, amount: part }) => ({
        title: what,
        text: part === undefined ? '' : sum(c, part),
      })),
      details: claimDetails(c),
      button: '答复索赔',
    };
  },

  'claim-answered': (c) => {
    const { verdict, by, against, amount } = c.notice.facts;
    const total = amount === undefined ? '' : sum(c, amount);
    const results: Record<string, string> = {
      agree: `${role(c, against, '对方')}同意赔偿${total}`,
      dispute: `${role(c, against, '对方')}对索赔${total}提出异议`,
      drop: `${role(c, by, '对方')}撤回索赔${total}`,
    };
    const result = results[verdict ?? ''] ?? '索赔已有答复';
    return {
      subject: `${result}：${book(c.agreementTitle)}`,
      heading: result,
      paragraphs: [
        verdict === 'agree'
          ? `${who(c, against, '对方')}同意赔偿。依照约定适用责任上限并扣除应扣的违约金（如有）后，应付${total}，已记入台账。`
          : verdict === 'dispute'
            ? `${who(c, against, '对方')}对该索赔提出异议，理由见协议页面。在达成一致或撤回之前，该索赔保持争议状态，不记入台账。`
            : `${result}。`,
      ],
      details: [
        ...detail('索赔编号', claimId(c), String),
        ...detail(verdict === 'agree' ? '应付金额' : '索赔金额', amount, (rest) => sum(c, rest)),
      ],
    };
  },

  'claim-overdue': (c) => ({
    subject: `索赔答复期限已过${c.asked ? '，请尽快答复' : '，对方尚未答复'}：${book(c.agreementTitle)}`,
    heading: '索赔逾期未答复',
    paragraphs: [
      `${who(c, c.notice.facts.against, '对方')}应于${until(c)}前答复索赔，目前尚未收到答复。未答复不视为同意，该索赔继续有效。`,
    ],
    details: claimDetails(c),
    button: '答复索赔',
  }),
};

function unpaid(c: NoticeContext): string {
  return c.notice.facts.unpaid === undefined ? '' : sum(c, c.notice.facts.unpaid);
}

function unpaidDetail(c: NoticeContext): [string, string][] {
  return detail('未付金额', c.notice.facts.unpaid, (left) => sum(c, left));
}

/** 《…》; nothing where the notice is about none. */
function aboutDuty(c: NoticeContext): string {
  return c.notice.obligation === undefined ? '' : deliverable(c);
}

/** （3 天）; 人民币 500.00 元. */
function waived(c: NoticeContext): string {
  const { days = 0, amount } = c.notice.facts;
  if (days > 0) return `（${days} 天）`;
  return amount === undefined || isZeroMoney(amount) ? '' : sum(c, amount);
}

function waiverDetails(c: NoticeContext): [string, string][] {
  const { by, days = 0, amount } = c.notice.facts;
  return [
    ...detail('提议方', by, (seat) => who(c, seat)),
    ...(days > 0 ? [['减免天数', `${days} 天`] as [string, string]] : []),
    ...(amount === undefined || isZeroMoney(amount) ? [] : [['减免金额', sum(c, amount)] as [string, string]]),
  ];
}

function claimId(c: NoticeContext): string | undefined {
  return c.notice.facts.about?.replace(/^claim:/, '');
}

function claimDetails(c: NoticeContext): [string, string][] {
  const { by, against, amount, cap } = c.notice.facts;
  return [
    ...detail('索赔编号', claimId(c), String),
    ...detail('索赔方', by, (seat) => who(c, seat)),
    ...detail('被索赔方', against, (seat) => who(c, seat)),
    ...detail('索赔金额', amount, (claimed) => sum(c, claimed)),
    ...detail('约定的责任上限', cap, (limit) => sum(c, limit)),
    ...detail('答复期限', c.due, (due) => moment(due).trim()),
  ];
}
