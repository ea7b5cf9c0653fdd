import { z } from 'zod';
import { answerSession, handIn, saveDraft } from '../answers/answering.ts';
import { optOutByToken } from '../answers/opt-out.ts';
import { type AttachedFile, answerFileTaker, removeAttached } from '../answers/uploads.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';

/** 32 bytes as base64url; anything else is wrong without being looked up for long. */
const token = z.string().min(1).max(100).meta({ description: 'What stands behind # in the link; never in an address' });
const answers = z
  .record(z.string().max(120), z.unknown())
  .meta({ description: 'By name of the question, as SurveyJS has them' });

export const postAnswerSession = route({
  id: 'openAnswerSession',
  method: 'post',
  path: '/answer-sessions',
  summary: 'What a token asks for: the questionnaire, its language, closing day and draft. Changes nothing',
  access: 'open',
  changesNothing: true,
  body: z.strictObject({ token }),
  answers: {
    200: {
      description: 'What is asked',
      schema: z
        .object({
          kind: z.enum(['personal', 'open', 'feedback']),
          trial: z.boolean().optional().meta({ description: 'Of a test send: what is answered is not kept' }),
          state: z
            .enum(['not-open', 'open', 'late', 'answered', 'over'])
            .meta({ description: '`late`: it is closed; an answer is kept, and does not count' }),
          operator: z.string(),
          client: z.string().nullable().meta({ description: 'Whoever commissioned the operator' }),
          period: schemas.text.nullish(),
          anonymous: z.boolean().optional(),
          closesOn: z.string().nullish().meta({ description: 'Last day on which answers count' }),
          zone: z.string().optional(),
          language: z.enum(['zh', 'en']).nullish(),
          questionnaire: z.record(z.string(), z.unknown()).nullish().meta({ description: 'SurveyJS JSON' }),
          draft: z.record(z.string(), z.unknown()).nullish(),
        })
        .meta({ id: 'AnswerSession' }),
    },
  },
  handle: async ({ deps, body, client: { ip } }) => ({
    status: 200,
    body: await answerSession(deps, { token: body.token, ip }),
  }),
});

export const putAnswerDraft = route({
  id: 'saveAnswerDraft',
  method: 'put',
  path: '/answer-drafts',
  summary: 'Keep what is filled in so far; another device goes on with the same token',
  access: 'open',
  confidential: true,
  body: z.strictObject({ token, answers }),
  answers: { 200: { description: 'Kept', schema: z.object({ saved: z.literal(true) }) } },
  handle: async ({ deps, body, client: { ip } }) => {
    await saveDraft(deps, { token: body.token, ip }, body.answers);
    return { status: 200, body: { saved: true } };
  },
});

/** Of `postAnswers`, which answerDoor takes as well. */
export const broughtAnswers = z.strictObject({ token, answers });

export const postAnswers = route({
  id: 'handInAnswers',
  method: 'post',
  path: '/answers',
  summary: 'Answer: once by a personal token, as often as people come by an open one',
  access: 'open',
  confidential: true,
  body: broughtAnswers,
  answers: {
    201: {
      description: 'It is kept',
      schema: z.object({ late: z.boolean().meta({ description: 'It came after the close and does not count' }) }),
    },
  },
  handle: async ({ deps, body, key, client: { ip } }) => {
    const taken = await handIn(deps, { token: body.token, ip, key }, body.answers);
    return { status: 201, body: { late: taken === 'late' } };
  },
});

export const postAnswerFile = route({
  id: 'uploadAnswerFile',
  method: 'post',
  path: '/answers/files',
  summary:
    'Attach a file to a question, to name its id in the answer or a draft; token and question stand before the file',
  access: 'open',
  confidential: true,
  files: 'only',
  filesTo: answerFileTaker,
  body: z.strictObject({
    token,
    question: z.string().min(1).max(120).meta({ description: 'Name of a question of type file' }),
  }),
  answers: {
    201: {
      description: 'It is held until it is handed in',
      schema: z.object({
        id: z.uuid(),
        name: z.string().meta({ description: 'As it is kept: a neutral one where answers are anonymous' }),
        size: z.int(),
        type: z.string(),
      }),
    },
  },
  handle: ({ documents }) => {
    const [file] = documents;
    if (!file) throw new Problem('file-missing');
    const { id, keptName: name, size, type } = file as unknown as AttachedFile;
    return Promise.resolve({ status: 201, body: { id, name, size, type } });
  },
});

export const postAnswerFileRemoval = route({
  id: 'removeAnswerFile',
  method: 'post',
  path: '/answers/files/removal',
  summary: 'Take back a file that was not handed in; once more, nothing changes',
  access: 'open',
  confidential: true,
  body: z.strictObject({ token, file: z.uuid() }),
  answers: { 200: { description: 'It is not there any more', schema: z.object({ removed: z.literal(true) }) } },
  handle: async ({ deps, body, client: { ip } }) => {
    await removeAttached(deps, { ...body, ip });
    return { status: 200, body: { removed: true } };
  },
});

export const postOptOut = route({
  id: 'optOut',
  method: 'post',
  path: '/opt-outs',
  summary: "Ask its bearer about their satisfaction no more: by a personal token, for all of the operator's surveys",
  access: 'open',
  confidential: true,
  body: z.strictObject({ token }),
  answers: { 200: { description: 'Noted', schema: z.object({ optedOut: z.literal(true) }) } },
  handle: async ({ deps, body, client: { ip } }) => {
    if (!(await optOutByToken(deps, body.token))) await deps.answers.refuseUnknown(ip);
    return { status: 200, body: { optedOut: true } };
  },
});
