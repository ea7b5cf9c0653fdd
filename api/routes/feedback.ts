import { z } from 'zod';
import { actorIn } from '../act-answer.ts';
import { feedbackOf, takeFeedback, takeNoAction } from '../answers/feedback.ts';
import { createFeedbackLink } from '../answers/links.ts';
import { whoFields } from '../life/bodies.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postFeedback = route({
  id: 'sendFeedback',
  method: 'post',
  path: '/feedback',
  summary: 'Send an opinion unasked, by the link of an agreement’s feedback form; answers with its number',
  access: 'open',
  confidential: true,
  body: z.strictObject({
    token: z.string().min(1).max(100),
    text: z.string().trim().min(1).max(4_000),
    name: z.string().trim().min(1).max(100).optional(),
    email: z.email().max(200).optional().meta({ description: 'The receipt goes there' }),
  }),
  answers: { 201: { description: 'It is registered', schema: z.object({ number: z.string() }) } },
  handle: async ({ deps, body, key, language, client: { ip } }) => {
    const { token, ...given } = body;
    return { status: 201, body: { number: await takeFeedback(deps, { token, ip, key, language }, given) } };
  },
});

export const listFeedback = route({
  id: 'listFeedback',
  method: 'get',
  path: '/agreements/{id}/feedback',
  summary: 'Opinions that came in unasked, newest first, and what became of each',
  access: 'surveys.enter',
  params: idParams,
  answers: {
    200: {
      description: 'At most 500',
      schema: z.object({
        items: z.array(
          z
            .object({
              id: z.uuid(),
              number: z.string(),
              receivedAt: z.string(),
              channel: z.string(),
              text: z.string(),
              name: z.string().nullable(),
              email: z.string().nullable(),
              status: z.string().meta({ description: '`open`, `finding`, `case`, `answered`, `no-action`' }),
              improvement: z.string().nullable().meta({ description: 'Id of the improvement that follows from it' }),
              case: z.string().nullable().meta({ description: 'Id of the case that it became' }),
              outcome: z.string().nullable().meta({ description: 'Why nothing follows' }),
            })
            .meta({ id: 'Feedback' }),
        ),
      }),
    },
  },
  handle: async ({ deps, params }) => ({ status: 200, body: { items: await feedbackOf(deps, params.id) } }),
});

export const postNoAction = route({
  id: 'settleFeedback',
  method: 'post',
  path: '/agreements/{id}/feedback/{feedbackId}/no-action',
  summary: 'Say that nothing follows from an opinion, and why',
  access: 'agreements.manage',
  params: idParams.extend({ feedbackId: z.uuid() }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
  answers: { 200: { description: 'Settled', schema: z.object({ id: z.uuid() }) } },
  handle: async ({ deps, params: { id: agreementId, feedbackId: id }, body }) => {
    await takeNoAction(deps, { agreementId, id, reason: body.reason });
    return { status: 200, body: { id } };
  },
});

export const postFeedbackLink = route({
  id: 'createFeedbackLink',
  method: 'post',
  path: '/agreements/{id}/feedback-links',
  summary: 'Make a link to the feedback form that is open all the time, with its QR code; it is told this once',
  access: 'agreements.act',
  confidential: true,
  params: idParams,
  body: z.strictObject({ ...whoFields, label: z.string().trim().min(1).max(100) }),
  answers: {
    201: {
      description: 'The link',
      schema: z.object({ id: z.uuid(), url: z.string(), svg: z.string(), png: z.string() }),
    },
  },
  handle: async (context) => {
    const { deps, params, body } = context;
    await actorIn(context, params.id, body);
    return { status: 201, body: await createFeedbackLink(deps, params.id, body.label) };
  },
});
