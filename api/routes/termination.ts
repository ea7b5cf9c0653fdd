import { z } from 'zod';
import { COORDINATOR } from '../../domain/agreement/parties.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought } from '../life/acting.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { idParams, knownId } from '../schemas.ts';

export const postTermination = route({
  id: 'terminate',
  method: 'post',
  path: '/agreements/{id}/termination',
  summary: 'Record an end that the parties agreed outside, with the document that they signed; the coordinator alone',
  access: 'agreements.manage',
  params: idParams,
  files: 'too',
  body: z.strictObject({ as: knownId, reason: z.string().trim().min(1).max(2_000) }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    if (actor.seat === COORDINATOR && documents.length === 0) throw new Problem('evidence-missing');
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      text: { reason: body.reason },
      command: { type: 'terminate', id: key, actor, documents: brought(context) },
    });
  },
});
