import { ACT_ANSWERS } from '../act-answer.ts';
import { brought, written } from '../life/acting.ts';
import { emergencyOf, measureOf, riskAct } from '../risks/acting.ts';
import * as bodies from '../risks/bodies.ts';
import { riskParams } from '../risks/schema.ts';
import { route } from '../route.ts';

const PATH = '/agreements/{id}/risks/{risk}';
const ACT = { method: 'post', access: 'agreements.act', params: riskParams, answers: ACT_ANSWERS } as const;

export const postRiskRating = route({
  ...ACT,
  id: 'rateRisk',
  path: `${PATH}/rate`,
  summary: 'Rate it anew; where the level is another, its measures are open again as the contract says',
  body: bodies.rateRiskBody,
  handle: (context) => {
    const { probability, impact, reason } = context.body;
    const { emergency, text } = emergencyOf(context.body.emergency);
    return riskAct(context, () => ({
      text: { ...written({ reason }).text, ...text },
      command: { type: 'rate', probability, impact, ...(emergency ? { emergency } : {}) },
    }));
  },
});

export const postRiskEquipment = route({
  ...ACT,
  id: 'equipRisk',
  path: `${PATH}/equip`,
  summary: 'Set its indicator with the threshold, its emergency plan, or the departments that are warned',
  body: bodies.equipBody,
  handle: (context) => {
    const { threshold, departments } = context.body;
    const { emergency, text } = emergencyOf(context.body.emergency);
    const { windowDays, ...watched } = threshold ?? { windowDays: undefined };
    return riskAct(context, () => ({
      text,
      command: {
        type: 'equip',
        ...('indicator' in watched
          ? { threshold: { ...watched, ...(windowDays === undefined ? {} : { windowDays }) } }
          : {}),
        ...(emergency ? { emergency } : {}),
        ...(departments ? { departments } : {}),
      },
    }));
  },
});

export const postRiskMeasure = route({
  ...ACT,
  id: 'mitigateRisk',
  path: `${PATH}/mitigate`,
  summary: 'Plan a measure against it, with owner and date, and what it lowers',
  body: bodies.mitigateBody,
  handle: (context) =>
    riskAct(context, (risk) => {
      const measure = `measure-${String(risk.state.measures.length + 1)}`;
      return {
        text: { measures: { [measure]: { what: context.body.what } } },
        command: { type: 'mitigate', measure, ...measureOf(context.body, risk) },
      };
    }),
});

export const postRiskMeasureDone = route({
  ...ACT,
  id: 'completeRiskMeasure',
  path: `${PATH}/complete`,
  summary: 'Say that a measure is done, with what shows it',
  files: 'too',
  body: bodies.completeMeasureBody,
  handle: (context) =>
    riskAct(context, () => ({
      command: { type: 'complete', measure: context.body.measure, documents: brought(context) },
    })),
});

export const postRiskReview = route({
  ...ACT,
  id: 'reviewRisk',
  path: `${PATH}/review`,
  summary: 'Review it: confirm its rating, or rate it anew',
  body: bodies.reviewRiskBody,
  handle: (context) => {
    const { verdict, rating, reason } = context.body;
    const { emergency, text } = emergencyOf(context.body.emergency);
    return riskAct(context, () => ({
      text: { ...written({ reason }).text, ...text },
      command: { type: 'review', verdict, ...(rating ? { rating } : {}), ...(emergency ? { emergency } : {}) },
    }));
  },
});

export const postRiskMeasureAssessment = route({
  ...ACT,
  id: 'assessRiskMeasure',
  path: `${PATH}/assess`,
  summary: 'Say whether a measure works; one that does not gets its new version with the verdict',
  body: bodies.assessMeasureBody,
  handle: (context) => {
    const { measure, verdict, adjusted, reason } = context.body;
    return riskAct(context, (risk) => ({
      text: {
        ...written({ reason }).text,
        ...(adjusted ? { measures: { [measure]: { what: adjusted.what } } } : {}),
      },
      command: { type: 'assess', measure, verdict, ...(adjusted ? { adjusted: measureOf(adjusted, risk) } : {}) },
    }));
  },
});

export const postRiskObservation = route({
  ...ACT,
  id: 'observeRisk',
  path: `${PATH}/observe`,
  summary: 'Enter a figure of what is watched; one that crosses the threshold warns the departments',
  body: bodies.observeBody,
  handle: (context) => {
    const { value, reason } = context.body;
    return riskAct(context, () => ({ ...written({ reason }), command: { type: 'observe', value } }));
  },
});

export const postRiskAcknowledgement = route({
  ...ACT,
  id: 'acknowledgeRiskWarning',
  path: `${PATH}/acknowledge`,
  summary: 'Acknowledge the open warning as a department that was warned',
  body: bodies.acknowledgeBody,
  handle: (context) =>
    riskAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'acknowledge' } })),
});

export const postRiskOccurrence = route({
  ...ACT,
  id: 'occurRisk',
  path: `${PATH}/occur`,
  summary: 'Say that it came true: its emergency checklist starts at once, and everyone listed is written to',
  body: bodies.occurBody,
  handle: (context) =>
    riskAct(context, () => ({ ...written({ details: context.body.details }), command: { type: 'occur' } })),
});

export const postRiskStep = route({
  ...ACT,
  id: 'doRiskStep',
  path: `${PATH}/step`,
  summary: 'Enter a step of the emergency checklist as done; its time is kept',
  body: bodies.stepBody,
  handle: (context) => {
    const { step, note } = context.body;
    return riskAct(context, () => ({ ...written({ note }), command: { type: 'step', step } }));
  },
});

export const postRiskStandDown = route({
  ...ACT,
  id: 'standDownRisk',
  path: `${PATH}/stand-down`,
  summary: 'Say that what came true is over; the risk stays on the register',
  body: bodies.standDownBody,
  handle: (context) =>
    riskAct(context, () => ({ ...written({ note: context.body.note }), command: { type: 'stand-down' } })),
});

export const postRiskClosing = route({
  ...ACT,
  id: 'closeRisk',
  path: `${PATH}/close`,
  summary: 'Close it, with the reason: it is no risk any more',
  body: bodies.closeRiskBody,
  handle: (context) =>
    riskAct(context, () => ({ ...written({ reason: context.body.reason }), command: { type: 'close' } })),
});
