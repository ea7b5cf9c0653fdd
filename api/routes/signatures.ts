import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { route } from '../route.ts';
import { idParams, knownId } from '../schemas.ts';

export const postSignature = route({
  id: 'sign',
  method: 'post',
  path: '/agreements/{id}/signatures',
  summary: 'Record that a party signed on paper; the scan may come along. No electronic signature',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: z.strictObject({
    as: knownId,
    signedOn: z
      .string()
      .refine(isLocalDate, { error: 'invalid-date' })
      .optional()
      .meta({ description: 'The date on the paper; today when missing' }),
    onBehalfOf: knownId.optional(),
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
