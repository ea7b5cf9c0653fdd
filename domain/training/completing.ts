import type { Actor, DocumentRef } from '../agreement/command.ts';
import { answersFor } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { Errand, ProcessDecision } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { TrainingPersonCommand } from './command.ts';
import type { TrainingEventBody } from './event.ts';
import { evolve } from './evolve.ts';
import { causeOf, hasPassed, notOrganiser, over, takesPart, traineeOf, unknownTrainee } from './standing.ts';
import type { Trainee, TrainingState } from './state.ts';

type Command<T extends TrainingPersonCommand['type']> = Extract<TrainingPersonCommand, { type: T }>;
type Decision = ProcessDecision<TrainingEventBody>;

/** The record is whole: who was there stands in it, and the duty that it serves is handed in. */
export function complete(command: Command<'complete'>, state: TrainingState): Decision | Rejection {
  const { input } = state;
  const { duties, training } = input;
  const { duty } = command;
  const wrong = over(state) ?? notOrganiser(state, command.actor);
  if (wrong) return wrong;
  if (state.heldOn.length === 0) {
    return { rejected: 'not-held', message: `${input.reference} has not been held`, clauses: training.clauses };
  }
  if (state.status === 'completed') return { rejected: 'already-fulfilled', message: 'its record is whole' };
  const { documents } = command;
  const event = { ...causeOf(state, command), type: 'training-completed' as const, duty, documents };
  if (!command.handIn || duty === null) {
    return processDecision<TrainingEventBody>({ events: [{ ...event, handsIn: false }] });
  }
  const asked = duties[duty.obligation];
  if (asked && !answersFor(input, command.actor, asked.responsible)) {
    const message = `${duty.obligation} is handed in by ${asked.responsible}: they complete it, or leave it without hand-in`;
    return { rejected: 'not-responsible', message, clauses: training.clauses };
  }
  const topics = training.topics.map(({ id }) => id);
  const isThere = (part: string): boolean => (topics.includes(part) ? command.taught : command.parts).includes(part);
  const omitted = (asked?.parts ?? []).filter((part) => !isThere(part));
  const missing = omitted.filter((part) => !asked?.mayOmit.includes(part));
  if (missing.length > 0) {
    const message = `${duty.obligation} lacks ${missing.join(', ')}: hold a session on it, or complete this one without hand-in`;
    return { rejected: 'checklist-incomplete', message, clauses: training.clauses };
  }
  return processDecision<TrainingEventBody>({
    events: [{ ...event, handsIn: true }],
    errands: [submitted({ ...state, duty }, command, { obligation: duty.obligation, omitted, documents, step: 1 })],
  });
}

/** What a trainee thought of it (S001c-51): once each, the last word counts. */
export function giveFeedback(command: Command<'feedback'>, state: TrainingState): Decision | Rejection {
  const { feedback, organiser } = state.input.training;
  if (!feedback) return notProvided('feedback on training');
  const { actor, trainee, score } = command;
  const isOwn = actor.personId === trainee;
  const wrong = over(state) ?? (isOwn ? undefined : notOrganiser(state, actor));
  if (wrong)
    return {
      ...wrong,
      ...(wrong.rejected === 'not-responsible' ? { message: `this is for them or ${organiser}` } : {}),
    };
  const known = traineeOf(state, trainee);
  if (!known) return unknownTrainee(state, trainee);
  if (known.attendedOn.length === 0) {
    return { rejected: 'not-attended', message: `${trainee} was not at the training`, clauses: feedback.clauses };
  }
  return processDecision<TrainingEventBody>({
    events: [{ ...causeOf(state, command, feedback.clauses), type: 'training-feedback-given', trainee, score }],
  });
}

/**
 * What follows from an act for the duties of examination and repeated training, and for the session itself: each is
 * fulfilled when the last of those who were there has been examined, or has passed; then nothing of it is open.
 */
