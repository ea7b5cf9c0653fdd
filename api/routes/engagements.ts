import { z } from 'zod';
import { documentAnswer } from '../document-answer.ts';
import { applyForThird, applicationKey } from '../engagements/applying.ts';
import { newEngagement } from '../engagements/bodies.ts';
import { engagementsSeenBy } from '../engagements/desk.ts';
import * as schemas from '../engagements/schema.ts';
import { engagementView, engagementsOf } from '../engagements/view.ts';
import { isThirdOf } from '../principal.ts';
import { loggedActor } from '../privacy/access-log.ts';
import { reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import { findEngagement } from '../process/rows.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const listEngagements = route({
  id: 'listEngagements',
  method: 'get',
  path: '/agreements/{id}/engagements',
  summary: 'Third parties that are or were involved, what happens next, and what the contract says of it',
  access: 'agreements.read',
  params: idParams,
  answers: { 200: { description: 'The engagements', schema: schemas.engagementList } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await engagementsOf(deps, { agreementId: params.id, reader: principal }),
  }),
});

export const listOwnEngagements = route({
  id: 'listOwnEngagements',
  method: 'get',
  path: '/engagements',
  summary: 'Engagements of all agreements that the reader may see; a third party sees its own alone',
  access: 'agreements.read',
  narrows: true,
  query: schemas.engagementQuery,
  answers: { 200: { description: 'One page', schema: schemas.ownEngagements } },
  handle: async ({ deps, query, principal, ownOf }) => ({
    status: 200,
    body: await engagementsSeenBy(deps, { reader: principal, ownOf, asked: query }),
  }),
});

export const getEngagement = route({
  id: 'getEngagement',
  method: 'get',
  path: '/agreements/{id}/engagements/{engagement}',
  summary: 'One engagement with all that belongs to it, who must act next, and what the reader may do now',
  access: 'agreements.read',
  third: true,
  params: schemas.engagementParams,
  answers: { 200: { description: 'The engagement', schema: schemas.engagement } },
  handle: async ({ deps, params, principal, ownOf }) => {
    const { id: agreementId, engagement: id } = params;
    const isThird = ownOf !== null && (await isThirdOf(deps, { agreementId, engagementId: id, personId: ownOf }));
    return { status: 200, body: await engagementView(deps, { agreementId, id, reader: principal, isThird }) };
  },
});

export const getEngagementFile = route({
  id: 'downloadOfEngagement',
  method: 'get',
  path: '/agreements/{id}/engagements/{engagement}/documents/{file}/content',
  summary: 'A file that was brought to this engagement: for those who read the record, and its third party',
  access: 'agreements.read',
  third: true,
  params: schemas.engagementFileParams,
  answers: { 200: { description: 'The file', schema: z.string(), mediaType: 'application/octet-stream' } },
  handle: async ({ deps, params, principal, ownOf }) => {
    const { id: agreementId, engagement, file: documentId } = params;
    const { row } = await findEngagement(deps.database, agreementId, engagement);
    const isThird =
      ownOf !== null && (await isThirdOf(deps, { agreementId, engagementId: engagement, personId: ownOf }));
    if (!isThird && reachOf('record.read', principal) === 'none') throw new Problem('unknown-document');
    const { workflowId } = row;
    const events = await deps.database.event.findMany({ where: { workflowId }, select: { commandId: true } });
    const commandIds = [applicationKey(workflowId), ...events.flatMap(({ commandId }) => commandId ?? [])];
    return documentAnswer(deps, { agreementId, documentId, commandIds, actor: loggedActor(principal) });
  },
});

export const postEngagement = route({
  id: 'applyForThird',
  method: 'post',
  path: '/agreements/{id}/engagements',
  summary:
    'A party applies in writing for a third party, gives notice that it invites one, or begins its agreement: whichever the contract provides',
  access: 'agreements.act',
  params: idParams,
  files: 'too',
  body: newEngagement,
  answers: {
    201: { description: 'Its workflow has begun', schema: schemas.begunEngagement },
    202: { description: 'Kept; the engine is away, and it begins later', schema: schemas.begunEngagement },
  },
  handle: (context) => applyForThird(context),
});
