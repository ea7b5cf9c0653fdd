import type { TrainingEventBody } from './event.ts';
import type { Trainee, TrainingState } from './state.ts';

/** What is true after an event. */
export function evolve(state: TrainingState, event: TrainingEventBody): TrainingState {
  switch (event.type) {
    case 'training-planned':
      return { ...state, due: event.due, trainees: event.trainees.map(enrolled) };
    case 'training-rescheduled':
      return { ...state, status: 'planned', due: event.due };
    case 'trainees-enrolled': {
      const known = state.trainees.map((one) =>
        event.trainees.includes(one.personId) ? { ...one, withdrawn: false } : one,
      );
      const fresh = event.trainees.filter((id) => !known.some(({ personId }) => personId === id));
      return { ...state, trainees: [...known, ...fresh.map(enrolled)] };
    }
    case 'trainee-withdrawn':
      return changed(state, [event.trainee], (one) => ({
        ...one,
        withdrawn: true,
        examDue: null,
        examOverdue: false,
        retakeDue: null,
        retakeOverdue: false,
      }));
    case 'training-missed':
      return { ...state, status: 'missed' };
    case 'training-held': {
      const held = changed(state, event.attended, (one) => ({
        ...one,
        attendedOn: [...one.attendedOn, event.heldOn],
        examDue: event.examDue ?? null,
        examOverdue: false,
        retakeDue: null,
        retakeOverdue: false,
      }));
      return {
        ...held,
        status: state.status === 'completed' ? 'completed' : 'held',
        heldOn: [...state.heldOn, event.heldOn],
        feedbackDue: event.feedbackDue ?? state.feedbackDue,
      };
    }
    case 'exam-passed':
    case 'exam-failed': {
      const { score, examinedOn } = event;
      const attempt = { examinedOn, score, passed: event.type === 'exam-passed' };
      return changed(state, [event.trainee], (one) => ({
        ...one,
        attempts: [...one.attempts, attempt],
        examDue: null,
        examOverdue: false,
      }));
    }
    case 'certificate-issued': {
      const { number, issuedOn } = event;
      return changed(state, [event.trainee], (one) => ({ ...one, certificate: { number, issuedOn } }));
    }
    case 'retake-due':
      return changed(state, [event.trainee], (one) => ({ ...one, retakeDue: event.due ?? null, retakeOverdue: false }));
    case 'exam-overdue':
      return changed(state, event.trainees, (one) => ({ ...one, examOverdue: true }));
    case 'retake-overdue':
      return changed(state, event.trainees, (one) => ({ ...one, retakeOverdue: true }));
    case 'training-feedback-given':
      return changed(state, [event.trainee], (one) => ({ ...one, feedback: event.score }));
    case 'training-completed': {
      const { actor: completedBy, occurredAtMs: completedAtMs, handsIn, duty } = event;
      return { ...state, status: 'completed', completedAtMs, completedBy, handsIn, duty };
    }
    case 'exams-completed':
      return { ...state, examHandedIn: true };
    case 'retraining-completed':
      return { ...state, retrainingHandedIn: true };
    case 'training-closed':
      return { ...state, status: 'closed' };
    case 'training-cancelled':
      return { ...state, status: 'cancelled' };
  }
}

function enrolled(personId: string): Trainee {
  return {
    personId,
    withdrawn: false,
    attendedOn: [],
    attempts: [],
    examDue: null,
    examOverdue: false,
    retakeDue: null,
    retakeOverdue: false,
    certificate: null,
    feedback: null,
  };
}

function changed(state: TrainingState, people: string[], change: (trainee: Trainee) => Trainee): TrainingState {
  return {
    ...state,
    trainees: state.trainees.map((one) => (people.includes(one.personId) ? change(one) : one)),
  };
}
