import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Instant } from '../domain/time.ts';
import type { startTimeSkipping } from '../embedded/time-skipping.ts';
import type { Database } from '../prisma/database.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';
import { quiet } from '../workflows/messages.ts';

/** How long one step may take to settle, in real time. */
const SETTLES_WITHIN_MS = 60_000;
/** A run hands over from 1,500 events on (workflows/shell.ts). */
const MAY_HAND_OVER_FROM = 1_400;
/** One call skips so far at most: a call that lasts minutes is repeated by the client, and time would pass twice. */
const LONGEST_SKIP_MS = 31 * 86_400_000;
/** So long nothing is under way and no event comes: then no task of the workflow runs. */
const STILL_MS = 300;
/** So long, in real time, the clock must walk before it is taken for locked. */
const STUCK_AFTER_MS = 30_000;

type Engine = Awaited<ReturnType<typeof startTimeSkipping>>;

/** The workflows of one agreement: its own, and those of its processes. */
export interface Runs {
  /** Until nothing is pending in any of them that is due by an instant; they tell one another, so all are asked again. */
  settle(asOfMs: Instant): Promise<void>;
  /** What stands where, and whether something is under way. */
  look(): Promise<{ at: string; isBusy: boolean }>;
}

export function runsOf(client: Client, database: Database, agreementId: string): Runs {
  const over = new Set<string>();
  const running = async (): Promise<string[]> => {
    const processes = await database.process.findMany({
      where: { agreementId },
      select: { workflowId: true },
      orderBy: { workflowId: 'asc' },
    });
    return [agreementWorkflowId(agreementId), ...processes.map(({ workflowId }) => workflowId)].filter(
      (workflowId) => !over.has(workflowId),
    );
  };
  const describe = async (workflowId: string) => {
    const { status, runId, historyLength, raw } = await client.workflow.getHandle(workflowId).describe();
    if (status.name !== 'RUNNING') over.add(workflowId);
    return { at: `${workflowId} ${runId} ${historyLength}`, isBusy: (raw.pendingActivities?.length ?? 0) > 0 };
  };
  const look = async () => {
    const all = await Promise.all((await running()).map(describe));
    return { at: all.map(({ at }) => at).join('\n'), isBusy: all.some(({ isBusy }) => isBusy) };
  };
  return {
    look,
    settle: async (asOfMs) => {
      const giveUpAt = performance.now() + SETTLES_WITHIN_MS;
      for (let before = ''; performance.now() < giveUpAt;) {
        for (const workflowId of await running()) await settleOne(client, workflowId, asOfMs);
        const { at, isBusy } = await look();
        if (!isBusy && at === before) return;
        before = at;
      }
      throw new Error(`the agreement's processes did not come to rest within ${SETTLES_WITHIN_MS / 1000} s`);
    },
  };
}

/**
 * Brings the engine's clock to an instant, and everything that is due by then to rest.
 *
 * @param told hears where the clock is going before it goes there
 */
export async function reach(env: Engine, runs: Runs, atMs: Instant, told: (nowMs: Instant) => void): Promise<void> {
  for (let fromMs = await env.currentTimeMs(); fromMs < atMs; fromMs = await env.currentTimeMs()) {
    const towardsMs = Math.min(atMs, fromMs + LONGEST_SKIP_MS);
    told(towardsMs);
    await skip(env, runs, towardsMs - fromMs);
    await runs.settle(towardsMs);
  }
  told(atMs);
  await runs.settle(atMs);
}

/**
 * Lets the engine's clock skip.
 *
 * @throws when it walks while nothing is under way: a lock of it has leaked (`settleOne`), and it would walk for years.
 */
async function skip(env: Engine, runs: Runs, durationMs: number): Promise<void> {
  let isOver = false;
  const sleeping = env.sleep(durationMs).then(() => (isOver = true));
  sleeping.catch(() => undefined); // once it is given up, the engine's end ends it
  for (;;) {
    const [beforeMs, before] = [await env.currentTimeMs(), await runs.look()];
    await Promise.race([sleeping, pause(STUCK_AFTER_MS, undefined, { ref: false })]);
    if (isOver) return;
    const after = await runs.look();
    const walks = (await env.currentTimeMs()) - beforeMs < 2 * STUCK_AFTER_MS;
    if (walks && !after.isBusy && before.at === after.at && !isOver) {
      throw new Error("the engine's clock does not skip although nothing is under way");
    }
  }
}

/**
 * Until everything due by an instant is folded, recorded and sent, or it is over. A query that waits while a run continues
 * as new leaves this engine's clock locked for ever: so none is asked while something is under way, and of a run that may
 * hand over soon, only once it has been still for a while.
 */
async function settleOne(client: Client, workflowId: string, asOfMs: Instant): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  const giveUpAt = performance.now() + SETTLES_WITHIN_MS;
  let still = { runId: '', events: 0, sinceMs: 0 };
  while (performance.now() < giveUpAt) {
    const { status, runId, historyLength: events, raw } = await handle.describe();
    if (status.name !== 'RUNNING') return;
    const isBusy = (raw.pendingActivities?.length ?? 0) > 0;
    if (isBusy || still.runId !== runId || still.events !== events) {
      still = { runId, events, sinceMs: performance.now() };
    }
    const isStill = !isBusy && (events < MAY_HAND_OVER_FROM || performance.now() - still.sinceMs > STILL_MS);
    if (isStill && (await handle.query(quiet, asOfMs))) return;
    await pause(5);
  }
  throw new Error(`${workflowId} did not come to rest within ${SETTLES_WITHIN_MS / 1000} s`);
}
