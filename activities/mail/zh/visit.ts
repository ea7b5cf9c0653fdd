import { occurrenceTitle } from '../../../domain/occurrence-title.ts';
import type { TierCount } from '../../../domain/visit/quarters.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { book, date, detail, dueDetails, until } from './phrases.ts';

/** Visits to customers and call-backs. */
export const visitTexts: Pick<
  Wording['texts'],
  'visit-plan-warning' | 'visit-announced' | 'visit-reminder' | 'visit-missed' | 'visit-report-reminder'
> = {
  'visit-plan-warning': (c) => {
    const { counted, localDate = '' } = c.notice.facts;
    const { quarter = '', stage = 'end', until: upTo = localDate, tiers = [] } = counted ?? {};
    const year = localDate.slice(0, 4);
    const short = tiers.reduce((sum, tier) => sum + tier.short, 0);
    const isAhead = stage === 'ahead';
    const isLast = quarter.endsWith('Q4');
    const title = occurrenceTitle(quarter).zh;
    const stand = isAhead ? `${title}将于 ${date(localDate)}结束` : `${title}已结束`;
    return {
      subject: `${stand}，${short} 户客户尚未完成 ${year} 年的走访或调查`,
      heading: `${short} 户客户尚未完成 ${year} 年的走访或调查`,
      paragraphs: [
        `${stand}。截至 ${date(upTo)}，按系统中的登记，以下客户尚未达到${book(c.agreementTitle)}约定的年度次数：`,
        ...tiers.filter((tier) => tier.short > 0).map(tierText),
        isLast && !isAhead
          ? `${year} 年度已满，未完成的次数不能再补入本年。已经进行而尚未登记的，请登录系统补记。`
          : `约定次数按自然年计，最迟于 ${year}-12-31 完成。请登录系统查看客户名单，安排走访或调查；已经进行而尚未登记的，请补记。`,
      ],
      details: [['季度', title], ...detail('季度末', localDate, date)],
    };
  },

  'visit-announced': (c) => {
    const { status } = c.notice.facts;
    if (status === 'cancelled') {
      return {
        subject: `已取消：${plannedFor(c)}`,
        heading: `${what(c)}已取消`,
        paragraphs: [`原定于 ${day(c)}进行的${what(c)}已取消，理由已记录，可登录系统查看。`],
        details: details(c),
      };
    }
    const moved = status === 'rescheduled';
    return {
      subject: `${moved ? '改期' : '请参加'}：${plannedFor(c)}`,
      heading: moved ? `${what(c)}已改期至 ${day(c)}` : `${what(c)}定于 ${day(c)}进行`,
      paragraphs: [
        moved
          ? `${what(c)}改于 ${day(c)}进行，改期理由已记录，可登录系统查看。`
          : `${what(c)}定于 ${day(c)}进行，请预先安排。`,
      ],
      details: details(c),
    };
  },

  'visit-reminder': (c) => ({
    subject: `请按计划办理：${plannedFor(c)}`,
    heading: `${what(c)}定于 ${day(c)}进行`,
    paragraphs: [
      `按照计划，${what(c)}定于 ${day(c)}进行。${isCallBack(c) ? '回访后请登录系统登记回访日期和结果。' : '走访后请登录系统登记走访日期，并提交调查报告。'}`,
      '不能按期进行的，请登录系统改期或者取消，并写明理由。',
    ],
    details: details(c),
  }),

  'visit-missed': (c) => ({
    subject: `未按计划进行：${plannedFor(c)}`,
    heading: `${what(c)}未按计划进行`,
    paragraphs: [
      `${what(c)}原定于 ${day(c)}进行，当日结束时系统中没有进行的登记，现记为未按计划进行。`,
      `已经进行的，请登录系统补记${noun(c)}日期；尚未进行的，请改期，或者写明理由后取消。`,
    ],
    details: details(c),
  }),

  'visit-report-reminder': (c) => {
    const { daysLate = 0 } = c.notice.facts;
    const title = isCallBack(c) ? '回访结果' : '走访调查报告';
    return {
      subject:
        daysLate > 0
          ? `${title}已逾期 ${daysLate} 天，请尽快提交（${customer(c)}）`
          : `请于${until(c)}前提交${title}（${customer(c)}）`,
      heading: daysLate > 0 ? `${title}已逾期 ${daysLate} 天` : `请提交${title}`,
      paragraphs: [
        `${what(c)}已于 ${day(c)}进行，${title}${daysLate > 0 ? `应于${until(c)}前提交，目前尚未提交` : `须于${until(c)}前提交`}。`,
        isCallBack(c) ? '登记回访结果后，本次回访方为完成。' : '提交调查报告后，本次走访方为完成。',
      ],
      details: [...details(c), ...dueDetails(c, '报告期限')],
    };
  },
};

const TIERS: Record<TierCount['tier'], string> = { ordinary: '普通客户', key: '重点客户', vip: 'VIP 客户' };

/** 重点客户 12 户，其中 3 户未完成：走访应完成 12 次，已完成 9 次，尚缺 3 次；…… */
function tierText({ tier, customers, short, visits, surveys }: TierCount): string {
  const counts: [string, TierCount['visits']][] = [
    ['走访', visits],
    ['全面调查（含走访）', surveys],
  ];
  const said = counts
    .filter(([, { needed }]) => needed > 0)
    .map(
      ([what, { needed, held, short: missing }]) => `${what}应完成 ${needed} 次，已完成 ${held} 次，尚缺 ${missing} 次`,
    );
  return `${TIERS[tier]} ${customers} 户，其中 ${short} 户未完成：${said.join('；')}。`;
}

function isCallBack(c: NoticeContext): boolean {
  return c.notice.facts.kind === 'call-back';
}

function noun(c: NoticeContext): string {
  return isCallBack(c) ? '回访' : '走访';
}

function customer(c: NoticeContext): string {
  return c.customer ?? '客户';
}

/** 对华讯的走访 */
function what(c: NoticeContext): string {
  return `对${customer(c)}的${noun(c)}`;
}

function day(c: NoticeContext): string {
  return date(c.notice.facts.localDate ?? '');
}

/** 2027-03-10 走访华讯 */
function plannedFor(c: NoticeContext): string {
  return `${day(c)}${noun(c)}${customer(c)}`;
}

function details(c: NoticeContext): [string, string][] {
  const { process, localDate } = c.notice.facts;
  return [
    ['客户', customer(c)],
    ...detail(c.notice.kind === 'visit-report-reminder' ? `${noun(c)}日期` : '计划日期', localDate, date),
    ...detail('编号', process, String),
  ];
}
