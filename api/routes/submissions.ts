import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import type { Zone } from '../../domain/time.ts';
import { instantAt } from '../../domain/zone.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { COORDINATOR_SEAT } from '../policy.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { obligationParams } from '../schemas.ts';

const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/;
const WITH_OFFSET = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

export const postSubmission = route({
  id: 'submit',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/submissions',
  summary: 'Hand in the documents of an obligation; during the review it replaces the version',
  access: 'desk',
  params: obligationParams,
  files: 'only',
  body: z.strictObject({
    as: z.string().min(1).max(100),
    onBehalfOf: z.string().max(100).optional(),
    handedInAt: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'The coordinator enters a past hand-in: ISO 8601, or local time in the agreement zone' }),
  }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, params, body, key, documents } = context;
    const { actor, agreement } = await actorIn(context, params.id, body);
    if (documents.length === 0) throw new Problem('file-missing');
    const handedInAtMs =
      body.handedInAt === undefined ? undefined : pastInstant(body.handedInAt, body.as, agreement.zone, deps.clock());
    return actAnswer(context, {
      agreementId: params.id,
      documents,
      command: {
        type: 'submit',
        id: key,
        actor,
        obligation: params.obligation,
        ...(handedInAtMs === undefined ? {} : { handedInAtMs }),
        documents: documents.map(({ sha256, size }) => ({ sha256, size })),
      },
    });
  },
});

function pastInstant(text: string, as: string, zone: Zone, nowMs: number): number {
  const local = LOCAL.exec(text);
  const date = local?.[1] ?? WITH_OFFSET.exec(text)?.[1];
  const ms = !date || !isLocalDate(date) ? NaN : local ? instantAt(zone, date, local[2] as string) : Date.parse(text);
  const wrong = (zh: string, en: string): Problem =>
    new Problem('invalid-request', {
      errors: [
        {
          path: 'handedInAt',
          message: { zh, en },
          cure: { zh: '仅协调人补录过去的提交时使用', en: 'only the coordinator enters it, for a hand-in of the past' },
        },
      ],
    });
  if (Number.isNaN(ms)) throw wrong('不是存在的时间', 'is no time that exists');
  if (as !== COORDINATOR_SEAT) throw wrong('仅限协调人', "is the coordinator's alone");
  if (ms > nowMs) throw wrong('在将来', 'is in the future');
  return ms;
}
