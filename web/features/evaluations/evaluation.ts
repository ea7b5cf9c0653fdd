import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { Agreement, AgreementEvent, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Attached } from '../process/attachments.tsx';
import type { Capacity } from '../process/capacity.ts';

/** Evaluations of periods, as `/api` sends them (api/evaluations/schema.ts). */
export const STATUSES = [
  'starting',
  'preparing',
  'acknowledging',
  'scoring',
  'provisional',
  'final',
  'published',
  'complete',
  'ended',
] as const;
export type EvaluationStatus = (typeof STATUSES)[number];
export type Stage = 'self' | 'manager' | 'provisional' | 'review' | 'final';
export type WholeAct = 'enrol' | 'acknowledge' | 'gather' | 'publish';
/** What brings a result on, in its order. */
export const SUBJECT_ACTS = [
  'self-assess',
  'explain',
  'judge-targets',
  'third-party',
  'conclude',
  'object',
  'answer',
  'confirm',
  'propose',
] as const;
export type SubjectAct = (typeof SUBJECT_ACTS)[number] | 'score' | 'leave-out' | 'correct' | 'decide';
export type ConsequenceKind =
  | 'reward'
  | 'deduction'
  | 'payment'
  | 'improvement-plan'
  | 'retraining'
  | 'honour'
  | 'promotion'
  | 'extension'
  | 'termination'
  | 'staff-appraisal'
  | 'process-review'
  | 'accountability'
  | 'other';
/** Whose decision may name a sum. */
export const MONEY: readonly ConsequenceKind[] = ['reward', 'deduction', 'payment'];

interface Due {
  dueAt: string;
  localDate: string;
}
interface Seat {
  seat: string;
  title: Text;
}
export interface Titled {
  id: string;
  title: Text;
}

/** Somebody who is evaluated, or acts: a seat by its title, a person by name. */
export interface Named {
  subject: string;
  title: Text | null;
  name: string | null;
}

export interface Next {
  what:
    | 'scheme'
    | 'enrol'
    | 'acknowledge'
    | 'self-assess'
    | 'explain'
    | 'score'
    | 'conclude'
    | 'object'
    | 'answer'
    | 'correct'
    | 'confirm'
    | 'decide'
    | 'publish';
  who: Named[];
  about: Named | null;
  due: Due | null;
  indicators: Titled[];
}

export interface Result extends Named {
  stage: Stage;
  total: string | null;
  band: string | null;
  verdict: 'performed' | 'not-performed' | null;
  late: { item: string; minutes: number } | null;
}

/** An evaluation as the contract speaks of it. */
export interface Provided {
  rule: Titled;
  clauses: string[];
  form: 'scored' | 'accountability';
  subject: 'agreement' | 'provider' | 'department' | 'staff';
  organiser: Seat;
  scorers: Seat[];
  acknowledgers: Seat[];
  confirmer: Seat | null;
  decider: Seat;
  objectionDays: number | null;
  publishTo: Seat[];
  minimumSample: number | null;
  selfAssessment: boolean;
  obligation: Titled | null;
}

export interface EvaluationSummary {
  id: string;
  reference: string;
  rule: Titled;
  form: Provided['form'];
  subject: Provided['subject'];
  status: EvaluationStatus;
  period: { from: string; to: string };
  organiser: Seat;
  due: Due | null;
  overdue: boolean;
  next: Next[];
  evaluated: number;
  results: Result[];
  publishedAt: string | null;
}

export interface EvaluationList {
  items: EvaluationSummary[];
  counts: { status: Record<string, number>; overdue: number };
  rules: Provided[];
  may: { open: { rule: string; as: Capacity[] }[] };
}

export interface Indicator extends Titled {
  clauses: string[];
  source: 'survey' | 'case' | 'deliverable' | 'cost' | 'innovation' | 'risk' | 'compliance' | 'manual';
  measure: 'quantitative' | 'qualitative';
  weight: string | null;
  scale: { min: string; max: string };
  evidence: Titled[];
  bonus: boolean;
}

export interface Scheme {
  version: string;
  indicators: Indicator[];
  bands: {
    id: string;
    from: string;
    to: string;
    consequence: ConsequenceKind | null;
    words: string | null;
    amount: string | null;
  }[];
  decimals: number;
  tests: { test: Test['test']; clauses: string[]; target: string | null; targets: Text[] }[];
}

