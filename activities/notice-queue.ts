import type { ServedNotice } from '../domain/agreement/service.ts';
import type { Deliver, Outcome } from './notify.ts';
import type { Pace } from './mail/pace.ts';

/** So many notices are claimed, read and linked with one statement each. */
const BATCH = 20;
/** One batch is prepared while another is on its way, so that the connections to the mail server are never idle. */
const LANES = 2;

/**
 * Batches what activities of many agreements want to send at the same time: at 09:00 each of them has one or two notices.
 * What waits for its turn, or for the provider's rate, is not claimed yet.
 */
export function createNoticeQueue(deliver: Deliver, pace: Pace): Deliver {
  const waiting: { id: string; settle: (outcome: Outcome, served?: ServedNotice) => void }[] = [];
  let lanes = 0;

  async function lane(): Promise<void> {
    await Promise.resolve(); // whoever calls in the same moment is in the first batch
    while (waiting.length > 0) {
      const places = await pace.take(Math.min(BATCH, waiting.length));
      const batch = waiting.splice(0, places); // none, when the other lane had them
      await deliver(
        batch.map(({ id }) => id),
        (id, outcome, served) => batch.filter((one) => one.id === id).forEach(({ settle }) => settle(outcome, served)),
      );
    }
    lanes -= 1;
  }

  return async (noticeIds, settle) => {
    const settled = noticeIds.map(
      (id) =>
        new Promise<void>((resolve) => {
          waiting.push({ id, settle: (outcome, served) => resolve(settle(id, outcome, served)) });
        }),
    );
    for (; lanes < LANES; lanes += 1) void lane();
    await Promise.all(settled);
  };
}
