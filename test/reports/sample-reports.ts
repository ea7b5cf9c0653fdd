import type { Estimate, Figures, Measures } from '../../domain/survey/figures.ts';
import type { PeriodReport } from '../../api/reports/period-report.ts';
import type { Zone } from '../../domain/time.ts';
import type { ReportedImprovement, SurveyReport } from '../../api/reports/survey-report.ts';

const SHANGHAI: Zone = { id: 'Asia/Shanghai', offsets: [{ fromMs: null, offsetMinutes: 480 }] };

const around = (value: string, low: string, high: string): Estimate => ({ value, low, high });

function measures(n: number, mean: Estimate, satisfied: Estimate, nps: Estimate | null = null): Measures {
  return { n, mean, satisfied, nps };
}

/** 214 answers of 260 customers; every number is different, so that none can stand for another. */
export const sampleFigures: Figures = {
  population: 731,
  drawn: 260,
  reached: 251,
  answered: 214,
  late: 3,
  responseRate: around('0.8231', '0.7722', '0.8646'),
  coverage: around('0.9654', '0.9356', '0.9817'),
  scale: { min: 1, max: 5 },
  score: '4.0726',
  overall: measures(
    214,
    around('4.0811', '3.9902', '4.1720'),
    around('0.7383', '0.6756', '0.7926'),
    around('31.7757', '21.6203', '41.9311'),
  ),
  dimensions: [
    {
      id: 'product-quality',
      weight: '0.4000',
      measures: measures(212, around('4.2138', '4.1021', '4.3255'), around('0.8019', '0.7431', '0.8500')),
      parts: [],
    },
    {
      id: 'service-efficiency',
      weight: '0.3000',
      measures: measures(213, around('4.0094', '3.8937', '4.1251'), around('0.7136', '0.6495', '0.7702')),
      parts: [
        {
          id: 'waiting',
          measures: measures(209, around('3.6411', '3.5004', '3.7818'), around('0.5885', '0.5208', '0.6530')),
        },
        {
          id: 'first-contact',
          measures: measures(211, around('4.3744', '4.2655', '4.4833'), around('0.8436', '0.7885', '0.8864')),
        },
      ],
    },
    {
      id: 'service-attitude',
      weight: '0.2000',
      measures: measures(214, around('4.4299', '4.3301', '4.5297'), around('0.8832', '0.8333', '0.9196')),
      parts: [],
    },
    {
      id: 'communication',
      weight: '0.1000',
      measures: measures(207, around('2.9807', '2.8302', '3.1312'), around('0.3478', '0.2863', '0.4149')),
      parts: [],
    },
  ],
  groups: [
    {
      by: 'tier',
      key: 'key',
      measures: measures(
        61,
        around('3.9016', '3.7002', '4.1030'),
        around('0.6557', '0.5303', '0.7626'),
        around('16.3934', '-4.0000', '36.7868'),
      ),
    },
    {
      by: 'tier',
      key: 'ordinary',
      measures: measures(
        153,
        around('4.1527', '4.0519', '4.2535'),
        around('0.7712', '0.6985', '0.8307'),
        around('37.9085', '26.4013', '49.4157'),
      ),
    },
    {
      by: 'channel',
      key: 'email',
      measures: measures(171, around('4.1345', '4.0366', '4.2324'), around('0.7661', '0.6972', '0.8233')),
    },
    {
      by: 'channel',
      key: 'phone',
      measures: measures(43, around('3.8691', '3.6177', '4.1205'), around('0.6279', '0.4786', '0.7562')),
    },
    {
      by: 'branch',
      key: 'b1',
      measures: measures(139, around('4.1942', '4.0877', '4.3007'), around('0.7914', '0.7163', '0.8507')),
    },
    { by: 'branch', key: 'b2', measures: null },
    { by: 'branch', key: 'b3', measures: null },
  ],
  importance: {
    'product-quality': '0.3102',
    'service-efficiency': '0.2851',
    'service-attitude': '0.2203',
    communication: '0.1844',
  },
  verdict: { outcome: 'missed', measure: 'score', value: '4.0726', target: '4.2' },
};

export const sampleImprovements: ReportedImprovement[] = [
  {
    reference: 'quarterly-survey#2027-Q1-communication',
    dimension: { zh: '沟通效果', en: 'Communication' },
    status: 'approved',
    priority: 'high',
    round: 1,
    planDueOn: '2027-03-24',
    measures: { total: 3, completed: 1, late: 1 },
    goal: '3.8000',
    measured: null,
  },
  {
    reference: 'quarterly-survey#2026-Q4-waiting',
    dimension: { zh: '服务效率', en: 'Service efficiency' },
    status: 'classified',
    priority: 'medium',
    round: 2,
    planDueOn: '2027-04-06',
    measures: { total: 0, completed: 0, late: 0 },
    goal: null,
    measured: '3.6411',
  },
];

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

