import { route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { answerOf } from '../what-if/answer.ts';
import { tryAgreement, tryDraft } from '../what-if/asking.ts';
import { documentedDraftQuestion, draftQuestionBody, questionBody, whatIf } from '../what-if/schema.ts';

export const postWhatIf = route({
  id: 'whatIf',
  method: 'post',
  path: '/agreements/{id}/what-if',
  summary:
    'Calendar, money and end as they would be: acts on other days, other terms, a pause, an end. A trial: keeps nothing',
  access: 'ledger.read',
  changesNothing: true,
  params: idParams,
  body: questionBody,
  answers: { 200: { description: 'Both lives side by side', schema: whatIf } },
  handle: async ({ deps, params, body }) => {
    const { database, clock } = deps;
    return { status: 200, body: answerOf(await tryAgreement({ database, nowMs: clock() }, params.id, body)) };
  },
});

export const postDraftWhatIf = route({
  id: 'whatIfDraft',
  method: 'post',
  path: '/what-if',
  summary: 'The same of a draft that is not kept, as if all signed today or on the day assumed. Keeps nothing',
  access: 'templates.read',
  changesNothing: true,
  body: draftQuestionBody,
  documentedBody: documentedDraftQuestion,
  answers: { 200: { description: 'Both lives side by side', schema: whatIf } },
  handle: ({ deps, body: { draft, ...question } }) =>
    Promise.resolve({ status: 200, body: answerOf(tryDraft(draft, question, deps.clock())) }),
});
