import { z } from 'zod';
import type { CompiledCases } from '../../domain/case/compiled.ts';
import { actorIn } from '../act-answer.ts';
import { openAttempts } from '../attempts.ts';
import { takeInCase } from '../cases/arriving.ts';
import * as bodies from '../cases/bodies.ts';
import { createIntakeLink, intakeLinks, newLink, revokeIntakeLink } from '../cases/links.ts';
import { mayOpen } from '../cases/listing.ts';
import { publicCases, receivingAgreement } from '../cases/opening.ts';
import * as schemas from '../cases/schema.ts';
import { takeIn } from '../inbound/came-back.ts';
import { readReport } from '../inbound/report.ts';
import { Problem } from '../problem.ts';
import { type Belonging, belongingOf, findCase } from '../process/rows.ts';
import { type RouteContext, route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { INFLOW } from './inbound.ts';

export const postCaseMail = route({
  id: 'postCaseMail',
  method: 'post',
  path: '/inbound/cases/{id}',
  summary: 'Takes in a raw mail to the service of an agreement: a new case, or words for one (docs/inbound-mail.md)',
  access: 'inbound',
  takes: 'mail',
  confidential: true,
  params: idParams,
  body: z.instanceof(Uint8Array),
  documentedBody: z.string().meta({ format: 'binary', description: 'RFC 5322, at most 1 MiB' }),
  answers: {
    200: {
      description: 'What became of it',
      schema: z
        .object({
          became: z.enum(['case', 'words', 'known', 'nothing', 'returned']).meta({
            description:
              '`known`: it came before; `nothing`: a machine wrote it; `returned`: a report about a mail of ours',
          }),
          case: z.uuid().nullable(),
        })
        .meta({ id: 'CaseMail' }),
    },
  },
  handle: async ({ deps, params, body }) => {
    await openAttempts(deps.database).demand(INFLOW, 'mail');
    // What comes back to the same mailbox is about a notice that was not served.
    if ((await readReport(body)).kind !== 'other') {
      await takeIn(deps, body);
      return { status: 200, body: { became: 'returned', case: null } };
    }
    return { status: 200, body: await takeInCase(deps, params.id, body) };
  },
});

export const postCaseFormLink = route({
  id: 'createCaseFormLink',
  method: 'post',
  path: '/agreements/{id}/case-form-links',
  summary: 'Make a link to the form by which anybody brings a case in, with its QR code; it is told this once',
  access: 'cases.act',
  confidential: true,
  params: idParams,
  body: bodies.formLinkBody,
  answers: { 201: { description: 'The link', schema: schemas.formLink } },
  handle: async (context) => {
    const { agreement } = await demandOpener(context);
    const { deps, params, body } = context;
    if (publicCases(agreement).length === 0) throw ofParty(agreement.cases ?? []);
    return { status: 201, body: await createIntakeLink(deps, params.id, body.label) };
  },
});

export const listCaseFormLinks = route({
  id: 'listCaseFormLinks',
  method: 'get',
  path: '/agreements/{id}/case-form-links',
  summary: 'Links to the form, and which are withdrawn',
  access: 'cases.act',
  params: idParams,
  answers: { 200: { description: 'The links', schema: schemas.formLinks } },
  handle: async ({ deps, params }) => ({ status: 200, body: { items: await intakeLinks(deps, params.id) } }),
});

export const deleteCaseFormLink = route({
  id: 'revokeCaseFormLink',
  method: 'post',
  path: '/agreements/{id}/case-form-links/{linkId}/revocation',
  summary: 'Withdraw a link to the form; it takes nothing any more',
  access: 'cases.act',
  params: schemas.formLinkParams,
  body: bodies.asBody,
  answers: { 200: { description: 'Withdrawn', schema: z.object({ id: z.uuid() }) } },
  handle: async (context) => {
    await demandOpener(context);
    const { deps, params } = context;
    await revokeIntakeLink(deps, { agreementId: params.id, id: params.linkId });
    return { status: 200, body: { id: params.linkId } };
  },
});

export const postCaseCustomerLink = route({
  id: 'createCaseLink',
  method: 'post',
  path: '/agreements/{id}/cases/{case}/links',
  summary: 'Make a link to the case’s page for whoever brought it and has no e-mail; it is told this once',
  access: 'cases.act',
  confidential: true,
  params: schemas.caseParams,
  body: bodies.asBody,
  answers: { 201: { description: 'The link', schema: schemas.customerLink } },
  handle: async (context) => {
    await demandOpener(context);
    const { deps, params } = context;
    const { row, input } = await findCase(deps.database, params.id, params.case);
    if (input.rules.customer !== null) throw ofParty([input.rules]);
    const made = await newLink(deps, { agreementId: params.id, workflowId: row.workflowId, label: 'handed over' });
    return { status: 201, body: made };
  },
});

/** A party that is the customer acts with its own seat: whoever bears a link would speak for it. */
function ofParty(rules: CompiledCases[]): Problem {
  const parties = [...new Set(rules.map(({ customer }) => customer))].join(', ');
  return new Problem('case-of-party', {
    message: `the customer is party ${parties}, which acts with its own seat`,
    clauses: [...new Set(rules.flatMap(({ clauses }) => clauses))],
  });
}

/** Whoever may write a case down may hand out its form. @throws Problem `not-responsible`, and what `actorIn` throws */
async function demandOpener(
  context: Pick<RouteContext, 'deps' | 'principal'> & {
    params: { id: string };
    body: { as: string; onBehalfOf?: string | undefined };
  },
): Promise<Belonging> {
  const { deps, params, body } = context;
  const belonging = await belongingOf(deps.database, params.id);
  const { actor } = await actorIn(context, params.id, body);
  const { cases = [] } = belonging.agreement;
  if (cases.length === 0) await receivingAgreement(deps, params.id);
  if (!cases.some((rules) => mayOpen(belonging, rules, actor))) throw new Problem('not-responsible');
  return belonging;
}