export const sampleReport: SurveyReport = {
  kind: 'survey',
  agreement: {
    title: { zh: '客户满意度提升协议', en: 'Customer-satisfaction improvement agreement' },
    parties: [
      { role: { zh: '甲方', en: 'Party A' }, name: '上海华讯客户服务有限公司' },
      { role: { zh: '乙方', en: 'Party B' }, name: '杭州云帆科技有限公司' },
    ],
    zone: SHANGHAI,
  },
  title: { zh: '季度满意度调查', en: 'Quarterly satisfaction survey' },
  occurrence: '2027-Q1',
  reference: 'quarterly-survey#2027-Q1',
  clauses: ['S000-28', 'S000-29'],
  publishedAtMs: at('2027-02-22T10:00'),
  closedAtMs: at('2027-03-09T00:00'),
  channels: ['email', 'online', 'phone'],
  sample: {
    sha256: 'a'.repeat(64),
    method: 'stratified',
    seed: '7f3c19d2',
    population: 731,
    drawn: 260,
    unreachable: 9,
    optedOut: 12,
  },
  questionnaire: { version: 2, questions: 11, sha256: 'b'.repeat(64) },
  answersSha256: 'c'.repeat(64),
  anonymous: true,
  minimumSample: 100,
  responseRatePercent: '60',
  figures: sampleFigures,
  titles: {
    dimensions: {
      'product-quality': { zh: '产品质量', en: 'Product quality' },
      'service-efficiency': { zh: '服务效率', en: 'Service efficiency' },
      'service-attitude': { zh: '服务态度', en: 'Service attitude' },
      communication: { zh: '沟通效果', en: 'Communication' },
    },
    parts: {
      waiting: { zh: '等待时间', en: 'Waiting time' },
      'first-contact': { zh: '一次解决', en: 'Solved at first contact' },
    },
    groups: {
      'tier/key': { zh: '重点客户', en: 'key customers' },
      'tier/ordinary': { zh: '普通客户', en: 'ordinary customers' },
      'channel/email': { zh: '电子邮件', en: 'e-mail' },
      'channel/phone': { zh: '电话', en: 'telephone' },
      'branch/b1': { zh: '华东分公司', en: 'East branch' },
      'branch/b2': { zh: '华南分公司', en: 'South branch' },
      'branch/b3': { zh: '西部办事处', en: 'West office' },
    },
  },
  earlier: [
    {
      reference: 'quarterly-survey#2026-Q4',
      closedOn: '2026-12-10',
      score: '3.9518',
      dimensions: {
        'product-quality': '4.1000',
        'service-efficiency': '3.9200',
        'service-attitude': '4.3300',
        communication: '2.7000',
      },
    },
    {
      reference: 'quarterly-survey#2026-Q3',
      closedOn: '2026-09-11',
      score: '3.8803',
      dimensions: {
        'product-quality': '4.0500',
        'service-efficiency': '3.7100',
        'service-attitude': '4.2800',
        communication: null,
      },
    },
  ],
  improvements: sampleImprovements,
  judgement: '沟通效果明显偏低，主要原因是回电承诺未按时兑现。重点客户的评价低于普通客户。',
  recommendations: '设立回电台账，按小时督办；对重点客户安排上门回访。',
  madeAtMs: at('2027-03-19T16:30'),
};

export const samplePeriod: PeriodReport = {
  kind: 'period',
  agreement: sampleReport.agreement,
  period: '2027-H1',
  cycles: [
    {
      title: sampleReport.title,
      occurrence: '2027-Q1',
      reference: 'quarterly-survey#2027-Q1',
      status: 'reported',
      dueOn: '2027-03-31',
      closedOn: '2027-03-08',
      answered: 214,
      responseRate: '0.8231',
      score: '4.0726',
      satisfied: '0.7383',
      nps: '31.7757',
      verdict: 'missed',
      scale: { min: 1, max: 5 },
    },
    {
      title: sampleReport.title,
      occurrence: '2027-Q2',
      reference: 'quarterly-survey#2027-Q2',
      status: 'analysed',
      dueOn: '2027-06-30',
      closedOn: '2027-06-14',
      answered: 198,
      responseRate: '0.7615',
      score: '4.2204',
      satisfied: '0.7929',
      nps: '38.1010',
      verdict: 'reached',
      scale: { min: 1, max: 5 },
    },
  ],
  visits: {
    ...{ planned: 12, held: 10, reported: 9, cancelled: 1, callBacks: 4 },
    all: Array.from({ length: 12 }, (_, index) => ({
      customer: `江南信息科技有限公司第${index + 1}分部`,
      kind: index < 4 ? 'call-back' : 'visit',
      plannedOn: `2027-0${1 + Math.floor(index / 2)}-15`,
      heldOn: index < 10 ? `2027-0${1 + Math.floor(index / 2)}-16` : null,
      status: index < 9 ? 'reported' : index < 10 ? 'held' : index < 11 ? 'cancelled' : 'planned',
      files: index >= 4 && index < 9 ? ['走访调查报告.pdf'] : [],
    })),
  },
  feedback: { received: 17, open: 2, findings: 5, answered: 8, noAction: 2 },
  improvements: sampleImprovements,
  judgement: null,
  madeAtMs: at('2027-07-05T09:00'),
};

export const nilPeriod: PeriodReport = {
  ...samplePeriod,
  period: '2027-H2',
  cycles: [],
  visits: { planned: 0, held: 0, reported: 0, cancelled: 0, callBacks: 0, all: [] },
  feedback: { received: 0, open: 0, findings: 0, answered: 0, noAction: 0 },
  improvements: [],
};
