import type { CalendarPeriod, CompiledObligation } from '../../../domain/agreement/compiled.ts';
import type { EventType } from '../../../domain/agreement/event.ts';
import { EVENT_WORDS } from '../../../domain/agreement/vocabulary.ts';
import { occurrenceTitle } from '../../../domain/occurrence-title.ts';
import { readReference } from '../../../domain/agreement/reference.ts';
import { followedBy, recurs } from '../../../domain/agreement/opening.ts';
import type { LocalDate, Text } from '../../../domain/time.ts';
import { weekday } from '../../../domain/local-date.ts';
import { grouped } from '../../../domain/grouped-money.ts';
import type { Moment, NoticeContext, PenaltyFacts } from '../context.ts';
import { type Doing, doingOf, dutiesIn } from '../duty.ts';

/** 客服部; 项目协调人; of a notice about a seat, that seat. */
export function seatOf(c: NoticeContext): string {
  const { seat } = c.notice.facts;
  return seat === undefined || seat === 'coordinator' ? '项目协调人' : c.roleOf(seat);
}

/** As what somebody gets a mail: 甲方; 甲方（代理李文静）. */
export function capacity(c: NoticeContext): string {
  const { seat, addressee } = c.notice;
  if (seat === 'reader') return '阅知人';
  if (seat === 'trainee') return '参训人员';
  const own = seat === 'coordinator' ? '项目协调人' : c.roleOf(seat);
  if (c.notice.kind === 'seat-relieved' && c.notice.facts.until === undefined) return `${own}（原任）`;
  const absent = c.deputyFor ?? (addressee === undefined ? undefined : (c.people.absent ?? ''));
  return absent === undefined ? own : `${own}（${absent === '' ? '代理人' : `代理${absent}`}）`;
}

export function dutySentence(c: NoticeContext, text: string): string {
  const { duties = [], unread = [] } = c.notice.facts;
  if (duties.length > 0) return text;
  return unread.length > 0 ? '目前仅有待阅知的事项，阅知请求另行发送。' : '目前没有待办事项。';
}

export function dutyItems(c: NoticeContext): { title: string; text: string }[] {
  return dutiesIn(c).map(({ obligation, occurrence, rule, due, judged }) => ({
    title: titled(c, obligation, occurrence),
    text: due
      ? `${judged ? '审核' : verbOf(c, obligation)}期限：${moment(due).trim()}`
      : rule && recurs(c.agreement, rule)
        ? `按期重复（${rhythm(c, rule)}）`
        : rule
          ? `日期待定（${waitsFor(c, rule).trim()}）`
          : '',
  }));
}

/** What is to be read: the agreement, or what was handed in. */
export function matterOf(c: NoticeContext): string {
  const { obligation, occurrence } = c.notice;
  return obligation === undefined ? book(c.agreementTitle) : titled(c, obligation, occurrence);
}

export const BOTH_SIDES = '本通知同时发送双方，内容为按约定计算的结果；任何一方对此有异议的，可依约定提出。';

export const WEEKDAYS = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** 《…》, unless the title bears the marks already. */
export function book(title: string): string {
  return title.startsWith('《') ? title : `《${title}》`;
}

export function deliverable(c: NoticeContext): string {
  return titled(c, c.notice.obligation ?? '', c.notice.occurrence);
}

/** 《季度满意度调查》（2027 年第一季度） */
export function titled(c: NoticeContext, obligation: string, occurrence: string | undefined): string {
  return `${book(c.titleOf(obligation))}${occurrence === undefined ? '' : `（${occurrenceTitle(occurrence).zh}）`}`;
}

export const VERBS: Record<Doing, string> = {
  'hand-in': '提交',
  complete: '完成',
  settle: '支付',
  acknowledge: '确认',
};

export function verbOf(c: NoticeContext, obligation: string): string {
  return VERBS[doingOf(c.agreement.obligations.find(({ id }) => id === obligation)?.kind)];
}

/** 尚未…… */
export function received(c: NoticeContext): string {
  return c.doing === 'hand-in' ? '收到' : `登记${VERBS[c.doing]}`;
}

export function actButton(c: NoticeContext, title: string): string {
  return c.doing === 'hand-in' ? `提交${title}` : `登记${title}已${VERBS[c.doing]}`;
}

