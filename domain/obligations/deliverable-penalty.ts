import type { CompiledAgreement, CompiledDeliverable } from '../agreement/compiled.ts';
import type { Actor } from '../agreement/command.ts';
import type { Due, EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { partyOf, partySeats } from '../agreement/parties.ts';
import type { DeliverableState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays, monthStart, nextMonthStart } from '../local-date.ts';
import { compareMoney, isZeroMoney, subtractMoney } from '../money.ts';
import { daysLateOn, penaltyBalance } from '../penalty.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt } from '../zone.ts';
import { type DeliverableContext, daysLate, dueFacts, eventBase, isAwaited, subjectOf } from './deliverable-state.ts';

/** What has accrued up to and including a date and has not been posted: computed for a reader, never stored. */
export function accruedLine({ agreement, rule, state }: DeliverableContext, on: LocalDate): LedgerLine | undefined {
  return isAwaited(state) ? lineTo(agreement, rule, state, daysLate(state, on)) : undefined;
}

/** The ledger line from what is posted to the balance after `days` late days; undefined when nothing changes. */
function lineTo(
  agreement: CompiledAgreement,
  rule: CompiledDeliverable,
  state: DeliverableState,
  days: number,
): LedgerLine | undefined {
  const { penalty } = rule;
  if (!penalty) return undefined;
  const amount = subtractMoney(penaltyBalance(penalty, days), state.posted.amount);
  if (isZeroMoney(amount)) return undefined;
  return {
    kind: compareMoney(amount, '0') > 0 ? 'penalty' : 'credit-note',
    debtor: partyOf(agreement, rule.responsible),
    creditor: penalty.creditor,
    amount,
    currency: penalty.currency,
    days: days - state.posted.days,
    base: penalty.base,
    rate: penalty.rate,
  };
}

export function postingEvent(
  { agreement, rule, state }: DeliverableContext,
  days: number,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): EventBody | undefined {
  const line = lineTo(agreement, rule, state, days);
  if (!line) return undefined;
  // A correction comes after the line that it corrects, whatever the time of the fact that came to light.
  const postedAtMs = Math.max(atMs, state.posted.atMs ?? atMs);
  const base = {
    ...eventBase({ rule, state }, actor, postedAtMs, commandId),
    clauses: rule.penalty?.clauses ?? rule.clauses,
  };
  return { ...base, type: line.kind === 'penalty' ? 'penalty-posted' : 'penalty-credited', line };
}

/** The first month's end, as the first instant of the next month, at which more is owed than posted. */
export function nextMonthPosting({
  agreement,
  rule,
  state,
}: DeliverableContext): { atMs: Instant; days: number } | undefined {
  const { penalty } = rule;
  if (state.status !== 'overdue' || !state.due || !penalty) return undefined;
  if (penalty.cap !== null && compareMoney(state.posted.amount, penalty.cap) >= 0) return undefined;
  if (isZeroMoney(penaltyBalance(penalty, penalty.graceDays + 1_000_000))) return undefined; // a rate or base of nothing
  // Months whose end is already posted need no second look: start where the posted days lead to.
  const from = addDays(state.due.localDate, Math.max(0, state.posted.days - state.settledDaysLate));
  for (let month = nextMonthStart(monthStart(from)); ; month = nextMonthStart(month)) {
    const days = daysLate(state, addDays(month, -1));
    if (compareMoney(penaltyBalance(penalty, days), state.posted.amount) > 0) {
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
  const facts = { ...dueFacts(due), ...penaltyFacts(rule, days), daysLate: days };
  return partySeats(agreement).map((seat) => tell('penalty-started', seat, facts));
}

export function penaltyStopped(context: DeliverableContext, days: number, atMs: Instant): NoticeDraft[] {
  const { agreement, rule } = context;
  const { penalty } = rule;
  if (!penalty || isZeroMoney(penaltyBalance(penalty, days))) return [];
  const tell = teller(agreement, atMs, penalty.clauses, subjectOf(context));
  const facts = { ...penaltyFacts(rule, days), daysLate: days };
  return partySeats(agreement).map((seat) => tell('penalty-stopped', seat, facts));
}

export function penaltyFacts(rule: CompiledDeliverable, days: number): NoticeFacts {
  const { penalty } = rule;
  if (!penalty) return {};
  return { amount: penaltyBalance(penalty, days), currency: penalty.currency, rate: penalty.rate };
}
