import { given } from '../../domain/fields.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, written } from '../life/acting.ts';
import { matterBody, matterParams, matterStepBody } from '../life/bodies.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postMatter = route({
  id: 'openMatter',
  method: 'post',
  path: '/agreements/{id}/matters',
  summary: 'Ask the other side for something, report an incident, raise a dispute, call a meeting',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: matterBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { kind, rule, to, about, on, topic, details, agenda } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ topic, details, agenda }),
      command: {
        type: 'open-matter',
        id: key,
        actor,
        kind,
        ...given({ rule, to, about, on }),
        documents: brought(context),
      },
    });
  },
});

export const postMatterStep = route({
  id: 'carryMatter',
  method: 'post',
  path: '/agreements/{id}/matters/{matter}/steps',
  summary: 'Answer, refuse, close, escalate, or put a decision with its owner and day on record',
  access: 'agreements.act',
  params: matterParams,
  files: 'too',
  body: matterStepBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { step, owner, dueOn, details, minutes } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ details, minutes }),
      command: {
        type: 'carry-matter',
        id: key,
        actor,
        matter: params.matter,
        step,
        ...given({ owner, dueOn }),
        documents: brought(context),
      },
    });
  },
});
