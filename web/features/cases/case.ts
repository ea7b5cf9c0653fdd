import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import { useMay } from '../../app/me.ts';
import type { Agreement, AgreementEvent, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Attached } from '../process/attachments.tsx';
import type { Capacity } from '../process/capacity.ts';

/** Cases and their figures, as `/api` sends them (api/cases/schema.ts). */
export const CASE_TYPES = ['complaint', 'service-request', 'enquiry', 'feedback'] as const;
export type CaseType = (typeof CASE_TYPES)[number];
export const CASE_SEVERITIES = ['minor', 'normal', 'major'] as const;
export type CaseSeverity = (typeof CASE_SEVERITIES)[number];
export const CASE_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type CasePriority = (typeof CASE_PRIORITIES)[number];
export const CASE_CHANNELS = ['phone', 'hotline', 'online', 'email', 'social_media', 'form', 'other'] as const;
export type CaseChannel = (typeof CASE_CHANNELS)[number];
export const PAUSE_REASONS = [
  'missing-information',
  'wrong-information',
  'waiting-for-customer',
  'force-majeure',
] as const;
export type CaseStatus =
  | 'starting'
  | 'open'
  | 'responded'
  | 'in-progress'
  | 'plan-proposed'
  | 'plan-confirmed'
  | 'executed'
  | 'negotiating'
  | 'resolved'
  | 'awaiting-opinion'
  | 'closed';

/** What is done next before what ends it. */
export const CASE_ACTS = [
  'respond',
  'assign',
  'plan',
  'confirm',
  'execute',
  'agree-solution',
  'decide',
  'report',
  'confirm-report',
  'record',
  'resolve',
  'tell-result',
  'judge',
  'progress',
  'note',
  'forward',
  'pause',
  'resume',
  'contest',
  'classify',
  'improve',
  'link',
  'reopen',
  'close',
] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

interface Seat {
  seat: string;
  title: Text;
}

export interface CaseSummary {
  id: string;
  reference: string;
  type: CaseType;
  channel: CaseChannel;
  severity: CaseSeverity;
  priority: CasePriority;
  category: { id: string; title: Text } | null;
  status: CaseStatus;
  paused: boolean;
  topic: string | null;
  customer: { customerId: string | null; name: string | null; tier: string | null; party: Seat | null };
  handler: Seat;
  openedAt: string;
  cycle: number;
  due: { clock: string; dueAt: string } | null;
  overdue: boolean;
  breaches: number;
  closedAt: string | null;
  outcome: string | null;
}

export interface CaseRule {
  id: string;
  types: CaseType[];
  clauses: string[];
  provider: Seat;
  handler: Seat;
  channels: CaseChannel[];
  categories: { id: string; title: Text; seat: Seat | null }[];
  clocks: {
    clock: string;
    count: number | null;
    unit: string;
    by: Record<string, number>;
    means: string;
    clauses: string[];
  }[];
  steps: string[];
}

export interface CaseList {
  items: CaseSummary[];
  nextCursor: string | null;
  counts: {
    status: Record<string, number>;
    type: Record<string, number>;
    severity: Record<string, number>;
    overdue: number;
  };
  rules: CaseRule[];
  may: { open: Capacity[]; link: Capacity[] };
}

export interface CaseClock {
  clock: string;
  cycle: number;
  state: 'running' | 'paused' | 'met' | 'breached' | 'ended';
  count: number;
  unit: string;
  startedAt: string;
  dueAt: string | null;
  pausedMinutes: number;
  stoppedAt: string | null;
  breachedAt: string | null;
  means: string | null;
  who: Seat | null;
  clauses: string[];
}

export interface Relative {
  id: string;
  reference: string;
  topic: string | null;
  status: CaseStatus;
  openedAt: string;
}

export interface Case extends CaseSummary {
  sequence: number;
  asOf: string;
  can: CaseAct[];
  as: Partial<Record<CaseAct, Capacity[]>>;
  clauses: string[];
  details: string | null;
  contact: { name: string | null; email: string | null; phone: string | null; language: 'zh' | 'en' } | null;
  openedBy: string | null;
  assignee: string | null;
  outOfTerm: boolean;
  next: { step: string; who: Seat[]; customer: boolean; dueAt: string | null };
  clocks: CaseClock[];
  rounds: {
    cycle: number;
    openedAt: string;
    respondedAt: string | null;
    resolvedAt: string | null;
    toldAt: string | null;
    satisfied: boolean | null;
  }[];
  record: Record<'content' | 'process' | 'result', { there: boolean; words: string | null }> & { required: boolean };
  plan: string | null;
  result: string | null;
  pause: { reason: string; since: string; contested: boolean; words: string | null } | null;
  opinion: { satisfied: boolean; score: string | null; words: string | null } | null;
  breached: { clock: string; cycle: number; at: string; means: string; liable: Seat | null; claims: boolean }[];
  agreed: Seat[];
  negotiators: Seat[];
  specialSurvey: 'held' | 'declined' | null;
  passedTo: Seat[];
  suspected: boolean;
  related: { duplicateOf: Relative | null; repeats: Relative[]; proposed: Relative[] };
  improvements: { id: string | null; reference: string }[];
  dimensions: { id: string; title: Text }[];
  seats: Seat[];
  categories: { id: string; title: Text }[];
  steps: string[];
  documents: Attached[];
  events: AgreementEvent[];
}

export interface CaseFigure {
  measure: string;
  unit: 'minutes' | 'percent';
  /** Null: there is nothing that it could be reckoned from. */
  value: string | null;
  counted: number;
  against: number;
  denominator: number | null;
  cases: { id: string; reference: string; topic: string | null; against: boolean }[];
  more: number;
}

/** What contracts measure of the cases of a period, and the cases behind each figure. */
export interface CaseFigures {
  period: string;
  from: string;
  until: string;
  asOf: string;
  opened: number;
  open: number;
  closed: number;
  reopened: number;
  byType: Record<string, number>;
  figures: CaseFigure[];
  served: { period: string; count: number; at: string }[];
  may: { served: Capacity[] };
}

export interface CaseFilter {
  type: string;
  status: string;
  severity: string;
  overdue: string;
  search: string;
  cursor: string;
}
export const ALL_CASES: CaseFilter = { type: '', status: '', severity: '', overdue: '', search: '', cursor: '' };

export function useCases(
  { id, status }: Pick<Agreement, 'id' | 'status'>,
  filter: Partial<CaseFilter> & { customer?: string } = {},
): UseQueryResult<CaseList> {
  const may = useMay('cases.read');
  return useQuery({
    queryKey: [...agreementKey(id), 'cases', filter],
    queryFn: ({ signal }) => request<CaseList>(`${agreementPath(id)}/cases${queryString({ ...filter })}`, { signal }),
    enabled: may && status !== 'draft' && status !== 'starting',
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.status === 'starting') ? 2_000 : 30_000),
  });
}

export function useCase(agreementId: string, id: string): UseQueryResult<Case> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'cases', id],
    queryFn: ({ signal }) => request<Case>(`${agreementPath(agreementId)}/cases/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

export function useCaseFigures(agreementId: string, period: string): UseQueryResult<CaseFigures> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'case-figures', period],
    queryFn: ({ signal }) =>
      request<CaseFigures>(`${agreementPath(agreementId)}/case-figures${queryString({ period })}`, { signal }),
    placeholderData: (before) => before,
  });
}

export const casePage = (agreementId: string, id: string): string =>
  `/agreements/${encodeURIComponent(agreementId)}/cases/${encodeURIComponent(id)}`;
