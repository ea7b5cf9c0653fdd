import { z } from 'zod';
import { WHOLE } from '../../domain/agreement/reading.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { MAX_READERS, readerEntry, readersMeant } from '../readings/readers.ts';
import { readingViews } from '../readings/reading-views.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';

const as = schemas.knownId;
const what = schemas.knownId.meta({
  description: '`agreement`, or an obligation: `id`, `id#occurrence`',
  examples: ['agreement', 'service-rules'],
});
const person = z.object({ id: z.uuid(), name: z.string(), organisation: z.string() }).nullable();

export const listReadings = route({
  id: 'listReadings',
  method: 'get',
  path: '/agreements/{id}/readings',
  summary: 'Who has read what, when, and who has not, by version',
  access: 'record.read',
  params: schemas.idParams,
  answers: {
    200: {
      description: 'Newest version first',
      schema: z.object({
        items: z.array(
          z
            .object({
              what: z.string(),
              title: schemas.text,
              version: z.int(),
              circulatedAt: z.string().nullable(),
              read: z.int(),
              missing: z.int(),
              readers: z.array(
                z.object({
                  reader: z.string(),
                  seat: z.string().nullable(),
                  seatTitle: schemas.text.nullable(),
                  person,
                  askedAt: z.string().nullable().meta({ description: 'Null: they read it unasked' }),
                  readAt: z.string().nullable(),
                  readBy: person.meta({ description: 'Of a seat: whoever filled it then, or stood in' }),
                }),
              ),
            })
            .meta({ id: 'Reading' }),
        ),
      }),
    },
  },
  handle: async ({ deps, params }) => ({ status: 200, body: { items: await readingViews(deps.database, params.id) } }),
});

/** A form's field that holds JSON. */
function fromForm(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // refused as missing
  }
}

export const postReading = route({
  id: 'circulate',
  method: 'post',
  path: '/agreements/{id}/readings',
  summary: 'Ask people to read something and to confirm it; the coordinator alone',
  access: 'agreements.manage',
  params: schemas.idParams,
  files: 'too',
  body: z.strictObject({ as, what, readers: z.preprocess(fromForm, z.array(readerEntry).min(1).max(MAX_READERS)) }),
  documentedBody: z.strictObject({ as, what, readers: z.array(readerEntry).min(1).max(MAX_READERS) }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, params, body, key, documents } = context;
    return actAnswer(context, async () => {
      const { actor } = await actorIn(context, params.id, body);
      const readers = await readersMeant(deps.database, params.id, body.readers);
      const brought = documents.map(({ sha256, size }) => ({ sha256, size }));
      return {
        agreementId: params.id,
        documents,
        command: { type: 'circulate', id: key, actor, what: body.what, readers, documents: brought },
      };
    });
  },
});

export const postReadingReminder = route({
  id: 'remind',
  method: 'post',
  path: '/agreements/{id}/readings/reminders',
  summary: 'Ask those once more who have not read it; the coordinator alone',
  access: 'agreements.manage',
  params: schemas.idParams,
  body: z.strictObject({ as, what }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key } = context;
    const { actor } = await actorIn(context, params.id, body);
    return actAnswer(context, { agreementId: params.id, command: { type: 'remind', id: key, actor, what: body.what } });
  },
});

export const postAcknowledgement = route({
  id: 'acknowledge',
  method: 'post',
  path: '/agreements/{id}/acknowledgements',
  summary: 'Confirm having read something; a duty that consists in it is fulfilled',
  access: 'agreements.act',
  params: schemas.idParams,
  files: 'too',
  body: z.strictObject({
    as,
    what,
    onBehalfOf: schemas.knownId.optional(),
    parts: z
      .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(schemas.knownId).max(50))
      .optional()
      .meta({ description: 'Parts of the checklist that are confirmed with it' }),
  }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { params, body, key, documents } = context;
    const about = body.what === WHOLE ? {} : readReference(body.what);
    const { actor } = await actorIn(context, params.id, { ...body, ...about });
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      command: {
        type: 'acknowledge',
        id: key,
        actor,
        what: body.what,
        ...(body.parts === undefined ? {} : { parts: body.parts }),
        documents: documents.map(({ sha256, size }) => ({ sha256, size })),
      },
    });
  },
});
