import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryString, request } from '../../api.ts';
import type { AgreementStatus, ObligationStatus, Text } from '../../wire.ts';

export const TODAY_KINDS = [
  'obligation',
  'payment',
  'agreement',
  'case',
  'survey',
  'improvement',
  'engagement',
  'evaluation',
  'risk',
  'visit',
  'training',
  'draft',
  'task',
] as const;
export type TodayKind = (typeof TODAY_KINDS)[number];

export type TodayGroupId = 'overdue' | 'today' | 'ahead' | 'open' | 'waiting';

/** The wire of api/today/schema.ts. */
export interface TodayItem {
  id: string;
  kind: TodayKind;
  act: string;
  about: string | null;
  title: Text | null;
  topic: string | null;
  agreement: { id: string; title: Text; parties: string[]; zone: string } | null;
  process: { id: string; reference: string } | null;
  task: { id: string; kind: string; about: Record<string, unknown>; seatTitle: Text | null } | null;
  waitsFor: { seat: string; title: Text }[];
  mine: boolean;
  dueAt: string | null;
  localDate: string | null;
  daysPast: number | null;
  near: boolean;
  paused: boolean;
  since: string | null;
}

export interface TodayGroup {
  group: TodayGroupId;
  count: number;
  isMore: boolean;
  items: TodayItem[];
  nextCursor: string | null;
}

interface Today {
  asOf: string;
  endOfToday: string;
  groups: TodayGroup[];
}

interface Figures {
  agreements: { status: AgreementStatus; count: number }[];
  obligations: { status: ObligationStatus; count: number }[];
}

/** All that is read of today hangs below this key, so that one act renews it. */
export const TODAY = ['today'];

export const HORIZONS = [1, 7, 30] as const;

/** What the page's address narrows it to. */
export interface Asked {
  kind: string;
  who: string;
  search: string;
  horizon: string;
  overdue: string;
}

export function askedOf(address: URLSearchParams): Asked {
  const value = (name: string): string => address.get(name) ?? '';
  return {
    kind: value('kind'),
    who: value('who'),
    search: value('search'),
    horizon: value('horizon'),
    overdue: value('overdue'),
  };
}

/** Midnight of the reader's own zone ends today. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param isWatched an act is on its way: what it changes is asked for often */
export function useToday(asked: Asked, isWatched: boolean) {
  return useQuery({
    queryKey: [...TODAY, 'groups', asked],
    queryFn: ({ signal }) => request<Today>(`/today${queryString({ ...asked, zone: ZONE })}`, { signal }),
    placeholderData: (before) => before,
    refetchInterval: isWatched ? 2_000 : 30_000,
  });
}

/** The pages of a group after the first. */
export function useMoreOfGroup(asked: Asked, { group, nextCursor }: TodayGroup) {
  return useInfiniteQuery({
    queryKey: [...TODAY, 'more', group, asked, nextCursor],
    initialPageParam: nextCursor,
    queryFn: async ({ pageParam, signal }) => {
      const query = queryString({ ...asked, zone: ZONE, group, limit: 30, cursor: pageParam });
      const { groups } = await request<Today>(`/today${query}`, { signal });
      return groups[0] ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor,
    enabled: false,
  });
}

export function useFigures() {
  return useQuery({
    queryKey: [...TODAY, 'figures'],
    queryFn: ({ signal }) => request<Figures>('/today/figures', { signal }),
    refetchInterval: 60_000,
  });
}
