import { lifeSchema } from '../life/schema.ts';
import { lifeView } from '../life/view.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';

export const getLife = route({
  id: 'getLife',
  method: 'get',
  path: '/agreements/{id}/life',
  summary: 'Effect, changes, pauses, renewal, end, claims, caps and matters as they stand, and what the asker may do',
  access: 'agreements.read',
  params: idParams,
  answers: { 200: { description: 'As far as the asker may know it', schema: lifeSchema } },
  handle: async ({ deps, params, principal }) => ({ status: 200, body: await lifeView(deps, params.id, principal) }),
});
