import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../prisma/database.ts';
import type { Clock } from './clock.ts';
import { type Chore, keepHouse } from './housekeeping.ts';
import { ifKnown, packHistory, runFacts } from './histories.ts';
import type { KillPoint } from './kill-points.ts';

interface ArchiveDeps {
  database: Database;
  temporal: () => Client;
  clock: Clock;
  killPoint: KillPoint;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** Under which name it is told when it last ran. */
const ARCHIVE: Chore = 'archive';
const HOUR_MS = 3_600_000;
/** Workflow ids that one read of the database brings. */
const PAGE = 500;
/** Questions to the server at the same time: it serves agreements first. */
const AT_ONCE = 5;

/** A history that the server has and that cannot be read: too large for a message, damaged. */
export interface Unreadable {
  workflowId: string;
  /** A code, never the server's words. */
  code: string;
}

/** What a sweep came to. */
export interface Swept {
  archived: number;
  /** Runs that the server does not know any more. */
  missing: number;
  unreadable: Unreadable[];
}

/**
 * Keeps the histories of runs that ended or were continued, before the server's retention ends. Asks the server run by
 * run, never its visibility store (design §3). A run that the server doesn't know any more stays unarchived, is logged,
 * and makes a replay `incomplete`; so does a history that cannot be read, which is named and holds up no other. Doing it
 * again, or by two workers at once, changes nothing.
 */
export async function archiveClosedRuns(deps: ArchiveDeps): Promise<Swept> {
  const total: Swept = { archived: 0, missing: 0, unreadable: [] };
  let after = '';
  for (;;) {
    const ids = await deps.database.workflowRun.findMany({
      where: { archivedAt: null, workflowId: { gt: after } },
      distinct: ['workflowId'],
      orderBy: { workflowId: 'asc' },
      select: { workflowId: true },
      take: PAGE,
    });
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const batch = ids.slice(start, start + AT_ONCE);
      for (const done of await Promise.all(batch.map(({ workflowId }) => archiveReadable(deps, workflowId)))) {
        total.archived += done.archived;
        total.missing += done.missing;
        total.unreadable.push(...done.unreadable);
      }
    }
    const last = ids.at(-1);
    if (!last) return total;
    after = last.workflowId;
  }
}

/** A history that cannot be read is this workflow's alone. @throws while the engine, or the database, is away */
async function archiveReadable(deps: ArchiveDeps, workflowId: string): Promise<Swept> {
  try {
    return { ...(await archiveWorkflow(deps, workflowId)), unreadable: [] };
  } catch (error) {
    const code = unreadableCode(error);
    if (code === undefined) throw error;
    deps.log.warn({ workflowId, code }, 'a history cannot be read, and is not archived');
    return { archived: 0, missing: 0, unreadable: [{ workflowId, code }] };
  }
}

/** gRPC's codes for what is wrong with this one answer, whatever the server does otherwise. */
const UNREADABLE: Record<number, string> = { 8: 'too-large', 11: 'out-of-range', 13: 'internal', 15: 'data-loss' };

function unreadableCode(error: unknown): string | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (isGrpcServiceError(one)) return UNREADABLE[Number(one.code)];
    if (one instanceof TypeError || one instanceof RangeError) return 'not-a-history';
  }
  return undefined;
}

async function archiveWorkflow(deps: ArchiveDeps, workflowId: string): Promise<{ archived: number; missing: number }> {
  const { database, clock, log } = deps;
  const { workflow } = deps.temporal();
  const current = await ifKnown(workflow.getHandle(workflowId).describe());
  const waiting = await database.workflowRun.findMany({
    where: { workflowId, archivedAt: null },
    orderBy: { firstSeenAt: 'asc' },
    omit: { history: true },
  });
  const done = { archived: 0, missing: 0 };
  for (let run = waiting.shift(); run; run = waiting.shift()) {
    const { runId } = run;
    if (runId === current?.runId && current.status.name === 'RUNNING') continue;
    const history = await ifKnown(workflow.getHandle(workflowId, runId).fetchHistory());
    if (!history) {
      log.warn({ workflowId, runId }, 'the server does not know this run any more: its history cannot be archived');
      done.missing += 1;
      continue;
    }
    const { closed, next } = runFacts(history);
    if (!closed) continue; // it was current when the server was asked, or the server was asked between two runs
    await database.workflowRun.updateMany({
      where: { workflowId, runId, archivedAt: null },
      data: { history: packHistory(history), archivedAt: new Date(clock()) },
    });
    deps.killPoint('archive:stored');
    done.archived += 1;
    if (next === undefined || next === current?.runId) continue;
    // A run that ended before it recorded anything is a link of the chain all the same.
    const link = { ...run, runId: next, firstSeenAt: new Date(clock()), archivedAt: null };
    const { count } = await database.workflowRun.createMany({ data: [link], skipDuplicates: true });
    if (count === 1) waiting.push(link);
  }
  return done;
}

/** Archives now and every hour until it is stopped. A sweep that fails is logged, and the next one does its work. */
export function startArchiveSweep(deps: ArchiveDeps): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sweep = Promise.resolve();
  const run = async () => {
    try {
      const { archived, missing, unreadable } = await keepHouse(deps, ARCHIVE, () => archiveClosedRuns(deps));
      const done = { archived, missing, unreadable: unreadable.length };
      if (archived + missing + unreadable.length > 0) deps.log.info(done, 'archived the histories of ended runs');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      deps.log.warn({ error: message }, 'the archive sweep failed, again in an hour');
    }
    if (!stopped) timer = setTimeout(start, HOUR_MS);
  };
  const start = () => {
    sweep = run();
  };
  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sweep;
    },
  };
}
