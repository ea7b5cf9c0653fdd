import { given } from '../../domain/fields.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, written } from '../life/acting.ts';
import { engagementEndBody, thirdAccessBody } from '../life/bodies.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postEngagementEnd = route({
  id: 'endEngagement',
  method: 'post',
  path: '/agreements/{id}/engagement-ends',
  summary:
    'One party decides that a third party’s involvement is to end. It ends when the other has approved and the third party has their written notice; the agreement goes on',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: engagementEndBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { ground, about, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: { type: 'end-engagement', id: key, actor, ground, ...given({ about }), documents: brought(context) },
    });
  },
});

export const postThirdAccess = route({
  id: 'thirdAccess',
  method: 'post',
  path: '/agreements/{id}/third-party-access',
  summary:
    'A third party’s undertaking of secrecy is recorded with its document, then it is given access, or access is taken back; an incident suspends it',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: thirdAccessBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { step, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: { type: 'third-access', id: key, actor, step, documents: brought(context) },
    });
  },
});
