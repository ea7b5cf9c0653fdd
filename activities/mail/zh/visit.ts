import type { NoticeContext, Wording } from '../context.ts';
import { date, detail, dueDetails, until } from './phrases.ts';

/** Visits to customers and call-backs. */
export const visitTexts: Pick<
  Wording['texts'],
  'visit-announced' | 'visit-reminder' | 'visit-missed' | 'visit-report-reminder'
> = {
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