export interface Source {
  reference: string;
  kind: 'survey' | 'case' | 'obligation';
  id: string | null;
  title: Text | null;
}

export interface Score {
  indicator: Titled;
  value: string;
  gathered: boolean;
  by: string | null;
  seat: Seat | null;
  at: string;
  evidence: Titled[];
  record: string | null;
  documents: Attached[];
  sources: Source[];
  count: number | null;
  corrected: {
    from: string | null;
    by: string | null;
    at: string;
    reason: string | null;
    documents: Attached[];
  } | null;
  weight: string | null;
  points: string | null;
}

export interface Objection {
  id: string;
  indicator: Titled | null;
  at: string;
  by: string | null;
  reason: string | null;
  documents: Attached[];
  verdict: 'uphold' | 'reject' | null;
  answeredBy: string | null;
  answer: string | null;
  settled: boolean;
}

export interface Consequence {
  id: string;
  kind: ConsequenceKind;
  from: string;
  words: string | null;
  amount: string | null;
  reason: string | null;
  verdict: 'approve' | 'decline' | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decision: string | null;
  documents: Attached[];
  improvement: { id: string | null; reference: string } | null;
}

export interface Test {
  test: 'satisfaction-risen' | 'targets-met' | 'third-party' | 'pass-mark';
  passed: boolean | null;
  value: string | null;
  against: string | null;
  basis: 'previous' | 'baseline' | 'target' | null;
}

export interface Evaluated extends Result {
  can: SubjectAct[];
  as: Partial<Record<SubjectAct, Capacity[]>>;
  on: Partial<Record<SubjectAct, string[]>>;
  scores: Score[];
  missing: Titled[];
  leftOut: (Titled & { reason: string | null })[];
  tooFew: Titled[];
  cappedBy: Titled | null;
  bonus: string | null;
  selfAssessment: {
    at: string;
    text: string | null;
    values: { indicator: Titled | null; value: string | null }[];
  } | null;
  targets: { number: number; title: Text; met: boolean | null }[];
  thirdParty: boolean | null;
  tests: Test[];
  concludedAt: string | null;
  objectionsUntil: Due | null;
  objections: Objection[];
  confirmedBy: string | null;
  finalAt: string | null;
  consequences: Consequence[];
  explanation: { at: string; text: string | null } | null;
}

export interface Evaluation extends EvaluationSummary {
  zone: string;
  agreement: { id: string; title: Text; seatTitles: Record<string, Text> };
  can: WholeAct[];
  as: Partial<Record<WholeAct, Capacity[]>>;
  clauses: string[];
  provides: Provided;
  scheme: Scheme | null;
  acknowledged: (Seat & { by: string | null; at: string | null })[];
  gathered: { at: string; surveys: Source[]; expected: number | null } | null;
  note: string | null;
  subjects: Evaluated[];
  consequenceKinds: ConsequenceKind[];
  currency: string | null;
  events: AgreementEvent[];
}

export function useEvaluations(
  { id, status }: Pick<Agreement, 'id' | 'status'>,
  may: boolean,
  filter: { status: string; rule: string } = { status: '', rule: '' },
): UseQueryResult<EvaluationList> {
  return useQuery({
    queryKey: [...agreementKey(id), 'evaluations', filter],
    queryFn: ({ signal }) =>
      request<EvaluationList>(`${agreementPath(id)}/evaluations${queryString({ ...filter })}`, { signal }),
    enabled: may && status !== 'draft' && status !== 'starting',
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.status === 'starting') ? 2_000 : false),
  });
}

export function useEvaluation(agreementId: string, id: string): UseQueryResult<Evaluation> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'evaluations', id],
    queryFn: ({ signal }) =>
      request<Evaluation>(`${agreementPath(agreementId)}/evaluations/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

export const evaluationPage = (agreementId: string, id: string): string =>
  `/agreements/${encodeURIComponent(agreementId)}/evaluations/${encodeURIComponent(id)}`;

/** Whether the record itself says its value. */
export const isComputed = ({ measure, source }: Indicator): boolean =>
  measure === 'quantitative' && ['survey', 'case', 'deliverable'].includes(source);

/** A figure as people read it: without zeros that say nothing. */
export function figure(value: string): string {
  return value.includes('.') ? value.replace(/0+$/, '').replace(/\.$/, '') : value;
}
