import { type UseQueryResult, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { EvaluationSummary, Next, Titled } from './evaluation.ts';

/** Evaluations of all agreements, as `/api` sends them (api/evaluations/schema.ts). */
export interface DeskEvaluation extends Omit<EvaluationSummary, 'next'> {
  next: (Omit<Next, 'indicators'> & { open: number })[];
  steps: number;
  objectionsUntil: string | null;
  undecided: number;
  agreement: { id: string; title: Text; zone: string; parties: string[] };
}

export const WAITING = ['acknowledgement', 'scores', 'objections', 'consequences'] as const;

export function useEvaluationDesk(filter: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['evaluations', filter],
    queryFn: ({ pageParam, signal }) =>
      request<{ items: DeskEvaluation[]; nextCursor: string | null }>(
        `/evaluations${queryString({ ...filter, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** One that is evaluated, over the periods, the earliest first. */
export interface EvaluationHistory {
  periods: {
    id: string;
    period: { from: string; to: string };
    total: string;
    isFinal: boolean;
    scores: { indicator: Titled; value: string }[];
  }[];
}

export function useEvaluationHistory(
  agreementId: string,
  id: string,
  subject: string,
): UseQueryResult<EvaluationHistory> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'evaluations', id, 'history', subject],
    queryFn: ({ signal }) =>
      request<EvaluationHistory>(
        `${agreementPath(agreementId)}/evaluations/${encodeURIComponent(id)}/history${queryString({ subject })}`,
        { signal },
      ),
  });
}
