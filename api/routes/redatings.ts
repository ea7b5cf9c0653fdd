import { z } from 'zod';
import { redatingOf, isAsShown, shownOf } from '../../domain/redating/redating.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { listRedatings, proposedChange, redatingFor } from '../calendars/redatings.ts';
import { redatingAnswer, redatingPage, verdictBody } from '../calendars/schema.ts';
import { shelvedCalendars } from '../calendars/shelf.ts';
import { written } from '../life/acting.ts';
import { COORDINATOR_SEAT } from '../policy.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { idParams, pageQuery } from '../schemas.ts';
import { findAgreement } from '../views.ts';

export const getRedatings = route({
  id: 'listRedatings',
  method: 'get',
  path: '/redatings',
  summary: 'What newer calendars propose to the running agreements that pin an older one: old date, new date, reason',
  access: 'tasks.read',
  query: pageQuery.extend({ status: z.enum(['open', 'declined']).default('open') }),
  answers: { 200: { description: 'One page', schema: redatingPage } },
  handle: async ({ deps: { database, clock }, query }) => ({
    status: 200,
    body: await listRedatings(database, query, clock()),
  }),
});

export const getRedating = route({
  id: 'getRedating',
  method: 'get',
  path: '/agreements/{id}/redating',
  summary: 'What a newer calendar proposes to one agreement; null where nothing is proposed',
  access: 'tasks.read',
  params: idParams,
  answers: { 200: { description: 'The proposal, or null', schema: redatingAnswer } },
  handle: async ({ deps: { database, clock }, params }) => ({
    status: 200,
    body: { redating: await redatingFor(database, params.id, clock()) },
  }),
});

export const postRedating = route({
  id: 'redate',
  method: 'post',
  path: '/agreements/{id}/redating',
  summary: 'Accept what a newer calendar proposes, as it was shown, or decline it with a reason: the coordinator alone',
  access: 'agreements.manage',
  params: idParams,
  body: verdictBody,
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, params, body, key } = context;
    const { verdict, to, shown, reason } = body;
    return actAnswer(context, async () => {
      const { actor } = await actorIn(context, params.id, { as: COORDINATOR_SEAT });
      if (verdict === 'decline' && reason === undefined) throw new Problem('reason-missing');
      const row = await findAgreement(deps.database, params.id);
      const proposed = proposedChange(row, await shelvedCalendars(deps.database));
      if (proposed?.change.to.version !== to) throw new Problem('nothing-proposed');
      const { state, change } = proposed;
      // What a person sends is held against what would move, and never goes on: it could say anything.
      const found = verdict === 'accept' ? shownOf(redatingOf(state, change, deps.clock())) : [];
      if (verdict === 'accept' && !isAsShown(shown, found)) throw new Problem('redating-changed');
      return {
        agreementId: params.id,
        ...written({ reason }),
        command: {
          type: 'redate',
          id: key,
          actor,
          verdict,
          change,
          shown: found,
        },
      };
    });
  },
});
