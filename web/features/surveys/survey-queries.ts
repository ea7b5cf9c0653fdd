import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, request } from '../../api.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Survey, SurveySummary } from './survey.ts';

export const surveyPath = (agreementId: string, survey: string): string =>
  `${agreementPath(agreementId)}/surveys/${encodeURIComponent(survey)}`;

export const surveyKey = (agreementId: string, survey: string): string[] => [
  ...agreementKey(agreementId),
  'surveys',
  survey,
];

export function useSurveys(agreementId: string, enabled = true): UseQueryResult<{ items: SurveySummary[] }> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'surveys'],
    queryFn: ({ signal }) => request<{ items: SurveySummary[] }>(`${agreementPath(agreementId)}/surveys`, { signal }),
    enabled,
    refetchInterval: 20_000,
  });
}

/** Asked again every few seconds while answers come in, or while something is on its way. */
export function useSurvey(agreementId: string, survey: string): UseQueryResult<Survey> {
  return useQuery({
    queryKey: surveyKey(agreementId, survey),
    queryFn: ({ signal }) => request<Survey>(surveyPath(agreementId, survey), { signal }),
    refetchInterval: (query) =>
      ['starting', 'open', 'closed'].includes(query.state.data?.status ?? '') ? 3_000 : 20_000,
  });
}
