import { readFromEngine } from '../engine.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement } from '../views.ts';
import { Problem } from '../problem.ts';

export const getReplay = route({
  id: 'replay',
  method: 'get',
  path: '/agreements/{id}/replay',
  summary: "The auditor's verdict: all runs replayed with the code that ran them",
  access: 'audit',
  params: schemas.idParams,
  answers: { 200: { description: 'The verdict', schema: schemas.replayVerdict } },
  handle: async ({ deps, params }) => {
    const { status } = await findAgreement(deps.database, params.id);
    if (status === 'draft' || status === 'starting') throw new Problem('not-started');
    return { status: 200, body: await readFromEngine(deps.replayAgreement(params.id), deps) };
  },
});
