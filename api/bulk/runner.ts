import { setTimeout as sleep } from 'node:timers/promises';
import { sessionsOf } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { BulkJob, BulkLine } from '../../prisma/generated/client.ts';
import { type BulkDeps, type JobAct, type JobOptions, type LineResult, carryOut, hurried, outcomeOf } from './acts.ts';
import { type Asker, principalOfAsker } from './asker.ts';
import { leaveWaiting } from './jobs.ts';

const PAUSE_MS = 1_000;
/** Lines of a job between two looks at the others. */
const STEP = 8;
/** Lines at once: the engine serves other people, too. */
const AT_ONCE = 4;
/** Jobs that are looked at in a round. */
const JOBS = 20;

export interface BulkRunner {
  /** Ends after the lines that are under way. */
  stop(): Promise<void>;
}

/**
 * Carries bulk jobs out in small steps, all jobs in turn. A job is one process's at a time: it holds a session lock, which
 * ends with the process, so that another one goes on at once after a crash. A line that was begun is carried out again,
 * which changes nothing more.
 */
export function startBulkRunner(deps: BulkDeps, { pauseMs = PAUSE_MS }: { pauseMs?: number } = {}): BulkRunner {
  const { database, clock, log } = deps;
  const stopping = new AbortController();
  const done = run();
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const worked = await round().catch((error: unknown) => stoodStill(error));
      if (!worked) await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined); // woken by stop
    }
  }

  /** The database or mail may be away for a while: the next round tells. */
  function stoodStill(error: unknown, job?: string): false {
    log.error(
      { error: error instanceof Error ? error.name : 'unknown', ...(job === undefined ? {} : { job }) },
      'a bulk job stood still: it is tried again',
    );
    return false;
  }

  /** One step of every job that is open. @returns whether any line was settled */
  async function round(): Promise<boolean> {
    const jobs = await database.bulkJob.findMany({
      where: { finishedAt: null },
      orderBy: { createdAt: 'asc' },
      take: JOBS,
    });
    let worked = false;
    for (const job of jobs) {
      if (stopping.signal.aborted) break;
      // One that cannot go on, as long as it cannot, keeps no other.
      if (await alone(job.id, () => step(job)).catch((error: unknown) => stoodStill(error, job.id))) worked = true;
    }
    return worked;
  }

  /** Unless another process is at it. */
  async function alone(jobId: string, work: () => Promise<boolean>): Promise<boolean> {
    const session = await sessionsOf(database).connect();
    const name = `abide bulk ${jobId}`;
    try {
      const { rows } = await session.query<{ mine: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine',
        [name],
      );
      if (!rows[0]?.mine) return false;
      try {
        return await work();
      } finally {
        await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
      }
    } finally {
      session.release();
    }
  }

  async function step(job: BulkJob): Promise<boolean> {
    const { id: jobId, stoppedAt } = job;
    if (stoppedAt) await leaveWaiting(database, jobId, new Date(clock()));
    const [waiting, pending] = await Promise.all([
      database.bulkLine.findMany({ where: { jobId, status: 'waiting' }, orderBy: { number: 'asc' }, take: STEP }),
      database.bulkLine.findMany({ where: { jobId, status: 'pending' }, orderBy: { number: 'asc' } }),
    ]);
    let settled = 0;
    for (const line of pending) {
      if (await settle(line, 'pending', await outcomeOf(deps, line, job.act as JobAct))) settled += 1;
    }
    const todo = [...waiting];
    let world = deps;
    const work = async (): Promise<void> => {
      for (let line = todo.shift(); line && !stopping.signal.aborted; line = todo.shift()) {
        const result = await carryOut(world, line, {
          act: job.act as JobAct,
          options: job.options as JobOptions,
          by: principalOfAsker(job.by as unknown as Asker),
        });
        if (result === 'pending') world = hurried(deps);
        if (await settle(line, 'waiting', result)) settled += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await database.bulkJob.updateMany({
      where: { id: jobId, finishedAt: null, lines: { none: { status: { in: ['waiting', 'pending'] } } } },
      data: { finishedAt: new Date(clock()) },
    });
    return settled > 0;
  }

  /** @returns whether the line's status is another now */
  async function settle({ jobId, number }: BulkLine, before: string, result: LineResult): Promise<boolean> {
    const status = typeof result === 'string' ? result : 'refused';
    if (status === before) return false;
    const isOver = status !== 'pending';
    const { count } = await database.bulkLine.updateMany({
      where: { jobId, number, status: before },
      data: {
        status,
        draft: Prisma.DbNull, // the agreement has it now, or nobody wants it
        ...(typeof result === 'string' ? {} : { reason: result as unknown as Prisma.InputJsonObject }),
        ...(isOver ? { settledAt: new Date(clock()) } : {}),
      },
    });
    return count > 0;
  }
}
