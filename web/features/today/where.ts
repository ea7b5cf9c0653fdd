import type { TodayItem, TodayKind } from './today.ts';

/** Below the agreement: where a process of that kind has its page. */
const PAGE_OF: Partial<Record<TodayKind, string>> = {
  survey: 'surveys',
  improvement: 'improvements',
  engagement: 'engagements',
  case: 'cases',
  evaluation: 'evaluations',
  risk: 'risks',
  visit: 'visits',
  training: 'trainings',
};

/** The tab of the agreement's page where an act of the agreement itself is done. */
const TAB_OF: Record<string, string> = {
  pay: 'ledger',
  'answer-claim': 'claims',
  'answer-matter': 'matters',
};

/** Where something is done, as exactly as it has an address; null: it has none. */
export function placeOf({ kind, act, agreement, process, task }: TodayItem): string | null {
  if (kind === 'task') {
    const isRedating = task?.kind === 'redating-proposed' && agreement !== null;
    return isRedating ? `/agreements/${encodeURIComponent(agreement.id)}/redating` : '/tasks';
  }
  if (agreement === null) return null;
  const of = `/agreements/${encodeURIComponent(agreement.id)}`;
  if (kind === 'draft') return `${of}/draft`;
  const page = PAGE_OF[kind];
  if (page !== undefined && process !== null) return `${of}/${page}/${encodeURIComponent(process.id)}`;
  if (kind === 'agreement' && act !== 'sign') return `${of}?tab=${TAB_OF[act] ?? 'life'}`;
  return TAB_OF[act] === undefined ? of : `${of}?tab=${TAB_OF[act]}`;
}

/** Acts whose dialog opens here. */
export function hasDialog({ act }: TodayItem): boolean {
  return act === 'submit' || act === 'rework' || act === 'review' || act === 'sign';
}
