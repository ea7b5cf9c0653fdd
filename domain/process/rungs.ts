import type { Due } from '../agreement/event.ts';
import type { Rung } from '../agreement/notice.ts';
import { type NoticeContext, nextRungs, noticeMoment } from '../notice-time.ts';
import type { Instant } from '../time.ts';

/** A rung that could not leave within this time of its moment was missed. */
const MISSED_AFTER_MS = 3_600_000;

/**
 * The next rung of a ladder, as a process puts it by: one at a time. After an outage those that were missed are one mail,
 * at the first moment within notice hours.
 *
 * @param afterMs rungs up to this instant have had their turn
 * @param nowMs when it is really folded
 */
export function rungsAfter(
  due: Due,
  leadDays: number[],
  context: NoticeContext,
  afterMs: Instant,
  nowMs: Instant,
): { atMs: Instant; rungs: Rung[] } {
  let { atMs, rungs } = nextRungs(due, leadDays, context, afterMs);
  if (atMs >= nowMs - MISSED_AFTER_MS) return { atMs, rungs };
  for (;;) {
    const next = nextRungs(due, leadDays, context, atMs);
    if (next.atMs > nowMs) break;
    atMs = next.atMs;
    rungs = [...rungs, ...next.rungs];
  }
  return { atMs: Math.max(atMs, noticeMoment(nowMs, context.calendar, context.zone, context.hours)), rungs };
}
