import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandDesk } from './commands.ts';
import { launchProcess } from './processes.ts';
import { type StartDeps, launch } from './starting.ts';

/** A command that waits for so long was not handed over, or its answer was lost. */
const REPEAT_AFTER_MS = 5_000;
const PAUSE_MS = 2_000;
/** Agreements that are handed over at once. */
const AT_ONCE = 4;
const BATCH = 200;

export interface Repeater {
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

/**
 * Hands over again, with the same ids and oldest first, what people asked for while engine or worker were away: commands
 * without an outcome, agreements and processes whose workflow did not begin.
 */
export function startRepeater(
  deps: Omit<StartDeps, 'desk'> & { desk: CommandDesk },
  options: { pauseMs?: number } = {},
): Repeater {
  const { database, clock, log } = deps;
  const pauseMs = options.pauseMs ?? PAUSE_MS;
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
      try {
        await repeatWaiting();
      } catch (error) {
        // The database may be away for a while; the next round tells.
        log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'repeating failed: it is tried again');
      }
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined); // woken by stop
    }
  }

  async function repeatWaiting(): Promise<void> {
    const before = new Date(clock() - REPEAT_AFTER_MS);
    const starting = await database.agreement.findMany({
      where: { status: 'starting', startedAt: { lt: before } },
      orderBy: { startedAt: 'asc' },
      select: { id: true },
      take: BATCH,
    });
    await inTurn(
      starting.map(
        ({ id }) =>
          () =>
            launch(deps, id),
      ),
    );

    const processes = await database.process.findMany({
      where: { status: 'starting', createdAt: { lt: before } },
      orderBy: { createdAt: 'asc' },
      select: { workflowId: true },
      take: BATCH,
    });
    await inTurn(
      processes.map(
        ({ workflowId }) =>
          () =>
            launchProcess(deps, workflowId),
      ),
    );

    const waiting = await database.command.findMany({
      where: { status: 'pending', type: { not: 'start' }, receivedAt: { lt: before } },
      orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
      distinct: ['agreementId', 'workflowId'], // the oldest of each: the workflow asks for the others itself, and none blocks the rest
      select: { id: true },
      take: BATCH,
    });
    await inTurn(
      waiting.map(
        ({ id }) =>
          () =>
            deps.desk.resend(id),
      ),
    );
  }

  /** Some at once; one that fails does not keep the others. */
  async function inTurn(tasks: (() => Promise<unknown>)[]): Promise<void> {
    const queue = [...tasks];
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      for (let task = queue.shift(); task && !stopping.signal.aborted; task = queue.shift()) {
        await task().catch((error: unknown) => failures.push(error));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (failures.length > 0) throw failures[0];
  }
}
