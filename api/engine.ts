import {
  type Client,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcServiceError,
} from '@temporalio/client';
import type { Logger } from 'pino';
import { Problem } from './problem.ts';

/** How long a person waits for the engine before the answer is "pending". */
export const ENGINE_DEADLINE_MS = 8_000;

/** The engine did not answer in time. */
class EngineSlow extends Error {
  override name = 'EngineSlow';
}

/**
 * Asks the engine, for so long at most. The signal alone would not do: it ends a call under way, but is not heard while
 * the SDK waits before it tries again, and then the call lasts for all its attempts. One that gets through later does no
 * harm, because ids make every call of ours repeatable.
 */
export async function withinDeadline<T>(client: Client, deadlineMs: number, work: () => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new EngineSlow('the engine did not answer in time'));
    }, deadlineMs);
  });
  try {
    return await Promise.race([client.withAbortSignal(controller.signal, work), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether engine or worker is away or slow, rather than something being wrong with us. */
export function isAway(error: unknown): boolean {
  return (
    error instanceof EngineSlow ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    error instanceof ServiceError ||
    isGrpcServiceError(error)
  );
}

/** What is read from the engine's histories. @throws Problem `engine-unavailable` where they cannot be had now */
export async function readFromEngine<T>(reading: Promise<T>, { log }: { log: Pick<Logger, 'warn'> }): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!isAway(error)) throw error;
    const { name, code } = error as { name?: string; code?: number };
    log.warn({ error: name, code }, 'the histories cannot be read');
    throw new Problem('engine-unavailable');
  }
}
