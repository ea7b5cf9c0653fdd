import { given } from '../../domain/fields.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, written } from '../life/acting.ts';
import { approvalBody, baselineBody, sealBody, withdrawalBody } from '../life/bodies.ts';
import { isBound } from '../life/consent.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postSeal = route({
  id: 'seal',
  method: 'post',
  path: '/agreements/{id}/seals',
  summary: 'Record that a party sealed on paper; the scan may come along. No electronic seal',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: sealBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { sealedOn } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      command: { type: 'seal', id: key, actor, ...given({ sealedOn }), documents: brought(context) },
    });
  },
});

export const postApproval = route({
  id: 'approve',
  method: 'post',
  path: '/agreements/{id}/approvals',
  summary: 'Consent to what waits for a second mind: a review, a policy, a baseline, a waiver, an end',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: approvalBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { what, note } = body;
    if (!isBound(what)) throw unbound();
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ note }),
      command: { type: 'approve', id: key, actor, what, documents: brought(context) },
    });
  },
});

function unbound(): Problem {
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'what',
        message: {
          zh: '须写明所同意的具体内容，不能只写事项种类',
          en: 'what is consented to is named itself, not only its kind',
        },
        cure: {
          zh: '使用 baseline:<目标>@<基线值>、suspension:<序号> 或 termination:<通知编号>',
          en: 'send baseline:<goal>@<value>, suspension:<number> or termination:<notice>',
        },
      },
    ],
  });
}

export const postWithdrawal = route({
  id: 'withdraw',
  method: 'post',
  path: '/agreements/{id}/withdrawal',
  summary: 'Take back an agreement that was started and is not in force; the coordinator alone',
  access: 'agreements.manage',
  params: idParams,
  body: withdrawalBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      ...written({ reason }),
      command: { type: 'withdraw', id: key, actor },
    });
  },
});

export const postBaseline = route({
  id: 'enterBaseline',
  method: 'post',
  path: '/agreements/{id}/baselines',
  summary: 'Enter the figure that a goal is measured against; the other side confirms it by an approval',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: baselineBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { goal, value, note } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ note }),
      command: { type: 'enter-baseline', id: key, actor, goal, value, documents: brought(context) },
    });
  },
});
