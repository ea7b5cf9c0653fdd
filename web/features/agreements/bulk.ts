import { useQuery } from '@tanstack/react-query';
import { queryString, request } from '../../api.ts';
import type { AgreementStatus, AgreementSummary, Page, Party, Text } from '../../wire.ts';

/** A row of the list. */
export interface ListedAgreement extends AgreementSummary {
  /** Name of whoever fills the seat; of a draft, as it says. */
  coordinator: string | null;
  startedAt: string | null;
}

export const STATUSES = [
  'draft',
  'starting',
  'awaiting-signatures',
  'active',
  'suspended',
  'terminated',
  'expired',
  'closed',
] as const satisfies readonly AgreementStatus[];
export const SORTS = ['newest', 'oldest', 'started', 'expiry'] as const;

/** What the list can be narrowed to, by the names that stand in the address and in the API. */
export const FILTERS = [
  'search',
  'status',
  'template',
  'coordinator',
  'person',
  'overdue',
  'expiresWithin',
  'startedFrom',
  'startedUntil',
] as const;
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>;

export function filtersOf(address: URLSearchParams): Filters {
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = address.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}

/** What can be done to many at once. */
export const BULK_ACTS = ['start', 'ask-signatures', 'replace-coordinator', 'delete-drafts'] as const;
export type BulkAct = (typeof BULK_ACTS)[number];

/** Agreements of one job. */
export const MOST_CHOSEN = 500;

interface Reason {
  code: string;
  message: string;
  cure: string;
}

export interface BulkPreview {
  act: BulkAct;
  can: number;
  cannot: number;
  items: {
    agreementId: string;
    title: Text;
    parties: Record<string, Party>;
    status: AgreementStatus;
    reason: Reason | null;
  }[];
}

export type LineStatus = 'waiting' | 'pending' | 'done' | 'refused';

export interface BulkJob {
  id: string;
  act: BulkAct | 'import';
  /** Null for a program. */
  by: string | null;
  template?: string;
  fileName?: string;
  start?: boolean;
  createdAt: string;
  stopped: boolean;
  finishedAt: string | null;
  counts: Record<LineStatus, number>;
}

export interface BulkLine {
  number: number;
  /** Row of the table that it came from. */
  line?: number;
  reference?: string;
  agreementId: string;
  exists: boolean;
  title: Text;
  parties: Record<string, Party>;
  status: LineStatus;
  reason: Reason | null;
  settledAt: string | null;
}

export const JOBS = ['bulk-jobs'] as const;
export const jobPath = (id: string): string => `/agreements/jobs/${encodeURIComponent(id)}`;

/** While a job is at work its page looks again and again. */
const LOOK_AGAIN_MS = 1_000;

export function useJob(id: string) {
  return useQuery({
    queryKey: [...JOBS, id],
    queryFn: ({ signal }) => request<BulkJob>(`/bulk/jobs/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.finishedAt === null ? LOOK_AGAIN_MS : false),
  });
}

/** Every line of a job: at most `MOST_CHOSEN` of them. */
export function useJobLines(id: string, counts: BulkJob['counts'] | undefined) {
  return useQuery({
    // Asked again whenever a line was settled.
    queryKey: [...JOBS, id, 'lines', counts],
    queryFn: async ({ signal }) => {
      const lines: BulkLine[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const path: string = `/bulk/jobs/${encodeURIComponent(id)}/lines${queryString({ limit: 200, cursor })}`;
        const page: Page<BulkLine> = await request<Page<BulkLine>>(path, { signal });
        lines.push(...page.items);
        cursor = page.nextCursor;
      }
      return lines;
    },
    enabled: counts !== undefined,
    placeholderData: (before) => before,
  });
}

export const isOver = ({ counts }: BulkJob): boolean => counts.waiting + counts.pending === 0;
export const totalOf = ({ counts }: BulkJob): number => counts.waiting + counts.pending + counts.done + counts.refused;
