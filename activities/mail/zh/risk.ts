import { RISK_INDICATOR_WORDS, RISK_LEVEL_WORDS, RISK_OPERATOR_WORDS } from '../../../domain/risk/vocabulary.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { book, date, detail, dueDetails, list, until } from './phrases.ts';

type RiskNotice = Extract<keyof Wording['texts'], `risk-${string}`>;

/** Risks: their register, their measures, and the warnings of them. */
export const riskTexts: Pick<Wording['texts'], RiskNotice> = {
  'risk-registered': (c) => ({
    subject: `风险已登记：${name(c)}（${level(c)}）`,
    heading: `${name(c)}已列入风险清单`,
    paragraphs: [
      `该风险评定为${level(c)}。${c.due ? `请于${until(c)}前制定应对措施，并为每项措施指定责任人。` : '本协议没有约定制定应对措施的期限。'}`,
    ],
    details: [...details(c), ...dueDetails(c, '应对措施期限')],
  }),

  'risk-unguarded': (c) => ({
    subject: `未设预警指标：${name(c)}`,
    heading: `${name(c)}没有预警指标`,
    paragraphs: [
      `${book(c.agreementTitle)}约定了风险预警机制，而该风险尚未设定指标和阈值，指标恶化时不会发出预警。`,
      '请登录系统为其设定指标、比较方式和阈值。',
    ],
    details: details(c),
  }),

  'risk-response-reminder': (c) => ({
    subject: late(c) ? `应对措施已逾期 ${daysLate(c)} 天：${name(c)}` : `请于${until(c)}前制定应对措施：${name(c)}`,
    heading: late(c) ? `应对措施已逾期 ${daysLate(c)} 天` : '请制定风险应对措施',
    paragraphs: [
      late(c)
        ? `${name(c)}应于${until(c)}前有应对措施，目前一项也没有。`
        : `${name(c)}（${level(c)}）须于${until(c)}前有应对措施，并为每项措施指定责任人。`,
    ],
    details: [...details(c), ...dueDetails(c, '期限')],
  }),

  'risk-measure-assigned': (c) => ({
    subject: `由您负责的应对措施：${name(c)}`,
    heading: `请落实${name(c)}的应对措施`,
    paragraphs: [
      ...measure(c),
      c.due ? `请于${until(c)}前完成，完成后登录系统登记并附上证明材料。` : '完成后请登录系统登记并附上证明材料。',
    ],
    details: [...details(c), ...dueDetails(c, '完成期限')],
  }),

  'risk-measure-reminder': (c) => ({
    subject: late(c) ? `应对措施已逾期 ${daysLate(c)} 天：${name(c)}` : `请于${until(c)}前完成应对措施：${name(c)}`,
    heading: late(c) ? `应对措施已逾期 ${daysLate(c)} 天` : '请完成应对措施',
    paragraphs: [
      ...measure(c),
      late(c)
        ? `该措施应于${until(c)}前完成，系统中没有完成的登记。`
        : `该措施须于${until(c)}前完成，完成后请登录系统登记。`,
    ],
    details: [...details(c), ...dueDetails(c, '完成期限')],
  }),

  'risk-level-changed': (c) => {
    const { count = 0, localDate } = c.notice.facts;
    const by = localDate === undefined ? '' : `，期限为 ${date(localDate)}`;
    return {
      subject: `风险等级变为${level(c)}：${name(c)}`,
      heading: `${name(c)}由${before(c)}变为${level(c)}`,
      paragraphs: [
        count > 0
          ? `风险等级已经变化，原有 ${count} 项应对措施重新打开，须按新的等级调整并落实${by}。`
          : `风险等级已经变化，请按新的等级核对应对措施${by}。`,
      ],
      details: details(c),
    };
  },

  'risk-review-reminder': (c) => ({
    subject: late(c) ? `风险复评已逾期 ${daysLate(c)} 天：${name(c)}` : `请于${until(c)}前复评：${name(c)}`,
    heading: late(c) ? `风险复评已逾期 ${daysLate(c)} 天` : '请复评风险',
    paragraphs: [
      late(c)
        ? `${name(c)}应于${until(c)}前复评，目前没有复评的登记。`
        : `${name(c)}须于${until(c)}前复评：维持现有评级，或者重新评级。`,
    ],
    details: [...details(c), ...dueDetails(c, '复评期限')],
  }),

  'risk-measure-review-reminder': (c) => ({
    subject: late(c) ? `应对措施评估已逾期 ${daysLate(c)} 天：${name(c)}` : `请于${until(c)}前评估应对措施：${name(c)}`,
    heading: late(c) ? `应对措施评估已逾期 ${daysLate(c)} 天` : '请评估应对措施是否有效',
    paragraphs: [
      `${name(c)}的每项应对措施${late(c) ? `应于${until(c)}前评估，目前尚未全部评估` : `须于${until(c)}前评估`}。无效的措施，请在评估时提交调整后的版本。`,
    ],
    details: [...details(c), ...dueDetails(c, '评估期限')],
  }),

  'risk-warning': (c) => ({
    subject: `风险预警：${name(c)}（${indicator(c)}）`,
    heading: `${name(c)}触及预警阈值`,
    paragraphs: [
      `${indicator(c)}现为 ${value(c)}，约定的预警条件是${operator(c)} ${c.notice.facts.goal ?? ''}。`,
      c.due
        ? `请立即应对，并于${until(c)}前登录系统确认本预警；逾期未确认的，将升级报告。`
        : '请立即应对，并登录系统确认本预警。',
    ],
    details: [
      ...details(c),
      ['指标', indicator(c)],
      ['当前值', value(c)],
      ...detail('依据', c.notice.facts.what, String),
      ...dueDetails(c, '确认期限'),
    ],
  }),

  'risk-warning-overdue': (c) => {
    const { open = [] } = c.notice.facts;
    return {
      subject: `风险预警逾期未确认：${name(c)}`,
      heading: `${name(c)}的预警没有按时确认`,
      paragraphs: [
        `${indicator(c)}触及阈值后已发出预警，下列部门在约定时间内没有确认：${list(open.map((seat) => c.roleOf(seat)))}。请督促其应对，并登录系统确认。`,
      ],
      details: [...details(c), ['指标', indicator(c)], ['当时值', value(c)]],
    };
  },

  'risk-occurred': (c) => {
    const { count = 0 } = c.notice.facts;
    const { items = [] } = c.words;
    return {
      subject: `风险已发生，请立即处置：${name(c)}`,
      heading: `${name(c)}已发生`,
      paragraphs: [
        count > 0
          ? `应急预案已经启动，共 ${count} 个步骤。请立即处置，每完成一步登录系统登记，时间和登记人一并记录。`
          : '该风险没有应急步骤清单，请立即处置。',
        ...items.slice(0, count).map(({ what }, index) => `${index + 1}. ${what}`),
      ],
      details: details(c),
    };
  },

  'risk-register-empty': (c) => ({
    subject: `首个评估周期已结束，风险清单为空`,
    heading: '风险清单为空',
    paragraphs: [
      `${book(c.agreementTitle)}约定定期识别和评估风险。首个周期已于 ${date(c.notice.facts.localDate ?? '')}结束，清单中没有一项风险。`,
      '确有风险的，请登录系统登记；确认没有的，请在风险评估的提交材料中说明。',
    ],
    details: [...detail('周期末', c.notice.facts.localDate, date)],
  }),
};

