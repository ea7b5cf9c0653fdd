import { given } from '../../domain/fields.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, livingState, written } from '../life/acting.ts';
import { answerBody, bookingBody, claimBody, claimParams } from '../life/bodies.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postClaim = route({
  id: 'claim',
  method: 'post',
  path: '/agreements/{id}/claims',
  summary: 'The entitled side asks for its loss, with cause and evidence: a miss alone is never a claim',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: claimBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const about = body.obligation === undefined ? {} : readReference(body.obligation);
    return actAnswer(context, async () => {
      const { actor } = await actorIn(context, params.id, { ...body, ...about });
      const { amount, against, liability, lossOn, cause } = body;
      const { claims } = await livingState(context, params.id);
      const items = body.items?.map(({ what, amount: sum }) => ({ what, ...given({ amount: sum }) }));
      return {
        agreementId: params.id,
        documents,
        ...written({ cause, items }),
        command: {
          type: 'claim',
          id: key,
          actor,
          claim: body.claim ?? `claim-${claims.length + 1}`,
          amount,
          ...about,
          ...given({ against, liability, lossOn }),
          documents: brought(context),
        },
      };
    });
  },
});

export const postClaimAnswer = route({
  id: 'answer',
  method: 'post',
  path: '/agreements/{id}/claims/{claim}/answer',
  summary: 'Agree to a claim or part of it, or dispute it; drop it; record what was recovered from others',
  access: 'agreements.act',
  params: claimParams,
  files: 'too',
  body: answerBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { verdict, amount, setOff, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: {
        type: 'answer',
        id: key,
        actor,
        claim: params.claim,
        verdict,
        ...given({ amount, setOff }),
        documents: brought(context),
      },
    });
  },
});

export const postBooking = route({
  id: 'book',
  method: 'post',
  path: '/agreements/{id}/bookings',
  summary:
    'Book a sum that the contract provides for, with its document: deposit, refund, reward, deduction, shared cost',
  access: 'agreements.manage',
  params: idParams,
  files: 'too',
  body: bookingBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { booking, kind, amount, debtor, creditor, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: {
        type: 'book',
        id: key,
        actor,
        booking,
        kind,
        amount,
        ...given({ debtor, creditor }),
        documents: brought(context),
      },
    });
  },
});