export function settled(
  before: TrainingState,
  decided: Decision,
  command: { id: string; receivedAtMs: Instant; actor: Actor },
): Decision {
  let state = decided.events.reduce(evolve, before);
  const events = [...decided.events];
  const errands = [...decided.errands];
  const add = (event: TrainingEventBody): void => {
    events.push(event);
    state = evolve(state, event);
  };
  const { exam, retraining } = state.input.training.fulfils;
  const { training } = state.input;
  if (exam !== null && state.handsIn && !state.examHandedIn && isExamined(state)) {
    const omitted = omittedOf(state, exam);
    add({ ...causeOf(before, command, training.exam?.clauses), type: 'exams-completed' });
    errands.push(
      submitted({ ...state, sequence: before.sequence }, command, {
        obligation: exam,
        omitted,
        documents: [],
        step: 2,
      }),
    );
  }
  if (retraining !== null && state.examHandedIn && !state.retrainingHandedIn && !state.trainees.some(isOpen(state))) {
    const omitted = omittedOf(state, retraining);
    add({ ...causeOf(before, command, training.retraining?.clauses), type: 'retraining-completed' });
    errands.push(
      submitted({ ...state, sequence: before.sequence }, command, {
        obligation: retraining,
        omitted,
        documents: [],
        step: 3,
      }),
    );
  }
  return { ...decided, events, errands };
}

/** Whether nothing of it is open at this instant: it is complete, everybody is through, and said what they thought, or may not any more. */
export function closesAt(state: TrainingState, atMs: Instant): boolean {
  if (state.status !== 'completed' || state.trainees.some(isOpen(state))) return false;
  const { feedbackDue } = state;
  if (feedbackDue === null || feedbackDue.dueAtMs <= atMs) return true;
  return state.trainees.every((one) => !takesPart(one) || one.attendedOn.length === 0 || one.feedback !== null);
}

function wasThere(trainee: Trainee): boolean {
  return takesPart(trainee) && trainee.attendedOn.length > 0;
}

/** Everybody who was there has been examined since the last time that they were. */
function isExamined({ trainees }: TrainingState): boolean {
  const there = trainees.filter(wasThere);
  return there.length > 0 && there.every(({ attempts }) => attempts.length > 0);
}

/** Somebody is still to be examined, or to be trained again. */
function isOpen({ input: { training } }: TrainingState): (trainee: Trainee) => boolean {
  return (trainee) => {
    if (training.exam === null || !wasThere(trainee) || hasPassed(trainee)) return false;
    return trainee.attempts.length === 0 || training.retraining !== null;
  };
}

/** What is left out of a duty of examination: certificates where nobody got one, repeated training where nobody needed it. */
function omittedOf({ input, trainees, heldOn }: TrainingState, obligation: string): string[] {
  const isEmpty =
    obligation === input.training.fulfils.retraining
      ? heldOn.length < 2
      : !trainees.some(({ certificate }) => certificate !== null);
  return isEmpty ? (input.duties[obligation]?.mayOmit ?? []) : [];
}

/**
 * The agreement is told; the id says which step of which session it comes from: told twice, it counts once. Several of
 * one step come in their order.
 */
function submitted(
  { input, duty, sequence }: TrainingState,
  { actor, receivedAtMs }: { actor: Actor; receivedAtMs: Instant },
  told: { obligation: string; omitted: string[]; documents: DocumentRef[]; step: number },
): Errand {
  const { obligation, omitted, documents, step } = told;
  const parts = input.duties[obligation]?.parts ?? [];
  const occurrence = duty?.occurrence;
  const command = {
    type: 'submit' as const,
    id: `${input.workflowId} ${sequence + 1} ${step}-submit ${obligation}`, // with spaces: no key of a person is like it
    receivedAtMs,
    actor: { ...actor, via: 'workflow' as const },
    obligation,
    ...(occurrence === null || occurrence === undefined ? {} : { occurrence }),
    documents,
    ...(parts.length === 0 ? {} : { parts: parts.filter((part) => !omitted.includes(part)), omitted }),
  };
  return { kind: 'tell', workflowId: `agreement/${input.agreementId}`, command };
}