function name(c: NoticeContext): string {
  return `“${c.words.topic ?? c.notice.facts.process ?? ''}”`;
}

function wordOf(words: Record<string, { zh: string }>, key: string | undefined): string {
  return words[key ?? '']?.zh ?? key ?? '';
}

function level(c: NoticeContext): string {
  return `${wordOf(RISK_LEVEL_WORDS, c.notice.facts.status)}风险`;
}

function before(c: NoticeContext): string {
  return `${wordOf(RISK_LEVEL_WORDS, c.notice.facts.ground)}风险`;
}

function indicator(c: NoticeContext): string {
  return wordOf(RISK_INDICATOR_WORDS, c.notice.facts.ground);
}

function operator(c: NoticeContext): string {
  return wordOf(RISK_OPERATOR_WORDS, c.notice.facts.kind);
}

function value(c: NoticeContext): string {
  return c.notice.facts.value ?? '';
}

function daysLate(c: NoticeContext): number {
  return c.notice.facts.daysLate ?? 0;
}

function late(c: NoticeContext): boolean {
  return daysLate(c) > 0;
}

function measure(c: NoticeContext): string[] {
  const { details: what } = c.words;
  return what === undefined ? [] : [`措施：${what}`];
}

function details(c: NoticeContext): [string, string][] {
  const { about, process } = c.notice.facts;
  return [['风险', c.words.topic ?? process ?? ''], ['等级', level(c)], ...detail('措施编号', about, String)];
}
