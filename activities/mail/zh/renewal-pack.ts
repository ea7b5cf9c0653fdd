import type { RenewalPack } from '../../../domain/agreement/notice.ts';
import type { NoticeContext } from '../context.ts';
import { KINDS } from './matters.ts';
import { reference } from './phrases.ts';

/** Duties and improvement plans that are still open as a term ends. */
export function openItems(c: NoticeContext): { title: string; text: string }[] {
  const { open = [], pack } = c.notice.facts;
  return [
    ...open.map((one) => ({ title: reference(c, one), text: '尚未履行' })),
    ...(pack?.plans ?? []).map((one) => ({ title: reference(c, one), text: '改进计划，尚未完成' })),
  ];
}

/** What stands beside the decision on a renewal; sums are on the page, for those who may read the ledger. */
export function standing(c: NoticeContext): [label: string, value: string][] {
  const { pack } = c.notice.facts;
  if (!pack) return [];
  return [
    ...pack.goals.map(({ goal, value }): [string, string] => [`“${c.ruleTitle(goal)}”基线值`, value ?? '尚未填写']),
    ...surveys(pack),
    ['满意度趋势', trend(c)],
    ['未了结的请求、争议等事项', listed(pack.matters.map(({ id, kind }) => `${id}（${KINDS[kind]}）`))],
    ['已通知而未补救的违约', listed(pack.breaches)],
    ['未了结的索赔', listed(pack.claims)],
  ];
}

function surveys({ surveys: found }: RenewalPack): [label: string, value: string][] {
  if (!found) return [];
  const { inTime, late, missing } = found;
  return [['本期满意度调查', `按期提交 ${inTime} 次，逾期提交 ${late} 次，逾期未交 ${missing} 次`]];
}

function trend(c: NoticeContext): string {
  const points = c.trend.map(
    ({ cycle, score }) => `${reference(c, cycle)} ${score === null ? '未得出得分' : score.replace(/\.?0+$/, '')}`,
  );
  return points.length === 0 ? '尚无调查结果数据，无法显示趋势' : points.join('；');
}

function listed(ids: string[]): string {
  return ids.length === 0 ? '无' : `${ids.length} 项：${ids.join('、')}`;
}
