import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, request } from '../../api.ts';
import type { Agreement, AgreementEvent, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Attached } from '../process/attachments.tsx';
import type { Capacity } from '../process/capacity.ts';

/** The register of risks, as `/api` sends it (api/risks/schema.ts). */
export type RiskStatus = 'starting' | 'open' | 'occurred' | 'closed';
export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];
export const RISK_INDICATORS = ['score-drop', 'case-spike', 'overdue-duties', 'clock-near-breach', 'observed'] as const;
type RiskIndicator = (typeof RISK_INDICATORS)[number];
export const RISK_OPERATORS = ['at-least', 'above', 'at-most', 'below'] as const;
type RiskOperator = (typeof RISK_OPERATORS)[number];
export const LOWERED = ['likelihood', 'impact', 'both'] as const;

/** What is urgent before what is done in passing, and what ends it last. */
export const RISK_ACTS = [
  'acknowledge',
  'step',
  'stand-down',
  'mitigate',
  'complete',
  'review',
  'assess',
  'rate',
  'observe',
  'equip',
  'occur',
  'close',
] as const;
export type RiskAct = (typeof RISK_ACTS)[number];

interface Due {
  dueAt: string;
  localDate: string;
}
export interface Seat {
  seat: string;
  title: Text;
}
interface Rated {
  probability: number;
  impact: number;
  level: RiskLevel;
}

export interface RiskSummary extends Rated {
  id: string;
  reference: string;
  title: string | null;
  status: RiskStatus;
  version: number;
  owner: Seat;
  departments: Seat[];
  threshold: { indicator: RiskIndicator; operator: RiskOperator; value: string; windowDays: number | null } | null;
  unguarded: boolean;
  measures: { open: number; done: number };
  responseDue: Due | null;
  reviewDue: Due | null;
  warned: boolean;
  overdue: boolean;
}

export interface RiskRules {
  clauses: string[];
  keeper: Seat;
  scale: { max: number; mediumFrom: number; highFrom: number };
  planLevel: RiskLevel | null;
  /** Null: no length is agreed. */
  responseDays: number | null;
  measures: boolean;
  residual: boolean;
  review: boolean;
  measureReview: boolean;
  warning: boolean;
  ackHours: number | null;
  emergency: boolean;
}

export interface RiskList {
  items: RiskSummary[];
  counts: { status: Record<string, number>; level: Record<string, number>; overdue: number };
  rules: RiskRules | null;
  seats: Seat[];
  breaches: { party: Seat; count: number; open: number }[];
  may: { register: Capacity[] };
}

export interface Risk extends RiskSummary {
  can: RiskAct[];
  as: Partial<Record<RiskAct, Capacity[]>>;
  rules: RiskRules | null;
  seats: Seat[];
  details: string | null;
  ratings: (Rated & { version: number; at: string; by: string | null; reason: string | null })[];
  plans: {
    measure: string;
    what: string | null;
    version: number;
    lowers: (typeof LOWERED)[number] | null;
    residual: Rated | null;
    owner: Seat;
    due: Due | null;
    status: 'open' | 'overdue' | 'done';
    effective: boolean;
    documents: Attached[];
  }[];
  measureReviewDue: Due | null;
  emergency: { steps: { step: string; what: string | null; seat: Seat }[]; listed: Seat[] } | null;
  warning: {
    indicator: RiskIndicator;
    value: string;
    raisedAt: string;
    dueAt: string | null;
    waiting: Seat[];
    overdue: boolean;
  } | null;
  warnings: number;
  occurrence: {
    number: number;
    occurredAt: string;
    steps: { step: string; what: string | null; seat: Seat; doneAt: string | null; by: string | null }[];
  } | null;
  events: AgreementEvent[];
}

export function useRisks({ id, status }: Pick<Agreement, 'id' | 'status'>, mayRead = true): UseQueryResult<RiskList> {
  return useQuery({
    queryKey: [...agreementKey(id), 'risks'],
    queryFn: ({ signal }) => request<RiskList>(`${agreementPath(id)}/risks`, { signal }),
    enabled: mayRead && status !== 'draft' && status !== 'starting',
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.status === 'starting') ? 2_000 : false),
  });
}

export function useRisk(agreementId: string, id: string): UseQueryResult<Risk> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'risks', id],
    queryFn: ({ signal }) => request<Risk>(`${agreementPath(agreementId)}/risks/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

export const riskPage = (agreementId: string, id: string): string =>
  `/agreements/${encodeURIComponent(agreementId)}/risks/${encodeURIComponent(id)}`;

/** How a level is called that a rating has on the agreed scale. */
export function levelOf({ scale }: Pick<RiskRules, 'scale'>, probability: number, impact: number): RiskLevel {
  const product = probability * impact;
  return product >= scale.highFrom ? 'HIGH' : product >= scale.mediumFrom ? 'MEDIUM' : 'LOW';
}
