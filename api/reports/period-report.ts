import { addDays, addMonths } from '../../domain/local-date.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { SurveyStatus } from '../../domain/survey/state.ts';
import type { Verdict } from '../../domain/survey/figures.ts';
import type { Instant, LocalDate, Text } from '../../domain/time.ts';
import type { VisitKind } from '../../domain/visit/compiled.ts';
import type { VisitStatus } from '../../domain/visit/state.ts';
import { VISIT_KIND_WORDS, VISIT_STATUS_WORDS } from '../../domain/visit/vocabulary.ts';
import type { Block, Cell, ReportDocument, ReportLanguage, Section } from './document.ts';
import { type ReportedGoal, goalsSection } from './goals.ts';
import { dateText } from './moment.ts';
import { type ReportedAgreement, type ReportedImprovement, count, improvementTable } from './survey-report.ts';
import { CYCLE_WORDS } from './words.ts';

/** A cycle whose result was due, or that closed, in the period. */
export interface ReportedCycle {
  title: Text;
  occurrence: string | null;
  reference: string;
  status: SurveyStatus | 'starting';
  dueOn: LocalDate;
  closedOn: LocalDate | null;
  answered: number;
  responseRate: string | null;
  score: string | null;
  satisfied: string | null;
  nps: string | null;
  verdict: Verdict['outcome'] | null;
  scale: { min: number; max: number } | null;
}

/** A visit or call-back that was planned for, or held in, the period. */
export interface ReportedVisit {
  customer: string;
  kind: VisitKind;
  plannedOn: LocalDate;
  heldOn: LocalDate | null;
  status: VisitStatus | 'starting';
  /** Names of the files of its report. */
  files: string[];
}

/** What was done for satisfaction in a calendar period of one agreement; an empty period is reported, too (S003-S-09). */
export interface PeriodReport {
  kind: 'period';
  agreement: ReportedAgreement;
  /** `2027-Q1`, `2027-H1`, `2027`. */
  period: string;
  cycles: ReportedCycle[];
  visits: {
    planned: number;
    held: number;
    reported: number;
    cancelled: number;
    callBacks: number;
    /** One by one, with the report of each (S003-S-11). */
    all: ReportedVisit[];
  };
  feedback: { received: number; open: number; findings: number; answered: number; noAction: number };
  improvements: ReportedImprovement[];
  /** Goals that were judged in the period; missing: none. */
  goals?: ReportedGoal[];
  judgement: string | null;
  madeAtMs: Instant;
}

/** First and last day of `2027-Q1`, `2027-H1`, `2027`; undefined where it is no such period. */
export function periodDays(period: string): { from: LocalDate; until: LocalDate } | undefined {
  const [, year, kind, number = '1'] = /^([1-9]\d{3})(?:-(Q(?=[1-4])|H(?=[12]))(\d))?$/.exec(period) ?? [];
  if (year === undefined) return undefined;
  const months = kind === 'Q' ? 3 : kind === 'H' ? 6 : 12;
  const from = addMonths(`${year}-01-01`, months * (Number(number) - 1));
  return { from, until: addDays(addMonths(from, months), -1) };
}

/** Nothing was surveyed, visited, said or improved. */
function isEmpty({ cycles, visits, feedback, improvements, goals = [] }: PeriodReport): boolean {
  const nothingSaid = feedback.received === 0 && improvements.length === 0 && goals.length === 0;
  return cycles.length === 0 && visits.planned === 0 && nothingSaid;
}

const NAMES: Record<'quarter' | 'half' | 'year', Text> = {
  quarter: { zh: '客户满意度季度报告', en: 'Quarterly report on customer satisfaction' },
  half: { zh: '客户满意度半年度报告', en: 'Half-yearly report on customer satisfaction' },
  year: { zh: '客户满意度年度报告', en: 'Annual report on customer satisfaction' },
};

