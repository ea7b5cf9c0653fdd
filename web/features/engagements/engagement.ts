import { type UseQueryResult, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { Agreement, AgreementEvent, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Attached } from '../process/attachments.tsx';
import type { Capacity } from '../process/capacity.ts';

/** Third parties of an agreement, as `/api` sends them (api/engagements/schema.ts). */
export const ENGAGEMENT_STATUSES = [
  'starting',
  'applied',
  'asked',
  'no-reply',
  'refused',
  'agreed',
  'invited',
  'drafted',
  'in-review',
  'signing',
  'active',
  'ending',
  'ended',
  'closed',
  'withdrawn',
] as const;
export type EngagementStatus = (typeof ENGAGEMENT_STATUSES)[number];

/** What may be done, by the part of the page to which it belongs; in each, what comes first. */
export const PARTS = {
  application: ['reply', 'provide', 'apply', 'withdraw'],
  agreement: ['negotiate', 'draft', 'review', 'sign', 'refuse-to-sign'],
  work: ['undertake', 'access', 'start-work', 'assign', 'report-involvement'],
  milestones: ['deliver', 'judge-delivery', 'follow-up', 'review-effect'],
  supervision: ['supervise'],
  support: ['ask-support', 'answer-support'],
  costs: ['charge', 'pay'],
  cap: ['propose-cap', 'answer-cap'],
  losses: ['report-loss', 'answer-loss', 'record-recourse'],
  end: ['end', 'serve', 'settle'],
} as const;
export type Part = keyof typeof PARTS;
export type EngagementAct = (typeof PARTS)[Part][number];

export interface Seat {
  seat: string;
  title: Text;
}
export interface Titled {
  id: string;
  title: Text;
}
interface Due {
  dueAt: string;
  localDate: string;
}
export interface Step {
  act: EngagementAct;
  by: Seat[];
  due: Due | null;
  overdue: boolean;
  about: string | null;
}

export interface EngagementSummary {
  id: string;
  agreementId: string;
  reference: string;
  kind: 'involvement' | 'commission';
  status: EngagementStatus;
  thirdParty: {
    seat: string;
    /** Null for those who may not read the record. */
    name: string | null;
    kind: 'legal-person' | 'other-organisation' | null;
    registration: string | null;
  };
  purpose: string | null;
  applicant: Seat;
  appliedAt: string;
  signedOn: string | null;
  endsOn: string | null;
  endedOn: string | null;
  overdue: boolean;
  next: Step[];
}

export const SECTIONS = ['purpose', 'scope', 'liability', 'costs', 'term', 'responsibilities', 'rights'] as const;
export type SectionName = (typeof SECTIONS)[number];
type Ground = 'unable-to-perform' | 'breach' | 'purpose-achieved';

/** What the contract says; null: it knows no such step. */
export interface EngagementRules {
  id: string;
  kind: 'involvement' | 'commission';
  clauses: string[];
  applicants: Seat[];
  application: { demands: string[]; clauses: string[] } | null;
  advanceNotice: { days: number | null; clauses: string[] } | null;
  negotiation: { between: Seat[]; clauses: string[] } | null;
  reply: { by: Seat | null; workingDays: number | null; clauses: string[] } | null;
  jointReview: { by: Seat[]; days: number | null; clauses: string[] } | null;
  agreement: { sections: SectionName[]; signatories: string[]; clauses: string[] };
  cap: { mandatory: boolean; rationale: Titled[]; changeable: boolean; clauses: string[] } | null;
  scopes: Titled[];
  siteRules: { clauses: string[] } | null;
  undertaking: { clauses: string[] } | null;
  acceptance: { by: Seat[]; days: number | null; clauses: string[] } | null;
  effectReview: { by: Seat[]; clauses: string[] } | null;
  supervision: { by: Seat[]; clauses: string[] } | null;
  support: { by: Seat[]; days: number | null; clauses: string[] } | null;
  fee: { shares: Record<string, string> | null; clauses: string[] } | null;
  liability: { lossShares: Record<string, string> | null; clauses: string[] };
  end: { grounds: Ground[]; items: Titled[]; clauses: string[] } | null;
}

export interface EngagementList {
  items: EngagementSummary[];
  counts: { status: Record<string, number>; overdue: number };
  rules: (EngagementRules & { title: Text })[];
  parties: Seat[];
  /** Who fills the agreement's own seat of a third party. */
  seatedThird: string | null;
  /** By rule. */
  may: { apply: Record<string, Capacity[]> };
}

export type Scope = { id: string; title: Text | null; words: string | null }[];
interface Reason extends Titled {
  words: string | null;
}
interface Entry {
  by: Seat;
  at: string;
  details: string | null;
  documents: Attached[];
}

export interface Round {
  number: number;
  by: Seat;
  appliedAt: string;
  purpose: string | null;
  effect: string | null;
  scope: Scope;
  interest: 'none' | 'conflict' | null;
  interestDetails: string | null;
  documents: Attached[];
  replyDue: Due | null;
  pausedDays: number;
  question: string | null;
  provided: { details: string | null; documents: Attached[] } | null;
  verdict: 'agree' | 'refuse' | null;
  repliedAt: string | null;
  reason: string | null;
  replyDocuments: Attached[];
  daysLate: number;
}

export interface Milestone {
  milestone: string;
  what: string | null;
  standard: string | null;
  dueOn: string | null;
  status: 'pending' | 'overdue' | 'handed-in' | 'rejected' | 'accepted';
  handedInAt: string | null;
  daysLate: number;
  attributable: boolean;
  note: string | null;
  documents: Attached[];
  acceptedBy: Seat[];
  waitsFor: Seat[];
  acceptBy: Due | null;
  acceptedOn: string | null;
  points: string[];
  effectDue: Due | null;
  effect: { by: Seat; verdict: 'good' | 'poor' }[];
}

export interface Loss {
  loss: string;
  amount: string;
  cause: Seat;
  category: string;
  of: Seat;
  lossOn: string;
  cap: string | null;
  recoverable: string | null;
  ownLoss: string | null;
  ownShares: Record<string, string> | null;
  status: 'claimed' | 'agreed' | 'disputed' | 'dropped' | 'own';
  agreedAmount: string | null;
  recourse: string;
  details: string | null;
  reason: string | null;
  documents: Attached[];
}

export interface Engagement extends EngagementSummary {
  /** Sums are left out for this reader. */
  withheld: boolean;
  asOf: string;
  agreement: { id: string; title: Text; zone: string; currency: string; parties: Seat[] };
  seatTitles: Record<string, Text>;
  can: EngagementAct[];
  as: Partial<Record<EngagementAct, Capacity[]>>;
  rules: EngagementRules;
  rounds: Round[];
  noticeThrough: string | null;
  negotiation: { on: string; present: Seat[]; minutes: string | null; documents: Attached[] } | null;
  draft: {
    sections: { section: SectionName; words: string | null }[];
    scope: Scope;
    fee: { basis: 'agreed' | 'actual'; amount: string | null } | null;
    cap: string | null;
    rationale: Reason[];
    endsOn: string | null;
    documents: Attached[];
    draftedAt: string;
    points: string[];
  } | null;
  review: { acceptedBy: Seat[]; waitsFor: Seat[]; due: Due | null; overdue: boolean } | null;
  signatures: { by: Seat; signedOn: string | null; documents: Attached[] }[];
  startsOn: string | null;
  undertaken: { what: 'secrecy' | 'site-rules'; documents: Attached[] }[];
  access: 'none' | 'granted' | 'withdrawn';
  workStartedOn: string | null;
  breaches: { foundOn: string; by: Seat; details: string | null; documents: Attached[] }[];
  tasks: { task: string; title: string | null; details: string | null; scope: Titled; on: string }[];
  milestones: Milestone[];
  reports: { report: string; title: string | null; complete: boolean; waitsFor: Seat[]; entries: Entry[] }[];
  support: {
    request: string;
    title: string | null;
    details: string | null;
    of: Seat[];
    waitsFor: Seat[];
    askedOn: string;
    due: Due | null;
    overdue: boolean;
    answeredOn: string | null;
    answers: Entry[];
  }[];
  costs: {
    currency: string;
    charges: {
      number: number;
      amount: string;
      on: string;
      shares: Record<string, string>;
      note: string | null;
      documents: Attached[];
    }[];
    owed: { by: Seat; amount: string }[];
    payments: { by: Seat; amount: string; on: string; reference: string | null; documents: Attached[] }[];
  } | null;
  caps: { amount: string | null; from: string }[];
  capUsed: string | null;
  capChanges: {
    number: number;
    amount: string | null;
    rationale: Reason[];
    reason: string | null;
    by: Seat;
    agreedBy: Seat[];
    status: string;
    notifiedOn: string | null;
    due: Due | null;
  }[];
  losses: Loss[];
  ending: {
    ground: string;
    by: Seat;
    agreedBy: Seat[];
    waitsFor: Seat[];
    noticed: boolean;
    reason: string | null;
  } | null;
  endGround: string | null;
  items: (Titled & { by: Seat[]; waitsFor: Seat[] })[];
  events: AgreementEvent[];
  /** What an event of a type says. */
  told: Record<string, Text>;
}

export function useEngagements({ id, status }: Pick<Agreement, 'id' | 'status'>): UseQueryResult<EngagementList> {
  return useQuery({
    queryKey: [...agreementKey(id), 'engagements'],
    queryFn: ({ signal }) => request<EngagementList>(`${agreementPath(id)}/engagements`, { signal }),
    enabled: status !== 'draft' && status !== 'starting',
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.status === 'starting') ? 2_000 : false),
  });
}

export function useEngagement(agreementId: string, id: string): UseQueryResult<Engagement> {
  return useQuery({
    queryKey: [...agreementKey(agreementId), 'engagements', id],
    queryFn: ({ signal }) =>
      request<Engagement>(`${agreementPath(agreementId)}/engagements/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'starting' ? 2_000 : 20_000),
  });
}

/** An engagement among those of several agreements; the third party is not told who the others are. */
export type OwnEngagement = EngagementSummary & {
  agreement: { id: string; title: Text; zone: string; parties: string[] };
};

export function useOwnEngagements(filter: { status: string; search: string }) {
  return useInfiniteQuery({
    queryKey: ['agreements', 'engagements', filter],
    queryFn: ({ pageParam, signal }) =>
      request<{ items: OwnEngagement[]; nextCursor: string | null }>(
        `/engagements${queryString({ ...filter, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export const engagementPage = (agreementId: string, id: string): string =>
  `/agreements/${encodeURIComponent(agreementId)}/engagements/${encodeURIComponent(id)}`;
