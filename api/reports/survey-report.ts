import { Big } from 'big.js';
import type { FindingPriority } from '../../domain/improvement/command.ts';
import type { ImprovementStatus } from '../../domain/improvement/state.ts';
import { FINDING_PRIORITY_WORDS } from '../../domain/improvement/vocabulary.ts';
import type { SampleFacts } from '../../domain/survey/command.ts';
import type { SurveyChannel } from '../../domain/survey/compiled.ts';
import { type EarlierCycle, type Figures, GROUPINGS, type Measures, OVERALL } from '../../domain/survey/figures.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Instant, LocalDate, Text, Zone } from '../../domain/time.ts';
import type { Bars, Block, Cell, Column, ReportDocument, ReportLanguage, Section, Table } from './document.ts';
import { figureText } from './figure-text.ts';
import { type ReportedGoal, goalsSection } from './goals.ts';
import { lastDay, momentText } from './moment.ts';
import { CHANNEL_WORDS, GROUPING_WORDS, SAMPLE_WORDS, STATE_WORDS } from './words.ts';

/** Which agreement a report is about, in words. */
export interface ReportedAgreement {
  title: Text;
  parties: { role: Text; name: string }[];
  zone: Zone;
}

/** What follows from a cycle, or is under way in a period: no names, no words of customers. */
export interface ReportedImprovement {
  reference: string;
  dimension: Text | null;
  status: ImprovementStatus | 'starting';
  priority: FindingPriority | null;
  /** 1, and one more each time that the effect was not reached. */
  round: number;
  /** Last days of its plan and of its latest measure; null where none is agreed or known. */
  planDueOn: LocalDate | null;
  measures: { total: number; completed: number; late: number };
  goal: string | null;
  measured: string | null;
}

/** All that the report of a cycle is made from: no database, no clock. */
export interface SurveyReport {
  kind: 'survey';
  agreement: ReportedAgreement;
  /** Title of its duty, and which cycle. */
  title: Text;
  occurrence: string | null;
  reference: string;
  clauses: string[];
  publishedAtMs: Instant | null;
  closedAtMs: Instant | null;
  channels: SurveyChannel[];
  sample: SampleFacts | null;
  questionnaire: { version: number; questions: number; sha256: string } | null;
  answersSha256: string | null;
  anonymous: boolean;
  minimumSample: number | null;
  responseRatePercent: string | null;
  figures: Figures | null;
  titles: {
    dimensions: Record<string, Text>;
    parts: Record<string, Text>;
    /** By `<grouping>/<key>`. */
    groups: Record<string, Text>;
  };
  /** Of the same survey, any order. */
  earlier: EarlierCycle[];
  improvements: ReportedImprovement[];
  /** Goals of the agreement that this cycle measures; missing: it has none. */
  goals?: ReportedGoal[];
  /** What the analyst wrote. */
  judgement: string | null;
  recommendations: string | null;
  madeAtMs: Instant;
}

/** So many earlier cycles stand beside this one. */
const EARLIER_SHOWN = 8;

/** The report of one cycle in one language. */
export function surveyDocument(report: SurveyReport, language: ReportLanguage): ReportDocument {
  const say = (text: Text): string => text[language];
  const { agreement, title, occurrence, figures, madeAtMs, reference } = report;
  const name = say(title);
  const which = occurrence === null ? reference : say(occurrenceTitle(occurrence));
  return {
    language,
    title: say({ zh: `${name}报告`, en: `Report: ${name}` }),
    subtitle: which.replace(/^the /, ''),
    facts: [
      [say({ zh: '协议', en: 'Agreement' }), say(agreement.title)],
      ...agreement.parties.map(({ role, name: party }): [string, Cell] => [say(role), party]),
      [say({ zh: '编号', en: 'Reference' }), reference],
      [say({ zh: '依据条款', en: 'Clauses' }), report.clauses.join(language === 'zh' ? '、' : ', ')],
    ],
    summary: verdictWords(report, language),
    sections: [
      how(report, language),
      ...(figures === null
        ? []
        : [
            results(report, figures, language),
            dimensions(report, figures, language),
            ...groups(report, figures, language),
          ]),
      ...trend(report, language),
      ...goalsSection(report.goals ?? [], language),
      findings(report, language),
      judgement(report, language),
      ...(figures === null ? [] : [method(report, language)]),
    ],
    footer: `${name} · ${which.replace(/^the /, '')} · ${say(agreement.title)}`,
    pageOf: (page, pages) => say({ zh: `第 ${page} 页，共 ${pages} 页`, en: `Page ${page} of ${pages}` }),
    madeAtMs,
    zone: agreement.zone,
  };
}

