import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { Agreement, AgreementEvent, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Tier } from '../customers/customer.ts';
import type { Attached } from '../process/attachments.tsx';
import type { Capacity } from '../process/capacity.ts';

/** Visits and call-backs, plans and counters, as `/api` sends them (api/visits/schema.ts). */
export type VisitStatus = 'starting' | 'planned' | 'missed' | 'held' | 'reported' | 'cancelled';
export const VISIT_KINDS = ['visit', 'call-back'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

/** What is done next before what ends it. */
export const VISIT_ACTS = ['hold', 'report', 'follow-up', 'reschedule', 'cancel'] as const;
export type VisitAct = (typeof VISIT_ACTS)[number];

interface Due {
  dueAt: string;
  localDate: string;
}
interface Seat {
  seat: string;
  title: Text;
}
interface VisitedCustomer {
  customerId: string;
  /** Null for those who may not read the record. */
  name: string | null;
  tier: Tier;
}

export interface VisitSummary {
  id: string;
  reference: string;
  kind: VisitKind;
  status: VisitStatus;
  customer: VisitedCustomer;
  plannedOn: string;
  heldOn: string | null;
  comprehensive: boolean;
  planYear: number | null;
  leader: Seat;
  departments: Seat[];
  reportDue: Due | null;
  overdue: boolean;
  findings: number;
}

export interface VisitRule {
  kind: VisitKind;
  clauses: string[];
  leader: Seat;
  departments: Seat[];
  /** Days; null: no length is agreed. */
  reportDays: number | null;
  plan: { tiers: Tier[]; clauses: string[] } | null;
}

export interface VisitList {
  items: VisitSummary[];
  counts: { status: Record<string, number>; kind: Record<string, number>; overdue: number };
  plans: { year: number; rows: number; publishedAt: string }[];
  rules: VisitRule[];
  may: { plan: Capacity[]; visit: Capacity[] };
}

export interface Visit extends VisitSummary {
  can: VisitAct[];
  as: Partial<Record<VisitAct, Capacity[]>>;
  clauses: string[];
  obligation: { id: string; title: Text } | null;
  note: string | null;
  reason: string | null;
  rescheduled: number;
  report: {
    outcome: string | null;
    documents: Attached[];
    reportedAt: string;
    daysLate: number;
    by: string | null;
  } | null;
  improvements: { id: string | null; reference: string; title: string | null }[];
  dimensions: { id: string; title: Text }[];
  mayRaise: boolean;
  events: AgreementEvent[];
}

interface Counted {
  done: number;
  needed: number;
  missing: number;
}
export interface VisitCounters {
  year: number;
  asOf: string;
  rules: { tier: Tier; surveys: number; visits: number; clauses: string[] }[];
  items: {
    customer: VisitedCustomer;
    since: string | null;
    questionnaires: number;
    visits: Counted;
    surveys: Counted;
    met: boolean;
  }[];
  quarters: { quarter: string; endsOn: string; missing: number | null }[];
}

export interface VisitFilter {
  year: string;
  status: string;
  kind: string;
}

export function useVisits(
  { id, status }: Pick<Agreement, 'id' | 'status'>,
  filter: VisitFilter = { year: '', status: '', kind: '' },
): UseQueryResult<VisitList> {
  return useQuery({
    queryKey: [...agreementKey(id), 'visits', filter],
    queryFn: ({ signal }) => request<VisitList>(`${agreementPath(id)}/visits${queryString({ ...filter })}`, { signal }),
    enabled: status !== 'draft' && status !== 'starting',
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.status === 'starting') ? 2_000 : false),
  });
}

export function useVisit(agreementId: string, id: string): UseQueryResult<Visit> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'visits', id],
    queryFn: ({ signal }) =>
      request<Visit>(`${agreementPath(agreementId)}/visits/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

export function useVisitCounters(agreementId: string, year: number): UseQueryResult<VisitCounters> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'visit-counters', year],
    queryFn: ({ signal }) =>
      request<VisitCounters>(`${agreementPath(agreementId)}/visit-counters${queryString({ year })}`, { signal }),
    placeholderData: (before) => before,
  });
}

export const visitPage = (agreementId: string, id: string): string =>
  `/agreements/${encodeURIComponent(agreementId)}/visits/${encodeURIComponent(id)}`;
