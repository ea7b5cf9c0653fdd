import type { Text } from '../../wire.ts';
import type { Estimate } from './survey.ts';

/** What `/api` tells of a cycle beside its page (api/surveys/insight-schema.ts). */
export interface Progress {
  asOf: string;
  publishedOn: string | null;
  closesOn: string | null;
  closedOn: string | null;
  daysLeft: number | null;
  drawn: number | null;
  minimumSample: number | null;
  wantedRatePercent: string | null;
  days: { on: string; answered: number; late: number }[];
  waves: { wave: number; at: string; sent: number; unreachable: number }[];
  nextReminder: string | null;
  standing: Record<'sent' | 'answered' | 'bounced' | 'unreachable' | 'optedOut' | 'merged' | 'waiting', number>;
  tiers: { tier: string; drawn: number; reached: number; answered: number | null }[];
}

export interface QuestionResult {
  name: string;
  question: string;
  row: string | null;
  title: Text;
  type: string;
  role: string;
  dimension: { id: string; title: Text } | null;
  n: number;
  mean: Estimate | null;
  satisfied: Estimate | null;
  nps: Estimate | null;
  scale: { min: number; max: number } | null;
  distribution: { value: string | number | boolean; title: Text; count: number; share: number }[];
}

export interface QuestionResults {
  withheld: boolean;
  n: number;
  minimumSample: number | null;
  items: QuestionResult[];
}

/** A group of the figures: `tier`, `key`. */
export interface GroupOf {
  by: string;
  group: string;
}

/** Which answers are listed. */
export interface AnswerFilter {
  question?: string;
  value?: string;
  words?: 'true';
  by?: string;
  group?: string;
}

export interface AnswerPage {
  withheld: boolean;
  why: 'too-few' | 'anonymous-group' | null;
  total: number;
  items: {
    id: string;
    channel: string | null;
    receivedOn: string | null;
    customer: { id: string; key: string; name: string; erased: boolean } | null;
    said: { name: string; title: Text; value: Text; isWords: boolean }[];
  }[];
  nextCursor: string | null;
}

export interface Audience {
  method: string;
  seed: string | null;
  sha256: string;
  population: number;
  willing: number;
  excluded: { optedOut: number; noConsent: number; archived: number };
  drawn: number;
  unreachable: number;
  tiers: { tier: string; population: number; willing: number; drawn: number }[];
  channels: { channel: string; drawn: number; unreachable: number }[];
  customers: { customerId: string; key: string; name: string; tier: string; channel: string; reachable: boolean }[];
  left: { customerId: string; key: string; name: string; tier: string; why: string }[];
}
