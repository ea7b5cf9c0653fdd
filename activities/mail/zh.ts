import type { CalendarPeriod, CompiledObligation } from '../../domain/agreement/compiled.ts';
import type { EventType } from '../../domain/agreement/event.ts';
import { EVENT_WORDS } from '../../domain/agreement/vocabulary.ts';
import { followedBy } from '../../domain/agreement/opening.ts';
import type { LocalDate, Text } from '../../domain/time.ts';
import { weekday } from '../../domain/local-date.ts';
import {
  type Missed,
  type Moment,
  type NoticeContext,
  type PenaltyFacts,
  type Wording,
  grouped,
  missedKey,
} from './context.ts';
import { type Doing, doingOf, laterDuties } from './duty.ts';
import { readPeriod } from './occurrence.ts';

/** Mails in Simplified Chinese. */
export const zh: Wording = {
  lang: 'zh-Hans',
  colon: '：',
  greeting: (name) => `${name}，您好：`,
  copyBanner: (c) =>
    c.addressedTo.length > 0
      ? `本邮件为抄送件，主送${list(c.addressedTo.map((role) => party(c, role)))}，供您知悉，无须您办理。`
      : '本邮件为抄送件，供您知悉，无须您办理。',
  copySubject: (subject) => `【抄送】${subject}`,
  itemLink: (purpose, doing) =>
    purpose === 'sign'
      ? '登记签署'
      : purpose === 'review'
        ? '前往审核'
        : `前往${doing === 'hand-in' ? '提交' : '办理'}`,
  buttonHint: '点击后进入确认页面，仅打开页面不会提交任何内容。如按钮无法点击，请将以下链接复制到浏览器打开：',
  showAgreement: '查看协议',
  showAgreementHint: '如按钮无法点击，请将以下链接复制到浏览器打开：',
  agreement: (c) =>
    [
      book(c.agreementTitle),
      parties(c)
        .map((pair) => pair.join('：'))
        .join('　'),
    ].filter(Boolean),
  smallPrint: (c, expires) => [
    ...(c.notice.clauses.length > 0 ? [`依据：${c.notice.clauses.join('、')}`] : []),
    ...(expires ? [`操作链接仅供您本人使用，请勿转发；有效期至${moment(expires)}。`] : []),
    `您在本协议中的身份：${c.notice.seat === 'coordinator' ? '项目协调人' : c.roleOf(c.notice.seat)}。本邮件由系统自动发送，请勿直接回复。`,
    `通知编号：${c.notice.id}`,
  ],
  texts: {
    'sign-invitation': (c) => ({
      subject: `请签署${book(c.agreementTitle)}并登记签署日期`,
      heading: `请签署${book(c.agreementTitle)}并登记签署日期`,
      paragraphs: [
        `请贵方在纸质文本上完成签署，然后登记文本上载明的签署日期，并可上传扫描件。`,
        `全部签署方登记后协议生效，各项期限自最后签署之日的次日起计算。`,
      ],
      details: parties(c),
      button: '登记签署',
      notes: ['签署以纸质文本为准。此处仅登记签署事实，不能代替在文本上签字盖章。'],
    }),

    'agreement-in-force': (c) => {
      const { signedOn, dues = [] } = c.notice.facts;
      const { recurring, waiting } = laterDuties(
        c.agreement,
        dues.map(({ obligation }) => obligation),
      );
      const signed = signedOn === undefined ? '' : `，签署日为 ${date(signedOn)}`;
      return {
        subject: `${book(c.agreementTitle)}已由各方签署并生效${signedOn === undefined ? '' : `（签署日 ${signedOn}）`}`,
        heading: `${book(c.agreementTitle)}已生效`,
        paragraphs: [
          `各方均已签署${book(c.agreementTitle)}${signed}。签署当日不计入期间，各项期限自次日起算。`,
          ...(dues.length > 0 ? ['应履行的事项如下，届时将另行提醒：'] : []),
        ],
        items: dues.map((due) => ({
          title: book(c.titleOf(due.obligation)),
          text: `${party(c, due.responsible)}应于${spaced(c.dueOn(due.localDate, due.obligation))}前${verbOf(c, due.obligation)}`,
        })),
        notes: [
          ...(recurring.length > 0
            ? [
                `按期重复的事项：${recurring.map((rule) => `${book(c.titleOf(rule.id))}（${rhythm(c, rule)}）`).join('、')}。每期开始后另行提醒。`,
              ]
            : []),
          ...(waiting.length > 0
            ? [
                `日期待定的事项：${waiting.map((rule) => `${book(c.titleOf(rule.id))}（${waitsFor(c, rule)}）`).join('、')}。日期确定后另行提醒。`,
              ]
            : []),
        ],
      };
    },

    reminder: (c) => {
      const title = deliverable(c);
      const verb = VERBS[c.doing];
      const days = c.notice.facts.daysLate ?? 0;
      const details = [
        ...dueDetails(c, `${verb}期限`),
        ['责任方', owner(c)] as [string, string],
        ...(days > 0 ? [['累计逾期', `${days} 天（截至本通知当日）`] as [string, string]] : []),
        ...accrued(c, '累计违约金'),
      ];
      if (c.phase === 'overdue') {
        return {
          subject: c.asked
            ? `${title}已逾期 ${days} 天，请尽快${verb}`
            : `${title}已逾期 ${days} 天，${ownerRole(c)}尚未${verb}`,
          heading: `${title}已逾期 ${days} 天`,
          paragraphs: [
            c.asked
              ? `${title}应于${until(c)}前${verb}，目前尚未${received(c)}。请尽快${verb}。`
              : `${title}应由${owner(c)}于${until(c)}前${verb}，目前尚未${received(c)}。`,
            ...(c.penalty?.amount
              ? [
                  `按照约定，逾期违约金按${formula(c.penalty)}计算，截至本通知当日累计${money(c.penalty.amount, c.penalty.currency)}；${verb}之前仍将逐日增加${c.penalty.cap === undefined ? '' : `，但不超过${money(c.penalty.cap, c.penalty.currency)}`}。`,
                ]
              : []),
          ],
          details,
          button: actButton(c, title),
        };
      }
      const last = c.phase === 'last-day' ? '最后一日：' : '';
      return {
        subject: c.asked
          ? `${last}请于${until(c)}前${verb}${title}`
          : `${last}${ownerRole(c)}应于${until(c)}前${verb}${title}`,
        heading: c.asked ? `请于${until(c)}前${verb}${title}` : `${ownerRole(c)}应于${until(c)}前${verb}${title}`,
        paragraphs: [
          c.asked
            ? `按照约定，贵方应在上述期限前${verb}${title}。`
            : `按照约定，${owner(c)}应在上述期限前${verb}${title}。`,
          ...(c.penalty && c.asked ? [`逾期${verb}的，按${formula(c.penalty)}计付违约金。`] : []),
        ],
        details,
        button: actButton(c, title),
      };
    },

    'review-request': (c) => ({
      subject: `请于${until(c)}前审核${deliverable(c)}`,
      heading: `请于${until(c)}前审核${deliverable(c)}`,
      paragraphs: [
        `${owner(c)}已提交${deliverable(c)}${round(c)}，请贵方审核。`,
        '您可以同意，也可以逐条列明意见后退回。未在期限内答复的，不视为同意。',
      ],
      details: dueDetails(c, '审核期限'),
      button: `审核${deliverable(c)}`,
    }),

    'review-reminder': (c) => {
      const title = deliverable(c);
      const days = c.notice.facts.daysLate ?? 0;
      const waiting = list(c.addressedTo.map((role) => party(c, role)));
      if (c.phase === 'overdue') {
        return {
          subject: c.asked
            ? `${title}审核已逾期 ${days} 天，请尽快答复`
            : `${title}审核已逾期 ${days} 天，${list(c.addressedTo.map(c.roleOf))}尚未答复`,
          heading: `${title}审核已逾期 ${days} 天`,
          paragraphs: [
            c.asked
              ? `贵方应于${until(c)}前对${title}作出审核答复，目前尚未收到。请尽快同意，或逐条列明意见后退回。`
              : `${waiting}应于${until(c)}前对${title}作出审核答复，目前尚未收到。`,
            '未答复不视为同意；审核期间不计入提交方的逾期天数。',
          ],
          details: dueDetails(c, '审核期限'),
          button: `审核${title}`,
        };
      }
      const last = c.phase === 'last-day' ? '最后一日：' : '';
      return {
        subject: `${last}${c.asked ? '请' : list(c.addressedTo.map(c.roleOf)) + '应'}于${until(c)}前审核${title}`,
        heading: `${c.asked ? '请' : list(c.addressedTo.map(c.roleOf)) + '应'}于${until(c)}前审核${title}`,
        paragraphs: [
          `${owner(c)}提交的${title}${round(c)}正在等待${c.asked ? '贵方' : waiting}审核。`,
          '审核方可以同意，也可以逐条列明意见后退回。未答复不视为同意。',
        ],
        details: dueDetails(c, '审核期限'),
        button: `审核${title}`,
      };
    },

    summary: (c) => {
      const { missed = [] } = c.notice.facts;
      const only = missed.length === 1 ? missed[0] : undefined;
      const act = (item: Missed) => (item.review ? '审核' : verbOf(c, item.obligation));
      const title = (item: Missed) => titled(c, item.obligation, item.occurrence);
      const who = c.asked ? '请' : `${list(c.addressedTo.map(c.roleOf))}应`;
      const subject = only
        ? `${who}于${spaced(c.dueOn(only.localDate, only.obligation))}前${act(only)}${title(only)}（补发提醒）`
        : `补发提醒：${missed.length} 项事项${c.asked ? '请及时办理' : '待办理'}`;
      const late = only && c.isPast(only.localDate);
      return {
        subject: late
          ? `${title(only)}${act(only)}期限已过，${c.asked ? '请尽快办理' : '尚未办理'}（补发提醒）`
          : subject,
        heading: '补发提醒',
        paragraphs: ['以下提醒未能按时发出，现合并通知。各项期限不因此改变。'],
        items: missed.map((item) => ({
          title: title(item),
          text: `${act(item)}期限：${moment(c.dueOn(item.localDate, item.obligation))}${c.isPast(item.localDate) ? '，已过期' : ''}。未能按时发出的提醒：${item.rungs.map(rung).join('、')}。`,
          link: missedKey(item),
        })),
        ...(only ? { button: `${act(only)}${title(only)}` } : {}),
      };
    },

    'deliverable-submitted': (c) => {
      const days = c.notice.facts.daysLate ?? 0;
      return {
        subject: `${ownerRole(c)}已${VERBS[c.doing]}${deliverable(c)}${days > 0 ? `（逾期 ${days} 天）` : ''}`,
        heading: `${ownerRole(c)}已${VERBS[c.doing]}${deliverable(c)}`,
        paragraphs: [
          `${owner(c)}已${VERBS[c.doing]}${deliverable(c)}${days > 0 ? `，逾期 ${days} 天` : '，未逾期'}。`,
          ...(c.obligation && !c.obligation.review ? ['该事项无须审核，现已履行完毕。'] : []),
        ],
        details: dueDetails(c, `${VERBS[c.doing]}期限`),
      };
    },

    'deliverable-accepted': (c) => ({
      subject: `${deliverable(c)}已审核通过`,
      heading: `${deliverable(c)}已审核通过`,
      paragraphs: [
        `${owner(c)}提交的${deliverable(c)}${round(c)}已经审核方同意。`,
        ...(isWholeReview(c) ? ['各方均已认可，该项义务履行完毕。'] : []),
      ],
      ...(c.notice.facts.daysLate ? { details: [['累计逾期', `${c.notice.facts.daysLate} 天`]] } : {}),
    }),

    'deliverable-rejected': (c) => ({
      subject: `${deliverable(c)}被退回，请于${until(c)}前修改后重新提交`,
      heading: `请于${until(c)}前重新提交${deliverable(c)}`,
      paragraphs: [
        `审核方已退回${deliverable(c)}${round(c)}，并逐条列明了意见。请贵方按意见修改后重新提交。`,
        '审核期间以及重新提交期限届满之前的时间，不计入逾期天数。',
      ],
      details: dueDetails(c, '重新提交期限'),
      button: `重新提交${deliverable(c)}`,
    }),

    'penalty-started': (c) => ({
      subject: `${deliverable(c)}逾期，开始计算违约金`,
      heading: `${deliverable(c)}逾期，开始计算违约金`,
      paragraphs: [
        `${deliverable(c)}应由${owner(c)}于${until(c)}前${VERBS[c.doing]}，期限届满时尚未${received(c)}。按照约定，逾期违约金已开始计算，直至${VERBS[c.doing]}之日（含当日）。`,
      ],
      details: [...dueDetails(c, `${VERBS[c.doing]}期限`), ...penaltyDetails(c), ...accrued(c, '起算日违约金')],
      notes: [BOTH_SIDES],
    }),

    'penalty-stopped': (c) => {
      const total = c.penalty?.amount ? `，累计${money(c.penalty.amount, c.penalty.currency)}` : '';
      return {
        subject: `${deliverable(c)}违约金停止计算${total}`,
        heading: `${deliverable(c)}违约金停止计算`,
        paragraphs: [`${deliverable(c)}的逾期违约金已停止计算${total}。`],
        details: [
          ...(c.notice.facts.daysLate === undefined
            ? []
            : [['累计逾期', `${c.notice.facts.daysLate} 天`] as [string, string]]),
          ...penaltyDetails(c),
          ...accrued(c, '累计违约金'),
        ],
        notes: [BOTH_SIDES],
      };
    },

    'overdue-withdrawn': (c) => ({
      subject: `${deliverable(c)}系按期${VERBS[c.doing]}，逾期记录已撤销`,
      heading: '逾期记录已撤销',
      paragraphs: [
        `经核对，${owner(c)}在期限届满前已${VERBS[c.doing]}${deliverable(c)}，此前的逾期记录现予撤销。`,
        ...(c.penalty ? ['因该逾期记录产生的违约金不予计收，已入账的金额将予冲销。'] : []),
      ],
      details: dueDetails(c, `${VERBS[c.doing]}期限`),
    }),

    'agreement-terminated': (c) => ({
      subject: `${book(c.agreementTitle)}已终止${ended(c)}`,
      heading: `${book(c.agreementTitle)}已终止`,
      paragraphs: [
        `经各方协商一致，${book(c.agreementTitle)}已终止，并由项目协调人登记。`,
        '尚未履行的事项不再提醒；逾期违约金计算至终止之日（含当日）。终止前已产生的权利义务不受影响。',
      ],
      details: endDetails(c, '终止日'),
    }),

    'agreement-expired': (c) => ({
      subject: `${book(c.agreementTitle)}期限届满${ended(c)}`,
      heading: `${book(c.agreementTitle)}期限届满`,
      paragraphs: [
        `${book(c.agreementTitle)}约定的期限已经届满。`,
        '尚未履行的事项不再提醒；逾期违约金计算至届满之日（含当日）。届满前已产生的权利义务不受影响。',
      ],
      details: endDetails(c, '届满日'),
    }),
  },
};

