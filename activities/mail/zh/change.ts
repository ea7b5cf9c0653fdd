import type { Change } from '../../../domain/agreement/event.ts';
import type { SuspensionGround } from '../../../domain/agreement/compiled.ts';
import { type NoticeContext, type Wording, percent } from '../context.ts';
import {
  UNITS,
  book,
  date,
  deliverable,
  detail,
  dutiesOrAll,
  list,
  moment,
  parties,
  redatedItems,
  reference,
  role,
  spaced,
  sum,
  until,
  who,
  written,
} from './phrases.ts';
import { openItems, standing } from './renewal-pack.ts';

const GROUNDS: Record<SuspensionGround, string> = {
  'force-majeure': '不可抗力',
  'agreed-pause': '双方约定中止',
  'other-side-holds': '因对方原因无法履行',
  'missing-input': '对方未提供必要的资料或配合',
};

/** Amendments, overrides, suspensions, renewals. */
export const changeTexts: Pick<
  Wording['texts'],
  | 'amendment-proposed'
  | 'cap-notice'
  | 'amendment-settled'
  | 'amendment-effective'
  | 'obligation-overridden'
  | 'calendar-repinned'
  | 'agreement-suspended'
  | 'agreement-resumed'
  | 'renewal-outlook'
  | 'renewal-notice'
  | 'renewal-objected'
  | 'agreement-renewed'
