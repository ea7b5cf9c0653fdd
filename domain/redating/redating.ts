import type { CompiledAgreement, CompiledObligation } from '../agreement/compiled.ts';
import type { Due, Redated, WindowMove } from '../agreement/event.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { type Calling, callingOf, followedBy, occurrenceDue, openedSoFar, reckonedDue } from '../agreement/opening.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { AgreementState, ObligationState } from '../agreement/state.ts';
import { type CalendarChange, spanOf } from '../calendar-change.ts';
import { endOf, resolveDeadline } from '../deadline.ts';
import { type Clock, handInClock, lastOn, lostDays, movedDue, reviewClock } from '../life/clock.ts';
import { addDays } from '../local-date.ts';
import { isInTime } from '../obligations/deliverable-state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { repinned } from './repinned.ts';
import { windowMoves } from './windows.ts';

/** A clock that would end on another day, and from which day on a changed day matters to it. */
export type RedatedClock = Redated & { since: LocalDate };

/** An occurrence that has not begun yet, as each calendar dates it. */
export interface UpcomingMove {
  obligation: string;
  occurrence: string;
  before: LocalDate;
  after: LocalDate;
  since: LocalDate;
}

/** What a newer calendar would do to an agreement: nothing moves before the coordinator accepts it (design §4). */
export interface Redating {
  redated: RedatedClock[];
  windows: (WindowMove & { since: LocalDate })[];
  /** They are dated as they begin, by the calendar that is pinned then. */
  upcoming: UpcomingMove[];
}

/**
 * The dates that a newer version of the pinned calendar moves, as of an instant. What is done or had fallen due by then
 * stays, and so does a date that somebody named for a special case; nothing moves before the end of that day.
 */
export function redatingOf(state: AgreementState, change: CalendarChange, atMs: Instant): Redating {
  const calling = callingOf(state);
  const next = repinned(state.agreement, change);
  const on = localDateAt(next.zone, atMs);
  const redated: RedatedClock[] = [];
  if (calling) {
    for (const context of inOrderOfFollowing(obligationContexts(state))) {
      if (!rulesOf(context.rule).isOpen(context.state)) continue;
      const name = { obligation: context.rule.id, occurrence: context.state.occurrence };
      const moved = isAhead(context, atMs) ? handInMoved(context, next, calling, on, redated) : null;
      if (moved) redated.push({ ...name, ...moved });
      const reviewed = reviewMoved(context, next, atMs, on);
      if (reviewed) redated.push({ ...name, ...reviewed, review: true });
    }
  }
  return {
    redated,
    windows: windowMoves(state, next, on).filter(({ before }) => before.dueAtMs > atMs),
    upcoming: calling ? upcomingMoves(state, next, calling, change) : [],
  };
}

/** Its time is not up: what was late by one calendar stays late. */
export function isAhead({ rule, state }: ObligationContext, atMs: Instant): boolean {
  return rulesOf(rule).isOpen(state) && state.status !== 'overdue' && isInTime(state, atMs);
}

/** What follows another's due time after that one. */
function inOrderOfFollowing(contexts: ObligationContext[]): ObligationContext[] {
  const depth = (rule: CompiledObligation, left = 20): number => {
    const followed = contexts.find((one) => one.rule.id === followedBy(rule));
    return followed && left > 0 ? 1 + depth(followed.rule, left - 1) : 0;
  };
  return contexts
    .map((context) => ({ context, depth: depth(context.rule) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ context }) => context);
}

type Moved = Omit<RedatedClock, 'obligation' | 'occurrence'>;

function handInMoved(
  context: ObligationContext,
  next: CompiledAgreement,
  calling: Calling,
  on: LocalDate,
  redated: Redated[],
): Moved | null {
  const { agreement, rule, state } = context;
  const clock = handInClock(context, calling);
  if (!clock || !state.due || isNamed(state)) return null;
  // A date that this calendar does not give is none of its: it was named, or follows from something else.
  if (movedDue(clock, state.pauses, agreement).dueAtMs !== state.due.dueAtMs) return null;
  const counted = countedBy(context, next, calling, clock, redated);
  const due = movedDue({ ...clock, counted }, state.pauses, next);
  if (due.dueAtMs === state.due.dueAtMs) return null;
  const since = sinceWhen(clock, counted, state.due);
  if (due.localDate >= on) {
    const set = { counted, from: clock.from };
    return { before: state.due, due, clock: set, lostDays: lostDays(clock, state.pauses), since };
  }
  const today = endOf(plain(rule.deadline), on, next.calendar, next.zone);
  const set = { counted: lastOn(next, rule.deadline, on), from: on };
  return today.dueAtMs === state.due.dueAtMs ? null : { before: state.due, due: today, clock: set, lostDays: 0, since };
}

/** Somebody named the date of this round for a special case: no calendar gave it. */
function isNamed({ moves, round }: ObligationState): boolean {
  return moves.findLast((move) => move.round === round && !move.review && move.clock !== null)?.by === 'override';
}

