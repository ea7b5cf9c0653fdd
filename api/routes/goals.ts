import { goalsSchema } from '../goals/schema.ts';
import { goalsView } from '../goals/view.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { findAgreement, stateOf, templateOf } from '../views.ts';

export const getGoals = route({
  id: 'getGoals',
  method: 'get',
  path: '/agreements/{id}/goals',
  summary: 'Goals with their formula and data: how each stands, when it is judged next, and the verdicts on record',
  access: 'agreements.read',
  params: idParams,
  answers: { 200: { description: 'Goals that can be judged; none where no target is agreed', schema: goalsSchema } },
  handle: async ({ deps, params }) => {
    const row = await findAgreement(deps.database, params.id);
    const state = stateOf(row);
    if (!state) throw new Problem('not-started');
    return { status: 200, body: goalsView(state, templateOf(row.template), deps.clock()) };
  },
});