export const UNITS = { hours: '小时', days: '天', 'working-days': '个工作日', months: '个月', years: '年' };
export const PERIODS: Record<CalendarPeriod, string> = {
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
};

/** How often it comes again: 每季度. */
export function rhythm(c: NoticeContext, rule: CompiledObligation): string {
  const { recurrence } = rule;
  if (!recurrence) return `按${book(c.titleOf(followedBy(rule) ?? ''))}各期`;
  switch (recurrence.by) {
    case 'period':
      return PERIODS[recurrence.period];
    case 'month-day': {
      const [month, day] = recurrence.monthDay.split('-').map(Number);
      return `每年 ${month} 月 ${day} 日`;
    }
    case 'interval': {
      const { unit, count } = recurrence.every;
      return count === 1 && unit !== 'days' ? `每${unit === 'months' ? '月' : '年'}` : `每 ${count} ${UNITS[unit]}`;
    }
  }
}

/** What it waits for: 《调查分析》履行后 10 天. */
export function waitsFor(c: NoticeContext, { deadline: { anchor, offset } }: CompiledObligation): string {
  const size = offset.count === 0 ? '' : ` ${Math.abs(offset.count)} ${UNITS[offset.unit]}`;
  const after = (point: string): string => `${point}${offset.count < 0 ? '前' : '后'}${size}`;
  if (typeof anchor === 'string') return after(anchor === 'expiry' ? '有效期届满' : '生效');
  if ('on' in anchor) return after(` ${anchor.on} `);
  if ('obligation' in anchor)
    return after(`${book(c.titleOf(anchor.obligation))}${anchor.at === 'due' ? '到期' : '履行'}`);
  const about = anchor.of === undefined ? '' : book(c.titleOf(anchor.of));
  const event = EVENT_WORDS[anchor.event as EventType] as Text | undefined;
  return after(`${about}“${event?.zh ?? anchor.event}”`);
}

export function date(day: LocalDate): string {
  return `${day}（${WEEKDAYS[weekday(day)] ?? ''}）`;
}

export function moment({ date: day, time, zone }: Moment): string {
  return zone === 'Asia/Shanghai' ? `北京时间 ${date(day)}${time}` : ` ${date(day)}${time}（${zone}）`;
}

export function until(c: NoticeContext): string {
  return c.due ? spaced(c.due) : '约定期限';
}

/** Before a Chinese word a figure takes a space, a bracket none. */
export function spaced(due: Moment): string {
  const text = moment(due);
  return text.endsWith('）') ? text : `${text} `;
}

export function party(c: NoticeContext, role: string): string {
  const name = c.organisationOf(role);
  return name === undefined ? c.roleOf(role) : `${c.roleOf(role)}（${name}）`;
}

export function owner(c: NoticeContext): string {
  return c.obligation ? party(c, c.obligation.responsible) : '责任方';
}

export function ownerRole(c: NoticeContext): string {
  return c.obligation ? c.roleOf(c.obligation.responsible) : '责任方';
}

export function list(names: string[]): string {
  return names.length > 0 ? names.join('、') : '相关方';
}

export function round(c: NoticeContext): string {
  const number = c.notice.facts.round ?? 1;
  return number > 1 ? `（第 ${number} 轮）` : '';
}

export function isWholeReview({ obligation }: NoticeContext): boolean {
  const others = (obligation?.review?.reviewers ?? []).filter((reviewer) => reviewer !== obligation?.responsible);
  return others.length === 1;
}

export function parties(c: NoticeContext): [string, string][] {
  return c.agreement.parties.flatMap((role): [string, string][] => {
    const name = c.organisationOf(role);
    return name === undefined ? [] : [[c.roleOf(role), name]];
  });
}

export function dueDetails(c: NoticeContext, label: string): [string, string][] {
  if (!c.due) return [];
  const there: [string, string][] = c.dueThere ? [['您所在时区', moment(c.dueThere).trim()]] : [];
  return [[label, moment(c.due).trim()], ...there];
}

export function endDetails(c: NoticeContext, label: string): [string, string][] {
  return c.notice.facts.endedOn === undefined ? [] : [[label, date(c.notice.facts.endedOn)]];
}

