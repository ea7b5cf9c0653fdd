import { setTimeout as pause } from 'node:timers/promises';

/**
 * Does one thing for many callers at once: what comes within `waitMs`, and while the batch before is under way, goes
 * together, at most `most` at a time and in the order in which it came. A batch that fails fails for all in it.
 *
 * @param run answers in the order of its items
 */
export function inBatches<T, R>(
  run: (items: T[]) => Promise<R[]>,
  { most, waitMs }: { most: number; waitMs: number },
): { add(item: T): Promise<R>; drain(): Promise<void> } {
  const waiting: { item: T; resolve: (result: R) => void; reject: (error: unknown) => void }[] = [];
  let pump: Promise<void> | undefined;

  async function pumping(): Promise<void> {
    await pause(waitMs);
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        const results = await run(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    pump = undefined;
  }

  return {
    add: (item) =>
      new Promise<R>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        pump ??= pumping();
      }),
    drain: async () => {
      while (pump) await pump;
    },
  };
}
