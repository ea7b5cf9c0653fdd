import { z } from 'zod';
import { Readable } from 'node:stream';
import { answersFor } from '../../domain/agreement/parties.ts';
import { SURVEY_CHANNELS } from '../../domain/survey/compiled.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import { actorIn } from '../act-answer.ts';
import type { Cycle } from '../answers/cycle.ts';
import { cycleToEnter, enterAnswer, importAnswers } from '../answers/entry.ts';
import { createOpenLink, openLinks, revokeOpenLink } from '../answers/links.ts';
import { reissueInvitation } from '../answers/reissue.ts';
import { LISTED_CHANNELS, listOut } from '../answers/list-out.ts';
import { type TableFile, tableReader } from '../directory/table-file.ts';
import { whoFields } from '../life/bodies.ts';
import { logAccess } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import { type RouteContext, route } from '../route.ts';
import { surveyParams } from '../surveys/schema.ts';
import { whoOf } from '../who.ts';

const channel = z.enum(SURVEY_CHANNELS);
const ANSWERS = '/agreements/{id}/surveys/{survey}/answers';
const LINKS = '/agreements/{id}/surveys/{survey}/links';

export const postEnteredAnswer = route({
  id: 'enterAnswer',
  method: 'post',
  path: ANSWERS,
  summary: 'Enter an answer that came by telephone, face to face, on paper or by letter',
  access: 'surveys.enter',
  params: surveyParams,
  body: z.strictObject({
    customer: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Key of the customer who was drawn; missing: nobody is named' }),
    channel,
    receivedOn: z.string().refine(isLocalDate, { error: 'invalid-date' }).optional(),
    answers: z.record(z.string().max(120), z.unknown()),
  }),
  answers: { 201: { description: 'It is kept', schema: z.object({ late: z.boolean() }) } },
  handle: async ({ deps, params, body, key, principal }) => {
    const cycle = await cycleToEnter(deps, params.id, params.survey);
    const taken = await enterAnswer(deps, cycle, body, { by: whoOf(principal), key });
    return { status: 201, body: { late: taken === 'late' } };
  },
});

export const postAnswerImport = route({
  id: 'importAnswers',
  method: 'post',
  path: `${ANSWERS}/import`,
  summary: 'Bring in answers from CSV or XLSX, one a row, all or nothing: at most 5 MiB and 20,000 rows',
  access: 'surveys.enter',
  params: surveyParams,
  files: 'only',
  filesTo: tableReader,
  body: z.strictObject({
    source: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .meta({ description: 'Where the table comes from: the same rows again are known by it' }),
    channel: channel.optional().meta({ description: 'Of rows that do not say theirs' }),
    dryRun: z.enum(['true', 'false']).default('false'),
  }),
  answers: {
    200: { description: 'What was brought in, or would be', schema: z.object({ rows: z.int(), late: z.int() }) },
  },
  handle: async ({ deps, params, body, documents, principal }) => {
    const [file] = documents;
    if (!file) throw new Problem('file-missing');
    const cycle = await cycleToEnter(deps, params.id, params.survey);
    const { source, channel: byDefault } = body;
    const how = { source, channel: byDefault, dryRun: body.dryRun === 'true', by: whoOf(principal) };
    return { status: 200, body: await importAnswers(deps, cycle, file as unknown as TableFile, how) };
  },
});

const link = z.object({
  id: z.uuid(),
  label: z.string(),
  channel: z.string(),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});

export const getOpenLinks = route({
  id: 'listOpenLinks',
  method: 'get',
  path: LINKS,
  summary: 'Open links and QR codes of a cycle; never a token',
  access: 'surveys.enter',
  params: surveyParams,
  answers: { 200: { description: 'Oldest first', schema: z.object({ items: z.array(link) }) } },
  handle: async ({ deps, params }) => {
    const cycle = await cycleToEnter(deps, params.id, params.survey);
    return { status: 200, body: { items: await openLinks(deps, cycle) } };
  },
});

