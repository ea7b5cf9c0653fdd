import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postSignature = route({
  id: 'sign',
  method: 'post',
  path: '/agreements/{id}/signatures',
  summary: 'Record that a party signed on paper; the scan may come along. No electronic signature',
  access: 'desk',
  params: idParams,
  files: 'too',
  body: z.strictObject({
    as: z.string().min(1).max(100),
    signedOn: z
      .string()
      .refine(isLocalDate, { error: 'YYYY-MM-DD' })
      .optional()
      .meta({ description: 'The date on the paper; today when missing' }),
    onBehalfOf: z.string().max(100).optional(),
  }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      command: {
        type: 'sign',
        id: key,
        actor,
        ...(body.signedOn === undefined ? {} : { signedOn: body.signedOn }),
        documents: documents.map(({ sha256, size }) => ({ sha256, size })),
      },
    });
  },
});
