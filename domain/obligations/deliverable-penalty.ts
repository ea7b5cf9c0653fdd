import type { CompiledAgreement, CompiledDeliverable } from '../agreement/compiled.ts';
import type { Actor } from '../agreement/command.ts';
import type { DailyLine, Due, EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { partyOf, partySeats } from '../agreement/parties.ts';
import type { DeliverableState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays, monthStart, nextMonthStart } from '../local-date.ts';
import { addMoney, compareMoney, isZeroMoney, subtractMoney } from '../money.ts';
import { type Waived, daysLateOn, penaltyBalance } from '../penalty.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import {
  type DeliverableContext,
  daysLate,
  dueFacts,
  eventBase,
  excludedDays,
  isAwaited,
  subjectOf,
} from './deliverable-state.ts';
import type { Credit } from './registry.ts';

/** Later than any day that is counted. */
const FAR: LocalDate = '9999-12-31';

/** What has accrued up to and including a date and has not been posted: computed for a reader, never stored. */
export function accruedLine(context: DeliverableContext, on: LocalDate): LedgerLine | undefined {
  return isAwaited(context.state) ? lineTo(context, daysLate(context.state, on), on) : undefined;
}

/** The ledger line from what is posted to the balance after `days` late days; undefined when nothing changes. */
function lineTo({ agreement, rule, state }: DeliverableContext, days: number, on: LocalDate): DailyLine | undefined {
  const { penalty } = rule;
  if (!penalty) return undefined;
  const amount = subtractMoney(penaltyBalance(penalty, days, state.waived), state.posted.amount);
  if (isZeroMoney(amount)) return undefined;
  const excluded = excludedSince(agreement, state, on);
  return {
    kind: compareMoney(amount, '0') > 0 ? 'penalty' : 'credit-note',
    debtor: partyOf(agreement, rule.responsible),
    creditor: penalty.creditor,
    amount,
    currency: penalty.currency,
    days: days - state.posted.days,
    base: penalty.base,
    rate: penalty.rate,
    ...(excluded > 0 ? { excludedDays: excluded } : {}),
  };
}

/** Days since the last line that do not count because of suspensions. */
function excludedSince({ zone }: CompiledAgreement, state: DeliverableState, on: LocalDate): number {
  const { atMs } = state.posted;
  return excludedDays(state, on) - (atMs === null ? 0 : excludedDays(state, localDateAt(zone, atMs - 1)));
}

export function postingEvent(
  context: DeliverableContext,
  days: number,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): EventBody | undefined {
  const { agreement, rule, state } = context;
  const line = lineTo(context, days, localDateAt(agreement.zone, atMs - 1));
  if (!line) return undefined;
  // A correction comes after the line that it corrects, whatever the time of the fact that came to light.
  const postedAtMs = Math.max(atMs, state.posted.atMs ?? atMs);
  const base = {
    ...eventBase({ rule, state }, actor, postedAtMs, commandId),
    clauses: rule.penalty?.clauses ?? rule.clauses,
  };
  return line.kind === 'penalty'
    ? { ...base, type: 'penalty-posted', line }
    : { ...base, type: 'penalty-credited', line };
}

/** Posts what has accrued up to and including a date. */
export function postAccrued(
  context: DeliverableContext,
  on: LocalDate,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): EventBody[] {
  const event = postingEvent(context, daysLate(context.state, on), atMs, actor, commandId);
  return event ? [event] : [];
}

/** What letting go of days or a sum would take from the penalty as of a date; null where lateness costs nothing. */
export function creditOf({ agreement, rule, state }: DeliverableContext, on: LocalDate, waived: Waived): Credit | null {
  const { penalty } = rule;
  if (!penalty) return null;
  const days = daysLate(state, on);
  const balance = penaltyBalance(penalty, days, state.waived);
  const less = { days: state.waived.days + waived.days, amount: addMoney(state.waived.amount, waived.amount) };
  return {
    debtor: partyOf(agreement, rule.responsible),
    creditor: penalty.creditor,
    currency: penalty.currency,
    clauses: penalty.clauses,
    owed: state.paid.reduce((left, { amount }) => subtractMoney(left, amount), balance),
    days: Math.max(0, days - penalty.graceDays - state.waived.days),
    noted: waived,
    amount: subtractMoney(balance, penaltyBalance(penalty, days, less)),
    ...(waived.days > 0 ? { base: penalty.base, rate: penalty.rate } : {}),
  };
}

/** The first month's end, as the first instant of the next month, at which more is owed than posted. */
export function nextMonthPosting({
  agreement,
  rule,
  state,
}: DeliverableContext): { atMs: Instant; days: number } | undefined {
  const { penalty } = rule;
  if (state.status !== 'overdue' || !state.due || !penalty) return undefined;
  const owedAfter = (days: number): string => penaltyBalance(penalty, days, state.waived);
  // At its cap, at a rate or base of nothing, or while it is paused.
  if (compareMoney(owedAfter(daysLate(state, FAR)), state.posted.amount) <= 0) return undefined;
  // Months whose end is already posted need no second look: start where the posted days lead to.
  const from = addDays(state.due.localDate, Math.max(0, state.posted.days - state.settledDaysLate));
  for (let month = nextMonthStart(monthStart(from)); ; month = nextMonthStart(month)) {
    const days = daysLate(state, addDays(month, -1));
    if (compareMoney(owedAfter(days), state.posted.amount) > 0) {
      return { atMs: instantAt(agreement.zone, month, '00:00'), days };
    }
  }
}

export function penaltyStarts(context: DeliverableContext, due: Due): NoticeDraft[] {
  const { agreement, rule, state } = context;
  const { penalty } = rule;
  if (!penalty) return [];
  const firstDay = addDays(due.localDate, 1 + Math.max(0, penalty.graceDays - state.settledDaysLate));
  const startMs = Math.max(due.dueAtMs, instantAt(agreement.zone, firstDay, '00:00'));
  const days = state.settledDaysLate + daysLateOn(due, firstDay);
  const tell = teller(agreement, startMs, penalty.clauses, subjectOf(context));
  const facts = { ...dueFacts(due), ...penaltyFacts(rule, days, state.waived), daysLate: days };
  return partySeats(agreement).map((seat) => tell('penalty-started', seat, facts));
}

export function penaltyStopped(context: DeliverableContext, days: number, atMs: Instant): NoticeDraft[] {
  const { agreement, rule, state } = context;
  const { penalty } = rule;
  if (!penalty || isZeroMoney(penaltyBalance(penalty, days, state.waived))) return [];
  const tell = teller(agreement, atMs, penalty.clauses, subjectOf(context));
  const facts = { ...penaltyFacts(rule, days, state.waived), daysLate: days };
  return partySeats(agreement).map((seat) => tell('penalty-stopped', seat, facts));
}

export function penaltyFacts(rule: CompiledDeliverable, days: number, waived: Waived): NoticeFacts {
  const { penalty } = rule;
  if (!penalty) return {};
  return { amount: penaltyBalance(penalty, days, waived), currency: penalty.currency, rate: penalty.rate };
}
