import type { CompiledAgreement, DeadlineRule } from '../agreement/compiled.ts';
import type { Due, Redated } from '../agreement/event.ts';
import { type Calling, reckonedDue } from '../agreement/opening.ts';
import type { Move, ObligationState, Pause } from '../agreement/state.ts';
import { isWorkingDay, addWorkingDays } from '../calendar.ts';
import { dueAfterDays, endOf } from '../deadline.ts';
import { addDays } from '../local-date.ts';
import { pausedDays, pausedSpans } from '../obligations/deliverable-state.ts';
import type { ObligationContext } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';

/** A clock as it would run without suspensions and roll-over; it loses time from its start on (design §4). */
export interface Clock {
  /** What its period is counted in, and whether and how its last day rolls over. */
  deadline: DeadlineRule;
  /** Its last day, and of hours its last instant. */
  counted: Due;
  from: LocalDate;
  fromMs: Instant;
}

/** The clock of a hand-in or payment in the round that is open; null before day 0 is known. */
export function handInClock(context: ObligationContext, calling: Calling): Clock | null {
  const { agreement, rule, state } = context;
  if (!state.due) return null;
  const { deadline } = rule;
  const { zone } = agreement;
  const fromMs = state.roundFromMs ?? instantAt(zone, calling.inForceOn, '00:00');
  const set = settingMove(state, false)?.clock;
  if (set) return { deadline, ...set, fromMs: Math.max(fromMs, instantAt(zone, set.from, '00:00')) };
  const standing =
    moveOf(state, state.round, false)?.before ?? (state.round === 1 ? state.originalDue : null) ?? state.due;
  if (state.round > 1) return reworkClock(context, calling, standing, fromMs);
  const reckoned = reckonedDue(context, calling);
  const counted =
    reckoned?.dueAtMs === standing.dueAtMs && deadline.offset.unit !== 'hours'
      ? lastOn(agreement, deadline, reckoned.counted)
      : standing;
  return clockTo(context, counted, calling);
}

/** A clock of the first round that ends on this day. */
export function clockTo(context: ObligationContext, counted: Due, { inForceOn }: Calling): Clock {
  const { agreement, rule, state } = context;
  const fromMs = state.roundFromMs ?? instantAt(agreement.zone, inForceOn, '00:00');
  const opened = localDateAt(agreement.zone, fromMs);
  const from = clockStart(context, opened);
  const startMs = from > opened ? instantAt(agreement.zone, from, '24:00') : fromMs;
  return { deadline: rule.deadline, counted, from, fromMs: startMs };
}

/** A clock that is counted on from a known day begins there; any other when the duty is there to be done. */
function clockStart({ rule, state }: ObligationContext, opened: LocalDate): LocalDate {
  const { anchor, offset } = rule.deadline;
  if (offset.count <= 0) return opened;
  if (typeof anchor === 'object' && 'on' in anchor) return anchor.on > opened ? anchor.on : opened;
  // What follows a due time moves along with it.
  const followsDue = typeof anchor === 'object' && 'obligation' in anchor && anchor.at === 'due';
  return !followsDue && state.anchoredOn !== null && state.anchoredOn > opened ? state.anchoredOn : opened;
}

/** After a rejection: so many days from it, or what is left of the first round where that is longer. */
function reworkClock(
  { agreement, rule, state }: ObligationContext,
  calling: Calling,
  standing: Due,
  fromMs: Instant,
): Clock {
  const { calendar, zone } = agreement;
  const from = localDateAt(zone, fromMs);
  const days = rule.review?.reworkDays ?? 0;
  const deadline: DeadlineRule = { ...rule.deadline, offset: { unit: 'days', count: days } };
  if (dueAfterDays(from, days, deadline, calendar, zone).dueAtMs === standing.dueAtMs) {
    return { deadline, counted: lastOn(agreement, deadline, addDays(from, days)), from, fromMs };
  }
  const first = handInClock(
    { agreement, rule, state: asOfFirstRound(state, standing), inForceOn: calling.inForceOn },
    calling,
  );
  const kept = first && movedCount(first, lostSoFar({ moves: state.moves, round: 1 }, false), agreement);
  const counted = kept && endOf(rule.deadline, kept, calendar, zone).dueAtMs === standing.dueAtMs ? kept : null;
  return {
    deadline: rule.deadline,
    counted: counted === null ? standing : lastOn(agreement, rule.deadline, counted),
    from,
    fromMs,
  };
}

function asOfFirstRound(state: ObligationState, standing: Due): ObligationState {
  const first = state.moves.find(({ round, review }) => round === 1 && !review);
  return { ...state, round: 1, roundFromMs: null, originalDue: first?.before ?? standing };
}

