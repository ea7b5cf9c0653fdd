import { given } from '../../domain/fields.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, written } from '../life/acting.ts';
import { objectionBody, resumptionBody, suspensionBody } from '../life/bodies.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postSuspension = route({
  id: 'suspend',
  method: 'post',
  path: '/agreements/{id}/suspensions',
  summary: 'Suspend all or some duties on a ground of the contract: their days do not count',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: suspensionBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { ground, obligations, from, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: {
        type: 'suspend',
        id: key,
        actor,
        ground,
        obligations,
        ...given({ from }),
        documents: brought(context),
      },
    });
  },
});

export const postResumption = route({
  id: 'resume',
  method: 'post',
  path: '/agreements/{id}/resumption',
  summary: 'Go on: clocks move by the days that did not count',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: resumptionBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { obligations, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: { type: 'resume', id: key, actor, obligations, documents: brought(context) },
    });
  },
});

export const postObjection = route({
  id: 'object',
  method: 'post',
  path: '/agreements/{id}/objection',
  summary: 'Object to the renewal: the term ends on its last day; or to an end that the other side gave notice of',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: objectionBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { reason, notice } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: {
        type: 'object',
        id: key,
        actor,
        ...(notice === undefined ? {} : { notice }),
        documents: brought(context),
      },
    });
  },
});
