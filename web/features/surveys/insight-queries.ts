import { type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryString, request } from '../../api.ts';
import type { AnswerFilter, AnswerPage, Audience, GroupOf, Progress, QuestionResults } from './insight.ts';
import { surveyKey, surveyPath } from './survey-queries.ts';
import type { Survey } from './survey.ts';

type Cycle = Pick<Survey, 'id' | 'status'>;

export function useProgress(agreementId: string, { id, status }: Cycle): UseQueryResult<Progress> {
  return useQuery({
    queryKey: [...surveyKey(agreementId, id), 'progress'],
    queryFn: ({ signal }) => request<Progress>(`${surveyPath(agreementId, id)}/progress`, { signal }),
    refetchInterval: status === 'open' ? 5_000 : 60_000,
  });
}

export function useQuestionResults(
  agreementId: string,
  { id }: Cycle,
  group: GroupOf | null,
): UseQueryResult<QuestionResults> {
  return useQuery({
    queryKey: [...surveyKey(agreementId, id), 'questions', group],
    queryFn: ({ signal }) =>
      request<QuestionResults>(`${surveyPath(agreementId, id)}/questions${queryString({ ...group })}`, { signal }),
    placeholderData: (before) => before,
  });
}

export function useAnswers(agreementId: string, { id }: Cycle, filter: AnswerFilter) {
  return useInfiniteQuery({
    queryKey: [...surveyKey(agreementId, id), 'answers', filter],
    queryFn: ({ pageParam, signal }) =>
      request<AnswerPage>(
        `${surveyPath(agreementId, id)}/answers${queryString({ ...filter, cursor: pageParam, limit: 20 })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** @param wanted as a draw is asked for; null: nothing is looked up */
export function useAudience(
  agreementId: string,
  { id }: Cycle,
  wanted: Record<string, string | number | null> | null,
): UseQueryResult<Audience> {
  return useQuery({
    queryKey: [...surveyKey(agreementId, id), 'audience', wanted],
    queryFn: ({ signal }) =>
      request<Audience>(`${surveyPath(agreementId, id)}/audience${queryString(wanted ?? {})}`, { signal }),
    enabled: wanted !== null,
    retry: false,
  });
}
