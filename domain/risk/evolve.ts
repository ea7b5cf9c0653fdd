import type { RiskEvent } from './event.ts';
import type { RiskMeasure, RiskState } from './state.ts';

export function evolve(state: RiskState, event: RiskEvent): RiskState {
  switch (event.type) {
    case 'risk-registered': {
      const { probability, impact, level, version, threshold, emergency, departments } = event;
      return {
        ...state,
        rating: { probability, impact, level, version },
        threshold,
        emergency,
        departments,
        response: { due: event.responseDue, overdue: false },
        review: { ...state.review, due: event.reviewDue, overdue: false },
        measureReview: { due: event.measureReviewDue, overdue: false },
      };
    }
    case 'risk-rated': {
      const { probability, impact, level, version, responseDue, reopened } = event;
      const measures = state.measures.map((one): RiskMeasure =>
        reopened.includes(one.measure)
          ? { ...one, status: 'open', overdue: false, due: responseDue, verdict: null, assessed: false }
          : one,
      );
      return {
        ...state,
        rating: { probability, impact, level, version },
        measures,
        ...(state.measures.length === 0 && level !== event.before
          ? { response: { due: responseDue, overdue: false } }
          : {}),
      };
    }
    case 'risk-equipped': {
      const { threshold, emergency, departments } = event;
      return {
        ...state,
        ...(threshold ? { threshold } : {}),
        ...(emergency ? { emergency } : {}),
        ...(departments ? { departments } : {}),
      };
    }
    case 'risk-measure-planned': {
      const { measure, version, lowers, residual, owner, due } = event;
      const planned: RiskMeasure = {
        ...{ measure, version, lowers, residual, owner, due },
        ...{ status: 'open', overdue: false, verdict: null, assessed: version > 1 },
      };
      const others = state.measures.filter((one) => one.measure !== measure);
      const { measureReviewDue: reviewDue } = event;
      return {
        ...state,
        measures: [...others, planned],
        response: { due: null, overdue: false },
        ...(reviewDue === undefined ? {} : { measureReview: { due: reviewDue, overdue: false } }),
      };
    }
    case 'risk-measure-completed':
      return withMeasure(state, event.measure, { status: 'done', overdue: false });
    case 'risk-measure-assessed':
      return event.verdict === 'adjust'
        ? state
        : withMeasure(state, event.measure, { verdict: 'effective', assessed: true });
    case 'risk-reviewed':
      return { ...state, review: { due: event.due, overdue: false, reviewedAtMs: event.occurredAtMs } };
    case 'risk-measures-reviewed':
      return {
        ...state,
        measureReview: { due: event.due, overdue: false },
        measures: state.measures.map((one) => ({ ...one, assessed: false })),
      };
    case 'risk-response-overdue':
      return { ...state, response: { ...state.response, overdue: true } };
    case 'risk-measure-overdue':
      return withMeasure(state, event.measure, { overdue: true });
    case 'risk-review-overdue':
      return { ...state, review: { ...state.review, overdue: true } };
    case 'risk-measure-review-overdue':
      return { ...state, measureReview: { ...state.measureReview, overdue: true } };
    case 'risk-warning-raised': {
      const { indicator, value, waiting, dueAtMs, occurredAtMs: raisedAtMs } = event;
      const warning = { indicator, value, raisedAtMs, waiting, dueAtMs, overdue: false };
      return { ...state, warning, warnings: state.warnings + 1 };
    }
    case 'risk-warning-acknowledged': {
      const { waiting } = event;
      return { ...state, warning: state.warning && waiting.length > 0 ? { ...state.warning, waiting } : null };
    }
    case 'risk-warning-overdue':
      return { ...state, warning: state.warning && { ...state.warning, overdue: true } };
    case 'risk-occurred': {
      const { number, steps, occurredAtMs } = event;
      const listed = steps.map((step) => ({ ...step, doneAtMs: null }));
      return { ...state, status: 'occurred', occurrence: { number, occurredAtMs, steps: listed } };
    }
    case 'risk-step-done': {
      const { occurrence } = state;
      if (!occurrence) return state;
      const steps = occurrence.steps.map((step) =>
        step.id === event.step ? { ...step, doneAtMs: event.occurredAtMs } : step,
      );
      return { ...state, occurrence: { ...occurrence, steps } };
    }
    case 'risk-stood-down':
      return { ...state, status: 'open' };
    case 'risk-closed':
      return { ...state, status: 'closed', warning: null };
    case 'risk-ended':
      return { ...state, status: 'closed', ended: true, warning: null };
  }
}

function withMeasure(state: RiskState, measure: string, changed: Partial<RiskMeasure>): RiskState {
  return {
    ...state,
    measures: state.measures.map((one) => (one.measure === measure ? { ...one, ...changed } : one)),
  };
}
