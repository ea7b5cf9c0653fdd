import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Comparison } from './comparison.ts';

export interface Asked {
  survey: string;
  cycles: string;
  only: string;
}

export function useComparison(agreementId: string, asked: Asked): UseQueryResult<Comparison> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'survey-comparison', asked],
    queryFn: ({ signal }) =>
      request<Comparison>(`${agreementPath(agreementId)}/survey-comparison${queryString({ ...asked })}`, { signal }),
    placeholderData: (before) => before,
  });
}
