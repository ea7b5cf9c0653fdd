import type { Actor } from '../agreement/command.ts';
import type { Due, EventBody, LedgerLine } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { partySeats } from '../agreement/parties.ts';
import { teller } from '../agreement/telling.ts';
import { addDays, daysBetween, monthStart, nextMonthStart } from '../local-date.ts';
import { addMoney, compareMoney, isZeroMoney, subtractMoney } from '../money.ts';
import { type Waived, boundedBalance } from '../penalty.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import { dueFacts, eventBase, excludedDays, isAwaited, subjectOf } from './deliverable-state.ts';
import {
  type LateSpell,
  type PaymentContext,
  countDays,
  exactFee,
  lateSpells,
  paidOfFee,
  sidesOf,
  unpaidOf,
} from './payment-state.ts';
import type { Credit } from './registry.ts';

/** Later than any day that is counted. */
const FAR: LocalDate = '9999-12-31';
/** No month's end is looked for beyond a hundred years. */
const MOST_MONTHS = 1_200;

/** The days that are charged: those after the days of grace. */
function chargedSpells({ rule, state }: PaymentContext, through: LocalDate): LateSpell[] {
  let grace = rule.lateFee?.graceDays ?? 0;
  return lateSpells(rule, state, through).flatMap(({ from, days, base }) => {
    const spared = Math.min(grace, days);
    grace -= spared;
    return spared === days ? [] : [{ from: addDays(from, spared), days: days - spared, base }];
  });
}

/** The fee on these days: the exact sum, half-up once, at most the cap, less what was waived (design §5). */
function feeOn({ rule, state }: PaymentContext, spells: readonly LateSpell[], waived = state.waived.amount): string {
  const { lateFee, currency } = rule;
  if (!lateFee) return '0';
  return boundedBalance(exactFee(spells, lateFee.rate), { currency, cap: lateFee.cap }, waived);
}

/** The late fee up to and including a date, posted or not, what was waived apart. */
export function lateFeeOn(context: PaymentContext, through: LocalDate): string {
  return feeOn(context, chargedSpells(context, through));
}

/** What of the late fee has not been paid, as of a date. */
export function feeOwedOn(context: PaymentContext, through: LocalDate): string {
  return subtractMoney(lateFeeOn(context, through), paidOfFee(context.rule, context.state));
}

/** The last day that the lines so far cover: those up to and including it have been looked at. */
function coveredThrough({ agreement, state }: PaymentContext): LocalDate | null {
  return state.posted.atMs === null ? null : localDateAt(agreement.zone, state.posted.atMs - 1);
}

/** What has accrued up to and including a date and is not posted: computed for a reader, never stored. */
export function accruedLine(context: PaymentContext, on: LocalDate): LedgerLine | undefined {
  const { rule, state } = context;
  if (!rule.lateFee || !isAwaited(state)) return undefined;
  const spells = chargedSpells(context, on);
  const amount = subtractMoney(feeOn(context, spells), state.posted.amount);
  if (isZeroMoney(amount)) return undefined;
  const since = spells.flatMap((spell) => after(spell, coveredThrough(context)));
  const only = since.length === 1 ? since[0] : undefined;
  return lineOf(context, amount, countDays(spells) - state.posted.days, only?.base, excludedSince(context, on));
}

function lineOf(
  { agreement, rule }: PaymentContext,
  amount: string,
  days: number,
  base: string | undefined,
  excluded: number,
): LedgerLine {
  return {
    kind: compareMoney(amount, '0') > 0 ? 'late-fee' : 'credit-note',
    ...sidesOf({ agreement, rule }),
    amount,
    days,
    ...(base === undefined || !rule.lateFee ? {} : { base, rate: rule.lateFee.rate }),
    ...(excluded > 0 ? { excludedDays: excluded } : {}),
  };
}

function excludedSince(context: PaymentContext, on: LocalDate): number {
  const covered = coveredThrough(context);
  return excludedDays(context.state, on) - (covered === null ? 0 : excludedDays(context.state, covered));
}

/**
 * Posts the late fee up to and including a date: one line for each run of days on one base, and before them, where what
 * was posted turns out not to be owed (a payment that came to light late), the difference. All lines together are the
 * exact sum, half-up.
 */
export function postAccrued(
  context: PaymentContext,
  on: LocalDate,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): EventBody[] {
  const { rule, state } = context;
  const { lateFee } = rule;
  if (!lateFee) return [];
  const covered = coveredThrough(context);
  const looked = covered === null ? [] : chargedSpells(context, covered);
  const lines: LedgerLine[] = [];
  let posted = state.posted.amount;
  const post = (upTo: readonly LateSpell[], days: number, base?: string): void => {
    const amount = subtractMoney(feeOn(context, upTo), posted);
    if (isZeroMoney(amount)) return;
    posted = addMoney(posted, amount);
    lines.push(lineOf(context, amount, days, base, lines.length === 0 ? Math.max(0, excludedSince(context, on)) : 0));
  };
  if (covered !== null) post(looked, countDays(looked) - state.posted.days);
  const fresh = chargedSpells(context, on).flatMap((spell) => after(spell, covered));
  fresh.forEach((spell, index) => {
    post([...looked, ...fresh.slice(0, index + 1)], spell.days, spell.base);
  });
  const base = {
    // A correction comes after the line that it corrects.
    ...eventBase(context, actor, Math.max(atMs, state.posted.atMs ?? atMs), commandId),
    clauses: lateFee.clauses,
  };
  return lines.map((line) =>
    line.kind === 'late-fee' ? { ...base, type: 'late-fee-posted', line } : { ...base, type: 'penalty-credited', line },
  );
}

