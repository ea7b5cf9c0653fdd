import { z } from 'zod';
import type { Actor } from '../../domain/agreement/command.ts';
import { mayNotArrange } from '../../domain/agreement/replacing.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { Problem } from '../problem.ts';
import { reachOf } from '../policy.ts';
import { type RouteContext, route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { personEntry, personMeant } from '../seats/person-entry.ts';
import { seatViews } from '../seats/seat-views.ts';
import { findAgreement, stateOf } from '../views.ts';

const seatName = schemas.knownId;
const seatParams = schemas.idParams.extend({
  seat: seatName.meta({ description: 'A role key, or a seat of the template' }),
});
const localDate = z.string().refine(isLocalDate, { error: 'invalid-date' });
const named = z.object({ id: z.uuid(), name: z.string() });

export const listSeats = route({
  id: 'listSeats',
  method: 'get',
  path: '/agreements/{id}/seats',
  summary: 'Who fills each seat, who stands in and when, what waits there, and how that came about',
  access: 'agreements.read',
  params: schemas.idParams,
  answers: {
    200: {
      description: 'In the order of the agreement',
      schema: z.object({
        items: z.array(
          z
            .object({
              seat: z.string(),
              title: schemas.text,
              party: z.string().nullable(),
              person: named.extend({ email: z.string(), organisation: z.string() }).nullable(),
              standIns: z.array(
                z.object({
                  absent: named,
                  deputy: named,
                  from: z.string(),
                  until: z.string(),
                  obligations: z
                    .array(z.object({ id: z.string(), title: schemas.text }))
                    .meta({ description: 'Empty: all that the seat has to do' }),
                  today: z.boolean().meta({ description: 'It has begun' }),
                }),
              ),
              duties: z.array(z.object({ reference: z.string(), title: schemas.text, dueAt: z.string().nullable() })),
              history: schemas.eventPage.shape.items.meta({
                description: 'Newest first; empty for those who may not read the record',
              }),
            })
            .meta({ id: 'Seat' }),
        ),
      }),
    },
  },
  handle: async ({ deps: { database, clock }, params, principal }) => {
    const items = await seatViews(database, params.id, clock());
    const readsRecord = reachOf('record.read', principal) !== 'none';
    return { status: 200, body: { items: items.map((item) => (readsRecord ? item : { ...item, history: [] })) } };
  },
});

export const postReplacement = route({
  id: 'replace',
  method: 'post',
  path: '/agreements/{id}/seats/{seat}/replacement',
  summary: 'From now on somebody else fills the seat; links of whoever did are dead, what waits goes on',
  access: 'agreements.act',
  params: seatParams,
  body: z.strictObject({ as: seatName, by: personEntry }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, params, body, key } = context;
    return actAnswer(context, async () => {
      const actor = await arranger(context, body.as);
      const personId = await personMeant(deps.database, placeOf(params), body.by, context.ownOf);
      return { agreementId: params.id, command: { type: 'replace', id: key, actor, seat: params.seat, personId } };
    });
  },
});

export const postVacancy = route({
  id: 'vacate',
  method: 'post',
  path: '/agreements/{id}/seats/{seat}/vacancy',
  summary: 'Whoever fills the seat leaves and nobody follows yet: the coordinator looks after what waits',
  access: 'agreements.act',
  params: seatParams,
  body: z.strictObject({ as: seatName }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key } = context;
    return actAnswer(context, async () => {
      const actor = await arranger(context, body.as);
      return { agreementId: params.id, command: { type: 'vacate', id: key, actor, seat: params.seat } };
    });
  },
});

export const postDelegation = route({
  id: 'delegate',
  method: 'post',
  path: '/agreements/{id}/seats/{seat}/delegations',
  summary:
    'Somebody acts and is written to in the seat, from the first to the last day inclusive; no onward delegation',
  access: 'agreements.act',
  params: seatParams,
  body: z.strictObject({
    as: seatName,
    to: personEntry,
    from: localDate,
    until: localDate,
    obligations: z
      .array(schemas.knownId)
      .max(100)
      .default([])
      .meta({ description: 'Ids of obligations; empty: all that the seat has to do' }),
  }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, params, body, key } = context;
    return actAnswer(context, async () => {
      const actor = await arranger(context, body.as);
      const deputy = await personMeant(deps.database, placeOf(params), body.to, context.ownOf);
      const { from, until, obligations } = body;
      return {
        agreementId: params.id,
        command: { type: 'delegate', id: key, actor, seat: params.seat, deputy, from, until, obligations },
      };
    });
  },
});

export const postRecall = route({
  id: 'recall',
  method: 'post',
  path: '/agreements/{id}/seats/{seat}/recall',
  summary: 'Ends now what was delegated of the seat',
  access: 'agreements.act',
  params: seatParams,
  body: z.strictObject({ as: seatName }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key } = context;
    return actAnswer(context, async () => {
      const actor = await arranger(context, body.as);
      return { agreementId: params.id, command: { type: 'recall', id: key, actor, seat: params.seat } };
    });
  },
});

function placeOf({ id, seat }: { id: string; seat: string }): { agreementId: string; seat: string } {
  return { agreementId: id, seat };
}

/**
 * Whoever may say who fills the seat. Asked before anybody is added to the directory for it.
 *
 * @throws Problem of `actorIn`, and what the contract refuses
 */
async function arranger(context: RouteContext<z.output<typeof seatParams>>, as: string): Promise<Actor> {
  const { deps, params } = context;
  const { actor } = await actorIn(context, params.id, { as });
  const state = stateOf(await findAgreement(deps.database, params.id));
  const refused = state && mayNotArrange(actor, state, params.seat);
  if (refused) throw new Problem(refused.rejected, { message: refused.message });
  return actor;
}