/** What it comes to, in words; without enough answers, that there is no verdict. */
export function verdictWords(
  { figures, minimumSample }: Pick<SurveyReport, 'figures' | 'minimumSample'>,
  language: ReportLanguage,
): string[] {
  const say = (text: Text): string => text[language];
  if (figures === null) {
    return [
      say({ zh: '本期答卷尚未分析，没有结果。', en: 'The answers have not been analysed: there is no result yet.' }),
    ];
  }
  const { verdict, answered, scale } = figures;
  if (verdict.outcome !== 'none') {
    const { value, target, measure } = verdict;
    const [zh, en] =
      measure === 'score'
        ? [`综合得分 ${plain(value)} 分（满分 ${scale.max} 分）`, `score ${plain(value)} of ${scale.max}`]
        : [`满意率 ${plain(value)}%`, `satisfied ${plain(value)}%`];
    const goal =
      measure === 'score' ? [`${plain(target)} 分`, plain(target)] : [`${plain(target)}%`, `${plain(target)}%`];
    return verdict.outcome === 'reached'
      ? [
          say({
            zh: `结论：达到约定目标。${zh}，目标为不低于 ${goal[0] ?? ''}。`,
            en: `Verdict: the agreed target is reached (${en}; at least ${goal[1] ?? ''} was agreed).`,
          }),
        ]
      : [
          say({
            zh: `结论：未达到约定目标。${zh}，目标为不低于 ${goal[0] ?? ''}。`,
            en: `Verdict: the agreed target is missed (${en}; at least ${goal[1] ?? ''} was agreed).`,
          }),
        ];
  }
  switch (verdict.why) {
    case 'no-target':
      return [
        say({
          zh: '结论：协议没有约定目标值，因此不作达标结论，仅列示结果。',
          en: 'No verdict: no target is agreed; the figures stand for themselves.',
        }),
      ];
    case 'off-scale':
      return [
        say({
          zh: '结论：约定的目标值不在问卷量表范围内，无法比较，不作达标结论。',
          en: 'No verdict: the agreed target does not lie on the scale of the questionnaire.',
        }),
      ];
    case 'no-answers':
      return [say({ zh: '结论：本期没有可用答卷，不作达标结论。', en: 'No verdict: nobody answered.' })];
    case 'below-minimum':
      return [
        minimumSample !== null && answered < minimumSample
          ? say({
              zh: `结论：有效答卷 ${answered} 份，少于约定的最低样本量 ${minimumSample} 份，不作达标结论。`,
              en: `No verdict: ${answered} answers are fewer than the agreed minimum of ${minimumSample}.`,
            })
          : say({
              zh: `结论：有效答卷 ${answered} 份，数量过少，为保护答卷人不予列示结果，不作达标结论。`,
              en: `No verdict: ${answered} answers are too few to be shown without telling who gave them.`,
            }),
      ];
  }
}

