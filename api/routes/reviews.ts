import { z } from 'zod';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import { route } from '../route.ts';
import { knownId, obligationParams } from '../schemas.ts';

export const MAX_POINTS = 50;
export const MAX_POINT_LENGTH = 2_000;

export const postReview = route({
  id: 'review',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/reviews',
  summary: 'Accept what is under review, or reject it with numbered points',
  access: 'agreements.act',
  params: obligationParams,
  body: z.strictObject({
    as: knownId,
    verdict: z.enum(['accept', 'reject']),
    points: z.array(z.string().trim().min(1).max(MAX_POINT_LENGTH)).max(MAX_POINTS).optional(),
  }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key } = context;
    const reference = readReference(params.obligation);
    const { actor } = await actorIn(context, params.id, { ...body, ...reference });
    const points = body.points ?? [];
    return actAnswer(context, {
      agreementId: params.id,
      ...(points.length > 0 ? { text: { points } } : {}),
      command: {
        type: 'review',
        id: key,
        actor,
        ...reference,
        verdict: body.verdict,
        pointCount: points.length,
      },
    });
  },
});