export function ended(c: NoticeContext): string {
  return c.notice.facts.endedOn === undefined ? '' : `（${c.notice.facts.endedOn}）`;
}

export function formula(penalty: PenaltyFacts): string {
  return `每日 ${penalty.rate}（基数${money(penalty.base, penalty.currency)}）`;
}

export function penaltyDetails(c: NoticeContext): [string, string][] {
  const { penalty } = c;
  if (!penalty) return [];
  return [
    ['应付方', party(c, penalty.debtor)],
    ['应收方', party(c, penalty.creditor)],
    ['计算方法', `${money(penalty.base, penalty.currency)} × ${penalty.rate} × 逾期天数`],
    ...(penalty.graceDays > 0 ? [['宽限期', `${penalty.graceDays} 天`] as [string, string]] : []),
    ...(penalty.cap === undefined ? [] : [['上限', money(penalty.cap, penalty.currency)] as [string, string]]),
  ];
}

export function accrued({ penalty }: NoticeContext, label: string): [string, string][] {
  return penalty?.amount === undefined ? [] : [[label, money(penalty.amount, penalty.currency)]];
}

export function money(amount: string, currency: string): string {
  return currency === 'CNY' ? `人民币 ${grouped(amount)} 元` : `${currency} ${grouped(amount)}`;
}

export function rung(name: string): string {
  const days = name.slice(name.indexOf('-') + 1);
  if (name.startsWith('before-')) return `到期前 ${days} 天`;
  if (name.startsWith('overdue-')) return `逾期第 ${days} 天`;
  return '到期当日';
}

/** 甲方（某公司）; 项目协调人. */
export function who(c: NoticeContext, seat: string | undefined, unknown = '一方'): string {
  if (seat === undefined) return unknown;
  return seat === 'coordinator' ? '项目协调人' : party(c, seat);
}

/** 甲方; 项目协调人. */
export function role(c: NoticeContext, seat: string | undefined, unknown = '一方'): string {
  if (seat === undefined) return unknown;
  return seat === 'coordinator' ? '项目协调人' : c.roleOf(seat);
}

/** A sum in the notice's currency, the agreement's by default. */
export function sum(c: NoticeContext, amount: string): string {
  return money(amount.replace(/^-/, ''), c.notice.facts.currency ?? c.agreement.currency);
}

/** A detail that is there only where its fact is. */
export function detail<T>(label: string, fact: T | undefined, write: (fact: T) => string): [string, string][] {
  return fact === undefined ? [] : [[label, write(fact)]];
}

/** `id`, `id#occurrence` as 《…》. */
export function reference(c: NoticeContext, text: string): string {
  const { obligation, occurrence } = readReference(text);
  return titled(c, obligation, occurrence);
}

/** 《…》、《…》; 全部义务 where none is named. */
export function dutiesOrAll(c: NoticeContext): string {
  const { duties = [] } = c.notice.facts;
  return duties.length > 0 ? duties.map((duty) => reference(c, duty)).join('、') : '全部义务';
}

/** Clocks that got another date, one item each. */
export function redatedItems(c: NoticeContext): { title: string; text: string }[] {
  return (c.notice.facts.redated ?? []).map(({ obligation, occurrence, before, after }) => ({
    title: titled(c, obligation, occurrence ?? undefined),
    text: `期限由 ${date(before)}改为${moment(c.dueOn(after, obligation))}`,
  }));
}

/** 甲方应付乙方人民币 1,000.00 元. */
export function balanceItems(c: NoticeContext): { title: string; text: string }[] {
  return (c.notice.facts.balances ?? []).map(({ debtor, creditor, currency, amount }) => ({
    title: `${party(c, debtor)}应付${party(c, creditor)}`,
    text: money(amount, currency),
  }));
}

/** Of a payment, what is still to be paid. */
export function payable(c: NoticeContext): [string, string][] {
  if (c.obligation?.rule !== 'payment@1') return [];
  return [['应付金额', money(c.notice.facts.unpaid ?? c.obligation.amount, c.obligation.currency)]];
}

/** What was written, line by line, after a word for it; nothing where nothing was. */
export function written(label: string, words: string | undefined): string[] {
  const lines = (words ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => (index === 0 ? `${label}：${line}` : line));
}