function how(report: SurveyReport, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const { agreement, publishedAtMs, closedAtMs, channels, sample, questionnaire, figures } = report;
  const at = (ms: Instant | null): string => (ms === null ? '—' : momentText(ms, agreement.zone, language));
  const rows: [string, Cell][] = [
    [say({ zh: '发布时间', en: 'Published' }), at(publishedAtMs)],
    [say({ zh: '截止时间', en: 'Closed' }), at(closedAtMs)],
    [
      say({ zh: '答卷渠道', en: 'Channels' }),
      channels.map((channel) => say(CHANNEL_WORDS[channel])).join(language === 'zh' ? '、' : ', ') || '—',
    ],
    ...(sample === null ? [] : sampleRows(sample, language)),
    ...(questionnaire === null
      ? []
      : [
          [
            say({ zh: '问卷', en: 'Questionnaire' }),
            say({
              zh: `第 ${questionnaire.version} 版，共 ${questionnaire.questions} 题`,
              en: `version ${questionnaire.version}, ${questionnaire.questions} questions`,
            }),
          ] as [string, Cell],
        ]),
    ...(figures === null ? [] : countRows(report, figures, language)),
  ];
  return { title: say({ zh: '调查的开展', en: 'How it was done' }), blocks: [{ kind: 'facts', rows }] };
}

/** Of a survey that is open to whoever has its link. */
const OPEN: Text = { zh: '公开链接，不抽样', en: 'none: open to whoever has the link' };

function sampleRows(sample: SampleFacts, language: ReportLanguage): [string, Cell][] {
  const say = (text: Text): string => text[language];
  return [
    [say({ zh: '抽样方法', en: 'Sample' }), say(sample.open ? OPEN : SAMPLE_WORDS[sample.method])],
    ...(sample.seed === null
      ? []
      : [[say({ zh: '抽样种子', en: 'Seed of the sample' }), sample.seed] as [string, Cell]]),
    [say({ zh: '不愿接受调查', en: 'Asked not to be surveyed' }), count(sample.optedOut)],
  ];
}

function countRows(
  { responseRatePercent }: SurveyReport,
  figures: Figures,
  language: ReportLanguage,
): [string, Cell][] {
  const say = (text: Text): string => text[language];
  const rate = (estimate: Figures['coverage']): Cell => estimate && { value: estimate.value, unit: 'share' };
  return [
    [say({ zh: '调查对象总数', en: 'Customers in the audience' }), count(figures.population)],
    [say({ zh: '抽取', en: 'Drawn' }), count(figures.drawn)],
    [say({ zh: '送达', en: 'Reached' }), count(figures.reached)],
    [say({ zh: '覆盖率', en: 'Coverage' }), rate(figures.coverage)],
    [say({ zh: '有效答卷', en: 'Answers that count' }), count(figures.answered)],
    [say({ zh: '逾期答卷（不计入）', en: 'Late answers, not counted' }), count(figures.late)],
    [say({ zh: '回收率', en: 'Response rate' }), rate(figures.responseRate)],
    ...(responseRatePercent === null
      ? []
      : [
          [say({ zh: '约定的回收率', en: 'Agreed response rate' }), `${plain(responseRatePercent)}%`] as [string, Cell],
        ]),
  ];
}

const MEASURE_COLUMNS: { label: Text; kind: Column['kind'] }[] = [
  { label: { zh: '答卷数', en: 'Answers' }, kind: 'figure' },
  { label: { zh: '平均分', en: 'Mean' }, kind: 'figure' },
  { label: { zh: '平均分区间', en: 'Mean, interval' }, kind: 'interval' },
  { label: { zh: '满意率', en: 'Satisfied' }, kind: 'figure' },
  { label: { zh: '满意率区间', en: 'Satisfied, interval' }, kind: 'interval' },
];

function measureCells({ n, mean, satisfied }: Measures): Cell[] {
  return [
    count(n),
    mean && { value: mean.value, unit: 'score' },
    mean && { low: mean.low, high: mean.high, unit: 'score' },
    satisfied && { value: satisfied.value, unit: 'share' },
    satisfied && { low: satisfied.low, high: satisfied.high, unit: 'share' },
  ];
}

