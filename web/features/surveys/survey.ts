import type { AgreementEvent, Text } from '../../wire.ts';
import type { Capacity } from '../process/capacity.ts';

export interface Seat {
  seat: string;
  title: Text;
}
export interface Due {
  dueAt: string;
  localDate: string;
}
interface Titled {
  id: string;
  title: Text;
}
/** With its 95 % interval; decimals as text. */
export interface Estimate {
  value: string;
  low: string;
  high: string;
}
export interface Measures {
  n: number;
  mean: Estimate | null;
  satisfied: Estimate | null;
  nps: Estimate | null;
}
export type SurveyStatus =
  'starting' | 'planned' | 'missed' | 'open' | 'closed' | 'analysed' | 'reported' | 'elsewhere' | 'cancelled';
export type SurveyAct =
  | 'design'
  | 'approve'
  | 'propose-date'
  | 'accept-date'
  | 'draw'
  | 'publish'
  | 'close'
  | 'set-weights'
  | 'raise'
  | 'release';
type Method = 'all' | 'random' | 'stratified';
/** Fractions by dimension. */
export type Weights = Record<string, string>;

export interface SurveySummary {
  id: string;
  reference: string;
  title: Text;
  obligation: string | null;
  occurrence: string | null;
  status: SurveyStatus;
  responsible: Seat;
  due: Due | null;
  agreedDate: string | null;
  publishedAt: string | null;
  closes: Due | null;
  closedAt: string | null;
  releasedAt: string | null;
  drawn: number | null;
  invited: number;
  unreachable: number;
  answered: number;
  late: number;
  score: string | null;
  verdict: 'reached' | 'missed' | 'none' | null;
  /** What happens next: `step` is a word of the group `surveyNext`; `by` empty: time or a machine does it. */
  next: { step: string; by: Seat[]; on: string | null };
  overdue: boolean;
}

export interface Figures {
  population: number;
  drawn: number;
  reached: number;
  answered: number;
  late: number;
  responseRate: Estimate | null;
  coverage: Estimate | null;
  scale: { min: number; max: number };
  score: string | null;
  overall: Measures;
  dimensions: (Titled & { weight: string; measures: Measures; parts: (Titled & { measures: Measures })[] })[];
  /** `measures` null: too few to be shown. */
  groups: { by: string; key: string; title: Text; measures: Measures | null }[];
  importance: Weights | null;
  verdict:
    | { outcome: 'reached' | 'missed'; measure: 'score' | 'satisfied'; value: string; target: string }
    | { outcome: 'none'; why: string };
}

/** One cycle of a survey, as `GET /agreements/{id}/surveys/{survey}` tells it. */
export interface Survey extends SurveySummary {
  asOf: string;
  can: SurveyAct[];
  /** May send test mails of the questionnaire. */
  mayTest: boolean;
  as: Partial<Record<SurveyAct, Capacity[]>>;
  provides: {
    responsible: Seat;
    dateAgreedBy: Seat[];
    approvers: Seat[];
    dimensions: (Titled & { clauses: string[]; parts: Titled[] })[];
    weights: Weights;
    asksImportance: boolean;
    channels: string[];
    audience: { tiers: string[] | null; product: boolean; clauses: string[] };
    sample: { method: Method; size: number | null; percent: string | null; clauses: string[] };
    minimumSample: number | null;
    openDays: number;
    reminderLeadDays: number[];
    target: { measure: 'score' | 'satisfied'; value: string; clauses: string[] } | null;
    responseRatePercent: string | null;
    anonymous: boolean;
    gates: { gate: 'team' | 'method' | 'sample'; clauses: string[]; isGiven: boolean | null }[];
    report: { by: Seat; to: Seat[]; acknowledged: boolean; clauses: string[] };
    findingsBelow: string | null;
    improvement: boolean;
    clauses: string[];
  };
  questionnaire: {
    version: number;
    sha256: string;
    json: unknown;
    questions: number;
    scale: { min: number; max: number };
    weights: Weights;
    approvedBy: Seat[];
    waitsFor: Seat[];
  } | null;
  date: { proposed: string; by: Seat; acceptedBy: Seat[]; waitsFor: Seat[]; agreed: boolean } | null;
  sample: {
    method: Method;
    seed: string | null;
    sha256: string;
    population: number;
    drawn: number;
    unreachable: number;
    optedOut: number;
    tiers: Record<string, number>;
    reached: number;
  } | null;
  unreached: {
    count: number;
    customers: { customerId: string; key: string; name: string; channel: string; status: string }[] | null;
  };
  channels: { channel: string; drawn: number; reached: number; answered: number }[];
  reminders: string[];
  figures: Figures | null;
  earlier: {
    reference: string;
    closedOn: string;
    score: string | null;
    dimensions: Record<string, string | null>;
    weights: Weights;
  }[];
  nextWeights: Weights | null;
  findings: {
    finding: string;
    title: string | null;
    dimension: Titled | null;
    improvement: { id: string; status: string; priority: string | null } | null;
  }[];
  report: {
    releasedAt: string;
    by: string | null;
    judgement: string | null;
    recommendations: string | null;
    documents: { id: string; fileName: string; size: number; sha256: string }[];
  } | null;
  events: AgreementEvent[];
}
