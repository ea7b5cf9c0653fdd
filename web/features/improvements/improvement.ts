import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { Agreement, AgreementEvent, Text } from '../../wire.ts';
import type { Attached } from '../process/attachments.tsx';
import type { Capacity } from '../process/capacity.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';

/** Findings and what becomes of them, as `/api` sends them (api/improvements/schema.ts). */
export const STATUSES = [
  'starting',
  'raised',
  'classified',
  'planned',
  'approved',
  'implemented',
  'effective',
  'closed',
  'merged',
  'dismissed',
  'cancelled',
] as const;
export type Status = (typeof STATUSES)[number];

/** Where nothing is awaited any more. */
export const OVER: readonly Status[] = ['closed', 'merged', 'dismissed', 'cancelled'];

export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Sources that somebody can name; a survey's findings come from its cycle. */
export const RAISED_FROM = ['other', 'case', 'check', 'visit', 'feedback'] as const;
type Source = (typeof RAISED_FROM)[number] | 'survey';

export type Act =
  | ('classify' | 'merge' | 'dismiss' | 'investigate' | 'plan' | 'approve' | 'reject' | 'complete' | 'check')
  | ('verify' | 'answer-customers' | 'customer-verdict' | 'publish' | 'close');

interface Due {
  dueAt: string;
  localDate: string;
}
interface Titled {
  id: string;
  title: Text;
}
interface Seat {
  seat: string;
  title: Text;
}
export interface ImprovementSummary {
  id: string;
  reference: string;
  title: string | null;
  status: Status;
  source: Source;
  about: string | null;
  dimension: Titled | null;
  category: string | null;
  score: number | null;
  priority: Priority | null;
  department: Seat | null;
  next: (Due & { what: 'cause' | 'plan' | 'measure' | 'check' | 'answer' }) | null;
  overdue: boolean;
  round: number;
  measures: { total: number; done: number };
  raisedAt: string;
}

export interface Board {
  items: ImprovementSummary[];
  counts: {
    status: Record<string, number>;
    priority: Record<string, number>;
    department: Record<string, number>;
    overdue: number;
  };
  departments: Seat[];
  categories: string[];
  may: { raise: Capacity[] };
}

export interface Measure {
  id: string;
  kind: string;
  what: string | null;
  expected: string | null;
  owner: Seat;
  due: Due;
  overdue: boolean;
  completedAt: string | null;
  daysLate: number;
  evidence: { note: string | null; documents: Attached[] } | null;
}

export interface Plan {
  round: number;
  version: number;
  goal: { dimension: Titled; atLeast: string } | null;
  measures: Measure[];
}

export interface Improvement extends ImprovementSummary {
  sequence: number;
  asOf: string;
  can: Act[];
  as: Partial<Record<Act, Capacity[]>>;
  details: string | null;
  clauses: string[];
  finding: {
    frequency: number;
    severity: number;
    customerWeight: number;
    measured: string | null;
    raisedBy: { customerId: string; name: string | null; answered: boolean; satisfied: boolean | null }[];
  };
  absorbed: Linked[];
  mergedInto: Linked | null;
  provides: {
    planner: Seat;
    departments: Seat[];
    approvers: Seat[];
    planDays: number | null;
    cause: boolean;
    measureTypes: string[];
    categories: string[];
    checks: { days: number | null; by: Seat } | null;
    verified: boolean;
    answerDays: number | null;
    answers: boolean;
    publishes: boolean;
    dimensions: Titled[];
  };
  /** Where it has a date and a record of its own. */
  cause: { due: Due | null; overdue: boolean; foundAt: string | null; text: string | null } | null;
  planDue: Due | null;
  planDaysLate: number;
  plan:
    | (Plan & {
        cause: string | null;
        note: string | null;
        by: string | null;
        documents: Attached[];
        approvedBy: Seat[];
        waitsFor: Seat[];
        points: string[];
      })
    | null;
  earlier: Plan[];
  checks: {
    at: string;
    verdict: 'on-track' | 'behind';
    by: string | null;
    note: string | null;
    documents: Attached[];
  }[];
  checkDue: Due | null;
  effects: {
    at: string;
    verdict: 'effective' | 'ineffective';
    cycle: string | null;
    value: string | null;
    note: string | null;
  }[];
  answer: { due: Due | null; overdue: boolean; answeredAt: string | null; text: string | null; verdictDue: Due | null };
  publishedAt: string | null;
  publication: string | null;
  events: AgreementEvent[];
}

interface Linked {
  id: string | null;
  reference: string;
}

export interface BoardFilter {
  status: string;
  priority: string;
  department: string;
  overdue: string;
}
export const UNFILTERED: BoardFilter = { status: '', priority: '', department: '', overdue: '' };

export function useBoard(
  { id, status }: Pick<Agreement, 'id' | 'status'>,
  filter: BoardFilter = UNFILTERED,
): UseQueryResult<Board> {
  return useQuery({
    queryKey: [...agreementKey(id), 'improvements', filter],
    queryFn: ({ signal }) =>
      request<Board>(`${agreementPath(id)}/improvements${queryString({ ...filter })}`, { signal }),
    enabled: status !== 'draft' && status !== 'starting',
    placeholderData: (before) => before,
  });
}

export function useImprovement(agreementId: string, id: string): UseQueryResult<Improvement> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'improvements', id],
    queryFn: ({ signal }) =>
      request<Improvement>(`${agreementPath(agreementId)}/improvements/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

export const improvementPage = (agreementId: string, id: string): string =>
  `/agreements/${encodeURIComponent(agreementId)}/improvements/${encodeURIComponent(id)}`;

/** `quarterly-survey#2027-Q1` in its parts. */
export function cycleOf(reference: string): { survey: string; period: string | undefined } {
  const [survey = '', period] = reference.split('#');
  return { survey, period };
}