> = {
  'amendment-proposed': (c) => {
    const { by, from } = c.notice.facts;
    const when = c.due ? `于${until(c)}前` : '';
    return {
      subject: c.asked
        ? `请${when}答复${role(c, by, '对方')}提出的变更：${book(c.agreementTitle)}`
        : `${role(c, by)}提出变更${book(c.agreementTitle)}`,
      heading: c.asked ? `请${when}答复变更提议` : `${role(c, by)}提出变更`,
      paragraphs: [
        `${who(c, by, '对方')}提议变更${book(c.agreementTitle)}${from === undefined ? '' : `，拟自 ${date(from)}起生效`}。变更前后的差异如下：`,
      ],
      items: changeItems(c),
      notes: [
        ...written('变更理由', c.words.reason),
        `须由约定的各方全部接受方可生效；任何一方拒绝${c.due ? '或逾期未答复的' : '的'}，提议即告失效，协议不变。生效之前已到期的义务仍适用原约定。`,
      ],
      button: '查看并答复变更',
    };
  },

  'cap-notice': (c) => {
    const { from, serves, status } = c.notice.facts;
    const toThird = serves !== undefined;
    const title = toThird ? '关于调整第三方责任限额的书面通知' : '双方已同意调整第三方责任限额';
    const next =
      status === 'by-hand'
        ? '第三方没有可送达的电子邮箱：请以书面形式通知第三方，并凭其签收凭证登记送达，此后登记第三方是否同意。'
        : '已由系统代双方向第三方发出书面通知，请其答复。';
    return {
      subject: `${status === 'by-hand' ? '请书面通知第三方新的责任限额' : title}：${book(c.agreementTitle)}`,
      heading: title,
      paragraphs: toThird
        ? [
            `${list(parties(c).map(([title]) => title))}协商一致，拟调整贵方在${book(c.agreementTitle)}项下的责任限额，${from === undefined ? '' : `自 ${date(from)}起适用，`}现以双方名义书面通知贵方，并征求贵方同意：`,
          ]
        : [`${list(parties(c).map(([title]) => title))}均已同意下列调整。${next}`],
      items: changeItems(c),
      notes: [
        ...(toThird ? written('调整理由', c.words.reason) : []),
        '第三方同意之前，原限额继续有效；第三方拒绝或者未答复的，原限额不变，未答复不视为同意。损失适用其发生之日有效的限额。',
      ],
      button: '查看并答复',
    };
  },

  'amendment-settled': (c) => {
    const { status, by, from } = c.notice.facts;
    const results: Record<string, string> = {
      accepted: '变更已获各方接受',
      declined: `${role(c, by)}拒绝变更`,
      superseded: '内容冲突的另一变更已获接受，本提议失效',
      lapsed: '变更提议逾期未获接受，已失效',
      effective: '变更已生效',
    };
    const result = results[status ?? ''] ?? '变更提议已有结果';
    return {
      subject: `${result}：${book(c.agreementTitle)}`,
      heading: result,
      paragraphs: [
        status === 'accepted'
          ? `约定的各方均已接受该变更${from === undefined ? '' : `，自 ${date(from)}起生效`}。生效之前已到期的义务仍适用原约定。`
          : status === 'superseded'
            ? '该变更不生效，以已获接受的另一变更为准。'
            : `该变更不生效，${book(c.agreementTitle)}继续按原约定履行。`,
      ],
      items: changeItems(c),
    };
  },

  'amendment-effective': (c) => ({
    subject: `变更已生效，请留意新的期限：${book(c.agreementTitle)}`,
    heading: '变更已生效',
    paragraphs: [
      `${book(c.agreementTitle)}的变更已经生效。此前已到期的义务仍适用原约定；新的期限自生效之日起适用，提醒随之调整。`,
    ],
    items: [...changeItems(c), ...redatedItems(c)],
  }),

  'calendar-repinned': (c) => ({
    subject: `放假安排公布，期限随之调整：${book(c.agreementTitle)}`,
    heading: '期限随工作日历调整',
    paragraphs: [
      `${book(c.agreementTitle)}改用工作日历 ${c.notice.facts.about ?? ''}（依据官方放假安排）。期限最后一日为休息日的，依法顺延至其后第一个工作日，以工作日计算的期限按新的工作日计算。下列期限因此变动，提醒随之调整；此前已到期的期限不变。`,
    ],
    items: redatedItems(c),
  }),

  'obligation-overridden': (c) => {
    const { by, status } = c.notice.facts;
    const skipped = status === 'waived' || status === 'skipped';
    return {
      subject: skipped
        ? `${deliverable(c)}经特批不再办理：${book(c.agreementTitle)}`
        : `${deliverable(c)}经特批调整${c.due ? `，期限改为${spaced(c.due).trim()}` : ''}`,
      heading: `${deliverable(c)}经特批调整`,
      paragraphs: [
        `${who(c, by, '有权作出调整的一方')}依照约定对${deliverable(c)}作了特殊调整，理由、批准人和时间均已记录。`,
        ...(skipped ? ['该项义务就本次不再办理。'] : []),
      ],
      items: [...changeItems(c), ...redatedItems(c)],
      details: [
        ...detail('现期限', c.due, (due) => moment(due).trim()),
        ...detail('责任方', c.notice.facts.after ?? c.notice.facts.against, (seat) => who(c, seat)),
      ],
    };
  },

  'agreement-suspended': (c) => {
    const { by, ground, from } = c.notice.facts;
    const why = ground === undefined ? '' : `（${GROUNDS[ground as SuspensionGround] ?? ground}）`;
    return {
      subject: `${book(c.agreementTitle)}${c.notice.facts.duties?.length ? '部分义务' : ''}中止履行${why}`,
      heading: `中止履行${why}`,
      paragraphs: [
        `${who(c, by)}登记中止履行${book(c.agreementTitle)}${from === undefined ? '' : `，自 ${date(from)}起`}。中止期间，所涉期限停止计算，不产生逾期和违约金；恢复履行后按中止的天数顺延。`,
        '中止之前已经产生的逾期和违约金不受影响；保密义务、索赔和往来事项照常进行。',
      ],
      details: [
        ['所涉义务', dutiesOrAll(c)],
        ...detail('中止起始日', from, date),
        ...detail('事由', ground, (code) => GROUNDS[code as SuspensionGround] ?? code),
      ],
    };
  },

  'agreement-resumed': (c) => {
    const { from, localDate, duties = [] } = c.notice.facts;
    const on = from ?? localDate;
    const some = duties.length === 0 ? '' : `，仅限${dutiesOrAll(c)}，其余继续中止`;
    return {
      subject: `${book(c.agreementTitle)}恢复履行${on === undefined ? '' : `（自 ${on} 起）`}，请留意顺延后的期限`,
      heading: '恢复履行',
      paragraphs: [
        `${book(c.agreementTitle)}${on === undefined ? '' : `自 ${date(on)}起`}恢复履行${some}。中止期间不计入期限；${(c.notice.facts.redated ?? []).length > 0 ? '顺延后的期限如下：' : '没有因此顺延的期限。'}`,
      ],
      items: redatedItems(c),
    };
  },

  'renewal-outlook': (c) => {
    const { expiresOn } = c.notice.facts;
    return {
      subject: `请在通知各方之前安排续签事宜：${book(c.agreementTitle)}${ends(expiresOn)}`,
      heading: `${book(c.agreementTitle)}期限将届满`,
      paragraphs: [
        `${book(c.agreementTitle)}${expiresOn === undefined ? '的有效期即将届满' : `的有效期至 ${date(expiresOn)}`}。${outcome(c)}`,
        '约定的续签通知将另行发给各方。请事先了解履行情况，准备是否续签的意见。',
      ],
      details: standing(c),
      items: openItems(c),
    };
  },

  'renewal-notice': (c) => {
    const { expiresOn } = c.notice.facts;
    const automatic = c.agreement.life?.renewal?.automatic === true;
    const last = c.due ? until(c) : expiresOn === undefined ? '' : spaced(c.dueOn(expiresOn));
    return {
      subject: automatic
        ? `${book(c.agreementTitle)}${ends(expiresOn)}：${last === '' ? '' : `${last}前`}无异议即自动续签`
        : `${book(c.agreementTitle)}${ends(expiresOn)}，不自动续签`,
      heading: automatic ? '期限将届满，无异议即自动续签' : '期限将届满',
      paragraphs: [
        `${book(c.agreementTitle)}${expiresOn === undefined ? '的有效期即将届满' : `的有效期至 ${date(expiresOn)}`}。${outcome(c)}`,
        ...(automatic
          ? [
              `贵方不同意续签的，请${last === '' ? '在期限届满之前' : `于${last}前`}提出异议；任何一方提出异议的，协议到期终止。`,
            ]
          : []),
      ],
      details: standing(c),
      items: openItems(c),
      button: '提出异议（不续签）',
      ...(automatic && c.asked ? { notes: ['同意续签的，无须办理。'] } : {}),
    };
  },

  'renewal-objected': (c) => {
    const { by, expiresOn } = c.notice.facts;
    return {
      subject: `${role(c, by)}对续签提出异议，协议${expiresOn === undefined ? '到期终止' : `于 ${expiresOn} 到期终止`}：${book(c.agreementTitle)}`,
      heading: `${role(c, by)}对续签提出异议`,
      paragraphs: [
        `${who(c, by)}对${book(c.agreementTitle)}的续签提出异议，本协议不再自动续签${expiresOn === undefined ? '' : `，有效期至 ${date(expiresOn)}届满`}。届满之前，各方仍应按约履行。`,
      ],
      details: detail('有效期截止日', expiresOn, date),
    };
  },

  'agreement-renewed': (c) => {
    const { expiresOn, from, cut = [] } = c.notice.facts;
    return {
      subject: `${book(c.agreementTitle)}已续签${expiresOn === undefined ? '' : `，有效期至 ${expiresOn}`}`,
      heading: `${book(c.agreementTitle)}已续签`,
      paragraphs: [
        `${book(c.agreementTitle)}的期限届满，无人提出异议，已按约定自动续签${expiresOn === undefined ? '' : `，新的有效期至 ${date(expiresOn)}`}。各项义务继续履行，提醒照常发出。`,
        ...(from === undefined
          ? []
          : [
              `续签后为新的期间，自 ${date(from)}起算：自生效日起按固定间隔重复的义务自该日重新计算；按日历周期履行的义务、款项以及已发生的欠款和索赔不受影响。${cut.length === 0 ? '' : '下列各期跨越原期限届满日且届满前尚未到期，随原期限届满而终止。'}`,
            ]),
      ],
      details: detail('新的有效期截止日', expiresOn, date),
      items: cut.map((one) => ({ title: reference(c, one), text: '随原期限届满而终止' })),
    };
  },
};

