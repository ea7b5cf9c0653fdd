import { type UseQueryResult, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryString, request } from '../../api.ts';
import { useMay } from '../../app/me.ts';
import type { AgreementStatus, ChecklistPart, Template, Text } from '../../wire.ts';

/** Templates and the ledger of their clauses, as `/api` sends them (api/clauses/schema.ts). */
export const CLAUSE_STATUSES = ['automated', 'recorded', 'shown', 'absent'] as const;
export type ClauseStatus = (typeof CLAUSE_STATUSES)[number];

interface Titled {
  id: string;
  title: Text;
}

export interface ObligationContents {
  id: string;
  kind: string;
  title: Text;
  summary: Text | null;
  clauses: string[];
  who: Text;
  due: Text;
  rhythm: Text | null;
  when: Text | null;
  review: Text | null;
  reminders: Text | null;
  escalation: { rung: string; to: Text }[];
  checklist: ChecklistPart[];
  penalty: string | null;
  open: { name: string; label: Text }[];
}

export interface RuleContents extends Titled {
  kind: string;
  clauses: string[];
  terms: string[];
  obligation: string | null;
}

/** All that a kind of agreement consists of, dates and money in words. */
export interface TemplateContents extends Omit<Template, 'obligations'> {
  versions: number[];
  obligations: ObligationContents[];
  penalties: (Titled & { clauses: string[]; says: Text })[];
  rules: RuleContents[];
  notices: { days: string; from: string; to: string };
  wording: { notice: string; obligation: string | null; text: Text }[];
  attachments: { number: number; title: Text; clauses: string[]; obligation: string | null }[];
}

export interface Clause {
  id: string;
  source: string;
  article: string;
  kind: string;
  text: string;
  says: Text;
  status: ClauseStatus;
  behaviour: string[];
  by: string[];
  terms: string[];
  tests: string[];
  reason: Text | null;
  templates: Titled[];
}

export interface ClausePage {
  items: Clause[];
  nextCursor: string | null;
  found: number;
  counts: {
    total: number;
    status: Partial<Record<ClauseStatus, number>>;
    kind: Record<string, number>;
    source: Record<string, number>;
  };
}

type BearerKind = 'obligation' | 'penalty' | 'rule' | 'statement' | 'event' | 'term' | 'seat';

export interface ClauseDetail extends Clause {
  bearers: (Titled & { ref: string; items: (Titled & { kind: BearerKind })[] })[];
  examples: (Titled & { template: string })[];
  readings: (Titled & { says: { zh: string[]; en: string[] } })[];
  before: string | null;
  after: string | null;
}

export interface ClauseAgreement {
  id: string;
  template: string;
  title: Text;
  status: AgreementStatus;
  parties: string[];
  inForceOn: string | null;
  obligations: { id: string; occurrence: string | null; title: Text; status: string; localDate: string | null }[];
}

export interface ClauseFilter {
  template?: string;
  source?: string;
  status?: string;
  kind?: string;
  search?: string;
}

export const templatePage = (id: string, tab?: string): string =>
  `/templates/${encodeURIComponent(id)}${queryString({ tab })}`;

export const startWith = (id: string): string => `/start${queryString({ template: id })}`;

export function useTemplateContents(id: string): UseQueryResult<TemplateContents> {
  return useQuery({
    queryKey: ['templates', id, 'contents'],
    queryFn: ({ signal }) => request<TemplateContents>(`/templates/${encodeURIComponent(id)}/contents`, { signal }),
    staleTime: 300_000,
  });
}

/** The ledger page by page, for as long as more is asked for. */
export function useClauses(filter: ClauseFilter) {
  return useInfiniteQuery({
    queryKey: ['clauses', filter],
    queryFn: ({ pageParam, signal }) =>
      request<ClausePage>(`/clauses${queryString({ ...filter, limit: 50, cursor: pageParam })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });
}

export function useClause(id: string): UseQueryResult<ClauseDetail> {
  return useQuery({
    queryKey: ['clauses', 'one', id],
    queryFn: ({ signal }) => request<ClauseDetail>(`/clauses/${encodeURIComponent(id)}`, { signal }),
    staleTime: 300_000,
  });
}

/** Running agreements that have a clause; for whoever may read agreements. */
export function useClauseAgreements(id: string) {
  return useInfiniteQuery({
    queryKey: ['clauses', 'one', id, 'agreements'],
    queryFn: ({ pageParam, signal }) =>
      request<{ items: ClauseAgreement[]; nextCursor: string | null }>(
        `/clauses/${encodeURIComponent(id)}/agreements${queryString({ limit: 20, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: useMay('agreements.read'),
  });
}
