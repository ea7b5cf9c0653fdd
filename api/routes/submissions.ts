import { z } from 'zod';
import { isLocalDate } from '../../domain/local-date.ts';
import type { Zone } from '../../domain/time.ts';
import { instantAt } from '../../domain/zone.ts';
import { ACT_ANSWERS, actAnswer, actorIn } from '../act-answer.ts';
import { MAX_REASON_LENGTH, checkPartNames, checklistOf, missingParts, partProblem } from '../checklist.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import type { Submission } from '../commands.ts';
import { COORDINATOR_SEAT } from '../policy.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { knownId, obligationParams } from '../schemas.ts';
import { templateOf } from '../views.ts';

const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/;
const WITH_OFFSET = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

const fields = {
  as: knownId,
  onBehalfOf: knownId.optional(),
  handedInAt: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'The coordinator enters a past hand-in: ISO 8601, or local time in the agreement zone' }),
};
const part = knownId;
const reasons = z.record(part, z.string().trim().min(1).max(MAX_REASON_LENGTH));

/** A form's field that holds JSON. */
const omitted = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: '{"part": "reason"}' });
      return z.NEVER;
    }
  })
  .pipe(reasons);

export const postSubmission = route({
  id: 'submit',
  method: 'post',
  path: '/agreements/{id}/obligations/{obligation}/submissions',
  summary: 'Hand in the documents of an obligation; during the review it replaces the version',
  access: 'agreements.act',
  params: obligationParams,
  files: 'only',
  body: z.strictObject({
    ...fields,
    parts: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(part).max(50)).optional(),
    omitted: omitted.optional(),
  }),
  documentedBody: z.strictObject({
    ...fields,
    parts: z
      .array(part)
      .max(50)
      .optional()
      .meta({ description: 'Ids of the checklist parts that are there, one field each' }),
    omitted: reasons
      .optional()
      .meta({ description: 'As JSON, id and reason of each part that is left out: {"trend": "first survey"}' }),
  }),
  answers: ACT_ANSWERS,
  handle: async (context) => {
    const { deps, params, body, key, documents } = context;
    const reference = readReference(params.obligation);
    const { actor, agreement } = await actorIn(context, params.id, { ...body, ...reference });
    if (documents.length === 0) throw new Problem('file-missing');
    const handedInAtMs =
      body.handedInAt === undefined ? undefined : pastInstant(body.handedInAt, body.as, agreement.zone, deps.clock());
    const answer = { parts: body.parts ?? [], omitted: body.omitted ?? {} };
    const checklist = checklistOf(agreement, templateOf(agreement.template), reference.obligation);
    checkPartNames(checklist, answer);
    const leftOut = Object.keys(answer.omitted);
    const submission: Submission = {
      agreementId: params.id,
      documents,
      ...(leftOut.length > 0 ? { text: { omitted: answer.omitted } } : {}),
      command: {
        type: 'submit',
        id: key,
        actor,
        ...reference,
        ...(checklist.length > 0 ? { parts: answer.parts, omitted: leftOut } : {}),
        ...(handedInAtMs === undefined ? {} : { handedInAtMs }),
        documents: documents.map(({ sha256, size }) => ({ sha256, size })),
      },
    };
    return actAnswer(context, submission, ({ code }) =>
      code === 'checklist-incomplete' ? missingParts(checklist, answer).map(partProblem) : [],
    );
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
          cure: { zh: '仅供项目协调人补录此前的提交', en: 'only the coordinator enters it, for a hand-in of the past' },
        },
      ],
    });
  if (Number.isNaN(ms)) throw wrong('该时间不存在', 'is no time that exists');
  if (as !== COORDINATOR_SEAT) throw wrong('仅限项目协调人', "is the coordinator's alone");
  if (ms > nowMs) throw wrong('晚于当前时间', 'is in the future');
  return ms;
}
