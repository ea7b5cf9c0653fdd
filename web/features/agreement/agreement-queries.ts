import { type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { Agreement, AgreementEvent, Ledger, Notice, Page, Refusal, StoredDocument, Template } from '../../wire.ts';

/** Everything read about one agreement hangs below this key, so that one act renews all of it. */
export const agreementKey = (id: string): string[] => ['agreement', id];

export function useAgreement(id: string | undefined): UseQueryResult<Agreement> {
  return useQuery({
    queryKey: agreementKey(id ?? ''),
    queryFn: ({ signal }) => request<Agreement>(agreementPath(id ?? ''), { signal }),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

export function useTemplates(): UseQueryResult<{ items: Template[] }> {
  return useQuery({
    queryKey: ['templates'],
    queryFn: ({ signal }) => request<{ items: Template[] }>('/templates', { signal }),
    staleTime: 600_000,
  });
}

/** One template by its ref: agreements name versions that the list of the newest does not have. */
export function useTemplate(ref: string | undefined): UseQueryResult<Template> {
  return useQuery({
    queryKey: ['template', ref],
    queryFn: ({ signal }) => request<Template>(`/templates/${encodeURIComponent(ref ?? '')}`, { signal }),
    enabled: ref !== undefined,
    staleTime: 600_000,
  });
}

export function useEvents(id: string) {
  return useInfiniteQuery({
    queryKey: [...agreementKey(id), 'events'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<AgreementEvent>>(`${agreementPath(id)}/events${queryString({ limit: 50, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useNotices(id: string) {
  return useInfiniteQuery({
    queryKey: [...agreementKey(id), 'notices'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<Notice>>(`${agreementPath(id)}/notices${queryString({ limit: 50, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useLedger(id: string, asOf: string): UseQueryResult<Ledger> {
  return useQuery({
    queryKey: [...agreementKey(id), 'ledger', asOf],
    queryFn: ({ signal }) => request<Ledger>(`${agreementPath(id)}/ledger${queryString({ asOf })}`, { signal }),
  });
}

export function useDocuments(id: string): UseQueryResult<{ items: StoredDocument[] }> {
  return useQuery({
    queryKey: [...agreementKey(id), 'documents'],
    queryFn: ({ signal }) => request<{ items: StoredDocument[] }>(`${agreementPath(id)}/documents`, { signal }),
  });
}

export function useRefusals(id: string): UseQueryResult<{ items: Refusal[] }> {
  return useQuery({
    queryKey: [...agreementKey(id), 'refusals'],
    queryFn: ({ signal }) => request<{ items: Refusal[] }>(`${agreementPath(id)}/refusals`, { signal }),
  });
}
