import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { Agreement, AgreementEvent, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Attached } from '../process/attachments.tsx';
import type { Capacity } from '../process/capacity.ts';

/** Sessions, what has been taught and who may work, as `/api` sends them (api/trainings/schema.ts). */
export type TrainingStatus = 'starting' | 'planned' | 'missed' | 'held' | 'completed' | 'closed' | 'cancelled';

/** What brings it on before what ends it otherwise. */
export const TRAINING_ACTS = [
  'hold',
  'examine',
  'complete',
  'enrol',
  'feedback',
  'reschedule',
  'withdraw',
  'cancel',
] as const;
export type TrainingAct = (typeof TRAINING_ACTS)[number];

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

/** A training as the contract speaks of it. */
export interface Provided {
  training: Titled;
  clauses: string[];
  organiser: Seat;
  topics: (Titled & { clauses: string[] })[];
  modes: Titled[];
  methods: Titled[];
  /** Null: no examination is agreed. */
  passMark: string | null;
  examDays: number | null;
  retraining: { days: number | null } | null;
  certificate: boolean;
  gate: boolean;
  feedback: boolean;
  serves: Titled[];
}

export interface TrainingSummary {
  id: string;
  reference: string;
  training: Titled;
  status: TrainingStatus;
  topics: Titled[];
  mode: Titled | null;
  methods: Titled[];
  plannedOn: string;
  heldOn: string[];
  organiser: Seat;
  serves: { obligation: Titled; occurrence: string | null } | null;
  enrolled: number;
  attended: number;
  passed: number;
  failed: number;
  next: (Due & { what: 'session' | 'exam' | 'retake' }) | null;
  overdue: boolean;
}

export interface TrainingList {
  items: TrainingSummary[];
  counts: { status: Record<string, number>; overdue: number };
  provides: Provided[];
  may: { plan: Capacity[] };
}

export interface Trainee {
  personId: string;
  name: string | null;
  withdrawn: boolean;
  attendedOn: string[];
  attempts: { examinedOn: string; score: string; passed: boolean }[];
  examDue: Due | null;
  examOverdue: boolean;
  retakeDue: Due | null;
  retakeOverdue: boolean;
  mustRetrain: boolean;
  certificate: { number: string; issuedOn: string } | null;
  feedback: { score: number; text: string | null } | null;
}

export interface Training extends TrainingSummary {
  can: TrainingAct[];
  as: Partial<Record<TrainingAct, Capacity[]>>;
  clauses: string[];
  provides: Provided;
  note: string | null;
  reason: string | null;
  trainees: Trainee[];
  checklist: { part: Titled; topic: boolean; mayOmit: boolean; taught: boolean }[];
  completedAt: string | null;
  documents: Attached[];
  feedbackUntil: Due | null;
  events: AgreementEvent[];
}

interface Counted extends Titled {
  planned: number;
  held: number;
  lastHeldOn: string | null;
}
export interface TrainingCoverage {
  asOf: string;
  items: {
    training: Titled;
    clauses: string[];
    topics: Counted[];
    missing: { topics: Titled[]; modes: Titled[]; methods: Titled[] };
    satisfaction: { session: string; heldOn: string; before: string | null; after: string | null }[];
    feedback: { answers: number; mean: string | null };
  }[];
}

export interface Qualifications {
  on: string;
  gated: boolean;
  clauses: string[];
  items: {
    personId: string;
    name: string | null;
    qualified: boolean | null;
    since: string | null;
    certificates: { number: string; issuedOn: string }[];
    missing: { training: Titled; topics: Titled[]; exam: boolean }[];
    overdue: { training: Titled; lastOn: string | null; dueOn: string }[];
  }[];
}

export function useTrainings(
  { id, status }: Pick<Agreement, 'id' | 'status'>,
  filter: { year: string; status: string } = { year: '', status: '' },
): UseQueryResult<TrainingList> {
  return useQuery({
    queryKey: [...agreementKey(id), 'trainings', filter],
    queryFn: ({ signal }) =>
      request<TrainingList>(`${agreementPath(id)}/trainings${queryString({ ...filter })}`, { signal }),
    enabled: status !== 'draft' && status !== 'starting',
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.status === 'starting') ? 2_000 : false),
  });
}

export function useTraining(agreementId: string, id: string): UseQueryResult<Training> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'trainings', id],
    queryFn: ({ signal }) =>
      request<Training>(`${agreementPath(agreementId)}/trainings/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

export function useCoverage(agreementId: string): UseQueryResult<TrainingCoverage> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'training-coverage'],
    queryFn: ({ signal }) => request<TrainingCoverage>(`${agreementPath(agreementId)}/training-coverage`, { signal }),
  });
}

export function useQualifications(agreementId: string, on: string): UseQueryResult<Qualifications> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'qualifications', on],
    queryFn: ({ signal }) =>
      request<Qualifications>(`${agreementPath(agreementId)}/qualifications${queryString({ on })}`, { signal }),
    placeholderData: (before) => before,
  });
}

export const trainingPage = (agreementId: string, id: string): string =>
  `/agreements/${encodeURIComponent(agreementId)}/trainings/${encodeURIComponent(id)}`;
