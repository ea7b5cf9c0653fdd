import { Big } from 'big.js';
import type { Actor } from '../agreement/command.ts';
import type { CompiledLiability } from '../agreement/compiled.ts';
import type { CapReached } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { CLOCK, COORDINATOR, hasCoordinator, partySeats } from '../agreement/parties.ts';
import { NOTHING, type NextDue, type Part } from '../agreement/part.ts';
import { phaseOf } from '../agreement/phase.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays } from '../local-date.ts';
import { addMoney, compareMoney, currencyDecimals, isZeroMoney, roundHalfUp, subtractMoney } from '../money.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';

/** A cap is warned of as its balance reaches these shares of it (design §5). */
const PERCENTS = [50, 80, 100];

/** A balance that has not reached its limit after so many days never will. */
const MOST_DAYS = 36_525;

/** A sum that grows towards a limit: a cap of the contract, or our own threshold of warning. */
interface Meter {
  /** Liability's id, `penalty:<obligation>`, or `penalties`. */
  cap: string;
  percents: number[];
  /** What 100 % is. */
  amount: string;
  currency: string;
  clauses: string[];
  /** What grows from day to day. */
  running: ObligationContext[];
  /** What it has come to on a day, posted or not. */
  balanceOn(on: LocalDate): string;
}

/**
 * The cap of a liability as of a day: loss is judged by the cap of the day on which it arose, not by one that was agreed
 * on later (ambiguities on S001b-79). Null: none is agreed, which is neither zero nor infinite.
 */
export function capOn(state: AgreementState, { id, cap }: CompiledLiability, on: LocalDate): string | null {
  const effective = state.amendments
    .filter(({ status }) => status === 'effective')
    .sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0));
  const changed = effective.flatMap(({ effectiveOn, changes }) =>
    changes.flatMap(({ of, before, after }) => (of === `cap:${id}` ? [{ effectiveOn, before, after }] : [])),
  );
  const last = changed.findLast(({ effectiveOn }) => effectiveOn <= on);
  if (last) return last.after;
  const [first] = changed;
  return first ? first.before : (cap?.amount ?? null);
}

/** What agreed claims have taken of a liability's cap: what is paid on them, and what set-off paid already. */
function takenOf(state: AgreementState, liability: string): string {
  return state.claims
    .filter((claim) => claim.liability === liability && claim.payable !== null)
    .reduce((sum, { payable, setOff }) => addMoney(addMoney(sum, payable ?? '0'), setOff), '0');
}

/** What the cap of that day leaves for another claim, never negative; null: no cap is agreed. */
export function leftOf(
  state: AgreementState,
  rule: CompiledLiability,
  on: LocalDate,
): { amount: string; left: string } | null {
  const amount = capOn(state, rule, on);
  if (amount === null) return null;
  const left = subtractMoney(amount, takenOf(state, rule.id));
  return { amount, left: compareMoney(left, '0') < 0 ? subtractMoney(amount, amount) : left };
}

/** A penalty or a late fee as of a day: what is posted, and while it runs what has accrued since. */
function owedOn(context: ObligationContext, on: LocalDate): string {
  const { posted, status } = context.state;
  const accrued = status === 'overdue' ? rulesOf(context.rule).accruedLine(context, on) : undefined;
  return addMoney(posted.amount, accrued?.amount ?? '0');
}

/** The bound of an obligation's penalty or late fee, where it has one. */
function boundOf({ rule }: ObligationContext): { amount: string; currency: string; clauses: string[] } | undefined {
  const daily = rule.rule === 'payment@1' ? rule.lateFee && { ...rule.lateFee, currency: rule.currency } : rule.penalty;
  return daily?.cap ? { amount: daily.cap, currency: daily.currency, clauses: daily.clauses } : undefined;
}

function metersOf(state: AgreementState): Meter[] {
  const { life } = state.agreement;
  if (!life) return [];
  const contexts = obligationContexts(state);
  const runs = ({ state: { status } }: ObligationContext): boolean => status === 'overdue';
  const meters: Meter[] = contexts.flatMap((context) => {
    const bound = boundOf(context);
    const cap = `penalty:${referenceOf({ obligation: context.rule.id, occurrence: context.state.occurrence })}`;
    if (!bound) return [];
    const running = runs(context) ? [context] : [];
    return [{ ...bound, cap, percents: PERCENTS, running, balanceOn: (on) => owedOn(context, on) }];
  });
  for (const { id, cap, clauses } of life.liabilities) {
    if (!cap) continue;
    const taken = takenOf(state, id);
    meters.push({ ...cap, cap: id, percents: PERCENTS, clauses, running: [], balanceOn: () => taken });
  }
  if (life.penaltyWarning) {
    const { base: amount, currency, percent } = life.penaltyWarning;
    const charged = contexts.filter(({ rule }) => rule.penalty?.currency === currency);
    meters.push({
      cap: 'penalties',
      percents: [Number(percent)],
      amount,
      currency,
      clauses: [],
      running: charged.filter(runs),
      balanceOn: (on) => charged.reduce((sum, context) => addMoney(sum, owedOn(context, on)), '0'),
    });
  }
  return meters.filter(({ amount }) => compareMoney(amount, '0') > 0);
}

/** A limit as a reader sees it on a day. */
export interface Limit {
  /** Liability's id, `penalty:<obligation>`, or `penalties`, which is our own threshold of warning. */
  cap: string;
  amount: string;
  currency: string;
  clauses: string[];
  /** What it has come to, posted or not. */
  balance: string;
}