/** The reviewers' window; null where nothing is under review. */
export function reviewClock({ agreement, rule, state }: ObligationContext): Clock | null {
  const { review, askedAtMs, handedInAtMs } = state;
  const fromMs = askedAtMs ?? handedInAtMs;
  if (!review || !rule.review || fromMs === null) return null;
  const from = localDateAt(agreement.zone, fromMs);
  const deadline: DeadlineRule = { ...rule.deadline, offset: { unit: 'days', count: rule.review.windowDays } };
  return { deadline, counted: lastOn(agreement, deadline, addDays(from, rule.review.windowDays)), from, fromMs };
}

/** The move that says by which rule or date the clock of this round runs. */
function settingMove({ moves, round }: ObligationState, review: boolean): Move | undefined {
  return moves.findLast((move) => move.round === round && move.review === review && move.clock !== null);
}

function moveOf({ moves }: ObligationState, round: number, review: boolean): Move | undefined {
  return moves.find((move) => move.round === round && move.review === review);
}

export function lastOn({ zone }: CompiledAgreement, { dayEnd }: DeadlineRule, localDate: LocalDate): Due {
  return { dueAtMs: instantAt(zone, localDate, dayEnd), localDate };
}

/** Where the clock ends after what it has lost to the suspensions that are over. */
export function movedDue(clock: Clock, pauses: readonly Pause[], agreement: CompiledAgreement): Due {
  const over = pauses.filter(({ until }) => until !== null);
  const { deadline, counted, from, fromMs } = clock;
  if (deadline.offset.unit === 'hours') {
    const dueAtMs = counted.dueAtMs + pausedMs(over, fromMs);
    return { dueAtMs, localDate: localDateAt(agreement.zone, dueAtMs - 1) };
  }
  const last = movedCount(clock, lostUnits(clock, over, agreement), agreement);
  // A last day that lay before the suspension, and had only rolled over into it, is not over before it.
  const resumed = over.reduce((latest, { until }) => (until !== null && until > latest ? until : latest), from);
  const due = endOf(deadline, last, agreement.calendar, agreement.zone);
  return over.length === 0 || due.localDate >= resumed
    ? due
    : endOf({ ...deadline, offset: { unit: 'days', count: 0 } }, resumed, agreement.calendar, agreement.zone);
}

/** Local dates that the clock has lost to the suspensions that are over. */
export function lostDays({ from }: Clock, pauses: readonly Pause[]): number {
  return pausedDays(
    pauses.filter(({ until }) => until !== null),
    from,
    FAR,
  );
}

/** Beyond every date that a clock can reach. */
const FAR = '9999-12-31';

/** What is lost in the clock's own unit: of working days, the suspended ones alone. */
function lostUnits({ deadline, from }: Clock, over: readonly Pause[], { calendar }: CompiledAgreement): number {
  if (deadline.offset.unit !== 'working-days') return pausedDays(over, from, FAR);
  let days = 0;
  for (const span of pausedSpans(over, from, FAR)) {
    for (let day = span.from; day < span.to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) days += 1;
  }
  return days;
}

function movedCount({ deadline, counted }: Clock, lost: number, { calendar }: CompiledAgreement): LocalDate {
  return deadline.offset.unit === 'working-days'
    ? addWorkingDays(calendar, counted.localDate, lost)
    : addDays(counted.localDate, lost);
}

/** What elapsed in suspensions after an instant; what two of them cover counts once. */
function pausedMs(pauses: readonly Pause[], sinceMs: Instant): number {
  let endMs = sinceMs;
  return [...pauses]
    .sort((a, b) => a.fromMs - b.fromMs)
    .reduce((sum, { fromMs, untilMs }) => {
      const start = Math.max(fromMs, endMs);
      if (untilMs === null || untilMs <= start) return sum;
      endMs = untilMs;
      return sum + untilMs - start;
    }, 0);
}

/** Local dates that the clock had lost when it was dated last. */
export function lostSoFar({ moves, round }: Pick<ObligationState, 'moves' | 'round'>, review: boolean): number {
  const ofClock = moves.filter((move) => move.round === round && move.review === review);
  const since = ofClock.findLastIndex(({ clock }) => clock !== null);
  return ofClock.slice(Math.max(0, since)).reduce((sum, { lostDays: lost }) => sum + lost, 0);
}

/** The obligation with its new due time, and the move on record. */
export function redated(
  { reckonedBy: _before, ...state }: ObligationState,
  { by, about }: Pick<Move, 'by' | 'about'>,
  to: Omit<Redated, 'obligation' | 'occurrence'>,
): ObligationState {
  const review = to.review ?? false;
  const { before, due } = to;
  const move: Move = {
    by,
    about,
    round: state.round,
    review,
    before,
    due,
    lostDays: to.lostDays ?? 0,
    clock: to.clock ?? null,
  };
  const moves = [...state.moves, move];
  if (review) return { ...state, review: due, reviewOverdue: false, moves };
  const isFirst = state.round === 1 || state.originalDue?.dueAtMs === before.dueAtMs;
  return { ...state, due, originalDue: isFirst ? due : state.originalDue, moves };
}
