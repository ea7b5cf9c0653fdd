import { z } from 'zod';
import { agreementClocks } from '../../activities/agreement-clocks.ts';
import { given } from '../../domain/fields.ts';
import { derivedId } from '../derived-id.ts';
import { brought, written } from '../life/acting.ts';
import { belongingOf, findSurvey } from '../process/rows.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { stagedSampleId } from '../../workflows/ids.ts';
import { ACT_ANSWERS, surveyAct } from '../surveys/acting.ts';
import * as bodies from '../surveys/bodies.ts';
import { raisersOf } from '../surveys/raisers.ts';
import { goalsHeld, keepQuestionnaire, proposedQuestionnaire, warningsOf } from '../surveys/questionnaire.ts';
import { drawnFor, forgetStaged, stageSample } from '../surveys/sample.ts';
import { questionnaireDraft, sentTestMails, surveyParams, warnings } from '../surveys/schema.ts';
import { sendTestMails } from '../surveys/test-mails.ts';
import { releasedReport } from '../reports/released.ts';

export const getQuestionnaireDraft = route({
  id: 'draftQuestionnaire',
  method: 'get',
  path: '/agreements/{id}/surveys/{survey}/draft',
  summary: 'A questionnaire to begin with, from the bank of questions or the cycle before; nothing is stored',
  access: 'agreements.read',
  params: surveyParams,
  query: z.object({ from: z.enum(['bank', 'previous']).default('bank') }),
  answers: { 200: { description: 'The draft', schema: questionnaireDraft } },
  handle: async ({ deps: { database }, params, query }) => {
    const [belonging, cycle] = await Promise.all([
      belongingOf(database, params.id),
      findSurvey(database, params.id, params.survey),
    ]);
    const draft = await proposedQuestionnaire(database, belonging, cycle, query.from);
    return { status: 200, body: { ...draft, warnings: warningsOf(belonging, draft.json) } };
  },
});

export const postDesign = route({
  id: 'designSurvey',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/design',
  summary: 'A version of the questionnaire, in place of the one before; frozen at publication',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.designBody,
  answers: {
    200: { ...ACT_ANSWERS[200], schema: ACT_ANSWERS[200].schema.extend({ warnings }).meta({ id: 'AppliedDesign' }) },
    202: { ...ACT_ANSWERS[202], schema: ACT_ANSWERS[202].schema.extend({ warnings }).meta({ id: 'PendingDesign' }) },
  },
  handle: async (context) => {
    const { deps, body, params } = context;
    const belonging = await belongingOf(deps.database, params.id);
    const { status, body: done } = await surveyAct(context, async (cycle) => ({
      command: {
        type: 'design',
        questionnaire: await keepQuestionnaire(deps.database, body.questionnaire, {
          weights: body.weights ?? {},
          at: new Date(deps.clock()),
          goals: goalsHeld(belonging, cycle),
        }),
      },
    }));
    return { status, body: { ...(done as object), warnings: warningsOf(belonging, body.questionnaire) } };
  },
});

export const postQuestionnaireApproval = route({
  id: 'approveQuestionnaire',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/approve',
  summary: 'Approve the version of the questionnaire that was shown',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.approveBody,
  answers: ACT_ANSWERS,
  handle: (context) =>
    surveyAct(context, () => ({ command: { type: 'approve-questionnaire', version: context.body.version } })),
});

export const postSurveyDate = route({
  id: 'proposeSurveyDate',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/propose-date',
  summary: 'Propose the day of the survey; the other side must accept it',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.dateBody,
  answers: ACT_ANSWERS,
  handle: (context) => surveyAct(context, () => ({ command: { type: 'propose-date', date: context.body.date } })),
});

export const postSurveyDateAcceptance = route({
  id: 'acceptSurveyDate',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/accept-date',
  summary: 'Accept the very day that was proposed',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.dateBody,
  answers: ACT_ANSWERS,
  handle: (context) => surveyAct(context, () => ({ command: { type: 'accept-date', date: context.body.date } })),
});