/** In place of what is withheld. */
const NOTHING: Cell[] = MEASURE_COLUMNS.map(() => null);

function npsCell({ nps }: Measures): Cell {
  return nps && { value: nps.value, unit: 'nps' };
}

function results({ titles }: SurveyReport, figures: Figures, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const { overall, score, scale, responseRate, coverage } = figures;
  const asked = figures.dimensions.find(({ id }) => id === OVERALL);
  const row = (
    label: Text,
    n: number | null,
    unit: 'score' | 'share' | 'nps',
    estimate: Figures['coverage'],
  ): Cell[] => [
    say(label),
    n === null ? null : count(n),
    estimate && { value: estimate.value, unit },
    estimate && { low: estimate.low, high: estimate.high, unit },
  ];
  const table: Table = {
    kind: 'table',
    caption: say({ zh: '总体结果', en: 'Overall results' }),
    columns: [
      { label: say({ zh: '指标', en: 'Measure' }), kind: 'text' },
      { label: say({ zh: '答卷数', en: 'Answers' }), kind: 'figure' },
      { label: say({ zh: '结果', en: 'Result' }), kind: 'figure' },
      { label: say({ zh: '95% 置信区间', en: '95 % interval' }), kind: 'interval' },
    ],
    rows: [
      [
        say({
          zh: `综合得分（${scale.min}–${scale.max} 分，按权重）`,
          en: `Score (${scale.min}–${scale.max}, weighted)`,
        }),
        count(overall.n),
        score === null ? null : { value: score, unit: 'score' },
        null,
      ],
      row({ zh: '答卷平均分', en: 'Mean of the answers' }, overall.n, 'score', overall.mean),
      row({ zh: '满意率（最高两档）', en: 'Satisfied (two best answers)' }, overall.n, 'share', overall.satisfied),
      ...(overall.nps === null
        ? []
        : [row({ zh: '净推荐值（NPS）', en: 'Net promoter score' }, null, 'nps', overall.nps)]),
      ...(asked === undefined
        ? []
        : [
            row(
              titles.dimensions[OVERALL] ?? { zh: '总体满意度（单独提问）', en: 'Satisfaction as a whole, as asked' },
              asked.measures.n,
              'score',
              asked.measures.mean,
            ),
          ]),
      row({ zh: '回收率', en: 'Response rate' }, null, 'share', responseRate),
      row({ zh: '覆盖率', en: 'Coverage' }, null, 'share', coverage),
    ],
  };
  return { title: say({ zh: '总体结果', en: 'Overall results' }), blocks: [table] };
}

function dimensions(report: SurveyReport, figures: Figures, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const { titles } = report;
  const named = (id: string): string => say(titles.dimensions[id] ?? { zh: id, en: id });
  const own = figures.dimensions.filter(({ id }) => id !== OVERALL);
  const rows = own.flatMap(({ id, weight, measures, parts }) => [
    [named(id), { value: weight, unit: 'share' } as Cell, ...measureCells(measures)],
    ...parts.map((part) => [
      `　${say(titles.parts[part.id] ?? { zh: part.id, en: part.id })}`,
      null,
      ...measureCells(part.measures),
    ]),
  ]);
  const table: Table = {
    kind: 'table',
    caption: say({ zh: '各维度结果（区间均为 95% 置信区间）', en: 'Results by dimension, with intervals at 95 %' }),
    columns: [
      { label: say({ zh: '维度', en: 'Dimension' }), kind: 'text' },
      { label: say({ zh: '权重', en: 'Weight' }), kind: 'figure' },
      ...MEASURE_COLUMNS.map(({ label, kind }) => ({ label: say(label), kind })),
    ],
    rows,
  };
  const chart = bars(
    say({ zh: '各维度平均分及 95% 置信区间', en: 'Mean by dimension with its 95 % interval' }),
    figures,
    own.map(({ id, measures }) => ({ label: named(id), measures })),
    language,
  );
  const weights = figures.importance;
  const importance: Block[] =
    weights === null
      ? []
      : [
          {
            kind: 'table',
            caption: say({
              zh: '客户认为的重要程度（建议的下期权重）',
              en: 'Importance to customers: proposed next weights',
            }),
            columns: [
              { label: say({ zh: '维度', en: 'Dimension' }), kind: 'text' },
              { label: say({ zh: '建议权重', en: 'Proposed weight' }), kind: 'figure' },
            ],
            rows: own.map(({ id }) => [named(id), { value: weights[id] ?? '0', unit: 'share' }]),
          },
        ];
  return {
    title: say({ zh: '各维度结果', en: 'Results by dimension' }),
    blocks: [...(chart.bars.length === 0 ? [] : [chart]), table, ...importance],
  };
}

