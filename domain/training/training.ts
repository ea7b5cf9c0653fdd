import { CLOCK } from '../agreement/parties.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { emptyDelivery, isRefused, processDecision } from '../process/fold.ts';
import type { ProcessDecision, ProcessFrame, ProcessRules, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { type Clock, clocksOf } from './clock.ts';
import type { TrainingCommand } from './command.ts';
import type { TrainingInput } from './compiled.ts';
import { closesAt, complete, giveFeedback, settled } from './completing.ts';
import type { TrainingEventBody } from './event.ts';
import { evolve } from './evolve.ts';
import { examine } from './examining.ts';
import { hold } from './holding.ts';
import { cancel, enrol, planned, reschedule, withdraw } from './planning.ts';
import { remindersOf } from './reminder.ts';
import { causeOf, hasEnded, subjectOf, takesPart } from './standing.ts';
import type { TrainingState } from './state.ts';
import { calledOff, stillToThePoint } from './telling.ts';

type Decision = ProcessDecision<TrainingEventBody>;

/** One session of training, from its plan to the last certificate (docs/training.md). */
export const trainingRules: ProcessRules<TrainingState, TrainingCommand, TrainingEventBody> = {
  type: 'training',
  initial,
  start,
  decide,
  evolve,
  nextDue,
  stillToThePoint,
  isOver: hasEnded,
  statusOf: ({ status }) => status,
};

function initial(frame: ProcessFrame): TrainingState {
  return {
    format: 1,
    sequence: 0,
    delivery: emptyDelivery(),
    input: frame as TrainingInput,
    status: 'planned',
    duty: (frame as TrainingInput).duty,
    due: null,
    trainees: [],
    heldOn: [],
    completedAtMs: null,
    completedBy: null,
    handsIn: false,
    examHandedIn: false,
    retrainingHandedIn: false,
    feedbackDue: null,
  };
}

function start(state: TrainingState, atMs: Instant): Decision {
  const decided = planned(state, atMs);
  const folded = decided.events.reduce(evolve, state);
  return { ...decided, schedule: [...decided.schedule, ...remindersOf(folded, decided.schedule, atMs, atMs)] };
}

/** The act, what follows from it at once, and the reminders of the clocks that it starts. */
function decide(command: TrainingCommand | ProcessTick, state: TrainingState): Decision | Rejection {
  const isTick = command.type === 'tick';
  const answered = isTick ? tick(command, state) : answer(command, state);
  if (isRefused(answered)) return answered;
  const decided = isTick || answered.events.length === 0 ? answered : settled(state, answered, command);
  const atMs = isTick ? command.atMs : command.receivedAtMs;
  const folded = decided.events.reduce(evolve, state);
  const isClosing = (isTick || decided.events.length > 0) && closesAt(folded, atMs);
  const cause = isTick
    ? {
        ...subjectOf(state.input),
        occurredAtMs: folded.feedbackDue?.dueAtMs ?? atMs,
        actor: CLOCK,
        clauses: state.input.training.clauses,
      }
    : causeOf(state, command);
  const closed: TrainingEventBody = { ...cause, type: 'training-closed' };
  const events = isClosing ? [...decided.events, closed] : decided.events;
  const after = isClosing ? evolve(folded, closed) : folded;
  const waiting = [...state.delivery.scheduled, ...decided.schedule];
  const reminders = remindersOf(after, waiting, atMs, isTick ? command.nowMs : atMs);
  return { ...decided, events, schedule: [...decided.schedule, ...reminders] };
}

function answer(command: TrainingCommand, state: TrainingState): Decision | Rejection {
  switch (command.type) {
    case 'reschedule':
      return reschedule(command, state);
    case 'enrol':
      return enrol(command, state);
    case 'withdraw':
      return withdraw(command, state);
    case 'hold':
      return hold(command, state);
    case 'examine':
      return examine(command, state);
    case 'feedback':
      return giveFeedback(command, state);
    case 'complete':
      return complete(command, state);
    case 'cancel':
      return cancel(command, state);
    case 'agreement-over':
      return agreementOver(command, state);
  }
}

/** What is complete closes with the agreement; the rest is called off. */
function agreementOver(command: TrainingCommand, state: TrainingState): Decision {
  if (hasEnded(state)) return processDecision({});
  const cause = causeOf(state, command);
  if (state.status === 'completed') {
    return processDecision<TrainingEventBody>({ events: [{ ...cause, type: 'training-closed' }] });
  }
  const awaited = state.heldOn.length === 0 ? state.trainees.filter(takesPart) : [];
  return processDecision<TrainingEventBody>({
    events: [{ ...cause, type: 'training-cancelled' }],
    schedule: calledOff(
      state,
      command,
      awaited.map(({ personId }) => personId),
      'cancelled',
    ),
  });
}

/** What was not done by its time, oldest first; its events bear their due instant. */
function tick({ atMs }: ProcessTick, state: TrainingState): Decision {
  const missed = clocksOf(state)
    .filter(({ due, isOverdue }) => !isOverdue && due.dueAtMs <= atMs)
    .sort((a, b) => a.due.dueAtMs - b.due.dueAtMs);
  return processDecision<TrainingEventBody>({ events: missed.map((clock) => overdueOf(state, clock)) });
}

function overdueOf({ input }: TrainingState, { reminder, due, trainees, clauses }: Clock): TrainingEventBody {
  const base = { ...subjectOf(input), occurredAtMs: due.dueAtMs, actor: CLOCK, clauses, due };
  switch (reminder) {
    case 'training-reminder':
      return { ...base, type: 'training-missed' };
    case 'exam-reminder':
      return { ...base, type: 'exam-overdue', trainees };
    case 'retake-reminder':
      return { ...base, type: 'retake-overdue', trainees };
  }
}

/** The next thing that is not done in time, or the end of the days in which trainees may say what they thought of it. */
function nextDue(state: TrainingState): NextDue | undefined {
  if (hasEnded(state)) return undefined;
  const moments = clocksOf(state)
    .filter(({ isOverdue }) => !isOverdue)
    .map(({ due }) => due.dueAtMs);
  const silentMs = state.feedbackDue?.dueAtMs;
  if (silentMs !== undefined && closesAt(state, silentMs)) moments.push(silentMs);
  return moments.length === 0 ? undefined : { atMs: Math.min(...moments), consequence: true };
}
