import { given } from '../../domain/fields.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, demandOne, written } from '../life/acting.ts';
import {
  bookingParams,
  bookingPaymentBody,
  claimParams,
  holdBackBody,
  overrideBody,
  paymentBody,
  waiverBody,
} from '../life/bodies.ts';
import { route } from '../route.ts';
import { obligationParams } from '../schemas.ts';

export const postPayment = route({
  id: 'pay',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/payments',
  summary:
    'Record what was paid of a sum, or of the penalty for a duty: today by the payer, of any day by the payee, or by the coordinator with a document',
  access: 'agreements.act',
  params: obligationParams,
  files: 'too',
  body: paymentBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const about = readReference(params.obligation);
    const { actor } = await actorIn(context, params.id, { ...body, ...about });
    const { amount, paidOn, reference } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reference }),
      command: { type: 'pay', id: key, actor, ...about, amount, ...given({ paidOn }), documents: brought(context) },
    });
  },
});

export const postClaimPayment = route({
  id: 'payClaim',
  method: 'post',
  path: '/agreements/{id}/claims/{claim}/payments',
  summary: 'Record what was paid of an agreed claim: by either side of it, or the coordinator with a document',
  access: 'agreements.act',
  params: claimParams,
  files: 'too',
  body: paymentBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { amount, paidOn, reference } = body;
    const { claim } = params;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reference }),
      command: { type: 'pay', id: key, actor, claim, amount, ...given({ paidOn }), documents: brought(context) },
    });
  },
});

export const postBookingPayment = route({
  id: 'payBooking',
  method: 'post',
  path: '/agreements/{id}/bookings/{booking}/payments',
  summary: 'Record what was paid of a booked sum: by either side of it, or the coordinator with a document',
  access: 'agreements.act',
  params: bookingParams,
  files: 'too',
  body: bookingPaymentBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { amount, paidOn, reference, debtor, creditor } = body;
    const { booking } = params;
    const more = given({ debtor, creditor, paidOn });
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reference }),
      command: { type: 'pay', id: key, actor, booking, amount, ...more, documents: brought(context) },
    });
  },
});

export const postHoldBack = route({
  id: 'holdBack',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/hold-backs',
  summary: 'Hold part of a sum back for a reason, where the contract allows it; 0 is no longer',
  access: 'agreements.act',
  params: obligationParams,
  files: 'too',
  body: holdBackBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const about = readReference(params.obligation);
    const { actor } = await actorIn(context, params.id, { ...body, ...about });
    const { amount, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: { type: 'hold-back', id: key, actor, ...about, amount, documents: brought(context) },
    });
  },
});

export const postWaiver = route({
  id: 'waive',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/waivers',
  summary: 'The creditor lets late days, or a sum, go: a credit note, after a second approver where one is needed',
  access: 'agreements.act',
  params: obligationParams,
  files: 'too',
  body: waiverBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    demandOne(body, ['days', 'amount']);
    const about = readReference(params.obligation);
    const { actor } = await actorIn(context, params.id, { ...body, ...about });
    const { days, amount, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: { type: 'waive', id: key, actor, ...about, ...given({ days, amount }), documents: brought(context) },
    });
  },
});

export const postOverride = route({
  id: 'override',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/overrides',
  summary: 'Change one date or owner, or skip a step, for a special case; by whoever the contract trusts with it',
  access: 'agreements.act',
  params: obligationParams,
  files: 'too',
  body: overrideBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    demandOne(body, ['dueOn', 'responsible', 'skip']);
    const about = readReference(params.obligation);
    const { actor } = await actorIn(context, params.id, { ...body, ...about });
    const { dueOn, responsible, skip, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: {
        type: 'override',
        id: key,
        actor,
        ...about,
        ...given({ dueOn, responsible, skip }),
        documents: brought(context),
      },
    });
  },
});
