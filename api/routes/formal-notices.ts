import { given } from '../../domain/fields.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, written } from '../life/acting.ts';
import { breachParams, cureBody, formalNoticeBody, itemParams, settlementBody } from '../life/bodies.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postFormalNotice = route({
  id: 'serve',
  method: 'post',
  path: '/agreements/{id}/formal-notices',
  summary:
    'A written notice of a breach or of the end. It takes effect when it reaches the other side: by mail, or by hand on `servedOn` with a document',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: formalNoticeBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { notice, about, ground, code, breach, against, servedOn, endsOn, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: {
        type: 'serve',
        id: key,
        actor,
        notice,
        ...given({ about, ground, code, breach, against, servedOn, endsOn }),
        reasoned: true,
        documents: brought(context),
      },
    });
  },
});

export const postCure = route({
  id: 'cure',
  method: 'post',
  path: '/agreements/{id}/breaches/{breach}/cure',
  summary:
    'The breach has been put right; with `failed`, negotiation of it has failed, where no length of it is agreed',
  access: 'agreements.act',
  params: breachParams,
  files: 'too',
  body: cureBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { failed, note } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ note }),
      command: {
        type: 'cure',
        id: key,
        actor,
        breach: params.breach,
        ...given({ failed }),
        documents: brought(context),
      },
    });
  },
});

export const postSettlement = route({
  id: 'settle',
  method: 'post',
  path: '/agreements/{id}/settlement/{item}',
  summary:
    'What becomes of one thing that was open at the end: settled by the coordinator with a document, waived by the creditor, disputed by a party; the last one brings the final statement',
  access: 'agreements.act',
  params: itemParams,
  files: 'too',
  body: settlementBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, { ...body, ...readReference(params.item) });
    const { outcome, reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: { type: 'settle', id: key, actor, item: params.item, outcome, documents: brought(context) },
    });
  },
});