/** Every limit that the agreement knows, with its balance up to and including a day. */
export function limitsOn(state: AgreementState, on: LocalDate): Limit[] {
  return metersOf(state).map(({ cap, percents, amount, currency, clauses, balanceOn }) => ({
    cap,
    // Our own threshold is a share of what the meter counts as a whole.
    amount: cap === 'penalties' ? shareOf(amount, percents[0] ?? 100, currency) : amount,
    currency,
    clauses,
    balance: roundHalfUp(balanceOn(on), currency),
  }));
}

function shareOf(amount: string, percent: number, currency: string): string {
  return roundHalfUp(new Big(amount).times(percent).div(100).toFixed(), currency);
}

/** A share of a limit as money, half-up to the currency's unit; where that is nothing, the unit. */
function goalOf({ amount, currency }: Meter, percent: number): string {
  const share = shareOf(amount, percent, currency);
  return isZeroMoney(share) ? unitOf(currency).toFixed() : share;
}

function unitOf(currency: string): Big {
  return new Big(10).pow(-currencyDecimals(currency));
}

/** Both as they are shown, half-up to the currency's unit: 233,333.33 is 30 % of 777,777.77 (design §5). */
function isReached(meter: Meter, percent: number, balance: string): boolean {
  return compareMoney(roundHalfUp(balance, meter.currency), goalOf(meter, percent)) >= 0;
}

function warningOf({ cap }: Pick<Meter, 'cap'>, percent: number): string {
  return `${cap}@${percent}`;
}

/** The shares that have not been warned of, lowest first. */
function ahead({ warned }: AgreementState, meter: Meter): number[] {
  return meter.percents.filter((percent) => !warned.includes(warningOf(meter, percent)));
}

/** The most that a day adds; nothing while its clock stands still. */
function dailyOf({ rule, state: { pauses } }: ObligationContext): Big {
  const daily = rule.rule === 'payment@1' ? rule.lateFee && { ...rule.lateFee, base: rule.amount } : rule.penalty;
  const isPaused = pauses.some(({ until }) => until === null);
  return daily && !isPaused ? new Big(daily.base).times(daily.rate) : new Big(0);
}

/** The first moment at which what runs reaches the next share of its limit. A late day counts from its 00:00. */
function nextWarning(state: AgreementState, meter: Meter): NextDue[] {
  const percent = ahead(state, meter)[0];
  const dues = meter.running.flatMap(({ state: { due } }) => (due ? [addDays(due.localDate, 1)] : []));
  const daily = meter.running.reduce((sum, context) => sum.plus(dailyOf(context)), new Big(0));
  if (percent === undefined || dues.length === 0 || daily.eq(0)) return [];
  // What an amendment changed is no news of the time before it.
  const changed = state.amendments.flatMap(({ status, effectiveOn }) => (status === 'effective' ? [effectiveOn] : []));
  const earliest = dues.reduce((first, day) => (day < first ? day : first));
  // What rounds half-up to the goal has reached it.
  const goal = new Big(goalOf(meter, percent)).minus(unitOf(meter.currency).div(2));
  let day = changed.reduce((last, one) => (one > last ? one : last), earliest);
  if (goal.gt(meter.balanceOn(addDays(day, MOST_DAYS)))) return [];
  // No day adds more than `daily`: so many days can be left out, and the first that reaches the goal is never among them.
  for (;;) {
    const missing = goal.minus(meter.balanceOn(day));
    if (missing.lte(0)) return [{ atMs: instantAt(state.agreement.zone, day, '00:00'), consequence: true }];
    day = addDays(day, Math.max(1, Math.floor(Number(missing.div(daily)))));
  }
}

/**
 * The shares of their limits that balances have reached by a moment and that nobody has been warned of; both parties and
 * the coordinator are told of the highest of each.
 */
export function capsReached(
  state: AgreementState,
  atMs: Instant,
  by: { actor: Actor; commandId?: string },
): { events: CapReached[]; schedule: NoticeDraft[] } {
  const { agreement } = state;
  const on = localDateAt(agreement.zone, atMs);
  const events: CapReached[] = [];
  const schedule: NoticeDraft[] = [];
  for (const meter of metersOf(state)) {
    const { cap, amount, currency, clauses } = meter;
    const waiting = ahead(state, meter);
    if (waiting.length === 0) continue;
    const exact = meter.balanceOn(on);
    const reached = waiting.filter((percent) => isReached(meter, percent, exact));
    const percent = reached.at(-1);
    if (percent === undefined) continue;
    const balance = roundHalfUp(exact, currency);
    events.push(
      ...reached.map((share) => ({
        ...by,
        type: 'cap-reached' as const,
        occurredAtMs: atMs,
        clauses,
        cap,
        percent: share,
        amount,
        balance,
      })),
    );
    const tell = teller(agreement, atMs, clauses);
    const facts = { about: cap, cap: amount, amount: balance, currency, percent };
    const seats = [...partySeats(agreement), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
    schedule.push(...seats.map((seat) => tell('cap-reached', seat, facts)));
  }
  return { events, schedule };
}

export function evolveCaps(state: AgreementState, { cap, percent }: CapReached): AgreementState {
  return { ...state, warned: [...state.warned, warningOf({ cap }, percent)] };
}

/** Balances grow by the day while a penalty runs; what else moves them is looked at whenever time brings something. */
export const CAPS: Part = {
  moments: (state) => (isCounted(state) ? metersOf(state).flatMap((meter) => nextWarning(state, meter)) : []),
  dueEvents: (state, atMs) => (isCounted(state) ? capsReached(state, atMs, { actor: CLOCK }) : NOTHING),
};

function isCounted(state: AgreementState): boolean {
  const phase = phaseOf(state);
  return phase === 'in-force' || phase === 'after';
}