function ends(expiresOn: string | undefined): string {
  return expiresOn === undefined ? '即将到期' : `将于 ${expiresOn} 到期`;
}

/** What becomes of the term if nobody does anything. */
function outcome(c: NoticeContext): string {
  const renewal = c.agreement.life?.renewal;
  const { until: to, by } = c.notice.facts;
  if (renewal?.automatic && by !== undefined) return `${who(c, by)}已对续签提出异议，协议到期终止。`;
  if (!renewal?.automatic) return '届时未达成续签的，协议到期终止；如需续签，请各方另行商定并以变更办理。';
  const length = renewal.months === null ? '期限与本期相同' : `续签 ${renewal.months} 个月`;
  return `届时无人提出异议的，按约定自动续签，${to === undefined ? length : `新的有效期至 ${date(to)}`}。`;
}

/** The difference in words, one item each: 《客户需求分析报告》：期限由……改为……. */
function changeItems(c: NoticeContext): { title: string; text: string }[] {
  return (c.notice.facts.changes ?? []).map((change) => ({ title: changed(c, change), text: difference(c, change) }));
}

function changed(c: NoticeContext, { of }: Change): string {
  const [kind = '', ...rest] = of.split(':');
  const id = rest.join(':');
  switch (kind) {
    case 'obligation':
    case 'occurrence':
    case 'payment':
      return reference(c, id);
    case 'cap':
      return id.startsWith('penalty:') ? `${book(c.titleOf(id.slice(8)))}违约金上限` : `“${c.ruleTitle(id)}”责任上限`;
    case 'expiry':
      return '有效期';
    case 'term':
      return `“${c.termLabel(id)}”`;
    case 'life':
      return LIFE[id] ?? id;
    default:
      return id === '' ? of : c.ruleTitle(id);
  }
}

