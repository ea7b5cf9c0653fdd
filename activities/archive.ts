import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../prisma/database.ts';
import type { Clock } from './clock.ts';
import { ifKnown, packHistory, runFacts } from './histories.ts';
import type { KillPoint } from './kill-points.ts';

interface ArchiveDeps {
  database: Database;
  temporal: () => Client;
  clock: Clock;
  killPoint: KillPoint;
  log: Pick<Logger, 'info' | 'warn'>;
}

const HOUR_MS = 3_600_000;
/** Workflow ids that one read of the database brings. */
const PAGE = 500;
/** Questions to the server at the same time: it serves agreements first. */
const AT_ONCE = 5;

/**
 * Keeps the histories of runs that ended or were continued, before the server's retention ends. Asks the server run by
 * run, never its visibility store (design §3). A run that the server doesn't know any more stays unarchived, is logged,
 * and makes a replay `incomplete`. Doing it again, or by two workers at once, changes nothing.
 */
export async function archiveClosedRuns(deps: ArchiveDeps): Promise<{ archived: number; missing: number }> {
  const total = { archived: 0, missing: 0 };
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
      for (const done of await Promise.all(batch.map(({ workflowId }) => archiveWorkflow(deps, workflowId)))) {
        total.archived += done.archived;
        total.missing += done.missing;
      }
    }
    const last = ids.at(-1);
    if (!last) return total;
    after = last.workflowId;
  }
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
      const done = await archiveClosedRuns(deps);
      if (done.archived + done.missing > 0) deps.log.info(done, 'archived the histories of ended runs');
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
