import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { evaluationTitles } from '../../templates/evaluation-titles.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { draftNow } from '../life/draft-now.ts';
import { Problem } from '../problem.ts';
import { type Belonging, belongingOf } from '../process/rows.ts';
import { type Draft, findAgreement, stateOf } from '../views.ts';

/** What people call something. */
export interface Titled {
  id: string;
  title: Text;
}

/** Words of one of a contract's evaluations: of an indicator, a kind of record, a band, a target. */
export interface Titles {
  rule: Titled;
  indicator(id: string): Titled;
  record(kind: string): Titled;
  band(id: string): string | null;
  target(number: number): Text;
}

/** An agreement with the words of its evaluations. */
export interface EvaluationBelonging extends Belonging {
  evaluation(rule: string): Titles;
}

/** @throws Problem `unknown-agreement`, `not-started` */
export async function evaluationBelonging(database: Database, agreementId: string): Promise<EvaluationBelonging> {
  const [belonging, row] = await Promise.all([
    belongingOf(database, agreementId),
    findAgreement(database, agreementId),
  ]);
  const state = stateOf(row);
  if (!state) throw new Problem('not-started');
  const { template } = belonging;
  const said = template ? ((await draftNow(database, row, state)) as Draft).terms : undefined;
  const all = template ? evaluationTitles(template, resolveTerms(template, said ?? {})) : {};
  const named = (id: string, title: Text | undefined): Titled => ({ id, title: title ?? { zh: id, en: id } });
  return {
    ...belonging,
    evaluation(rule) {
      const own = Object.hasOwn(all, rule) ? all[rule] : undefined;
      return {
        rule: named(rule, own?.title),
        indicator: (id) => named(id, own?.indicators[id]),
        record: (kind) => named(kind, RECORDS[kind]),
        band: (id) => own?.bands[id] ?? null,
        target: (number) => {
          const words = own?.targets[number - 1];
          return words === undefined
            ? { zh: `目标 ${String(number)}`, en: `Target ${String(number)}` }
            : { zh: words, en: words };
        },
      };
    },
  };
}

/** Kinds of record that the texts name (S003-E-03, S003-E-04, S003-E-11). */
const RECORDS: Record<string, Text> = {
  record: { zh: '数据记录', en: 'data record' },
  'expense-audit': { zh: '费用审计', en: 'expense audit' },
  'change-control': { zh: '变更控制', en: 'change control' },
  'cost-analysis': { zh: '成本分析', en: 'cost analysis' },
  inspection: { zh: '检查', en: 'inspection' },
  test: { zh: '测试', en: 'test' },
  testing: { zh: '测试', en: 'testing' },
  verification: { zh: '核查', en: 'verification' },
  validation: { zh: '验证', en: 'validation' },
  timetable: { zh: '交付时间表', en: 'timetable' },
  'hand-in': { zh: '交付记录', en: 'hand-in' },
  survey: { zh: '满意度调查', en: 'survey' },
  interview: { zh: '访谈', en: 'interview' },
  'complaint-record': { zh: '投诉记录', en: 'record of complaints' },
  'risk-assessment': { zh: '风险评估', en: 'risk assessment' },
  'response-plan': { zh: '应对计划', en: 'response plan' },
  proposal: { zh: '创新建议', en: 'proposal' },
  implementation: { zh: '实施情况', en: 'implementation' },
  certificate: { zh: '证书', en: 'certificate' },
  'violation-record': { zh: '违规记录', en: 'record of violations' },
};