/** The compiled report of a period in one language. */
export function periodDocument(report: PeriodReport, language: ReportLanguage): ReportDocument {
  const say = (text: Text): string => text[language];
  const { agreement, period, madeAtMs } = report;
  const name = say(NAMES[period.includes('Q') ? 'quarter' : period.includes('H') ? 'half' : 'year']);
  const which = say(occurrenceTitle(period)).replace(/^the /, '');
  const days = periodDays(period);
  return {
    language,
    title: name,
    subtitle: which,
    facts: [
      [say({ zh: '协议', en: 'Agreement' }), say(agreement.title)],
      ...agreement.parties.map(({ role, name: party }): [string, Cell] => [say(role), party]),
      ...(days === undefined
        ? []
        : [
            [
              say({ zh: '报告期', en: 'Period' }),
              say({
                zh: `${dateText(days.from, 'zh')}至 ${dateText(days.until, 'zh')}`,
                en: `${dateText(days.from, 'en')} to ${dateText(days.until, 'en')}`,
              }),
            ] as [string, Cell],
          ]),
    ],
    summary: summary(report, language),
    sections: [
      cycles(report, language),
      ...goalsSection(report.goals ?? [], language),
      visits(report, language),
      feedback(report, language),
      improvements(report, language),
      {
        title: say({ zh: '分析意见', en: 'The analyst’s judgement' }),
        blocks:
          report.judgement === null
            ? [{ kind: 'blank', lines: 5 }]
            : [{ kind: 'text', paragraphs: [report.judgement] }],
      },
    ],
    footer: `${name} · ${which} · ${say(agreement.title)}`,
    pageOf: (page, pages) => say({ zh: `第 ${page} 页，共 ${pages} 页`, en: `Page ${page} of ${pages}` }),
    madeAtMs,
    zone: agreement.zone,
  };
}

function summary(report: PeriodReport, language: ReportLanguage): string[] {
  const say = (text: Text): string => text[language];
  if (isEmpty(report)) {
    return [
      say({
        zh: '零报告：本报告期内没有应完成或已截止的调查，没有走访、客户反馈和改进事项。特此说明。',
        en: 'Nil report: in this period no survey was due or closed, and there were no visits, no feedback and no improvements.',
      }),
    ];
  }
  const closed = report.cycles.filter(({ closedOn }) => closedOn !== null).length;
  const missed = report.cycles.filter(({ status }) => status === 'missed').length;
  const open = report.improvements.filter(({ status }) => !OVER.includes(status)).length;
  return [
    say({
      zh: `本报告期应开展或截止的调查 ${report.cycles.length} 期，其中已截止 ${closed} 期、未按期开展 ${missed} 期；走访 ${report.visits.held} 次；收到反馈 ${report.feedback.received} 件；改进事项 ${report.improvements.length} 项，其中未了结 ${open} 项。`,
      en: `Surveys in this period: ${report.cycles.length}, of which ${closed} closed and ${missed} missed. Visits held: ${report.visits.held}. Feedback received: ${report.feedback.received}. Improvements: ${report.improvements.length}, of which ${open} open.`,
    }),
  ];
}

const OVER: readonly ReportedImprovement['status'][] = ['closed', 'merged', 'dismissed', 'cancelled'];

const VERDICTS: Record<Verdict['outcome'], Text> = {
  reached: { zh: '达到目标', en: 'reached' },
  missed: { zh: '未达到目标', en: 'missed' },
  none: { zh: '不作结论', en: 'no verdict' },
};

function cycles({ cycles: own }: PeriodReport, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const title = say({ zh: '满意度调查', en: 'Surveys' });
  if (own.length === 0)
    return none(
      title,
      { zh: '本报告期没有应完成或已截止的调查。', en: 'No survey was due or closed in this period.' },
      language,
    );
  const name = ({ title: words, occurrence }: ReportedCycle): string =>
    occurrence === null
      ? say(words)
      : `${say(words)}${language === 'zh' ? '（' : ' ('}${say(occurrenceTitle(occurrence)).replace(/^the /, '')}${language === 'zh' ? '）' : ')'}`;
  const scored = own.filter(({ score }) => score !== null);
  const [first] = scored;
  const sameScale = scored.every(({ scale }) => scale?.min === first?.scale?.min && scale?.max === first?.scale?.max);
  const chart: Block[] =
    scored.length < 2 || !first?.scale || !sameScale
      ? []
      : [
          {
            kind: 'trend',
            caption: say({ zh: '各期综合得分', en: 'Score by cycle' }),
            unit: 'score',
            scale: first.scale,
            points: scored.map((one) => ({ label: one.reference.split('#')[1] ?? one.reference, value: one.score })),
          },
        ];
  return {
    title,
    blocks: [
      ...chart,
      {
        kind: 'table',
        caption: title,
        columns: [
          { label: say({ zh: '调查', en: 'Survey' }), kind: 'text' },
          { label: say({ zh: '状态', en: 'State' }), kind: 'text' },
          { label: say({ zh: '截止日', en: 'Closed on' }), kind: 'text' },
          { label: say({ zh: '答卷数', en: 'Answers' }), kind: 'figure' },
          { label: say({ zh: '回收率', en: 'Response rate' }), kind: 'figure' },
          { label: say({ zh: '综合得分', en: 'Score' }), kind: 'figure' },
          { label: say({ zh: '满意率', en: 'Satisfied' }), kind: 'figure' },
          { label: 'NPS', kind: 'figure' },
          { label: say({ zh: '结论', en: 'Verdict' }), kind: 'text' },
        ],
        rows: own.map((one) => [
          name(one),
          say(CYCLE_WORDS[one.status]),
          one.closedOn,
          count(one.answered),
          one.responseRate === null ? null : { value: one.responseRate, unit: 'share' },
          one.score === null ? null : { value: one.score, unit: 'score' },
          one.satisfied === null ? null : { value: one.satisfied, unit: 'share' },
          one.nps === null ? null : { value: one.nps, unit: 'nps' },
          one.verdict === null ? null : say(VERDICTS[one.verdict]),
        ]),
      },
    ],
  };
}

