import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { queryString, request } from '../../api.ts';
import type { Text } from '../../wire.ts';

/** Reports of all agreements, as `/api` sends them (api/reports/listing-schema.ts). */
export const REPORT_KINDS = ['duty', 'survey', 'certificate', 'period'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
type State = 'due' | 'overdue' | 'draft' | 'sent' | 'returned' | 'released' | 'acknowledged';

export interface Report {
  kind: Exclude<ReportKind, 'period'>;
  id: string;
  reference: string;
  title: Text;
  agreement: { id: string; title: Text; zone: string; parties: string[] };
  state: State;
  dueOn: string | null;
  at: string | null;
  nil: boolean;
  responsible: Text | null;
  person: string | null;
  survey: string | null;
  training: { id: string; trainee: string; number: string } | null;
  documents: { id: string; fileName: string; size: number }[];
}

export function useReports(filter: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['reports', filter],
    queryFn: ({ pageParam, signal }) =>
      request<{ items: Report[]; nextCursor: string | null }>(
        `/reports${queryString({ ...filter, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    enabled: filter.kind !== 'period',
  });
}