function groups(report: SurveyReport, figures: Figures, language: ReportLanguage): Section[] {
  const say = (text: Text): string => text[language];
  const tables = GROUPINGS.flatMap((by): Table[] => {
    const own = figures.groups.filter((group) => group.by === by);
    if (own.length === 0) return [];
    const promoted = own.some(({ measures }) => measures?.nps != null);
    return [
      {
        kind: 'table',
        caption: say(GROUPING_WORDS[by]),
        columns: [
          { label: say({ zh: '分组', en: 'Group' }), kind: 'text' },
          ...MEASURE_COLUMNS.map(({ label, kind }) => ({ label: say(label), kind })),
          ...(promoted ? [{ label: 'NPS', kind: 'figure' as const }] : []),
        ],
        rows: own.map(({ key, measures }) => {
          const name = say(report.titles.groups[`${by}/${key}`] ?? { zh: key, en: key });
          return measures === null
            ? [say({ zh: `${name}（不予列示）`, en: `${name} (withheld)` }), ...NOTHING, ...(promoted ? [null] : [])]
            : [name, ...measureCells(measures), ...(promoted ? [npsCell(measures)] : [])];
        }),
      },
    ];
  });
  if (tables.length === 0) return [];
  const note: Block[] = figures.groups.some(({ measures }) => measures === null)
    ? [
        {
          kind: 'text',
          paragraphs: [
            say({
              zh: '本调查为匿名调查：答卷不足 5 份的分组，以及与其他分组相减后可推知这些结果的分组，不予列示。',
              en: 'Answers are anonymous: groups of fewer than five answers are withheld, and so are those by which these could be worked out.',
            }),
          ],
        },
      ]
    : [];
  return [{ title: say({ zh: '分组结果', en: 'Results by group' }), blocks: [...note, ...tables] }];
}

function bars(
  caption: string,
  { scale, verdict }: Figures,
  items: { label: string; measures: Measures }[],
  language: ReportLanguage,
): Bars {
  const target = verdict.outcome !== 'none' && verdict.measure === 'score' ? verdict.target : undefined;
  const goal = language === 'zh' ? `目标 ${plain(target ?? '0')}` : `Target ${plain(target ?? '0')}`;
  return {
    kind: 'bars',
    caption,
    unit: 'score',
    scale,
    bars: items.flatMap(({ label, measures: { mean } }) =>
      mean === null ? [] : [{ label, value: mean.value, low: mean.low, high: mean.high }],
    ),
    ...(target === undefined ? {} : { target: { label: goal, value: target } }),
  };
}

