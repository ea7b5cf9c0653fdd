import { localDateAt } from '../../domain/zone.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { brought, livingState, written } from '../life/acting.ts';
import { amendmentPreview, patchFor } from '../life/amending.ts';
import { acceptanceBody, amendmentBody, amendmentParams, previewBody, refusalBody } from '../life/bodies.ts';
import { previewSchema } from '../life/schema.ts';
import { reachOf } from '../policy.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const postAmendmentPreview = route({
  id: 'previewAmendment',
  method: 'post',
  path: '/agreements/{id}/amendments/preview',
  summary:
    'What a change would change: clocks, caps, owners, money, as the proposal with its paper would. Keeps nothing',
  access: 'agreements.act',
  params: idParams,
  body: previewBody,
  changesNothing: true,
  answers: { 200: { description: 'The difference', schema: previewSchema } },
  handle: async (context) => {
    const { deps, params, body, language, principal } = context;
    const { actor, agreement } = await actorIn(context, params.id, body);
    const { changes, effectiveOn = localDateAt(agreement.zone, deps.clock()) } = body;
    const seesMoney = reachOf('ledger.read', principal) !== 'none';
    return {
      status: 200,
      body: await amendmentPreview(deps, params.id, { actor, changes, effectiveOn, language, seesMoney }),
    };
  },
});

export const postAmendment = route({
  id: 'propose',
  method: 'post',
  path: '/agreements/{id}/amendments',
  summary: 'Propose a change of terms, owners, dates or obligations; it takes effect on a day, once all have accepted',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: amendmentBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, params, body, key, documents } = context;
    return actAnswer(context, async () => {
      const { actor } = await actorIn(context, params.id, body);
      const { changes, effectiveOn, reason } = body;
      const { amendments } = await livingState(context, params.id);
      const patch = await patchFor(deps.database, params.id, changes);
      const amendment = body.amendment ?? `amendment-${amendments.length + 1}`;
      return {
        agreementId: params.id,
        documents,
        ...written({ reason, changes }),
        command: { type: 'propose', id: key, actor, amendment, effectiveOn, patch, documents: brought(context) },
      };
    });
  },
});

export const postAcceptance = route({
  id: 'accept',
  method: 'post',
  path: '/agreements/{id}/amendments/{amendment}/acceptance',
  summary: 'Accept a proposed change as its difference says; entered by the coordinator with the signed paper',
  access: 'agreements.act',
  params: amendmentParams,
  files: 'too',
  body: acceptanceBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      command: { type: 'accept', id: key, actor, amendment: params.amendment, documents: brought(context) },
    });
  },
});

export const postRefusal = route({
  id: 'decline',
  method: 'post',
  path: '/agreements/{id}/amendments/{amendment}/refusal',
  summary: 'Decline a proposed change, or take back one’s own: it is closed and stays on record',
  access: 'agreements.act',
  params: amendmentParams,
  files: 'too',
  body: refusalBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const { actor } = await actorIn(context, params.id, body);
    const { reason } = body;
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      ...written({ reason }),
      command: { type: 'decline', id: key, actor, amendment: params.amendment, documents: brought(context) },
    });
  },
});
