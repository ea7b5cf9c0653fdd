import { z } from 'zod';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { readReference } from '../obligation-reference.ts';
import { route } from '../route.ts';
import { obligationParams } from '../schemas.ts';

export const MAX_POINTS = 50;
export const MAX_POINT_LENGTH = 2_000;

export const postReview = route({
  id: 'review',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/reviews',
  summary: 'Accept what is under review, or reject it with numbered points',
  access: 'desk',
  params: obligationParams,
  body: z.strictObject({
    as: z.string().min(1).max(100),
    verdict: z.enum(['accept', 'reject']),
    points: z.array(z.string().trim().min(1).max(MAX_POINT_LENGTH)).max(MAX_POINTS).optional(),
  }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key } = context;
    const { actor } = await actorIn(context, params.id, body);
    const points = body.points ?? [];
    return actAnswer(context, {
      agreementId: params.id,
      ...(points.length > 0 ? { text: { points } } : {}),
      command: {
        type: 'review',
        id: key,
        actor,
        ...readReference(params.obligation),
        verdict: body.verdict,
        pointCount: points.length,
      },
    });
  },
});