function visits({ visits: own }: PeriodReport, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const title = say({ zh: '客户走访', en: 'Visits' });
  if (own.planned === 0)
    return none(title, { zh: '本报告期没有走访计划。', en: 'No visit was planned in this period.' }, language);
  return {
    title,
    blocks: [
      {
        kind: 'facts',
        rows: [
          [say({ zh: '计划', en: 'Planned' }), count(own.planned)],
          [say({ zh: '已进行', en: 'Held' }), count(own.held)],
          [say({ zh: '已提交报告', en: 'Reported' }), count(own.reported)],
          [say({ zh: '已取消', en: 'Cancelled' }), count(own.cancelled)],
          [say({ zh: '其中回访', en: 'Of these, call-backs' }), count(own.callBacks)],
        ],
      },
      {
        kind: 'table',
        caption: say({ zh: '各次走访及报告', en: 'Each visit with its report' }),
        columns: [
          { label: say({ zh: '客户', en: 'Customer' }), kind: 'text' },
          { label: say({ zh: '类别', en: 'Kind' }), kind: 'text' },
          { label: say({ zh: '计划日期', en: 'Planned for' }), kind: 'text' },
          { label: say({ zh: '进行日期', en: 'Took place on' }), kind: 'text' },
          { label: say({ zh: '状态', en: 'State' }), kind: 'text' },
          { label: say({ zh: '报告', en: 'Report' }), kind: 'text' },
        ],
        rows: own.all.map(({ customer, kind, plannedOn, heldOn, status, files }) => [
          customer,
          say(VISIT_KIND_WORDS[kind]),
          plannedOn,
          heldOn,
          say(status === 'starting' ? VISIT_STATUS_WORDS.planned : VISIT_STATUS_WORDS[status]),
          files.length === 0 ? null : files.join(language === 'zh' ? '、' : ', '),
        ]),
      },
    ],
  };
}

function feedback({ feedback: own }: PeriodReport, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const title = say({ zh: '客户反馈', en: 'Feedback' });
  if (own.received === 0)
    return none(title, { zh: '本报告期没有收到客户反馈。', en: 'No feedback was received in this period.' }, language);
  return {
    title,
    blocks: [
      {
        kind: 'facts',
        rows: [
          [say({ zh: '收到', en: 'Received' }), count(own.received)],
          [say({ zh: '待处理', en: 'Open' }), count(own.open)],
          [say({ zh: '转为改进事项', en: 'Became improvements' }), count(own.findings)],
          [say({ zh: '已答复', en: 'Answered' }), count(own.answered)],
          [say({ zh: '无须处理', en: 'No action needed' }), count(own.noAction)],
        ],
      },
    ],
  };
}

function improvements({ improvements: own }: PeriodReport, language: ReportLanguage): Section {
  const title = language === 'zh' ? '改进事项' : 'Improvements';
  if (own.length === 0)
    return none(title, { zh: '本报告期没有改进事项。', en: 'No improvement was under way in this period.' }, language);
  return { title, blocks: [improvementTable(own, language)] };
}

function none(title: string, words: Text, language: ReportLanguage): Section {
  return { title, blocks: [{ kind: 'text', paragraphs: [words[language]] }] };
}
