import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { localDateAt } from '../zone.ts';
import { dueAfter, feedbackDueAfter } from './clock.ts';
import type { TrainingPersonCommand } from './command.ts';
import type { TrainingEventBody } from './event.ts';
import { causeOf, notOrganiser, over, takesPart, traineeOf, unknownTrainee, waitsForTraining } from './standing.ts';
import type { Trainee, TrainingState } from './state.ts';
import { toTrainees } from './telling.ts';

type Holds = Extract<TrainingPersonCommand, { type: 'hold' }>;
type Decision = ProcessDecision<TrainingEventBody>;

/**
 * It took place. The first time everybody may have been there; after that, those who failed and are trained again
 * (S001b-16), and those who were away before. Their examination counts from this day.
 */
export function hold(command: Holds, state: TrainingState): Decision | Rejection {
  const wrong = over(state) ?? notOrganiser(state, command.actor) ?? impossible(command, state);
  if (wrong) return wrong;
  const { input } = state;
  const { heldOn } = command;
  const attended = [...new Set(command.attended)];
  const unknown = attended.find((one) => !traineeOf(state, one));
  if (unknown !== undefined) return unknownTrainee(state, unknown);
  const expected = state.trainees.filter((one) => takesPart(one) && isExpected(one));
  const idle = attended.find((one) => !expected.some(({ personId }) => personId === one));
  if (idle !== undefined) {
    const message = `${idle} has been trained: only those who failed, or were away, are trained again`;
    return { rejected: 'already-held', message };
  }
  const { exam, feedback, clauses } = input.training;
  const examDue = exam && exam.days !== null ? dueAfter(input, heldOn, exam.days) : null;
  const first = state.heldOn.length === 0;
  const asked = attended.filter((one) => traineeOf(state, one)?.feedback === null);
  return processDecision<TrainingEventBody>({
    events: [
      {
        ...causeOf(state, command, first ? clauses : [...new Set([...clauses, ...retrainingClauses(state)])]),
        type: 'training-held',
        round: state.heldOn.length + 1,
        heldOn,
        attended,
        absent: expected.map(({ personId }) => personId).filter((one) => !attended.includes(one)),
        ...(examDue ? { examDue } : {}),
        ...(feedback ? { feedbackDue: feedbackDueAfter(input, localDateAt(input.zone, command.receivedAtMs)) } : {}),
      },
    ],
    schedule:
      feedback && first
        ? toTrainees(state, command, 'training-feedback-request', {
            to: asked,
            clauses: feedback.clauses,
            facts: { topics: input.topics, on: heldOn },
          })
        : [],
  });
}

/** Never there before, or failed since. */
function isExpected(trainee: Trainee): boolean {
  return trainee.attendedOn.length === 0 || waitsForTraining(trainee);
}

function retrainingClauses({ input }: TrainingState): string[] {
  return input.training.retraining?.clauses ?? [];
}

function impossible({ heldOn, attended, receivedAtMs }: Holds, state: TrainingState): Rejection | undefined {
  const today = localDateAt(state.input.zone, receivedAtMs);
  if (heldOn > today) {
    return {
      rejected: 'date-out-of-range',
      message: `${heldOn} is after ${today}: it is held first, and recorded then`,
    };
  }
  const last = state.heldOn.at(-1);
  if (last !== undefined && heldOn < last) {
    return { rejected: 'date-out-of-range', message: `${heldOn} is before ${last}, when it was held last` };
  }
  if (attended.length === 0) {
    return { rejected: 'attendance-missing', message: 'nobody is named as having been there: then it was not held' };
  }
  return undefined;
}
