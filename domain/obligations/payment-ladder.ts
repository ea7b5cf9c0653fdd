import type { Due } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { COORDINATOR, hasCoordinator, mailSeat } from '../agreement/parties.ts';
import { isZeroMoney } from '../money.ts';
import { nextRungs } from '../notice-time.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { dueFacts, isAwaited, isPaused, subjectOf } from './deliverable-state.ts';
import { lateFeeFacts } from './payment-late-fee.ts';
import { type PaymentContext, demandedOf, unpaidOf } from './payment-state.ts';

/** The rungs that fall on the next moment; none while it is suspended, or what is unpaid is held back. */
export function nextLadderRungs({
  agreement,
  rule,
  state,
}: PaymentContext): { atMs: Instant; rungs: string[]; due: Due; review: boolean } | undefined {
  const { due } = state;
  if (!due || !isAwaited(state) || isPaused(state) || isZeroMoney(demandedOf(rule, state))) return undefined;
  const hours = { calendar: agreement.calendar, zone: agreement.zone, hours: agreement.noticeHours };
  return { ...nextRungs(due, rule.reminderLeadDays, hours, state.ladderThroughMs), due, review: false };
}

/** The payer is written to; from the first overdue rung on payee and coordinator get a copy (S000-12, S001a-71). */
export function rungNotices(
  context: PaymentContext,
  next: { atMs: Instant; rungs: string[]; due: Due; review: boolean },
): NoticeDraft[] {
  const { agreement, rule, state } = context;
  const on = localDateAt(agreement.zone, next.atMs);
  const notice = {
    kind: 'reminder' as const,
    ...subjectOf(context),
    rungs: next.rungs,
    atMs: next.atMs,
    clauses: rule.clauses,
    facts: { ...dueFacts(next.due), ...lateFeeFacts(context, on), unpaid: unpaidOf(rule, state) },
  };
  const payer = mailSeat(agreement, rule.responsible);
  const isOverdue = next.rungs.some((rung) => rung.startsWith('overdue-'));
  const copies = isOverdue
    ? [mailSeat(agreement, rule.payee), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])]
    : [];
  return [
    { ...notice, seat: payer, role: payer },
    ...copies
      .filter((seat) => seat !== payer && agreement.seats.includes(seat))
      .map((seat) => ({ ...notice, seat, role: 'copy' })),
  ];
}
