import { answersFor } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { daysLateOn } from '../penalty.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { localDateAt } from '../zone.ts';
import { dueIn } from './clock.ts';
import type { ImprovementPersonCommand } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { causeOf, isOwner, notResponsible, unprovenAt } from './standing.ts';
import type { ImprovementState, MeasureState } from './state.ts';
import { assigned } from './telling.ts';

type Command<T extends ImprovementPersonCommand['type']> = Extract<ImprovementPersonCommand, { type: T }>;
type Decision = ProcessDecision<ImprovementEventBody>;

/** So many checks a plan bears: its state is carried whole. */
const MOST_CHECKS = 500;

/** The owner says that it is done; with the last one the plan is implemented. */
export function complete(command: Command<'complete'>, state: ImprovementState): Decision | Rejection {
  const { input, measures } = state;
  const { clauses } = input.rules;
  const wrong = notUnderWay(state);
  if (wrong) return wrong;
  const measure = measures.find(({ id }) => id === command.measure);
  if (!measure) {
    const message = `no measure ${command.measure}; one of ${measures.map(({ id }) => id).join(', ')}`;
    return { rejected: 'unknown-measure', message };
  }
  if (measure.completedAtMs !== null) return { rejected: 'already-fulfilled', message: `${measure.id} is done` };
  if (!answersFor(input, command.actor, measure.owner)) return notResponsible([measure.owner], clauses);
  const daysLate = daysLateOn(measure.due, localDateAt(input.zone, command.receivedAtMs));
  const cause = causeOf(command, clauses);
  const isLast = measures.every(({ id, completedAtMs }) => id === measure.id || completedAtMs !== null);
  return processDecision<ImprovementEventBody>({
    events: [
      { ...cause, type: 'measure-completed', measure: measure.id, daysLate, documents: command.documents },
      ...(isLast ? [{ ...cause, type: 'plan-implemented' as const }] : []),
    ],
  });
}

/** Somebody other than the owners looks at how it goes; who is behind is told, and the next check counts from this one. */
export function check(command: Command<'check'>, state: ImprovementState): Decision | Rejection {
  const { checks } = state.input.rules;
  if (!checks) return notProvided('check of measures');
  const wrong = notUnderWay(state);
  if (wrong) return wrong;
  const { clauses } = checks;
  if (!answersFor(state.input, command.actor, checks.by)) return notResponsible([checks.by], clauses);
  if (isOwner(state, command.actor)) return ownMeasure(clauses);
  if (state.checks.length >= MOST_CHECKS) return { rejected: 'too-many', message: `it has had ${MOST_CHECKS} checks` };
  const { verdict, documents, receivedAtMs } = command;
  return processDecision<ImprovementEventBody>({
    events: [
      {
        ...causeOf(command, clauses),
        type: 'plan-checked',
        verdict,
        documents,
        ...(checks.days === null ? {} : { checkDue: dueIn(state.input, receivedAtMs, checks.days) }),
      },
    ],
    schedule: verdict === 'behind' ? assigned(state, command, openMeasures(state), verdict) : [],
  });
}

function openMeasures({ measures }: ImprovementState): MeasureState[] {
  return measures.filter(({ completedAtMs }) => completedAtMs === null);
}

export function ownMeasure(clauses: string[]): Rejection {
  return { rejected: 'own-measure', message: 'whoever answers for a measure does not judge it', clauses };
}

/** Why nothing is being done: no plan yet, or all of it is done. */
function notUnderWay(state: ImprovementState): Rejection | undefined {
  switch (state.status) {
    case 'approved':
      return undefined;
    case 'implemented':
    case 'effective':
      return { rejected: 'already-fulfilled', message: 'all measures are done' };
    default:
      return unprovenAt(state);
  }
}
