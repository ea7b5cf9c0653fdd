import { narrativeOf } from '../audit/narrative.ts';
import { askForRun, auditOf, runOf } from '../audit/runs.ts';
import * as schemas from '../audit/schema.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';

/** @throws Problem `not-started` */
async function started({ database }: Pick<ApiDeps, 'database'>, id: string) {
  const agreement = await findAgreement(database, id);
  if (agreement.status === 'draft' || agreement.status === 'starting') throw new Problem('not-started');
  return { agreementId: id, zone: zoneOf(agreement) };
}

export const getNarrative = route({
  id: 'narrative',
  method: 'get',
  path: '/agreements/{id}/narrative',
  summary: 'What happened to an agreement and its surveys, cases …, merged in time as numbered paragraphs',
  access: 'audit',
  params: idParams,
  query: schemas.narrativeQuery,
  answers: { 200: { description: 'One page', schema: schemas.narrativePage } },
  handle: async ({ deps, params, query }) => ({
    status: 200,
    body: await narrativeOf(deps.database, { ...(await started(deps, params.id)), asked: query }),
  }),
});

export const getAudit = route({
  id: 'getAudit',
  method: 'get',
  path: '/agreements/{id}/audit',
  summary: 'The workflows of an agreement with the ends of their hash chains, and the replays that were asked for',
  access: 'audit',
  params: idParams,
  answers: { 200: { description: 'What an audit begins with', schema: schemas.audit } },
  handle: async ({ deps, params }) => ({ status: 200, body: await auditOf(deps, await started(deps, params.id)) }),
});

export const postAuditRun = route({
  id: 'audit',
  method: 'post',
  path: '/agreements/{id}/audit-runs',
  summary:
    'Replay every workflow strictly and hold the database against the histories; goes on when nobody waits for it',
  access: 'audit',
  params: idParams,
  body: schemas.auditRunBody,
  answers: { 202: { description: 'Asked for: its address says how far it is', schema: schemas.auditRunView } },
  handle: async ({ deps, params, body, principal }) => {
    const { agreementId, zone } = await started(deps, params.id);
    const id = await askForRun(deps, { agreementId, workflowId: body.workflowId, by: principal });
    deps.audits.wake();
    return { status: 202, body: await runOf(deps, { agreementId, id, zone }) };
  },
});

export const getAuditRun = route({
  id: 'getAuditRun',
  method: 'get',
  path: '/agreements/{id}/audit-runs/{run}',
  summary: 'How far a replay is, or its verdict on each workflow and each comparison with its differences',
  access: 'audit',
  params: schemas.auditRunParams,
  answers: { 200: { description: 'The replay', schema: schemas.auditRunView } },
  handle: async ({ deps, params }) => {
    const { agreementId, zone } = await started(deps, params.id);
    return { status: 200, body: await runOf(deps, { agreementId, id: params.run, zone }) };
  },
});
