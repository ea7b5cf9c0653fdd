import { paired } from '../domain/what-if/pairs.ts';
import type { TermValue } from '../templates/term-values.ts';
import { type LivedObligation, type LivedScenario, balancesOf } from './life.ts';
import { type FieldDifference, type ProcessDifferences, differing, processDifferences } from './process-differences.ts';
import type { Scenario } from './scenario.ts';

/** Rows that one of the two lives has and the other has not. */
export interface Sides<T> {
  onlyA: T[];
  onlyB: T[];
}

type Balance = ReturnType<typeof balancesOf>[number];

/** What differs between two lives: terms, dates, surveys and what followed from them, events, mails, money, refusals. */
export interface Differences extends ProcessDifferences {
  terms: { name: string; a: TermValue; b: TermValue }[];
  agreement: FieldDifference[];
  obligations: ({ id: string; occurrence?: string } & FieldDifference)[];
  events: Sides<LivedScenario['events'][number]>;
  notices: Sides<LivedScenario['notices'][number]>;
  ledger: Sides<LivedScenario['ledger'][number]> & { balanceA: Balance[]; balanceB: Balance[] };
  rejections: Sides<LivedScenario['rejections'][number]>;
}

interface Lived {
  scenario: Scenario;
  life: LivedScenario;
}

/** Compares two lives, of one template or of two. Empty lists throughout: they do not differ. */
export function compareLives(a: Lived, b: Lived): Differences {
  return {
    terms: termDifferences(a.scenario, b.scenario),
    agreement: fields(a.life.agreement, b.life.agreement, [
      'template',
      'status',
      'inForceOn',
      'expiresOn',
      'endedOn',
    ] as const),
    obligations: obligationDifferences(a.life.obligations, b.life.obligations),
    ...processDifferences(a.life, b.life),
    events: sides(a.life.events, b.life.events, ({ at, type, obligation, occurrence, actor }) => [
      at,
      type,
      obligation,
      occurrence,
      actor?.seat,
    ]),
    notices: sides(a.life.notices, b.life.notices, ({ at, to, role, kind, obligation, occurrence, rungs }) => [
      at,
      to,
      role,
      kind,
      obligation,
      occurrence,
      rungs,
    ]),
    ledger: {
      ...sides(a.life.ledger, b.life.ledger, ({ clauses: _clauses, ...line }) => Object.values(line)),
      balanceA: balancesOf(a.life.ledger),
      balanceB: balancesOf(b.life.ledger),
    },
    rejections: sides(a.life.rejections, b.life.rejections, ({ at, do: act, as, obligation, occurrence, code }) => [
      at,
      act,
      as,
      obligation,
      occurrence,
      code,
    ]),
  };
}

/** Whether the two lives are the same. */
export function isSame({ terms, agreement, obligations, surveys, plans, others, ...rows }: Differences): boolean {
  const lists = [
    terms,
    agreement,
    obligations,
    surveys,
    plans,
    others,
    ...Object.values(rows).flatMap(({ onlyA, onlyB }) => [onlyA, onlyB]),
  ];
  return lists.every((list) => list.length === 0);
}

function termDifferences(a: Scenario, b: Scenario): Differences['terms'] {
  const valueIn = ({ draft }: Scenario, name: string): TermValue =>
    draft.terms.terms.find((term) => term.name === name)?.value ?? null;
  const names = [...a.draft.terms.terms, ...b.draft.terms.terms].map(({ name }) => name);
  return [...new Set(names)]
    .map((name) => ({ name, a: valueIn(a, name), b: valueIn(b, name) }))
    .filter((term) => JSON.stringify(term.a) !== JSON.stringify(term.b));
}

function fields<K extends string>(
  a: { [F in K]?: string | number | null },
  b: { [F in K]?: string | number | null },
  names: readonly K[],
): FieldDifference[] {
  const only = (row: { [F in K]?: string | number | null }) =>
    Object.fromEntries(names.map((name) => [name, row[name]]));
  return differing(only(a), only(b));
}

const OBLIGATION_FIELDS = ['occurrence', 'status', 'dueAt', 'fulfilledAt', 'daysLate'] as const;

/** Obligation by obligation, each with its like (`paired`). */
function obligationDifferences(a: LivedObligation[], b: LivedObligation[]): Differences['obligations'] {
  return paired(a, b).flatMap(({ before: one, after: other }) => {
    const row = one ?? other;
    if (!row) return [];
    const name = { id: row.id, ...(row.occurrence === undefined ? {} : { occurrence: row.occurrence }) };
    return fields(one ?? {}, other ?? {}, OBLIGATION_FIELDS).map((difference) => ({ ...name, ...difference }));
  });
}

/** Rows without their like on the other side; `key` is what makes two the same. Two alike on one side need two. */
function sides<T>(a: readonly T[], b: readonly T[], key: (row: T) => unknown[]): Sides<T> {
  const without = (rows: readonly T[], others: readonly T[]): T[] => {
    const left = new Map<string, number>();
    for (const other of others) {
      const text = JSON.stringify(key(other));
      left.set(text, (left.get(text) ?? 0) + 1);
    }
    return rows.filter((row) => {
      const text = JSON.stringify(key(row));
      const count = left.get(text) ?? 0;
      left.set(text, count - 1);
      return count <= 0;
    });
  };
  return { onlyA: without(a, b), onlyB: without(b, a) };
}