/** Where the clock ends without roll-over and suspensions: of working days, and of what follows a date that moves, anew. */
function countedBy(
  context: ObligationContext,
  next: CompiledAgreement,
  calling: Calling,
  { counted }: Clock,
  redated: Redated[],
): Due {
  const { agreement, rule, state } = context;
  const { deadline } = rule;
  const { anchor, offset } = deadline;
  const followed =
    typeof anchor === 'object' && 'obligation' in anchor && anchor.at === 'due'
      ? redated.find(
          (one) => one.obligation === anchor.obligation && one.occurrence === state.occurrence && !one.review,
        )
      : undefined;
  if (offset.unit === 'hours') {
    if (!followed) return counted;
    const dueAtMs = counted.dueAtMs + followed.due.dueAtMs - followed.before.dueAtMs;
    return { dueAtMs, localDate: localDateAt(next.zone, dueAtMs - 1) };
  }
  const was = reckonedDue(context, calling);
  if (!was || lastOn(agreement, deadline, was.counted).dueAtMs !== counted.dueAtMs) return counted;
  const is = followed
    ? resolveDeadline(deadline, { date: followed.due.localDate, name: NAMELESS }, next.calendar, next.zone)
    : reckonedDue({ ...context, agreement: next }, calling);
  return is ? lastOn(next, deadline, is.counted) : counted;
}

const NAMELESS = { zh: '', en: '' };

function reviewMoved(context: ObligationContext, next: CompiledAgreement, atMs: Instant, on: LocalDate): Moved | null {
  const { agreement, state } = context;
  const { review } = state;
  const clock = state.status === 'in-review' ? reviewClock(context) : null;
  if (!clock || !review || state.reviewOverdue || !isInTime({ due: review, pauses: state.pauses }, atMs)) return null;
  if (movedDue(clock, state.pauses, agreement).dueAtMs !== review.dueAtMs) return null;
  const moved = movedDue(clock, state.pauses, next);
  const due = moved.localDate >= on ? moved : endOf(plain(clock.deadline), on, next.calendar, next.zone);
  return due.dueAtMs === review.dueAtMs
    ? null
    : { before: review, due, lostDays: 0, since: sinceWhen(clock, clock.counted, review) };
}

/** Rolls forward, whatever it counts. */
function plain(deadline: Clock['deadline']): Clock['deadline'] {
  return { ...deadline, offset: { unit: 'days', count: 0 } };
}

/** Working days are counted one by one from the start; of any other clock its last day alone can be a rest day. */
function sinceWhen({ deadline, from, counted }: Clock, again: Due, { localDate }: Due): LocalDate {
  if (deadline.offset.unit === 'working-days' && deadline.offset.count > 0) return from;
  return [counted.localDate, again.localDate, localDate].sort()[0] ?? localDate;
}

/** No more of one duty are looked at: weekly for four years. */
const MOST_UPCOMING = 208;
/** A date this long after the last changed day does not hang on it any more. */
const AFTERMATH_DAYS = 60;

function upcomingMoves(
  state: AgreementState,
  next: CompiledAgreement,
  calling: Calling,
  change: CalendarChange,
): UpcomingMove[] {
  const span = spanOf(change);
  if (!span) return [];
  const until = addDays(span.last, AFTERMATH_DAYS);
  const { agreement } = state;
  return agreement.obligations
    .flatMap((rule) => {
      const moves: UpcomingMove[] = [];
      const opened = openedSoFar(state, rule);
      for (let k = opened + 1; k <= opened + MOST_UPCOMING; k += 1) {
        const was = occurrenceDue(agreement, rule, calling, k);
        const is = was && occurrenceDue(next, rule, calling, k);
        if (!was || !is || localDateAt(agreement.zone, was.opensAtMs) > until) break;
        const [before, after] = [was.due.localDate, is.due.localDate];
        if (before === after) continue;
        const since =
          rule.deadline.offset.unit === 'working-days'
            ? was.anchorDate
            : ([was.due.counted, is.due.counted, before].sort()[0] ?? before);
        moves.push({ obligation: rule.id, occurrence: was.label, before, after, since });
      }
      return moves;
    })
    .sort((a, b) => (a.before < b.before ? -1 : a.before > b.before ? 1 : 0));
}

/** What a proposal shows, in one line a date: it is accepted as it was shown, or not at all. */
export function shownOf({ redated, windows }: Pick<Redating, 'redated' | 'windows'>): { of: string; to: LocalDate }[] {
  return [
    ...redated.map(({ obligation, occurrence, review, due }) => ({
      of: `${review ? 'review' : 'due'}:${referenceOf({ obligation, occurrence })}`,
      to: due.localDate,
    })),
    ...windows.map(({ of, due }) => ({ of, to: due.localDate })),
  ];
}

/** Whether these are the dates that were shown, in whatever order. */
export function isAsShown(shown: { of: string; to: LocalDate }[], found: { of: string; to: LocalDate }[]): boolean {
  const keysOf = (all: typeof shown): string => JSON.stringify(all.map(({ of, to }) => `${of} ${to}`).sort());
  return keysOf(shown) === keysOf(found);
}