function trend(
  { earlier, figures, occurrence, reference, closedAtMs, agreement, titles }: SurveyReport,
  language: ReportLanguage,
): Section[] {
  const say = (text: Text): string => text[language];
  const before = earlier.toSorted((a, b) => (a.closedOn < b.closedOn ? -1 : 1)).slice(-EARLIER_SHOWN);
  if (before.length === 0 || figures === null || closedAtMs === null) return [];
  const now: EarlierCycle = {
    reference,
    closedOn: lastDay(agreement.zone, closedAtMs),
    score: figures.score,
    dimensions: Object.fromEntries(figures.dimensions.map(({ id, measures }) => [id, measures.mean?.value ?? null])),
  };
  const cycles = [...before, now];
  const label = (one: EarlierCycle): string =>
    one.reference.split('#')[1] ?? (one === now ? (occurrence ?? '') : one.reference);
  const ids = figures.dimensions.map(({ id }) => id).filter((id) => id !== OVERALL);
  const score = (value: string | null | undefined): Cell => (value == null ? null : { value, unit: 'score' });
  const last = before.at(-1);
  const change: Cell =
    last?.score == null || now.score === null
      ? null
      : say({
          zh: `综合得分较上期${moved(new Big(now.score).minus(last.score), 'zh')}。`,
          en: `Against the cycle before, the score ${moved(new Big(now.score).minus(last.score), 'en')}.`,
        });
  return [
    {
      title: say({ zh: '与以往各期比较', en: 'Beside earlier cycles' }),
      blocks: [
        ...(change === null ? [] : [{ kind: 'text' as const, paragraphs: [change] }]),
        {
          kind: 'trend',
          caption: say({ zh: '各期综合得分', en: 'Score by cycle' }),
          unit: 'score',
          scale: figures.scale,
          points: cycles.map((one) => ({ label: label(one), value: one.score })),
        },
        {
          kind: 'table',
          caption: say({ zh: '各期得分', en: 'Scores by cycle' }),
          columns: [
            { label: say({ zh: '期次', en: 'Cycle' }), kind: 'text' },
            { label: say({ zh: '截止日', en: 'Closed on' }), kind: 'text' },
            { label: say({ zh: '综合得分', en: 'Score' }), kind: 'figure' },
            ...ids.map((id) => ({ label: say(titles.dimensions[id] ?? { zh: id, en: id }), kind: 'figure' as const })),
          ],
          rows: cycles.map((one) => [
            label(one),
            one.closedOn,
            score(one.score),
            ...ids.map((id) => score(one.dimensions[id])),
          ]),
        },
      ],
    },
  ];
}

function moved(difference: Big, language: ReportLanguage): string {
  const size = figureText({ value: difference.abs().toFixed(), unit: 'score' });
  if (difference.eq(0)) return language === 'zh' ? '持平' : 'is the same';
  if (language === 'zh') return `${difference.gt(0) ? '上升' : '下降'} ${size} 分`;
  return `${difference.gt(0) ? 'rose' : 'fell'} by ${size}`;
}

function findings({ improvements }: SurveyReport, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  return {
    title: say({ zh: '发现的问题和改进', en: 'Findings and improvements' }),
    blocks:
      improvements.length === 0
        ? [
            {
              kind: 'text',
              paragraphs: [
                say({ zh: '本期没有由此发起的改进事项。', en: 'No improvement follows from this cycle so far.' }),
              ],
            },
          ]
        : [improvementTable(improvements, language)],
  };
}

/** Improvements by reference and dimension, with no word of a customer. */
export function improvementTable(improvements: readonly ReportedImprovement[], language: ReportLanguage): Table {
  const say = (text: Text): string => text[language];
  return {
    kind: 'table',
    caption: say({ zh: '改进事项', en: 'Improvements' }),
    columns: [
      { label: say({ zh: '编号', en: 'Reference' }), kind: 'text' },
      { label: say({ zh: '维度', en: 'Dimension' }), kind: 'text' },
      { label: say({ zh: '优先级', en: 'Priority' }), kind: 'text' },
      { label: say({ zh: '进展', en: 'State' }), kind: 'text' },
      { label: say({ zh: '措施', en: 'Measures' }), kind: 'text' },
      { label: say({ zh: '目标', en: 'Goal' }), kind: 'figure' },
      { label: say({ zh: '效果', en: 'Effect' }), kind: 'figure' },
    ],
    rows: improvements.map((one) => [
      one.reference,
      one.dimension === null ? null : say(one.dimension),
      one.priority === null ? null : say(FINDING_PRIORITY_WORDS[one.priority]),
      stateWords(one, language),
      measureWords(one, language),
      one.goal === null ? null : { value: one.goal, unit: 'score' },
      one.measured === null ? null : { value: one.measured, unit: 'score' },
    ]),
  };
}

