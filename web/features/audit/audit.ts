import { type UseQueryResult, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { agreementPath, queryString, request } from '../../api.ts';
import type { AgreementEvent, Notice, Replay, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';

export const WORKFLOW_TYPES = [
  'agreement',
  'survey',
  'improvement',
  'visit',
  'training',
  'risk',
  'case',
  'evaluation',
  'engagement',
] as const;
export type WorkflowType = (typeof WORKFLOW_TYPES)[number];

interface Told {
  /** Its place in what was asked for, from 1. */
  number: number;
  workflowId: string;
  type: WorkflowType;
}

/** One paragraph of the narrative: something that happened, or a mail that left. */
export type Paragraph =
  | (Told & { of: 'event'; process: { id: string; reference: string } | null; told: Text; event: AgreementEvent })
  | (Told & {
      of: 'notice';
      notice: Notice & { name: string | null; messageId: string; bouncedAt: string | null };
    });

interface NarrativePage {
  items: Paragraph[];
  total: number;
  nextCursor: string | null;
}

/** What the narrative is narrowed to. */
export interface Narrowing {
  type?: string;
  workflow?: string;
  by?: string;
  notices?: string;
  from?: string;
  until?: string;
}

/** So many paragraphs come at a time. */
const PAGE = 200;

export function useNarrative(id: string, narrowing: Narrowing) {
  return useInfiniteQuery({
    queryKey: [...agreementKey(id), 'narrative', narrowing],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<NarrativePage>(
        `${agreementPath(id)}/narrative${queryString({ ...narrowing, limit: PAGE, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // Thousands of paragraphs are not fetched anew because somebody looked at another window.
    refetchOnWindowFocus: false,
  });
}

export interface Workflow {
  workflowId: string;
  type: WorkflowType;
  id: string | null;
  reference: string | null;
  status: string;
  events: number;
  head: string | null;
  runs: number;
  archived: number;
}

/** A replay that was asked for. */
export interface AuditRun {
  id: string;
  workflowId: string | null;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'interrupted';
  step: 'replaying' | 'comparing';
  done: number;
  total: number;
  askedAt: string;
  endedAt: string | null;
  by: string | null;
  code: { version: string; bundle: string; sdk: string } | null;
  verdict: Replay['verdict'] | null;
  failure: string | null;
}

/** The verdict on one workflow. */
export interface WorkflowVerdict extends Replay {
  workflowId: string;
  because?: { code: string; run?: string; of?: string; text: string };
}

export interface RecordFinding {
  what: string;
  where: string;
  expected: unknown;
  found: unknown;
}

/** One comparison of the database with the histories. */
export interface RecordCheck {
  check: string;
  result: 'agrees' | 'differs' | 'skipped';
  compared: number;
  findings: RecordFinding[];
  more: number;
}

export interface AuditRunResult extends AuditRun {
  result: { workflows: WorkflowVerdict[]; checks: RecordCheck[] | null } | null;
}

export interface Audit {
  events: number;
  notices: number;
  documents: { count: number; bytes: number };
  fingerprint: string;
  workflows: Workflow[];
  runs: AuditRun[];
}

export function isUnderWay({ status }: Pick<AuditRun, 'status'>): boolean {
  return status === 'waiting' || status === 'running';
}

const auditKey = (id: string): string[] => [...agreementKey(id), 'audit'];

export function useAudit(id: string): UseQueryResult<Audit> {
  return useQuery({
    queryKey: auditKey(id),
    queryFn: ({ signal }) => request<Audit>(`${agreementPath(id)}/audit`, { signal }),
    refetchInterval: (query) => (query.state.data?.runs.some(isUnderWay) ? 1_500 : false),
  });
}

export function useAuditRun(id: string, run: AuditRun | undefined): UseQueryResult<AuditRunResult> {
  return useQuery({
    // What it came to never changes; how far it is stands in the list.
    queryKey: [...auditKey(id), 'run', run?.id, run?.status],
    queryFn: ({ signal }) =>
      request<AuditRunResult>(`${agreementPath(id)}/audit-runs/${encodeURIComponent(run?.id ?? '')}`, { signal }),
    enabled: run?.status === 'done',
    staleTime: Infinity,
  });
}
