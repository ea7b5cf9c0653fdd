import type { Agreement, Duty, Text } from '../../wire.ts';
import type { Life } from '../life/life.ts';
import type { SectionItem } from './sections.ts';

/** What the contract provides for under a clause, and where the page shows it. */
interface RestingRule {
  title: Text | null;
  /** Word of the kind of rule, where it has no title of its own: `amendment`. */
  kind: SectionItem;
  clauses: string[];
}

/** What rests on clauses in this agreement beside its events: duties, terms, and rules of its life. */
interface Resting {
  duties: Duty[];
  terms: Agreement['terms'];
  rules: RestingRule[];
}

/** All rules of a life with their clauses. */
function rulesOf(life: Life | undefined): RestingRule[] {
  if (life === undefined) return [];
  const { provides, effect, baselines, caps } = life;
  const untitled = (kind: SectionItem, ...all: ({ clauses: string[] } | null)[]): RestingRule[] =>
    all.flatMap((one) => (one === null ? [] : [{ title: null, kind, clauses: one.clauses }]));
  const titled = (kind: SectionItem, all: { title: Text; clauses: string[] }[]): RestingRule[] =>
    all.map(({ title, clauses }) => ({ title, kind, clauses }));
  return [
    ...untitled('effect', effect, provides.seal, provides.review),
    ...titled('effect', baselines),
    ...untitled('amendments', provides.amendment, provides.override),
    ...untitled('suspensions', ...provides.suspension),
    ...untitled('renewal', provides.renewal),
    ...titled('ending', provides.terminations),
    ...titled('ending', provides.afterwards),
    ...titled('claims', provides.liabilities),
    ...titled('claims', caps),
    ...titled('payments', provides.bookings),
    ...titled('matters', [
      ...provides.requests,
      ...provides.confidentiality,
      ...provides.disputes,
      ...provides.meetings,
    ]),
  ];
}

/** What rests on one clause; of all clauses without one. */
export function restingOn(agreement: Agreement, life: Life | undefined, clause?: string): Resting {
  const rests = ({ clauses }: { clauses: string[] }): boolean => clause === undefined || clauses.includes(clause);
  return {
    duties: agreement.duties.filter((duty) => rests(duty) || rests({ clauses: duty.penaltyClauses })),
    terms: agreement.terms.filter(rests),
    rules: rulesOf(life).filter(rests),
  };
}

/** Every clause that something of this agreement rests on, in their order. */
export function clausesIn(agreement: Agreement, life: Life | undefined): string[] {
  const { duties, terms, rules } = restingOn(agreement, life);
  const all = [
    ...duties.flatMap(({ penaltyClauses }) => penaltyClauses),
    ...[...duties, ...terms, ...rules, ...agreement.obligations, ...agreement.open].flatMap(({ clauses }) => clauses),
  ];
  return [...new Set(all)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
