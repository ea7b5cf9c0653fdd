import { Big } from 'big.js';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { localDateAt } from '../zone.ts';
import { dueAfter } from './clock.ts';
import type { TrainingPersonCommand } from './command.ts';
import type { CompiledTraining } from './compiled.ts';
import type { TrainingEventBody } from './event.ts';
import { causeOf, hasPassed, notOrganiser, over, traineeOf, unknownTrainee, waitsForTraining } from './standing.ts';
import type { TrainingState } from './state.ts';
import { toOrganiser, toTrainees } from './telling.ts';

type Examines = Extract<TrainingPersonCommand, { type: 'examine' }>;
type Decision = ProcessDecision<TrainingEventBody>;

/** Whether a mark passes: at the pass mark exactly, it does (S001b-15). */
export function passes(score: string, passMark: string): boolean {
  return new Big(score).gte(passMark);
}

/** What the number of a certificate is: of this session and this trainee alone, and the same whenever it is asked for. */
export function certificateNumber(series: string, ordinal: number): string {
  return `${series}-${String(ordinal).padStart(3, '0')}`;
}

/**
 * Marks of one day. Whoever reaches the pass mark passes and gets a certificate where the agreement knows one; whoever
 * does not is to be trained again where it says so, without a limit to how often (S001b-16), and the manager is told.
 */
export function examine(command: Examines, state: TrainingState): Decision | Rejection {
  const { input } = state;
  const { exam } = input.training;
  if (!exam) return notProvided('examination');
  const wrong = over(state) ?? notOrganiser(state, command.actor) ?? impossible(command, state, exam.clauses);
  if (wrong) return wrong;
  const events: TrainingEventBody[] = [];
  const schedule: NoticeDraft[] = [];
  for (const { trainee, score } of command.results) {
    const outcome = resultOf(command, state, exam, { trainee, score });
    events.push(...outcome.events);
    schedule.push(...outcome.schedule);
  }
  return processDecision<TrainingEventBody>({ events, schedule });
}

function resultOf(
  command: Examines,
  state: TrainingState,
  exam: NonNullable<CompiledTraining['exam']>,
  { trainee, score }: Examines['results'][number],
): Pick<Decision, 'events' | 'schedule'> {
  const { input } = state;
  const { certificate, retraining } = input.training;
  const { examinedOn } = command;
  const cause = causeOf(state, command, exam.clauses);
  const attempt = (traineeOf(state, trainee)?.attempts.length ?? 0) + 1;
  const result = { ...cause, trainee, score, passMark: exam.passMark, examinedOn, attempt };
  const facts = { value: score, passMark: exam.passMark, round: attempt, on: examinedOn, topics: input.topics };
  if (passes(score, exam.passMark)) {
    if (!certificate) return { events: [{ ...result, type: 'exam-passed' }], schedule: [] };
    const { clauses } = certificate;
    const ordinal = state.trainees.findIndex(({ personId }) => personId === trainee) + 1;
    const number = certificateNumber(input.series, ordinal);
    return {
      events: [
        { ...result, type: 'exam-passed' },
        { ...cause, clauses, type: 'certificate-issued', trainee, number, issuedOn: examinedOn },
      ],
      schedule: toTrainees(state, command, 'certificate-issued', {
        to: [trainee],
        clauses,
        facts: { ...facts, certificate: number, trainee },
      }),
    };
  }
  const clauses = retraining?.clauses ?? exam.clauses;
  const due = retraining && retraining.days !== null ? dueAfter(input, examinedOn, retraining.days) : null;
  const failed = {
    ...facts,
    trainee,
    ...(retraining ? { status: 'retraining' } : {}),
    ...(due ? { dueAtMs: due.dueAtMs, localDate: due.localDate } : {}),
  };
  return {
    events: [
      { ...result, type: 'exam-failed' },
      ...(retraining ? [{ ...cause, clauses, type: 'retake-due' as const, trainee, ...(due ? { due } : {}) }] : []),
    ],
    schedule: [
      ...toOrganiser(state, command, 'exam-failed', { clauses, facts: failed }),
      ...toTrainees(state, command, 'exam-failed', { to: [trainee], clauses, facts: failed }),
    ],
  };
}

function impossible(
  { results, examinedOn, receivedAtMs }: Examines,
  state: TrainingState,
  clauses: string[],
): Rejection | undefined {
  const today = localDateAt(state.input.zone, receivedAtMs);
  if (examinedOn > today) return { rejected: 'date-out-of-range', message: `${examinedOn} is after ${today}` };
  if (results.length === 0) return { rejected: 'nothing-changes', message: 'no result is given' };
  for (const [index, { trainee }] of results.entries()) {
    const known = traineeOf(state, trainee);
    if (!known) return unknownTrainee(state, trainee);
    if (results.findIndex((one) => one.trainee === trainee) < index) {
      return { rejected: 'nothing-changes', message: `${trainee} stands twice in the results of one day` };
    }
    const last = known.attendedOn.at(-1);
    if (last === undefined) {
      return { rejected: 'not-attended', message: `${trainee} was not at the training`, clauses };
    }
    if (hasPassed(known)) return { rejected: 'already-passed', message: `${trainee} has passed`, clauses };
    const { retraining } = state.input.training;
    if (retraining && waitsForTraining(known)) {
      const message = `${trainee} failed and must be trained again before the next examination`;
      return { rejected: 'retraining-first', message, clauses: retraining.clauses };
    }
    if (examinedOn < last) {
      return { rejected: 'date-out-of-range', message: `${examinedOn} is before the training of ${last}` };
    }
  }
  return undefined;
}