const BOTH_SIDES = '本通知同时发送双方，内容为按约定计算的结果；任何一方对此有异议的，可依约定提出。';

const WEEKDAYS = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** 《…》, unless the title bears the marks already. */
function book(title: string): string {
  return title.startsWith('《') ? title : `《${title}》`;
}

function deliverable(c: NoticeContext): string {
  return titled(c, c.notice.obligation ?? '', c.notice.occurrence);
}

/** 《季度满意度调查》（2027 年第一季度） */
function titled(c: NoticeContext, obligation: string, occurrence: string | undefined): string {
  return `${book(c.titleOf(obligation))}${occurrence === undefined ? '' : `（${period(occurrence)}）`}`;
}

const NUMERALS = ['', '一', '二', '三', '四'];

function period(occurrence: string): string {
  const found = readPeriod(occurrence);
  switch (found.of) {
    case 'quarter':
      return `${found.year} 年第${NUMERALS[found.number] ?? ''}季度`;
    case 'half-year':
      return `${found.year} 年${found.number === 1 ? '上' : '下'}半年`;
    case 'month':
      return `${found.year} 年 ${found.number} 月`;
    case 'year':
      return `${found.year} 年度`;
    case 'interval':
      return `自 ${found.from} 起的一期`;
  }
}

const VERBS: Record<Doing, string> = { 'hand-in': '提交', complete: '完成', settle: '支付', acknowledge: '确认' };