function stateWords({ status, round, planDueOn }: ReportedImprovement, language: ReportLanguage): string {
  const word = STATE_WORDS[status][language];
  const again = round > 1 ? (language === 'zh' ? `（第 ${round} 轮）` : ` (round ${round})`) : '';
  const due =
    status === 'classified' && planDueOn !== null
      ? language === 'zh'
        ? `，期限 ${planDueOn}`
        : `, due ${planDueOn}`
      : '';
  return `${word}${again}${due}`;
}

function measureWords({ measures: { total, completed, late } }: ReportedImprovement, language: ReportLanguage): Cell {
  if (total === 0) return null;
  if (language === 'zh') return `${completed}/${total} 项已完成${late > 0 ? `，${late} 项逾期` : ''}`;
  return `${completed} of ${total} done${late > 0 ? `, ${late} late` : ''}`;
}

function judgement({ judgement: words, recommendations }: SurveyReport, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const own = [
    ...(words === null ? [] : [words]),
    ...(recommendations === null ? [] : [`${say({ zh: '建议：', en: 'Recommendations: ' })}${recommendations}`]),
  ];
  return {
    title: say({ zh: '分析意见', en: 'The analyst’s judgement' }),
    blocks: own.length === 0 ? [{ kind: 'blank', lines: 5 }] : [{ kind: 'text', paragraphs: own }],
  };
}

function method({ figures, questionnaire, answersSha256, sample }: SurveyReport, language: ReportLanguage): Section {
  const say = (text: Text): string => text[language];
  const { min, max } = figures?.scale ?? { min: 1, max: 5 };
  const hash = (label: Text, sha256: string | undefined): [string, Cell][] =>
    sha256 === undefined ? [] : [[`${say(label)} SHA-256`, sha256]];
  return {
    title: say({ zh: '计算口径', en: 'How the figures are worked out' }),
    blocks: [
      {
        kind: 'text',
        paragraphs: [
          say({
            zh: `评分量表为 ${min} 至 ${max} 分。综合得分为各维度平均分按权重的加权平均；未答题目不计入。满意率为评分在最高两档（不低于 ${max - 1} 分）的答卷所占比例。净推荐值为推荐者（9、10 分）与贬损者（0 至 6 分）所占百分比之差。`,
            en: `Scores run from ${min} to ${max}. The score is the mean of the dimensions’ means by their weights; what was not answered does not count. Satisfied is the share of answers of at least ${max - 1}. The net promoter score is the percentage of promoters (9, 10) less that of detractors (0 to 6).`,
          }),
          say({
            zh: '置信区间的置信水平为 95%：比例采用 Wilson 区间，平均分采用 t 分布区间，净推荐值采用正态近似区间。网页和 PDF 中的数字四舍五入，完整数值见 Excel 工作簿。',
            en: 'Intervals are at 95 %: Wilson for shares, Student’s t for means, the normal one for the net promoter score. Figures on the page and in the PDF are rounded half-up; the workbook holds all decimals.',
          }),
        ],
      },
      {
        kind: 'facts',
        rows: [
          ...hash({ zh: '问卷', en: 'Questionnaire' }, questionnaire?.sha256),
          ...hash({ zh: '样本', en: 'Sample' }, sample?.sha256),
          ...hash({ zh: '答卷', en: 'Answers' }, answersSha256 ?? undefined),
        ],
      },
    ],
  };
}

export function count(value: number): Cell {
  return { value: String(value), unit: 'count' };
}

/** Without the zeros at its end: `4.2000` as 4.2. */
function plain(value: string): string {
  return new Big(value).toFixed();
}
