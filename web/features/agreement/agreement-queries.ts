import { type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type {
  Agreement,
  AgreementEvent,
  Ledger,
  Notice,
  Page,
  Refusal,
  Schedule,
  StoredDocument,
  Template,
} from '../../wire.ts';

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

/** What a list is narrowed to; nothing that is empty counts. */
type Narrowed = Record<string, string | number | null | undefined>;

/** One of an agreement's lists, page by page, the latest first. */
function usePages<T>(id: string, list: string, filter: Narrowed) {
  return useInfiniteQuery({
    queryKey: [...agreementKey(id), list, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>(
        `${agreementPath(id)}/${list}${queryString({ order: 'desc', limit: 50, ...filter, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
}

export const useEvents = (id: string, filter: Narrowed = {}) => usePages<AgreementEvent>(id, 'events', filter);
export const useNotices = (id: string, filter: Narrowed = {}) => usePages<Notice>(id, 'notices', filter);
export const useDocuments = (id: string, filter: Narrowed = {}) => usePages<StoredDocument>(id, 'documents', filter);

export function useSchedule(id: string): UseQueryResult<Schedule> {
  return useQuery({
    queryKey: [...agreementKey(id), 'schedule'],
    queryFn: ({ signal }) => request<Schedule>(`${agreementPath(id)}/schedule`, { signal }),
  });
}

export function useLedger(id: string, asOf: string): UseQueryResult<Ledger> {
  return useQuery({
    queryKey: [...agreementKey(id), 'ledger', asOf],
    queryFn: ({ signal }) => request<Ledger>(`${agreementPath(id)}/ledger${queryString({ asOf })}`, { signal }),
  });
}

export function useRefusals(id: string, mayRead: boolean): UseQueryResult<{ items: Refusal[] }> {
  return useQuery({
    enabled: mayRead,
    queryKey: [...agreementKey(id), 'refusals'],
    queryFn: ({ signal }) => request<{ items: Refusal[] }>(`${agreementPath(id)}/refusals`, { signal }),
  });
}
