import { createHash } from 'node:crypto';
import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../prisma/database.ts';
import { Problem } from './problem.ts';

/** How often something may be tried, and how long who tried too often must wait. */
export interface Limit {
  /** Limits of one name count together, over all processes of the installation. */
  name: string;
  /** Attempts within the window; the next one locks. */
  attempts: number;
  windowSeconds: number;
  /** The first lock; each further one within a day lasts twice as long, up to `longestLockSeconds`. */
  lockSeconds: number;
  longestLockSeconds: number;
}

/** `isNew`: this very attempt began the lock. */
export type Counted = { allowed: true } | { allowed: false; retryAfterSeconds: number; isNew: boolean };

/**
 * Counts attempts on Postgres, so that guessing is stopped over restarts and over several processes. What is counted (an
 * address, an IP, an account) is stored as its hash. Time is the machine's clock, not the injected one: a test that sets
 * its own clock neither loosens nor extends a lock.
 */
export interface Attempts {
  /**
   * Counts an attempt before it is judged, so that a hundred at once are a hundred. `subject`: whose attempt, for example
   * `[request.ip]` or `[email, request.ip]`.
   */
  count(limit: Limit, ...subject: string[]): Promise<Counted>;
  /** As `count`. @throws Problem `too-many-attempts` (429, `Retry-After`) */
  demand(limit: Limit, ...subject: string[]): Promise<void>;
  /** Refuses whoever is locked, and counts nothing: for what is only counted once it was wrong. @throws as `demand` */
  demandUnlocked(limit: Limit, ...subject: string[]): Promise<void>;
  /** The attempt was right: those before are forgotten, and the locks too. */
  forgive(limit: Limit, ...subject: string[]): Promise<void>;
}

const DAY_SECONDS = 86_400;

export function openAttempts(database: Database): Attempts {
  const counter = (keyPrefix: string, points: number, duration: number, sweeps = false) =>
    new RateLimiterPrisma({ storeClient: database, keyPrefix, points, duration, clearExpiredByTimeout: sweeps });
  /** Locks of a subject within a day, and where expired rows of all counters are swept from. */
  const locks = counter('locks', Number.MAX_SAFE_INTEGER, DAY_SECONDS, true);
  const keyOf = ({ name }: Limit, subject: string[]): string =>
    createHash('sha256')
      .update(JSON.stringify([name, ...subject]))
      .digest('hex');

  async function count(limit: Limit, ...subject: string[]): Promise<Counted> {
    const key = keyOf(limit, subject);
    const tries = counter(limit.name, limit.attempts, limit.windowSeconds);
    try {
      await tries.consume(key);
      return { allowed: true };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const isNew = refused.consumedPoints === limit.attempts + 1;
      if (!isNew) return { allowed: false, retryAfterSeconds: secondsOf(refused.msBeforeNext), isNew };
      const { consumedPoints: earlier } = await locks.consume(key);
      const seconds = Math.min(limit.lockSeconds * 2 ** (earlier - 1), limit.longestLockSeconds);
      await tries.block(key, seconds);
      return { allowed: false, retryAfterSeconds: seconds, isNew };
    }
  }

  return {
    count,
    async demand(limit, ...subject) {
      const counted = await count(limit, ...subject);
      if (!counted.allowed)
        throw new Problem('too-many-attempts', { retryAfterSeconds: counted.retryAfterSeconds, recorded: true });
    },
    async demandUnlocked(limit, ...subject) {
      const found = await counter(limit.name, limit.attempts, limit.windowSeconds).get(keyOf(limit, subject));
      if (found && found.consumedPoints > limit.attempts && found.msBeforeNext > 0) {
        throw new Problem('too-many-attempts', {
          retryAfterSeconds: secondsOf(found.msBeforeNext),
          recorded: true,
        });
      }
    },
    async forgive(limit, ...subject) {
      const key = keyOf(limit, subject);
      await counter(limit.name, limit.attempts, limit.windowSeconds).delete(key);
      await locks.delete(key);
    },
  };
}

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
