import { ApplicationFailure } from '@temporalio/common';
import type { ServedNotice } from '../domain/agreement/service.ts';
import type { Activities } from './index.ts';
import type { Deliver, Outcome } from './notify.ts';

/** How often a batch says that it is alive; well within the engine's patience (workflows/proxies.ts). */
const HEARTBEAT_MS = 10_000;

/**
 * Sends recorded notices that leave at one moment. One that cannot be sent now keeps no other back: all are tried, then
 * the first failure is thrown, and the retry finds what was sent already settled.
 */
export function createNotifyAll(deliver: Deliver, { heartbeat }: { heartbeat: () => void }): Activities['notifyAll'] {
  return async ({ noticeIds }) => {
    const alive = setInterval(heartbeat, HEARTBEAT_MS);
    const outcomes: Outcome[] = [];
    const served: ServedNotice[] = [];
    try {
      await deliver(noticeIds, (_id, outcome, notice) => {
        outcomes.push(outcome);
        if (notice) served.push(notice);
      });
    } finally {
      clearInterval(alive);
    }
    for (const outcome of outcomes) if (outcome instanceof ApplicationFailure) throw outcome;
    return served.length > 0 ? served : undefined;
  };
}
