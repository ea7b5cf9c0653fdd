import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryString, request } from '../../api.ts';
import type { Text } from '../../wire.ts';
import type { CaseSummary } from './case.ts';

/** Cases of all agreements, as `/api` sends them (api/cases/schema.ts). */
export interface DeskCase extends Omit<CaseSummary, 'category'> {
  assignee: { seat: { seat: string; title: Text } | null; name: string | null } | null;
  agreement: { id: string; title: Text; zone: string; parties: string[] };
}

export interface DeskPage {
  asOf: string;
  items: DeskCase[];
  nextCursor: string | null;
  counts: { underWay: number; late: number; soon: number; most: number };
  handlers: { seat: string; title: Text }[];
}

/** What the desk is narrowed to: the names that stand in the address and are asked for alike. */
export const DESK_FILTERS = [
  'status',
  'due',
  'type',
  'severity',
  'priority',
  'tier',
  'handler',
  'mine',
  'agreement',
  'customer',
  'search',
] as const;
export type DeskFilter = Partial<Record<(typeof DESK_FILTERS)[number], string>>;

export const DESK = ['cases'] as const;

/** The desk, page by page; asked again by itself, since clocks run and cases come in. */
export function useDesk(filter: DeskFilter) {
  return useInfiniteQuery({
    queryKey: [...DESK, filter],
    queryFn: ({ pageParam, signal }) =>
      request<DeskPage>(`/cases${queryString({ ...filter, cursor: pageParam })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}

/**
 * Rows that stay where they are while what they show changes: nothing moves under the finger of whoever is about to press.
 * New ones, and another order, wait until they are asked for.
 *
 * @param about what the rows were asked for: with another question they are other rows; null: they are those of the question
 * before, until the answer is there
 */
export function useSteady<T extends { id: string }>(
  rows: readonly T[],
  about: string | null,
): { shown: T[]; waiting: number; settle: () => void } {
  const [kept, keep] = useState<{ about: string; ids: string[] }>({ about: '', ids: [] });
  if (about === null) return { shown: [...rows], waiting: 0, settle: () => undefined };
  const ids = rows.map(({ id }) => id);
  const isOther = kept.about !== about || kept.ids.length === 0;
  // More of the same, asked for by "load more", goes on below.
  const isLonger = !isOther && ids.length > kept.ids.length && kept.ids.every((id, index) => ids[index] === id);
  if ((isOther && ids.length > 0) || isLonger) keep({ about, ids });
  const order = isOther || isLonger ? ids : kept.ids;
  const known = new Map(rows.map((row) => [row.id, row]));
  const shown = order.flatMap((id) => known.get(id) ?? []);
  const fresh = ids.filter((id) => !order.includes(id)).length;
  const still = ids.filter((id) => order.includes(id));
  const moved = shown.filter(({ id }, index) => still[index] !== id).length;
  return { shown, waiting: fresh + moved, settle: () => keep({ about, ids }) };
}
