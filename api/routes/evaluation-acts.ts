import { given } from '../../domain/fields.ts';
import { ACT_ANSWERS } from '../act-answer.ts';
import { evaluationAct } from '../evaluations/acting.ts';
import * as bodies from '../evaluations/bodies.ts';
import { assertItem, assertSubject } from '../evaluations/enrolling.ts';
import { isPerson } from '../evaluations/rows.ts';
import { evaluationParams } from '../evaluations/schema.ts';
import { demandKnown } from '../improvements/acting.ts';
import { brought, written } from '../life/acting.ts';
import { route } from '../route.ts';

const PATH = '/agreements/{id}/evaluations/{evaluation}';
const ACT = { method: 'post', access: 'evaluations.act', params: evaluationParams, answers: ACT_ANSWERS } as const;
/** Whoever is evaluated does it for themselves, whether they fill a seat or not. */
const OWN_ACT = { ...ACT, evaluated: true } as const;

export const postEvaluated = route({
  ...ACT,
  id: 'enrolEvaluated',
  path: `${PATH}/enrol`,
  summary: 'Evaluate somebody more in this period; or list a late response, with whoever is responsible',
  body: bodies.enrolBody,
  handle: (context) => {
    const { deps, params, body } = context;
    const { subject, item, lateMinutes } = body;
    return evaluationAct(
      context,
      async ({ input }) => {
        await assertSubject(deps, input, subject);
        if (item !== undefined) await assertItem(deps, params.id, item);
        const personId = isPerson(subject) ? subject : undefined;
        return { command: { type: 'enrol', subject, ...given({ item, lateMinutes, personId }) } };
      },
      { isEnrolment: true },
    );
  },
});

export const postSchemeAcknowledgement = route({
  ...ACT,
  id: 'acknowledgeScheme',
  path: `${PATH}/acknowledge`,
  summary: 'Take note of the scheme of this version: before, nothing is scored',
  files: 'too',
  body: bodies.acknowledgeBody,
  handle: (context) => {
    const { version } = context.body;
    return evaluationAct(
      context,
      () => ({ command: { type: 'acknowledge', ...given({ version }), documents: brought(context) } }),
      { isOfAll: true },
    );
  },
});

export const postGathering = route({
  ...ACT,
  id: 'gatherFigures',
  path: `${PATH}/gather`,
  summary: 'Gather the recorded figures of the period now',
  body: bodies.gatherBody,
  handle: (context) => evaluationAct(context, () => ({ command: { type: 'gather' } }), { isOfAll: true }),
});

export const postScore = route({
  ...ACT,
  id: 'scoreIndicator',
  path: `${PATH}/score`,
  summary:
    'Score an indicator on its scale, with the record that it rests on: a file, words, or a kind that the scheme names',
  files: 'too',
  body: bodies.scoreBody,
  handle: (context) => {
    const { subject, indicator, value, evidence, record } = context.body;
    return evaluationAct(context, ({ state }) => {
      const found = state.scheme?.indicators.find(({ id }) => id === indicator);
      for (const [index, kind] of evidence.entries()) {
        demandKnown(`evidence[${String(index)}]`, kind, found?.evidence ?? []);
      }
      return {
        ...written({ note: record }),
        command: {
          type: 'score',
          ...given({ subject }),
          ...{ indicator, value, evidence, documents: brought(context), hasRecord: record !== undefined },
        },
      };
    });
  },
});

export const postLeftOut = route({
  ...ACT,
  id: 'leaveOutIndicator',
  path: `${PATH}/leave-out`,
  summary:
    'Say that nothing happened that this indicator could measure: it is not scored zero, the others bear its weight',
  body: bodies.leaveOutBody,
  handle: (context) => {
    const { subject, indicator, reason } = context.body;
    return evaluationAct(context, () => ({
      ...written({ reason }),
      command: { type: 'leave-out', ...given({ subject }), indicator },
    }));
  },
});

export const postSelfAssessment = route({
  ...OWN_ACT,
  id: 'assessOneself',
  path: `${PATH}/self-assess`,
  summary: 'Those evaluated say how they see it themselves, before they are scored',
  body: bodies.selfAssessBody,
  handle: (context) => {
    const { subject, indicator, value, text } = context.body;
    return evaluationAct(
      context,
      () => ({
        ...written({ details: text }),
        command: { type: 'self-assess', ...given({ subject, indicator, value }) },
      }),
      { isOwn: true },
    );
  },
});

export const postTargets = route({
  ...ACT,
  id: 'judgeTargets',
  path: `${PATH}/judge-targets`,
  summary: 'Say of each target of the contract whether it was met',
  files: 'too',
  body: bodies.targetsBody,
  handle: (context) => {
    const { subject, met, missed, record } = context.body;
    return evaluationAct(context, () => ({
      ...written({ note: record }),
      command: { type: 'judge-targets', ...given({ subject }), met, missed, documents: brought(context) },
    }));
  },
});

