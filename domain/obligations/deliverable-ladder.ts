import type { CompiledDeliverable } from '../agreement/compiled.ts';
import type { Due } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { COORDINATOR, hasCoordinator, mailSeat } from '../agreement/parties.ts';
import { nextRungs } from '../notice-time.ts';
import { daysLateOn } from '../penalty.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { penaltyFacts } from './deliverable-penalty.ts';
import { type DeliverableContext, daysLate, dueFacts, isAwaited, isPaused, subjectOf } from './deliverable-state.ts';

/** Reviewers who have not answered. */
export function waitingFor({ rule, state }: DeliverableContext): string[] {
  if (state.status !== 'in-review') return [];
  return (rule.review?.reviewers ?? []).filter((reviewer) => !state.acceptedBy.includes(reviewer));
}

/** The rungs of the clock that runs now (of the hand-in, or of the review) that fall on the next moment. */
export function nextLadderRungs(
  context: DeliverableContext,
): { atMs: Instant; rungs: string[]; due: Due; review: boolean } | undefined {
  const { agreement, rule, state } = context;
  if (isPaused(state)) return undefined;
  const inReview = state.status === 'in-review';
  const due = inReview ? state.review : isAwaited(state) ? state.due : null;
  if (!due) return undefined;
  const hours = { calendar: agreement.calendar, zone: agreement.zone, hours: agreement.noticeHours };
  const next = nextRungs(due, rule.reminderLeadDays, hours, state.ladderThroughMs);
  return next && { ...next, due, review: inReview };
}

/** Who is written to for rungs: who has to act, and from the first overdue one on the coordinator in copy. */
export function rungNotices(
  context: DeliverableContext,
  next: { atMs: Instant; rungs: string[]; due: Due; review: boolean },
): NoticeDraft[] {
  const { agreement, rule, state } = context;
  const on = localDateAt(agreement.zone, next.atMs);
  const late = next.review ? daysLateOn(next.due, on) : daysLate(state, on);
  const facts: NoticeFacts = {
    ...dueFacts(next.due),
    daysLate: late,
    ...(next.review ? { round: state.round } : penaltyFacts(rule, late, state.waived)),
  };
  const notice = {
    kind: next.review ? ('review-reminder' as const) : ('reminder' as const),
    ...subjectOf(context),
    rungs: next.rungs,
    atMs: next.atMs,
    clauses: next.review ? (rule.review?.clauses ?? rule.clauses) : rule.clauses,
    facts,
  };
  const act = next.review ? ('review' as const) : ('submit' as const);
  const to = new Set((next.review ? waitingFor(context) : [rule.responsible]).map((seat) => mailSeat(agreement, seat)));
  const overdue = next.rungs.some((rung) => rung.startsWith('overdue-'));
  const copies = new Set([
    ...(overdue && hasCoordinator(agreement) ? [COORDINATOR] : []),
    ...(next.review ? [] : escalated(rule, next.rungs)).map((seat) => mailSeat(agreement, seat)),
  ]);
  return [
    ...[...to].map((seat) => ({ ...notice, seat, role: seat, act })),
    ...[...copies]
      .filter((seat) => !to.has(seat) && agreement.seats.includes(seat))
      .map((seat) => ({ ...notice, seat, role: 'copy' })),
  ];
}

/** Who is told beside the one who owes it: everybody whose rung has been reached. */
function escalated({ escalation }: CompiledDeliverable, rungs: string[]): string[] {
  const reached = Math.max(...rungs.map(daysPast));
  return (escalation ?? []).filter(({ rung }) => daysPast(rung) <= reached).map(({ to }) => to);
}

/** Days after the due date: 0 for `due`, negative before. */
function daysPast(rung: string): number {
  const [, before, days] = /^(?:(before)|overdue)-(\d+)$/.exec(rung) ?? [];
  return days === undefined ? 0 : before ? -Number(days) : Number(days);
}