export const postDraw = route({
  id: 'drawSample',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/draw',
  summary: 'Draw who is asked from the customers, by a seed that is recorded; before publication it may be drawn again',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.drawBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, body, key } = context;
    const answer = surveyAct(context, async ({ input }) => {
      const wanted = { ...body, seed: body.seed ?? derivedId('seed', key).slice(0, 8) };
      const drawn = await drawnFor(deps.database, input.survey, wanted, stagedSampleId(key));
      const { sample, invitees } = body.open ? { sample: { ...drawn.sample, ...NOBODY }, invitees: [] } : drawn;
      return { command: { type: 'draw', sample }, beside: stageSample(invitees) };
    });
    try {
      const { status, body: result } = await answer;
      if (status === 200) await forgetStaged(deps.database, key);
      return { status, body: result };
    } catch (error) {
      if (error instanceof Problem && error.recorded) await forgetStaged(deps.database, key);
      throw error;
    }
  },
});

/** Of a survey that is open to whoever has its link. */
const NOBODY = { method: 'all', seed: null, drawn: 0, unreachable: 0, open: true } as const;

export const postTestMails = route({
  id: 'sendSurveyTestMails',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/test-mails',
  summary:
    'Send the invitation with the questionnaire as it stands to oneself, or to seats of the agreement, to try it out',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.testMailsBody,
  answers: { 200: { description: 'They are out', schema: sentTestMails } },
  handle: async ({ deps, params, body, principal }) => ({
    status: 200,
    body: await sendTestMails(deps, {
      agreementId: params.id,
      survey: params.survey,
      principal,
      to: body.to,
      language: body.language,
    }),
  }),
});

export const postPublication = route({
  id: 'publishSurvey',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/publish',
  summary: 'Freeze questionnaire and sample, and ask everybody',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.publishBody,
  answers: ACT_ANSWERS,
  handle: (context) => surveyAct(context, () => ({ command: { type: 'publish', channels: context.body.channels } })),
});

export const postSurveyClose = route({
  id: 'closeSurvey',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/close',
  summary: 'Close it before its time: later answers are kept apart',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.closeBody,
  answers: ACT_ANSWERS,
  handle: (context) => surveyAct(context, () => ({ command: { type: 'close' } })),
});

export const postSurveyWeights = route({
  id: 'setSurveyWeights',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/set-weights',
  summary: 'Set the weights of the next cycle; this one keeps its own',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.weightsBody,
  answers: ACT_ANSWERS,
  handle: (context) => surveyAct(context, () => ({ command: { type: 'set-weights', weights: context.body.weights } })),
});

export const postFinding = route({
  id: 'raiseSurveyFinding',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/raise',
  summary: 'Open an improvement for what the answers say',
  access: 'agreements.act',
  params: surveyParams,
  body: bodies.raiseBody,
  answers: ACT_ANSWERS,
  handle: (context) => {
    const { finding, frequency, severity, title, details, customers } = context.body;
    const dimension = context.body.dimension ?? null;
    return surveyAct(context, async (cycle) => {
      const { database } = context.deps;
      const { raisedBy, customerWeight } = await raisersOf(database, cycle, { customers, dimension });
      const { standstill } = await agreementClocks(database, context.params.id);
      return {
        ...written({ topic: title, details }),
        command: {
          type: 'raise',
          finding: finding ?? `finding-${String(cycle.state.findings.length + 1)}`,
          dimension,
          frequency: frequency ?? Math.max(1, raisedBy.length),
          severity,
          ...(raisedBy.length > 0 ? { raisedBy } : {}),
          ...given({ customerWeight }),
          ...standstill,
        },
      };
    });
  },
});

export const postRelease = route({
  id: 'releaseSurveyReport',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/release',
  summary: 'Send the report, with the analyst’s judgement, to those whom the contract names; without a file it is made',
  access: 'agreements.act',
  params: surveyParams,
  files: 'too',
  body: bodies.releaseBody,
  answers: ACT_ANSWERS,
  handle: (context) => {
    const { judgement, recommendations } = context.body;
    const words = { judgement, recommendations };
    return surveyAct(context, async ({ row, state }) => {
      const isMade = context.documents.length === 0 && state.status === 'analysed';
      const documents = isMade
        ? await releasedReport(context.deps, { agreementId: context.params.id, id: row.id, words })
        : context.documents;
      return { ...written(words), documents, command: { type: 'release', documents: brought({ documents }) } };
    });
  },
});