/** The days of a run that are later than a date. */
function after({ from, days, base }: LateSpell, date: LocalDate | null): LateSpell[] {
  const earlier = date === null || date < from ? 0 : daysBetween(from, date) + 1;
  return earlier >= days ? [] : [{ from: addDays(from, earlier), days: days - earlier, base }];
}

/** The next month's end, as the first instant of the next month, at which something else is owed than is posted. */
export function nextMonthPosting(context: PaymentContext): { atMs: Instant; on: LocalDate } | undefined {
  const { agreement, rule, state } = context;
  if (state.status !== 'overdue' || !state.due || !rule.lateFee) return undefined;
  const differs = (on: LocalDate): boolean => compareMoney(lateFeeOn(context, on), state.posted.amount) !== 0;
  if (!differs(FAR)) return undefined;
  let month = nextMonthStart(monthStart(addDays(coveredThrough(context) ?? state.due.localDate, 1)));
  for (let count = 0; count < MOST_MONTHS; count += 1, month = nextMonthStart(month)) {
    const on = addDays(month, -1);
    if (differs(on)) return { atMs: instantAt(agreement.zone, month, '00:00'), on };
  }
  return undefined;
}

/** What letting go of days or a sum would take from the late fee as of a date: of days, the last that were charged. */
export function creditOf(context: PaymentContext, on: LocalDate, waived: Waived): Credit | null {
  const { agreement, rule, state } = context;
  const { lateFee } = rule;
  if (!lateFee) return null;
  const spells = chargedSpells(context, on);
  const days = countDays(spells);
  const fee = feeOn(context, spells);
  const kept = firstDays(spells, Math.max(0, days - waived.days));
  const takes = subtractMoney(fee, feeOn(context, kept, addMoney(state.waived.amount, waived.amount)));
  const last = spells.at(-1);
  return {
    ...sidesOf({ agreement, rule }),
    clauses: lateFee.clauses,
    owed: subtractMoney(fee, paidOfFee(rule, state)),
    days,
    noted: { days: waived.days, amount: takes },
    amount: takes,
    ...(waived.days > 0 && last && last.days >= waived.days ? { base: last.base, rate: lateFee.rate } : {}),
  };
}

function firstDays(spells: readonly LateSpell[], count: number): LateSpell[] {
  let left = count;
  return spells.flatMap((spell) => {
    const days = Math.min(left, spell.days);
    left -= days;
    return days > 0 ? [{ ...spell, days }] : [];
  });
}

/**
 * Both sides are told on the first day that is charged; where a late fee is provided for and its rate is open, that days
 * and sum are noted (S001b-104). A contract that knows no late fee says nothing of it (S000-12, S003-K-22).
 */
export function lateFeeStarts(context: PaymentContext, due: Due, firstDay: LocalDate): NoticeDraft[] {
  const { agreement, rule, state } = context;
  if (!rule.lateFee && !rule.lateFeeOpen) return [];
  const startMs = Math.max(due.dueAtMs, instantAt(agreement.zone, firstDay, '00:00'));
  const tell = teller(agreement, startMs, rule.lateFee?.clauses ?? rule.clauses, subjectOf(context));
  const facts = { ...dueFacts(due), ...lateFeeFacts(context, firstDay), unpaid: unpaidOf(rule, state) };
  return partySeats(agreement).map((seat) => tell('late-fee-started', seat, facts));
}

/** Both sides are told what it came to, when it stops: at the payment, or at the end that it had not outlived. */
export function lateFeeStopped(context: PaymentContext, on: LocalDate, atMs: Instant): NoticeDraft[] {
  const { agreement, rule, state } = context;
  const { lateFee } = rule;
  if (!lateFee || isZeroMoney(lateFeeOn(context, on))) return [];
  const tell = teller(agreement, atMs, lateFee.clauses, subjectOf(context));
  const facts = { ...dueFacts(state.due), ...lateFeeFacts(context, on) };
  return partySeats(agreement).map((seat) => tell('late-fee-stopped', seat, facts));
}

/** What a mail says of the fee as of a date; nothing where none is agreed. */
export function lateFeeFacts(context: PaymentContext, on: LocalDate): NoticeFacts {
  const { rule, state } = context;
  const daysLate = countDays(lateSpells(rule, state, on));
  if (!rule.lateFee) return { daysLate, currency: rule.currency };
  return { daysLate, amount: lateFeeOn(context, on), currency: rule.currency, rate: rule.lateFee.rate };
}
