import type { Agreement } from '../../wire.ts';
import type { LifePart } from '../life/part-names.ts';

/** What one can look at of an agreement, in groups; an item's name stands in the address as `?tab=`. */
export const SECTIONS = [
  { group: 'overview', items: ['overview'] },
  { group: 'duties', items: ['obligations', 'gantt'] },
  {
    group: 'work',
    items: [
      'surveys',
      'improvements',
      'visits',
      'trainings',
      'cases',
      'engagements',
      'risks',
      'evaluations',
      'matters',
    ],
  },
  { group: 'money', items: ['payments', 'ledger', 'claims'] },
  { group: 'papers', items: ['documents', 'notices', 'links', 'readings'] },
  { group: 'people', items: ['people', 'terms', 'clauses'] },
  { group: 'changes', items: ['effect', 'amendments', 'suspensions', 'renewal', 'ending'] },
  { group: 'history', items: ['history'] },
] as const;

export type SectionGroup = (typeof SECTIONS)[number]['group'];
export type SectionItem = (typeof SECTIONS)[number]['items'][number];

/** What each is called. */
export const ITEM_LABEL: Record<SectionItem, string> = {
  overview: 'agreementPage.overview',
  obligations: 'agreementPage.list',
  gantt: 'gantt.title',
  surveys: 'surveys.tab',
  improvements: 'improvements.tab',
  visits: 'visits.tab',
  trainings: 'trainings.tab',
  cases: 'cases.tab',
  engagements: 'engagements.tab',
  risks: 'risks.tab',
  evaluations: 'evaluations.tab',
  matters: 'life.mattersTab',
  payments: 'agreementPage.payments',
  ledger: 'ledger.title',
  claims: 'life.claimsTab',
  documents: 'documents.title',
  notices: 'notices.title',
  links: 'links.title',
  readings: 'readings.title',
  people: 'people.title',
  terms: 'terms.title',
  clauses: 'agreementPage.clauses',
  effect: 'life.effect',
  amendments: 'agreementPage.amendments',
  suspensions: 'life.suspensions',
  renewal: 'life.renewal',
  ending: 'agreementPage.ending',
  history: 'timeline.title',
};

/** Names of earlier addresses, which stand in mails and bookmarks. */
const FORMER: Record<string, SectionItem> = { timeline: 'history', life: 'amendments' };

/** The kind of process behind an item of work. */
const WORK: Partial<Record<SectionItem, string>> = {
  surveys: 'survey',
  improvements: 'improvement',
  visits: 'visit',
  trainings: 'training',
  cases: 'case',
  engagements: 'engagement',
  risks: 'risk',
  evaluations: 'evaluation',
};

const RECORD: readonly SectionItem[] = ['documents', 'notices', 'readings', 'history'];
const LIFE: readonly SectionItem[] = [
  'effect',
  'amendments',
  'suspensions',
  'renewal',
  'ending',
  'payments',
  'claims',
  'matters',
];

/** The groups with the items that this agreement has and the reader may see; a group without any is left out. */
export function sectionsOf(
  { work }: Pick<Agreement, 'work'>,
  parts: readonly LifePart[],
  may: (permission: string) => boolean,
): { group: SectionGroup; items: SectionItem[] }[] {
  const has = (item: SectionItem): boolean => {
    const process = WORK[item];
    if (process !== undefined) return work.some(({ type }) => type === process);
    if (RECORD.includes(item)) return may('record.read');
    if (item === 'links') return may('audit');
    if ((item === 'ledger' || item === 'payments' || item === 'claims') && !may('ledger.read')) return false;
    return !LIFE.includes(item) || parts.includes(item as LifePart);
  };
  return SECTIONS.map(({ group, items }) => ({ group, items: items.filter(has) })).filter(
    ({ items }) => items.length > 0,
  );
}

/** The item that an address names; where there is none such, the overview. */
export function itemNamed(name: string | null, sections: readonly { items: readonly SectionItem[] }[]): SectionItem {
  const wanted = FORMER[name ?? ''] ?? name;
  const all = sections.flatMap(({ items }) => items);
  return all.find((item) => item === wanted) ?? 'overview';
}

/** Where an item of this agreement stands, from within its page. */
export const sectionPath = (item: SectionItem, filter: Record<string, string> = {}): string =>
  item === 'overview' && Object.keys(filter).length === 0
    ? '?'
    : `?${new URLSearchParams({ tab: item, ...filter }).toString()}`;

/** How much is open of the process behind an item. */
export function openOf(item: SectionItem, { work }: Pick<Agreement, 'work'>): number {
  return work.find(({ type }) => type === WORK[item])?.open ?? 0;
}