/** Parts of what the contract says of its own life. */
const LIFE: Record<string, string> = {
  effect: '生效条件',
  baselines: '基线值',
  amendment: '变更方式',
  override: '特殊调整',
  suspension: '中止履行',
  renewal: '续签',
  terminations: '终止方式',
  afterwards: '终止后的义务',
  liabilities: '赔偿责任',
  bookings: '凭单入账的款项',
  disputes: '争议解决',
  requests: '请求与答复',
  confidentiality: '保密',
  meetings: '会议',
  penaltyWarning: '违约金提示线',
};

function isUnit(word: string): word is keyof typeof UNITS {
  return word in UNITS;
}

const FIELDS: Record<Change['field'], string> = {
  due: '期限',
  responsible: '责任方',
  amount: '金额',
  rate: '比率',
  cap: '上限',
  grace: '宽限期',
  interval: '周期',
  next: '后续到期日',
  window: '审核期限',
  rework: '重新提交期限',
  checklist: '必备内容',
  kept: '沿用原约定',
  added: '新增',
  removed: '取消',
  expiry: '截止日',
  other: '约定内容',
};

const PERIODS: Change['field'][] = ['due', 'grace', 'interval', 'window', 'rework'];

const OFTEN: Record<string, string> = { month: '每月', quarter: '每季度', 'half-year': '每半年', year: '每年' };

function difference(c: NoticeContext, { field, before, after }: Change): string {
  if (field === 'added') return after === null ? '新增' : `新增，${valueOf(c, 'due', after)}`;
  if (field === 'removed') return '取消';
  if (field === 'kept') return `${date(before ?? '')}到期，${FIELDS.kept}，不受本次变更影响`;
  if (field === 'checklist') return `${FIELDS.checklist}有变化，详见协议页面`;
  if (before === null && after === null) return '约定内容有变化，详见协议页面';
  return `${FIELDS[field]}由${valueOf(c, field, before)}改为${valueOf(c, field, after)}`;
}

function valueOf(c: NoticeContext, field: Change['field'], value: string | null): string {
  if (value === null) return '“未约定”';
  if (field === 'next') return ` ${value.split(', ').map(date).join('、')}`;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return ` ${date(value)}`;
  const [, count = '', unit = ''] = /(-?\d+) ([a-z-]+)$/.exec(value) ?? [];
  if (field === 'interval' && value in OFTEN) return OFTEN[value] ?? value;
  if (PERIODS.includes(field) && isUnit(unit)) return ` ${count} ${UNITS[unit]}`;
  switch (field) {
    case 'responsible':
      return who(c, value);
    case 'amount':
    case 'cap':
      return /^-?\d+(\.\d+)?$/.test(value) ? sum(c, value) : value;
    case 'rate':
      return /^\d+(\.\d+)?$/.test(value) ? `每日 ${percent(value)}` : value;
    default:
      return `“${value}”`;
  }
}
