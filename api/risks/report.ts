import {
  RISK_INDICATOR_WORDS,
  RISK_LEVEL_WORDS,
  RISK_OPERATOR_WORDS,
  LOWERED_WORDS,
  RISK_STATUS_WORDS,
} from '../../domain/risk/vocabulary.ts';
import type { Text } from '../../domain/time.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { Problem } from '../problem.ts';
import { belongingOf } from '../process/rows.ts';
import type { Cell, ReportDocument, ReportLanguage, Table } from '../reports/document.ts';
import { reportHtml } from '../reports/html.ts';
import type { ReportFormat } from '../reports/make-report.ts';
import { momentText } from '../reports/moment.ts';
import { reportPdf } from '../reports/pdf.ts';
import { reportXlsx } from '../reports/xlsx.ts';
import { riskView, risksOf } from './view.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock'>;
type Item = Awaited<ReturnType<typeof riskView>>;

/**
 * The risk report (S001b-101): which risks there are, how they are rated, and what is done about them, made from the register
 * as it stands. The duty to hand one in stays a duty.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `not-provided`
 */
export async function riskReport(
  deps: Deps,
  asked: { agreementId: string; format: ReportFormat; language: ReportLanguage; reader: Principal },
): Promise<Buffer> {
  const { agreementId, format, language, reader } = asked;
  const belonging = await belongingOf(deps.database, agreementId);
  const { items, rules } = await risksOf(deps, { agreementId, reader });
  if (!rules) throw new Problem('not-provided', { message: 'this agreement knows no register of risks' });
  const risks: Item[] = [];
  for (const { id } of items) risks.push(await riskView(deps, { agreementId, id, reader }));
  const title = belonging.template?.title ?? { zh: '协议', en: 'Agreement' };
  const { zone } = belonging.agreement;
  const document = documentOf(risks, { language, title, keeper: rules.keeper.title, zone, atMs: deps.clock() });
  switch (format) {
    case 'html':
      return Buffer.from(reportHtml(document));
    case 'pdf':
      return reportPdf(document);
    case 'xlsx':
      return reportXlsx(document);
  }
}

function documentOf(
  risks: readonly Item[],
  {
    language,
    title,
    keeper,
    zone,
    atMs,
  }: { language: ReportLanguage; title: Text; keeper: Text; zone: ReportDocument['zone']; atMs: number },
): ReportDocument {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const word = (text: Text): string => text[language];
  const open = risks.filter(({ status }) => status !== 'closed');
  const high = open.filter(({ level }) => level === 'HIGH').length;
  const name = ({ title: called, reference }: Item): string => called ?? reference;
  const mark = (value: number): Cell => ({ value: String(value), unit: 'count' });
  const text = (label: string): Table['columns'][number] => ({ label, kind: 'text' });
  const figure = (label: string): Table['columns'][number] => ({ label, kind: 'figure' });
  const registered: Table = {
    kind: 'table',
    caption: say('风险识别', 'Identification'),
    columns: [
      text(say('风险', 'Risk')),
      text(say('说明', 'What it is')),
      text(say('责任人', 'Owner')),
      text(say('预警指标', 'What is watched')),
      text(say('状态', 'Status')),
    ],
    rows: risks.map((one) => [
      name(one),
      one.details,
      word(one.owner.title),
      one.threshold &&
        `${word(RISK_INDICATOR_WORDS[one.threshold.indicator])} ${word(RISK_OPERATOR_WORDS[one.threshold.operator])} ${one.threshold.value}`,
      one.status === 'starting' ? null : word(RISK_STATUS_WORDS[one.status]),
    ]),
  };
  const assessed: Table = {
    kind: 'table',
    caption: say('风险评估', 'Assessment'),
    columns: [
      text(say('风险', 'Risk')),
      figure(say('可能性', 'Probability')),
      figure(say('影响', 'Impact')),
      text(say('等级', 'Level')),
      figure(say('版次', 'Version')),
      text(say('下次复评', 'Next review')),
    ],
    rows: risks.map((one) => [
      name(one),
      mark(one.probability),
      mark(one.impact),
      word(RISK_LEVEL_WORDS[one.level]),
      mark(one.version),
      one.reviewDue?.localDate ?? null,
    ]),
  };
  const measures: Table = {
    kind: 'table',
    caption: say('应对措施', 'Measures'),
    columns: [
      text(say('风险', 'Risk')),
      text(say('措施', 'Measure')),
      text(say('降低', 'Lowers')),
      text(say('剩余等级', 'Remains')),
      text(say('责任人', 'Owner')),
      text(say('期限', 'Due')),
      text(say('进展', 'How it stands')),
    ],
    rows: risks.flatMap((one) =>
      one.plans.map((plan) => [
        name(one),
        plan.what ?? plan.measure,
        plan.lowers && word(LOWERED_WORDS[plan.lowers]),
        plan.residual && word(RISK_LEVEL_WORDS[plan.residual.level]),
        word(plan.owner.title),
        plan.due?.localDate ?? null,
        word(PROGRESS[plan.status]),
      ]),
    ),
  };
  const nothing = { kind: 'text' as const, paragraphs: [say('没有登记的风险。', 'No risk is on the register.')] };
  const none = { kind: 'text' as const, paragraphs: [say('尚无应对措施。', 'There is no measure yet.')] };
  return {
    language,
    title: say('风险评估报告', 'Risk report'),
    subtitle: word(title),
    facts: [[say('风险清单由其管理', 'The register is kept by'), word(keeper)]],
    summary: [
      risks.length === 0
        ? say('清单中没有风险。', 'No risk is on the register.')
        : say(
            `清单中有 ${risks.length} 项风险，其中 ${open.length} 项未关闭，${high} 项为高风险。`,
            `${risks.length} on the register: ${open.length} not closed, ${high} of them high.`,
          ),
    ],
    sections: [
      { title: registered.caption, blocks: [risks.length === 0 ? nothing : registered] },
      { title: assessed.caption, blocks: [risks.length === 0 ? nothing : assessed] },
      { title: measures.caption, blocks: [measures.rows.length === 0 ? none : measures] },
    ],
    footer: say(
      `按风险清单生成：${momentText(atMs, zone, language)}`,
      `Made from the register: ${momentText(atMs, zone, language)}`,
    ),
    pageOf: (page, pages) => say(`第 ${page} 页，共 ${pages} 页`, `Page ${page} of ${pages}`),
    madeAtMs: atMs,
    zone,
  };
}

const PROGRESS: Record<'open' | 'overdue' | 'done', Text> = {
  open: { zh: '进行中', en: 'under way' },
  overdue: { zh: '已逾期', en: 'overdue' },
  done: { zh: '已完成', en: 'done' },
};
