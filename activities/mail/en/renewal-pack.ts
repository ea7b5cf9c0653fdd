import type { RenewalPack } from '../../../domain/agreement/notice.ts';
import type { NoticeContext } from '../context.ts';
import { KINDS } from './matters.ts';
import { reference } from './phrases.ts';

/** Duties and improvement plans that are still open as a term ends. */
export function openItems(c: NoticeContext): { title: string; text: string }[] {
  const { open = [], pack } = c.notice.facts;
  return [
    ...open.map((one) => ({ title: reference(c, one), text: 'Still open' })),
    ...(pack?.plans ?? []).map((one) => ({ title: reference(c, one), text: 'Improvement plan, still open' })),
  ];
}

/** What stands beside the decision on a renewal; sums are on the page, for those who may read the ledger. */
export function standing(c: NoticeContext): [label: string, value: string][] {
  const { pack } = c.notice.facts;
  if (!pack) return [];
  return [
    ...pack.goals.map(({ goal, value }): [string, string] => [
      `Baseline of “${c.ruleTitle(goal)}”`,
      value ?? 'no figure entered',
    ]),
    ...surveys(pack),
    ['Satisfaction trend', trend(c)],
    ['Open matters', listed(pack.matters.map(({ id, kind }) => `${id} (${KINDS[kind]})`))],
    ['Breaches notified and not put right', listed(pack.breaches)],
    ['Claims that are not settled', listed(pack.claims)],
  ];
}

function surveys({ surveys: found }: RenewalPack): [label: string, value: string][] {
  if (!found) return [];
  const { inTime, late, missing } = found;
  return [['Surveys of this term', `${inTime} handed in in time, ${late} late, ${missing} overdue`]];
}

function trend(c: NoticeContext): string {
  const points = c.trend.map(
    ({ cycle, score }) => `${reference(c, cycle)}: ${score === null ? 'no score' : score.replace(/\.?0+$/, '')}`,
  );
  return points.length === 0 ? 'No survey result is on record: there is no trend to show' : points.join('; ');
}

function listed(ids: string[]): string {
  return ids.length === 0 ? 'none' : `${ids.length}: ${ids.join(', ')}`;
}
