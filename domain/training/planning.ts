import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { dueOnDay } from './clock.ts';
import type { TrainingPersonCommand } from './command.ts';
import type { TrainingEventBody } from './event.ts';
import { causeOf, notOrganiser, over, subjectOf, takesPart, traineeOf, unknownTrainee } from './standing.ts';
import type { TrainingState } from './state.ts';
import { calledOff, invited } from './telling.ts';

type Command<T extends TrainingPersonCommand['type']> = Extract<TrainingPersonCommand, { type: T }>;
type Decision = ProcessDecision<TrainingEventBody>;

/** So many people one session takes: its state is carried whole. */
export const MOST_TRAINEES = 500;

/** It is planned: everybody who takes part is invited. */
export function planned(state: TrainingState, atMs: Instant): Decision {
  const { actor, training, topics, mode, methods, trainees, plannedOn } = state.input;
  const due = dueOnDay(state.input, plannedOn);
  const { clauses } = training;
  return processDecision<TrainingEventBody>({
    events: [
      {
        ...subjectOf(state.input),
        type: 'training-planned',
        occurredAtMs: atMs,
        actor,
        clauses,
        topics,
        mode,
        methods,
        trainees,
        due,
      },
    ],
    schedule: invited(state, { receivedAtMs: atMs }, trainees, due, false),
  });
}

/** To another day, as long as it has not been held; everybody is invited anew. */
export function reschedule(command: Command<'reschedule'>, state: TrainingState): Decision | Rejection {
  const wrong = over(state) ?? notOrganiser(state, command.actor) ?? held(state) ?? past(state, command);
  if (wrong) return wrong;
  const due = dueOnDay(state.input, command.plannedOn);
  if (state.due?.dueAtMs === due.dueAtMs && state.status === 'planned') return processDecision({});
  return processDecision<TrainingEventBody>({
    events: [{ ...causeOf(state, command), type: 'training-rescheduled', due }],
    schedule: invited(state, command, there(state), due, true),
  });
}

export function enrol(command: Command<'enrol'>, state: TrainingState): Decision | Rejection {
  const wrong = over(state) ?? notOrganiser(state, command.actor);
  if (wrong) return wrong;
  const trainees = [...new Set(command.trainees)].filter((one) => !traineeOf(state, one));
  if (trainees.length === 0) return processDecision({});
  if (state.trainees.length + trainees.length > MOST_TRAINEES) {
    return { rejected: 'too-many', message: `one session takes ${MOST_TRAINEES} people: plan another one` };
  }
  const isAhead = (state.status === 'planned' || state.status === 'missed') && state.due;
  return processDecision<TrainingEventBody>({
    events: [{ ...causeOf(state, command), type: 'trainees-enrolled', trainees }],
    schedule: isAhead ? invited(state, command, trainees, isAhead, false) : [],
  });
}

export function withdraw(command: Command<'withdraw'>, state: TrainingState): Decision | Rejection {
  const wrong = over(state) ?? notOrganiser(state, command.actor);
  if (wrong) return wrong;
  const { trainee } = command;
  if (!traineeOf(state, trainee)) return unknownTrainee(state, trainee);
  return processDecision<TrainingEventBody>({
    events: [{ ...causeOf(state, command), type: 'trainee-withdrawn', trainee }],
    schedule: state.heldOn.length === 0 ? calledOff(state, command, [trainee], 'withdrawn') : [],
  });
}

export function cancel(command: Command<'cancel'>, state: TrainingState): Decision | Rejection {
  const wrong = over(state) ?? notOrganiser(state, command.actor) ?? held(state);
  if (wrong) return wrong;
  return processDecision<TrainingEventBody>({
    events: [{ ...causeOf(state, command), type: 'training-cancelled' }],
    schedule: calledOff(state, command, there(state), 'cancelled'),
  });
}

function there({ trainees }: TrainingState): string[] {
  return trainees.filter(takesPart).map(({ personId }) => personId);
}

function held({ input, heldOn }: TrainingState): Rejection | undefined {
  const [first] = heldOn;
  return first === undefined
    ? undefined
    : { rejected: 'already-held', message: `${input.reference} was held on ${first}: its plan stays as it was` };
}

function past(
  { input }: TrainingState,
  { plannedOn, receivedAtMs }: { plannedOn: LocalDate; receivedAtMs: Instant },
): Rejection | undefined {
  const today = localDateAt(input.zone, receivedAtMs);
  if (plannedOn >= today) return undefined;
  return { rejected: 'date-passed', message: `${plannedOn} is before ${today}` };
}