export const postThirdPartyAssessment = route({
  ...ACT,
  id: 'takeAssessment',
  path: `${PATH}/third-party`,
  summary: 'Take a third party’s assessment in as one more test, with its file',
  files: 'too',
  body: bodies.thirdPartyBody,
  handle: (context) => {
    const { subject, passed, record } = context.body;
    return evaluationAct(context, () => ({
      ...written({ note: record }),
      command: { type: 'third-party', ...given({ subject }), passed, documents: brought(context) },
    }));
  },
});

export const postConclusion = route({
  ...ACT,
  id: 'concludeEvaluation',
  path: `${PATH}/conclude`,
  summary: 'Reckon the provisional result: total, band, tests. Those evaluated hear of it',
  body: bodies.concludeBody,
  handle: (context) => {
    const { subject } = context.body;
    return evaluationAct(context, () => ({ command: { type: 'conclude', ...given({ subject }) } }));
  },
});

export const postResultObjection = route({
  ...OWN_ACT,
  id: 'objectToResult',
  path: `${PATH}/object`,
  summary: 'Object to a provisional result, or to one score of it, with the reason, while the window is open',
  files: 'too',
  body: bodies.objectBody,
  handle: (context) => {
    const { subject, indicator, reason } = context.body;
    return evaluationAct(
      context,
      () => ({
        ...written({ reason }),
        command: { type: 'object', ...given({ subject, indicator }), documents: brought(context) },
      }),
      { isOwn: true },
    );
  },
});

export const postObjectionAnswer = route({
  ...ACT,
  id: 'answerObjection',
  path: `${PATH}/answer`,
  summary: 'Uphold or reject an objection, with the reason; one that is upheld is followed by a correction',
  body: bodies.answerBody,
  handle: (context) => {
    const { subject, objection, verdict, reason } = context.body;
    return evaluationAct(context, () => ({
      ...written({ reason }),
      command: { type: 'answer', ...given({ subject, objection }), verdict },
    }));
  },
});

export const postCorrection = route({
  ...ACT,
  id: 'correctScore',
  path: `${PATH}/correct`,
  summary: 'Another value, with the reason: by somebody who neither gave the score nor is evaluated',
  files: 'too',
  body: bodies.correctBody,
  handle: (context) => {
    const { subject, indicator, value, reason } = context.body;
    return evaluationAct(context, () => ({
      ...written({ reason }),
      command: { type: 'correct', ...given({ subject }), indicator, value, documents: brought(context) },
    }));
  },
});

export const postResultConfirmation = route({
  ...ACT,
  id: 'confirmResult',
  path: `${PATH}/confirm`,
  summary: 'A second person confirms the result',
  body: bodies.confirmBody,
  handle: (context) => {
    const { subject, note } = context.body;
    return evaluationAct(context, () => ({
      ...written({ note }),
      command: { type: 'confirm', ...given({ subject }) },
    }));
  },
});

export const postEvaluationResults = route({
  ...ACT,
  id: 'publishEvaluation',
  path: `${PATH}/publish`,
  summary:
    'Publish the final results, with the basis of each score, to those whom the contract names and all who were evaluated',
  body: bodies.publishEvaluationBody,
  handle: (context) => evaluationAct(context, () => ({ command: { type: 'publish' } }), { isOfAll: true }),
});

export const postConsequence = route({
  ...ACT,
  id: 'proposeConsequence',
  path: `${PATH}/propose`,
  summary: 'Propose a consequence that the contract knows, beside what the bands propose',
  body: bodies.proposeConsequenceBody,
  handle: (context) => {
    const { subject, consequence, amount, reason } = context.body;
    return evaluationAct(context, () => ({
      ...written({ reason }),
      command: { type: 'propose', ...given({ subject, amount }), consequence },
    }));
  },
});

export const postConsequenceDecision = route({
  ...ACT,
  id: 'decideConsequence',
  path: `${PATH}/decide`,
  summary: 'Take a proposed consequence or leave it, with the reason; nothing follows by itself',
  files: 'too',
  body: bodies.decideConsequenceBody,
  handle: (context) => {
    const { subject, consequence, verdict, amount, reason } = context.body;
    return evaluationAct(context, () => ({
      ...written({ reason }),
      command: { type: 'decide', ...given({ subject, consequence, amount }), verdict, documents: brought(context) },
    }));
  },
});

export const postLatenessExplanation = route({
  ...OWN_ACT,
  id: 'explainLateness',
  path: `${PATH}/explain`,
  summary: 'Whoever is responsible says why a response was late',
  body: bodies.explainBody,
  handle: (context) => {
    const { subject, text } = context.body;
    return evaluationAct(
      context,
      () => ({
        ...written({ details: text }),
        command: { type: 'explain', ...given({ subject }) },
      }),
      { isOwn: true },
    );
  },
});
