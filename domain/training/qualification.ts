import { occurrenceDate, type Interval } from '../deadline.ts';
import { compareDates } from '../local-date.ts';
import type { LocalDate } from '../time.ts';
import type { CompiledTraining } from './compiled.ts';
import { hasPassed, takesPart } from './standing.ts';
import type { Trainee, TrainingState } from './state.ts';

/** What of a session says who may work: its fold, from wherever it is kept. */
export type TrainedSession = Pick<TrainingState, 'input' | 'status' | 'due' | 'trainees'>;

/** Where somebody stands with the agreement's training on a day. */
export interface Qualification {
  personId: string;
  /** Null: this agreement lets people work without training. */
  qualified: boolean | null;
  /** Since which day; null while they are not. */
  since: LocalDate | null;
  /** The certificates that they were given, oldest first. */
  certificates: { number: string; issuedOn: LocalDate }[];
  /** What keeps them from working: topics that they have not been taught, an examination that they have not passed. */
  missing: { training: string; topics: string[]; exam: boolean }[];
  /** Recurring training that they have not had within its interval (S001b-39, S002-26). */
  overdue: { training: string; lastOn: LocalDate | null; dueOn: LocalDate }[];
}

/** How often a training recurs, by its rule; missing: once. */
export type TrainingIntervals = Record<string, Interval>;

/**
 * Whether somebody may work on that day (S001c-13): they have passed the examination of a training that stands before the
 * post, and whoever was enrolled in the training of new staff has had all of it (S001c-10). Where no mark is agreed, being
 * there is what counts.
 */
export function isQualified(
  trainings: readonly CompiledTraining[],
  sessions: readonly TrainedSession[],
  personId: string,
  day: LocalDate,
): boolean {
  return qualificationOf(trainings, sessions, {}, personId, day).qualified !== false;
}

/** Everybody whom a session of this agreement has on its list, by the order of their enrolment. */
export function rosterOf(sessions: readonly TrainedSession[]): string[] {
  return [...new Set(sessions.flatMap(({ trainees }) => trainees.filter(takesPart).map(({ personId }) => personId)))];
}

export function qualificationOf(
  trainings: readonly CompiledTraining[],
  sessions: readonly TrainedSession[],
  intervals: TrainingIntervals,
  personId: string,
  day: LocalDate,
): Qualification {
  const own = sessions.flatMap(({ input, status, due, trainees }): Own[] => {
    const trainee = trainees.find((one) => one.personId === personId);
    if (status === 'cancelled' || !trainee || !takesPart(trainee)) return [];
    return [{ id: input.training.id, topics: input.topics, plannedOn: due?.localDate ?? input.plannedOn, trainee }];
  });
  const gates = trainings.filter(({ gate }) => gate !== null);
  const standings = gates.map((training) => standingOf(training, own, day));
  const whole = standings.filter(({ training, isEnrolled }) => training.gate?.whole === true && isEnrolled);
  const passed = standings.flatMap(({ passedOn }) => passedOn ?? []).sort(compareDates);
  const isOpen = whole.some(({ wholeOn }) => wholeOn === null);
  const [firstPassed] = passed;
  const qualified = gates.length === 0 ? null : firstPassed !== undefined && !isOpen;
  const since =
    qualified === true && firstPassed !== undefined
      ? ([firstPassed, ...whole.flatMap(({ wholeOn }) => wholeOn ?? [])].sort(compareDates).at(-1) ?? null)
      : null;
  return {
    personId,
    qualified,
    since,
    certificates: own
      .flatMap(({ trainee }) => trainee.certificate ?? [])
      .filter(({ issuedOn }) => issuedOn <= day)
      .sort((a, b) => compareDates(a.issuedOn, b.issuedOn) || (a.number < b.number ? -1 : 1)),
    missing:
      qualified === false
        ? standings
            .filter(({ training, isEnrolled }) => isEnrolled || training.gate?.whole !== true)
            .map(({ training, untaught, passedOn }) => ({
              training: training.id,
              topics: training.gate?.whole === true ? untaught : [],
              exam: passedOn === null,
            }))
            .filter(({ topics, exam }) => topics.length > 0 || exam)
        : [],
    overdue: trainings.flatMap((training) => overdueOf(training, own, intervals[training.id], day)),
  };
}

interface Own {
  id: string;
  topics: string[];
  plannedOn: LocalDate;
  trainee: Trainee;
}

/** How far somebody is with one training that stands before the post. */
function standingOf(training: CompiledTraining, own: readonly Own[], day: LocalDate) {
  const sessions = own.filter(({ id }) => id === training.id);
  const done = sessions.flatMap((one) => {
    const on = throughOn(training, one.trainee, day);
    return on === null ? [] : [{ ...one, on }];
  });
  const taught = training.topics.map(({ id }) => {
    const days = done.filter(({ topics }) => topics.includes(id)).map(({ on }) => on);
    return { id, on: days.sort(compareDates)[0] ?? null };
  });
  const untaught = taught.filter(({ on }) => on === null).map(({ id }) => id);
  const days = taught.flatMap(({ on }) => on ?? []).sort(compareDates);
  return {
    training,
    isEnrolled: sessions.length > 0,
    passedOn: done.map(({ on }) => on).sort(compareDates)[0] ?? null,
    untaught,
    wholeOn: untaught.length > 0 ? null : (days.at(-1) ?? done[0]?.on ?? null),
  };
}

/** Since when somebody is through a session: its examination passed, or, where there is none, the day itself. */
function throughOn({ exam }: CompiledTraining, trainee: Trainee, day: LocalDate): LocalDate | null {
  if (!exam) return trainee.attendedOn.find((on) => on <= day) ?? null;
  if (!hasPassed(trainee)) return null;
  return trainee.attempts.find(({ passed, examinedOn }) => passed && examinedOn <= day)?.examinedOn ?? null;
}

/** Recurring training of which the last one is too long ago; whoever never had any, once the day has passed that they were to. */
function overdueOf(
  { id }: CompiledTraining,
  own: readonly Own[],
  interval: Interval | undefined,
  day: LocalDate,
): Qualification['overdue'] {
  if (!interval) return [];
  const sessions = own.filter((one) => one.id === id);
  if (sessions.length === 0) return [];
  const days = sessions.flatMap(({ trainee }) => trainee.attendedOn).filter((on) => on <= day);
  const lastOn = days.sort(compareDates).at(-1) ?? null;
  const [first = ''] = sessions.map(({ plannedOn }) => plannedOn).sort(compareDates);
  const dueOn = lastOn === null ? first : occurrenceDate(lastOn, interval, 1);
  return dueOn < day ? [{ training: id, lastOn, dueOn }] : [];
}
