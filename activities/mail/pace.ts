import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

/** How quickly mails may leave. */
export interface Pace {
  /** Waits until at least one mail may leave. @returns how many may leave now, at most `wanted`; they count as sent */
  take(wanted: number): Promise<number>;
}

export const UNLIMITED: Pace = { take: (wanted) => Promise.resolve(wanted) };

/**
 * A provider's limit, kept evenly: `perMinute` mails a minute of this process, at most a second's worth at once, so that
 * no sixty seconds ever see more than that beside the first second's.
 */
export function createPace(
  perMinute: number | undefined,
  clock: Clock,
  wait: (ms: number) => Promise<unknown> = pause,
): Pace {
  if (perMinute === undefined) return UNLIMITED;
  const intervalMs = 60_000 / perMinute;
  const atOnce = Math.max(1, Math.floor(1_000 / intervalMs));
  let turn: Promise<unknown> = Promise.resolve();
  /** When the next mail may leave, had all before it been sent one by one. */
  let nextMs = -Infinity;
  const take = async (wanted: number): Promise<number> => {
    if (nextMs > clock()) await wait(Math.ceil(nextMs - clock()));
    const nowMs = clock();
    nextMs = Math.max(nextMs, nowMs - (atOnce - 1) * intervalMs);
    const places = Math.min(wanted, 1 + Math.floor((nowMs - nextMs) / intervalMs));
    nextMs += places * intervalMs;
    return places;
  };
  return {
    take(wanted) {
      const taken = turn.then(() => take(wanted));
      turn = taken.catch(() => undefined);
      return taken;
    },
  };
}
