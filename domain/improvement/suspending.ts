import type { Due } from '../agreement/event.ts';
import { daysBetween } from '../local-date.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { type Clock, datesOf, dueLater } from './clock.ts';
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
    .map(({ reminder, about, due }) => ({ of: about ?? NAMES[reminder], due }));
}

/** The agreement is suspended as a whole: the dates of its improvements stand still, where its template does not say otherwise. */
export function clocksStopped(command: ClocksStopped, state: ImprovementState): Decision {
  if (hasEnded(state) || state.suspended || !state.input.rules.suspends) return processDecision({});
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, findingClauses(state)), type: 'improvement-suspended', from: command.from }],
  });
}

/**
 * They run again: every date that stood as it began, and is still waited for, moves by the days that were lost. What was set
 * meanwhile was set in view of it, and stays.
 */
export function clocksRun(command: ClocksRun, state: ImprovementState): Decision {
  const { suspended, input } = state;
  if (hasEnded(state) || !suspended) return processDecision({});
  const { until } = command;
  const lostDays = Math.max(0, daysBetween(suspended.from, until));
  const moved = standingDates(state)
    .filter(({ of, due }) => suspended.stood.some((one) => one.of === of && one.due.dueAtMs === due.dueAtMs))
    .map(({ of, due }) => ({ of, due: dueLater(input, due, lostDays, isMeasure(state, of)) }));
  return processDecision<ImprovementEventBody>({
    events: [
      {
        ...causeOf(command, findingClauses(state)),
        type: 'improvement-resumed',
        until,
        lostDays,
        moved: lostDays === 0 ? [] : moved,
      },
    ],
  });
}

/** The state with another date. */
export function withDate(state: ImprovementState, { of, due }: Standing): ImprovementState {
  if (isMeasure(state, of)) {
    return { ...state, measures: state.measures.map((one) => (one.id === of ? { ...one, due } : one)) };
  }
  switch (of) {
    case 'cause':
      return { ...state, causeDue: due };
    case 'plan':
      return { ...state, due };
    case 'check':
      return { ...state, checkDue: due };
    case 'answer':
      return { ...state, answerDue: due };
    default:
      return state;
  }
}

function isMeasure({ measures }: ImprovementState, of: string): boolean {
  return measures.some(({ id }) => id === of);
}