export const postOpenLink = route({
  id: 'createOpenLink',
  method: 'post',
  path: LINKS,
  summary: 'Make a link that anybody may answer by, with its QR code; it is told this once',
  access: 'agreements.act',
  confidential: true,
  params: surveyParams,
  body: z.strictObject({ ...whoFields, label: z.string().trim().min(1).max(100), channel: channel.default('online') }),
  answers: {
    201: {
      description: 'The link',
      schema: link.omit({ revokedAt: true }).extend({
        url: z.string(),
        svg: z.string().meta({ description: 'The QR code as SVG' }),
        png: z.string().meta({ description: 'The same as PNG, base64' }),
      }),
    },
  },
  handle: async (context) => {
    const { deps, body } = context;
    const cycle = await cycleOfResponsible(context);
    const { label } = body;
    // No reader may take it for a link of somebody.
    if (label.includes('/')) throw noSlash();
    return { status: 201, body: await createOpenLink(deps, cycle, { label, channel: body.channel }) };
  },
});

export const postOpenLinkRevocation = route({
  id: 'revokeOpenLink',
  method: 'post',
  path: `${LINKS}/{linkId}/revocation`,
  summary: 'Withdraw an open link: it takes no answers any more',
  access: 'agreements.act',
  params: surveyParams.extend({ linkId: z.uuid() }),
  body: z.strictObject(whoFields),
  answers: { 200: { description: 'Withdrawn', schema: z.object({ id: z.uuid() }) } },
  handle: async (context) => {
    const { linkId } = context.params;
    await revokeOpenLink(context.deps, await cycleOfResponsible(context), linkId);
    return { status: 200, body: { id: linkId } };
  },
});

export const postSurveyInvitation = route({
  id: 'reissueInvitation',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/invitations',
  summary: 'Mail a customer who was drawn a fresh link, at the address that it has now; earlier links stop working',
  access: 'agreements.act',
  params: surveyParams,
  body: z.strictObject({ ...whoFields, customer: z.uuid() }),
  answers: { 200: { description: 'It is out', schema: z.object({ customer: z.uuid() }) } },
  handle: async (context) => {
    const { deps, body, principal } = context;
    const { customer } = body;
    await reissueInvitation(deps, await cycleOfResponsible(context), { customer, by: principal });
    return { status: 200, body: { customer } };
  },
});

export const postListOut = route({
  id: 'listOut',
  method: 'post',
  path: '/agreements/{id}/surveys/{survey}/lists',
  summary: 'Whoever is asked by SMS, letter, telephone, face to face or paper, as CSV with personal links; logged',
  access: 'agreements.act',
  confidential: true,
  params: surveyParams,
  body: z.strictObject({ ...whoFields, channel: z.enum(LISTED_CHANNELS) }),
  answers: { 200: { description: 'The list', schema: z.string(), mediaType: 'text/csv' } },
  handle: async (context) => {
    const { deps, params, body, principal, language } = context;
    const cycle = await cycleOfResponsible(context);
    const { csv } = await listOut(deps, cycle, { channel: body.channel, language });
    await logAccess(deps, principal, { action: 'export', subject: `survey/${params.survey}` });
    return {
      status: 200,
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="survey-${body.channel}.csv"`,
      },
      stream: Readable.from([csv]),
    };
  },
});

/** The cycle, for whoever runs it. @throws Problem `not-your-seat` */
async function cycleOfResponsible(
  context: Pick<
    RouteContext<{ id: string; survey: string }, unknown, { as: string; onBehalfOf?: string | undefined }>,
    'deps' | 'params' | 'body' | 'principal'
  >,
): Promise<Cycle> {
  const { deps, params, body } = context;
  const cycle = await cycleToEnter(deps, params.id, params.survey);
  const { survey } = cycle.input;
  const { actor, agreement } = await actorIn(context, params.id, { ...body, obligation: survey.obligation });
  if (actor.seat !== 'coordinator' && !answersFor(agreement, actor, survey.responsible))
    throw new Problem('not-your-seat');
  return cycle;
}

function noSlash(): Problem {
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'label',
        message: { zh: '名称不得含 /', en: 'must hold no slash' },
        cure: { zh: '例如：门店一号机', en: 'for example: shop 1' },
      },
    ],
  });
}
