import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';

/** Waits until the worker has recorded what became of commands: one question for all who wait, not one each. */
export interface OutcomeWatch {
  /** The outcome; `undefined` when that takes too long. @throws when the database cannot be asked */
  outcomeOf(commandId: string, withinMs: number): Promise<Outcome | undefined>;
}

export interface Outcome {
  status: string;
  outcome: Prisma.JsonValue;
}

/** Between two looks while anybody waits: short beside what engine and worker take. */
const PAUSE_MS = 15;

interface Waiting {
  id: string;
  giveUpAtMs: number;
  resolve: (outcome: Outcome | undefined) => void;
  reject: (error: unknown) => void;
}

export function createOutcomeWatch(database: Database): OutcomeWatch {
  const waiting = new Set<Waiting>();
  let looking = false;

  return {
    outcomeOf: (id, withinMs) =>
      new Promise((resolve, reject) => {
        waiting.add({ id, giveUpAtMs: performance.now() + withinMs, resolve, reject });
        if (!looking) void look();
      }),
  };

  async function look(): Promise<void> {
    looking = true;
    while (waiting.size > 0) {
      await sleep(PAUSE_MS);
      const asked = [...waiting];
      try {
        const settled = await among(asked.map(({ id }) => id));
        for (const one of asked) {
          const outcome = settled.get(one.id);
          if (outcome === undefined && performance.now() < one.giveUpAtMs) continue;
          waiting.delete(one);
          one.resolve(outcome);
        }
      } catch (error) {
        for (const one of asked) {
          waiting.delete(one);
          one.reject(error);
        }
      }
    }
    looking = false;
  }

  async function among(ids: string[]): Promise<Map<string, Outcome>> {
    const rows = await database.$queryRaw<({ id: string } & Outcome)[]>`
      SELECT id, status, outcome FROM command WHERE id = ANY(${ids}) AND status <> 'pending'`;
    return new Map(rows.map(({ id, ...outcome }) => [id, outcome]));
  }
}
