import type { Due } from '../agreement/event.ts';
import { addDays, daysBetween } from '../local-date.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { type Clock, beganOn, datesOf, dueLater } from './clock.ts';
import type { ClocksRun, ClocksStopped } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { causeOf, findingClauses, hasEnded } from './standing.ts';
import type { ImprovementState } from './state.ts';

type Decision = ProcessDecision<ImprovementEventBody>;
interface Standing {
  of: string;
  due: Due;
}

const NAMES: Record<Clock['reminder'], string> = {
  'cause-reminder': 'cause',
  'plan-reminder': 'plan',
  'measure-reminder': 'measure',
  'check-reminder': 'check',
  'answer-reminder': 'answer',
};

/** Dates that have not been missed: what had fallen due before a suspension stays due. */
export function standingDates(state: ImprovementState): Standing[] {
  return datesOf(state)
    .filter(({ isOverdue }) => !isOverdue)
    .map(standing);
}

function standing({ reminder, about, due }: Clock): Standing {
  return { of: about ?? NAMES[reminder], due };
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
 * was named in view of it, and stays. A finding that was raised meanwhile was not told that dates stand still: what it missed
 * since is taken back.
 */
export function clocksRun(command: ClocksRun, state: ImprovementState): Decision {
  const { input } = state;
  const { until } = command;
  const suspended = state.suspended ?? raisedMeanwhile(command, state);
  if (hasEnded(state) || !suspended) return processDecision({});
  const { from, stood } = suspended;
  const lostSince = (day: LocalDate): number => Math.max(0, daysBetween(day, until));
  const lostOf = (clock: Clock): number => {
    const { of, due } = standing(clock);
    if (stood.some((one) => one.of === of && one.due.dueAtMs === due.dueAtMs)) return lostSince(from);
    const began = beganOn(input, clock);
    return began === null ? 0 : lostSince(later(from, addDays(began, 1)));
  };
  const moved = datesOf(state)
    .filter(({ isOverdue }) => !isOverdue || state.suspended === null)
    .map((clock) => ({ clock, days: lostOf(clock) }))
    .filter(({ days }) => days > 0)
    .map(({ clock, days }) => ({
      of: standing(clock).of,
      due: dueLater(input, clock.due, days, clock.reminder === 'measure-reminder'),
    }));
  if (state.suspended === null && moved.length === 0) return processDecision({});
  return processDecision<ImprovementEventBody>({
    events: [
      {
        ...causeOf(command, findingClauses(state)),
        type: 'improvement-resumed',
        until,
        lostDays: lostSince(from),
        moved,
      },
    ],
  });
}

/** The suspension as a finding has it that was raised in it: from the day after; undefined: none of it is its own. */
function raisedMeanwhile(
  { from, until }: ClocksRun,
  { input }: ImprovementState,
): NonNullable<ImprovementState['suspended']> | undefined {
  const raisedOn = localDateAt(input.zone, input.raisedAtMs);
  if (!input.rules.suspends || from === undefined || raisedOn < from || raisedOn >= until) return undefined;
  return { from: addDays(raisedOn, 1), stood: [] };
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
    default:
      return state;
  }
}

function isMeasure({ measures }: ImprovementState, of: string): boolean {
  return measures.some(({ id }) => id === of);
}
