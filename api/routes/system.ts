import { route } from '../route.ts';
import { systemHealth } from '../system/health.ts';
import { system } from '../system/schema.ts';

export const getSystem = route({
  id: 'getSystem',
  method: 'get',
  path: '/system',
  summary:
    'Whether everything works: API, database, engine, workers, mail, webhooks, archive, disk, calendars, administrators',
  access: 'system.read',
  answers: { 200: { description: 'Each part, with what is wrong', schema: system } },
  handle: async ({ deps }) => ({ status: 200, body: await systemHealth(deps) }),
});
