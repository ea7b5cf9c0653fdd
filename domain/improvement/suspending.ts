import type { Due } from '../agreement/event.ts';
import { addDays, daysBetween } from '../local-date.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { type Clock, type StandingDate, datesOf, daysOf, dueLater } from './clock.ts';
import type { ClocksRun, ClocksStopped } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { causeOf, findingClauses, hasEnded } from './standing.ts';
import type { ImprovementState } from './state.ts';

type Decision = ProcessDecision<ImprovementEventBody>;
type Suspended = NonNullable<ImprovementState['suspended']>;
interface Standing {
  of: string;
  due: Due;
}
/** A date that stands still with the agreement, whether somebody is reminded of it or not. */
interface Dated extends Standing {
  what: StandingDate;
  isOverdue: boolean;
}

const NAMES: Record<Clock['reminder'], StandingDate> = {
  'cause-reminder': 'cause',
  'plan-reminder': 'plan',
  'measure-reminder': 'measure',
  'check-reminder': 'check',
  'answer-reminder': 'answer',
};

/** What is waited for; the date of a plan that waits for its approval, and may come back; and the customers' last day. */
function allDates(state: ImprovementState): Dated[] {
  const { status, due, planOverdue, verdictDue } = state;
  const waited = datesOf(state).map(({ reminder, about, due: by, isOverdue }): Dated => {
    const what = NAMES[reminder];
    return { what, of: about ?? what, due: by, isOverdue };
  });
  const plan: Dated[] = status === 'planned' && due ? [{ what: 'plan', of: 'plan', due, isOverdue: planOverdue }] : [];
  const verdict: Dated[] =
    status === 'effective' && verdictDue ? [{ what: 'verdict', of: 'verdict', due: verdictDue, isOverdue: false }] : [];
  return [...waited, ...plan, ...verdict];
}

/** Dates that have not been missed: what had fallen due before a suspension stays due. */
export function standingDates(state: ImprovementState): Standing[] {
  return allDates(state)
    .filter(({ isOverdue }) => !isOverdue)
    .map(({ of, due }) => ({ of, due }));
}

/** The agreement is suspended as a whole: the dates of its improvements stand still, where its template does not say otherwise. */
export function clocksStopped(command: ClocksStopped, state: ImprovementState): Decision {
  if (hasEnded(state) || state.suspended || !state.input.rules.suspends) return processDecision({});
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, findingClauses(state)), type: 'improvement-suspended', from: command.from }],
  });
}

/**
 * They run again: every date that is still waited for moves by those of its days that were lost. What a plan named meanwhile
 * was named in view of it, and stays. A finding of an earlier release that was raised meanwhile was not told that dates stand
 * still: what it missed since is taken back.
 */
export function clocksRun(command: ClocksRun, state: ImprovementState): Decision {
  const { until } = command;
  const suspended = state.suspended ?? raisedMeanwhile(command, state);
  if (hasEnded(state) || !suspended) return processDecision({});
  const since = countedFrom(suspended, state);
  const moved = allDates(state)
    .filter(({ isOverdue }) => !isOverdue || state.suspended === null)
    .map((one) => ({ of: one.of, before: one.due, due: afterwards(one, { suspended, since, until }, state) }))
    .filter(({ before, due }) => due.dueAtMs > before.dueAtMs)
    .map(({ of, due }) => ({ of, due }));
  if (state.suspended === null && moved.length === 0) return processDecision({});
  const lostDays = Math.max(0, daysBetween(since, until));
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, findingClauses(state)), type: 'improvement-resumed', until, lostDays, moved }],
  });
}

/** The first day that a finding can have lost: of one that was raised in the suspension, the day after. */
function countedFrom({ from }: Suspended, { input }: ImprovementState): LocalDate {
  return later(from, addDays(localDateAt(input.zone, input.raisedAtMs), 1));
}

/**
 * When it is due after a suspension. A plan that was sent back meanwhile is due by its rework or by its own date, whichever is
 * later in the end.
 *
 * @param since the first day that was lost, `until` the first that counts again
 */
function afterwards(
  { what, of, due }: Dated,
  { suspended, since, until }: { suspended: Suspended; since: LocalDate; until: LocalDate },
  { input }: ImprovementState,
): Due {
  const { stood, sentBackOn } = suspended;
  if (due.localDate < since) return due;
  const laterBy = (one: Due, lostFrom: LocalDate): Due => {
    const days = daysBetween(lostFrom, until);
    return days > 0 ? dueLater(input, one, days, what === 'measure') : one;
  };
  const before = stood.find((one) => one.of === of);
  if (before?.due.dueAtMs === due.dueAtMs) return laterBy(due, since);
  const days = daysOf(input, what);
  if (days === null) return due;
  const isRework = what === 'plan' && sentBackOn !== undefined;
  const began = isRework ? sentBackOn : addDays(due.rolledFrom ?? due.localDate, -days);
  const anew = laterBy(due, later(since, addDays(began, 1)));
  const own = isRework && before ? laterBy(before.due, since) : anew;
  return own.dueAtMs > anew.dueAtMs ? own : anew;
}

/** The suspension as a finding of an earlier release has it that was raised in it; undefined: none of it is its own. */
function raisedMeanwhile({ from, until }: ClocksRun, { input }: ImprovementState): Suspended | undefined {
  const raisedOn = localDateAt(input.zone, input.raisedAtMs);
  const knew = input.suspendedFrom !== undefined;
  if (knew || !input.rules.suspends || from === undefined || raisedOn < from || raisedOn >= until) return undefined;
  return { from, stood: [] };
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** The state with another date, which is not missed yet. */
export function withDate(state: ImprovementState, { of, due }: Standing): ImprovementState {
  if (isMeasure(state, of)) {
    return { ...state, measures: state.measures.map((one) => (one.id === of ? { ...one, due } : one)) };
  }
  switch (of) {
    case 'cause':
      return { ...state, causeDue: due, causeOverdue: false };
    case 'plan':
      return { ...state, due, planOverdue: false };
    case 'check':
      return { ...state, checkDue: due, checkOverdue: false };
    case 'answer':
      return { ...state, answerDue: due, answerOverdue: false };
    case 'verdict':
      return { ...state, verdictDue: due };
    default:
      return state;
  }
}

function isMeasure({ measures }: ImprovementState, of: string): boolean {
  return measures.some(({ id }) => id === of);
}
