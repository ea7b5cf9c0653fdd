import { z } from 'zod';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postTermination = route({
  id: 'terminate',
  method: 'post',
  path: '/agreements/{id}/termination',
  summary: 'Record an end that the parties agreed outside; the coordinator alone',
  access: 'desk',
  params: idParams,
  body: z.strictObject({ as: z.string().min(1).max(100), reason: z.string().trim().min(1).max(2_000) }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key } = context;
    const { actor } = await actorIn(context, params.id, body);
    return actAnswer(context, {
      agreementId: params.id,
      text: { reason: body.reason },
      command: { type: 'terminate', id: key, actor },
    });
  },
});
