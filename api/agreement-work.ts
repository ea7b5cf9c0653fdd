import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { PROCESS_TYPES, type ProcessType } from '../domain/process/process.ts';
import type { Database } from '../prisma/database.ts';
import { type Permission, type Principal, reachOf } from './policy.ts';

/** How much of a kind of work there is. */
interface Work {
  type: ProcessType;
  /** Not over yet. */
  open: number;
  total: number;
}

const KNOWS: Record<ProcessType, (agreement: CompiledAgreement) => boolean> = {
  // A cycle that no obligation brings about yet has nothing to show.
  survey: () => false,
  improvement: ({ improvement }) => improvement !== undefined,
  visit: ({ visits = [] }) => visits.length > 0,
  training: ({ trainings = [] }) => trainings.length > 0,
  risk: ({ risks = [] }) => risks.length > 0,
  case: ({ cases = [] }) => cases.length > 0,
  evaluation: ({ evaluations = [] }) => evaluations.length > 0,
  engagement: ({ engagements = [] }) => engagements.length > 0,
};

/** What nothing more is expected of. */
const OVER: Record<ProcessType, readonly string[]> = {
  survey: ['missed', 'reported', 'elsewhere', 'cancelled'],
  improvement: ['closed', 'merged', 'dismissed', 'cancelled'],
  visit: ['reported', 'cancelled'],
  training: ['completed', 'closed', 'cancelled'],
  risk: ['closed'],
  case: ['closed'],
  evaluation: ['published', 'complete', 'ended'],
  engagement: ['refused', 'closed', 'withdrawn'],
};

const READ_BY: Record<ProcessType, Permission> = {
  survey: 'agreements.read',
  improvement: 'agreements.read',
  visit: 'agreements.read',
  training: 'agreements.read',
  risk: 'record.read',
  case: 'cases.read',
  evaluation: 'evaluations.read',
  engagement: 'agreements.read',
};

/** The kinds of work that an agreement knows, or has had, as far as the reader may know of them; how much is open. */
export async function workOf(
  database: Database,
  {
    agreementId,
    compiled,
    reader,
  }: { agreementId: string; compiled: CompiledAgreement | undefined; reader: Principal },
): Promise<Work[]> {
  if (compiled === undefined) return [];
  const counted = await database.process.groupBy({
    by: ['type', 'status'],
    where: { agreementId },
    _count: { _all: true },
  });
  return PROCESS_TYPES.flatMap((type) => {
    if (reachOf(READ_BY[type], reader) === 'none') return [];
    const rows = counted.filter((row) => row.type === type);
    const sum = (some: typeof rows): number => some.reduce((total, { _count }) => total + _count._all, 0);
    const total = sum(rows);
    if (total === 0 && !KNOWS[type](compiled)) return [];
    return [{ type, open: sum(rows.filter(({ status }) => !OVER[type].includes(status))), total }];
  });
}