function verbOf(c: NoticeContext, obligation: string): string {
  return VERBS[doingOf(c.agreement.obligations.find(({ id }) => id === obligation)?.kind)];
}

/** 尚未…… */
function received(c: NoticeContext): string {
  return c.doing === 'hand-in' ? '收到' : `登记${VERBS[c.doing]}`;
}

function actButton(c: NoticeContext, title: string): string {
  return c.doing === 'hand-in' ? `提交${title}` : `登记${title}已${VERBS[c.doing]}`;
}

const UNITS = { hours: '小时', days: '天', 'working-days': '个工作日', months: '个月', years: '年' };
const PERIODS: Record<CalendarPeriod, string> = {
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
};

/** How often it comes again: 每季度. */
function rhythm(c: NoticeContext, rule: CompiledObligation): string {
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
function waitsFor(c: NoticeContext, { deadline: { anchor, offset } }: CompiledObligation): string {
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

function date(day: LocalDate): string {
  return `${day}（${WEEKDAYS[weekday(day)] ?? ''}）`;
}

function moment({ date: day, time, zone }: Moment): string {
  return zone === 'Asia/Shanghai' ? `北京时间 ${date(day)}${time}` : ` ${date(day)}${time}（${zone}）`;
}

function until(c: NoticeContext): string {
  return c.due ? spaced(c.due) : '约定期限';
}

/** Before a Chinese word a figure takes a space, a bracket none. */
function spaced(due: Moment): string {
  const text = moment(due);
  return text.endsWith('）') ? text : `${text} `;
}

function party(c: NoticeContext, role: string): string {
  const name = c.organisationOf(role);
  return name === undefined ? c.roleOf(role) : `${c.roleOf(role)}（${name}）`;
}

function owner(c: NoticeContext): string {
  return c.obligation ? party(c, c.obligation.responsible) : '责任方';
}

function ownerRole(c: NoticeContext): string {
  return c.obligation ? c.roleOf(c.obligation.responsible) : '责任方';
}

function list(names: string[]): string {
  return names.length > 0 ? names.join('、') : '相关方';
}

function round(c: NoticeContext): string {
  const number = c.notice.facts.round ?? 1;
  return number > 1 ? `（第 ${number} 轮）` : '';
}

function isWholeReview({ obligation }: NoticeContext): boolean {
  const others = (obligation?.review?.reviewers ?? []).filter((reviewer) => reviewer !== obligation?.responsible);
  return others.length === 1;
}

function parties(c: NoticeContext): [string, string][] {
  return c.agreement.parties.flatMap((role): [string, string][] => {
    const name = c.organisationOf(role);
    return name === undefined ? [] : [[c.roleOf(role), name]];
  });
}

function dueDetails(c: NoticeContext, label: string): [string, string][] {
  if (!c.due) return [];
  const there: [string, string][] = c.dueThere ? [['您所在时区', moment(c.dueThere).trim()]] : [];
  return [[label, moment(c.due).trim()], ...there];
}

function endDetails(c: NoticeContext, label: string): [string, string][] {
  return c.notice.facts.endedOn === undefined ? [] : [[label, date(c.notice.facts.endedOn)]];
}

function ended(c: NoticeContext): string {
  return c.notice.facts.endedOn === undefined ? '' : `（${c.notice.facts.endedOn}）`;
}

function formula(penalty: PenaltyFacts): string {
  return `每日 ${penalty.rate}（基数${money(penalty.base, penalty.currency)}）`;
}

function penaltyDetails(c: NoticeContext): [string, string][] {
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

function accrued({ penalty }: NoticeContext, label: string): [string, string][] {
  return penalty?.amount === undefined ? [] : [[label, money(penalty.amount, penalty.currency)]];
}

function money(amount: string, currency: string): string {
  return currency === 'CNY' ? `人民币 ${grouped(amount)} 元` : `${currency} ${grouped(amount)}`;
}

function rung(name: string): string {
  const days = name.slice(name.indexOf('-') + 1);
  if (name.startsWith('before-')) return `到期前 ${days} 天`;
  if (name.startsWith('overdue-')) return `逾期第 ${days} 天`;
  return '到期当日';
}
