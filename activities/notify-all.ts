import type { Activities } from './index.ts';
import type { AgreementReader, Notify } from './notify.ts';

/** So many mails are on their way at once: a relay takes a few connections of one sender gladly, not many. */
const AT_ONCE = 4;
/** How often a batch says that it is alive; well within the engine's patience (workflows/proxies.ts). */
const HEARTBEAT_MS = 10_000;

/**
 * Sends recorded notices that leave at one moment, a few at once. One that cannot be sent now keeps no other back: all
 * are tried, then the first failure is thrown, and the retry finds what was sent already settled.
 */
export function createNotifyAll(
  notify: Notify,
  { reader, heartbeat }: { reader: () => AgreementReader; heartbeat: () => void },
): Activities['notifyAll'] {
  return async ({ noticeIds }) => {
    const read = reader();
    const waiting = [...noticeIds];
    const failures: unknown[] = [];
    const sendNext = async (): Promise<void> => {
      for (let noticeId = waiting.shift(); noticeId !== undefined; noticeId = waiting.shift()) {
        try {
          await notify({ noticeId }, read);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    const alive = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, noticeIds.length) }, sendNext));
    } finally {
      clearInterval(alive);
    }
    if (failures.length > 0) throw failures[0];
  };
}
